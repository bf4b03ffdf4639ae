"""The best chain of consecutive numbers among candidate headings.

The number of a heading alone proves nothing: minutes number items ("9. Annual Report") and paragraphs ("1. Councillor
Sharp asked") alike. So every numbered line that could be a title is scored for how much it looks like one, and the
chain of rising numbers with the best total is chosen: a longest weighted path, found in one pass over the
candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.records import Span
from kb.structure.labels import Label, Style
from kb.structure.lines import TextLine

MIN_CHAIN_SCORE = 2.0
_MAX_STEP = 4
_GAP_COST = 0.9
_STEP_BONUS = 0.4
_INDENT_COST = 1.5
_SAME_INDENT = 14.0
"""Points; "9." and "10." may be set flush right."""
_OWN_FAMILIES = frozenset({Style.TRIPLE, Style.LONG, Style.NAMED, Style.ROMAN_CAPITALS, Style.PAREN})
_MIN_MEMBERS = {Style.ROMAN_CAPITALS.value: 3, Style.LONG.value: 4}
_MAY_BE_ALONE = frozenset({"number", Style.NAMED.value})
_FIRST_BONUS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of an item: lines ``start`` to ``end`` (exclusive) plus ``extra`` lines elsewhere that belong to it.

    ``start`` is where the item's lines begin; with a title that stands apart from its number, ``extra`` holds the
    indexes of the title's lines. ``tail`` is the end of the heading's line where text runs on after the title.
    """

    number: str | None
    title: str
    start: int
    end: int
    spans: tuple[Span, ...]
    extra: frozenset[int] = field(default_factory=frozenset)
    tail: TextLine | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A numbered line that may head an item; ``family`` is its number's style, ``score`` how like a title."""

    index: int
    ordinal: int
    family: str
    score: float
    heading: Heading
    left: float | None = None


def family(label: Label) -> str:
    """The family of a label: numbers that are counted together (a slashed one by each reading)."""
    if label.style in {Style.SLASH, Style.DECIMAL}:
        return f"{label.style.value} {label.parent}"
    return label.style.value if label.style in _OWN_FAMILIES else "number"


def readings(candidate: Candidate, line: TextLine) -> list[Candidate]:
    """The candidate once for each number of its line's label that may be the one that rises."""
    found = line.label.readings() if line.label is not None else ()
    return [replace(candidate, ordinal=each.ordinal, family=family(each), left=line.left) for each in found]


def best_chain(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The chain of rising numbers with the best total score; gaps cost, so does a start in the middle of nowhere.

    Args:
        candidates: In reading order.

    Returns:
        Members of one family in order; nothing if no chain convinces. Time is linear in the number of candidates.
    """
    totals: list[float] = []
    came: list[int | None] = []
    best_end: dict[tuple[str, int], int] = {}
    for place, candidate in enumerate(candidates):
        total, link = candidate.score + (_FIRST_BONUS if candidate.ordinal == 1 else 0.0), None
        for step in range(1, _MAX_STEP + 1):
            earlier = best_end.get((candidate.family, candidate.ordinal - step))
            if earlier is None or _overlap(candidates[earlier], candidate):
                continue
            reached = totals[earlier] + candidate.score + (_STEP_BONUS if step == 1 else -_GAP_COST * step)
            reached -= _INDENT_COST if _is_indented(candidates[earlier], candidate) else 0.0
            if reached > total:
                total, link = reached, earlier
        totals.append(total)
        came.append(link)
        key = (candidate.family, candidate.ordinal)
        if key not in best_end or total > totals[best_end[key]]:
            best_end[key] = place
    if not totals:
        return []
    last: int | None = max(range(len(totals)), key=lambda place: totals[place])
    if last is None or totals[last] < MIN_CHAIN_SCORE:
        return []
    chain: list[Candidate] = []
    while last is not None:
        chain.append(candidates[last])
        last = came[last]
    return chain[::-1] if _may_stand(chain) else []


def _may_stand(chain: Sequence[Candidate]) -> bool:
    """A lone "15.09.10" is a date, "15/09" a reference, a lone "4." a stray, "I." an initial, "2018." a year."""
    if chain[0].family in _MIN_MEMBERS:
        return len(chain) >= _MIN_MEMBERS[chain[0].family]
    return len(chain) > 1 or (chain[0].ordinal == 1 and chain[0].family in _MAY_BE_ALONE)


def _is_indented(earlier: Candidate, later: Candidate) -> bool:
    """Whether two numbers stand at different indents: those of a list inside an item stand further in."""
    return (
        earlier.left is not None and later.left is not None and abs(later.left - earlier.left) > _SAME_INDENT
    )


def _overlap(earlier: Candidate, later: Candidate) -> bool:
    return later.heading.start < earlier.heading.end
