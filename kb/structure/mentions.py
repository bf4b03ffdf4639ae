"""Bodies that a paper names only in its text, or names in full only there.

A heading may say "POLICE AND CRIME PANEL" where the text below says whose; a letter names the panel it writes to in
its first sentence. Takes lines and a name; gives the name in full. Refuses to guess: where the text names two bodies
that would fit, the name stays as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.structure.lines import TextLine

_NOT_A_NAME = frozenset(
    [
        "The",
        "This",
        "That",
        "A",
        "An",
        "Any",
        "Each",
        "Every",
        "Our",
        "Your",
        "Their",
        "New",
        "Draft",
        "Joint",
        "Annual",
        "Public",
        "Special",
        "Extraordinary",
        "Minutes",
        "Report",
        "Reports",
        "Agenda",
        "Meeting",
        "Meetings",
        "National",
        "To",
        "Of",
        "By",
        "For",
        "From",
        "And",
        "In",
        "On",
        "At",
        "With",
        "Members",
        "Member",
        "Chair",
        "Vice",
    ]
)
_NAMED = re.compile(
    r"\b(?:[Tt]he\s+)?((?:[A-Z][\w&'’-]+\s+)(?:(?:[A-Z][\w&'’-]+|and|of|the|for|&)\s+){0,6}(?:Panel|Board|Committee))\b"
)
_PANEL = re.compile(r"\bthe\s+(Police(?:, Fire)? and Crime Panel)\b")
_COMMISSIONER = re.compile(r"\b([A-Z][a-z]+)\s+Police(?:, Fire)? and Crime Commissioner\b")
_ONLINE = re.compile(r"(?:www\.|@|//)([a-z]{5,20})[-.](?:pcc|opcc|pfcc)\b")
_MIN_NAMED = 3
_MAX_PREFIX = 4
_ADDRESS_LINES = 45


def in_full(name: str, lines: Sequence[TextLine]) -> str:
    """``name`` with the words that always stand before it in the text, if they are a place's or an owner's name."""
    prefix = re.compile(
        rf"\b((?:[A-Z][\w&'’-]+\s+(?:(?:and|&)\s+)?){{1,{_MAX_PREFIX}}}){re.escape(name)}\b", re.MULTILINE
    )
    found: Counter[str] = Counter()
    for match in prefix.finditer(_running_text(lines)):
        words = match[1].split()
        while words and (words[0] in _NOT_A_NAME or words[0].islower()):
            words.pop(0)
        if words and not any(word in _NOT_A_NAME for word in words):
            found[" ".join(words)] += 1
    if not found and (owner := _owner_online(lines)) is not None:
        return f"{owner} {name}"
    return f"{next(iter(found))} {name}" if len(found) == 1 else name


def _owner_online(lines: Iterable[TextLine]) -> str | None:
    """The place that a commissioner's address on the net names, if the text names that place again and again."""
    text = _running_text(lines)
    places = {match.capitalize() for match in _ONLINE.findall(text)}
    named = [place for place in places if len(re.findall(rf"\b{place}\b", text)) >= _MIN_NAMED]
    return named[0] if len(places) == len(named) == 1 else None


def mentioned(lines: Sequence[TextLine]) -> str | None:
    """The one body that the address block and first sentences of a paper name, ``None`` if there are more or none."""
    found: Counter[str] = Counter()
    for match in _NAMED.finditer(_running_text(lines[:_ADDRESS_LINES])):
        words = match[1].split()
        while words and (words[0] in _NOT_A_NAME or words[0].islower()):
            words.pop(0)
        if len(words) > 1:
            found[" ".join(words)] += 1
    longest = sorted(found, key=len, reverse=True)[:1]
    if (own := _panel_of_the_commissioner(lines[:_ADDRESS_LINES])) is not None:
        return own
    return longest[0] if longest and all(name in longest[0] for name in found) else None


def _panel_of_the_commissioner(lines: Sequence[TextLine]) -> str | None:
    """The panel that a commissioner's letter calls just "the Police and Crime Panel": it is the commissioner's own."""
    text = " ".join(" ".join(line.plain.split()) for line in lines)
    panel = _PANEL.search(text)
    owners = {match[1].split()[-1] for match in _COMMISSIONER.finditer(text)} - _NOT_A_NAME
    return f"{owners.pop()} {panel[1]}" if panel is not None and len(owners) == 1 else None


def _running_text(lines: Iterable[TextLine]) -> str:
    return " ".join(" ".join(line.plain.split()) for line in lines if not line.plain.isupper())
