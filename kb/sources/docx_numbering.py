"""The numbers that a word processor prints before paragraphs, as "1.", "4.2", "a)", "(iii)".

A Word file stores which list and level a paragraph belongs to, never the number: it is counted here as it is when the
file is shown. Takes the numbering part's root; gives the label of one paragraph after another, in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from kb.sources.docx_parts import child, local, switch, value, whole
from kb.sources.numerals import BULLET, doubled_letters, ordinal, roman

LEVELS: Final = 9
"""Levels a list can have."""
_PLACE: Final = re.compile(r"%([1-9])")
_MAX_NUMBER: Final = 32_767
_WORDS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def _in_words(number: int) -> str:
    return _WORDS[number].capitalize() if 0 <= number < len(_WORDS) else str(number)


_WRITERS: Final[dict[str, Callable[[int], str]]] = {
    "lowerLetter": doubled_letters,
    "upperLetter": lambda number: doubled_letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": ordinal,
    "cardinalText": _in_words,
    "none": lambda _: "",
}


def written(number: int, style: str) -> str:
    """Write a number in one of the format's styles; those not known as figures."""
    return _WRITERS.get(style, str)(max(-_MAX_NUMBER, min(number, _MAX_NUMBER)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    in_figures: bool = False
    gap: str = " "
    paragraph_style: str | None = None


@dataclass(slots=True, kw_only=True)
class _List:
    """One list: its levels, and how far each has been counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A reference to a list, which may count anew and look different."""

    counted: _List
    starts: dict[int, int]
    levels: dict[int, _Level]

    def level(self, place: int) -> _Level:
        """Return what a level looks like here."""
        return self.levels.get(place) or self.counted.levels.get(place) or _Level()

    def start(self, place: int) -> int:
        """Return the number with which a level begins here."""
        return self.starts.get(place, self.level(place).start)


class Numbering:
    """Counts the lists of one file.

    Args:
        root: Of the numbering part, ``None`` if the file has none.
        list_of_style: The list that a numbering style stands for, by the style's id.
    """

    def __init__(self, root: Any | None, list_of_style: dict[str, str] | None = None) -> None:
        self._uses: dict[str, _Use] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        lists: dict[str, _List] = {}
        links: dict[str, str] = {}
        for each in root:
            if local(each) == "abstractNum":
                identity = value(each, "abstractNumId") or ""
                lists[identity] = _List(levels=_levels_in(each))
                link = value(child(each, "numStyleLink"))
                if link is not None:
                    links[identity] = link
        references = {
            value(each, "numId") or "": (value(child(each, "abstractNumId")) or "", each)
            for each in root
            if local(each) == "num"
        }
        for number, (identity, each) in references.items():
            linked = references.get((list_of_style or {}).get(links.get(identity, ""), ""))
            counted = lists.get(linked[0] if linked else identity)
            if counted is not None:
                self._uses[number] = _use_of(each, counted)

    def level_of_style(self, number: str, style: str) -> int | None:
        """Find the level of a list that is tied to a paragraph style."""
        use = self._uses.get(number)
        if use is None:
            return None
        found = (place for place in range(LEVELS) if use.level(place).paragraph_style == style)
        return next(found, None)

    def label(self, number: str, place: int) -> str:
        """Count one paragraph.

        Args:
            number: The list's id.
            place: The level, from 0.

        Returns:
            What is printed before it, with the gap after it; empty if nothing is.
        """
        use = self._uses.get(number)
        if use is None or not 0 <= place < LEVELS:
            return ""
        self._count(use, number, place)
        level = use.level(place)
        if level.style == "bullet":
            return f"{BULLET} "
        label = _PLACE.sub(
            lambda found: self._part(use, int(found[1]) - 1, figures=level.in_figures), level.pattern
        )
        return f"{label.strip()}{level.gap}" if label.strip() else ""

    def _count(self, use: _Use, number: str, place: int) -> None:
        counts = use.counted.counts
        if place in use.starts and (number, place) not in self._begun:
            counts[place] = use.starts[place]
        else:
            before = counts[place]
            counts[place] = use.start(place) if before is None else before + 1
        self._begun.add((number, place))
        for above in range(place):
            if counts[above] is None:
                counts[above] = use.start(above)
        for below in range(place + 1, LEVELS):
            restart = use.level(below).restart
            if restart is None or place < restart:
                counts[below] = None

    def _part(self, use: _Use, place: int, *, figures: bool) -> str:
        count = use.counted.counts[place]
        level = use.level(place)
        return written(level.start if count is None else count, "decimal" if figures else level.style)


def _levels_in(parent: Any) -> dict[int, _Level]:
    levels = {}
    for each in parent:
        place = whole(each, "ilvl") if local(each) == "lvl" else None
        if place is not None:
            levels[place] = _level_of(each)
    return levels


def _level_of(element: Any) -> _Level:
    start = whole(child(element, "start"))
    style = child(element, "numFmt")
    # Word nests a style of its own inside an alternative; its fallback is what others show.
    style = child(element, "AlternateContent", "Fallback", "numFmt") if style is None else style
    gap = value(child(element, "suff"))
    return _Level(
        start=1 if start is None else start,
        style=value(style) or "decimal",
        pattern=value(child(element, "lvlText")) or "",
        restart=whole(child(element, "lvlRestart")),
        in_figures=bool(switch(element, "isLgl")),
        gap="" if gap == "nothing" else " ",
        paragraph_style=value(child(element, "pStyle")),
    )


def _use_of(element: Any, counted: _List) -> _Use:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for each in element:
        place = whole(each, "ilvl") if local(each) == "lvlOverride" else None
        if place is None:
            continue
        start = whole(child(each, "startOverride"))
        if start is not None:
            starts[place] = start
        levels.update(_levels_in(each))
    return _Use(counted=counted, starts=starts, levels=levels)
