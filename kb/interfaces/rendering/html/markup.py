"""HTML made of elements, so that no string of a paper can become part of it.

`tag` escapes every child that is not `Html` already, and every attribute; `Html` is made by this module alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from kb.interfaces.rendering import words

_VOID: Final = frozenset({"img", "input", "br", "hr"})


class Html(str):
    """Markup that is safe to show."""

    __slots__ = ()


Child = str | None | Iterable["str | None"]
Attribute = str | int | float | bool | None

NOTHING: Final = Html("")


def text(value: str) -> Html:
    """Text as HTML shows it, exactly."""
    return Html(escape(value, quote=True))


def join(*children: Child, between: str = "") -> Html:
    """Put children one after another; what is ``None`` or empty is left out, what is no `Html` is escaped."""
    pieces: list[str] = []
    for child in children:
        if isinstance(child, str):
            pieces.append(_safe(child))
        elif child is not None:
            pieces.extend(_safe(each) for each in child if each)
    return Html(_safe(between).join(piece for piece in pieces if piece))


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """Make an element.

    Attribute names are written with underscores for hyphens and with one at the end where Python has the word
    (``class_``, ``data_id``). ``True`` gives an attribute without a value; ``None`` and ``False`` give none.

    >>> tag("a", "1 < 2", href="?q=a&body=b", class_="kb-ref")
    '<a href="?q=a&amp;body=b" class="kb-ref">1 &lt; 2</a>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def marked(value: str, question: str) -> Html:
    """Text with the question's words in ``<mark>``."""
    return join(
        tag("mark", piece.text) if piece.is_marked else text(piece.text)
        for piece in words.marked(value, question)
    )


def _attribute(key: str, value: Attribute) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value), quote=True)}"'


def _safe(child: str) -> str:
    return child if isinstance(child, Html) else escape(child, quote=True)
