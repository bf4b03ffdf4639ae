"""Comparing words as a reader would: case, white space, Markdown and ways of writing numbers do not matter.

Pure functions over text. `words` cuts text for counting and overlap; `contains_fact` says whether a short
fact is there.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<[^<>]{0,200}>|[*_`#|\\]")
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "\u00ad": ""}
)
_THOUSANDS = re.compile(r"(?<=\d)[,\u2009\u202f\u00a0](?=\d{3}(?!\d))")
_PER_CENT = re.compile(r"\s*(?:per\s?cent(?!\w)|%)")
_CURRENCY_GAP = re.compile(r"(?<=[£$€])\s+(?=\d)")
# A fact such as "support" is meant to be found in "supported", but "ED" is not meant to be found in "edited".
_MIN_STEM = 4


def words(text: str) -> list[str]:
    """Cut text into case-folded runs of letters, digits and underscores."""
    return _WORD.findall(text.casefold())


def word_starts(text: str) -> list[int]:
    """Return the offset of each word, in characters, ascending."""
    return [match.start() for match in _WORD.finditer(text)]


def fold(text: str) -> str:
    """Fold case, compatibility characters, quotes, dashes, Markdown, number formats and white space.

    "£1,250,000" becomes "£1250000", "12 per cent" becomes "12%".
    """
    folded = _THOUSANDS.sub("", text)
    folded = unicodedata.normalize("NFKC", folded).translate(_QUOTES).casefold()
    folded = " ".join(_MARKUP.sub(" ", folded).split())
    return _CURRENCY_GAP.sub("", _PER_CENT.sub("%", folded))


def contains_fact(text: str, fact: str) -> bool:
    """Say whether a text contains a fact, both unfolded.

    Numbers must stand alone ("5" is not in "15", "5.3" or "5,200"); words must begin where the fact begins
    and may run on after it if the fact's last word has at least four letters.
    """
    return contains_folded(fold(text), fact)


def contains_folded(folded: str, fact: str) -> bool:
    """Say the same of a text that is folded already."""
    wanted = fold(fact)
    if not wanted:
        return True
    before, after = "", ""
    if wanted[0].isalnum():
        before = r"(?<!\w)(?<!\d[.,])" if wanted[0].isdigit() else r"(?<!\w)"
    if wanted[-1].isdigit():
        after = r"(?!\w)(?![.,]\d)" if not wanted.isdigit() else r"(?!\d)(?![.,]\d)"
    elif wanted[-1].isalpha():
        tail = re.search(r"[^\W\d_]*$", wanted)
        after = "" if tail and len(tail[0]) >= _MIN_STEM else r"(?!\w)"
    return re.search(before + re.escape(wanted) + after, folded) is not None


def missing_facts(text: str, facts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facts that a text does not contain, in their order."""
    folded = fold(text)
    return tuple(fact for fact in facts if not contains_folded(folded, fact))


def without_space(text: str) -> str:
    """Drop all white space: the test of a verbatim quote whose lines were joined."""
    return "".join(text.split())
