"""Numbers that stand apart from their titles: on a line of their own above or below, in a block, before a list.

Takes lines and the place of a number alone on its line; gives the candidate for a heading that it and a title
elsewhere make, ``None`` where there is none. `kb.structure.items` reads numbers and titles of one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kb.structure.chains import Candidate, Heading, family
from kb.structure.detached import Printed
from kb.structure.folding import join_lines
from kb.structure.labels import ITEM_STYLES, Label, Style
from kb.structure.lines import TextLine
from kb.structure.titles import NO_TITLE, TO_DO, USUAL_TITLE, title_end, title_score, without_file

_ATTENDANCE_HEAD = re.compile(
    r"^(?:members|officers|others|also)\s+(?:present|in attendance)\s*:?$|^in attendance\s*:?$|^present\s*:?$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[1-9]\d{0,2}")
_TO_DO_SCORE = 0.4
_LOOK_AHEAD_FOR_TITLE = 40
_LATER_TITLE_SCORE = 1.0
_MIN_NUMBERS_ALONE = 3
_CLEARLY_BETTER = 0.5


def in_block(
    lines: Sequence[TextLine], index: int, label: Label, blocks: Mapping[int, tuple[int, Printed]]
) -> Candidate | None:
    """A number printed in a block of labels before their texts: "9.1 / 10. / None / APPENDICES"."""
    beside = [
        place for place in (index - 1, index + 1) if 0 <= place < len(lines) and lines[place].is_label_only
    ]
    paired = blocks.get(lines[index].index)
    if not beside or paired is None:
        return None
    here = paired[0]
    heading = Heading(
        number=label.value,
        title=lines[here].plain,
        start=here,
        end=here + 1,
        spans=(lines[index].span, lines[here].span),
        extra=frozenset({index}),
    )
    return Candidate(
        index, label.ordinal, family(label), title_score(lines, here, lines[here].plain), heading
    )


def detached(lines: Sequence[TextLine], index: int, label: Label) -> Candidate | None:
    """A number alone on its line: its title is the next line, or, behind an attendance list, a later one."""
    if index + 1 >= len(lines) or lines[index + 1].is_label_only:
        return None
    after = lines[index + 1]
    if _ATTENDANCE_HEAD.match(after.plain) and (later := _later_title(lines, index, label)) is not None:
        return later
    if after.label is None or after.label.style is Style.BULLET:
        score = title_score(lines, index + 1, after.plain)
        if score <= 0 and TO_DO.match(after.plain):
            score = _TO_DO_SCORE
        if score > 0:
            end, rest = title_end(lines, index + 1, after.plain)
            title = without_file(join_lines([after.plain, *rest]))
            spans = tuple(lines[place].span for place in range(index, end))
            heading = Heading(number=label.value, title=title, start=index, end=end, spans=spans)
            return Candidate(index, label.ordinal, family(label), score, heading)
    return _later_title(lines, index, label)


def _later_title(lines: Sequence[TextLine], index: int, label: Label) -> Candidate | None:
    """The title of a number that an attendance list has been printed behind."""
    line = lines[index]
    for place in range(index + 2, min(len(lines) - 1, index + _LOOK_AHEAD_FOR_TITLE)):
        here = lines[place]
        if here.is_label_only or (here.label is not None and here.label.style in ITEM_STYLES):
            break
        if here.label is not None or not USUAL_TITLE.match(here.plain):
            continue
        if title_score(lines, place, here.plain) > _LATER_TITLE_SCORE:
            heading = Heading(
                number=label.value,
                title=here.plain,
                start=index,
                end=index + 1,
                spans=(line.span, here.span),
                extra=frozenset({place}),
            )
            return Candidate(index, label.ordinal, family(label), _LATER_TITLE_SCORE, heading)
    return None


def numbers_follow_titles(lines: Sequence[TextLine]) -> bool:
    """Whether numbers on lines of their own stand below their titles: the lines above look more like titles."""
    above = below = 0.0
    count = 0
    for index in range(1, len(lines) - 1):
        line = lines[index]
        if line.label is None or line.label.style not in ITEM_STYLES or not line.is_label_only:
            continue
        count += 1
        above += _alone_score(lines, index - 1)
        below += _alone_score(lines, index + 1)
    return count >= _MIN_NUMBERS_ALONE and above > below + _CLEARLY_BETTER * count and above > 0


def _alone_score(lines: Sequence[TextLine], index: int) -> float:
    line = lines[index]
    if line.label is not None or line.ends_sentence:
        return NO_TITLE
    return title_score(lines, index, line.plain)


def after_title(lines: Sequence[TextLine], index: int, label: Label) -> Candidate | None:
    """A number alone on its line, its title on the line above."""
    if index == 0 or lines[index - 1].label is not None:
        return None
    title = lines[index - 1].plain
    heading = Heading(
        number=label.value,
        title=title,
        start=index - 1,
        end=index + 1,
        spans=(lines[index - 1].span, lines[index].span),
    )
    return Candidate(index, label.ordinal, family(label), _alone_score(lines, index - 1), heading)


def figures_alone(lines: Sequence[TextLine]) -> list[Candidate]:
    """Numbers without a mark, alone on their lines above titles; figures that are not so in a row are none."""
    found: list[Candidate] = []
    for index, line in enumerate(lines[:-1]):
        if line.label is not None or line.note is not None or _FIGURE.fullmatch(line.plain) is None:
            continue
        label = Label(
            value=line.plain, style=Style.BARE, ordinal=int(line.plain), parent="", end=len(line.plain)
        )
        candidate = detached(lines, index, label) if lines[index + 1].label is None else None
        if candidate is not None and candidate.heading.end > index + 1:
            found.append(candidate)
    steps = sum(later.ordinal - earlier.ordinal == 1 for earlier, later in pairwise(found))
    return found if steps + 1 >= _MIN_NUMBERS_ALONE and steps * 2 >= len(found) else []
