"""A fake library behind the door, so that commands run without a model."""

from __future__ import annotations

import sys
import types

import pytest

from tests.unit.interfaces.fake_library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    """The library that commands will open."""
    return FakeLibrary()


@pytest.fixture(autouse=True)
def _fake_door(monkeypatch: pytest.MonkeyPatch, library: FakeLibrary) -> None:
    """Let ``from kb.library import Library`` find the fake."""

    def open_(folder: object, **options: object) -> FakeLibrary:
        FakeLibrary.open(folder, **options)  # refuses what the real one would
        return library

    door = types.ModuleType("kb.library")
    door.Library = types.SimpleNamespace(open=open_)
    monkeypatch.setitem(sys.modules, "kb.library", door)
    for name in (
        "KB_LIBRARY",
        "KB_LLM",
        "KB_LLM_SETTINGS",
        "KB_LLM_BASE_URL",
        "KB_LLM_MODEL",
        "KB_LLM_API_KEY",
    ):
        monkeypatch.delenv(name, raising=False)
