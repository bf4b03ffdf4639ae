"""Page furniture: what a sheet carries besides its text.

Page numbers, running headers and footers, protective markings, "This page is intentionally left blank", logos set as
single letters, stray marks. Takes a `Source`, gives the indexes of its furniture lines; nothing is thrown away, the
outline remembers the spans. Refuses to take away printed labels ("10." at the top of a page) and the first lines of a
paper's heading block, even where they read like the running header.

Three kinds of source need three kinds of evidence: lines with boxes are judged by where they stand on the sheet
(`kb.structure.margins`), pages without boxes by their first and last lines, and text without pages by white space and
repetition.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from kb.records import Line, Source
from kb.structure.bodies import read_body
from kb.structure.labels import read_label
from kb.structure.margins import in_margins, mask, opens_a_paper, reads_as_page_number
from kb.structure.rows import is_column_heads
from kb.structure.titles import USUAL_TITLE

_FIXED = re.compile(
    r"""(?xi)^\W*(?:
        (?:this\ )?page\ (?:is\ |has\ been\ )?(?:intentionally|deliberately)\ (?:left\ )?blank
      | (?:not\ protectively\ marked|official(?:[\ -]+sensitive)?|restricted|unclassified|protect|confidential)
      | share\ this\ item
      | x{3,}
    )\W*$"""
)
_PAGE_OF = re.compile(
    r"(?i)^\W*(?:(?:\S.{0,50}?(?:\s{2,}|\s[|–-]\s))?page\ \d{1,4}(?:\ (?:of|/)\ \d{1,4})"
    r"|page\ \d{1,4}|\d{1,4}\ (?:of|/)\ \d{1,4})\W*$"
)
_COUNTED_PAGE = re.compile(r"(?i)^\W*page\s*(\d{1,4})\s*(?:of|/)\s*(\d{1,4})\W*$")
"""Wherever it stands on its sheet: footers that were typed into the text follow its last line."""
_LOGO = re.compile(r"^(?:[A-Za-z]\s+){1,3}[A-Za-z]$")
_AGENDA_RUNNER = re.compile(r"^.{4,70}\bAgenda Item:?\s*(?:No\.?)?\s*\d{1,2}(?:\.\d)?$", re.IGNORECASE)
_REPORT_HEAD = re.compile(r"public report|report of|contact officer", re.IGNORECASE)

_FENCE = "---"
_NAME_OR_MEMBER = re.compile(r"[\w-]+:(?:\s|$)|\s*-\s|\s+\S")
_MOST_MATTER = 40
_OPEN_END = re.compile(r"(?:,|\b(?:and|of|the|to|with|a|an|by|for|in|or|that))$")
_SPLIT_WORDS = 4
_WORD_LETTERS = 3
_FIGURES = re.compile(r"\d+")
_MISSING_PAGES = 4
_PAGE_AFTER = 10
"""A number of two figures that is one more than the last page's is the next page's; smaller ones may be figures."""
_MIN_REPEATS = 3
_EDGE_LINES = 3
_HEAD_REACH = 9
_NUMBER_BLANKS = 2
"""Blank lines beside a number in plain text that make it a page number, not the value of a table."""


def find_furniture(source: Source) -> set[int]:
    """Indexes into ``source.lines`` of the lines that are furniture."""
    visible = [index for index, line in enumerate(source.lines) if line.text.strip()]
    has_boxes = any(line.box for line in source.lines)
    found = {index for index in visible if _is_fixed(source.lines[index].text.strip())}
    if has_boxes:
        return found | in_margins(source)
    found |= _front_matter(source, visible)
    found |= {index for index in visible if _PAGE_OF.match(source.lines[index].text.strip("*_ \t\n"))}
    if source.pages:
        return found | _page_edges(source, visible)
    return found | _numbers_in_text(source, visible) | _footers_in_text(source, visible)


def _front_matter(source: Source, visible: Sequence[int]) -> set[int]:
    """What a website's program writes over a page in Markdown: names and values between two rows of hyphens."""
    if not visible or source.lines[visible[0]].text.strip() != _FENCE:
        return set()
    end = next((i for i in visible[1:_MOST_MATTER] if source.lines[i].text.strip() == _FENCE), None)
    inside = [index for index in visible[1:] if end is not None and index < end]
    if not inside or not all(_NAME_OR_MEMBER.match(source.lines[index].text) for index in inside):
        return set()
    return set(inside)


def _is_fixed(text: str) -> bool:
    plain = text.strip("*_ \t")
    if not any(char.isalnum() for char in plain):
        return True
    if counted := _COUNTED_PAGE.match(plain):
        return 1 <= int(counted[1]) <= int(counted[2])
    return _FIXED.match(plain) is not None or (_LOGO.match(plain) is not None and not plain.islower())


def _page_edges(source: Source, visible: Sequence[int]) -> set[int]:
    """First and last lines of pages: numbers, and what repeats on at least three pages in the same place."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for index in visible:
        page = source.lines[index].page
        if page is not None:
            by_page[page].append(index)
    found: set[int] = set()
    for edges in (
        [indexes[:_EDGE_LINES] for indexes in by_page.values()],
        [indexes[::-1][:_EDGE_LINES] for indexes in by_page.values()],
    ):
        counts = Counter(mask(source.lines[index].text) for indexes in edges for index in indexes[:2])
        for indexes in edges:
            for index in indexes:
                text = source.lines[index].text.strip()
                repeated = counts[mask(text)] >= _MIN_REPEATS and not opens_a_paper(source.lines, index)
                if not (reads_as_page_number(text) or repeated or index in found):
                    break
                found.add(index)
    return found


def _numbers_in_text(source: Source, visible: Sequence[int]) -> set[int]:
    """Numbers alone on a line, set off by more white space than anything in running text."""
    found: set[int] = set()
    alone: list[int] = []
    for place, index in enumerate(visible):
        text = source.lines[index].text
        if not reads_as_page_number(text.strip()):
            continue
        last = place + 1 == len(visible)
        before = index - (visible[place - 1] if place else -_NUMBER_BLANKS) - 1
        after = (len(source.lines) + _NUMBER_BLANKS if last else visible[place + 1]) - index - 1
        next_line = "" if last else source.lines[visible[place + 1]].text
        if "/" in text and (next_line.isupper() or USUAL_TITLE.match(next_line.strip())):
            continue  # an item's number above its title
        alone.append(index)
        opens = _starts_page(text) or (_starts_page(next_line) and before + after == 0)
        splits = (
            min(before, after) > 0 and place and _is_split(source.lines[visible[place - 1]].text, next_line)
        )
        if before >= _NUMBER_BLANKS or after >= _NUMBER_BLANKS or opens or splits:
            found.add(index)
    return found | _between_pages(source, alone, found)


def _between_pages(source: Source, alone: Sequence[int], found: AbstractSet[int]) -> set[int]:
    """Numbers alone on a line that count on from the page number before and up to the one after."""
    values = {index: int(match[0]) for index in alone if (match := _FIGURES.search(source.lines[index].text))}
    between: set[int] = set()
    last: int | None = None
    following = dict(zip(alone, _next_found(alone, found), strict=True))
    for index in alone:
        if index in found:
            last = values[index]
            continue
        after = following[index]
        if last is None:
            continue
        between_pages = after is not None and last < values[index] < values[after] <= last + _MISSING_PAGES
        if between_pages or values[index] == last + 1 >= _PAGE_AFTER:
            between.add(index)
            last = values[index]
    return between


def _next_found(alone: Sequence[int], found: AbstractSet[int]) -> list[int | None]:
    result: list[int | None] = []
    after: int | None = None
    for index in reversed(alone):
        result.append(after)
        after = index if index in found else after
    return result[::-1]


def _is_split(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the other."""
    return _OPEN_END.search(before.strip()) is not None or (
        after.strip()[:1].islower() and before.strip()[-1:].isalpha() and len(before.split()) > _SPLIT_WORDS
    )


def _starts_page(text: str) -> bool:
    return text[:1] == " " and text[1:2].strip() != ""


def _footers_in_text(source: Source, visible: Sequence[int]) -> set[int]:
    """Lines that stand again and again right before a page's first line; running "... Agenda Item 5.0" lines."""
    spots: dict[str, list[int]] = defaultdict(list)
    for place, index in enumerate(visible[:-1]):
        following: Line = source.lines[visible[place + 1]]
        if _starts_page(following.text):
            for back in (index, visible[place - 1]) if place else (index,):
                spots[mask(source.lines[back].text)].append(back)
    found = {
        index
        for masked, indexes in spots.items()
        if len(indexes) >= _MIN_REPEATS
        and _could_be_footer(masked, source.lines[indexes[0]].text.strip())
        and read_label(source.lines[indexes[0]].text.strip()) is None
        for index in indexes
        if not opens_a_paper(source.lines, index)
    }
    found |= {
        index
        for index in visible
        if _AGENDA_RUNNER.match(source.lines[index].text.strip()) and not _opens_a_report(source, index)
    }
    return found


def _could_be_footer(masked: str, text: str) -> bool:
    """Words with a number or a body's name, as footers have; not a label, a sentence or a list's opening."""
    words = any(len(word) >= _WORD_LETTERS and word.isalpha() for word in masked.split())
    if is_column_heads(text):
        return False
    return words and ("#" in masked or read_body(masked) is not None) and not masked.endswith((".", ":"))


def _opens_a_report(source: Source, index: int) -> bool:
    return any(_REPORT_HEAD.search(line.text) for line in source.lines[index + 1 : index + _HEAD_REACH])
