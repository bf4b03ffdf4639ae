"""Headings without numbers: sub-headings inside an item, sections of a paper that numbers none, closing sections.

Takes lines; gives which of them are headings. Emphasis (capitals, bold, Markdown) is trusted first; where a paper has
none, a short title-like line set apart from the text above it counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.structure.chains import Heading
from kb.structure.dates import first_date
from kb.structure.labels import Style
from kb.structure.lines import Spacing, TextLine, spacing_of
from kb.structure.rows import is_value_row
from kb.structure.signs import APPENDIX
from kb.structure.titles import SPEECH_VERB, USUAL_TITLE, WIDE_LINE, title_end, title_score

_BACK_MATTER = re.compile(
    r"^(?:background (?:documents|papers)|bibliography|source documents?|appendi(?:x|ces)|contact (?:officers?|details)"
    r"|date of (?:the )?next meeting)\b",
    re.IGNORECASE,
)
_NO_SECTION = re.compile(
    r"^(?:actions?"
    r"|(?:it was )?(?:unanimously )?(?:resolved|agreed|recommended|decided|noted)(?: unanimously)?(?: that| to)?"
    r"|draft|none|nil|chair(?:man|person|woman)?|page no"
    r"|(?:recorded )?votes?|for|against|abstain(?:ed|ing)?|abstentions?|signed|date"
    r"|(?:(?:elected|board|panel|committee|authority|council)?\s*"
    r"(?:members|councillors|officers|governors|directors|trustees)"
    r"|others|also|those)?\s*(?:present|attending|in attendance|attendees|attendance)"
    r"|(?:officers|observers|members|councillors|invited))\b[\s:.–-]*(?:\(\d{1,3}\))?[\s:.–-]*$"
    r"|^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|^(?:cllrs?|councillors?|mr|mrs|ms|miss|dr|sir|lady|rev)\b\.?\s+(?-i:[A-Z])[\w.’'-]*(?:\s+[\w.’'-]+){0,2}"
    r"(?:\s+[(–-].*)?$",
    re.IGNORECASE,
)
"""Votes, resolutions, signatures, days, attendance lists and the names in them."""
_OUTCOME = re.compile(
    r"^(?:the\s+)?(?:\w+\s+)?(?:motion|amendment|proposal|vote)s?\s+(?:(?:was|were)\s+)?(?:carried|lost|defeated|agreed|withdrawn"
    r"|fell)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^(?:to|from|date|time|venue|location|place|present|contact)\b.{0,30}:", re.IGNORECASE)
_NAMED_VALUE = re.compile(r"^\w[\w ()]{0,24}:\s+\S")
_REMARK = re.compile(r"(?<=\S)\s+\([^()]*\)$")
_LEAD_IN = re.compile(
    r"^(?:these|this|those|it|they|we|in|for|to|as|the following|such|including|with|at|on|by"
    r"|from|our|you|and|or|include)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
_COLON_WORDS = 5
_COLON_SCORE = 1.0
_ALONE_BONUS = 1.0
_INITIALS = re.compile(r"(?!AOB\b)[A-Z]{2,3}(?:\s*[/,&]\s*[A-Z]{2,3})*")
_REACH = 4
_HEADING_BLOCK = 15
_SHORT = 0.6
_TEXT_WORDS = 9
_MAX_WORDS = 14
_MAX_PLAIN_WORDS = 9
_MIN_LETTERS = 3
_MIN_SCORE = 1.4


def is_subheading(
    lines: Sequence[TextLine],
    index: int,
    *,
    emphatic_only: bool = False,
    in_heading_block: bool = False,
    parted: bool = False,
) -> bool:
    """Whether line ``index`` is a heading without a number: short, no full stop, emphasised or set apart.

    ``parted`` says that blank lines always part paragraphs.
    """
    line = lines[index]
    text = line.plain
    words = _REMARK.sub("", text).split()
    if (
        (line.label is not None and line.label.style is not Style.ROMAN_CAPITALS)
        or line.note is not None
        or line.is_row
        or not words
        or len(words) > _MAX_WORDS
        or not text[:1].isupper()
    ):
        return False
    if (
        text.endswith((".", ";", ","))
        or is_value_row(text)
        or sum(char.isalpha() for char in text) < _MIN_LETTERS
    ):
        return False
    if _OUTCOME.match(text) or _runs_in(lines, index) or is_margin_note(text) or _POSTCODE.fullmatch(text):
        return False
    if in_capitals(text) or line.bold or line.is_markdown_heading:
        return True
    return (
        not emphatic_only
        and len(words) <= _MAX_PLAIN_WORDS
        and _stands_apart(lines, index, in_heading_block=in_heading_block, parted=parted)
    )


def is_margin_note(text: str) -> bool:
    """Whether a line holds nothing but the initials of those who are to act, from a minute's margin."""
    return _INITIALS.fullmatch(text) is not None


def _runs_in(lines: Sequence[TextLine], index: int) -> bool:
    """A bold beginning of a paragraph: the full line goes on below in plain print of the same size."""
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or line.size is None or not line.bold or line.width < WIDE_LINE:
        return False
    return not after.bold and not after.blank_before and after.label is None and after.size == line.size


def _stands_apart(lines: Sequence[TextLine], index: int, *, in_heading_block: bool, parted: bool) -> bool:
    line = lines[index]
    text = line.plain
    after = lines[index + 1] if index + 1 < len(lines) else None
    before = lines[index - 1] if index else None
    if after is None or after.starts_lower or text.endswith("?") or line.size is not None:
        return False
    below_block = in_heading_block and before is not None and before.width < _SHORT and line.blank_before
    over_text = parted and line.blank_before and _is_text(after)
    closed = before is None or before.ends_sentence or below_block or over_text
    if _NAMED_VALUE.match(text):
        return False
    opens_list = after.label is not None and after.label.ordinal == 1
    usual = USUAL_TITLE.match(text) is not None
    narrow = after.width <= line.width and not usual and not over_text
    if not closed or not (line.blank_before or opens_list) or narrow:
        return False
    score = title_score(lines, index, text.rstrip(":")) + _leads_text(text, after)
    score += _ALONE_BONUS if over_text and after.blank_before and not SPEECH_VERB.search(text) else 0.0
    return score >= _MIN_SCORE


def _leads_text(text: str, after: TextLine) -> float:
    """What a colon adds to a short line over running text ("Update on works:"), and not over a list it opens."""
    heads = text.endswith(":") and len(text.split()) <= _COLON_WORDS and not _LEAD_IN.match(text)
    return (
        _COLON_SCORE
        if heads and after.label is None and after.width >= _SHORT and not after.plain.endswith(":")
        else 0.0
    )


def in_capitals(text: str) -> bool:
    """Whether a line is printed in capitals, but for a remark in brackets at its end."""
    return _REMARK.sub("", text).isupper()


def unnumbered_headings(lines: Sequence[TextLine]) -> list[Heading]:
    """Headings of a part that numbers nothing: emphatic lines with text below, or, without any, lines set apart.

    The heading block at the top of the part is its title and no section.
    """
    first_text = next((place for place, line in enumerate(lines) if _is_text(line)), len(lines))
    parted = spacing_of(lines) is Spacing.PARTED
    for emphatic_only in (True, False):
        marked = _marked(lines, emphatic_only=emphatic_only, parted=parted)
        titles = Counter(heading.title.casefold() for heading in marked)
        sections: list[Heading] = []
        for place, heading in enumerate(marked):
            end = marked[place + 1].start if place + 1 < len(marked) else len(lines)
            filled = end > heading.end if sections else _has_text(lines, heading.end, end)
            if (
                titles[heading.title.casefold()] == 1
                and filled
                and not _is_paper_title(lines, marked, place, first_text)
                and (emphatic_only or not _titles_appendix(lines, heading))
            ):
                sections.append(heading)
        if len(sections) > 1:
            return _without_paper_title(lines, sections)
    return []


def _without_paper_title(lines: Sequence[TextLine], sections: Sequence[Heading]) -> list[Heading]:
    """Sections whose first heading has lost the paper's title that ran into it.

    Sections of one paper are often called alike ("GATES OUT OF USE", "GATES UNDER REPAIR"): in a first heading of
    several lines, one that begins as a later heading does is the section, what stands above is the title.
    """
    first = sections[0]
    openings = {heading.title.split()[0] for heading in sections[1:]} - {"THE", "A", "UPDATE", "REPORT"}
    for place in range(first.start + 1, first.end):
        if lines[place].plain.split()[0] in openings and lines[place].plain.isupper():
            title = " ".join(line.plain for line in lines[place : first.end]).strip(": ")
            spans = tuple(line.span for line in lines[place : first.end])
            return [replace(first, title=title, start=place, spans=spans), *sections[1:]]
    return list(sections)


def _marked(lines: Sequence[TextLine], *, emphatic_only: bool, parted: bool) -> list[Heading]:
    marked: list[Heading] = []
    index = 0
    while index < len(lines) - 1:
        line = lines[index]
        dated = first_date(line.plain) is not None and len(line.plain.split()) <= _TEXT_WORDS
        headed = is_subheading(
            lines,
            index,
            emphatic_only=emphatic_only,
            in_heading_block=index < _HEADING_BLOCK,
            parted=parted,
        )
        if dated or _NO_SECTION.match(line.plain) or APPENDIX.match(line.plain) or not headed:
            index += 1
            continue
        end, rest = title_end(lines, index, line.plain)
        title = " ".join([line.plain, *rest]).strip(": ")
        spans = tuple(lines[place].span for place in range(index, end))
        marked.append(Heading(number=None, title=title, start=index, end=end, spans=spans))
        index = end
    return marked


def _has_text(lines: Sequence[TextLine], start: int, end: int) -> bool:
    """Whether running text or a list stands under a heading; over fields, rows or other headings it is a title."""
    if start < end and (_FIELD.match(lines[start].plain) or lines[start].is_row):
        return False
    return any(
        _is_text(line) or line.label is not None or line.starts_lower
        for line in lines[start : min(end, start + _REACH)]
    )


def _is_paper_title(
    lines: Sequence[TextLine], marked: Sequence[Heading], place: int, first_text: int
) -> bool:
    """The paper's own title: the first heading, with at most headings and short lines above."""
    heading = marked[place]
    if first_text < heading.start:
        return False
    dated = heading.end < len(lines) and first_date(lines[heading.end].plain) is not None
    if dated and len(lines[heading.end].plain.split()) <= _TEXT_WORDS:
        return True
    if place == 0 and heading.start == 0:
        return True
    later = [lines[other.start] for other in marked[place + 1 :]]
    first = lines[heading.start]
    if first.size is None or not later:
        return False
    sizes = [line.size for line in later if line.size is not None]
    return bool(sizes) and first.size > max(sizes)


def _titles_appendix(lines: Sequence[TextLine], heading: Heading) -> bool:
    """The line under "APPENDIX B" is the appendix's own title."""
    return heading.start > 0 and APPENDIX.match(lines[heading.start - 1].plain) is not None


def _is_text(line: TextLine) -> bool:
    return len(line.plain.split()) > _TEXT_WORDS or line.ends_sentence


def back_matter(lines: Sequence[TextLine], numbered: Sequence[Heading]) -> list[Heading]:
    """Unnumbered closing sections of a report ("BACKGROUND DOCUMENTS"), which belong to no numbered section."""
    taken = {place for heading in numbered for place in range(heading.start, heading.end)}
    last = max(heading.start for heading in numbered)
    return [
        Heading(number=None, title=line.plain.strip(": "), start=index, end=index + 1, spans=(line.span,))
        for index, line in enumerate(lines)
        if index > last
        and index not in taken
        and line.label is None
        and not line.is_row
        and _BACK_MATTER.match(line.plain)
        and (line.plain.isupper() or line.bold)
    ]
