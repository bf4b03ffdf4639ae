"""The register for a terminal: each row under its place, with what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kb.interfaces.rendering import words
from kb.interfaces.rendering.terminal.lines import INDENT, indented, labelled
from kb.register.records import (
    Action,
    Attendance,
    Decision,
    DecisionRecord,
    Declaration,
    Meeting,
    PlanEntry,
    Recommendation,
    Undertaking,
)

if TYPE_CHECKING:
    from kb.proceedings import PersonSummary, Recorded

_LISTED: Final = (Attendance, Meeting)
"""Their words are the list's or the title's: what was read says it all."""


def register(rows: Iterable[Recorded], *, width: int) -> str:
    """One paragraph a row: its place, its words, who and how, and what became of it."""
    lines: list[str] = []
    for one in rows:
        lines += labelled("-", words.citation_line(one.passage.citation), width)
        if not isinstance(one.row, _LISTED):
            lead = f"{one.lead} " if one.lead else ""
            lines += indented(f"{lead}{one.text}", width)
        facts = "; ".join(_facts(one))
        if facts:
            lines += labelled(INDENT[:-1], facts, width)
        if one.followed is not None:
            lines += labelled(f"{INDENT}Taken up:", words.citation_line(one.followed.citation), width)
    return words.join_lines(lines)


def people(persons: Iterable[PersonSummary], *, width: int) -> str:
    """One paragraph a person."""
    lines: list[str] = []
    for person in persons:
        roles = f" ({', '.join(person.roles)})" if person.roles else ""
        counts = [f"attended {_times(person.attended, 'meeting')}"]
        counts += [f"apologies for {person.apologies}"] if person.apologies else []
        counts += [_times(person.statements, "statement")]
        counts += [f"proposed {person.proposed}"] if person.proposed else []
        counts += [f"seconded {person.seconded}"] if person.seconded else []
        if person.first and person.last:
            counts += [f"{words.day(person.first)} to {words.day(person.last)}"]
        lines += labelled("-", f"{words.plain(person.name)}{roles}: {', '.join(counts)}", width)
    return words.join_lines(lines)


def _facts(one: Recorded) -> list[str]:
    return [
        words.plain(fact)
        for fact in [*_own_facts(one), f"status: {one.status}" if one.status else ""]
        if fact
    ]


def _own_facts(one: Recorded) -> list[str]:  # noqa: PLR0911 - one for each kind of row
    row = one.row
    match row:
        case Decision():
            return _decision(row)
        case Recommendation():
            return [_said("by the ", row.by), _said("to the ", row.to)]
        case Action():
            return [_said("who: ", row.who), _said("when: ", row.due)]
        case Undertaking():
            doubt = " (perhaps)" if row.is_doubtful else ""
            return [f"{row.who}{doubt}" if row.who else "", _said("when: ", row.due)]
        case Attendance():
            return _attendance(row)
        case Declaration():
            return [row.who]
        case Meeting():
            return [_said("began ", row.opened), _said("ended ", row.closed), _said("at ", row.venue)]
        case DecisionRecord():
            return [row.number, row.subject or "", words.day(row.date) if row.date else ""]
        case PlanEntry():
            return [row.when]


def _decision(row: Decision) -> list[str]:
    votes = [
        f"{number} {side}{_names(names)}"
        for number, side, names in (
            (row.votes_for, "for", row.names_for),
            (row.votes_against, "against", row.names_against),
            (row.abstentions, "abstained", row.names_abstained),
        )
        if number is not None
    ]
    return [
        row.verb,
        "unanimous" if row.unanimous else "",
        ", ".join(votes),
        _said("proposed by ", row.proposer),
        _said("seconded by ", row.seconder),
    ]


def _attendance(row: Attendance) -> list[str]:
    capacity = "sent apologies" if row.capacity == "apologies" else row.capacity
    substitute = _said("substitute for ", row.substitute_for) or ("substitute" if row.is_substitute else "")
    return [row.name, capacity, ", ".join(row.roles), row.organisation or "", substitute]


def _names(names: tuple[str, ...]) -> str:
    return f" ({', '.join(names)})" if names else ""


def _said(label: str, value: str | None) -> str:
    return f"{label}{value}" if value else ""


def _times(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
