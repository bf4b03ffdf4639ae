"""A database of a generation, open for reading from several threads.

One read-only connection under a lock; what SQLite or the decoding of a value refuses becomes an error of the library.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from kb.errors import LibraryFormatError
from kb.store.codec import DECODING_ERRORS
from kb.store.database import DATABASE_NAME, connect
from kb.store.manifest import damaged

_Decoded = TypeVar("_Decoded")


class Reader:
    """Runs statements, and decodes what they give.

    Args:
        connection: Open.
        library: The library's folder, for messages.
        name: The database's file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, *, library: Path, name: str = DATABASE_NAME) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._library = library
        self._name = name

    @classmethod
    def open(cls, generation: Path, *, library: Path, name: str = DATABASE_NAME) -> Self:
        """Open a database of a generation.

        Raises:
            LibraryFormatError: If it is missing or damaged.
        """
        try:
            return cls(connect(generation / name), library=library, name=name)
        except sqlite3.Error as error:
            raise damaged(library, f"{name} cannot be opened") from error

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def query(self, statement: str, *values: object) -> list[Any]:
        """Return all rows that a statement gives.

        Raises:
            LibraryFormatError: If the database cannot be read, or has been closed.
        """
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.ProgrammingError as error:
            raise LibraryFormatError("The library has been closed.", next_step="Open it again.") from error
        except sqlite3.Error as error:
            raise damaged(self._library, f"{self._name} cannot be read ({error})") from error

    def column(self, statement: str, value: str, *, of: str) -> str:
        """Return the one value that a statement gives for another; ``of`` names what it belongs to.

        Raises:
            LibraryFormatError: If there is none.
        """
        rows = self.query(statement, value)
        if not rows:
            raise damaged(self._library, f"a part of {of} is missing")
        return str(rows[0][0])

    def decode(self, decode: Callable[[], _Decoded]) -> _Decoded:
        """Return what a function decodes.

        Raises:
            LibraryFormatError: If it cannot.
        """
        try:
            return decode()
        except DECODING_ERRORS as error:
            raise damaged(self._library, f"{self._name} holds what cannot be understood") from error
