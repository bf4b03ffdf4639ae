"""The ledger of places: every id a library ever gave to a passage, what it named, and what became of it.

A SQLite file beside the documents, carried from generation to generation. Texts of places in use stand with the
passages; the ledger keeps a digest of each, the first text of a place that has changed, and of a place that is gone
what is needed to recognise it: digest, sketch and label.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LEDGER_NAME: Final = "places.sqlite"

_SCHEMA: Final = """
PRAGMA journal_mode = OFF;  -- as for the documents: a file that is not finished is thrown away
PRAGMA synchronous = OFF;
CREATE TABLE places (
    id TEXT PRIMARY KEY,
    digest BLOB NOT NULL,
    position INTEGER NOT NULL,
    given TEXT NOT NULL,
    changed TEXT,
    first_digest BLOB,
    first_text BLOB,
    gone TEXT,
    moved_to TEXT,
    label TEXT,
    sketch BLOB
) STRICT, WITHOUT ROWID;
"""
LEDGER_COLUMNS: Final = (
    "id, digest, position, given, changed, first_digest, first_text, gone, moved_to, label, sketch"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """An id and its fate; times are in ISO format, in UTC.

    ``digest`` is of the text it names or named last, at ``position`` among the passages of its document. ``changed`` is
    when that became another than the one the id was given to, which is ``first_text`` (where it is kept), of
    ``first_digest``. ``gone`` is when the text was no longer there under this id; it then stands at ``moved_to`` or
    nowhere, ``label`` is its last citation and ``sketch`` tells what its first text was like.
    """

    id: str
    digest: bytes
    position: int
    given: str
    changed: str | None = None
    first_digest: bytes | None = None
    first_text: str | None = None
    gone: str | None = None
    moved_to: str | None = None
    label: str | None = None
    sketch: bytes | None = None


def write_ledger(path: Path, entries: Iterable[PlaceEntry]) -> None:
    """Write the ledger of a new generation."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    entry.id,
                    entry.digest,
                    entry.position,
                    entry.given,
                    entry.changed,
                    entry.first_digest,
                    None if entry.first_text is None else zlib.compress(entry.first_text.encode()),
                    entry.gone,
                    entry.moved_to,
                    entry.label,
                    entry.sketch,
                )
                for entry in sorted(entries, key=lambda entry: entry.id)
            ),
        )


def read_ledger(path: Path) -> dict[str, PlaceEntry]:
    """Read all entries by id.

    Raises:
        sqlite3.Error: If the file is damaged.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT {LEDGER_COLUMNS} FROM places")
        return {row[0]: make_entry(row) for row in rows}


def make_entry(row: tuple[Any, ...]) -> PlaceEntry:
    """Return the entry of one tuple of `LEDGER_COLUMNS`."""
    identity, digest, position, given, changed, first_digest, first_text, gone, moved_to, label, sketch = row
    return PlaceEntry(
        id=identity,
        digest=digest,
        position=position,
        given=given,
        changed=changed,
        first_digest=first_digest,
        first_text=None if first_text is None else zlib.decompress(first_text).decode(),
        gone=gone,
        moved_to=moved_to,
        label=label,
        sketch=sketch,
    )
