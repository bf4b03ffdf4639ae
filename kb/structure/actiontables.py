"""Tables of actions after minutes: their headings and head rows.

Takes lines and the place of one; says whether an action table begins there, and whether it is only the table of a
single item, after which the minutes go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.labels import UNMISTAKABLE, Style
from kb.structure.lines import TextLine

_ACTIONS = re.compile(
    r"^(?:(?:summary of|table of|outstanding|agreed)\s+)?actions?(?:\s+(?:arising|log|list|table"
    r"|sheet|summary|points?|tracker|agreed)\b.{0,70})?$",
    re.IGNORECASE,
)
_TABLE_WORD = re.compile(
    r"^(?:date|of|meeting|item|items|action|actions|update|updates|owner|officer"
    r"|status|by|whom|when|responsible|lead|no"
    r"|ref|deadline|due|subject|minute|outcome|and|recommendations?|response|position|at|progress|\d{1,2}|\d{4}"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)$",
    re.IGNORECASE,
)
_ROUTINE = re.compile(r"^(?:welcome|introductions?|apologies|declarations?\s+of\s+interest)\b", re.IGNORECASE)
"""Business that meetings begin with."""
_TABLE_HEAD_LINES = 5


def is_action_table(lines: Sequence[TextLine], index: int) -> bool:
    """A heading such as "Actions arising" over a table, or the table's own head row."""
    line = lines[index]
    if _ACTIONS.match(line.plain) and line.label is None and index + 1 < len(lines):
        emphatic = line.bold or line.plain.isupper() or line.is_markdown_heading
        return emphatic and lines[index + 1].is_row and _is_table_head(lines, index + 1)
    titled = index > 0 and _ACTIONS.match(lines[index - 1].plain) is not None and line.is_row
    return not titled and _is_table_head(lines, index)


def _is_table_head(lines: Sequence[TextLine], index: int) -> bool:
    """The head row of an action table: ITEM and ACTION side by side, or as lines of their own one below the other."""
    words: list[str] = []
    rows = 0
    for line in lines[index : index + _TABLE_HEAD_LINES]:
        here = [word.strip(".:/&") for word in line.plain.split()]
        if not here or not all(_TABLE_WORD.match(word) for word in here if word):
            break
        if not line.plain.replace("\t", " ").isupper() and "\t" not in line.plain:
            break
        words += [word.casefold() for word in here]
        rows += line.is_row
        if rows:
            break
    head = set(words)
    if not ({"item", "items", "ref", "subject", "minute", "no"} & head and {"action", "actions"} & head):
        if not (
            rows
            and {"action", "actions"} & head
            and {"owner", "whom", "lead", "responsible", "officer"} & head
        ):
            return False
    elif not rows and not {"item", "items"} & head:
        return False
    previous = lines[index - 1].plain.split() if index else []
    headed = bool(previous) and all(_TABLE_WORD.match(word) for word in previous)
    return not (headed and "item" in lines[index - 1].plain.casefold())


def is_followed_by_items(lines: Sequence[TextLine], start: int, end: int) -> bool:
    """Whether numbered business goes on after a table of actions: then the table is one minute's own."""
    after = [line for line in lines[start:end] if not line.is_row]
    numbered = [
        line
        for line in after
        if line.label is not None
        and (
            line.label.style in UNMISTAKABLE
            or (line.label.style in {Style.DOT, Style.BARE} and line.rest and _is_emphatic(line))
        )
    ]
    return lines[start].is_row and len(numbered) > 1


def _is_emphatic(line: TextLine) -> bool:
    return (
        line.bold or line.rest.isupper() or line.is_markdown_heading or _ROUTINE.match(line.rest) is not None
    )
