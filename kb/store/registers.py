"""What the documents of one generation record: their rows of the register, decoded when asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kb.records import Span
from kb.register.codec import decode_rows
from kb.register.records import Row, RowKind
from kb.store.codec import decode_spans
from kb.store.reader import Reader


class Registers:
    """The rows of documents.

    Args:
        reader: Of the generation's database.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of_kinds(self, kinds: Sequence[RowKind]) -> dict[str, tuple[Row, ...]]:
        """Return the rows of some kinds by the name of their document; documents without any are left out.

        Raises:
            LibraryFormatError: If they cannot be read.
        """
        marks = " OR ".join("instr(register, ?)" for _ in kinds)
        found = self._reader.query(
            f"SELECT name, register FROM registers JOIN documents ON id = document_id WHERE {marks} ORDER BY name",
            *(f'"kind":"{kind.value}"' for kind in kinds),
        )
        return self._reader.decode(
            lambda: {name: decode_rows(json.loads(register), kinds) for name, register in found}
        )

    def passage_spans(self, document: str) -> list[tuple[int, tuple[Span, ...]]]:
        """Return the row and the spans of every passage of a document, in order.

        Raises:
            LibraryFormatError: If they cannot be read.
        """
        found = self._reader.query(
            "SELECT row, spans FROM passages WHERE document_id = (SELECT id FROM documents WHERE name = ?)"
            " ORDER BY row",
            document,
        )
        return self._reader.decode(lambda: [(row, decode_spans(json.loads(spans))) for row, spans in found])
