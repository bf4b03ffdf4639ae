"""Where later minutes agree those of an earlier meeting, and what they say of them.

Takes minutes, gives an `Agreement` for each date whose minutes an item agrees. The date is the one the sentence names,
else the one in the item's title; without a date nothing is agreed, since the meeting before may be missing from the
library.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.records import PartKind, Passage
from kb.structure.dates import find_dates
from kb.versions.papers import Paper

_TITLE = re.compile(r"\b(?:minutes|notes|record)\b", re.IGNORECASE)
_AGREED = re.compile(
    r"\b(?:agreed|approved|confirmed|accepted|adopted|signed|(?:correct|accurate|true) record)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\bnot (?:be |been |yet )?(?:agreed|approved|confirmed|accepted)\b|\b(?:deferred|could not)\b"
    r"|\bto be (?:agreed|approved)\b",
    re.IGNORECASE,
)
_OF_MINUTES = re.compile(r"\b(?:minutes|notes|(?:correct|accurate|true) record)\b", re.IGNORECASE)
_SHORT = 12
"""Words: "Agreed and signed by the Chair." under the title says enough."""
_CHANGE = r"(?:amendment|correction|change|alteration)"
_AMENDED = re.compile(
    rf"\b(?:subject to|with (?:the )?(?:following )?{_CHANGE}|following {_CHANGE}|as amended"
    r"|with the (?:addition|inclusion|insertion|deletion|removal|omission|exception))\w*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z“\"(])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Minutes of one date, agreed by later ones of the same body.

    ``passage`` is the place that says so. ``amendments`` is what follows the words "subject to", with the passage in
    which each piece of it stands; empty where the minutes were agreed as they were.
    """

    minutes: Paper
    date: dt.date
    passage: Passage
    amendments: tuple[tuple[Passage, str], ...] = ()


def find_agreements(minutes: Paper) -> Iterator[Agreement]:
    """Yield what minutes agree of earlier minutes of their body, in the order of the text."""
    if minutes.kind is not PartKind.MINUTES or minutes.date is None or minutes.body is None:
        return
    for _, group in groupby(minutes.passages, key=_item):
        passages = tuple(group)
        title = passages[0].citation.item_title or ""
        if passages[0].citation.item is not None and _TITLE.search(title):
            yield from _of_item(minutes, title, passages)


def _item(passage: Passage) -> tuple[str | None, str | None]:
    return passage.citation.item, passage.citation.item_title


def _of_item(minutes: Paper, title: str, passages: Sequence[Passage]) -> Iterator[Agreement]:
    for number, passage in enumerate(passages):
        found = _agreed_in(passage.text, title, before=minutes.date or dt.date.max)
        if found is None:
            continue
        dates, amended_from = found
        pieces: tuple[tuple[Passage, str], ...] = ()
        if amended_from is not None:
            rest = passage.text[amended_from:]
            pieces = ((passage, rest), *((later, later.text) for later in passages[number + 1 :]))
        for date in dates:
            yield Agreement(minutes=minutes, date=date, passage=passage, amendments=pieces)
        return


def _agreed_in(text: str, title: str, *, before: dt.date) -> tuple[tuple[dt.date, ...], int | None] | None:
    """The dates whose minutes a passage agrees, and where it begins to amend them; ``None`` if it agrees none."""
    start = 0
    for sentence in _SENTENCE.split(text):
        place = text.index(sentence, start)
        start = place + len(sentence)
        is_about_them = _OF_MINUTES.search(sentence) or len(sentence.split()) <= _SHORT
        if not _AGREED.search(sentence) or not is_about_them or _REFUSED.search(sentence):
            continue
        amended = _AMENDED.search(text, place)
        named = sentence[: amended.start() - place] if amended else sentence
        dates = _dates(named, before=before) or _dates(title, before=before)
        if dates:
            return tuple(dates), amended.start() if amended else None
    return None


def _dates(text: str, *, before: dt.date) -> list[dt.date]:
    return list(dict.fromkeys(date for _, date in find_dates(text) if date < before))
