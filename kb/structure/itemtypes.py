"""What kind of business an item is, told by its title.

Takes a title as printed, gives its `ItemType`. Knows the routine business that meetings of all public bodies share;
whatever else a body discusses is `ItemType.BUSINESS`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.records import ItemType

_ROUTINE: tuple[tuple[ItemType, tuple[str, ...]], ...] = (
    (
        ItemType.NEXT_MEETING,
        (r"(?:date|time)s?\b.*\b(?:next|future|forthcoming)\b.*\bmeeting", r"next\s+meeting"),
    ),
    (
        ItemType.PRIVATE_BUSINESS,
        (r"exclusion\s+of", r"exempt\b", r"private\s+(?:session|business)", "confidential"),
    ),
    (ItemType.DECLARATIONS, (r"(?:declaration|disclosure)s?\b.*\binterest", r"register\s+of\s+interest")),
    (
        ItemType.PUBLIC_QUESTIONS,
        (
            r"(?:public|residents?)\W+(?:question|participation|statement|petition|speaking)",
            r"petition",
            r"(?:question|statement|deputation)s?\s+(?:from|by)\s+(?:the\s+)?(?:public|members\s+of\s+the\s+public)",
        ),
    ),
    (
        ItemType.APPOINTMENTS,
        (
            r"(?:election|appointment|nomination)\s+of\b.*\b(?:chair|vice|mayor|leader|member|substitute)",
            r"co-?option",
        ),
    ),
    (
        ItemType.ACTIONS,
        (
            r"action\s+(?:log|points?|table|sheet|tracker|list)",
            r"matters?\s+arising|outstanding\s+actions",
            r"^actions?\b|review\s+of\s+(?:the\s+)?actions",
        ),
    ),
    (
        ItemType.PREVIOUS_MINUTES,
        (
            r"^(?:(?:the|draft|unconfirmed|approval|confirmation|of|to|approve|confirm|previous|last)\s+)*minutes\b",
            r"minutes\s+of\s+(?:the\s+)?(?:last|previous|meeting)",
            r"\bnotes\s+of\s+the\s+(?:last|previous)",
        ),
    ),
    (
        ItemType.WORK_PROGRAMME,
        (r"(?:work|forward|meeting|agenda)\s+(?:programme|plan|planner)\b", r"calendar\s+of\s+meetings"),
    ),
    (ItemType.URGENT_BUSINESS, (r"\burgent\b", r"any\s+other\s+(?:\w+\s+)?business", r"\ba\.?o\.?b\b")),
    (
        ItemType.ATTENDANCE,
        (
            r"apolog|attendance|\bpresent\b|membership|substitut",
            r"^(?:chair(?:man)?['’]s\s+)?(?:welcome|introduction)s?\b",
        ),
    ),
)
_PATTERNS = tuple((kind, re.compile("|".join(patterns), re.IGNORECASE)) for kind, patterns in _ROUTINE)
_MOST_WORDS = 14
"""A routine item has a short title; a long one that mentions minutes or actions is about something else."""


@lru_cache(maxsize=4_096)
def item_type(title: str | None) -> ItemType | None:
    """The kind of business of an item; ``None`` if the passage stands in no titled item."""
    folded = " ".join((title or "").replace("*", " ").split())
    if not folded:
        return None
    if len(folded.split()) <= _MOST_WORDS:
        for kind, pattern in _PATTERNS:
            if pattern.search(folded):
                return kind
    return ItemType.BUSINESS
