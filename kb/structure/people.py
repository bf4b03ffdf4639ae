"""The people of one meeting, and who of them is meant by "Cllr Sharp", "the Chief Executive (OPCC)" or "SV".

`Person` and `People` are what `attendance` reads and `speech` asks. A mention that fits several people, or none, is
never turned into one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.structure.names import COUNCILLOR, RANKS, Name, whole_name
from kb.structure.roles import role_of


class Capacity(StrEnum):
    """As what somebody is listed in the attendance."""

    MEMBER = "member"
    OFFICER = "officer"
    OTHER = "other"
    APOLOGIES = "apologies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in an attendance list.

    ``roles`` are usual names of offices, ``printed_role`` their words in the list. ``substitute_for`` names the member
    whose place was taken, as fully as printed; ``is_substitute`` may be known without it. ``abbreviation`` is what the
    list announces in brackets ("SV").
    """

    name: Name
    capacity: Capacity
    roles: tuple[str, ...] = ()
    printed_role: str | None = None
    organisation: str | None = None
    is_substitute: bool = False
    substitute_for: str | None = None
    abbreviation: str | None = None

    @property
    def display(self) -> str:
        """The name as shown: "Alan Sharp", else "Councillor A Sharp", else "Councillor Sharp"."""
        if self.name.has_first_name or not self.name.title:
            return self.name.full
        return f"{self.name.title} {self.name.full}"

    @property
    def role(self) -> str | None:
        """The first office, else "Councillor" or "Member" for members."""
        if self.roles:
            return self.roles[0]
        if self.name.title == COUNCILLOR:
            return COUNCILLOR
        return "Member" if self.capacity is Capacity.MEMBER else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody mentioned: the name or role to show, the role if known, and whether it is open who that is."""

    speaker: str
    role: str | None
    doubtful: bool = False
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class People:
    """The people of one meeting, in the order of the list; ``group`` is what the body calls itself ("Panel")."""

    persons: tuple[Person, ...] = ()
    group: str = "Panel"

    @property
    def names(self) -> tuple[str, ...]:
        """The names as shown."""
        return tuple(person.display for person in self.persons)

    @property
    def roles(self) -> dict[str, str]:
        """Who holds each office that only one person holds."""
        offices = {role for person in self.persons for role in person.roles}
        held = {office: self.holders(office) for office in sorted(offices)}
        return {office: people[0].display for office, people in held.items() if len(people) == 1}

    def holders(self, role: str) -> list[Person]:
        """Those present who hold an office; the absent ones only if nobody present does."""
        holders = [person for person in self.persons if role in person.roles]
        return [person for person in holders if person.capacity is not Capacity.APOLOGIES] or holders

    def find(self, name: Name) -> Person | None:
        """The one person a printed name can mean, those present first."""
        agreeing = [person for person in self.persons if person.name.agrees(name)]
        present = [person for person in agreeing if person.capacity is not Capacity.APOLOGIES]
        for chosen in (present, agreeing):
            titled = [person for person in chosen if person.name.title == COUNCILLOR]
            if len(chosen) > 1 and name.title == COUNCILLOR and len(titled) == 1:
                return titled[0]
            if len(chosen) == 1:
                return chosen[0]
        return None

    def resolve(self, mention: str) -> str:
        """The fullest form of a mention: a full name, or the role if nobody is known to hold it."""
        found = self.mentioned(mention)
        return found.speaker if found else " ".join(mention.split())

    def mentioned(self, text: str) -> Mention | None:
        """Who is meant by a name or a role, or ``None`` if the text is neither."""
        text = " ".join(re.sub(r"^(?:[Tt]he|[Aa])\s+", "", text.strip(" .,;:–-")).split())
        if not text:
            return None
        return self._by_abbreviation(text) or self._by_name(text) or self._by_role(text)

    def _by_abbreviation(self, text: str) -> Mention | None:
        for person in self.persons:
            if person.abbreviation == text:
                return Mention(person.display, person.role, person=person)
        return None

    def _by_name(self, text: str) -> Mention | None:
        name = whole_name(text)
        if name is None:
            return self._by_first_name(text)
        person = self.find(name)
        if person is not None:
            role = COUNCILLOR if name.title == COUNCILLOR else person.role
            known = Person(name=person.name.fuller(name), capacity=person.capacity)
            return Mention(known.display, role, person=person)
        several = any(other.name.agrees(name) for other in self.persons)
        stranger = Person(name=name, capacity=Capacity.OTHER)
        return Mention(
            stranger.display, COUNCILLOR if name.title == COUNCILLOR else None, several or not name.title
        )

    def _by_first_name(self, text: str) -> Mention | None:
        named = [
            person
            for person in self.persons
            if person.name.has_first_name and person.name.given.split()[0] == text
        ]
        return Mention(named[0].display, named[0].role, person=named[0]) if len(named) == 1 else None

    def _by_role(self, text: str) -> Mention | None:
        role = role_of(text)
        if role is None:
            return None
        folded = text.casefold()
        own = [person for person in self.persons if (person.printed_role or "").casefold().startswith(folded)]
        ranked = [
            person for person in self.persons if text in RANKS and person.name.title.split()[-1:] == [text]
        ]
        for holders in (ranked, self.holders(role), own):
            if len(holders) > 1:
                holders = _of_organisation(holders, text)  # noqa: PLW2901 - a narrower choice of the same people
            if len(holders) == 1:
                return Mention(holders[0].display, role, person=holders[0])
            if holders:
                return Mention(role, role, doubtful=True)
        return Mention(role, role)


def _of_organisation(holders: list[Person], text: str) -> list[Person]:
    """Those whose organisation the mention names, else all."""
    words = {word.casefold() for word in re.findall(r"\w{4,}", text)}
    own = [
        person
        for person in holders
        if words & {word.casefold() for word in re.findall(r"\w{4,}", person.organisation or "")}
    ]
    return own or holders


__all__ = ["Capacity", "Mention", "People", "Person"]
