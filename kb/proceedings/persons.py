"""The people of a library: one entry each, under the fullest name, whatever forms the papers print.

Takes rows of attendance and decisions; gives `PersonSummary` records by surname. A form that could be several people
("A Sharp" beside Alan and Anne) stays an entry of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.proceedings.locating import Recorded
from kb.register.records import Attendance, Decision
from kb.structure.names import Name, whole_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """What is recorded of a person.

    ``attended`` and ``apologies`` count meetings, ``statements`` sentences of minutes that are theirs, ``proposed`` and
    ``seconded`` decisions. ``meetings`` are the rows behind the numbers.
    """

    name: str
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    attended: int
    apologies: int
    statements: int
    proposed: int
    seconded: int
    first: dt.date | None
    last: dt.date | None
    meetings: tuple[Recorded, ...]


@dataclass(slots=True)
class _Entry:
    name: Name
    rows: list[tuple[Recorded, Attendance]] = field(default_factory=list)
    proposed: int = 0
    seconded: int = 0


def summarise(attendance: Iterable[Recorded], decisions: Iterable[Recorded]) -> tuple[PersonSummary, ...]:
    """Put together what is recorded of each person."""
    listed = [(one, one.row) for one in attendance if isinstance(one.row, Attendance)]
    entries = _People([name for _, row in listed if (name := whole_name(row.name, lone=True))])
    for one, row in listed:
        entry = entries.find(row.name)
        if entry is not None:
            entry.rows.append((one, row))
    for one in decisions:
        if isinstance(one.row, Decision):
            proposer, seconder = entries.find(one.row.proposer), entries.find(one.row.seconder)
            if proposer is not None:
                proposer.proposed += 1
            if seconder is not None:
                seconder.seconded += 1
    found = [_summary(entry) for entry in entries.all if entry.rows]
    return tuple(sorted(found, key=lambda person: (person.name.split()[-1].casefold(), person.name)))


class _People:
    """Entries by surname; the fullest forms make them, the shorter ones find theirs.

    Args:
        names: As printed.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self.all: list[_Entry] = []
        self._by_surname: dict[str, list[_Entry]] = {}
        fullest_first = sorted(names, key=lambda name: (not name.has_first_name, -len(name.given)))
        for name in fullest_first:
            agreeing = self._agreeing(name)
            if len(agreeing) == 1:
                agreeing[0].name = agreeing[0].name.fuller(name)
            elif not any(entry.name == name for entry in agreeing):
                entry = _Entry(name)
                self.all.append(entry)
                self._by_surname.setdefault(name.surname.casefold(), []).append(entry)

    def find(self, printed: str | None) -> _Entry | None:
        """The one entry that a form can mean."""
        name = whole_name(printed, lone=True) if printed else None
        if name is None:
            return None
        agreeing = self._agreeing(name)
        exact = [entry for entry in agreeing if entry.name.full == name.full]
        return (exact or agreeing)[0] if len(exact) == 1 or len(agreeing) == 1 else None

    def _agreeing(self, name: Name) -> list[_Entry]:
        known = self._by_surname.get(name.surname.casefold(), [])
        return [entry for entry in known if entry.name.agrees(name)]


def _summary(entry: _Entry) -> PersonSummary:
    there = [(one, row) for one, row in entry.rows if row.capacity != "apologies"]
    dates = sorted(date for one, _ in there if (date := one.passage.citation.meeting_date))
    name = entry.name
    shown = name.full if name.has_first_name or not name.title else f"{name.title} {name.full}"
    return PersonSummary(
        name=shown,
        roles=tuple(dict.fromkeys(role for _, row in entry.rows for role in row.roles)),
        bodies=tuple(dict.fromkeys(body for one, _ in entry.rows if (body := one.passage.citation.body))),
        attended=len(there),
        apologies=len(entry.rows) - len(there),
        statements=sum(row.statements for _, row in entry.rows),
        proposed=entry.proposed,
        seconded=entry.seconded,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        meetings=tuple(one for one, _ in entry.rows),
    )
