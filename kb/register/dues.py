"""By when something is to be done, as printed: "by 8 February 2023", "in six months' time", "to the March meeting"."""

from __future__ import annotations

import re

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\b(?:\s+\d{{4}})?|{MONTH}\b(?:\s+\d{{4}})?)"
_NUMBER = r"(?:\d+|an?|one|two|three|four|six|eight|ten|twelve)"
_DUE = re.compile(
    rf"\b(?:(?:by|before|until|after|from|on|in|for|beginning\s+on|at|to)\s+(?:(?:the|its|their|a)\s+)?(?:(?:meeting|end|beginning|start|middle)\s+(?:of|on|in)\s+)?{_DAY}(?:\s+(?:meeting|Panel|Board))?"
    rf"|by\s+(?:noon|NOON|the\s+end\s+of\s+the\s+(?:week|month|year))(?:\s+(?:on\s+)?{_DAY})?"
    rf"|(?:in|within|after)\s+{_NUMBER}\s+(?:working\s+)?(?:days?|weeks?|months?|years?)(?:['’]s?\s+time)?"
    r"|(?:to|at|for|before|in\s+time\s+for)\s+(?:the|its|a|our)\s+(?:next|following|future|annual)\s+(?:\w+\s+){0,2}meeting"
    r"|in\s+the\s+(?:spring|summer|autumn|winter|new\s+year|near\s+future)(?:\s+of\s+\d{4})?"
    r"|each\s+(?:week|month|quarter|year)|every\s+(?:week|month|quarter|year)|by\s+(?:Easter|Christmas))",
)
_LATER_MEETING = re.compile(rf"\b(?:its|the)\s+meeting\s+on\s+{_DAY}")


def due_in(text: str) -> str | None:
    """The words that say by when, the last such in a sentence; ``None`` if there are none."""
    found = list(_DUE.finditer(text))
    meeting = _LATER_MEETING.search(text)
    if meeting is not None and not (found and found[-1].start() > meeting.end()):
        return meeting[0]
    return found[-1][0] if found else None
