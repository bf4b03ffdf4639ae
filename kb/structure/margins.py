"""Running headers, footers and page numbers of pages whose lines have boxes.

Takes a `Source` with boxes; gives the indexes of the lines that stand in a margin and are page numbers, or that
repeat in the same place on other sheets, or that head a sheet in print smaller than the text. Also what all
furniture rules share: masking figures, reading a page number, knowing the first line of a paper.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence

from kb.records import Line, Source
from kb.structure.bodies import read_body

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"^[\W_]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*$", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(
    r"(?:^|\s)(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*$|^\W*(\d{1,4})\s", re.IGNORECASE
)
_OPENS = re.compile(
    r"agenda\s+item|public report|report of|minutes\b|^\W*(?:\w+\s+)?agenda\W*$|record of decision|decision record"
    r"|meeting dates|agenda plan|forward plan|^to\s*:|^date\s*:",
    re.IGNORECASE,
)

_MARGIN_SHARE = 0.1
"""Share of a page's height at its top and bottom where running headers and footers stand."""
_MOST_PRINTED = 0.8
"""Share of a sheet's height that footers stand below."""
_SMALL_PRINT = 0.9
"""Print smaller than this share of the text's is small."""
_SAME_HEIGHT = 4.0
"""Points by which a running line may move from page to page."""
_MAX_WORDS = 22
_FEW_PAGES = 3
_HEAD_REACH = 9


def mask(text: str) -> str:
    """``text`` with figures replaced, so that "Page 3" and "Page 4" are the same."""
    return _DIGITS.sub("#", " ".join(text.split()))


def reads_as_page_number(text: str) -> bool:
    """A number alone, perhaps between dashes or as "Page 3 of 9"; not a printed label ("10.", "4)", "39/20")."""
    if _NUMBER.match(text) is None or text.rstrip().endswith((".", ")")):
        return False
    numbers = [int(each) for each in _DIGITS.findall(text)]
    return len(numbers) == 1 or numbers[0] <= numbers[1]


def opens_a_paper(lines: Sequence[Line], index: int) -> bool:
    """Whether the line is the body's name at the head of a paper ("... PANEL", then "Agenda Item No. 6")."""
    text = " ".join(lines[index].text.split())
    following = [" ".join(line.text.split()) for line in lines[index + 1 : index + _HEAD_REACH]]
    if any(char.isdigit() for char in text) or " - " in text or " – " in text:
        return False
    if read_body(text) is None and not any(read_body(f"{text} {after}") for after in following[:2]):
        return False
    if any(after.casefold() == text.casefold() for after in following):
        return False
    return any(_OPENS.search(after) for after in following)


def in_margins(source: Source) -> set[int]:
    """Indexes of the running lines and page numbers in the margins of pages with boxes."""
    height = _sheet_height(source)
    usual = _usual_size(source.lines)
    heads: dict[int, list[int]] = defaultdict(list)
    feet: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(source.lines):
        if line.box is None or line.page is None or not line.text.strip():
            continue
        if line.box.bottom < height * _MARGIN_SHARE:
            heads[line.page].append(index)
        elif line.box.top > height * (1 - _MARGIN_SHARE):
            feet[line.page].append(index)
    places = _places(
        source.lines, [index for edge in (heads, feet) for indexes in edge.values() for index in indexes]
    )
    found: set[int] = set()
    for edge, outermost_first in ((heads, 1), (feet, -1)):
        for page, indexes in edge.items():
            for index in indexes[::outermost_first]:
                line = source.lines[index]
                if not _is_running(source, index, page, places, usual, at_head=edge is heads):
                    if "\t" in line.text or not _is_small(line, usual):
                        break
                    continue
                found.add(index)
    return found


def _sheet_height(source: Source) -> float:
    """How far down sheets are printed, or, where that is little (a note of half a page), the height of the sheets."""
    printed = max((line.box.bottom for line in source.lines if line.box), default=0.0)
    sheets = max((page.height for page in source.pages if page.height is not None), default=printed)
    return printed if printed > sheets * _MOST_PRINTED else sheets


def _is_running(
    source: Source,
    index: int,
    page: int,
    places: dict[str, list[tuple[int, float]]],
    usual: float,
    *,
    at_head: bool,
) -> bool:
    line = source.lines[index]
    text = line.text.strip()
    if reads_as_page_number(text):
        return True
    if len(text.split()) > _MAX_WORDS or opens_a_paper(source.lines, index) or line.box is None:
        return False
    if "\t" in text and not _counts_the_page(text, page):
        return False
    elsewhere = {
        other
        for other, top in places[mask(text)]
        if other != page and abs(top - line.box.top) <= _SAME_HEIGHT
    }
    if elsewhere and (len(elsewhere) > 1 or _is_small(line, usual) or len(source.pages) <= _FEW_PAGES):
        return True
    if not _is_small(line, usual):
        return False
    return at_head or _counts_the_page(text, page)


def _counts_the_page(text: str, page: int) -> bool:
    match = _ENDS_IN_NUMBER.search(text)
    return match is not None and int(match[1] or match[2]) in {page, page - 1}


def _places(lines: Sequence[Line], indexes: Sequence[int]) -> dict[str, list[tuple[int, float]]]:
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for index in indexes:
        line = lines[index]
        if line.box is not None and line.page is not None:
            places[mask(line.text)].append((line.page, line.box.top))
    return places


def _is_small(line: Line, usual: float) -> bool:
    return line.size is not None and line.size < usual * _SMALL_PRINT


def _usual_size(lines: Sequence[Line]) -> float:
    """The size of most lines of text; lines count, so that long headings do not."""
    sizes = [
        line.size for line in lines if line.size is not None and "\t" not in line.text and line.text.strip()
    ]
    return statistics.median(sizes) if sizes else 0.0
