"""Assistants get the same answers as everybody, and not without a token."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
import uvicorn
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from kb.interfaces.server.users import Role
from tests.unit.interfaces.server.conftest import Site

Serve = Callable[..., Site]
Call = Callable[[str, dict[str, Any]], Any]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The audit log."""
    return tmp_path / "audit.jsonl"


@pytest.fixture
def address(serve: Serve, tokens: dict[Role, str], log: Path) -> Iterator[str]:
    """A running server that has users."""
    site = serve(audit_log=log, audit_questions=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(site.gate, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            thread.join(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/mcp"
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def call(address: str, tokens: dict[Role, str]) -> Call:
    """Call one tool as a reader, through the protocol's own client; gives its result."""

    async def ask(name: str, arguments: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {tokens[Role.READER]}"}
        async with (
            httpx2.AsyncClient(headers=headers) as http_client,
            Client(streamable_http_client(address, http_client=http_client)) as client,
        ):
            if not name:
                return await client.list_tools()
            return await client.call_tool(name, arguments)

    return lambda name, arguments: anyio.run(ask, name, arguments)


def test_the_tools_say_what_they_take(call: Call) -> None:
    """Each with a description of itself and of every argument, and none can change anything."""
    found = {tool.name: tool for tool in call("", {}).tools}
    assert set(found) >= {"ask", "search", "timeline", "get_place", "list_decisions", "list_meetings"}
    for tool in found.values():
        assert tool.description
        assert tool.annotations.read_only_hint
        for name, described in tool.input_schema.get("properties", {}).items():
            assert described.get("description"), f"{tool.name}: {name}"


@pytest.mark.parametrize(
    ("name", "arguments", "field"),
    [
        ("ask", {"question": "What do speed cameras cost?", "k": 2}, "citations"),
        ("search", {"query": "cameras", "bodies": ["fenwold"], "date_from": "2023"}, "passages"),
        ("timeline", {"topic": "cameras"}, "meetings"),
        ("get_place", {"place_id": "fenwold/2023-03-22/item-6/para-1"}, "passages"),
    ],
)
def test_each_tool_answers_in_the_schema(
    call: Call, name: str, arguments: dict[str, Any], field: str
) -> None:
    """As data and as text, the same."""
    result = call(name, arguments)
    assert not result.is_error, result.content
    assert result.structured_content["schema"] == 1
    assert result.structured_content[field]
    assert json.loads(result.content[0].text) == result.structured_content


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {"question": ""}, "question"),
        ("ask", {"question": "cameras", "k": 1000}, "k"),
        ("search", {"query": "cameras", "bodies": ["atlantis"]}, "It holds: Fenwold"),
        ("search", {"query": "cameras", "kinds": ["novel"]}, "kinds"),
        ("timeline", {"topic": "cameras", "date_from": "soon"}, "not a date"),
        ("ask", {}, "question"),
    ],
)
def test_what_cannot_be_asked_is_told(call: Call, name: str, arguments: dict[str, Any], said: str) -> None:
    """In words the assistant can act on."""
    result = call(name, arguments)
    assert result.is_error
    assert said in result.content[0].text


def test_nothing_is_told_without_a_token(address: str, stranger: str) -> None:
    """Not even which tools there are."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accepted = {"Accept": "application/json, text/event-stream"}
    for headers in ({}, {"Authorization": f"Bearer {stranger}"}):
        answer = httpx2.post(address, json=body, headers={**accepted, **headers})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "tools" not in answer.text


def test_questions_are_written_down_where_that_is_set(call: Call, log: Path) -> None:
    """With who asked."""
    call("ask", {"question": "What do speed cameras cost?"})
    [event] = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert (event["event"], event["user"], event["via"]) == ("question", "rita", "mcp")
