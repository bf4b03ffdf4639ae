"""A served fake library, with and without users."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kb.interfaces.server import app, passwords
from kb.interfaces.server.app import build_app
from kb.interfaces.server.passwords import hash_password
from kb.interfaces.server.settings import ServerSettings
from kb.interfaces.server.users import Role, Users

PASSWORD = "a long enough sentence"  # noqa: S105
NAMES = {"rita": Role.READER, "edgar": Role.EDITOR, "ada": Role.ADMIN}


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """At its real cost a password takes a quarter of a second."""
    monkeypatch.setattr(passwords, "_N", 2)


@pytest.fixture
def whole_page() -> None:
    """Asked for by tests that need the page itself behind the gate."""


@pytest.fixture(autouse=True)
def _small_page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page takes a second to build; most tests are content with Gradio around an empty one."""
    if "whole_page" not in request.fixturenames:
        monkeypatch.setattr(app, "build_page", lambda *_, **__: gr.Blocks(analytics_enabled=False))


@pytest.fixture
def users(tmp_path: Path) -> Users:
    """The users file: empty, not there yet."""
    return Users(tmp_path / "config" / "users.json")


@pytest.fixture
def tokens(users: Users) -> dict[Role, str]:
    """One user of each role, with a password and a token; gives the tokens."""
    made = {}
    for name, role in NAMES.items():
        users.add(name, role, hash_password(PASSWORD, name=name))
        made[role] = users.add_token(name, label="test", days=1)[1]
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A served library, as seen from an address."""

    behind: FastAPI
    gate: object
    settings: ServerSettings

    def client(
        self, *, host: str = "127.0.0.1:7860", address: str = "127.0.0.1", tls: bool = False
    ) -> TestClient:
        """A browser or program that asks for a host from an address; follows no redirect."""
        return TestClient(
            self.gate,
            base_url=f"{'https' if tls else 'http'}://{host}",
            client=(address, 50_000),
            follow_redirects=False,
        )


@pytest.fixture
def serve(tmp_path: Path, users: Users) -> Callable[..., Site]:
    """Build the application with settings of one's own."""

    def build(**settings: object) -> Site:
        given = ServerSettings(**{"library": tmp_path / "library", "users": users.path, **settings})
        made = build_app(given)
        return Site(behind=made.behind, gate=made.gate, settings=given)

    return build


@pytest.fixture
def stranger() -> str:
    """A token that nobody was given."""
    return f"kb_{secrets.token_urlsafe(32)}"
