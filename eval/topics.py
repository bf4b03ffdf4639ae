"""Question sets: from JSON lines to `Topic` records.

Takes a folder of ``*.jsonl`` files (one question a line, see ``eval/README.md``), gives topics in the order
of their ids, refuses lines that break the format. Candidate questions (``"status": "candidate"``) are left
out: nobody has accepted them yet.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from kb.errors import UsageError
from kb.records import PartKind

SETS = Path(__file__).parent / "sets"
FULL_ANSWER = 3  # the grade of a place that answers the question by itself


class TopicError(UsageError):
    """A question set cannot be read, or breaks the format."""


class TopicType(StrEnum):
    """What kind of thing is asked for."""

    STATEMENT = "statement"
    DECISION = "decision"
    ACTION = "action"
    FACT = "fact"
    ATTENDANCE = "attendance"
    TABLE = "table"
    REPORT = "report"
    LIST = "list"
    UNANSWERABLE = "unanswerable"


class LineRange(NamedTuple):
    """Physical lines ``first`` to ``last`` (both inclusive, from 1) of a text file."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an answer stands, independent of any splitter.

    A place in a text file has ``lines``; one in a PDF has a ``page`` (position from 1) and, for the
    project's own papers, an ``anchor``: the first words of the paragraph or row. ``grade`` is 3 (answers
    fully), 2 (partly) or 1 (context).
    """

    document: str
    lines: LineRange | None
    page: int | None
    anchor: str | None
    kind: PartKind
    body: str | None
    meeting_date: dt.date | None
    agenda_item: str | None
    item: str | None
    section: str | None
    paragraph: str | None
    grade: int

    @property
    def id(self) -> str:
        """An id without white space, for TREC files: the document and the lines, or page and anchor."""
        if self.lines is not None:
            where = f"L{self.lines.first}-{self.lines.last}"
        else:
            mark = "|".join(str(part) for part in (self.anchor, self.item, self.section, self.paragraph))
            where = f"p{self.page or 0}-{hashlib.sha256(mark.encode()).hexdigest()[:8]}"
        return f"place:{quote(self.document)}:{where}"

    @property
    def label(self) -> str:
        """The place as people read it."""
        parts = [self.body, f"{self.meeting_date:%-d %B %Y}" if self.meeting_date else None, str(self.kind)]
        numbered = (
            ("agenda item", self.agenda_item),
            ("item", self.item),
            ("section", self.section),
            ("para", self.paragraph),
            ("p.", self.page),
        )
        parts += [f"{word} {value}" for word, value in numbered if value is not None]
        lines = f" lines {self.lines.first}-{self.lines.last}" if self.lines else ""
        return f"{', '.join(part for part in parts if part)} ({self.document}{lines})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A question with its judgments.

    ``facts`` are the short strings that a full answer contains; ``said_by`` is ``None`` unless somebody said
    it.
    """

    id: str
    question: str
    type: TopicType
    said_by: tuple[str, ...] | None
    facts: tuple[str, ...]
    split: str
    places: tuple[Place, ...]

    @property
    def is_answerable(self) -> bool:
        """Whether the papers answer it."""
        return self.type is not TopicType.UNANSWERABLE

    @property
    def best_places(self) -> tuple[Place, ...]:
        """The places of grade 3, or of the best grade there is."""
        best = max((place.grade for place in self.places), default=0)
        return tuple(place for place in self.places if place.grade == best)


def load_set(folder: Path, *, split: str | None = None) -> tuple[Topic, ...]:
    """Read all questions of a set.

    Args:
        folder: Holds ``*.jsonl`` files.
        split: ``"dev"`` or ``"test"``; ``None`` for both.

    Returns:
        The topics, ordered by id.

    Raises:
        TopicError: If there are no questions, an id is used twice, or a line breaks the format.
    """
    topics: dict[str, Topic] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                if record.get("status") == "candidate":
                    continue
                topic = read_topic(record)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise TopicError(
                    f"{path.name}, line {number}: not a question: {error!r}.",
                    next_step="Run eval/check_sets.py over the file.",
                ) from error
            if topic.id in topics:
                raise TopicError(f"{path.name}, line {number}: the id {topic.id} is used twice.")
            topics[topic.id] = topic
    found = filter_split(sorted(topics.values(), key=lambda topic: topic.id), split)
    if not found:
        wanted = f" of the split {split}" if split else ""
        raise TopicError(f"There are no questions{wanted} in {folder}.")
    return found


def filter_split(topics: Iterable[Topic], split: str | None) -> tuple[Topic, ...]:
    """Keep the topics of one split, or all of them if ``split`` is ``None``."""
    return tuple(topic for topic in topics if split in {None, topic.split})


def read_topic(record: Mapping[str, Any]) -> Topic:
    """Turn one JSON object into a topic.

    Raises:
        ValueError: If a value is not allowed.
        KeyError: If a key is missing.
    """
    topic = Topic(
        id=_text(record["id"]),
        question=_text(record["question"]),
        type=TopicType(record["type"]),
        said_by=None if record["said_by"] is None else tuple(_text(name) for name in record["said_by"]),
        facts=tuple(_text(fact) for fact in record["facts"]),
        split=_text(record["split"]),
        places=tuple(_read_place(place) for place in record["places"]),
    )
    if any(mark.isspace() for mark in topic.id):
        raise ValueError(f"the id {topic.id!r} holds white space")
    if topic.split not in {"dev", "test"}:
        raise ValueError(f"the split is {topic.split!r}, not dev or test")
    if topic.is_answerable != bool(topic.places):
        raise ValueError("unanswerable questions, and only they, have no places")
    return topic


def _read_place(record: Mapping[str, Any]) -> Place:
    lines = None if record["lines"] is None else LineRange(*(int(line) for line in record["lines"]))
    if lines is not None and not 1 <= lines.first <= lines.last:
        raise ValueError(f"lines {lines.first} to {lines.last} are no range")
    if lines is None and record["page"] is None and record["anchor"] is None:
        raise ValueError("a place has lines, or a page, or an anchor")
    if record["grade"] not in range(1, FULL_ANSWER + 1):
        raise ValueError(f"the grade is {record['grade']!r}, not 1, 2 or 3")
    date = record["meeting_date"]
    return Place(
        document=_text(record["document"]),
        lines=lines,
        page=record["page"],
        anchor=record["anchor"],
        kind=PartKind(record["kind"]),
        body=record["body"],
        meeting_date=None if date is None else dt.date.fromisoformat(date),
        agenda_item=record["agenda_item"],
        item=record["item"],
        section=record["section"],
        paragraph=record["paragraph"],
        grade=record["grade"],
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is not a text")
    return value


def topics_hash(topics: Iterable[Topic]) -> str:
    """Hash everything that the topics say, so that a run knows which judgments it was measured with."""
    digest = hashlib.sha256()
    for topic in topics:
        digest.update(repr(topic).encode())
    return f"sha256:{digest.hexdigest()}"
