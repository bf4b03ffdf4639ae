"""The part of an address after the question mark: what is asked, within which limits, and which place is open.

A colleague who gets the address sees the same. Takes and gives strings; whether there is such a body or place shows
when the library is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlencode

_NAMES: Final = {
    "question": "q",
    "bodies": "body",
    "kinds": "kind",
    "people": "person",
    "documents": "paper",
    "date_from": "from",
    "date_to": "to",
    "ignored": "ignore",
    "place": "place",
    "page": "page",
}
_SINGLE: Final = frozenset({"question", "date_from", "date_to", "place"})
_MOST_FIELDS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A question with its limits as typed, the readings that are switched off, the open place, the page shown of it.

    ``page`` counts from 1 in the file and is ``None`` for the page on which the place stands.
    """

    question: str = ""
    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""
    ignored: tuple[str, ...] = ()
    place: str = ""
    page: int | None = None

    @classmethod
    def parse(cls, search: str) -> Self:
        """Read an address's query, with or without its question mark; what it does not know it leaves out."""
        try:
            fields = parse_qs(search.removeprefix("?"), max_num_fields=_MOST_FIELDS)
        except ValueError:  # more fields than anybody sets
            fields = {}
        given: dict[str, Any] = {"page": _number(fields)}
        for name, key in _NAMES.items():
            if key not in fields or name == "page":
                continue
            values = tuple(dict.fromkeys(fields[key]))
            given[name] = values[0].strip() if name in _SINGLE else values
        return cls(**given)

    def search(self, **changes: Any) -> str:
        """The address as written after a path, with some fields changed: ``?q=budget&body=Fenwold``."""
        changed = replace(self, **changes)
        pairs = [(key, value) for name, key in _NAMES.items() for value in _values(getattr(changed, name))]
        return "?" + urlencode(pairs)

    @property
    def filters(self) -> int:
        """How many limits are set."""
        limits = (self.bodies, self.kinds, self.people, self.documents)
        return sum(map(len, limits)) + bool(self.date_from) + bool(self.date_to)


def _values(value: Any) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _number(fields: Mapping[str, list[str]]) -> int | None:
    value = fields.get(_NAMES["page"], [""])[0]
    return int(value) if value.isascii() and value.isdecimal() and 0 < len(value) < 6 else None  # noqa: PLR2004
