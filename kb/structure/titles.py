"""How much a line looks like a title, and where a title of several lines ends.

Takes lines and the place of one; gives scores and ends. Knows nothing of numbering: which titles head items is
decided by `kb.structure.items`, which head unnumbered sections by `kb.structure.sections`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.labels import Style
from kb.structure.lines import TextLine
from kb.structure.rows import is_value_row

SPEECH_VERB = re.compile(
    r"\b(?:asked|stated|explained|thanked|commented|queried|noted|confirmed"
    r"|added|advised|reported|said|suggested|felt"
    r"|questioned|enquired|informed|expressed|highlighted|responded|referred"
    r"|agreed|requested|raised|concluded|reiterated"
    r"|moved|seconded|resolved|was|were|had|has|have|would|could|is|are|will|shall|must|should)\b",
    re.IGNORECASE,
)
USUAL_TITLE = re.compile(
    r"^(?:(?:to\s+)?(?:receive|consider|approve|note|accept|record)\s+)?(?:any\s+"
    r"|the\s+)?(?:apologies|declarations?|disclosures?"
    r"|minutes|public (?:questions|participation|statements|forum|session|comment)|review (?:of )?actions"
    r"|matters arising|welcome|introductions?|any other business|a\.?o\.?b\b"
    r"|date (?:and time )?of (?:the )?next|next meeting"
    r"|election|appointment|attendance|roll call|correspondence|planning applications|finance"
    r"|exclusion|meeting dates|purpose|recommendations?|background"
    r"|terms of reference|key issues|implications|consultation|(?:key\s+)?contacts?$"
    r"|next steps|appendi(?:x|ces)|summary|conclusions?|contact details"
    r"|foreword|urgent|chair(?:man)?'?s announcements"
    r"|adjournment|close of meeting|register of interests)\b",
    re.IGNORECASE,
)
TO_DO = re.compile(r"To [a-z]+ ")
"""A sentence, however long, that says what is to be done: "To consider the following motion by ...:"."""
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{0,3}\s*$|…+\s*\d{1,3}\s*$|_{4,}\s*\d{1,3}$")
_ENDS_IN_PAGE = re.compile(r"\S\s+\d{1,3}$")
_FILE = re.compile(r"\s+(?:pdf icon\s+)?(?:PDF|DOCX?|XLSX?)\s+\d+(?:\.\d+)?\s*[KM]B$", re.IGNORECASE)
"""What agenda systems print behind a title that a file is attached to."""
_MONEY_OR_SHARE = re.compile(r"^[\d£$€%(]")
SMALL_WORDS = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "be",
            "by",
            "for",
            "from",
            "held",
            "in",
            "into",
            "is",
            "are",
            "of",
            "on",
        ),
        *("or", "over", "per", "the", "to", "under", "up", "upon", "via", "with"),
    )
)
_CAPITAL_SUBHEADING = re.compile(
    r"^(?:reasons?|options?|resolved|decisions?|recommend(?:ed|ations?)|actions?"
    r"|summary|agreed|background|alternative)\b",
    re.IGNORECASE,
)

NO_TITLE = -3.0
_CAPITALS_WIDTH = 0.45
WIDE_LINE = 0.72
_MAX_WORDS = 28
_LONG_WORDS = 16
_MANY_CAPITALS, _SOME_CAPITALS = 0.6, 0.4
_MAX_FURTHER_LINES = 3


def title_score(lines: Sequence[TextLine], index: int, text: str) -> float:
    """How much ``text`` on line ``index`` looks like a title; above 0 it may be one."""
    words = text.split()
    if not words or len(words) > _MAX_WORDS or not text.lstrip("‘'“\"(")[:1].isalnum() or text[:1].islower():
        return NO_TITLE
    if _CONTENTS.search(text) or _MONEY_OR_SHARE.match(text) or not any(char.isalpha() for char in text):
        return NO_TITLE
    long_words = [
        word for word in words if word.casefold().strip("(),") not in SMALL_WORDS and word[:1].isalpha()
    ]
    share = sum(word[:1].isupper() for word in long_words) / len(long_words) if long_words else 0.0
    usual = USUAL_TITLE.match(text) is not None
    capitals = text.isupper()
    score = 2.0 if capitals else 1.5 if share >= _MANY_CAPITALS else 0.4 if share >= _SOME_CAPITALS else -0.4
    score += 1.5 if usual else 0.0
    score += 1.0 if lines[index].bold or lines[index].is_markdown_heading else 0.0
    score -= 1.5 if len(words) > _LONG_WORDS else 0.0
    score -= 2.0 if text.endswith((",", ";")) else 1.0 if text.endswith((".", "?", ":")) else 0.0
    if not capitals and not usual and SPEECH_VERB.search(text):
        score -= 2.5
    following = lines[index + 1] if index + 1 < len(lines) else None
    if (
        following is not None
        and following.starts_lower
        and following.label is None
        and lines[index].width > WIDE_LINE
    ):
        score -= 1.0
    if is_value_row(text):
        score -= 3.0
    return score


def without_file(title: str) -> str:
    """A title without the file that is attached to it."""
    return _FILE.sub("", title)


def is_contents_line(lines: Sequence[TextLine], index: int) -> bool:
    """A line of a table of contents: dots and a page, or a page number as on the entries beside it."""
    if _CONTENTS.search(lines[index].plain):
        return True
    if not _ENDS_IN_PAGE.search(lines[index].plain):
        return False
    beside = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    return bool(beside) and all(
        line.label is not None and _ENDS_IN_PAGE.search(line.plain) is not None for line in beside
    )


def title_end(lines: Sequence[TextLine], index: int, title: str) -> tuple[int, list[str]]:
    """The end of a title that begins on line ``index``, and the text of its further lines."""
    rest: list[str] = []
    end = index + 1
    while end < len(lines) and len(rest) < _MAX_FURTHER_LINES:
        line, before = lines[end], lines[end - 1]
        if line.label is not None and not (line.label.style is Style.BARE and not line.blank_before):
            break
        if line.is_row or before.ends_sentence or line.blanks_before > 1 or line.page != before.page:
            break
        same_capitals = title.isupper() and line.plain.isupper()
        if same_capitals and (line.blank_before or not _runs_on(before.plain, line.plain, before.width)):
            break
        same_bold = (
            lines[index].bold and line.bold and not line.blank_before and line.size == lines[index].size
        )
        wrapped = not line.blank_before and before.width >= WIDE_LINE * 0.9
        flows = line.starts_lower or line.plain[:1].isdigit() or line.plain[:1] in "–-(&"
        short_tail = line.width < WIDE_LINE and _ends_block(lines, end) and not line.ends_sentence
        if lines[index].bold and line.bold is False and lines[index].size is not None:
            break
        if not (same_capitals or (same_bold and (wrapped or flows)) or (wrapped and (flows or short_tail))):
            break
        rest.append(line.plain)
        end += 1
    return end, rest


def _runs_on(text: str, following: str, width: float) -> bool:
    """Whether capitals go on in the next line: the line is full, or a word that closes no title ends it."""
    if _CAPITAL_SUBHEADING.match(following):
        return False
    last, first = text.rsplit(maxsplit=1)[-1].casefold(), following.split(maxsplit=1)[0].casefold()
    return (
        width >= _CAPITALS_WIDTH
        or last in SMALL_WORDS
        or first in SMALL_WORDS
        or text.endswith(("-", "–", "&", ","))
    )


def _ends_block(lines: Sequence[TextLine], index: int) -> bool:
    return index + 1 >= len(lines) or lines[index + 1].blank_before or lines[index + 1].label is not None
