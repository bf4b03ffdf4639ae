"""Who answers for a paper: "Contact officer: ...", "Report author - ...", in the heading block or at its end.

Takes the lines of one part; gives the name and office as printed, several people divided by semicolons, or ``None``.
Refuses contact details without a person: a telephone number, an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.lines import TextLine

_FIELD = re.compile(
    r"^(?:contact\s+officer|report\s+author|lead\s+officer|author|officer\s+contact|report\s+writer)(?:s|\(s\))?"
    r"(?:\s*[:–-]\s*|\s+(?=[A-Z])|$)(?P<value>.*)$",
    re.IGNORECASE,
)
_OPENED = re.compile(r"^contact$", re.IGNORECASE)
_CLOSED = re.compile(r"^officers?(?:\(s\))?\s*:?$", re.IGNORECASE)
_OTHER_FIELD = re.compile(
    r"^(?:contact|report|tel|telephone|e-?mail|details|date|to|from|agenda|bibliography|source)\b",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(r"@|https?:|www\.|^\W*$|\d{4}")
_GOES_ON = re.compile(r"(?:,|&|\b(?:and|of|the|for|to))$", re.IGNORECASE)

_HEAD_LINES = 30
_FOOT_LINES = 40
_MOST_LINES = 5
_MOST_WORDS = 45
_FEW_WORDS = 3


def read_contact(lines: Sequence[TextLine]) -> str | None:
    """The contact officer or author that a part names."""
    places = range(len(lines))
    for place in (*places[:_HEAD_LINES], *places[max(_HEAD_LINES, len(lines) - _FOOT_LINES) :]):
        people, _ = _read(lines, place)
        if people:
            return people
    return None


def find_contact(lines: Sequence[TextLine], place: int) -> int | None:
    """Where the contact officer that line ``place`` begins to name ends (exclusive); ``None`` if it names none."""
    people, end = _read(lines, place)
    return end if people else None


def _read(lines: Sequence[TextLine], place: int) -> tuple[str | None, int]:
    line = lines[place]
    match = _FIELD.match(" ".join(line.plain.split()))
    if match is not None:
        return _read_people(match["value"].strip(), lines, place + 1)
    if _OPENED.match(line.plain) and place + 1 < len(lines) and _CLOSED.match(lines[place + 1].plain):
        return _read_people("", lines, place + 2)
    return None, place


def _read_people(value: str, lines: Sequence[TextLine], start: int) -> tuple[str | None, int]:
    own_line = not value
    people = value
    end = start
    for line in lines[start : start + _MOST_LINES]:
        text = " ".join(line.plain.split())
        same = _GOES_ON.search(people) is not None or line.starts_lower
        stop = line.label is not None or _OTHER_FIELD.match(text) or _NO_PERSON.search(text)
        if stop or (people and not same and (line.blank_before or not own_line)):
            break
        if not people:
            people = text
        elif same or len(text.split()) < _FEW_WORDS:
            people = f"{people} {text}"
        else:
            people = f"{people.rstrip('.')}; {text}"
        end += 1
    people = people.rstrip(" .;,")
    fits = people and not _NO_PERSON.search(people) and len(people.split()) <= _MOST_WORDS
    return people if fits else None, end
