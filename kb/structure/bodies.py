"""Names of public bodies: recognising them in headings and writing them in one form."""

from __future__ import annotations

import re

_NOUN = (
    "Panel|Board|Committee|Sub-Committee|Council|Authority|Cabinet|Forum|Commission|Trust|Partnership|Executive"
    "|Working Group|Task Force"
)
_WORD = r"[A-Z][\w&'’.-]*"
_SPACE = r"(?:\s+|,\s+(?=(?:[\w’'-]+,\s+){0,3}[\w’'-]+,?\s+(?i:and|&)\s))"
"""A comma stands in a list of what a body is for: "Police, Fire and Crime Panel"."""
_LINK = r"(?i:and|of|the|for|in|on)|&"
_BODY = re.compile(
    rf"^(?:(?i:the)\s+)?((?!(?:{_LINK})\s){_WORD}(?:{_SPACE}(?:{_WORD}|{_LINK})){{0,8}}?\s+(?i:{_NOUN}))(?=$|[\s,:;–(-])"
)
_NO_NAME = re.compile(
    r"^(?:(?:the|this|our|open|public|private|closed|new|next|last|main|monthly)\s+)+(?:panel|board|committee|council)$",
    re.IGNORECASE,
)
"""Words that say how a body meets, not which it is."""
_BOARD_OF = re.compile(
    r"^(?:[A-Z][\w’'-]+\s+){0,4}board\s+of\s+(?:governors|directors|trustees|management)$", re.IGNORECASE
)
_CABINET_FIRST = re.compile(r"(?:the\s+)?cabinet(?:\s+(?:held|meeting|on)\b|$)", re.IGNORECASE)
_CABINET = re.compile(r"^(?:the\s+)?cabinet$", re.IGNORECASE)
_SMALL = frozenset({"and", "of", "the", "for", "in", "on", "to", "at", "by"})
_NOT_IN_A_NAME = re.compile(
    r"\b(?:chair(?:man|person)?|clerk|minutes|report|agenda|meeting|held|draft|appendix|item|recommended|received|members?|chair|is|was|will|by|to)\b",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:(?:regular|special|annual|joint|ordinary|extraordinary|virtual|remote)\s+)+", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"\s*(?:[-–,:(]|\bheld\b|\bon\b|(?=\b(?:draft|minutes|[ae]\.?g\.?m|annual|(?:extra)?ordinary|special)\b))\s*"
    r"(?:(?:draft|confirmed|annual|[ae]\.?g\.?m\.?|general|regular|special|(?:extra)?ordinary|minutes|agenda|meeting"
    r"|of|the|on|held|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|at|\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m|\d{1,4}(?:st|nd|rd|th)?)\b"
    r"|\W)*$",
    re.IGNORECASE,
)
_INITIALS = frozenset({"NHS", "ICB", "CCG", "UK", "CIC", "BID", "LEP"})
_MAX_WORDS = 10
_MAX_LETTERS = 400
"""A line with a body's name, its meeting and its date is shorter; longer ones would take the patterns too long."""
_MIN_SHARE = 0.85
"""A line names a body when the name fills this share of it."""


def read_body(text: str) -> str | None:
    """The body's name if ``text`` is one, or begins with one that fills most of it; written in title case.

    A date or a word such as "minutes" after the name does not count.
    """
    if len(text) > _MAX_LETTERS:
        return None
    text = _AFTER_NAME.sub("", " ".join(text.split()).strip(" .:-–*#"))
    if _CABINET.match(text):
        return "Cabinet"
    if _BOARD_OF.match(text):
        return title_case(text)
    match = _BODY.match(text)
    if match is None or not _is_name(match[1]):
        return None
    name = match[1]
    if len(name.split()) > _MAX_WORDS or len(name) < _MIN_SHARE * len(text):
        return None
    return title_case(name)


def find_body(text: str) -> str | None:
    """The first body named anywhere in ``text``, a heading such as "MINUTES OF A MEETING OF THE ... PANEL"."""
    text = " ".join(text.split())
    for match in re.finditer(
        r"\b(?:of the|minutes of|meeting of|meeting of the|of a meeting of the|report of the|the)\s+",
        text,
        re.IGNORECASE,
    ):
        tail = text[match.end() : match.end() + _MAX_LETTERS]
        if _CABINET_FIRST.match(tail):
            return "Cabinet"
        body = _BODY.match(tail)
        if body and _is_name(body[1]) and len(body[1].split()) <= _MAX_WORDS:
            return title_case(body[1])
    body = _BODY.match(text)
    return title_case(body[1]) if body and _is_name(body[1]) else None


def _is_name(text: str) -> bool:
    return _NOT_IN_A_NAME.search(text) is None and _NO_NAME.match(text) is None


def title_case(name: str) -> str:
    """Write a name printed in capitals as "Cambridgeshire Police and Crime Panel"; leave mixed case as it is."""
    name = _BEFORE_NAME.sub("", name)
    words = name.split()
    if not name.isupper():
        return " ".join(words)
    return " ".join(
        word.lower() if position and word.lower() in _SMALL else _capital(word)
        for position, word in enumerate(words)
    )


def _capital(word: str) -> str:
    if word in _INITIALS:
        return word
    return "-".join(piece[:1].upper() + piece[1:].lower() for piece in word.split("-"))
