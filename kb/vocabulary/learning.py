"""From the rows of a library's documents to its vocabulary, and to and from the files that keep it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.tokens import words
from kb.records import PartKind
from kb.store.codec import decode_date, decode_outline, dumps, encode_date
from kb.store.rows import DocumentRow
from kb.structure import read_people
from kb.vocabulary.abbreviations import find_abbreviations

VOCABULARY_VERSION: Final = 1
"""Raised whenever the same papers would teach other things."""

_NAME: Final = "vocabulary.json"
_WORDS: Final = "words.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """What an abbreviation stands for, as printed; ``passage_id`` is where first, ``count`` in how many passages."""

    short: str
    long: str
    passage_id: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHeld:
    """Who held an office on the day of a meeting, as its attendance list says."""

    role: str
    holder: str
    date: dt.date | None
    body: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the papers call things. ``people`` are full names; ``words`` counts words in lower case."""

    abbreviations: tuple[Abbreviation, ...] = ()
    people: tuple[str, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    words: Mapping[str, int]


def learn(documents: Iterable[DocumentRow]) -> Vocabulary:
    """Learn from all documents of a library."""
    places: dict[tuple[str, str], list[str]] = {}
    spelt: dict[tuple[str, str], str] = {}
    people: dict[str, None] = {}
    offices: dict[OfficeHeld, None] = {}
    counts: Counter[str] = Counter()
    for document in documents:
        for passage in document.passages:
            counts.update(word.word for word in words(passage.text) if word.word.isalpha())
            for short, long in dict.fromkeys(find_abbreviations(passage.text)):
                key = (short, long.casefold())
                spelt.setdefault(key, long)
                places.setdefault(key, []).append(passage.id)
        for name, held in _attendance(document):
            people.setdefault(name)
            offices.update(dict.fromkeys(held))
    return Vocabulary(
        abbreviations=tuple(
            Abbreviation(short=key[0], long=spelt[key], passage_id=found[0], count=len(found))
            for key, found in sorted(places.items())
        ),
        people=tuple(sorted(people)),
        offices=tuple(
            sorted(
                offices, key=lambda each: (each.date or dt.date.min, each.body or "", each.role, each.holder)
            )
        ),
        words=dict(sorted(counts.items())),
    )


def _attendance(document: DocumentRow) -> Iterable[tuple[str, list[OfficeHeld]]]:
    """People of the minutes of a document, each with the offices held then."""
    for part in decode_outline(json.loads(document.outline)).parts:
        if part.kind is PartKind.MINUTES:
            people = read_people(document.text, part)
            held = {holder: role for role, holder in people.roles.items()}
            for person in people.persons:
                if not person.name.has_first_name:
                    continue
                role = held.get(person.display)
                yield (
                    person.display,
                    []
                    if role is None
                    else [
                        OfficeHeld(role=role, holder=person.display, date=part.meeting_date, body=part.body)
                    ],
                )


def save_vocabulary(folder: Path, vocabulary: Vocabulary) -> None:
    """Write it into a generation's folder: the words, which are many and seldom needed, in a file of their own."""
    content = {
        "abbreviations": [
            [each.short, each.long, each.passage_id, each.count] for each in vocabulary.abbreviations
        ],
        "people": list(vocabulary.people),
        "offices": [
            [each.role, each.holder, encode_date(each.date), each.body] for each in vocabulary.offices
        ],
    }
    (folder / _NAME).write_text(dumps(content), encoding="utf-8")
    (folder / _WORDS).write_text(dumps(dict(vocabulary.words)), encoding="utf-8")


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read what was saved, without the words; an older library has learned nothing yet.

    Raises:
        ValueError: If the file is damaged.
    """
    if not (folder / _NAME).exists():
        return Vocabulary(words={})
    content = json.loads((folder / _NAME).read_text("utf-8"))
    return Vocabulary(
        abbreviations=tuple(
            Abbreviation(short=short, long=long, passage_id=place, count=count)
            for short, long, place, count in content["abbreviations"]
        ),
        people=tuple(content["people"]),
        offices=tuple(
            OfficeHeld(role=role, holder=holder, date=decode_date(date), body=body)
            for role, holder, date, body in content["offices"]
        ),
        words={},
    )


def load_words(folder: Path) -> Mapping[str, int]:
    """Read how often each word stands in the papers; empty for an older library."""
    path = folder / _WORDS
    found: dict[str, int] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found
