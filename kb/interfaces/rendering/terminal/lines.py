"""Lines of a terminal: wrapped, hanging under a label, with marked words in bold."""

from __future__ import annotations

import textwrap
from typing import Final

from kb.interfaces.rendering import versions, words
from kb.records import Passage

_BOLD: Final = ("\x1b[1m", "\x1b[0m")
INDENT: Final = "     "


def labelled(label: str, text: str, width: int) -> list[str]:
    """Text beside a label, its further lines hanging under its first; "para 2" and "p. 3" stay on one line."""
    lines = textwrap.wrap(
        words.keep_together(" ".join(text.split())),
        width=width,
        initial_indent=f"{label} ",
        subsequent_indent=" " * (len(label) + 1),
        break_on_hyphens=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] or [label]


def passage_text(passage: Passage) -> str:
    """What a passage says; what was struck through in it is told as such."""
    return "".join(
        f"[struck: {each.text}]" if each.is_struck else each.text for each in words.stretches(passage)
    )


def said_by(passage: Passage, width: int) -> list[str]:
    """Who said it, as far as the paper tells."""
    if not passage.speakers:
        return []
    return textwrap.wrap(
        f"Said by {words.speakers(passage.speakers)}",
        width,
        initial_indent=INDENT,
        subsequent_indent=INDENT,
    )


def links(passage: Passage, width: int) -> list[str]:
    """Where else the words stand, and what has replaced or amended them."""
    return [
        line
        for text in versions.link_texts(passage.citation)
        for line in textwrap.wrap(
            text, width, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False
        )
    ]


def indented(text: str, width: int) -> list[str]:
    """Text under a heading of one line, without marks."""
    return wrap(words.plain(text), "", width=width, style=False, indent=INDENT)


def wrap(text: str, question: str, *, width: int, style: bool, indent: str = "") -> list[str]:
    """Wrap first, then mark, so that marks neither count as width nor span lines."""
    lines = textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    if not style:
        return lines
    on, off = _BOLD
    return [
        "".join(
            f"{on}{piece.text}{off}" if piece.is_marked else piece.text
            for piece in words.marked(line, question)
        )
        for line in lines
    ]
