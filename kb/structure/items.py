"""Which lines of a part are the headings of its numbered items or sections.

The number of a heading alone proves nothing: minutes number items ("9. Annual Report") and paragraphs ("1. Councillor
Sharp asked") alike. So every numbered line that could be a title is scored for how much it looks like one, and the best
chain of consecutive numbers is chosen (a longest weighted path). Parts without a convincing chain get their unnumbered
headings instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.records import PartKind
from kb.structure.chains import Candidate, Heading, best_chain
from kb.structure.dates import first_date
from kb.structure.detached import pair_labels
from kb.structure.labels import ITEM_STYLES, Style
from kb.structure.lines import TextLine
from kb.structure.sections import back_matter, unnumbered_headings
from kb.structure.titles import USUAL_TITLE, is_contents_line, title_end, title_score

_AGENDA_PAGES = re.compile(
    r"(?:\s+|\t)(?:pages?\s+)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*$|\s+(?:verbal|to follow|attached)$",
    re.IGNORECASE,
)
_PAGE_COLUMN = re.compile(r"\t.*$")

_BLOCK_REACH = 14
_MIN_RESTART_SCORE = 1.5
_RESTART_RUN = 3
_LOOK_AHEAD_FOR_TITLE = 40
_ITEMLESS = frozenset(
    {
        PartKind.LETTER,
        PartKind.ACTION_TABLE,
        PartKind.DASHBOARD,
        PartKind.DELIVERY_PLAN,
        PartKind.AGENDA_PLAN,
        PartKind.SLIDES,
    }
)


def find_headings(lines: Sequence[TextLine], kind: PartKind) -> list[Heading]:
    """Headings of ``lines`` (one part), in order."""
    if kind in _ITEMLESS:
        return []
    candidates = [c for index in range(len(lines)) if (c := _candidate(lines, index, kind)) is not None]
    chain = best_chain(candidates)
    if not chain:
        return unnumbered_headings(lines)
    numbered = [candidate.heading for candidate in chain]
    if kind in {PartKind.REPORT, PartKind.APPENDIX}:
        numbered += back_matter(lines, numbered)
    return sorted(numbered, key=lambda heading: heading.start)


def find_restart(lines: Sequence[TextLine], kind: PartKind) -> int | None:
    """Where a second paper with sections of its own begins inside a report: section numbers start again at 1.

    Returns:
        The first line of that paper, or ``None``. Everything after the last labelled paragraph of the first paper's last
        section belongs to the second one: its cover and its table of contents.
    """
    if kind not in {PartKind.REPORT, PartKind.OTHER}:
        return None
    candidates = [c for index in range(len(lines)) if (c := _candidate(lines, index, kind)) is not None]
    titles = [c for c in candidates if c.score >= _MIN_RESTART_SCORE and c.family == "number"]
    seen = 0
    for place, candidate in enumerate(titles):
        if candidate.ordinal != 1 or seen < _RESTART_RUN:
            seen = candidate.ordinal if candidate.ordinal in {1, seen + 1} else seen
            continue
        run = [other.ordinal for other in titles[place : place + _RESTART_RUN]]
        if run == list(range(1, _RESTART_RUN + 1)):
            last = titles[place - 1].heading.end
            labelled = [
                index
                for index in range(last, candidate.index)
                if (label := lines[index].label) and label.style is Style.DECIMAL
            ]
            return max(labelled) + 1 if labelled else candidate.index
    return None


def _candidate(lines: Sequence[TextLine], index: int, kind: PartKind) -> Candidate | None:
    line = lines[index]
    label = line.label
    if label is None or label.style not in ITEM_STYLES:
        return None
    if first_date(line.plain[:30]) is not None and label.style is not Style.DOT:
        return None
    if label.style is Style.BARE and not (
        line.rest.isupper() or line.bold or USUAL_TITLE.match(line.rest) or line.blank_before
    ):
        return None
    family = label.style.value if label.style in {Style.SLASH, Style.TRIPLE, Style.NAMED} else "number"
    if line.is_label_only:
        return _in_block(lines, index, family) or _detached(lines, index, family)
    title = _tidy(line.rest, kind)
    score = title_score(lines, index, title)
    if label.style is Style.BARE:
        score -= 0.3
    if kind is not PartKind.AGENDA:
        score -= 2.0 if line.is_row else 0.0
        score -= 3.0 if is_contents_line(lines, index) else 0.0
    end, rest = title_end(lines, index, title)
    full = _tidy(" ".join([title, *rest]), kind) if rest else title
    spans = tuple(lines[place].span for place in range(index, end))
    heading = Heading(number=label.value, title=full, start=index, end=end, spans=spans)
    return Candidate(index, label.ordinal, family, score, heading)


def _in_block(lines: Sequence[TextLine], index: int, family: str) -> Candidate | None:
    """A number printed in a block of labels before their texts: "9.1 / 10. / None / APPENDICES"."""
    label = lines[index].label
    neighbours = [
        place for place in (index - 1, index + 1) if 0 <= place < len(lines) and lines[place].is_label_only
    ]
    if label is None or not neighbours:
        return None
    first = max(0, index - _BLOCK_REACH)
    pairs, _ = pair_labels(lines[first : index + _BLOCK_REACH])
    for place, printed in pairs.items():
        if printed.line.index == lines[index].index:
            here = first + place
            score = title_score(lines, here, lines[here].plain)
            heading = Heading(
                number=label.value,
                title=lines[here].plain,
                start=here,
                end=here + 1,
                spans=(lines[index].span, lines[here].span),
                extra=frozenset({index}),
            )
            return Candidate(index, label.ordinal, family, score, heading)
    return None


def _detached(lines: Sequence[TextLine], index: int, family: str) -> Candidate | None:
    """A number alone on its line: its title is the next line, or, behind an attendance list, a later one."""
    line = lines[index]
    label = line.label
    if label is None or index + 1 >= len(lines):
        return None
    after = lines[index + 1]
    if after.is_label_only:
        return None
    if after.label is None or after.label.style is Style.BULLET:
        score = title_score(lines, index + 1, after.plain)
        if score > 0 and not after.plain.endswith(":"):
            end, rest = title_end(lines, index + 1, after.plain)
            title = " ".join([after.plain, *rest])
            spans = tuple(lines[place].span for place in range(index, end))
            heading = Heading(number=label.value, title=title, start=index, end=end, spans=spans)
            return Candidate(index, label.ordinal, family, score, heading)
    for place in range(index + 2, min(len(lines) - 1, index + _LOOK_AHEAD_FOR_TITLE)):
        here = lines[place]
        if here.is_label_only or (here.label is not None and here.label.style in ITEM_STYLES):
            break
        if (
            here.label is None
            and USUAL_TITLE.match(here.plain)
            and title_score(lines, place, here.plain) > 1.0
        ):
            heading = Heading(
                number=label.value,
                title=here.plain,
                start=index,
                end=index + 1,
                spans=(line.span, here.span),
                extra=frozenset({place}),
            )
            return Candidate(index, label.ordinal, family, 1.0, heading)
    return None


def _tidy(title: str, kind: PartKind) -> str:
    if kind is PartKind.AGENDA:
        title = _PAGE_COLUMN.sub("", title)
        title = _AGENDA_PAGES.sub("", title)
    return " ".join(title.split()).strip(" \t")
