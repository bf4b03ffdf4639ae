"""Which of a library's bodies a question means: by name, by part of it, by its kind ("the panel"), by initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kb.questions.readings import Place, Reading, ReadingKind, is_free
from kb.structure.roles import OFFICE_WORDS

GROUPS: Final = frozenset(
    [
        "panel",
        "board",
        "committee",
        "council",
        "cabinet",
        "partnership",
        "forum",
        "authority",
        "trust",
        "assembly",
        "commission",
        "executive",
    ]
)
"""Nouns for bodies that meet."""
_SMALL: Final = frozenset(["and", "of", "the", "for", "&", "to", "in", "on"])
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_NOT_BEFORE: Final = re.compile(
    r"(?:\b(?:across|on|above)(?:\s+the)?|\b(?:solar|wall|side|control))\s+$", re.IGNORECASE
)
_NOT_AFTER: Final = re.compile(r"^\s+(?:tax|house|houses|housing|homes|estate|figures?)\b", re.IGNORECASE)
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:in|at|near|around|across|from|to|of|through|outside|within|for)\s+$", re.IGNORECASE
)
_FEWEST_INITIALS: Final = 3


class _Name(NamedTuple):
    """A body: its full name, its telling words in lower case, in order."""

    full: str
    words: tuple[str, ...]


def read_bodies(text: str, known: Sequence[str], others: Iterable[Reading] = ()) -> list[Reading]:
    """Every mention of one or several of the library's bodies, in order.

    A mention that fits several ("the council") means each of them. ``value`` holds their full names.
    """
    names = _names(tuple(known))
    found: list[Reading] = []
    taken = list(others)

    def add(start: int, end: int, bodies: Sequence[str]) -> None:
        place = Place(start, end)
        if bodies and is_free(place, [*found, *taken]):
            meaning = " or ".join(bodies)
            found.append(Reading(kind=ReadingKind.BODY, place=place, value=tuple(bodies), meaning=meaning))

    words = [(match.start(), match.end(), _plain(match[0])) for match in _WORD.finditer(text)]
    for number, (start, end, word) in enumerate(words):
        group = word if word in GROUPS else word.removesuffix("s")
        if group in GROUPS and not _NOT_BEFORE.search(text[:start]) and not _NOT_AFTER.match(text[end:]):
            first, bodies = _by_kind(words, number, group, names)
            add(first, end, bodies)
    initials = _initials(tuple(known))
    for start, end, word in words:
        add(start, end, initials.get(word, ()))
    own = _own_names(tuple(known))
    for start, end, word in words:
        if text[start].isupper() and not _PLACE_BEFORE.search(text[:start]):
            add(start, end, own.get(word, ()))
    return sorted(found, key=lambda reading: reading.place)


def _by_kind(
    words: Sequence[tuple[int, int, str]], number: int, group: str, names: Sequence[_Name]
) -> tuple[int, list[str]]:
    """Where the mention that ends in a group noun begins, and the bodies that have all its words."""
    start = words[number][0]
    fitting = [name for name in names if group in name.words]
    for place in range(number - 1, -1, -1):
        word = words[place][2]
        if word in _SMALL and word != "the" and place:
            continue
        narrower = [name for name in fitting if word in name.words]
        if not narrower:
            break
        fitting, start = narrower, words[place][0]
    return start, [name.full for name in fitting]


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()


@lru_cache(maxsize=8)
def _names(known: tuple[str, ...]) -> tuple[_Name, ...]:
    return tuple(
        _Name(name, tuple(word for word in map(_plain, _WORD.findall(name)) if word not in _SMALL))
        for name in known
    )


@lru_cache(maxsize=8)
def _initials(known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Initials of a body's name, and of its end without the place ("PCP"), in lower case, to the bodies."""
    found: dict[str, list[str]] = {}
    for name in _names(known):
        for start in range(len(name.words)):
            letters = "".join(word[0] for word in name.words[start:])
            if len(letters) >= _FEWEST_INITIALS:
                found.setdefault(letters, []).append(name.full)
    return {letters: tuple(bodies) for letters, bodies in found.items()}


@lru_cache(maxsize=8)
def _own_names(known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The first words that tell bodies apart ("Thornby"), in lower case, to the bodies; words of offices are none.

    Where all bodies that have such a name have the same one, it tells nothing.
    """
    found: dict[str, list[str]] = {}
    for name in _names(known):
        if name.words and name.words[0] not in GROUPS | OFFICE_WORDS:
            found.setdefault(name.words[0], []).append(name.full)
    return {word: tuple(bodies) for word, bodies in found.items()} if len(found) > 1 else {}
