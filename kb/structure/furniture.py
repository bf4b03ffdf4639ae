"""Page furniture: what a sheet carries besides its text.

Page numbers, running headers and footers, protective markings, "This page is intentionally left blank", logos set as
single letters, stray marks. Takes a `Source`, gives the indexes of its furniture lines; nothing is thrown away, the
outline remembers the spans.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from kb.records import Line, Source
from kb.structure.bodies import read_body

_FIXED = re.compile(
    r"""(?xi)^\W*(?:
        (?:this\ )?page\ (?:is\ |has\ been\ )?(?:intentionally|deliberately)\ (?:left\ )?blank
      | (?:not\ protectively\ marked|official(?:[\ -]+sensitive)?|restricted|unclassified|protect|confidential)
      | page\ \d{1,4}(?:\ (?:of|/)\ \d{1,4})?
      | \d{1,4}\ (?:of|/)\ \d{1,4}
      | x{3,}
    )\W*$"""
)
_NUMBER = re.compile(r"^\W*\d{1,4}\W*$")
_LOGO = re.compile(r"^(?:[A-Za-z]\s+){1,3}[A-Za-z]$")
_AGENDA_RUNNER = re.compile(r"^.{4,70}\bAgenda Item:?\s*(?:No\.?)?\s*\d{1,2}(?:\.\d)?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")

_MARGIN_SHARE = 0.085
"""Share of a page's height at its top and bottom where running headers and footers stand."""
_MIN_REPEATS = 3
_EDGE_LINES = 3
_NUMBER_BLANKS = 2
"""Blank lines beside a number in plain text that make it a page number, not the value of a table."""


def find_furniture(source: Source) -> set[int]:
    """Indexes into ``source.lines`` of the lines that are furniture."""
    visible = [index for index, line in enumerate(source.lines) if line.text.strip()]
    found = {index for index in visible if _is_fixed(source.lines[index].text.strip())}
    if source.pages and any(line.box for line in source.lines):
        found |= _by_position(source)
    if source.pages:
        found |= _page_edges(source, visible)
    else:
        found |= _numbers_in_text(source, visible)
        found |= _footers_in_text(source, visible)
    return found


def _is_fixed(text: str) -> bool:
    plain = text.strip("*_ \t")
    if not any(char.isalnum() for char in plain):
        return True
    return _FIXED.match(plain) is not None or (_LOGO.match(plain) is not None and not plain.islower())


def _mask(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()).casefold())


def _by_position(source: Source) -> set[int]:
    """Lines in the margins of a page that repeat on other pages, or are just a number."""
    bottoms: dict[int, float] = defaultdict(float)
    for line in source.lines:
        if line.box and line.page is not None:
            bottoms[line.page] = max(bottoms[line.page], line.box.bottom)
    height = max(bottoms.values(), default=0.0)
    candidates: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(source.lines):
        if line.box is None or line.page is None or not line.text.strip():
            continue
        in_margin = line.box.bottom < height * _MARGIN_SHARE or line.box.top > height * (1 - _MARGIN_SHARE)
        if in_margin and "\t" not in line.text:
            candidates[_mask(line.text)].append(index)
    found: set[int] = set()
    for mask, indexes in candidates.items():
        pages = {source.lines[index].page for index in indexes}
        if _NUMBER.match(mask.replace("#", "1")) or len(pages) >= _MIN_REPEATS:
            found.update(indexes)
    return found


def _page_edges(source: Source, visible: list[int]) -> set[int]:
    """First and last lines of pages: numbers, and what repeats on at least three pages in the same place."""
    first: dict[int, list[int]] = defaultdict(list)
    last: dict[int, list[int]] = defaultdict(list)
    for index in visible:
        page = source.lines[index].page
        if page is not None:
            first[page].append(index)
    for page, indexes in first.items():
        last[page] = indexes[::-1][:_EDGE_LINES]
        first[page] = indexes[:_EDGE_LINES]
    found: set[int] = set()
    for edge in (first, last):
        counts = Counter(
            _mask(source.lines[index].text) for indexes in edge.values() for index in indexes[:2]
        )
        for indexes in edge.values():
            for index in indexes:
                text = source.lines[index].text.strip()
                if _NUMBER.match(text) or (
                    counts[_mask(text)] >= _MIN_REPEATS and not _opens_a_paper(source, index)
                ):
                    found.add(index)
                else:
                    break
    return found


def _opens_a_paper(source: Source, index: int) -> bool:
    """Whether the line begins a report's heading block: the body's name before "Agenda Item No. 6"."""
    near = [line.text for line in source.lines[index : index + 9]]
    return any(
        re.search(r"agenda item|public report|report of|minutes of", text, re.IGNORECASE) for text in near
    )


def _numbers_in_text(source: Source, visible: list[int]) -> set[int]:
    """Numbers alone on a line, set off by more white space than anything in running text."""
    found: set[int] = set()
    for place, index in enumerate(visible):
        text = source.lines[index].text
        if not _NUMBER.match(text.strip()) or _has_label_dot(text):
            continue
        before = index - (visible[place - 1] if place else -_NUMBER_BLANKS) - 1
        after = (
            (visible[place + 1] if place + 1 < len(visible) else len(source.lines) + _NUMBER_BLANKS)
            - index
            - 1
        )
        next_line = source.lines[visible[place + 1]].text if place + 1 < len(visible) else ""
        if before >= _NUMBER_BLANKS or after >= _NUMBER_BLANKS:
            found.add(index)
        elif _starts_page(text) or (_starts_page(next_line) and before + after == 0):
            found.add(index)
    return found


def _has_label_dot(text: str) -> bool:
    return text.strip().endswith((".", ")"))


def _starts_page(text: str) -> bool:
    return text[:1] == " " and text[1:2].strip() != ""


def _footers_in_text(source: Source, visible: list[int]) -> set[int]:
    """Lines that stand again and again right before a page's first line; running "... Agenda Item 5.0" lines."""
    last_lines: Counter[str] = Counter()
    spots: dict[str, list[int]] = defaultdict(list)
    for place, index in enumerate(visible[:-1]):
        following: Line = source.lines[visible[place + 1]]
        if _starts_page(following.text):
            for back in (place, place - 1):
                if back >= 0:
                    mask = _mask(source.lines[visible[back]].text)
                    last_lines[mask] += 1
                    spots[mask].append(visible[back])
    found = {
        index
        for mask, count in last_lines.items()
        if count >= _MIN_REPEATS and _could_be_footer(mask)
        for index in spots[mask]
        if not _opens_a_paper(source, index)
    }
    found |= {
        index
        for index in visible
        if _AGENDA_RUNNER.match(source.lines[index].text.strip()) and not _opens_a_report(source, index)
    }
    return found


def _could_be_footer(mask: str) -> bool:
    """Words with a number or a body's name, as footers have; not a label, a sentence or a list's opening."""
    words = any(len(word) > 2 and word.isalpha() for word in mask.split())
    return words and ("#" in mask or read_body(mask.title()) is not None) and not mask.endswith((".", ":"))


def _opens_a_report(source: Source, index: int) -> bool:
    near = [line.text for line in source.lines[index + 1 : index + 9]]
    return any(re.search(r"public report|report of|contact officer", text, re.IGNORECASE) for text in near)
