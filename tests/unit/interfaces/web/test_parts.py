"""What scripts of the page may ask the server for."""

from __future__ import annotations

from typing import Any

import pytest

from kb.errors import UsageError
from kb.interfaces.web import parts


def test_one_value_comes_alone_and_several_as_a_list() -> None:
    """As Gradio hands them over."""
    assert parts.arguments("?q=a", 1) == ["?q=a"]
    assert parts.arguments(["?q=a", "b"], 2) == ["?q=a", "b"]


@pytest.mark.parametrize("given", [None, 1, {}, [], ["a"], ["a", 2], ["a", "b", "c"]])
def test_anything_else_is_refused(given: Any) -> None:
    """Whoever sends it is not our script."""
    with pytest.raises(UsageError):
        parts.arguments(given, 2)
