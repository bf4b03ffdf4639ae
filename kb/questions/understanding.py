"""A question as typed, understood: dates, bodies, people, places in papers, the answer wanted, limits, the topic."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from index.tokens import tokenize
from kb.errors import QuestionError
from kb.questions.bodies import read_bodies
from kb.questions.follow_up import follow_up, own_intents
from kb.questions.intents import Intent, asks_for_history
from kb.questions.knowledge import Knowledge
from kb.questions.limits import read_exclusions, read_phrases, read_recency
from kb.questions.papers import read_papers
from kb.questions.people import find_names, holders, read_people, read_roles
from kb.questions.periods import When
from kb.questions.places import read_items, read_paragraphs, read_records
from kb.questions.ranges import read_months, read_whens
from kb.questions.readings import Place, Reading, ReadingKind, say
from kb.questions.threads import CARRIED, Piece, PieceKind, pieces_of
from kb.records import PartKind, Understood

MAX_CHARACTERS = 2_000
"""Longer than any question a person types; a pasted document is no question."""

_BODY_WORD: Final = re.compile(
    r"\b(panel|board|committee|council|cabinet|partnership|forum|authority|pcp|bcb)(?:'s|’s)?\b",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(
    r"(?<=\bhow )(?:many|much|often|far|long|big|large)\b|\bt(?:ook|akes?|aken) place\b", re.IGNORECASE
)
"""Words of questions that say nothing of what is looked for."""
_INITIAL: Final = re.compile(r"^[A-Z]\.?\s+")
_UNKNOWING: Final = Knowledge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, understood.

    Attributes:
        text: As typed, white space folded; then the words carried over from the question before.
        intents: The kinds of answer wanted, the most telling first.
        whens: Dates and periods, of meetings or of what is asked about.
        financial_years: Financial years and their quarters: what figures are of, seldom when a meeting was.
        months: Months named without a year (1-12), if nothing dates the question otherwise.
        is_recent: Whether the newest is wanted.
        body_words: The words for a body that were used ("panel").
        bodies: The library's bodies that are meant, any of them.
        roles: Offices, by their usual names.
        holders: Who held these offices at the time asked about.
        names: Names as typed; ``people`` are full names, as the library knows them where it does.
        item: The first item or minute number, as printed ("9A").
        paragraph: The first paragraph number or letter, in lower case.
        record: The number of a decision record, as in index terms ("2017-019").
        papers: Kinds of paper that are named.
        phrases: Phrases that must stand in what is found.
        excluded: Words and phrases that must not.
        terms: The index terms of the question, without what is excluded or left out.
        topic: Those of them that no date, body, person, place or kind of paper accounts for.
        expansions: Further index terms with their weights, each below 1.
        understood: All this in plain English, in the order of the question, with ids to switch it off; first what was
            carried over from the question before.
        carried: What was carried over and is used.
        thread: What it is about, in pieces that a next question can take over.
    """

    text: str
    intents: tuple[Intent, ...]
    whens: tuple[When, ...]
    months: tuple[int, ...]
    body_words: tuple[str, ...]
    roles: tuple[str, ...]
    names: tuple[str, ...]
    item: str | None
    paragraph: str | None
    phrases: tuple[str, ...]
    terms: tuple[str, ...]
    financial_years: tuple[When, ...] = ()
    is_recent: bool = False
    bodies: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    record: str | None = None
    papers: tuple[PartKind, ...] = ()
    excluded: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    expansions: tuple[tuple[str, float], ...] = ()
    understood: tuple[Understood, ...] = ()
    carried: tuple[Piece, ...] = ()
    thread: tuple[Piece, ...] = ()

    @property
    def is_history(self) -> bool:
        """Whether something is followed through time."""
        return asks_for_history(self.text)

    @property
    def intent(self) -> Intent:
        """The first, most telling intent."""
        return self.intents[0]

    @property
    def weighted_terms(self) -> Mapping[str, float]:
        """What words are matched by: a term's count in the question, and the weights of expansions."""
        weights: dict[str, float] = {term: float(count) for term, count in Counter(self.terms).items()}
        for term, weight in self.expansions:
            weights.setdefault(term, weight)
        return weights


_BACKGROUND_WEIGHT: Final = 0.4
"""What a word of the topic before counts beside a topic of the new question's own ("what about thefts?")."""


def understand(
    text: str,
    *,
    today: dt.date,
    knowledge: Knowledge = _UNKNOWING,
    ignore: Collection[str] = (),
    previous: Question | None = None,
) -> Question:
    """Understand a question.

    Args:
        text: As typed.
        today: What "last year" and "the last meeting" count from.
        knowledge: What the library knows; without it names of bodies and people mean less.
        ignore: Ids or kinds of readings that are switched off, as `Question.understood` gives them.
        previous: The question before it in a conversation, from which it may take over what it leaves unsaid.

    Raises:
        QuestionError: If it is empty or longer than `MAX_CHARACTERS`.
    """
    folded = " ".join(text.split())
    if not folded:
        raise QuestionError("The question is empty.", next_step="Type a question or a few words.")
    if len(folded) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(folded):,} characters; at most {MAX_CHARACTERS:,} are read.",
            next_step="Ask it in a sentence or two.",
        )
    readings = _read(folded, today, knowledge)
    said = say(folded, readings, ignore)
    used = [reading for reading, each in zip(readings, said, strict=True) if each.is_used]
    if previous is None:
        asked = _question(
            folded, used, said, today=today, knowledge=knowledge, ignore=ignore, intents=own_intents(folded)
        )
        return replace(asked, thread=pieces_of(folded, used, ()))
    found = follow_up(folded, used, previous)
    told = _say_carried(found.pieces, ignore)
    carried = tuple(piece for piece, each in zip(found.pieces, told, strict=True) if each.is_used)
    whole, taken_over = _joined(folded, carried)
    asked = _question(
        whole,
        [*_giving_way(used, carried), *taken_over],
        (*told, *said),
        today=today,
        knowledge=knowledge,
        ignore=ignore,
        intents=found.intents,
        background=tuple(piece for piece in carried if piece.is_background),
    )
    return replace(asked, carried=carried, thread=pieces_of(folded, used, carried))


def _say_carried(pieces: Sequence[Piece], ignore: Collection[str]) -> tuple[Understood, ...]:
    off = {name.strip().casefold() for name in ignore}
    return tuple(
        Understood(
            id=piece.id,
            kind=CARRIED,
            words=piece.words,
            meaning=f"{piece.kind} carried over from the question before"
            + ("" if piece.meaning == piece.words else f": {piece.meaning}"),
            is_used=off.isdisjoint({CARRIED, piece.id}),
        )
        for piece in pieces
    )


def _joined(text: str, carried: Sequence[Piece]) -> tuple[str, list[Reading]]:
    """The text followed by the words carried over, and their readings at their new places."""
    readings: list[Reading] = []
    for piece in carried:
        start = len(text) + 1
        text = f"{text} {piece.words}"
        readings += [replace(reading, place=Place(start, len(text))) for reading in piece.readings]
    return text, readings


def _giving_way(readings: Sequence[Reading], carried: Sequence[Piece]) -> list[Reading]:
    """The question's own readings; a kind of body ("the panel") means the one carried over."""
    bodies = [
        body
        for piece in carried
        if piece.kind is PieceKind.BODY
        for each in piece.readings
        for body in each.value
    ]
    if not bodies:
        return list(readings)
    return [
        replace(reading, value=tuple(bodies)) if reading.kind is ReadingKind.BODY else reading
        for reading in readings
    ]


def _read(text: str, today: dt.date, knowledge: Knowledge) -> list[Reading]:
    """All readings in the order of the question; what is quoted or excluded is read as nothing else."""
    found = [*read_exclusions(text)]
    found += [
        each for each in read_phrases(text) if not any(each.place.overlaps(other.place) for other in found)
    ]
    for read in (read_records, read_items, read_paragraphs):
        found += [each for each in read(text) if not any(each.place.overlaps(other.place) for other in found)]
    roles = read_roles(text, found)
    bodies = read_bodies(text, knowledge.bodies, [*found, *roles])
    named = [body for reading in bodies for body in reading.value]
    whens = read_whens(text, today=today, knowledge=knowledge, bodies=named, others=found)
    found += whens
    found += read_recency(text, found)
    found += [*roles, *bodies]
    found += read_people(text, knowledge.people, found)
    found += read_papers(text, [each for each in found if each.kind not in _BESIDE_PAPERS])
    return sorted(found, key=lambda reading: (reading.place, reading.kind))


_BESIDE_PAPERS: Final = frozenset(
    {
        ReadingKind.DATE,
        ReadingKind.BODY,
        ReadingKind.RECENT,
        ReadingKind.ITEM,
        ReadingKind.RECORD,
        ReadingKind.ROLE,
    }
)
"""Readings whose words may name a kind of paper too: "the latest minutes", "decision record 2017-019"."""


def _question(
    text: str,
    readings: Sequence[Reading],
    said: tuple[Understood, ...],
    *,
    today: dt.date,
    knowledge: Knowledge,
    ignore: Collection[str],
    intents: tuple[Intent, ...],
    background: Sequence[Piece] = (),
) -> Question:
    held = _Values(readings)
    left_out = [each.place for each in readings if each.kind in {ReadingKind.EXCLUSION, ReadingKind.OMISSION}]
    told_of = [each.place for each in readings if each.kind is not ReadingKind.PHRASE]
    for piece in background:
        start = text.rindex(piece.words)
        left_out.append(Place(start, start + len(piece.words)))
        told_of.append(left_out[-1])
    searched = _without(text, left_out)
    terms = tuple(tokenize(searched))
    whens = tuple(held.of(ReadingKind.DATE))
    roles = tuple(dict.fromkeys(held.of(ReadingKind.ROLE)))
    bodies = held.listed(ReadingKind.BODY)
    office_holders = dict.fromkeys(
        holder
        for role in roles
        for holder in holders(role, knowledge, whens=whens, bodies=bodies, today=today)
    )
    expansions = knowledge.lexicon.expand(terms)
    shown = tuple(
        Understood(
            id=f"expansion-{number}" if len(expansions) > 1 else "expansion",
            kind=ReadingKind.EXPANSION.value,
            words=each.words,
            meaning=f"also {each.meaning}",
            is_used={"expansion", f"expansion-{number}"}.isdisjoint(ignore),
        )
        for number, each in enumerate(expansions, 1)
    )
    further: dict[str, float] = {}
    for each, told in zip(expansions, shown, strict=True):
        for term, weight in each.terms if told.is_used else ():
            further[term] = max(further.get(term, 0.0), weight)
    for piece in background:
        for term in tokenize(piece.words):
            further.setdefault(term, _BACKGROUND_WEIGHT)
    return Question(
        text=text,
        intents=intents,
        whens=whens,
        financial_years=tuple(held.of(ReadingKind.FINANCIAL_YEAR)),
        months=() if whens or "date" in ignore else read_months(text),
        is_recent=bool(held.of(ReadingKind.RECENT)),
        body_words=tuple(dict.fromkeys(match[1].casefold() for match in _BODY_WORD.finditer(text))),
        bodies=bodies,
        roles=roles,
        holders=tuple(office_holders),
        names=tuple(_INITIAL.sub("", name) for _, _, name, _ in find_names(text) if name[0].isupper()),
        people=held.listed(ReadingKind.PERSON),
        item=held.first(ReadingKind.ITEM),
        paragraph=held.first(ReadingKind.PARAGRAPH),
        record=held.first(ReadingKind.RECORD),
        papers=tuple(held.of(ReadingKind.PAPER)),
        phrases=tuple(held.of(ReadingKind.PHRASE)),
        excluded=tuple(held.of(ReadingKind.EXCLUSION)),
        terms=terms,
        topic=tuple(tokenize(_without(text, told_of))),
        expansions=tuple(further.items()),
        understood=(*said, *shown),
    )


class _Values:
    """Values of readings by their kind."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings

    def of(self, kind: ReadingKind) -> list[Any]:
        return [reading.value for reading in self._readings if reading.kind is kind]

    def listed(self, kind: ReadingKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for values in self.of(kind) for value in values))

    def first(self, kind: ReadingKind) -> str | None:
        return next(iter(self.of(kind)), None)


def _without(text: str, places: Sequence[Place]) -> str:
    """The text with some places blanked, and the words that only ask."""
    for start, end in (*places, *(match.span() for match in _ASKING.finditer(text))):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
