"""The ledger of one generation, read by id; safe to use from several threads."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final, Self

from kb.store.ledger import LEDGER_COLUMNS, LEDGER_NAME, PlaceEntry, make_entry
from kb.store.manifest import damaged
from kb.store.reader import Reader

_AFTER_SLASH: Final = chr(ord("/") + 1)
"""Ids below ``a/b`` are those from ``a/b/`` up to this instead of the last slash."""


class Places:
    """Every id that was given up to a generation."""

    def __init__(self, reader: Reader, *, library: Path) -> None:
        self._reader = reader
        self._library = library

    @classmethod
    def open(cls, generation: Path, *, library: Path) -> Self:
        """Open the ledger of a generation.

        Raises:
            LibraryFormatError: If it is missing.
        """
        return cls(Reader.open(generation, library=library, name=LEDGER_NAME), library=library)

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    def entry(self, identity: str) -> PlaceEntry | None:
        """Return what is known of the id of a passage; ``None`` if it was never given."""
        rows = self._reader.query(f"SELECT {LEDGER_COLUMNS} FROM places WHERE id = ?", identity)
        return self._entries(rows)[0] if rows else None

    def below(self, identity: str) -> tuple[PlaceEntry, ...]:
        """Return all that was ever given in a paper or an item, by position."""
        rows = self._reader.query(
            f"SELECT {LEDGER_COLUMNS} FROM places WHERE id > ? AND id < ? ORDER BY position, id",
            f"{identity}/",
            f"{identity}{_AFTER_SLASH}",
        )
        return self._entries(rows)

    def ids_like(self, beginning: str, *, limit: int = -1) -> tuple[str, ...]:
        """Return ids that begin so: all, or some."""
        rows = self._reader.query(
            "SELECT id FROM places WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            beginning,
            f"{beginning}\U0010ffff",
            limit,
        )
        return tuple(row[0] for row in rows)

    def is_ledger_of(self, ids: Collection[str]) -> bool:
        """Say whether the places in use are those of some passages, no more and no less."""
        return {row[0] for row in self._reader.query("SELECT id FROM places WHERE gone IS NULL")} == set(ids)

    def _entries(self, rows: Sequence[Any]) -> tuple[PlaceEntry, ...]:
        try:
            return tuple(map(make_entry, rows))
        except (ValueError, zlib.error) as error:
            raise damaged(self._library, f"{LEDGER_NAME} holds what cannot be understood") from error
