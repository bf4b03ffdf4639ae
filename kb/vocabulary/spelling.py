"""Spelling suggestions from the library's own words: "Did you mean ...?", never a silent change.

A word is looked up by every way of leaving one of its letters out (SymSpell's symmetric delete, W. Garbe 2012): two
words with one letter too many, too few, wrong or exchanged with its neighbour meet there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from index.tokens import STOP_WORDS, words

_SHORTEST: Final = 4
"""Letters; shorter words are too near to each other."""
_MOST_WORDS: Final = 60_000
"""The most frequent words that are suggested; more would cost memory and suggest misprints."""


class Speller:
    """Suggests words of a library for words that it does not have.

    Args:
        counts: How often each word of the library stands there, in lower case.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._near: dict[str, list[str]] = {}
        frequent = sorted(counts, key=lambda word: (-counts[word], word))[:_MOST_WORDS]
        for word in frequent:
            if len(word) >= _SHORTEST - 1:
                for shorter in _shortened(word):
                    self._near.setdefault(shorter, []).append(word)

    def word(self, typed: str) -> str | None:
        """The most frequent word that differs by one letter, or two exchanged; ``None`` if the word is known."""
        plain = typed.casefold()
        if len(plain) < _SHORTEST or plain in self._counts or plain in STOP_WORDS or not plain.isalpha():
            return None
        near = {word for shorter in _shortened(plain) for word in self._near.get(shorter, ())}
        close = [word for word in near if _is_one_slip(plain, word)]
        return min(close, key=lambda word: (word[0] != plain[0], -self._counts[word], word), default=None)

    def suggest(self, question: str, *, is_known: Callable[[str], bool]) -> str | None:
        """The question with its unknown words replaced, or ``None`` if there is nothing to suggest.

        Args:
            question: As typed.
            is_known: Whether a word is found by its stem, and so needs no suggestion.
        """
        pieces: list[str] = []
        end = 0
        for typed, start, stop in words(question):
            better = None if is_known(typed) else self.word(typed)
            if better is not None:
                written = question[start:stop]
                pieces += [question[end:start], better.capitalize() if written[0].isupper() else better]
                end = stop
        return "".join([*pieces, question[end:]]) if pieces else None


def _shortened(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out or changed, or two neighbours exchanged."""
    start = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None
    )
    if start is None:
        return abs(len(one) - len(other)) == 1
    rest, others = one[start:], other[start:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    )
