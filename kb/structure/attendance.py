"""Who was there: the attendance list of minutes, in whatever shape it is printed.

Takes a part of minutes; gives its `People`: members, officers, others, apologies, substitutes. Shapes: comma lists, one
person a line, table rows, two people a row, Markdown, roles on the line below, and names and roles extracted as one
column after the other, which are paired only if there are as many of each. Stages: `attendance_lines` makes whole
lines of printed ones, `attendance_entries` finds the people in each, `_Roll` keeps them, one entry a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb.records import Item, Part, PartKind
from kb.structure.attendance_entries import read_entries
from kb.structure.attendance_lines import Block, is_attendance_heading, read_blocks, tidy
from kb.structure.names import Name, whole_name
from kb.structure.people import Capacity, People, Person
from kb.structure.roles import OFFICE_WORDS, organisation_of, role_of

_ABOUT_ABSENCE = re.compile(
    r"apolog|absence|attendance|substitut|welcome|introduction|membership|present", re.IGNORECASE
)
_APOLOGIES = re.compile(
    r"[Aa]pologies\b[^.]{0,60}?(?:\b(?:from|for|by)|:)\s+(?:the\s+following\s*:?\s*)?"
    r"(?P<who>[A-Z].*?)(?=(?<![A-Z])(?<!Cllr)\.(?:\s|$)|,\s+(?:for\s+whom|in\s+whose|who)\b|$)",
    re.DOTALL,
)
_SENT_APOLOGIES = re.compile(
    r"(?P<who>(?:Councillors?|Cllrs?\.?|Mr|Mrs|Ms|Dr)\s[^.;:]{2,80}?)\s+(?:had\s+)?(?:sent|gave|given)\s+(?:\w+\s+){0,2}apologies"
)
_SUBSTITUTES = re.compile(
    r"(?P<one>[A-Z][^.;:()]{2,60}?)\s+(?:(?:was|is|were|had been)\s+)?"
    r"(?:(?:in\s+attendance|attending|attended|present|there)\s+)?"
    r"(?:as\s+(?:an?\s+|the\s+)?(?:named\s+)?substitutes?\s+for|substitut(?:ed|ing)\s+for|attended\s+(?:in\s+place|on\s+behalf)\s+of)"
    r"\s+(?P<other>[A-Z][^.;:()]{2,60}?)(?=[.;()]|$|\s+and\s+(?:Councillor|Cllr)\s)"
)
_SUBSTITUTED = re.compile(
    r"(?P<other>(?:Councillor|Cllr\.?|Mr|Mrs|Ms|Miss|Dr)\s[^.;:(),]{2,40}?)(?:,?\s+(?:who\s+)?(?:was|had\s+been)\s+"
    r"(?:substituted|replaced|represented)\s+by\s+|,\s+for\s+whom\s+)"
    r"(?P<one>(?:Councillor|Cllr\.?|Mr|Mrs|Ms|Miss|Dr)\s[^.;:(),]{2,40}?)"
    r"(?=[.;,()]|$|\s+(?:was|were|had|attended|substituted|and)\b)"
)
_TAG_FOR = re.compile(r"^(?:substitut\w*|sub)\s+for\s+(?P<other>.+)$", re.IGNORECASE)
_TAG_SUBSTITUTE = re.compile(r"^(?:as\s+)?(?:a\s+)?(?:sub|substitute)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{2,4}")
_GROUP = re.compile(r"\b(Panel|Board|Committee|Cabinet|Commission|Forum|Authority)\b", re.IGNORECASE)
_COUNCIL = re.compile(r"\bCouncil\b", re.IGNORECASE)
_PLACE = re.compile(
    r"([A-Z][a-z]+)(?=\s+(?:City|County|Borough|District|Council|Constabulary|Police|Fire|and\s+[A-Z]))"
)
_FIRST_ITEMS = 4
_MOST_PERSONS = 1_000
"""More than attend any meeting: what goes on longer is no attendance list."""


def read_people(text: str, part: Part) -> People:
    """Read the attendance list before the first item of minutes, and apologies and substitutes in the first items."""
    opening = _opening(part)
    head = " ".join(
        text[span.start : span.end] for item in opening for p in item.paragraphs[:6] for span in p.spans
    )
    group = _GROUP.search(head) or _GROUP.search(f"{part.title} {part.body or ''}")
    council = _COUNCIL.search(f"{part.title} {part.body or ''}")
    noun = group[1].capitalize() if group else "Council" if council else "Panel"
    if part.kind is not PartKind.MINUTES:
        return People(group=noun)
    blocks = read_blocks(text, opening)
    places = frozenset(_PLACE.findall(" ".join(block.text for block in blocks)))
    places |= frozenset(word.capitalize() for word in f"{part.body or ''}".split()) - {"And", "Of"}
    roll = _Roll(places=places)
    for block in blocks:
        _read_block(block, roll)
    for statement in _about_absence(text, part):
        _read_absence(statement, roll)
    roll.complete_names(_whole_text(text, part))
    return People(tuple(roll.persons), noun)


def _opening(part: Part) -> list[Item]:
    opening: list[Item] = []
    for item in part.items:
        if item.number is not None and not is_attendance_heading(item.title):
            break
        opening.append(item)
    return opening


def _about_absence(text: str, part: Part) -> Iterator[str]:
    numbered = [item for item in part.items if item.number is not None]
    for place, item in enumerate(numbered):
        if place < _FIRST_ITEMS or _ABOUT_ABSENCE.search(item.title):
            for paragraph in item.paragraphs:
                joined = " ".join(tidy(text[span.start : span.end]) for span in paragraph.spans)
                if re.search(r"apolog|substitut|behalf|in place of", joined, re.IGNORECASE):
                    yield " ".join(joined.split())


def _whole_text(text: str, part: Part) -> str:
    return " ".join(
        text[span.start : span.end]
        for item in part.items
        for paragraph in item.paragraphs
        for span in paragraph.spans
    )


@dataclass(slots=True)
class _Roll:
    """The list as read so far; the same person under several forms is one entry."""

    places: frozenset[str]
    persons: list[Person] = field(default_factory=list)
    _by_surname: dict[str, list[int]] = field(default_factory=dict)

    def add(self, person: Person) -> int:
        """Add a person or what is new about one; give the place in the list."""
        namesakes = self._by_surname.setdefault(person.name.surname.casefold(), [])
        for place in namesakes:
            known = self.persons[place]
            absent = (
                Capacity.APOLOGIES in {known.capacity, person.capacity} and known.capacity != person.capacity
            )
            if (
                not absent
                and known.name.agrees(person.name)
                and ((known.name.given and person.name.given) or not person.roles)
            ):
                self.persons[place] = replace(known, name=known.name.fuller(person.name))
                return place
        self.persons.append(person)
        namesakes.append(len(self.persons) - 1)
        return namesakes[-1]

    def describe(self, place: int, printed: str) -> None:
        """Add a printed role, organisation or remark to a person."""
        if "," in printed:
            for piece in printed.split(","):
                self.describe(place, piece)
            return
        person = self.persons[place]
        remark = printed.strip(" .,;:*-–")
        if not remark:
            return
        substitute = _TAG_FOR.match(remark)
        if substitute or _TAG_SUBSTITUTE.match(remark):
            other = self._fullest(substitute["other"]) if substitute else person.substitute_for
            self.persons[place] = replace(person, is_substitute=True, substitute_for=other)
            return
        if _ABBREVIATION.fullmatch(remark) and remark[0] == (person.name.given or remark)[0]:
            self.persons[place] = replace(person, abbreviation=remark)
            return
        role, organisation = role_of(remark), organisation_of(remark)
        if re.search(r"\bin\s+the\s+chair\b", remark, re.IGNORECASE):
            role = "Chair"
        role = None if role and organisation == remark else role
        roles = (*person.roles, role) if role and role not in person.roles else person.roles
        printed_role = person.printed_role or (re.split(r"[,(]", remark)[0].strip() if role else None)
        bodies = [body for body in (person.organisation, organisation) if body]
        self.persons[place] = replace(
            person,
            roles=roles,
            printed_role=printed_role,
            organisation=", ".join(dict.fromkeys(bodies)) or None,
        )

    def substitute(self, one: str, other: str) -> None:
        """Note who took whose place."""
        name = _last_name(one)
        person = People(tuple(self.persons)).find(name) if name else None
        if name is None:
            return
        place = (
            self.persons.index(person) if person else self.add(Person(name=name, capacity=Capacity.MEMBER))
        )
        self.persons[place] = replace(
            self.persons[place], is_substitute=True, substitute_for=self._fullest(other)
        )

    def complete_names(self, text: str) -> None:
        """Take the fullest form in which the minutes print each name anywhere."""
        surnames = {
            re.escape(person.name.surname) for person in self.persons if not person.name.has_first_name
        }
        if not surnames:
            return
        pattern = re.compile(rf"\b([A-Z][a-z]+(?:-[A-Z][a-z]+)?)\s+({'|'.join(sorted(surnames))})\b")
        for given, surname in dict.fromkeys(pattern.findall(text)):
            name = whole_name(f"{given} {surname}")
            if name is None or given.casefold() in OFFICE_WORDS:
                continue
            agreeing = [place for place, person in enumerate(self.persons) if person.name.agrees(name)]
            if len(agreeing) == 1 and self.persons[agreeing[0]].name.given:
                known = self.persons[agreeing[0]]
                self.persons[agreeing[0]] = replace(known, name=known.name.fuller(name))

    def _fullest(self, printed: str) -> str:
        name = _last_name(printed)
        if name is None:
            return " ".join(printed.split())
        person = People(tuple(self.persons)).find(name)
        return (person or Person(name=name, capacity=Capacity.MEMBER)).display


def _last_name(text: str) -> Name | None:
    """The name at the end of a phrase: "and Councillor Jamil"."""
    words = text.strip(" ,").split()
    for start in range(len(words)):
        name = whole_name(" ".join(words[start:]), lone=start == len(words) - 1)
        if name is not None:
            return name
    return None


def _read_absence(statement: str, roll: _Roll) -> None:
    for pattern in (_APOLOGIES, _SENT_APOLOGIES):
        for match in pattern.finditer(statement):
            if not re.match(r"(?:Absence|Lateness|the\s)", match["who"]):
                _read_list(match["who"], Capacity.APOLOGIES, roll)
    for match in _SUBSTITUTES.finditer(statement):
        roll.substitute(match["one"], match["other"])
    for match in _SUBSTITUTED.finditer(statement):
        roll.substitute(match["one"], match["other"])


def _read_block(block: Block, roll: _Roll) -> None:
    capacity = Capacity(block.capacity)
    for line in block.lines:
        for place in _read_list(line, capacity, roll):
            if block.are_substitutes:
                roll.persons[place] = replace(roll.persons[place], is_substitute=True)


def _read_list(line: str, capacity: Capacity, roll: _Roll) -> list[int]:
    """Enter the people of one whole line; give their places."""
    places: list[int] = []
    for entry in read_entries(line, roll.places):
        if len(roll.persons) >= _MOST_PERSONS:
            break
        places.append(roll.add(Person(name=entry.name, capacity=capacity)))
        for remark in entry.remarks:
            roll.describe(places[-1], remark)
    return places


__all__ = ["read_people"]
