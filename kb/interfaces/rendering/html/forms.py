"""Fields of forms, each with its label."""

from __future__ import annotations

from collections.abc import Sequence

from kb.interfaces.rendering.html.markup import Html, tag


def select(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Html:
    """A choice of one; ``options`` are pairs of value and word."""
    return tag(
        "div",
        tag("label", label, for_=f"kb-{name}"),
        tag(
            "select",
            (tag("option", word, value=value, selected=value == chosen) for value, word in options),
            id=f"kb-{name}",
            name=name,
        ),
    )


def typed(name: str, label: str, value: str) -> Html:
    """A line to be typed."""
    return tag(
        "div",
        tag("label", label, for_=f"kb-{name}"),
        tag("input", type="text", id=f"kb-{name}", name=name, value=value, autocomplete="off"),
    )
