"""Who was at a meeting, who had sent apologies or a substitute, and what interests were declared.

Takes a part of minutes with the people of its attendance list; gives `Attendance` and `Declaration` records. The people
come from `kb.structure.attendance`; here each is tied to the place where the list names them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.records import PartKind, Span
from kb.register.records import Attendance, Declaration
from kb.register.words import Block, Paper
from kb.structure.people import Capacity, People, Person
from kb.structure.statements import Statement
from kb.structure.subjects import opening_person

_ABSENCE = re.compile(r"\b(?:apolog\w+|absen\w+|unable\s+to\s+attend)\b", re.IGNORECASE)
_INTERESTS = re.compile(r"\binterests?\b", re.IGNORECASE)
_DECLARES = re.compile(
    r"\b(?:declar(?:ed|es|ing)|disclosed|registered|notified|interest\s+(?:was\s+declared|in\s+)|expressed\s+an?\s+(?:\w+\s+)?interest)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^\W*(?:There\s+(?:was|were)\s+(?:no|none)|No\s+(?:\w+\s+){0,3}(?:interests?|declarations?)|None\b|Nil\b|Members\s+(?:were|are)\s+(?:asked|reminded|invited))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:declared\s+by|from)\s+(?P<who>(?:Councillor|Cllr|Mr|Mrs|Ms"
    r"|Dr)\.?\s+[A-Z][\w’'. -]{1,40}?)(?=\s+(?:in|as|on|for|because|due)\b|[,.;]|$)"
)
_LISTED = re.compile(
    r"^\W*(?P<who>(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr)\.?\s+(?:[A-Z][\w’'.-]*\s?){1,3})\s*[:–—-]"
)


def read_attendance(paper: Paper, statements: Sequence[Statement]) -> tuple[Attendance, ...]:
    """Tie the people of an attendance list to their places; ``statements`` are those of the same paper."""
    if paper.part.kind is not PartKind.MINUTES:
        return ()
    blocks = [block for item in paper.part.items for block in paper.blocks(item)]
    said = Counter(
        one.attribution.speaker
        for one in statements
        if one.attribution.speaker and not one.attribution.doubtful
    )
    return tuple(
        Attendance(
            part=paper.number,
            spans=_place(person, blocks),
            name=person.display,
            capacity=person.capacity.value,
            roles=person.roles,
            organisation=person.organisation,
            is_substitute=person.is_substitute,
            substitute_for=person.substitute_for,
            statements=said[person.display],
        )
        for person in paper.people.persons
    )


def read_declarations(paper: Paper) -> tuple[Declaration, ...]:
    """Read the interests declared under their heading."""
    if paper.part.kind is not PartKind.MINUTES:
        return ()
    return tuple(
        Declaration(part=paper.number, spans=sentence.cut(), who=who)
        for item in paper.part.items
        if _INTERESTS.search(item.title)
        for block in paper.blocks(item)
        for sentence in block.sentences
        if (who := _declarer(sentence.text, paper.people)) is not None
    )


def _declarer(sentence: str, people: People) -> str | None:
    if _NONE.match(sentence):
        return None
    listed = _LISTED.match(sentence)
    if listed is not None:
        return people.resolve(listed["who"])
    if not (_DECLARES.search(sentence) or _INTERESTS.search(sentence)):
        return None
    passive = _PASSIVE.search(sentence)
    if passive is not None:
        return people.resolve(passive["who"])
    who = opening_person(sentence, people)
    return who.speaker if who is not None else None


def _place(person: Person, blocks: Iterable[Block]) -> tuple[Span, ...]:
    """The first place that names a person; of the absent, in the first sentence about apologies."""
    surname = re.compile(rf"\b{re.escape(person.name.surname)}\b", re.IGNORECASE)
    first: tuple[Span, ...] = ()
    for block in blocks:
        match = surname.search(block.text)
        if match is None:
            continue
        if person.capacity is not Capacity.APOLOGIES:
            return block.whole.cut(*match.span())
        for sentence in block.sentences:
            found = surname.search(sentence.text)
            if found is not None and _ABSENCE.search(sentence.text):
                return sentence.cut(*found.span())
        first = first or block.whole.cut(*match.span())
    return first


__all__ = ["read_attendance", "read_declarations"]
