"""Labels printed in a block before their texts.

Text pulled from a PDF can hold the labels of a list as one block ("f) g) h) i)") and then the texts one after the
other. `pair_labels` gives each label back to the line where its text begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.structure.labels import ITEM_STYLES, Label, Style, follows
from kb.structure.lines import SHORT_LINE_SHARE, TextLine

_MAX_CUT_STEPS = 300_000
"""More combinations of labels and starts than this are not weighed one by one."""
_OPENS_A_MINUTE = re.compile(
    r"^(?:(?:Councillor|Cllr|Members?|The (?:Panel|Board|Committee|Council|Chair|Vice|Commissioner|Chief|Deputy))\b"
    r"|(?:Could|Would|Did|Does|Do|Had|Has|Have|Was|Were|Will|What|How|Why|When|Where|In response|With regard)\b)"
)
_QUOTED_VOICE = re.compile(r"^(?:We|I|This|These|Our)\b")
_GAP_LINES = 3
"""A label with white space after it in the block stands beside a text of more lines than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A label and the line it is printed on, which may stand before the text's own line."""

    label: Label
    line: TextLine


def pair_labels(lines: Sequence[TextLine]) -> tuple[Mapping[int, Printed], frozenset[int]]:
    """Pair label-only lines with text lines.

    Returns:
        The label for each text line that got one, by position in ``lines``, and the positions of label-only lines
        used.
    """
    pairs: dict[int, Printed] = {}
    used: set[int] = set()
    place = 0
    while place < len(lines):
        if not lines[place].is_label_only:
            place += 1
            continue
        run = _run(lines, place)
        end = _region_end(lines, run[-1] + 1)
        starts = _text_starts(lines, run, end)
        # Where texts are fewer than labels, the first labels stand without a text.
        for label_place, start in zip(run[len(run) - len(starts) :], starts, strict=True):
            label = lines[label_place].label
            if label is not None:
                pairs[start] = Printed(label=label, line=lines[label_place])
                used.add(label_place)
        place = run[-1] + 1
    return pairs, frozenset(used)


def _run(lines: Sequence[TextLine], place: int) -> list[int]:
    run = [place]
    while run[-1] + 1 < len(lines) and lines[run[-1] + 1].is_label_only:
        following, last = lines[run[-1] + 1].label, lines[run[-1]].label
        if following is None or last is None:
            break
        letter = last.as_letter()
        again = following.as_letter() or following
        if not (
            follows(last, following, gap=2)
            or (letter and follows(letter, again))
            or follows(last, again)
            or following.style in ITEM_STYLES
            or last.style in ITEM_STYLES
        ):
            break
        run.append(run[-1] + 1)
    return run


def _region_end(lines: Sequence[TextLine], place: int) -> int:
    while place < len(lines):
        label = lines[place].label
        if label is not None and label.style is not Style.BULLET:
            return place
        place += 1
    return place


def _text_starts(lines: Sequence[TextLine], run: Sequence[int], end: int) -> list[int]:
    first = run[-1] + 1
    if first >= end:
        return []
    if len(run) == 1:
        return [first]
    places = [place for place in range(first, end) if place == first or _can_begin(lines, place)]
    wanted = min(len(run), len(places))
    if wanted * len(places) ** 2 > _MAX_CUT_STEPS:
        return _strongest_cut(lines, places, wanted)
    return _best_cut(lines, run[len(run) - wanted :], places, end)


def _can_begin(lines: Sequence[TextLine], place: int) -> bool:
    line, before = lines[place], lines[place - 1]
    if line.starts_lower or not line.plain[:1].isalnum():
        return False
    return before.ends_sentence or line.plain.isupper() or before.width < SHORT_LINE_SHARE * 0.75


def _strongest_cut(lines: Sequence[TextLine], places: Sequence[int], wanted: int) -> list[int]:
    """Blocks too long to weigh every cut: the texts begin at the strongest breaks."""
    strongest = sorted(places[1:], key=lambda place: (-_break_strength(lines, place), place))
    return [places[0], *sorted(strongest[: wanted - 1])]


def _best_cut(lines: Sequence[TextLine], run: Sequence[int], places: Sequence[int], end: int) -> list[int]:
    """Choose where the texts begin: short lines before a start speak for it, and so does a fitting number of lines."""
    count = len(run)
    worst = float("-inf")
    table = [[worst] * len(places) for _ in range(count)]
    came = [[0] * len(places) for _ in range(count)]
    table[0][0] = 0.0
    for row in range(1, count):
        for column in range(row, len(places)):
            for earlier in range(row - 1, column):
                if table[row - 1][earlier] == worst:
                    continue
                score = table[row - 1][earlier] + _length_fit(
                    lines, run, row - 1, places[column] - places[earlier]
                )
                score += _break_strength(lines, places[column])
                if score > table[row][column]:
                    table[row][column], came[row][column] = score, earlier
    finals = [
        table[count - 1][column] + 0.2 * _length_fit(lines, run, count - 1, end - places[column])
        for column in range(len(places))
    ]
    column = max(range(len(places)), key=lambda here: finals[here])
    cut: list[int] = []
    for row in range(count - 1, -1, -1):
        cut.append(places[column])
        column = came[row][column]
    return cut[::-1]


def _length_fit(lines: Sequence[TextLine], run: Sequence[int], row: int, length: int) -> float:
    """In a block of labels, white space after a label shows that its text is long."""
    if row + 1 >= len(run):
        return 0.0
    gap = lines[run[row + 1]].blanks_before > 0
    return 1.0 if gap == (length > _GAP_LINES) else -1.0


def _break_strength(lines: Sequence[TextLine], place: int) -> float:
    before = lines[place - 1]
    if before.plain.endswith(":"):
        return -1.0  # what a colon announces belongs to the text that announces it
    strength = 1.0 if before.ends_sentence else -0.5
    if before.width < SHORT_LINE_SHARE:
        strength += 0.8
    if lines[place].blank_before:
        strength += 0.3
    if _OPENS_A_MINUTE.match(lines[place].plain):
        strength += 1.0
    elif _QUOTED_VOICE.match(lines[place].plain):
        strength -= 0.8
    return strength
