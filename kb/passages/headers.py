"""What a reader of a passage would know from around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.passages.citing import KIND_NAMES
from kb.passages.quoting import quote
from kb.records import Item, Paragraph, Part, PartKind, Source
from kb.structure.dates import long_date

_ATTENDANCE = re.compile(r"\b(?:present|in attendance|apologies|members|substitutes?)\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"(?:the )?(?:meeting|chair\w*) (?:was )?(?:began|started|commenced|opened|closed|ended|finished|concluded)\b",
    re.IGNORECASE,
)


def header_of(
    source: Source, place: tuple[Part, Item], lead: str, paragraphs: Sequence[Paragraph], text: str
) -> str:
    """What a reader of the passage would know from around it: body, date, kind, titles, column heads."""
    part, item = place
    pieces = [
        part.body or "",
        long_date(part.meeting_date) if part.meeting_date else "",
        KIND_NAMES[part.kind],
    ]
    if part.kind not in {PartKind.MINUTES, PartKind.AGENDA}:
        pieces.append(part.title)
    if item.title and item.title != part.title:
        pieces.append(item.title)
    if item.number is None and not item.title and part.kind is PartKind.MINUTES and _ATTENDANCE.search(text):
        pieces.append("attendance: members and officers present")
    if part.kind is PartKind.MINUTES and _CLOSES.match(text):
        pieces.append("times of the meeting: when it started, began, finished, ended and closed")
    if lead:
        pieces.append(lead)
    seen = " ".join(paragraph.context for paragraph in paragraphs[:1])
    heading = [quote(source.text, paragraph.spans) for paragraph in paragraphs if paragraph.is_heading]
    if seen and seen not in heading:
        pieces.append(seen)
    return ". ".join(piece for piece in pieces if piece)
