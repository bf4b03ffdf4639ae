"""The numbers that a browser prints before the items of a list.

Takes the elements of a list; gives the label of each item in turn. Knows ``start``, ``reversed``, ``value``, ``type``
and the list styles of CSS that stand in the page itself.
"""

from __future__ import annotations

import re
from typing import Any, Final

from kb.sources.html_tree import name_of
from kb.sources.numerals import BULLET, counted_letters, roman

_CSS_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_STYLES: Final = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_UNNUMBERED: Final = frozenset({"disc", "circle", "square"})
_LARGEST: Final = 32_767
"""Numbers beyond are a jest; this is as far as word processors count."""


class HtmlList:
    """Counts one list; ``element`` is its ``ol``, ``ul`` or ``menu``."""

    def __init__(self, element: Any) -> None:
        is_ordered = name_of(element) == "ol"
        self._style = _style_of(element) or ("decimal" if is_ordered else "disc")
        self._step = -1 if is_ordered and "reversed" in element.attrib else 1
        start = _whole(element.get("start"))
        if start is None:
            start = sum(name_of(each) == "li" for each in element) if self._step < 0 else 1
        self._next = start

    def label(self, item: Any) -> str:
        """Count one item and return what is printed before it, with a space after it; empty if nothing is."""
        said = _whole(item.get("value"))
        number = self._next if said is None else said
        self._next = number + self._step
        style = _style_of(item) or self._style
        if style == "none":
            return ""
        return f"{BULLET} " if style in _UNNUMBERED else f"{_written(number, style)}. "


def _style_of(element: Any) -> str | None:
    css = _CSS_STYLE.search(element.get("style", ""))
    if css is not None:
        return css[1].lower()
    said = element.get("type", "")
    return _STYLES.get(said) or (said.lower() if said.lower() in _UNNUMBERED else None)


def _written(number: int, style: str) -> str:
    if style in {"lower-alpha", "lower-latin"}:
        return counted_letters(number)
    if style in {"upper-alpha", "upper-latin"}:
        return counted_letters(number).upper()
    if style in {"lower-roman", "upper-roman"}:
        return roman(number) if style == "lower-roman" else roman(number).upper()
    return f"{number:02}" if style == "decimal-leading-zero" else str(number)


def _whole(text: str | None) -> int | None:
    try:
        return None if text is None else max(-_LARGEST, min(int(text), _LARGEST))
    except ValueError:
        return None
