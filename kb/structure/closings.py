"""How minutes end: when the meeting closed, when the next one is, who signs.

Takes lines; says which are such. They are paragraphs of their own that go on no numbered paragraph. Where a table of
actions stands between a meeting's last minute and its closing line, the closing line belongs to the minutes
(`bring_closings_home`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import PartKind
from kb.structure.lines import TextLine
from kb.structure.parts import PartRange

_CLOSES = re.compile(
    r"^(?:the\s+|there being no (?:further|other|more) business,?\s.{0,60}?)?(?:meeting|chair(?:man|person|woman)?)\s+"
    r"(?:was\s+|then\s+|formally\s+|declared\s+)*"
    r"(?:began|started|commenced|opened|closed|ended|finished|concluded)\b",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:signed|chair(?:man|person|woman)?|confirmed as a (?:true|correct) record)\b"
    r"(?:[\s:.…_\-–]*(?:signed|chair(?:man|person|woman)?|dated?|confirmed as a (?:true|correct) record)\b)*"
    r"[\s:.…_\-–]*$"
    r"|^signed\b.{0,100}\b(?:chair|date)",
    re.IGNORECASE,
)
_TO_FILL_IN = re.compile(r"[.…_]{2,}")
_NEXT_MEETING = re.compile(
    r"^(?:dates? (?:and (?:time|venue) )?of (?:the )?(?:next|future) meetings?|next meeting)\s*:?$",
    re.IGNORECASE,
)
_NEXT_MEETING_ON = re.compile(
    r"^(?:date (?:and (?:time|venue) )?of (?:the )?next meeting|next meeting)\s*[:–-]\s*\S.{0,90}$",
    re.IGNORECASE,
)
_LONGEST = 30


def is_closing(line: TextLine) -> bool:
    """Whether a line tells when the meeting began or ended or the next one is, or is there to be signed."""
    told = _CLOSES.match(line.plain) is not None or _NEXT_MEETING_ON.match(line.plain) is not None
    return is_signature(line) or (line.label is None and len(line.plain.split()) <= _LONGEST and told)


def is_signature(line: TextLine) -> bool:
    """Whether a line is there to be signed: in capitals, with dots to write on, or with a name on it."""
    text = line.plain
    emphatic = text.isupper() or _TO_FILL_IN.search(text) is not None or "signed" in text.casefold()
    return line.label is None and emphatic and _SIGNATURE.match(text) is not None


def is_next_meeting(line: TextLine) -> bool:
    """Whether a line heads the date of the next meeting, emphasised or not."""
    return _NEXT_MEETING.match(line.plain) is not None


def bring_closings_home(
    lines: Sequence[TextLine], ranges: Sequence[PartRange]
) -> list[tuple[PartRange, list[TextLine]]]:
    """The lines of each part; what closes a meeting goes from its action table to the end of its minutes."""
    result: list[tuple[PartRange, list[TextLine]]] = []
    for place in ranges:
        own = list(lines[place.start : place.end])
        if place.kind is PartKind.ACTION_TABLE and result and result[-1][0].kind is PartKind.MINUTES:
            closing = [line for line in own if is_closing(line) and not line.is_row]
            if any(not is_signature(line) for line in closing) and len(closing) < len(own):
                result[-1][1].extend(closing)
                own = [line for line in own if line not in closing]
        result.append((place, own))
    return result
