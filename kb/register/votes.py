"""Who proposed and seconded, and how the vote went, as minutes print it.

Takes one sentence; gives what it says of a vote. Numbers are those printed, in figures or words; names come with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.structure.attendance_entries import read_entries
from kb.structure.names import whole_name
from kb.structure.people import Capacity, People, Person

_PRINTED = (
    "no none zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
_WORDS = _PRINTED.split()
_NUMBERS = {
    **{word: max(0, place - 2) for place, word in enumerate(_WORDS)},
    **dict.fromkeys(("no", "none", "zero", "nil"), 0),
}
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_WORDS)}|nil)"
_M = _N.replace("?P<n>", "?P<m>")
_TO = re.compile(
    rf"\b(?:by|of|with)?\s*{_N}\s+(?:votes?\s+)?(?:\(?in\s+favour\)?\s+|for\s+)?(?:to|and)\s+{_M}(?:\s+(?:votes?|against))?\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"\b{_N}\s+(?:(?:members?|councillors?|votes?|voted|voting)\s+)*(?:for|in\s+favour)\b", re.IGNORECASE
)
_AGAINST = re.compile(
    rf"\b{_N}\s+(?:(?:members?|councillors?|votes?|voted|voting)\s+)*against\b", re.IGNORECASE
)
_ABSTAINED = re.compile(
    rf"\b{_N}\s+(?:(?:members?|councillors?|votes?)\s+)*(?:abstentions?|abstained|abstaining)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^\W*(?:Voting\s+|Votes\s+)?(?P<side>For|In\s+favour|Against|Abstain(?:ed|ing)?|Abstentions?)\s*(?P<whom>[^():]{0,60}?)?\s*"
    r"(?:\((?P<n>\d{1,3})\)\s*[:–-]?|[:–-]\s*(?P<m>\d{1,3})?)\s*(?P<who>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_UNANIMOUS = re.compile(
    r"\bunanimous(?:ly)?\b|\bnem\.?\s*con\b|\bwithout\s+dissent\b|\ball\s+(?:\w+\s+){0,2}(?:in\s+favour|agreed)\b",
    re.IGNORECASE,
)
_NAME = (
    r"(?:(?:(?:the\s+)?(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Professor"
    r"|Prof|Vice-Chair|Chair)\.?\s+)?(?:[A-Z][\w’'.-]*\s?){1,4})"
)
_PROPOSED_BY = re.compile(
    rf"\b(?:[Pp]roposed|[Mm]oved|[Nn]ominated)(?:\s+by|:|\s+(?=Cllr|Councillor))\s*(?P<who>{_NAME})"
)
_SECONDED_BY = re.compile(rf"\b[Ss]econded(?:\s+by|:|\s+(?=Cllr|Councillor))\s*(?P<who>{_NAME})")
_PROPOSES = re.compile(rf"^(?P<who>{_NAME})\s+(?:proposed|moved)\b(?!\s+the\s+following\s+recomm)")
_SECONDS = re.compile(
    r"\b(?P<who>(?:Cllr|Councillor|Mr|Mrs|Ms|Dr)\.?\s+(?:[A-Z][\w’'.-]*\s?){1,3}|[A-Z]{2,3}\s)\s*seconded\b"
)
_NOMINATED = re.compile(rf"(?P<whom>{_NAME})(?:\([^)]*\)\s*)?(?:was|were|be)?\s*nominated\s+by\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What sentences say of a vote; ``candidate`` is the surname for whom, in an election."""

    candidate: str | None = None
    unanimous: bool = False
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    names_for: tuple[str, ...] = ()
    names_against: tuple[str, ...] = ()
    names_abstained: tuple[str, ...] = ()
    proposer: str | None = None
    seconder: str | None = None

    def joined(self, other: Vote) -> Vote:
        """Both together; what stands here comes first."""
        values = {
            name: getattr(self, name) if getattr(self, name) not in {None, ()} else getattr(other, name)
            for name in Vote.__dataclass_fields__
        }
        return Vote(**{**values, "unanimous": self.unanimous or other.unanimous})

    def __bool__(self) -> bool:
        return self != replace(Vote(), candidate=self.candidate)


def read_votes(text: str, people: People) -> list[Vote]:
    """What a sentence says of votes: one, or one for each candidate that it names."""
    listed = _LISTED.match(text)
    if listed is not None:
        return [_listed(listed, people)]
    pieces = re.split(r";\s+(?:and\s+)?", text) if "nominated" in text else [text]
    if "nominated" in text:
        pieces = [
            each for piece in pieces for each in re.split(r"\s+and\s+(?=Councillor\s+\S+\s+by\s)", piece)
        ]
    return [vote for piece in pieces if (vote := _read(piece, people))]


def person_named(printed: str, people: People) -> str:
    """The fullest form of a printed name."""
    words = " ".join(printed.split()).strip(" ,.;:")
    name = whole_name(words)
    if name is not None and people.find(name) is None:
        return Person(name=name, capacity=Capacity.OTHER).display
    return people.resolve(words)


def _read(text: str, people: People) -> Vote:
    proposed = _PROPOSED_BY.search(text) or _PROPOSES.match(text)
    seconded = _SECONDED_BY.search(text) or _SECONDS.search(text)
    nominated = _NOMINATED.search(text) or re.match(rf"(?P<whom>{_NAME})by\s+Councillor\b", text)
    if nominated is not None and proposed is None:
        proposed = re.search(rf"\bby\s+(?P<who>{_NAME})", text)
    vote = _numbers(text)
    return replace(
        vote,
        candidate=nominated["whom"].split()[-1] if nominated else None,
        unanimous=_UNANIMOUS.search(text) is not None,
        proposer=person_named(proposed["who"], people) if proposed else None,
        seconder=person_named(seconded["who"], people) if seconded else None,
    )


def _numbers(text: str) -> Vote:
    if not re.search(r"\b(?:votes?|voted|voting|abst\w+|against|in\s+favour)\b", text, re.IGNORECASE):
        return Vote()
    abstained = _ABSTAINED.search(text)
    abstentions = _number(abstained["n"]) if abstained else None
    if re.search(r"\bvotes?\b", text):
        two = _TO.search(text)
        if two is not None:
            return Vote(votes_for=_number(two["n"]), votes_against=_number(two["m"]), abstentions=abstentions)
    in_favour, against = _FOR.search(text), _AGAINST.search(text)
    return Vote(
        votes_for=_number(in_favour["n"]) if in_favour else None,
        votes_against=_number(against["n"]) if against else None,
        abstentions=abstentions,
    )


def _listed(match: re.Match[str], people: People) -> Vote:
    printed = match["n"] or match["m"]
    number = int(printed) if printed else None
    names = tuple(
        person_named(f"{entry.name.title} {entry.name.full}".strip(), people)
        for entry in read_entries(match["who"].strip(" ."), frozenset())
    )
    side = match["side"].casefold()
    if side.startswith(("for", "in")):
        whom = (match["whom"] or "").split()
        return Vote(votes_for=number, names_for=names, candidate=whom[-1] if whom else None)
    if side.startswith("against"):
        return Vote(votes_against=number, names_against=names)
    return Vote(abstentions=number, names_abstained=names)


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else _NUMBERS[printed.casefold()]


__all__ = ["Vote", "person_named", "read_votes"]
