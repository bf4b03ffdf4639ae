"""The SQLite file of a generation: documents, outlines, passages, relations.

Written once, whole, and never changed. Values are bound, rows have named columns, nested parts are JSON.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kb.store.manifest import DocumentEntry
from kb.store.relations import write_relations
from kb.store.rows import DocumentRow, PassageRow
from kb.versions import Relations

DATABASE_NAME: Final = "library.sqlite"
_NO_RELATIONS: Final = Relations()

_SCHEMA: Final = """
PRAGMA journal_mode = OFF;  -- a file that is not finished is thrown away, and flushed to the disk when it is
PRAGMA synchronous = OFF;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    suffix TEXT NOT NULL,
    origin TEXT NOT NULL,
    recipe TEXT NOT NULL,
    media_type TEXT NOT NULL,
    added_at TEXT NOT NULL,
    text TEXT NOT NULL,
    pages TEXT NOT NULL,
    issues TEXT NOT NULL,
    doubts TEXT NOT NULL,
    parts TEXT NOT NULL
) STRICT;
CREATE TABLE outlines (document_id TEXT PRIMARY KEY REFERENCES documents (id), outline TEXT NOT NULL) STRICT;
CREATE TABLE registers (document_id TEXT PRIMARY KEY REFERENCES documents (id), register TEXT NOT NULL) STRICT;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id),
    body TEXT,
    kind TEXT NOT NULL,
    meeting_date TEXT,
    header TEXT NOT NULL,
    text TEXT NOT NULL,
    spans TEXT NOT NULL,
    speakers TEXT NOT NULL,
    struck TEXT NOT NULL,
    boxes TEXT NOT NULL,
    citation TEXT NOT NULL
) STRICT;
CREATE INDEX passages_of_document ON passages (document_id);
"""

PASSAGE_COLUMNS: Final = (
    "id, document_id, body, kind, meeting_date, header, text, spans, speakers, struck, boxes, citation"
)


def write_database(
    path: Path, documents: Iterable[DocumentRow], *, relations: Relations = _NO_RELATIONS
) -> None:
    """Write all documents, and what their papers are to each other; passages are numbered from 0 in the order given."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        row = 0
        for document in documents:
            entry = document.entry
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.id,
                    entry.name,
                    entry.sha256,
                    entry.suffix,
                    entry.origin,
                    entry.recipe,
                    document.media_type,
                    document.added_at,
                    document.text,
                    document.pages,
                    document.issues,
                    document.doubts,
                    document.parts,
                ),
            )
            connection.execute("INSERT INTO outlines VALUES (?, ?)", (entry.id, document.outline))
            connection.execute("INSERT INTO registers VALUES (?, ?)", (entry.id, document.register))
            connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        number,
                        passage.id,
                        passage.document_id,
                        passage.body,
                        passage.kind,
                        passage.meeting_date,
                        passage.header,
                        passage.text,
                        passage.spans,
                        passage.speakers,
                        passage.struck,
                        passage.boxes,
                        passage.citation,
                    )
                    for number, passage in enumerate(document.passages, start=row)
                ),
            )
            row += len(document.passages)
        write_relations(connection, relations)


def connect(path: Path) -> sqlite3.Connection:
    """Open a finished file for reading; the connection may be used by any thread, by one at a time.

    Raises:
        sqlite3.Error: If it cannot be opened.
    """
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def read_documents(path: Path) -> list[DocumentRow]:
    """Read every row, in the order written.

    Raises:
        sqlite3.Error: If the file is damaged.
    """
    with closing(connect(path)) as connection:
        passages: dict[str, list[PassageRow]] = {}
        for values in connection.execute(f"SELECT {PASSAGE_COLUMNS} FROM passages ORDER BY row"):
            row = make_passage_row(values)
            passages.setdefault(row.document_id, []).append(row)
        found = connection.execute(
            "SELECT id, name, sha256, suffix, origin, recipe, media_type, added_at, text, pages, issues, doubts,"
            " parts, outline, register"
            " FROM documents JOIN outlines ON outlines.document_id = id JOIN registers ON registers.document_id = id"
            " ORDER BY documents.rowid"
        )
        return [_make_document_row(values, passages.get(values[0], [])) for values in found]


def make_passage_row(values: tuple[str, ...]) -> PassageRow:
    """Return the row of one tuple of `PASSAGE_COLUMNS`."""
    identity, document, body, kind, date, header, text, spans, speakers, struck, boxes, citation = values
    return PassageRow(
        id=identity,
        document_id=document,
        body=body,
        kind=kind,
        meeting_date=date,
        header=header,
        text=text,
        spans=spans,
        speakers=speakers,
        struck=struck,
        boxes=boxes,
        citation=citation,
    )


def is_sound(path: Path) -> bool:
    """Say whether SQLite finds the file whole."""
    try:
        with closing(connect(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


def _make_document_row(values: tuple[str, ...], passages: list[PassageRow]) -> DocumentRow:
    (
        _,
        name,
        sha256,
        suffix,
        origin,
        recipe,
        media_type,
        added_at,
        text,
        pages,
        issues,
        doubts,
        parts,
        outline,
        register,
    ) = values
    return DocumentRow(
        entry=DocumentEntry(
            name=name, sha256=sha256, suffix=suffix, origin=origin, recipe=recipe, passages=len(passages)
        ),
        media_type=media_type,
        added_at=added_at,
        text=text,
        pages=pages,
        issues=issues,
        doubts=doubts,
        parts=parts,
        outline=outline,
        register=register,
        passages=tuple(passages),
    )
