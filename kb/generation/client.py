"""One request to an OpenAI-compatible endpoint, streamed, within a deadline. The only importer of httpx.

Takes messages, gives the reply's text. Goes to the configured host alone: no redirects, no proxies of the environment;
certificates are verified. Replies of servers are never part of a message or log, since some repeat the key.
"""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kb.errors import LanguageModelError
from kb.generation.settings import ModelSettings

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger(__name__)

Messages = Sequence[Mapping[str, str]]

_OK: Final = 200
_TOO_MANY: Final = 429
_TRIED_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_UNSUPPORTED: Final = frozenset({400, 404, 415, 422, 501})
"""What servers say that do not know ``response_format``; they are asked once more without it."""
_CONNECT_S: Final = 5.0
_NEXT_STEP: Final = (
    "The papers' own words are shown without it. Check KB_LLM_BASE_URL, KB_LLM_MODEL and the server."
)


class _AgainError(Exception):
    """A fault that may pass; ``wait_s`` is how long the server asks to wait."""

    def __init__(self, message: str, *, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class _UnsupportedError(Exception):
    """The server refused the request as it was put; the message says how."""


def complete(messages: Messages, settings: ModelSettings, *, schema: Mapping[str, Any]) -> str:
    """Send messages and return the text of the reply.

    Args:
        messages: With ``role`` and ``content``.
        settings: Whom to ask, and the limits.
        schema: The JSON schema the reply is to keep to, where the server can hold it to that.

    Raises:
        LanguageModelError: If there is no usable reply within the deadline.
    """
    ends = time.monotonic() + settings.deadline_s
    # A thread of its own, because no setting of a socket bounds name resolution, handshake and a dripping body.
    return _within(lambda stop: _attempts(messages, settings, schema, ends, stop), settings.deadline_s)


def _within(work: Callable[[threading.Event], str], seconds: float) -> str:
    found: list[str] = []
    failed: list[Exception] = []
    stop = threading.Event()

    def run() -> None:
        try:
            found.append(work(stop))
        except Exception as error:  # noqa: BLE001 - raised again by the caller
            failed.append(error)

    thread = threading.Thread(target=run, name="language-model", daemon=True)
    thread.start()
    thread.join(seconds)
    stop.set()
    if failed:
        raise failed[0]
    if not found:
        raise LanguageModelError(
            f"The language model did not answer within {seconds:g} seconds.", next_step=_NEXT_STEP
        )
    return found[0]


def _attempts(
    messages: Messages,
    settings: ModelSettings,
    schema: Mapping[str, Any],
    ends: float,
    stop: threading.Event,
) -> str:
    import httpx  # noqa: PLC0415 - only ever loaded when a model is asked

    form: Mapping[str, Any] | None = schema
    fault = "it was not asked"
    headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
    if settings.api_key:
        headers["Authorization"] = f"Bearer {settings.api_key}"
    timeout = httpx.Timeout(settings.deadline_s, connect=min(_CONNECT_S, settings.deadline_s))
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, headers=headers) as client:
        attempt = 0
        while attempt < settings.attempts and not stop.is_set():
            wait = 0.0
            try:
                return _ask(client, _body(messages, settings, form), settings, ends)
            except _UnsupportedError as error:
                if form is None:
                    raise LanguageModelError(
                        f"The language model's server refused: {error}.", next_step=_NEXT_STEP
                    ) from None
                form = None  # no attempt is counted: the server is well, and only the form was not
                continue
            except _AgainError as error:
                fault, wait = str(error), error.wait_s
            except httpx.TransportError as error:
                fault = f"the connection failed ({type(error).__name__})"
            except httpx.HTTPError as error:
                raise LanguageModelError(
                    f"The language model cannot be asked ({type(error).__name__}).", next_step=_NEXT_STEP
                ) from None
            attempt += 1
            pause = max(wait, settings.backoff_s * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))  # noqa: S311
            logger.info("language model, attempt %d failed: %s", attempt, fault)
            if attempt < settings.attempts and (time.monotonic() + pause >= ends or stop.wait(pause)):
                break
    raise LanguageModelError(f"The language model gave no answer: {fault}.", next_step=_NEXT_STEP)


def _body(messages: Messages, settings: ModelSettings, schema: Mapping[str, Any] | None) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [dict(message) for message in messages],
        "temperature": 0,
        "max_tokens": settings.max_tokens,
        "stream": True,
    }
    if schema is not None:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": dict(schema)},
        }
    return body


def _ask(client: httpx.Client, body: Mapping[str, Any], settings: ModelSettings, ends: float) -> str:
    url = f"{settings.base_url.rstrip('/')}/chat/completions"
    with client.stream("POST", url, json=body) as response:
        _check(response)
        chunks = _limited(response, settings.max_bytes, ends)
        if "text/event-stream" in response.headers.get("content-type", ""):
            return _streamed(chunks)
        return _whole(b"".join(chunks))


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status == _OK:
        return
    said = f"status {status}"
    if status in _TRIED_AGAIN:
        raise _AgainError(
            "it is overloaded (status 429)" if status == _TOO_MANY else said, wait_s=_wait(response)
        )
    if response.is_redirect:
        raise LanguageModelError(
            "The language model's server sends elsewhere, and is not followed.",
            next_step="Set KB_LLM_BASE_URL to the address it really has.",
        )
    if status in _UNSUPPORTED:
        raise _UnsupportedError(said)
    raise LanguageModelError(f"The language model's server refused: {said}.", next_step=_NEXT_STEP)


def _wait(response: httpx.Response) -> float:
    try:
        return max(0.0, float(response.headers.get("retry-after", "0")))
    except ValueError:
        return 0.0


def _limited(response: httpx.Response, limit: int, ends: float) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise LanguageModelError(
                f"The language model's reply is longer than {limit:,} bytes.", next_step=_NEXT_STEP
            )
        if time.monotonic() > ends:
            raise LanguageModelError("The language model's reply came too slowly.", next_step=_NEXT_STEP)
        yield chunk


def _streamed(chunks: Iterator[bytes]) -> str:
    """The text of server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html."""
    said: list[str] = []
    is_done = False
    for line in _lines(chunks):
        if not line.startswith(b"data:"):
            continue
        data = line[len(b"data:") :].strip()
        if data == b"[DONE]":
            is_done = True
            break
        event = _json(data)
        if "error" in event:
            raise _AgainError("it reported an error of its own")
        for choice in _choices(event):
            piece = choice.get("delta")
            said.append(_content(piece if isinstance(piece, dict) else {}))
            is_done = is_done or choice.get("finish_reason") is not None
    if not is_done:
        raise _AgainError("its reply broke off")
    return "".join(said)


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)
    if rest:
        yield rest


def _whole(data: bytes) -> str:
    message = next((choice.get("message") for choice in _choices(_json(data))), None)
    return _content(message if isinstance(message, dict) else {})


def _json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise LanguageModelError(
            "The language model's server does not speak the OpenAI protocol: its reply is not JSON.",
            next_step=_NEXT_STEP,
        )
    return value


def _choices(event: Mapping[str, Any]) -> list[dict[str, Any]]:
    choices = event.get("choices")
    return [each for each in choices if isinstance(each, dict)] if isinstance(choices, list) else []


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    return content if isinstance(content, str) else ""
