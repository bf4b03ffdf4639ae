"""Abbreviations that a text itself explains: "Police and Crime Panel (PCP)", "MASH (Multi-Agency Safeguarding Hub)".

A row of a glossary explains one too. The letters of an abbreviation are looked for in the words beside it, the first of
them at the beginning of a word. After Schwartz and Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions
in Biomedical Text", PSB 2003, pp. 451-462; narrowed to words of which most begin with one of the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SHORT: Final = r"[A-Z][A-Za-z&/-]{0,8}[A-Z]s?"
_AFTER: Final = re.compile(rf"((?:[\w&’'/-]+[ ,]+){{1,14}})\(\s?[\"“‘']?(?:the\s+)?({_SHORT})[\"”’']?\s?\)")
_BEFORE: Final = re.compile(rf"(?<![\w(])({_SHORT})\s+\(\s?([A-Za-z][^()\n]{{4,90}}?)\s?\)")
_ROW: Final = re.compile(rf"({_SHORT})\s*(?:[:=–-]\s*|\s)(.{{4,80}})")
_SMALL: Final = frozenset({"and", "of", "the", "for", "in", "on", "to", "a", "an", "&", "with", "by", "at"})
_MOST_OTHERS: Final = 1
"""Words of an expansion, small ones aside, that may begin with none of the abbreviation's letters."""
_FEWEST_BEGINNINGS: Final = 2
"""Words of an expansion that must begin with letters of the abbreviation."""


def find_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(abbreviation, expansion)`` as printed, white space folded, in no particular order.

    Args:
        text: Of one passage; a whole passage that is one row of a glossary counts too.
    """
    folded = " ".join(text.replace("*", " ").split())
    if "(" in folded:  # few passages have one, and looking for what stands before it is slow
        yield from _in_brackets(folded)
    row = _ROW.fullmatch(folded)
    if row is not None and _explains(row[2].rstrip("."), row[1]):
        yield row[1], row[2].rstrip(".")


def _in_brackets(folded: str) -> Iterator[tuple[str, str]]:
    for match in _AFTER.finditer(folded):
        if (long := _before(match[1].rstrip(" ,"), match[2])) is not None:
            yield match[2], long
    for match in _BEFORE.finditer(folded):
        if _explains(match[2], match[1]):
            yield match[1], match[2]


def _before(words: str, short: str) -> str | None:
    """The shortest run of the last words that an abbreviation stands for."""
    parts = words.replace(",", " ,").split()
    for size in range(1, min(len(parts), 2 * len(_letters(short)) + 2) + 1):
        run = parts[-size:]
        if "," in run:
            return None
        long = " ".join(run)
        if run[0].casefold() not in _SMALL and _explains(long, short):
            return long
    return None


def _explains(long: str, short: str) -> bool:
    """Whether all letters of ``short`` stand in order in ``long``, and nearly each word begins with one of them."""
    letters = _letters(short)
    words = [word for word in re.split(r"[\s/-]+", long.casefold()) if word]
    telling = [word for word in words if word not in _SMALL]
    others = _others(letters, telling)
    if len(telling) - others < _FEWEST_BEGINNINGS or others > _MOST_OTHERS:
        return False
    if len(words) > 2 * len(letters) + 2 or words[0][0] != letters[0]:
        return False
    return _stand_in_order(letters, words)


def _others(letters: str, telling: list[str]) -> int:
    left = list(letters)
    others = 0
    for word in telling:
        if word[0] in left:
            left.remove(word[0])
        else:
            others += 1
    return others


def _stand_in_order(letters: str, words: list[str]) -> bool:
    """Each letter begins a word, in order, or follows within the word of the letter before it."""

    def fits(letter: int, word: int, place: int) -> bool:
        if letter == len(letters):
            return True
        inside = words[word].find(letters[letter], place) if word < len(words) else -1
        if inside >= 0 and place > 0 and fits(letter + 1, word, inside + 1):
            return True
        return any(
            words[later][0] == letters[letter] and fits(letter + 1, later, 1)
            for later in range(word + (place > 0), len(words))
        )

    return fits(0, 0, 0)


def _letters(short: str) -> str:
    """The letters that must be found; a plural s is none of them."""
    plain = short.removesuffix("s") if short[-2:-1].isupper() else short
    return re.sub(r"[^a-z]", "", plain.casefold())
