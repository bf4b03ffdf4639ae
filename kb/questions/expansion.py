"""Other words for a question's words: abbreviations spelt out and back, and a small thesaurus of public bodies.

Each adds index terms with a weight below 1, so that a passage that says it in the question's own words stays first.
The thesaurus (``thesaurus.toml``) is general language; abbreviations come from the library's own papers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from index.tokens import tokenize

ABBREVIATION_WEIGHT: Final = 0.5
"""Of all terms of an expansion together, against 1 for a word of the question."""
THESAURUS_WEIGHT: Final = 0.3
_MOST_EXPANSIONS: Final = 3
"""Of one abbreviation; one that stands for more is too short to tell anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Further terms for some words of a question, which are ``words`` as typed; each term has a weight."""

    words: str
    meaning: str
    terms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Expansions of a library: term sequences to the texts that stand for the same."""

    abbreviations: Mapping[tuple[str, ...], tuple[str, ...]]

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take pairs of abbreviation and expansion, as papers print them; both ways are learned."""
        both: dict[tuple[str, ...], dict[str, None]] = {}
        for short, long in pairs:
            if (terms := tuple(tokenize(short))) and (spelt := tuple(tokenize(long))):
                both.setdefault(terms, {})[long] = None
                both.setdefault(spelt, {})[short] = None
        object.__setattr__(self, "abbreviations", {terms: tuple(texts) for terms, texts in both.items()})

    def expand(self, terms: Sequence[str]) -> tuple[Expansion, ...]:
        """Find further terms for a question of these index terms, in order."""
        own = set(terms)
        found = []
        for source, weight in ((self.abbreviations, ABBREVIATION_WEIGHT), (_thesaurus(), THESAURUS_WEIGHT)):
            for key in _keys(terms, source):
                texts = source[key]
                if len(texts) <= _MOST_EXPANSIONS or weight == THESAURUS_WEIGHT:
                    expansion = _expansion(key, texts, weight, own)
                    if expansion is not None:
                        found.append(expansion)
        return tuple(found)


def _expansion(key: tuple[str, ...], texts: Sequence[str], weight: float, own: set[str]) -> Expansion | None:
    """All words that are not in the question already share the weight of each text by their number."""
    weights: dict[str, float] = {}
    for text in texts:
        new = [term for term in dict.fromkeys(tokenize(text)) if term not in own]
        for term in new:
            weights[term] = max(weights.get(term, 0.0), weight / max(len(new), 1) ** 0.5)
    if not weights:
        return None
    return Expansion(words=" ".join(key), meaning=", ".join(texts), terms=tuple(sorted(weights.items())))


def _keys(
    terms: Sequence[str], source: Mapping[tuple[str, ...], tuple[str, ...]]
) -> Iterable[tuple[str, ...]]:
    """Sequences of the question's terms that the source knows, longest first where they overlap."""
    longest = max(map(len, source), default=0)
    place = 0
    while place < len(terms):
        for size in range(min(longest, len(terms) - place), 0, -1):
            key = tuple(terms[place : place + size])
            if key in source:
                yield key
                place += size
                break
        else:
            place += 1


@cache
def _thesaurus() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Each entry's terms to the texts that mean nearly the same."""
    entries = tomllib.loads(resources.files(__package__).joinpath("thesaurus.toml").read_text("utf-8"))
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for group in entries["same"]:
        for word in group:
            _learn(found, word, [other for other in group if other != word])
    for word, others in entries["towards"].items():
        _learn(found, word, others)
    return {terms: tuple(texts) for terms, texts in found.items()}


def _learn(found: dict[tuple[str, ...], dict[str, None]], word: str, others: Iterable[str]) -> None:
    terms = tuple(tokenize(word))
    if not terms:
        message = f"{word!r} of thesaurus.toml has no index terms"
        raise ValueError(message)
    found.setdefault(terms, {}).update(dict.fromkeys(others))
