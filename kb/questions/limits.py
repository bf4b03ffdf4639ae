"""What a question limits by its punctuation and plain words: quoted phrases, words to leave out, the newest.

A phrase in double quotation marks must stand in what is found; a word after a minus or a capital NOT must not. Those
are limits, since nobody writes them by chance. "but not", "excluding" and "except for" only stop their words from being
looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kb.questions.readings import Place, Reading, ReadingKind, is_free

_QUOTED: Final = r"[\"“]([^\"“”]{2,120})[\"”]"
_PHRASE: Final = re.compile(rf"(?<![\w-]){_QUOTED}")
_MINUS: Final = re.compile(rf"(?:(?<=\s)|^)-(?:{_QUOTED}|([^\W\d_][\w'’-]*))")
_NOT: Final = re.compile(rf"(?<=\s)NOT\s+(?:{_QUOTED}|([^\W\d_][\w'’-]*))")
_LEAVING_OUT: Final = re.compile(
    r"\b(?:but\s+not|excluding|except\s+for|leaving\s+out|other\s+than|apart\s+from)\s+(?:the\s+)?"
    r"((?!(?:in|on|at|by|for|who|what|to|yet|only|the|that|this|a)\b)[^\W\d_][\w'’-]+)",
    re.IGNORECASE,
)
_RECENT: Final = re.compile(
    r"\b(?:most\s+recent(?:ly)?|latest|newest|up[- ]to[- ]date|currently|recent(?:ly)?|at\s+present|these\s+days)\b"
    r"(?!\s+(?:time|date|day|hour|possible|opportunity))",
    re.IGNORECASE,
)


def read_phrases(text: str) -> list[Reading]:
    """Phrases in double quotation marks; ``value`` is the phrase. One after a minus is an exclusion instead."""
    found = []
    for match in _PHRASE.finditer(text):
        if not text[: match.start()].endswith(("-", "NOT ")):
            meaning = f"only passages with the words “{match[1]}”"
            place = Place(*match.span())
            found.append(Reading(kind=ReadingKind.PHRASE, place=place, value=match[1], meaning=meaning))
    return found


def read_exclusions(text: str) -> list[Reading]:
    """Words and phrases that must not stand in what is found, and those only not looked for; ``value`` holds them."""
    found: list[Reading] = []
    for pattern in (_MINUS, _NOT):
        for match in pattern.finditer(text):
            words = match[1] or match[2]
            place = Place(*match.span())
            if is_free(place, found):
                meaning = f"no passages with “{words}”"
                found.append(Reading(kind=ReadingKind.EXCLUSION, place=place, value=words, meaning=meaning))
    for match in _LEAVING_OUT.finditer(text):
        place = Place(*match.span())
        if is_free(place, found):
            meaning = f"not looking for “{match[1]}”"
            found.append(Reading(kind=ReadingKind.OMISSION, place=place, value=match[1], meaning=meaning))
    return sorted(found, key=lambda reading: reading.place)


def read_recency(text: str, others: Iterable[Reading]) -> list[Reading]:
    """That the newest is wanted, unless a meeting was named by it."""
    taken = list(others)
    for match in _RECENT.finditer(text):
        place = Place(*match.span())
        if is_free(place, taken):
            meaning = "newest papers first"
            return [Reading(kind=ReadingKind.RECENT, place=place, value=True, meaning=meaning)]
    return []
