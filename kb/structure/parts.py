"""Where one paper ends and the next begins inside a file.

A pack holds an agenda, minutes of an earlier meeting, reports, letters, appendices. Each announces itself by a
heading block. `find_parts` takes the lines of a file and gives line ranges with their kinds: it asks
`kb.structure.announcements` which lines announce a paper, walks up to the first line of each heading block, and
settles which of several announcements in one block counts. What stands inside a part is read by
`kb.structure.items`, its body, date and title by `kb.structure.headings`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import PartKind
from kb.structure.actiontables import is_followed_by_items
from kb.structure.announcements import announced_kind, guess_kind
from kb.structure.bodies import read_body
from kb.structure.dates import first_date
from kb.structure.labels import ITEM_STYLES
from kb.structure.lines import TextLine
from kb.structure.signs import AGENDA_ITEM, APPENDIX, TO, YOURS

_HEADING_FIELD = re.compile(r"^(?:date|time|venue|contact|held)\b", re.IGNORECASE)

_ADDRESS_LINES = 30
_ADDRESS_WORDS = 12
_BLOCK_GAP = 2
_COVER_LINES = 30
_MAX_HEADING_LINES = 8
_MAX_HEADING_CHARS = 160
_MARKING_WORDS = 5
_DATE_CHARS = 60
_TITLE_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRange:
    """Lines ``start`` to ``end`` (exclusive) are one part of the given kind."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """An announced paper: the first line of its heading block, the line that announces it, and its kind."""

    start: int
    announced: int
    kind: PartKind
    tops_a_block: bool


def find_parts(lines: Sequence[TextLine]) -> list[PartRange]:
    """Cut ``lines`` into parts; every line is in exactly one range."""
    if not lines:
        return []
    starts = _without_inner_tables(
        lines, _settle(lines, sorted(_starts(lines), key=lambda found: (found.start, found.announced)))
    )
    if starts and starts[0][1] is PartKind.AGENDA and starts[0][0] <= _COVER_LINES:
        starts[0] = (0, PartKind.AGENDA)
    if not starts or starts[0][0] > 0:
        starts = _with_opening(lines, starts)
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return [
        PartRange(kind=kind, start=start, end=end)
        for (start, kind), end in zip(starts, ends, strict=True)
        if end > start
    ]


def _with_opening(
    lines: Sequence[TextLine], starts: list[tuple[int, PartKind]]
) -> list[tuple[int, PartKind]]:
    """What stands before the first announced paper: a paper of its own, or just the top of the first one's page."""
    opening = lines[: starts[0][0]] if starts else lines
    if starts and len(opening) <= _MAX_HEADING_LINES and not any(line.ends_sentence for line in opening):
        return [(0, starts[0][1]), *starts[1:]]
    return [(0, guess_kind(opening)), *starts]


def _starts(lines: Sequence[TextLine]) -> list[_Found]:
    found: list[_Found] = []
    for index, line in enumerate(lines):
        if len(line.plain) > _MAX_HEADING_CHARS:
            continue
        kind = announced_kind(lines, index)
        if kind is not None:
            start = _block_start(lines, index, kind)
            found.append(_Found(start, index, kind, _tops_a_block(lines, start)))
    return found


def _block_start(lines: Sequence[TextLine], index: int, kind: PartKind) -> int:
    """The first line of the heading block that ``lines[index]`` belongs to."""
    if kind is PartKind.ACTION_TABLE:
        return index
    if kind is PartKind.LETTER:
        return _letter_head(lines, index)
    start = index
    memo = kind is PartKind.REPORT and TO.match(lines[index].plain) is not None
    for back in range(1, _MAX_HEADING_LINES + 1):
        place = index - back
        if place < 0 or not (_is_marking if memo else _belongs_to_heading)(lines[place]):
            break
        if _tops_a_block(lines, start) and not _is_marking(lines[place]):
            break
        if lines[start].page != lines[place].page:
            break
        start = place
        if lines[place].page is not None and lines[place].page_start:
            break
    return start


def _tops_a_block(lines: Sequence[TextLine], place: int) -> bool:
    """The body's name heads a block; over it stand at most markings, or the first half of a long name."""
    text = lines[place].plain.split("\t")[0]
    following = lines[place + 1].plain if place + 1 < len(lines) else ""
    if read_body(text) is None and (not text.isupper() or read_body(f"{text} {following}") is None):
        return False
    if place == 0 or read_body(lines[place - 1].plain) is not None:
        return True
    return read_body(f"{lines[place - 1].plain} {text}") is None


def _is_marking(line: TextLine) -> bool:
    text = line.plain
    return APPENDIX.match(text) is not None or (
        AGENDA_ITEM.match(text) is not None and len(text.split()) <= _MARKING_WORDS
    )


def _belongs_to_heading(line: TextLine) -> bool:
    text = line.plain
    if line.label is not None or len(text) > _MAX_HEADING_CHARS or text.endswith((".", ";", ",")):
        return False
    return (
        text.isupper()
        or line.bold
        or line.is_markdown_heading
        or read_body(text) is not None
        or APPENDIX.match(text) is not None
        or AGENDA_ITEM.match(text) is not None
        or _HEADING_FIELD.match(text) is not None
        or (first_date(text) is not None and len(text) < _DATE_CHARS)
        or (len(text.split()) <= _TITLE_WORDS and text[:1].isupper() and line.page_start)
    )


def _letter_head(lines: Sequence[TextLine], index: int) -> int:
    """The first line of a letter: up over addresses and date to the top of its page."""
    start = index
    seen_page_start = False
    for place in range(index - 1, max(-1, index - _ADDRESS_LINES), -1):
        line = lines[place]
        if (
            line.page != lines[index].page
            or len(line.plain.split()) > _ADDRESS_WORDS
            or YOURS.match(line.plain)
        ):
            break
        if seen_page_start and not line.page_start and line.page is None:
            break
        seen_page_start = seen_page_start or line.page_start
        start = place
    return start


def _settle(lines: Sequence[TextLine], found: Sequence[_Found]) -> list[tuple[int, PartKind]]:
    """Keep one start per heading block: the more telling kind wins; a running repetition of a kind is no new part."""
    settled: list[tuple[int, PartKind]] = []
    last_announced = -1
    for here in found:
        if settled:
            last_start, last_kind = settled[-1]
            same_kind = here.kind is last_kind
            gap = _MAX_HEADING_LINES if same_kind else 0 if here.tops_a_block else _BLOCK_GAP
            same_block = here.start <= last_announced or (
                here.start - last_announced <= gap and not _lists_business(lines[last_announced : here.start])
            )
            if same_block and PartKind.ACTION_TABLE not in {here.kind, last_kind}:
                if _RANK[here.kind] > _RANK[last_kind]:
                    settled[-1] = (last_start, here.kind)
                last_announced = here.announced
                continue
            if same_kind and here.kind in _RUNNING:
                continue
        settled.append((here.start, here.kind))
        last_announced = here.announced
    return settled


def _lists_business(lines: Sequence[TextLine]) -> bool:
    """Whether items stand between two headings, so that the second heads a paper of its own: two agendas on a sheet."""
    numbers = [
        line.label.value for line in lines if line.label is not None and line.label.style in ITEM_STYLES
    ]
    return numbers[:2] == ["1", "2"]


def _without_inner_tables(
    lines: Sequence[TextLine], starts: Sequence[tuple[int, PartKind]]
) -> list[tuple[int, PartKind]]:
    """Drop action tables after which the minutes go on: they are tables of single items."""
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    return [
        (start, kind)
        for (start, kind), end in zip(starts, ends, strict=False)
        if kind is not PartKind.ACTION_TABLE or not is_followed_by_items(lines, start, end)
    ]


_RUNNING = frozenset(
    {
        PartKind.ACTION_TABLE,
        PartKind.AGENDA_PLAN,
        PartKind.DASHBOARD,
        PartKind.DELIVERY_PLAN,
        PartKind.DECISION,
    }
)
_RANK = {
    PartKind.MINUTES: 12,
    PartKind.AGENDA_PLAN: 11,
    PartKind.LETTER: 10,
    PartKind.DECISION: 9,
    PartKind.SLIDES: 8,
    PartKind.DELIVERY_PLAN: 7,
    PartKind.DASHBOARD: 6,
    PartKind.APPENDIX: 5,
    PartKind.REPORT: 4,
    PartKind.AGENDA: 3,
    PartKind.ACTION_TABLE: 2,
    PartKind.OTHER: 1,
}
