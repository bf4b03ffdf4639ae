"""Whether what was asked for stands close to what it was asked of: "never how much they cost"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from index.tokens import tokenize
from kb.answers.sentences import Sentence
from kb.questions.values import MONTH_NAMES, NUMBER_WORD

FindsWords = Callable[[Sequence[str]], list[int]]
"""Places of the wanted words among those of a sentence."""

_IN_SENTENCE: Final = 0.5
_IN_HEADER: Final = 0.35
"""What a term of the topic is worth that stands farther away."""
_EDGES: Final = "().,;:?!'’“”\"*[]"
_TITLES: Final = frozenset(
    {
        "Councillor",
        "Councillors",
        "Cllr",
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "Inspector",
        "Superintendent",
        "Professor",
    }
)
_OFFICES: Final = frozenset({"Commissioner", "Chair", "Constable", "Executive", "Mayor", "Leader"})
_OF_INSTITUTIONS: Final = frozenset(
    chain(
        {
            "the",
            "police",
            "crime",
            "panel",
            "board",
            "committee",
            "cabinet",
            "council",
            "city",
            "county",
            "borough",
        },
        {
            "district",
            "home",
            "office",
            "act",
            "secretary",
            "state",
            "public",
            "plan",
            "fund",
            "strategy",
            "section",
        },
        {
            "item",
            "items",
            "member",
            "members",
            "minutes",
            "agenda",
            "report",
            "councillor",
            "councillors",
            "chair",
        },
        {
            "commissioner",
            "commissioners",
            "constabulary",
            "constable",
            "deputy",
            "executive",
            "chief",
            "officer",
            "vice",
        },
        {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
        MONTH_NAMES,
        (month[:3] for month in MONTH_NAMES),
    )
)
_YEAR: Final = re.compile(r"\W*(?:19|20)\d\d\W*(?:[/–-]\d+\W*)?")
_REASON: Final = re.compile(
    r"\b(?:because|due to|since|so that|reasons?|in order|caused?|given|owing|therefore|result(?:ed)?"
    r"|as (?:it|they|the|this|he|she|there|a|most|no|his|her)|to (?:avoid|ensure|allow|meet))\b",
    re.IGNORECASE,
)


def closeness(
    sentences: Sequence[Sentence],
    topic: Collection[str],
    idf: Mapping[str, float],
    *,
    finds: FindsWords,
    window: int = 8,
) -> float:
    """The largest share of the topic's weight around one wanted word, between 0 and 1; 0 if there is none.

    Args:
        sentences: Those read.
        topic: Index terms.
        idf: Their weights.
        finds: Places of the wanted words.
        window: Words to either side that count in full; further ones count less, those of the header least.
    """
    total = math.fsum(idf.get(term, 0.0) for term in set(topic)) or 1.0
    best = 0.0
    for sentence in sentences:
        words = sentence.text.split()
        places = finds(words)
        if not places:
            continue
        own = [_terms(word) for word in words]
        everywhere = frozenset(sentence.terms)
        reach = math.fsum(
            idf.get(term, 0.0) * (1.0 if term in everywhere else _IN_HEADER)
            for term in set(topic)
            if term in everywhere or term in sentence.header_terms
        )
        if reach / total <= best:
            continue
        for place in places:
            near = frozenset().union(*own[max(0, place - window) : place + window + 1])
            share = math.fsum(
                idf.get(term, 0.0) * _worth(term, near, everywhere, sentence.header_terms)
                for term in set(topic)
            )
            best = max(best, share / total)
    return best


@lru_cache(maxsize=50_000)
def _terms(word: str) -> frozenset[str]:
    return frozenset(tokenize(word))


def _worth(term: str, near: Collection[str], everywhere: Collection[str], header: Collection[str]) -> float:
    if term in near:
        return 1.0
    if term in everywhere:
        return _IN_SENTENCE
    return _IN_HEADER if term in header else 0.0


def finds_figures(asked: Collection[str], *, money: bool) -> FindsWords:
    """Figures, or sums of money alone, that the question did not bring."""

    def find(words: Sequence[str]) -> list[int]:
        return [
            place
            for place, word in enumerate(words)
            if bare(word) not in asked
            and _YEAR.fullmatch(word) is None
            and ("£" in word if money else _is_figure(word))
        ]

    return find


def finds_people(asked: Collection[str], surnames: Collection[str]) -> FindsWords:
    """Known surnames, names behind a title, offices, that the question did not bring."""

    def find(words: Sequence[str]) -> list[int]:
        found: list[int] = []
        for place, word in enumerate(words):
            name = word.strip(_EDGES)
            before = words[place - 1].strip(_EDGES) if place else ""
            is_person = bare(word) in surnames or before in _TITLES or name in _OFFICES
            if is_person and bare(word) not in asked:
                found.append(place)
        return found

    return find


def finds_names(asked: Collection[str]) -> FindsWords:
    """Proper nouns that the question did not bring and that no institution is made of."""

    def find(words: Sequence[str]) -> list[int]:
        return [
            place
            for place, word in enumerate(words)
            if len(name := word.strip(_EDGES)) > 1
            and name[0].isupper()
            and bare(word) not in asked
            and bare(word) not in _OF_INSTITUTIONS
            and (place or (len(words) > 1 and words[1][:1].isupper()))
        ]

    return find


def find_reasons(words: Sequence[str]) -> list[int]:
    """Where a reason is introduced."""
    text = " ".join(words)
    return [len(text[: match.start()].split()) for match in _REASON.finditer(text)]


def bare(word: str) -> str:
    """A word without the punctuation around it, in lower case."""
    return word.strip(_EDGES).casefold()


def _is_figure(word: str) -> bool:
    number = NUMBER_WORD.fullmatch(word.strip(_EDGES))
    return any(character.isdigit() for character in word) or (
        number is not None and number[0].casefold() not in {"one", "half"}
    )
