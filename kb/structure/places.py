"""Where something stands, in the words of a citation."""

from __future__ import annotations

from kb.records import Item, Part
from kb.structure.dates import long_date

_SHOWN_LETTERS = 60


def place_of(part: Part, item: Item | None = None, label: str | None = None) -> str:
    """Say where something stands: "minutes, 19 July 2023, item 9, paragraph 5"."""
    pieces = [part.kind.value.replace("_", " ")]
    if part.meeting_date is not None:
        pieces.append(long_date(part.meeting_date))
    if part.agenda_item is not None:
        pieces.append(f"agenda item {part.agenda_item}")
    if item is not None and item.number is not None:
        pieces.append(f"item {item.number}")
    elif item is not None and item.title:
        pieces.append(shorten(item.title))
    if label is not None:
        pieces.append(f"paragraph {label}")
    return ", ".join(pieces)


def shorten(text: str) -> str:
    """White space folded, and what is too long for a line of a list left out."""
    folded = " ".join(text.split())
    return folded if len(folded) <= _SHOWN_LETTERS else f"{folded[:_SHOWN_LETTERS].rstrip()}…"
