"""A real HTTP server on this machine that speaks the OpenAI protocol, or fails, lies and talks rubbish."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler", dict[str, Any]], None]


@dataclass
class Served:
    """The server's address, what it was sent, and what it does: one reply a request, the last one for all further."""

    base_url: str
    replies: list[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the next reply."""

    protocol_version = "HTTP/1.1"
    served: Served

    def do_POST(self) -> None:
        """Note the request, then do as the test says."""
        body = self.rfile.read(int(self.headers["content-length"]))
        number = len(self.served.requests)
        self.served.requests.append(json.loads(body))
        self.served.headers.append({name.casefold(): value for name, value in self.headers.items()})
        self.served.paths.append(self.path)
        reply = self.served.replies[min(number, len(self.served.replies) - 1)]
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            reply(self, self.served.requests[-1])

    def send(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        """Send one whole response."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def begin_stream(self) -> None:
        """Begin server-sent events; the connection's end is theirs."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, data: str) -> None:
        """Send one event."""
        self.wfile.write(f"data: {data}\r\n\r\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Keep the test's output clean."""


def whole(text: str) -> Reply:
    """The text as one JSON response, as servers that do not stream send it."""

    def reply(handler: Handler, request: dict[str, Any]) -> None:
        handler.send(200, json.dumps({"choices": [{"message": {"content": text}}]}).encode())

    return reply


def streamed(text: str, *, size: int = 5, pause: float = 0.0, ends: bool = True) -> Reply:
    """The text in pieces; without its end the connection just closes."""

    def reply(handler: Handler, request: dict[str, Any]) -> None:
        handler.begin_stream()
        handler.wfile.write(b": a comment keeps the connection open\n\n")
        for start in range(0, len(text), size):
            delta = {"choices": [{"delta": {"content": text[start : start + size]}, "finish_reason": None}]}
            handler.event(json.dumps(delta))
            if pause and handler.served.stop.wait(pause):
                return
        if ends:
            handler.event("[DONE]")

    return reply


def claims(*given: tuple[str, list[str]]) -> str:
    """A reply of the agreed form."""
    return json.dumps({"claims": [{"text": text, "ids": ids} for text, ids in given]}, ensure_ascii=False)


def status(code: int, body: str = "{}", kind: str = "application/json", **headers: str) -> Reply:
    """A response with this status."""
    return lambda handler, _: handler.send(code, body.encode(), kind, **headers)


def hang(handler: Handler, request: dict[str, Any]) -> None:
    """Say nothing until the test is over."""
    handler.served.stop.wait(30)
    handler.close_connection = True


def drop(handler: Handler, request: dict[str, Any]) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def without_schemas(then: Reply) -> Reply:
    """Refuse ``response_format``, as older servers do."""

    def reply(handler: Handler, request: dict[str, Any]) -> None:
        if "response_format" in request:
            handler.send(400, b'{"error": {"message": "response_format is not supported"}}')
        else:
            then(handler, request)

    return reply


@contextlib.contextmanager
def serving(*replies: Reply) -> Iterator[Served]:
    """Serve on a free port of this machine."""
    served = Served(base_url="", replies=list(replies))
    handler = type("Bound", (Handler,), {"served": served})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    served.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
