"""The wording and the places by which heading blocks of papers are known, shared by all who look for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.lines import TextLine

PRESENT = re.compile(
    r"^(?:(?:elected\s+|committee\s+|panel\s+|board\s+)?members|councillors|cllrs|officers|others|also)?\s*"
    r"(?:in attendance|present|attendees|attendance|attending)\b"
    r"|^(?:members|those|roll\s*call)\s*(?:present)?\s*:|^roll\s+call\b|^apologies|\bpresent\s*:|^in the chair\b",
    re.IGNORECASE,
)
"""The head of an attendance list."""
AGENDA_ITEM = re.compile(
    r"^(?:.*\t\s*)?agenda\s+item\s*:?\s*(?:no\.?|number)?\s*:?\s*(\d{1,2}[a-z]?)(?:\.\d+)?\b", re.IGNORECASE
)
DECISION = re.compile(
    r"^(?:(?:record|notice)\s+of\s+(?:\w+\s+)?decisions?|(?:\w+\s+)?decision\s+(?:record|notice))(?:\s+form)?$",
    re.IGNORECASE,
)
APPENDIX = re.compile(r"^(?:appendix|annex|enclosure|schedule)\s*(?:\d{1,2}|[a-z])?\s*:?$", re.IGNORECASE)
TO = re.compile(r"^to\s*:", re.IGNORECASE)
YOURS = re.compile(
    r"^(?:yours\s+(?:sincerely|faithfully|truly|ever)|(?:with\s+)?(?:best|kind)\s+(?:wishes|regards))\b",
    re.IGNORECASE,
)
MINUTES = re.compile(
    r"^(?:(?:draft|unconfirmed|confirmed|approved|annual|unapproved"
    r"|public)\s+)*(?:meeting\s+)?(?:minutes|notes of (?:the|a) meeting)"
    r"(?:\s+(?:of|for|from)\b.*|\s*[:–-].*|\s+and\s+actions.*|\s*\(.*\)|,.*)?$|^.{3,90}\s[–-]\s+minutes\b.{0,60}$"
    r"|^.{3,60}\b(?:panel|board|committee|council|cabinet)\s+(?:meeting\s+)?minutes\b.{0,60}$",
    re.IGNORECASE,
)
AGENDA = re.compile(
    r"^(?:(?:supplementary|public|meeting|draft|council|annual|parish|general|(?:extra)?ordinary|special"
    r"|[ae]\.?g\.?m\.?)\s+){0,4}agenda(?:\s+(?:for|of)\b.{0,80})?$",
    re.IGNORECASE,
)
REPORT_SIGN = re.compile(
    r"^(?:public report|report (?:of|by|from|to|author)\b|contact officer|contact details|lead officer"
    r"|to\s*:|from\s*:|purpose|1\.?\s+(?:purpose|introduction|summary))",
    re.IGNORECASE,
)
FIRST_SECTION = re.compile(r"^(?:purpose|introduction|summary|background|executive summary)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
SHORT = 60
"""Characters of a line that is hardly a sentence."""


def ends_in_stop(text: str) -> bool:
    """Whether a text ends as a sentence, and not with the time of day ("at 8.00 p.m.")."""
    return text.endswith(".") and _CLOCK.search(text) is None


def sign_ahead(lines: Sequence[TextLine], index: int, sign: re.Pattern[str], reach: int) -> bool:
    """Whether one of the next ``reach`` lines has a sign."""
    return any(sign.match(line.plain) for line in lines[index + 1 : index + 1 + reach])


def near_page_start(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line is among the first few of a page."""
    back = lines[max(0, index - 5) : index + 1]
    return any(line.page_start and line.label is None for line in back) or index == 0
