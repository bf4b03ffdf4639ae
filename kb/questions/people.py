"""Who is meant: people by name, offices by their usual names, and who held an office at the time asked about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from kb.questions.knowledge import Knowledge, Office
from kb.questions.periods import When
from kb.questions.readings import Place, Reading, ReadingKind, is_free
from kb.structure.roles import find_offices

_TITLE: Final = (
    r"(?i:councillors?|cllrs?|mr|mrs|ms|miss|dr|sir|dame|lord|lady|alderman|professor|prof|reverend|rev)\b\.?"
)
_TITLED: Final = re.compile(
    rf"\b{_TITLE}\s+((?:[A-Za-z]\.?\s+)?[A-Z][\w'’-]+(?:\s+(?!(?i:and|or|on|in|at|the)\b)[A-Z][\w'’-]+)?|[a-z][a-z'’-]+)"
)
_NO_FIRST_NAME: Final = (
    r"(?:Did|Do|Does|Was|Were|Is|Are|Has|Have|Had|Can|Could|Will|Would|Should|Must|May|Who|Whose|What|When|Where|Which|Why"
    r"|How|The|And|In|On|At|By|For|From|To|Of|Chief|Deputy|Assistant|Monitoring|Police)\s"
)
"""Words with a capital because they begin a question or an office: "Did Councillor Hale", "the Chief Constable"."""
_CAPITALS: Final = re.compile(rf"\b(?!{_NO_FIRST_NAME})([A-Z][a-z]+\s+[A-Z][a-z'’-]+)\b")
_CAPITAL: Final = re.compile(r"\b[A-Z][\w'’-]{2,}")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_NICKNAMES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        ("Deputy Commissioner", r"\bdpcc\b|\b(?:commissioner|pcc)['’]s deputy"),
        ("Deputy Chief Constable", r"\bdcc\b"),
        ("Assistant Chief Constable", r"\bacc\b"),
        ("Chief Fire Officer", r"\bcfo\b(?=.*\b(?:fire|appliance|crew)s?\b)|\bfire chief\b"),
        ("Chief Finance Officer", r"\bcfo\b|\bfinance (?:chief|officer)\b|\bs(?:ection)? ?151 officer"),
        ("Chief Executive", r"\bchief exec\b|\bceo\b"),
    )
)
_OTHER_OFFICE: Final = re.compile(
    r"\b(?:(?:deputy|assistant|executive|interim|associate)\s+)?(?:"
    r"(?:directors?|heads?)\s+(?:of|for)\s+(?:(?!(?:on|in|at|about|said|say|to|for|from|with|by|the|is|was)\b)[a-z]+\s*){1,4}"
    r"|(?:medical|finance|nursing|strategic|corporate|managing)\s+directors?"
    r"|chief\s+(?:nurses?|superintendents?|(?:operating|medical|people|information|digital|legal|nursing|planning)\s+officers?)"
    r")(?=\b|\s)",
    re.IGNORECASE,
)
_NOT_OFFICE: Final = re.compile(
    r"\b(?:home|foreign|health|education|permanent)\s+secretary|secretary\s+of\s+state|commissioners?\s+for\b|chairs?\s+leg"
    r"|\b(?:pcc|commissioner)\s+elections?\b|market\s+leader|team\s+leader|lord\s+mayor['’]s\s+show|\bindependent(?!\s+(?:co-?opted\s+)?members?\b)"
    r"|(?:information|traffic|children['’]s|victims?['’]?s?|high\s+court|ethics)\s+commissioner",
    re.IGNORECASE,
)
_SMALL: Final = frozenset({"of", "and", "for", "the"})
_LONGEST_LIST: Final = 3
"""More people than this of one surname, or holders of one office, tell nothing."""


def read_roles(text: str, others: Iterable[Reading] = ()) -> list[Reading]:
    """Every office that a question names, in order; ``value`` is its usual name. A deputy is somebody else."""
    taken = [Place(*match.span()) for match in _NOT_OFFICE.finditer(text)]
    taken += [other.place for other in others]
    found: list[Reading] = []

    def add(start: int, end: int, role: str) -> None:
        place = Place(start, end)
        if not any(place.overlaps(other) for other in taken):
            taken.append(place)
            found.append(Reading(kind=ReadingKind.ROLE, place=place, value=role, meaning=f"the {role}"))

    for role, pattern in _NICKNAMES:
        for match in pattern.finditer(text):
            add(*match.span(), role)
    for match in _OTHER_OFFICE.finditer(text):
        words = match[0].rstrip()
        add(match.start(), match.start() + len(words), _office_name(words))
    for start, end, role in find_offices(text):
        add(start, end, role)
    return sorted(found, key=lambda reading: reading.place)


def _office_name(words: str) -> str:
    """Write "director of public health" as papers print it: "Director of Public Health"."""
    return " ".join(word if word in _SMALL else word.capitalize() for word in words.casefold().split())


def holders(
    role: str, knowledge: Knowledge, *, whens: Sequence[When], bodies: Sequence[str], today: dt.date
) -> tuple[str, ...]:
    """Who held an office at the time asked about, else at the latest meeting, as far as attendance lists tell.

    Nobody if that leaves more than a few: an office such as Chair has a holder in every body.
    """
    seen = [office for office in knowledge.offices if office.role == role and office.date is not None]
    seen = [office for office in seen if office.body in bodies] or seen
    then = [office for office in seen if any(when.contains(office.date) for when in whens)]
    names = dict.fromkeys(office.holder for office in then or _at(seen, whens, today))
    return tuple(names) if len(names) <= _LONGEST_LIST else ()


def _at(seen: Iterable[Office], whens: Sequence[When], today: dt.date) -> list[Office]:
    """The latest of each body until the time asked about."""
    until = min((when.last for when in whens), default=today)
    latest: dict[str | None, Office] = {}
    for office in sorted(seen, key=lambda office: (office.date or dt.date.min, office.holder)):
        if office.date is not None and office.date <= until:
            latest[office.body] = office
    if len(latest) > 1:  # an office that one body's paper says has passed on has passed on
        newest = max(office.date for office in latest.values() if office.date is not None)
        return [office for office in latest.values() if office.date == newest]
    return list(latest.values())


def find_names(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Yield what looks like a person's name, with its place and whether a title stands before it."""
    ends = 0
    matches = [(match, True) for match in _TITLED.finditer(text)]
    matches += [
        (match, False)
        for match in _CAPITALS.finditer(text)
        if not any(other.start() < match.end() and match.start() < other.end() for other, _ in matches)
    ]
    for match, titled in sorted(matches, key=lambda pair: pair[0].start()):
        if match.start() >= ends:
            ends = match.end()
            yield match.start(), match.end(), match[1], titled


def read_people(text: str, known: Sequence[str], others: Iterable[Reading] = ()) -> list[Reading]:
    """Every person that a question names, in order; ``value`` holds full names, all that fit.

    A name without a title is read only if the library knows it; one with a title as it was typed if need be.
    """
    surnames = _by_surname(tuple(known))
    taken = list(others)
    found: list[Reading] = []

    def add(start: int, end: int, names: Sequence[str]) -> None:
        place = Place(start, end)
        if names and len(names) <= _LONGEST_LIST and is_free(place, [*found, *taken]):
            meaning = " or ".join(names)
            found.append(Reading(kind=ReadingKind.PERSON, place=place, value=tuple(names), meaning=meaning))

    for start, end, name, titled in find_names(text):
        plain = _POSSESSIVE.sub("", name)
        fitting = _fitting(plain, surnames)
        unknown = (plain,) if titled and plain[0].isupper() else ()
        add(start, end - (len(name) - len(plain)), fitting or unknown)
    for match in _CAPITAL.finditer(text):
        plain = _POSSESSIVE.sub("", match[0])
        add(match.start(), match.start() + len(plain), _fitting(plain, surnames))
    return sorted(found, key=lambda reading: reading.place)


def _fitting(name: str, surnames: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The people a printed name can mean: the surname, and where there is one the first name or its initial, agree."""
    *given, surname = name.replace(".", " ").split()
    people = surnames.get(surname.casefold(), ())
    if not given:
        return people
    first = given[0].casefold()
    return tuple(
        person
        for person in people
        if person.casefold().startswith(first) or first.startswith(person.split()[0].rstrip(".").casefold())
    )


@lru_cache(maxsize=8)
def _by_surname(known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in known:
        found.setdefault(name.split()[-1].casefold(), []).append(name)
    return {surname: tuple(names) for surname, names in found.items()}
