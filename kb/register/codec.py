"""Rows of the register to JSON values and back; what is empty is left out, so that a document's rows stay small."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from kb.records import Span
from kb.register.records import ROW_TYPES, Row, RowKind

_SPANS = frozenset({"spans", "lead", "told"})
_EMPTY: tuple[object, ...] = (None, (), False)


def encode_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return rows as objects, each with its ``kind``."""
    return [{"kind": row.KIND.value, **_encode(row)} for row in rows]


def decode_rows(values: Iterable[dict[str, Any]], kinds: Iterable[RowKind] | None = None) -> tuple[Row, ...]:
    """Return the rows of objects, or those of some kinds.

    Raises:
        KeyError, TypeError, ValueError: On anything but what encoding gives.
    """
    wanted = {kind.value for kind in (RowKind if kinds is None else kinds)}
    return tuple(_decode(value) for value in values if value["kind"] in wanted)


def _encode(row: Row) -> dict[str, Any]:
    encoded: dict[str, Any] = {}
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if any(value is empty or (empty == () and value == ()) for empty in _EMPTY):
            continue
        if field.name in _SPANS:
            value = [[span.start, span.end] for span in value]
        elif isinstance(value, dt.date):
            value = value.isoformat()
        encoded[field.name] = list(value) if isinstance(value, tuple) else value
    return encoded


def _decode(value: dict[str, Any]) -> Row:
    kind = ROW_TYPES[RowKind(value["kind"])]
    fields: dict[str, Any] = {"spans": ()}
    for name, each in value.items():
        if name in _SPANS:
            fields[name] = _spans(each)
        elif name == "date":
            fields[name] = dt.date.fromisoformat(each)
        elif name != "kind":
            fields[name] = tuple(each) if isinstance(each, list) else each
    return kind(**fields)


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
