"""What a question is about, in pieces that the next question of a conversation can take over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from index.tokens import lexemes, tokenize
from kb.questions.readings import Place, Reading, ReadingKind

CARRIED: Final = "carried"
"""The kind of `kb.records.Understood` that says a piece was carried over; switches all of them off."""


class PieceKind(StrEnum):
    """What a piece is; after "carried-" the id that switches it off."""

    TOPIC = "topic"
    DATE = "date"
    BODY = "body"
    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something that a question is about.

    Attributes:
        kind: What it is.
        words: The words that said it, in the question they stood in.
        meaning: What they mean, in plain English.
        readings: What was read in them; none for a topic.
        is_background: A topic that stands beside the question's own and counts less than that.
    """

    kind: PieceKind
    words: str
    meaning: str
    readings: tuple[Reading, ...] = ()
    is_background: bool = False

    @property
    def id(self) -> str:
        """What switches it off."""
        return f"{CARRIED}-{self.kind}"


KIND_OF: Final[Mapping[ReadingKind, PieceKind]] = {
    ReadingKind.DATE: PieceKind.DATE,
    ReadingKind.FINANCIAL_YEAR: PieceKind.DATE,
    ReadingKind.RECENT: PieceKind.DATE,
    ReadingKind.BODY: PieceKind.BODY,
    ReadingKind.PERSON: PieceKind.PERSON,
    ReadingKind.ROLE: PieceKind.PERSON,
    ReadingKind.ITEM: PieceKind.PLACE,
    ReadingKind.PARAGRAPH: PieceKind.PLACE,
    ReadingKind.RECORD: PieceKind.PLACE,
    ReadingKind.PAPER: PieceKind.PLACE,
}
"""Readings that can be handed on. Phrases go with the topic; exclusions and other limits are never handed on."""

_ASKING: Final = frozenset(
    tokenize(
        """accept against agree agreement allow answer anything anyone ask advice approve argue back call carry cause
        comment concern conclude conclusion consider cost debate decide decision detail discuss discussion else endorse
        ever everything exactly explain express find first follow further get give given go happen hear heard heard hold
        inform know last later learn like long make made many mean meeting meetings member members mention money more
        much nay need next note noted now number objection often oppose opinion outcome panellist people per person
        point present propose proposer reaction reason receive recommend reject reply report respond response resolve
        result say second seconder see seek show sign speak still stand suggest support take talk tell thing think
        thought told too total unanimous unanimously update use veto view vote want way year years yes write wrote
        date dates time times apologies apology attend attendance attended chair chaired absent absence voted
        yet also really please same again up out over"""
    )
)
"""Words that say how something is asked about, not what; a topic of these alone is one only for want of others."""
_TOPIC_WORDS: Final = 12
"""A topic handed on from question to question grows no longer than this."""


def telling(text: str, readings: Iterable[Reading]) -> list[tuple[str, Place]]:
    """The words that say what a question is about, with their places: those not read as anything else nor asking."""
    taken = [reading.place for reading in readings if reading.kind is not ReadingKind.PHRASE]
    return [
        (text[each.start : each.end], Place(each.start, each.end))
        for each in lexemes(text)
        if not _ASKING.issuperset(each.terms)
        and not any(place.overlaps((each.start, each.end)) for place in taken)
    ]


def _with_heads(text: str, words: Sequence[tuple[str, Place]], taken: Sequence[Place]) -> list[str]:
    """The telling words, each with the asking word right behind it: "annual report", "taser use"."""
    found: list[str] = []
    by_start = {place.start: word for word, place in words}
    end_of_last = -1
    for each in lexemes(text):
        if each.start in by_start:
            found.append(by_start[each.start])
            end_of_last = each.end
        elif each.start == end_of_last + 1 and not any(
            place.overlaps((each.start, each.end)) for place in taken
        ):
            found.append(text[each.start : each.end])
            end_of_last = -1
    return found


def pieces_of(text: str, readings: Sequence[Reading], carried: Sequence[Piece]) -> tuple[Piece, ...]:
    """What a question is about: what its own text says, and what it has taken over.

    Args:
        text: The question's own text.
        readings: What was read in it and is used.
        carried: What was taken over and is used.
    """
    found: list[Piece] = []
    own_topic = topic_of(text, readings, [piece for piece in carried if piece.kind is PieceKind.TOPIC])
    if own_topic:
        found.append(Piece(kind=PieceKind.TOPIC, words=own_topic, meaning=own_topic))
    for kind in PieceKind:
        own = tuple(reading for reading in readings if KIND_OF.get(reading.kind) is kind)
        taken_over = next((piece for piece in carried if piece.kind is kind), None)
        if kind is PieceKind.TOPIC:
            continue
        if taken_over is not None:
            found.append(taken_over)
        elif own:
            found.append(piece_of(kind, text, own))
    return tuple(found)


def piece_of(kind: PieceKind, text: str, readings: tuple[Reading, ...]) -> Piece:
    """Some readings of one text as a piece; of two that overlap ("decision record 2023-007") the longer counts."""
    readings = tuple(
        each
        for each in readings
        if not any(
            other.place != each.place
            and other.place.start <= each.place.start
            and each.place.end <= other.place.end
            for other in readings
        )
    )
    return Piece(
        kind=kind,
        words="; ".join(text[reading.place.start : reading.place.end] for reading in readings),
        meaning=", ".join(dict.fromkeys(reading.meaning for reading in readings)),
        readings=readings,
    )


def topic_of(text: str, readings: Sequence[Reading], carried: Sequence[Piece] = ()) -> str:
    """The telling words of what was taken over and of the text; of a text without any, what words it has."""
    words = [word for piece in carried for word in piece.words.split()]
    places = [reading.place for reading in readings if reading.kind is not ReadingKind.PHRASE]
    own = _with_heads(text, telling(text, readings), places)
    if not words and not own:
        own = [
            text[each.start : each.end]
            for each in lexemes(text)
            if not any(place.overlaps((each.start, each.end)) for place in places)
            and not _NEVER_A_TOPIC.issuperset(each.terms)
        ]
    return " ".join(list(dict.fromkeys([*words, *own]))[-_TOPIC_WORDS:])


_NEVER_A_TOPIC: Final = frozenset(
    tokenize(
        """accept agree allow approve argue anything anyone ask attend chair conclude consider decide discuss else
        endorse exactly explain find happen hear heard hold know last learn many mean meeting mention more much next
        note often oppose outcome propose report respond resolve second sign speak suggest tell think thought told use
        view vote write wrote"""
    )
)
"""Asking words that are no topic even where a question has no other."""
