"""Titles that run into their text on one line: "4. Apologies: none were received." or "ROLL CALL - Present: ...".

Takes a labelled line; gives the title and the rest of the line as a line of its own, or ``None`` where the line is
a title as a whole or no title at all. The title ends at a colon, full stop or dash, where bold print or capitals end,
or, without any mark, where a sentence begins: "97/20 Apologies for Absence Apologies were received from ...".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.records import Span
from kb.structure.labels import UNMISTAKABLE
from kb.structure.lines import TextLine, plain_text
from kb.structure.titles import SMALL_WORDS, SPEECH_VERB, USUAL_TITLE

_RUN_IN = re.compile(r"^(.{3,60}?)(?:\s*[:.]\s+|\s+[–—-]+\s+)(?=\S)")
_MARKS = r"[\s\\*_]+"
"""What may stand between words in the source that is not seen in plain text."""
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mrs?|Ms|Dr|St|Cllrs?|Rev|No)\.\s$")
_COLON = re.compile(r"^(.{3,80}?)\s*:(?:\s*[-–])?\s+(?=\S)")
_BOLD_START = re.compile(r"^([^*]*)((?:\*\*[^*]+\*\*\s*)+)(\S.*)$")
_CAPITAL_WORD = r"[A-Z(][A-Z’'&,./()–-]*"
_CAPITALS_START = re.compile(
    rf"^({_CAPITAL_WORD}(?:\s+(?:{_CAPITAL_WORD}|[&–-]|\d{{1,4}}))+)\s+(?=[A-Z][a-z]|[ia1][.)]\s|[AI]\s[a-z])"
)
_SENTENCE_START = re.compile(
    r"(?<=\s)(?:The|There|It|Cllrs?|Councillors?|Members?|None|No|Nil|Apologies|Mr|Mrs|Ms|Dr|This|A|An|In|All|RESOLVED"
    r"|Resolved|Agreed|Received|Proposed|Following|Nothing)\b|(?<=\s)(?:[•·]|(?:1|a|i)[.)])\s"
)
_NONE = re.compile(r"(?:none|no|nil|nothing)\b", re.IGNORECASE)
_ENDS = (".", ")", ":", ";")
_GOES_ON = SMALL_WORDS | {"those", "all", "any", "no"}
_TO_DO = 2
_SENTENCE_WORDS = 6
_BOLD_WORDS = 16
_TITLE_WORDS = 24
_USUAL_WORDS = 7
_TOLD_WORDS = 14
_RUNNING = 100
"""A number that high runs through the minutes of years, and numbers items alone."""
_TEXT_WORDS = 8
_MOST = 0.5
_LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class RunIn:
    """A title and the text that follows it on its line."""

    title: str
    tail: TextLine
    sure: bool = True
    """Whether wording or print say that it is a title; otherwise only its capitals and a colon do."""


def split_run_in(lines: Sequence[TextLine], index: int) -> RunIn | None:
    """Split line ``index`` where its title ends and its text begins."""
    line = lines[index]
    if line.is_row:
        return None
    marked = _at_mark(lines, index) or _at_emphasis(line)
    colon = None if marked else _at_colon(lines, index)
    found = marked or colon or _at_sentence(line)
    if found is None:
        return None
    title, text = found
    tail = tail_line(line, text)
    return RunIn(title=title.strip(), tail=tail, sure=colon is None) if tail is not None else None


def _at_mark(lines: Sequence[TextLine], index: int) -> tuple[str, str] | None:
    """Title and text parted by a colon, a full stop or a dash."""
    line = lines[index]
    match = _RUN_IN.match(line.rest)
    if match is None:
        return None
    title, text = match[1], line.rest[match.end() :]
    if any(char.isdigit() for char in title) or _ABBREVIATED.search(match[0]):
        return None
    usual = USUAL_TITLE.match(title) is not None and len(title.split()) <= _USUAL_WORDS
    if not (usual or title.isupper()) or not _is_text(lines, index, text):
        return None
    if title.isupper() and (text.isupper() or (not usual and _goes_on_as_title(text))):
        return None
    return title, text


def _at_colon(lines: Sequence[TextLine], index: int) -> tuple[str, str] | None:
    """A few words with capitals, a colon, text: "7. Treasurer's Report: MS reported ..."."""
    label = lines[index].label
    told = label is not None and (label.style in UNMISTAKABLE or label.ordinal >= _RUNNING)
    match = _COLON.match(lines[index].rest)
    if match is None or (not told and any(char.isdigit() for char in match[1])):
        return None
    title, text = match[1], lines[index].rest[match.end() :]
    words = [word for word in title.split() if word not in SMALL_WORDS and word[:1].isalpha()]
    named = bool(words) and sum(word[:1].isupper() for word in words) > len(words) * _MOST
    if (
        not (named or told)
        or len(title.split()) > (_TOLD_WORDS if told else _USUAL_WORDS)
        or (words[:1] == ["To"] and len(title.split()) <= _TO_DO)
        or not text[:1].isupper()
        or _goes_on_as_title(text)
    ):
        return None
    following = lines[index + 1] if index + 1 < len(lines) else None
    wraps = told and following is not None and following.label is None and not following.blank_before
    return (title, text) if wraps or _is_text(lines, index, text) else None


def _at_emphasis(line: TextLine) -> tuple[str, str] | None:
    """A title in bold (Markdown) or in capitals, text in plain print behind it."""
    bold = _BOLD_START.match(line.text)
    if bold is not None and (label := line.label) is not None:
        before = plain_text(bold[1]).strip(" .:)–-")
        title = plain_text(bold[2]).removeprefix(label.value).strip(" .:)–-")
        text = plain_text(bold[3]).lstrip(" .:–-")
        if (
            before in {"", label.value}
            and title[:1].isupper()
            and len(title.split()) <= _BOLD_WORDS
            and text[:1].isupper()
        ):
            return title, text
    capitals = _CAPITALS_START.match(line.rest)
    if capitals is None or max(len(word) for word in capitals[1].split()) <= _LONG_WORD:
        return None
    text = line.rest[capitals.end() :]
    return (capitals[1], text) if text.endswith(".") or len(text.split()) >= _TEXT_WORDS else None


def _at_sentence(line: TextLine) -> tuple[str, str] | None:
    """A whole paragraph on one line that begins with its title: the first word that opens a sentence ends the title."""
    if not line.rest.endswith(_ENDS):
        return None
    for opener in _SENTENCE_START.finditer(line.rest):
        before, text = line.rest[: opener.start()].rstrip(), line.rest[opener.start() :]
        if len(before.split()) > _TITLE_WORDS:
            return None
        if _is_whole_title(before) and _is_sentence(text):
            return before.rstrip(" .:–-"), text
    return None


def _is_whole_title(text: str) -> bool:
    """Whether a title may end here: not at "from" or "To Approve:", and nothing but a title stands before."""
    words = text.split()
    if not words or words[-1].casefold() in _GOES_ON:
        return False
    if words[0] == "To":
        return len(words) > _TO_DO and not text.endswith(":")
    named = all(word[:1].isupper() or word in SMALL_WORDS or not word[:1].isalpha() for word in words)
    emphatic = words[0].isupper() and len(words[0]) > _LONG_WORD
    return USUAL_TITLE.match(text) is not None or (named and (len(words) > 1 or emphatic))


def _is_sentence(text: str) -> bool:
    first = text.split()[:_SENTENCE_WORDS]
    runs = any(word.islower() and word.isalpha() and word not in SMALL_WORDS for word in first)
    return runs or _NONE.match(text) is not None or SPEECH_VERB.search(text) is not None


def tail_line(line: TextLine, text: str) -> TextLine | None:
    """The end of ``line`` that reads ``text``, as a line of its own; ``None`` if it cannot be found in the source."""
    words = text.split()
    if not words:
        return None
    opening = _MARKS.join(re.escape(word) for word in words[:3])
    offset = max((found.start() for found in re.finditer(opening, line.text)), default=0)
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
    return bool(words) and not text.endswith(".") and all(word.lstrip("(")[:1].isupper() for word in words)


def _is_text(lines: Sequence[TextLine], index: int, text: str) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    goes_on = following is not None and following.starts_lower
    return (
        text.endswith(".")
        or goes_on
        or len(text.split()) >= _TEXT_WORDS
        or SPEECH_VERB.search(text) is not None
    )
