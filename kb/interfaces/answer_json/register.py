"""The register as JSON, schema version 1: rows of one kind, and people."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kb.interfaces.answer_json.passages import citation_to_json
from kb.interfaces.answer_json.schema import SCHEMA_VERSION, day

if TYPE_CHECKING:
    from kb.proceedings import PersonSummary, Recorded

_NOT_FACTS = frozenset({"part", "spans", "lead", "told", "status"})


def facts_of(one: Recorded) -> dict[str, Any]:
    """What a row says besides its words, field by field; dates as YYYY-MM-DD, several values as lists."""
    facts: dict[str, Any] = {}
    for field in dataclasses.fields(one.row):
        if field.name not in _NOT_FACTS:
            value = getattr(one.row, field.name)
            value = day(value) if isinstance(value, dt.date) else value
            facts[field.name] = list(value) if isinstance(value, tuple) else value
    return facts


def recorded_to_json(one: Recorded) -> dict[str, Any]:
    """One row: its words, its facts, what became of it, and its place."""
    return {
        "text": one.text,
        "lead": one.lead,
        **facts_of(one),
        "status": one.status,
        "followed": None if one.followed is None else citation_to_json(one.followed.citation),
        "citation": citation_to_json(one.passage.citation),
    }


def register_to_json(kind: str, rows: Iterable[Recorded]) -> dict[str, Any]:
    """The rows of one kind, in their order."""
    return {"schema": SCHEMA_VERSION, "kind": kind, "rows": [recorded_to_json(one) for one in rows]}


def people_to_json(people: Iterable[PersonSummary]) -> dict[str, Any]:
    """The people of the attendance lists, each with the places that list them."""
    return {
        "schema": SCHEMA_VERSION,
        "kind": "people",
        "rows": [
            {
                "name": person.name,
                "roles": list(person.roles),
                "bodies": list(person.bodies),
                "attended": person.attended,
                "apologies": person.apologies,
                "statements": person.statements,
                "proposed": person.proposed,
                "seconded": person.seconded,
                "first": day(person.first),
                "last": day(person.last),
                "places": [one.passage.id for one in person.meetings],
            }
            for person in people
        ],
    }
