"""A follow-up question: what it leaves unsaid, taken over from the question before, piece by piece and never silently.

Takes the new text, what was read in it and the `Question` before; gives the pieces to carry over, none for a question
that says all it needs and so begins a new thread. A question follows another if it begins as a continuation ("and",
"what about"), has a pronoun for what it does not name itself, or has no telling word of its own. What it names itself
replaces what was said before: a date the date, a body the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kb.questions.intents import Intent, read_intents
from kb.questions.periods import DateRange, When, month_range
from kb.questions.ranges import read_months
from kb.questions.readings import Reading, ReadingKind
from kb.questions.threads import KIND_OF, Piece, PieceKind, telling

if TYPE_CHECKING:
    from kb.questions.understanding import Question

_CONTINUED: Final = re.compile(
    r"^(?:(?:and|but|so|or|also|then|ok(?:ay)?)\b[\s,]*)*(?:(?:what|how)\s+about\b\s*|(?<=[\s,])(?=\S))",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(r"\b(?:what|how)\s+about\b", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"^(?:who|whose|whom|what|which|when|where|why|how|did|does|do|is|was|are|were|has|have|had|can|could|will|would"
    r"|should|must|may|show|list|tell|give|find)\b",
    re.IGNORECASE,
)
_NOUN: Final = (
    r"(?:report|item|decision|motion|proposal|recommendation|matter|issue|question|figure|number|amount|change|plan"
    r"|policy|scheme|project|paper|one|money|contract|review|topic|subject)s?"
)
_IT: Final = re.compile(
    r"\b(?:it|its|them)\b"
    rf"|\b(?:this|that|these|those)\b(?=\s*(?:[?!.,]|$|(?:is|was|were|are|will|would|has|have|had|mean|cost)\b|{_NOUN}\b))",
    re.IGNORECASE,
)
_EXPLETIVE: Final = re.compile(
    r"\b(?:is|was) it (?:true|correct|right|possible|likely|the case|legal|safe|common|usual)\b"
    r"|\b(?:does|did|will|would) it take\b"
    r"|\bit (?:takes?|took)\b|\b(?:is|was|has) it (?:been )?"
    r"(?:agreed|decided|resolved|noted|said|reported|recommended) (?:that|to)\b"
    r"|\bit (?:is|was) (?:true|possible|agreed|decided)\b",
    re.IGNORECASE,
)
_THEY: Final = re.compile(r"\b(?:they|their|theirs)\b", re.IGNORECASE)
_THEY_SPEAK: Final = re.compile(
    r"\bthey\s+(?:all\s+|also\s+|then\s+)?(?:accept|agree|approve|ask|comment|conclude|consider|decide|discuss|endorse|explain"
    r"|hear|mention|note|object|promise|recommend|reject|reply|resolve|respond|say|tell|think|veto|vote|want)",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.IGNORECASE)
_MEETING: Final = re.compile(
    r"\b(?:(?:that|this|the\s+same|said)\s+(?:meeting|session|day|date)|(?:was|were|is)\s+there|(?:then|there))(?=\s*[?.!]*$)"
    r"|\b(?:that|this|the\s+same)\s+(?:meeting|session)\b",
    re.IGNORECASE,
)
_ELSE: Final = re.compile(r"\belse\b", re.IGNORECASE)
_NEXT_MEETING: Final = re.compile(r"\b(?:next|last|latest|first)\s+meeting\b", re.IGNORECASE)
_BOUNDARY: Final = re.compile(
    r"\b(?:and|but|or|when|if|whether|that|because|while|after|before|until)\b|[,;:]", re.IGNORECASE
)
_OF_A_MEETING: Final = frozenset({Intent.ATTENDANCE, Intent.TIME})
_IDENTIFIES: Final = frozenset({ReadingKind.RECORD, ReadingKind.ITEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a new text takes over.

    Attributes:
        pieces: In the order topic, date, body, person, place.
        intents: The kinds of answer wanted: those of the question before, where the new one does not say.
    """

    pieces: tuple[Piece, ...]
    intents: tuple[Intent, ...]


@dataclass(frozen=True, slots=True)
class _Signs:
    """How the new text points back."""

    is_continued: bool
    is_fragment: bool
    is_about: bool
    it: bool
    they: bool
    person: bool
    meeting: bool
    has_topic: bool

    @property
    def points_back(self) -> bool:
        return self.is_continued or self.it or self.they or self.person or self.meeting


def own_intents(text: str) -> tuple[Intent, ...]:
    """The kinds of answer that a question wants, its "and" aside."""
    return read_intents(_stripped(text))


def follow_up(text: str, readings: Sequence[Reading], previous: Question) -> FollowUp:
    """What a text takes over from the question before it; no pieces if it begins a new thread.

    Args:
        text: The new question, white space folded.
        readings: What was read in it and is used.
        previous: The question before, with what it took over itself.
    """
    signs = _signs(text, readings)
    intents = own_intents(text)
    own = {KIND_OF[reading.kind] for reading in readings if reading.kind in KIND_OF}
    if not signs.points_back and (signs.has_topic or _is_whole(text, readings, own, intents)):
        return FollowUp(pieces=(), intents=intents)
    if signs.is_about or (signs.is_fragment and intents == (Intent.TOPIC,)):
        intents = previous.intents
    wanted = {PieceKind.DATE, PieceKind.BODY} - own
    of_a_meeting = not _OF_A_MEETING.isdisjoint(intents) or bool(_ELSE.search(text))
    is_elliptic = signs.is_continued and signs.is_fragment
    if not of_a_meeting and not (own & {PieceKind.PLACE} and not is_elliptic):
        if signs.it or not signs.has_topic or is_elliptic:
            wanted.add(PieceKind.TOPIC)
        if PieceKind.TOPIC in wanted and PieceKind.PLACE not in own:
            wanted.add(PieceKind.PLACE)
    replaces_who = bool(own & {PieceKind.PERSON, PieceKind.BODY})
    if PieceKind.PERSON not in own and (signs.person or (signs.is_fragment and not replaces_who)):
        wanted.add(PieceKind.PERSON)
    pieces = [piece for piece in previous.thread if piece.kind in wanted]
    if signs.has_topic and not signs.it:
        pieces = [
            replace(piece, is_background=True) if piece.kind is PieceKind.TOPIC else piece for piece in pieces
        ]
    return FollowUp(
        pieces=(*_dated(text, pieces, own), *_narrowed(readings, previous)),
        intents=intents,
    )


def _signs(text: str, readings: Sequence[Reading]) -> _Signs:
    stripped = _stripped(text)
    offset = len(text) - len(stripped)
    topic = [place.start for _, place in telling(text, readings)]
    people = [r.place.start for r in readings if KIND_OF.get(r.kind) is PieceKind.PERSON]
    bodies = [r.place.start for r in readings if KIND_OF.get(r.kind) is PieceKind.BODY]

    def is_named_before(at: int) -> bool:
        """Whether a telling word of an earlier clause stands before."""
        ends = [match.start() for match in _BOUNDARY.finditer(text, offset) if match.start() < at]
        return bool(ends) and any(start < ends[-1] for start in topic)

    def is_relative(match: re.Match[str]) -> bool:
        return match[0].casefold() in {"this", "that", "these", "those"} and any(
            start < match.start() for start in topic
        )

    expletive = _EXPLETIVE.search(text)
    it = expletive is None and any(
        not is_relative(match) and not is_named_before(match.start()) for match in _IT.finditer(text)
    )
    person = any(
        match[0].casefold() == "him" or not any(start < match.start() for start in people)
        for match in _PERSON.finditer(text)
    )
    they = any(
        not any(start < match.start() for start in [*people, *bodies]) and not is_named_before(match.start())
        for match in _THEY.finditer(text)
    )
    speaks = they and bool(_THEY_SPEAK.search(text))
    return _Signs(
        is_continued=offset > 0,
        is_fragment=not _ASKS.match(stripped) or bool(_ABOUT.search(text[:offset])),
        is_about=bool(_ABOUT.search(text[:offset])),
        it=it or (they and not speaks),
        they=they,
        person=person,
        meeting=bool(_MEETING.search(text)),
        has_topic=bool(topic),
    )


def _stripped(text: str) -> str:
    """The text without the words that only continue."""
    match = _CONTINUED.match(text)
    return text[match.end() :] if match else text


def _is_whole(text: str, readings: Sequence[Reading], own: set[PieceKind], intents: Sequence[Intent]) -> bool:
    """Whether a question without a topic says all it needs: whom, which meeting, or which place it is about."""
    if any(reading.kind in _IDENTIFIES for reading in readings) or _NEXT_MEETING.search(text):
        return True
    if own >= {PieceKind.BODY, PieceKind.DATE}:
        return True
    if PieceKind.DATE in own and not _OF_A_MEETING.isdisjoint(intents):
        return True
    is_who = intents[0] in {Intent.NAME, Intent.DEFINITION}
    return is_who and any(reading.kind is ReadingKind.PERSON for reading in readings)


def _dated(text: str, pieces: Sequence[Piece], own: set[PieceKind]) -> list[Piece]:
    """The pieces; a month without a year takes the year of the date that would be carried over."""
    months = () if PieceKind.DATE in own else read_months(text)
    if not months:
        return list(pieces)
    found: list[Piece] = []
    for piece in pieces:
        years = {year for reading in piece.readings for year in _years(reading.value)}
        if piece.kind is not PieceKind.DATE:
            found.append(piece)
        elif len(years) == 1:
            [year] = years
            first, last = month_range(year, months[0])
            when = When(first=first, last=last, precision=DateRange.MONTH, words=f"{first:%B %Y}")
            [reading, *_] = piece.readings
            reading = replace(reading, kind=ReadingKind.DATE, value=when, meaning=when.meaning)
            found.append(replace(piece, words=when.words, meaning=when.meaning, readings=(reading,)))
    return found


def _years(value: object) -> set[int]:
    return {value.first.year, value.last.year} if isinstance(value, When) else set()


def _narrowed(readings: Sequence[Reading], previous: Question) -> list[Piece]:
    """The body of the question before, where the new one says only what kind of body ("the panel")."""
    own = {body for reading in readings if reading.kind is ReadingKind.BODY for body in reading.value}
    return [
        piece
        for piece in previous.thread
        if piece.kind is PieceKind.BODY
        and (before := {body for reading in piece.readings for body in reading.value}) < own
        and before
    ]
