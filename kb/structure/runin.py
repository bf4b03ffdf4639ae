"""Titles that run into their text on one line: "4. Apologies: none were received." or "ROLL CALL - Present: ...".

Takes a labelled line; gives the title and the rest of the line as a line of its own, or ``None`` where the line is
a title as a whole or no title at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.records import Span
from kb.structure.lines import TextLine
from kb.structure.titles import SPEECH_VERB, USUAL_TITLE

_RUN_IN = re.compile(r"^(.{3,60}?)(?:\s*[:.]\s+|\s+[–—-]+\s+)(?=\S)")
_USUAL_WORDS = 7
_TEXT_WORDS = 8
_LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class RunIn:
    """A title and the text that follows it on its line."""

    title: str
    tail: TextLine


def split_run_in(lines: Sequence[TextLine], index: int) -> RunIn | None:
    """Split line ``index`` where its title ends and its text begins."""
    line = lines[index]
    match = _RUN_IN.match(line.rest)
    if match is None or line.is_row:
        return None
    title, text = match[1], line.rest[match.end() :]
    if any(char.isdigit() for char in title):
        return None
    usual = USUAL_TITLE.match(title) is not None and len(title.split()) <= _USUAL_WORDS
    if not (usual or title.isupper()) or not _is_text(lines, index, text):
        return None
    if title.isupper() and (text.isupper() or (not usual and _goes_on_as_title(text))):
        return None
    tail = tail_line(line, text)
    return RunIn(title=title.strip(), tail=tail) if tail is not None else None


def tail_line(line: TextLine, text: str) -> TextLine | None:
    """The end of ``line`` that reads ``text``, as a line of its own; ``None`` if it cannot be found in the source."""
    words = text.split()
    if not words:
        return None
    offset = line.text.rfind(" ".join(words[:3]))
    if offset <= 0:
        return None
    tail = line.text[offset:]
    return replace(
        line,
        text=tail,
        span=Span(line.span.start + offset, line.span.end),
        plain=text,
        label=None,
        rest=text,
        blank_before=False,
        blanks_before=0,
        bold=False,
        is_markdown_heading=False,
    )


def _goes_on_as_title(text: str) -> bool:
    """Whether the words after "EXEMPT:" or "KEY DECISION -" are the title: most begin with a capital, no full stop."""
    words = [word for word in text.split() if word[:1].isalpha() and len(word) > _LONG_WORD]
    return bool(words) and not text.endswith(".") and all(word[:1].isupper() for word in words)


def _is_text(lines: Sequence[TextLine], index: int, text: str) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    goes_on = following is not None and following.starts_lower
    return (
        text.endswith(".")
        or goes_on
        or len(text.split()) >= _TEXT_WORDS
        or SPEECH_VERB.search(text) is not None
    )
