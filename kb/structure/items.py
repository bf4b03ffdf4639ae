"""Which lines of a part are the headings of its numbered items or sections.

Takes the lines of one part and its kind; gives its headings in order. Every numbered line that could be a title
becomes a candidate; `kb.structure.chains` picks the best chain of rising numbers. A number may stand on a line of
its own before its title or after it, or in a block of labels. Parts without a convincing chain get their unnumbered
headings instead. Refuses lines of tables of contents, dates and figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from kb.records import PartKind, Span
from kb.structure.apart import after_title, detached, figures_alone, in_block, numbers_follow_titles
from kb.structure.chains import Candidate, Heading, best_chain, family, readings
from kb.structure.dates import first_date
from kb.structure.detached import Printed, pair_labels
from kb.structure.folding import join_lines
from kb.structure.labels import ITEM_STYLES, UNMISTAKABLE, Label, Style
from kb.structure.lines import TextLine
from kb.structure.missing import fill_gaps, untitled
from kb.structure.runin import split_run_in
from kb.structure.sections import back_matter, unnumbered_headings
from kb.structure.titles import (
    SPEECH_VERB,
    TO_DO,
    USUAL_TITLE,
    WIDE_LINE,
    is_contents_line,
    title_end,
    title_score,
    without_file,
)

_AGENDA_PAGES = re.compile(
    r"(?:\s+|\t)(?:pages?\s+)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*$|\s+(?:verbal|to follow|attached)$",
    re.IGNORECASE,
)
_PAGE_COLUMN = re.compile(r"\t.*$")

_MIN_RESTART_SCORE = 1.5
_RESTART_RUN = 3
_DATE_CHARS = 30
_NUMBER_ALONE_SCORE = 0.2
_UNSURE_SCORE = 0.2
_ALONE_BONUS = 0.7
_ALONE_WORDS = 10
_PLAIN_NUMBERS = frozenset({Style.DOT, Style.LONG})
_ON_AGENDA = re.compile(r"[(\[](?:agenda\s+)?item\s+(?:no\.?\s*)?[A-Z]?\d{1,2}[A-Za-z]?[)\]]", re.IGNORECASE)
"""What the minutes of some councils print below a title: the item's number on the agenda."""
_TO_DO_SCORE = 0.5
_LIST_STYLES = frozenset({Style.PAREN, Style.DECIMAL})
_MIN_BUSINESS = 4
_MIN_USUAL = 2
_MIN_REACH = 0.5
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
    candidates = _candidates(lines, kind)
    chain = best_chain(candidates)
    if not chain and kind in {PartKind.MINUTES, PartKind.AGENDA}:
        candidates = _candidates(lines, kind, styles=_LIST_STYLES)
        chain = best_chain(candidates)
        chain = chain if _is_business(chain, lines) else []
    if not chain:
        return unnumbered_headings(lines)
    numbered = fill_gaps(lines, chain, candidates)
    if kind in {PartKind.REPORT, PartKind.APPENDIX}:
        numbered += back_matter(lines, numbered)
    return sorted(numbered, key=lambda heading: heading.start)


def find_restart(lines: Sequence[TextLine], kind: PartKind) -> int | None:
    """Where a second paper with sections of its own begins inside a report: section numbers start again at 1.

    Returns:
        The first line of that paper, or ``None``. Everything after the last labelled paragraph of the first paper's
        last section belongs to the second one: its cover and its table of contents.
    """
    if kind not in {PartKind.REPORT, PartKind.OTHER}:
        return None
    titles = [
        candidate
        for candidate in _candidates(lines, kind)
        if candidate.score >= _MIN_RESTART_SCORE and candidate.family == "number"
    ]
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


def _is_business(chain: Sequence[Candidate], lines: Sequence[TextLine]) -> bool:
    """Whether numbers that usually count a list's members ("1) Apologies", "21.44 Election") head the business here."""
    usual = sum(USUAL_TITLE.match(candidate.heading.title) is not None for candidate in chain)
    reach = lines[chain[-1].index].index - lines[chain[0].index].index if chain else 0
    return len(chain) >= _MIN_BUSINESS and usual >= _MIN_USUAL and reach >= len(lines) * _MIN_REACH


def _candidates(
    lines: Sequence[TextLine], kind: PartKind, *, styles: Collection[Style] = ITEM_STYLES
) -> list[Candidate]:
    pairs, _ = pair_labels(lines)
    blocks = {printed.line.index: (place, printed) for place, printed in pairs.items()}
    after = numbers_follow_titles(lines)
    found = (
        _candidate(lines, index, kind, blocks, numbers_follow=after)
        for index, line in enumerate(lines)
        if line.label is not None and line.label.style in styles
    )
    alone = figures_alone(lines) if kind in {PartKind.MINUTES, PartKind.AGENDA} else []
    read = [
        reading
        for candidate in found
        if candidate is not None
        for reading in readings(candidate, lines[candidate.index])
    ]
    return sorted([*read, *alone], key=lambda candidate: candidate.index)


def _candidate(
    lines: Sequence[TextLine],
    index: int,
    kind: PartKind,
    blocks: Mapping[int, tuple[int, Printed]],
    *,
    numbers_follow: bool,
) -> Candidate | None:
    line = lines[index]
    label = line.label
    if label is None:
        return None
    if label.style not in _PLAIN_NUMBERS and first_date(line.plain[:_DATE_CHARS]) is not None:
        return None
    if line.is_label_only:
        if numbers_follow:
            return after_title(lines, index, label)
        return in_block(lines, index, label, blocks) or detached(lines, index, label)
    if label.style is Style.BARE and kind is not PartKind.AGENDA and not _may_be_bare(line):
        return None
    return _beside_title(lines, index, label, kind)


def _may_be_bare(line: TextLine) -> bool:
    """A number without a dot before a title, not a figure at a line's start."""
    padded = line.label is not None and line.label.value.startswith("0")
    return (
        padded
        or line.rest.isupper()
        or line.bold
        or USUAL_TITLE.match(line.rest) is not None
        or line.blank_before
    )


def _beside_title(lines: Sequence[TextLine], index: int, label: Label, kind: PartKind) -> Candidate:
    """A number and its title on one line: the usual case."""
    line = lines[index]
    title = _tidy(line.rest, kind)
    run_in = split_run_in(lines, index)
    if run_in is not None and kind is not PartKind.AGENDA:
        heading = Heading(
            number=label.value,
            title=run_in.title,
            start=index,
            end=index + 1,
            spans=(Span(line.span.start, run_in.tail.span.start),),
            tail=run_in.tail,
        )
        score = title_score(lines, index, run_in.title)
        if not run_in.sure and label.style not in UNMISTAKABLE:
            score = min(score, _UNSURE_SCORE)
        return Candidate(index, label.ordinal, family(label), score, heading)
    score = title_score(lines, index, title)
    if _stands_alone(lines, index):
        score += _ALONE_BONUS
    if kind is PartKind.AGENDA and TO_DO.match(title):
        score = max(score, _TO_DO_SCORE)
    if label.style is Style.BARE:
        score -= 0.3
    if kind is not PartKind.AGENDA:
        score -= 2.0 if line.is_row else 0.0
        score -= 3.0 if is_contents_line(lines, index) else 0.0
    numbered = label.style in UNMISTAKABLE and kind is PartKind.MINUTES
    if numbered and score <= 0 and (bare := untitled(lines, index)) is not None:
        return Candidate(index, label.ordinal, family(label), _NUMBER_ALONE_SCORE, bare)
    end, rest = title_end(lines, index, title)
    if end < len(lines) and _ON_AGENDA.fullmatch(lines[end].plain):
        rest, end = [*rest, lines[end].plain], end + 1
    full = _tidy(join_lines([title, *rest]), kind) if rest else title
    spans = tuple(lines[place].span for place in range(index, end))
    heading = Heading(number=label.value, title=full, start=index, end=end, spans=spans)
    return Candidate(index, label.ordinal, family(label), score, heading)


def _stands_alone(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a short line has white space above, no stop at its end, and text below that begins anew.

    Titles of few capitals ("Revenue budget monitoring") are known by that.
    """
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or not line.blank_before or line.ends_sentence or line.rest.endswith(","):
        return False
    if len(line.rest.split()) > _ALONE_WORDS or line.is_row or SPEECH_VERB.search(line.rest):
        return False
    return after.label is None and not after.starts_lower and (after.blank_before or line.width < WIDE_LINE)


def _tidy(title: str, kind: PartKind) -> str:
    if kind is PartKind.AGENDA:
        title = _PAGE_COLUMN.sub("", title)
        title = _AGENDA_PAGES.sub("", title)
    return " ".join(without_file(title).split()).lstrip("–—- ")
