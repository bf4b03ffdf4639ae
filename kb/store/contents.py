"""The read side of one generation, safe to use from several threads.

The columns that filters need are in memory as arrays; texts and records are read from SQLite when asked for, and
passages are remembered once decoded. A generation never changes, and on
POSIX systems stays readable through an open file even after a later one has replaced it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kb.errors import UsageError
from kb.ids import part_of
from kb.passages.citing import group_label
from kb.records import DocumentId, Doubt, Filters, Outline, Page, PartKind, Passage, PassageId
from kb.store.codec import decode_date, decode_doubt, decode_outline, decode_page
from kb.store.database import PASSAGE_COLUMNS, make_passage_row
from kb.store.filtering import FilterColumns, FilterRow
from kb.store.linking import related
from kb.store.reader import Reader
from kb.store.registers import Registers
from kb.store.relations import read_row_relations, read_standings
from kb.store.rows import decode_passage
from kb.store.summaries import DocumentSummary, Facets, Paper, PartSummary
from kb.versions import PaperStanding

_NO_FILTERS: Final = Filters()
_PASSAGES_KEPT: Final = 20_000
"""Passages remembered, at a few KiB each."""
_OF_MEETINGS: Final = (PartKind.MINUTES, PartKind.AGENDA, PartKind.ACTION_TABLE, PartKind.REPORT)


class Contents:
    """Documents and passages of one generation.

    Passages are known by row (from 0, as in the search index) or by id; documents by name. ``registers`` holds what
    documents record.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._passages: dict[int, Passage] = {}
        found = self._reader.query("SELECT id, name FROM documents ORDER BY rowid")
        self._names: dict[str, str] = dict(found)
        self.registers = Registers(reader)
        self._document_ids = {name: identity for identity, name in found}
        rows = self._reader.query(
            "SELECT id, document_id, body, kind, meeting_date, speakers, json_extract(citation, '$.item_title'),"
            " json_extract(citation, '$.status') FROM passages ORDER BY row"
        )
        self._ids = tuple(row[0] for row in rows)
        self._rows = {identity: number for number, identity in enumerate(self._ids)}
        self._relations = self._reader.decode(lambda: read_row_relations(self._reader.query, self._rows))
        self._columns = self._reader.decode(
            lambda: FilterColumns(
                [
                    _filter_row(row, self._names, status=self._relations.status(number))
                    for number, row in enumerate(rows)
                ]
            )
        )

    @classmethod
    def open(cls, generation: Path, *, library: Path) -> Self:
        """Open the database of a generation.

        Raises:
            LibraryFormatError: If it is missing or damaged.
        """
        reader = Reader.open(generation, library=library)
        try:
            return cls(reader)
        except BaseException:
            reader.close()
            raise

    def close(self) -> None:
        """Close the database; passages already read stay usable."""
        self._reader.close()

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._ids)

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of every row."""
        return self._ids

    def find(self, passage_id: str) -> int | None:
        """Return the row of a passage, if there is one of this id."""
        return self._rows.get(passage_id)

    def row(self, passage_id: str) -> int:
        """Return the row of a passage.

        Raises:
            UsageError: If there is no passage of this id.
        """
        try:
            return self._rows[passage_id]
        except KeyError as error:
            raise UsageError(
                f"There is no passage {passage_id!r} in this library.",
                next_step="Take an id from the result of a search.",
            ) from error

    def passages(self, rows: Sequence[int]) -> tuple[Passage, ...]:
        """Return the passages of some rows, in that order.

        Raises:
            LibraryFormatError: If they cannot be read.
        """
        # Another thread may make room at any moment, so what is found is held here.
        found = {row: passage for row in rows if (passage := self._passages.get(row)) is not None}
        missing = [row for row in dict.fromkeys(rows) if row not in found]
        if missing:
            linked = [link.row for row in missing for link in self._relations.links(row)]
            printed = self._read([*missing, *linked])
            made = {row: related(row, printed, self._relations) for row in missing}
            if len(self._passages) > _PASSAGES_KEPT:
                self._passages.clear()
            self._passages.update(made)
            found |= made
        return tuple(found[row] for row in rows)

    def passage(self, row: int) -> Passage:
        """Return the passage of one row."""
        return self.passages((row,))[0]

    def context(self, passage_id: str) -> tuple[Passage, ...]:
        """Return all passages of the item in which a passage stands, in order.

        Raises:
            UsageError: If there is no passage of this id.
        """
        middle = self.row(passage_id)
        place = _item(self.passage(middle))
        first = last = middle
        while first > 0 and _item(self.passage(first - 1)) == place:
            first -= 1
        while last + 1 < len(self) and _item(self.passage(last + 1)) == place:
            last += 1
        return self.passages(range(first, last + 1))

    def mask(self, filters: Filters) -> NDArray[np.bool_] | None:
        """Say which rows filters let through, ``(n,)`` bool; ``None`` if nothing is limited."""
        return self._columns.mask(filters)

    def each_text_once(self, allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """Of the rows allowed, ``(n,)`` bool or ``None`` for all, let one of each text through: the one that counts."""
        return self._relations.each_text_once(allowed, n_rows=len(self))

    @property
    def successors(self) -> Mapping[int, int]:
        """For every row that a later state of its paper has in other words, the row of those."""
        return self._relations.successors

    def standings(self) -> tuple[PaperStanding, ...]:
        """Every paper that has a status or relations to others, by document and part."""
        return self._reader.decode(lambda: read_standings(self._reader.query))

    def facets(self, *, filters: Filters = _NO_FILTERS, matching: NDArray[np.bool_] | None = None) -> Facets:
        """Count the values that filters can take, as `FilterColumns.facets` does."""
        return self._columns.facets(self._document_ids, filters=filters, matching=matching)

    def meetings(self) -> tuple[tuple[dt.date, str | None], ...]:
        """The dates on which bodies meet, as papers of meetings tell, each with the body, oldest first."""
        return self._columns.meetings(_OF_MEETINGS)

    def rows_holding(self, phrase: str, rows: Sequence[int]) -> list[int]:
        """Return those of some rows whose text or header holds a phrase, in any case, with any apostrophe or dash."""
        # A quotation mark or dash of another shape is another character; "_" stands for any one.
        pattern = re.sub(r"[’‘'‐‑–—-]", "_", re.sub(r"([\\%_])", r"\\\1", " ".join(phrase.split())))
        found = self._reader.query(
            "SELECT row FROM passages WHERE row IN (SELECT value FROM json_each(?))"
            " AND (text LIKE ? ESCAPE '\\' OR header LIKE ? ESCAPE '\\') ORDER BY row",
            json.dumps(list(rows)),
            f"%{pattern}%",
            f"%{pattern}%",
        )
        return [int(row[0]) for row in found]

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return what is known of every document, by name."""
        rows = self._reader.query(
            "SELECT name, id, sha256, media_type, json_array_length(pages), parts, issues,"
            " json_array_length(doubts), added_at FROM documents"
            " ORDER BY name"
        )
        counts = self._columns.document_counts()
        return self._reader.decode(lambda: tuple(_summary(row, counts.get(row[0], 0)) for row in rows))

    def papers(self) -> tuple[Paper, ...]:
        """Return every paper that has passages, in the order of the documents."""
        rows: dict[str, list[int]] = {}
        for row, identity in enumerate(self._ids):
            rows.setdefault(part_of(identity), []).append(row)
        firsts = self.passages([found[0] for found in rows.values()])
        return tuple(
            Paper(
                id=PassageId(identity),
                label=group_label(passage.citation, with_item=False),
                first=passage.citation,
                passages=len(found),
            )
            for (identity, found), passage in zip(rows.items(), firsts, strict=True)
        )

    def within(self, filters: Filters) -> tuple[Passage, ...]:
        """Return all passages within some limits, in the order of the documents."""
        mask = self.mask(filters)
        return self.passages(range(len(self)) if mask is None else np.flatnonzero(mask).tolist())

    def document_id(self, document: str) -> DocumentId:
        """Return the id of a document.

        Raises:
            UsageError: If there is no document of this name.
        """
        try:
            return DocumentId(self._document_ids[document])
        except KeyError as error:
            raise UsageError(
                f"There is no paper {document!r} in this library.",
                next_step="List their names with: kb documents",
            ) from error

    def outline(self, document: str) -> Outline:
        """Return the structure of a document; raises `UsageError` if there is none of this name."""
        value = self._column("SELECT outline FROM outlines WHERE document_id = ?", document)
        return self._reader.decode(lambda: decode_outline(json.loads(value)))

    def doubts(self, document: str) -> tuple[Doubt, ...]:
        """Return what is doubtful in a document; raises `UsageError` if there is none of this name."""
        value = self._column("SELECT doubts FROM documents WHERE id = ?", document)
        return self._reader.decode(lambda: tuple(decode_doubt(doubt) for doubt in json.loads(value)))

    def source_text(self, document: str) -> str:
        """Return the text that spans count in; raises `UsageError` if there is no document of this name."""
        return self._column("SELECT text FROM documents WHERE id = ?", document)

    def pages(self, document: str) -> tuple[Page, ...]:
        """Return the pages of a document; raises `UsageError` if there is none of this name."""
        value = self._column("SELECT pages FROM documents WHERE id = ?", document)
        return self._reader.decode(lambda: tuple(decode_page(page) for page in json.loads(value)))

    def _read(self, rows: Iterable[int]) -> dict[int, Passage]:
        """Read passages as their papers alone print them."""
        # At most 32,766 values may be bound in one statement; JSON has no such limit.
        found = self._reader.query(
            f"SELECT row, {PASSAGE_COLUMNS} FROM passages WHERE row IN (SELECT value FROM json_each(?))",
            json.dumps(list(dict.fromkeys(rows))),
        )
        return self._reader.decode(lambda: dict(map(self._numbered_passage, found)))

    def _numbered_passage(self, values: tuple[Any, ...]) -> tuple[int, Passage]:
        row = make_passage_row(values[1:])
        return values[0], decode_passage(row, document=self._names[row.document_id])

    def _column(self, statement: str, document: str) -> str:
        return self._reader.column(statement, self.document_id(document), of=document)


def _filter_row(values: Sequence[Any], names: Mapping[str, str], *, status: str | None) -> FilterRow:
    _, document, body, kind, date, speakers, title, printed = values
    return FilterRow(names[document], body, kind, date, json.loads(speakers), title, status or printed)


def _item(passage: Passage) -> tuple[object, ...]:
    """What passages of one item have in common."""
    citation = passage.citation
    return (
        passage.document_id,
        citation.kind,
        citation.body,
        citation.meeting_date,
        citation.agenda_item,
        citation.item,
        citation.section,
        citation.item_title,
    )


def _summary(row: Sequence[Any], passages: int) -> DocumentSummary:
    name, identity, sha256, media_type, pages, parts, issues, doubts, added_at = row
    return DocumentSummary(
        document=name,
        id=DocumentId(identity),
        sha256=sha256,
        media_type=media_type,
        pages=pages,
        passages=passages,
        parts=tuple(
            PartSummary(
                kind=PartKind(part["kind"]),
                body=part["body"],
                meeting_date=decode_date(part["meeting_date"]),
                title=part["title"],
            )
            for part in json.loads(parts)
        ),
        issues=tuple(json.loads(issues)),
        doubts=doubts,
        added_at=dt.datetime.fromisoformat(added_at),
    )
