"""Who was there: the attendance list of minutes, in whatever shape it is printed.

Takes a part of minutes; gives its `People`: members, officers, others, apologies, substitutes. Shapes: comma lists, one
person a line, table rows, two people a row, Markdown, roles on the line below, and names and roles extracted as one
column after the other, which are paired only if there are as many of each. Stages: `attendance_lines` makes whole lines
of printed ones, `_read_block` reads one heading's people, `_Roll` keeps them, one entry each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb.records import Item, Part, PartKind
from kb.structure.attendance_lines import Block, read_blocks, tidy
from kb.structure.names import COUNCILLOR, Name, read_name, whole_name
from kb.structure.people import Capacity, People, Person
from kb.structure.roles import OFFICE_WORDS, organisation_of, role_of

_ABOUT_ABSENCE = re.compile(
    r"apolog|absence|attendance|substitut|welcome|introduction|membership|present", re.IGNORECASE
)
_APOLOGIES = re.compile(
    r"[Aa]pologies\b[^.]{0,60}?(?:\b(?:from|for|by)|:)\s+(?:the\s+following\s*:?\s*)?"
    r"(?P<who>[A-Z].*?)(?=(?<![A-Z])(?<!Cllr)\.(?:\s|$)|$)",
    re.DOTALL,
)
_SENT_APOLOGIES = re.compile(
    r"(?P<who>(?:Councillors?|Cllrs?\.?|Mr|Mrs|Ms|Dr)\s[^.;:]{2,80}?)\s+(?:had\s+)?(?:sent|gave|given)\s+(?:\w+\s+){0,2}apologies"
)
_SUBSTITUTES = re.compile(
    r"(?P<one>[A-Z][^.;:()]{2,60}?)\s+(?:(?:was|is|were|had been)\s+)?(?:(?:in\s+attendance|attending|attended|present|there)\s+)?"
    r"(?:as\s+(?:an?\s+|the\s+)?(?:named\s+)?substitutes?\s+for|substitut(?:ed|ing)\s+for|attended\s+(?:in\s+place|on\s+behalf)\s+of)"
    r"\s+(?P<other>[A-Z][^.;:()]{2,60}?)(?=[.;()]|$|\s+and\s+(?:Councillor|Cllr)\s)"
)
_TAG_FOR = re.compile(r"^(?:substitut\w*|sub)\s+for\s+(?P<other>.+)$", re.IGNORECASE)
_TAG_SUBSTITUTE = re.compile(r"^(?:as\s+)?(?:a\s+)?(?:sub|substitute)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Z]{2,4}")
_GROUP = re.compile(
    r"\b(Panel|Board|Committee|Cabinet|Commission|Forum|Authority|Executive)\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"([A-Z][a-z]+)(?=\s+(?:City|County|Borough|District|Council|Constabulary|Police|Fire|and\s+[A-Z]))"
)
_COUNCILLORS = re.compile(r"^(?:the\s+)?(?:Councillors|Cllrs|Councillors?:|Cllrs?:)[.:]?\s+", re.IGNORECASE)
_FIRST_ITEMS = 4


def read_people(text: str, part: Part) -> People:
    """Read the attendance list before the first item of minutes, and apologies and substitutes in the first items."""
    opening = _opening(part)
    head = " ".join(
        text[span.start : span.end] for item in opening for p in item.paragraphs[:6] for span in p.spans
    )
    group = _GROUP.search(head) or _GROUP.search(f"{part.title} {part.body or ''}")
    noun = group[1].capitalize() if group else "Panel"
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
        if item.number is not None:
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

    def add(self, person: Person) -> int:
        """Add a person or what is new about one; give the place in the list."""
        for place, known in enumerate(self.persons):
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
        return len(self.persons) - 1

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


def _read_block(block: Block, roll: _Roll) -> None:
    capacity = Capacity(block.capacity)
    for line in block.lines:
        for place in _read_list(line, capacity, roll):
            if block.are_substitutes:
                roll.persons[place] = replace(roll.persons[place], is_substitute=True)


def _read_list(line: str, capacity: Capacity, roll: _Roll) -> list[int]:
    """Read people from one whole line: cells by tabs, entries by semicolons, pieces by commas and "and"."""
    places: list[int] = []
    shared = False
    for cell in re.split(r"\t|;", line):
        pieces = _pieces(cell, roll.places)
        titled = ""
        for index, piece in enumerate(pieces):
            core = _COUNCILLORS.sub("", piece)
            if core != piece:
                titled = COUNCILLOR
            after = pieces[index + 1] if index + 1 < len(pieces) else ""
            found = _entry(core, titled, roll.places, described=bool(shared), after=after)
            if found is None:
                if places:
                    roll.describe(places[-1], piece)
                    shared = role_of(piece) is not None
                continue
            name, rest, tags = found
            if titled and not name.title and not _leaves_councillors(name, tags, pieces):
                name = Name(COUNCILLOR, name.given, name.surname)
            places.append(roll.add(Person(name=name, capacity=capacity)))
            for remark in (*tags, rest):
                if remark.strip(" ,."):
                    roll.describe(places[-1], remark)
            shared = role_of(rest) is not None
    return places


def _leaves_councillors(name: Name, tags: tuple[str, ...], pieces: list[str]) -> bool:
    """Whether a name in a list that began with "Councillors" is no longer one of them."""
    if any("independent" in tag.casefold() or "co-opt" in tag.casefold() for tag in tags):
        return True
    first = whole_name(re.sub(r"\([^)]*\)", "", _COUNCILLORS.sub("", pieces[0])), lone=True)
    in_list = [whole_name(re.sub(r"\([^)]*\)", "", piece).strip(), lone=True) for piece in pieces]
    initials = [other for other in in_list if other and other.given and not other.has_first_name]
    return name.has_first_name and (bool(initials) or (first is not None and not first.has_first_name))


def _entry(
    piece: str, titled: str, places: frozenset[str], *, described: bool, after: str
) -> tuple[Name, str, tuple[str, ...]] | None:
    """A person's name, what follows it, and remarks in brackets; ``None`` if the piece names nobody."""
    tags = tuple(re.findall(r"\(([^()]*)\)?", piece))
    core = " ".join(re.sub(r"\([^()]*\)?", " ", re.sub(r"^(?:and|from|&)\s+", "", piece.strip())).split())
    core = re.sub(r"^(?:[-–•*]\s*)+", "", core)
    found = read_name(core, places, lone=bool(titled))
    if found is not None:
        name, rest = found
        if described and not name.title and not rest and role_of(after) is None:
            return None
        if (
            rest
            and not name.title
            and role_of(rest) is None
            and organisation_of(rest) is None
            and rest[:1] not in ",-–"
        ):
            return None
        return name, rest.lstrip(" ,-–:"), tags
    words = core.split()
    for size in (3, 2):
        name_after = whole_name(" ".join(words[-size:]), places) if len(words) > size else None
        if name_after is not None and role_of(" ".join(words[:-size])) is not None:
            return name_after, " ".join(words[:-size]), tags
    return None


def _pieces(cell: str, places: frozenset[str]) -> list[str]:
    """Divide by commas outside brackets, and by "and" between people."""
    pieces: list[str] = []
    for part in re.split(r",(?![^()]*\))", cell):
        rest = part.strip()
        while rest:
            cut = next(
                (
                    match
                    for match in re.finditer(r"\s+(?:and|&)\s+|^and\s+", rest)
                    if _divides(rest, match, places, bool(pieces))
                ),
                None,
            )
            if cut is None:
                pieces.append(rest)
                break
            if rest[: cut.start()].strip():
                pieces.append(rest[: cut.start()])
            rest = rest[cut.end() :]
    return pieces


def _divides(text: str, match: re.Match[str], places: frozenset[str], in_list: bool) -> bool:  # noqa: FBT001
    if text[: match.start()].count("(") > text[: match.start()].count(")"):
        return False
    left = re.sub(r"\([^()]*\)", "", _COUNCILLORS.sub("", text[: match.start()])).strip()
    right = re.sub(r"\([^()]*\)", "", re.sub(r"^from\s+", "", text[match.end() :])).strip()
    bare = (
        not left
        or whole_name(left, places, lone=in_list or left != text[: match.start()].strip()) is not None
    )
    if bare:
        return read_name(right, places, lone=True) is not None
    following = read_name(right, places)
    return following is not None and (following[0].title != "" or role_of(following[1]) is not None)


__all__ = ["read_people"]
