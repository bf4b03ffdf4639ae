"""Libraries in small, for tests of ids: documents come, change and go, and every id is remembered with its text."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kb.ingest.placing import give_ids
from kb.records import Place
from kb.store.contents import Contents
from kb.store.database import DATABASE_NAME, write_database
from kb.store.ledger import LEDGER_NAME, PlaceEntry, read_ledger, write_ledger
from kb.store.places import Places
from kb.store.resolving import resolve
from kb.store.rows import DocumentRow, make_document_row
from tests.outlines import Paper

FIRST_RUN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Minutes:
    """A paper as a test writes it: items of labelled paragraphs. ``number`` n is of the nth meeting."""

    items: tuple[tuple[str, ...], ...]
    number: int = 1

    @lru_cache(maxsize=10_000)  # noqa: B019 - papers are few and small
    def row(self, name: str) -> DocumentRow:
        """The document, read but without its final ids."""
        paper = Paper(name=name, meeting_date=dt.date(2023, 1, self.number))
        for place, paragraphs in enumerate(self.items, 1):
            paper.item(str(place), "Business")
            for label, text in enumerate(paragraphs, 1):
                paper.say(text, label=str(label))
        source = paper.source
        sha256 = hashlib.sha256(f"{self.number} {source.text}".encode()).hexdigest()
        return make_document_row(
            replace(source, sha256=sha256),
            paper.outline,
            paper.passages(),
            suffix=".txt",
            origin=name,
            recipe="",
            added_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        )


class Shelf:
    """A library's documents and its ledger; every `put` is a run of ingestion, an hour after the one before."""

    def __init__(self) -> None:
        self.rows: tuple[DocumentRow, ...] = ()
        self.ledger: Mapping[str, PlaceEntry] = {}
        self.first_texts: dict[str, str] = {}
        self._now = FIRST_RUN

    def put(self, papers: Mapping[str, Minutes]) -> None:
        """Let the library hold these documents and no others."""
        before = {row.entry.sha256: row for row in self.rows}
        wanted = {row.entry.sha256: row for row in (paper.row(name) for name, paper in papers.items())}
        rows, ledger = give_ids(
            [replace(before.get(sha256, row), entry=row.entry) for sha256, row in wanted.items()],
            before=before,
            ledger=self.ledger,
            now=self._now.isoformat(timespec="microseconds"),
        )
        with tempfile.TemporaryDirectory() as folder:  # what is not written is not kept
            write_ledger(Path(folder, LEDGER_NAME), ledger.values())
            self.ledger = read_ledger(Path(folder, LEDGER_NAME))
        assert self.ledger == ledger
        self.rows = tuple(rows)
        self._now += dt.timedelta(hours=1)
        for identity, text in self.texts.items():
            self.first_texts.setdefault(identity, text)

    @property
    def texts(self) -> dict[str, str]:
        """What is there now, by id."""
        return {passage.id: passage.text for row in self.rows for passage in row.passages}

    @property
    def count(self) -> int:
        """How many passages there are."""
        return sum(len(row.passages) for row in self.rows)

    @contextmanager
    def opened(self) -> Iterator[Resolver]:
        """The library on disk."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            write_database(path / DATABASE_NAME, self.rows)
            write_ledger(path / LEDGER_NAME, self.ledger.values())
            contents, places = Contents.open(path, library=path), Places.open(path, library=path)
            try:
                yield Resolver(contents, places)
            finally:
                contents.close()
                places.close()

    def resolve(self, identity: str) -> Place:
        """What an id stands for."""
        with self.opened() as resolver:
            return resolver.resolve(identity)


@dataclass(frozen=True)
class Resolver:
    """An open library."""

    contents: Contents
    places: Places

    def resolve(self, identity: str) -> Place:
        """What an id stands for."""
        return resolve(identity, contents=self.contents, places=self.places)
