"""Which lines of a part are the headings of its numbered items or sections.

The number of a heading alone proves nothing: minutes number items ("9. Annual Report") and paragraphs ("1. Councillor
Sharp asked") alike. So every numbered line that could be a title is scored for how much it looks like one, and the best
chain of consecutive numbers is chosen (a longest weighted path). Parts without a convincing chain get their unnumbered
headings instead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.records import PartKind, Span
from kb.structure.dates import first_date
from kb.structure.detached import pair_labels
from kb.structure.labels import ITEM_STYLES, Style
from kb.structure.lines import TextLine
from kb.structure.rows import is_value_row

SPEECH_VERB = re.compile(
    r"\b(?:asked|stated|explained|thanked|commented|queried|noted|confirmed|added|advised|reported|said|suggested|felt"
    r"|questioned|enquired|informed|expressed|highlighted|responded|referred|agreed|requested|raised|concluded|reiterated"
    r"|was|were|had|has|have|would|could|is|are)\b",
    re.IGNORECASE,
)
_USUAL_TITLE = re.compile(
    r"^(?:apologies|declarations?|minutes|public (?:questions|participation|statements)|review (?:of )?actions"
    r"|matters arising|welcome|introductions?|any other business|date (?:and time )?of (?:the )?next|election|appointment"
    r"|exclusion|meeting dates|purpose|recommendations?|background|terms of reference|key issues|implications|consultation"
    r"|next steps|appendi(?:x|ces)|summary|conclusions?|contact details|foreword|urgent|chair'?s announcements)\b",
    re.IGNORECASE,
)
_BACK_MATTER = re.compile(
    r"^(?:background (?:documents|papers)|bibliography|source documents?|appendi(?:x|ces)|contact (?:officers?|details)"
    r"|date of (?:the )?next meeting)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "a an and as at by for from in into of on or over per the to under up upon via with held is are be".split()
)
_AGENDA_PAGES = re.compile(
    r"(?:\s+|\t)(?:pages?\s+)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*$|\s+(?:verbal|to follow|attached)$",
    re.IGNORECASE,
)
_PAGE_COLUMN = re.compile(r"\t.*$")

_MIN_CHAIN_SCORE = 2.0
_BLOCK_REACH = 14
_MAX_TITLE_WORDS = 28
_LONG_TITLE_WORDS = 16
_MIN_RESTART_SCORE = 1.5
_RESTART_RUN = 3
_WIDE_LINE = 0.72
_TEXT_WORDS = 9
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of an item: lines ``start`` to ``end`` (exclusive) plus ``extra`` lines elsewhere that belong to it.

    ``start`` is where the item's lines begin; with a title that stands apart from its number, ``extra`` holds the
    indexes of the title's lines.
    """

    number: str | None
    title: str
    start: int
    end: int
    spans: tuple[Span, ...]
    extra: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    ordinal: int
    family: str
    score: float
    heading: Heading


def find_headings(lines: Sequence[TextLine], kind: PartKind) -> list[Heading]:
    """Headings of ``lines`` (one part), in order."""
    if kind in _ITEMLESS:
        return []
    candidates = [c for index in range(len(lines)) if (c := _candidate(lines, index, kind)) is not None]
    chain = _best_chain(candidates)
    if not chain:
        return _unnumbered(lines)
    numbered = [candidate.heading for candidate in chain]
    if kind in {PartKind.REPORT, PartKind.APPENDIX}:
        numbered += _back_matter(lines, numbered)
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


def title_score(lines: Sequence[TextLine], index: int, text: str) -> float:
    """How much ``text`` on line ``index`` looks like a title; above 0 it may be one."""
    words = text.split()
    if not words or len(words) > _MAX_TITLE_WORDS or not text[:1].isalnum() or text[:1].islower():
        return -3.0
    long_words = [
        word for word in words if word.casefold().strip("(),") not in _SMALL_WORDS and word[:1].isalpha()
    ]
    share = sum(word[:1].isupper() for word in long_words) / len(long_words) if long_words else 0.0
    score = 2.0 if text.isupper() else 1.5 if share >= 0.6 else 0.4 if share >= 0.4 else -0.4
    score += 1.5 if _USUAL_TITLE.match(text) else 0.0
    score += 1.0 if lines[index].bold or lines[index].is_markdown_heading else 0.0
    score -= 1.5 if len(words) > _LONG_TITLE_WORDS else 0.0
    score -= 2.0 if text.endswith((",", ";")) else 1.0 if text.endswith((".", "?", ":")) else 0.0
    if not text.isupper() and SPEECH_VERB.search(text) and not _USUAL_TITLE.match(text):
        score -= 2.5
    following = lines[index + 1] if index + 1 < len(lines) else None
    if (
        following is not None
        and following.starts_lower
        and following.label is None
        and lines[index].width > _WIDE_LINE
    ):
        score -= 1.0
    if is_value_row(text):
        score -= 3.0
    return score


def _candidate(lines: Sequence[TextLine], index: int, kind: PartKind) -> _Candidate | None:
    line = lines[index]
    label = line.label
    if label is None or label.style not in ITEM_STYLES:
        return None
    if first_date(line.plain[:30]) is not None and label.style is not Style.DOT:
        return None
    if label.style is Style.BARE and not (
        line.rest.isupper() or line.bold or _USUAL_TITLE.match(line.rest) or line.blank_before
    ):
        return None
    family = label.style.value if label.style in {Style.SLASH, Style.TRIPLE, Style.NAMED} else "number"
    if line.is_label_only:
        return _in_block(lines, index, family) or _detached(lines, index, family)
    title = _tidy(line.rest, kind)
    score = title_score(lines, index, title)
    if label.style is Style.BARE:
        score -= 0.3
    if line.is_row and kind is not PartKind.AGENDA:
        score -= 2.0
    end, rest = _continuation(lines, index, title)
    full = _tidy(" ".join([title, *rest]), kind) if rest else title
    spans = tuple(lines[place].span for place in range(index, end))
    heading = Heading(number=label.value, title=full, start=index, end=end, spans=spans)
    return _Candidate(index, label.ordinal, family, score, heading)


def _in_block(lines: Sequence[TextLine], index: int, family: str) -> _Candidate | None:
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
            return _Candidate(index, label.ordinal, family, score, heading)
    return None


def _detached(lines: Sequence[TextLine], index: int, family: str) -> _Candidate | None:
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
            end, rest = _continuation(lines, index + 1, after.plain)
            title = " ".join([after.plain, *rest])
            spans = tuple(lines[place].span for place in range(index, end))
            heading = Heading(number=label.value, title=title, start=index, end=end, spans=spans)
            return _Candidate(index, label.ordinal, family, score, heading)
    for place in range(index + 2, min(len(lines) - 1, index + _LOOK_AHEAD_FOR_TITLE)):
        here = lines[place]
        if here.is_label_only or (here.label is not None and here.label.style in ITEM_STYLES):
            break
        if (
            here.label is None
            and _USUAL_TITLE.match(here.plain)
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
            return _Candidate(index, label.ordinal, family, 1.0, heading)
    return None


def _continuation(lines: Sequence[TextLine], index: int, title: str) -> tuple[int, list[str]]:
    """The end of a title that begins on line ``index``, and the text of its further lines."""
    rest: list[str] = []
    end = index + 1
    while end < len(lines) and len(rest) < 3:
        line, before = lines[end], lines[end - 1]
        if line.label is not None and not (line.label.style is Style.BARE and not line.blank_before):
            break
        if line.is_row or before.ends_sentence or line.blanks_before > 1:
            break
        same_capitals = title.isupper() and line.plain.isupper()
        wrapped = not line.blank_before and before.width >= _WIDE_LINE * 0.9
        flows = line.starts_lower or line.plain[:1].isdigit() or line.plain[:1] in "–-("
        short_tail = line.width < _WIDE_LINE and _ends_block(lines, end) and not line.ends_sentence
        if not (same_capitals or (wrapped and (flows or short_tail))) or (
            same_capitals and line.blank_before
        ):
            break
        rest.append(line.plain)
        end += 1
    return end, rest


def _ends_block(lines: Sequence[TextLine], index: int) -> bool:
    return index + 1 >= len(lines) or lines[index + 1].blank_before or lines[index + 1].label is not None


def _tidy(title: str, kind: PartKind) -> str:
    if kind is PartKind.AGENDA:
        title = _PAGE_COLUMN.sub("", title)
        title = _AGENDA_PAGES.sub("", title)
    return " ".join(title.split()).strip(" \t")


def _best_chain(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The chain of rising numbers with the best total score; gaps cost, so does a start in the middle of nowhere."""
    best: list[float] = []
    came: list[int | None] = []
    for place, candidate in enumerate(candidates):
        total, link = candidate.score + (0.5 if candidate.ordinal == 1 else 0.0), None
        for earlier in range(place):
            other = candidates[earlier]
            step = candidate.ordinal - other.ordinal
            if other.family != candidate.family or not 1 <= step <= 4:
                continue
            reached = best[earlier] + candidate.score - (0.0 if step == 1 else 0.9 * step)
            if step == 1:
                reached += 0.4
            if reached > total:
                total, link = reached, earlier
        best.append(total)
        came.append(link)
    if not best:
        return []
    last: int | None = max(range(len(best)), key=lambda place: best[place])
    if last is None or best[last] < _MIN_CHAIN_SCORE:
        return []
    chain: list[_Candidate] = []
    while last is not None:
        chain.append(candidates[last])
        last = came[last]
    return chain[::-1]


def _unnumbered(lines: Sequence[TextLine]) -> list[Heading]:
    """Headings without numbers: emphatic lines with text below, or, where there are none, lines set apart.

    The heading block at the top of the part is its title and no section.
    """
    for emphatic_only in (True, False):
        marked = [
            index
            for index in range(len(lines) - 1)
            if is_subheading(lines, index, emphatic_only=emphatic_only)
        ]
        first_text = next((index for index, line in enumerate(lines) if _is_text(line)), len(lines))
        sections = [index for index in marked if index >= first_text or _is_text(lines[index + 1])]
        titles = Counter(lines[index].plain for index in sections)
        sections = [
            index for index in sections if index + 1 not in sections and titles[lines[index].plain] == 1
        ]
        if len(sections) > 1:
            return [
                Heading(
                    number=None,
                    title=lines[index].plain.strip(": "),
                    start=index,
                    end=index + 1,
                    spans=(lines[index].span,),
                )
                for index in sections
            ]
    return []


def _is_text(line: TextLine) -> bool:
    return len(line.plain.split()) > _TEXT_WORDS or line.ends_sentence


def _back_matter(lines: Sequence[TextLine], numbered: Sequence[Heading]) -> list[Heading]:
    """Unnumbered closing sections of a report ("BACKGROUND DOCUMENTS"), which belong to no numbered section."""
    taken = {place for heading in numbered for place in range(heading.start, heading.end)}
    last = max(heading.start for heading in numbered)
    return [
        Heading(number=None, title=line.plain.strip(": "), start=index, end=index + 1, spans=(line.span,))
        for index, line in enumerate(lines)
        if index > last
        and index not in taken
        and line.label is None
        and not line.is_row
        and _BACK_MATTER.match(line.plain)
        and (line.plain.isupper() or line.bold)
    ]


def is_subheading(lines: Sequence[TextLine], index: int, *, emphatic_only: bool = False) -> bool:
    """Whether line ``index`` is a heading without a number: short, no full stop, emphasised or set apart."""
    line = lines[index]
    text = line.plain
    words = text.split()
    if line.label is not None or line.is_row or not words or len(words) > 14 or not text[:1].isupper():
        return False
    if text.endswith((".", ";", ",")) or is_value_row(text) or not any(char.isalpha() for char in text):
        return False
    if text.isupper() or line.bold or line.is_markdown_heading:
        return len(text) > 3
    if emphatic_only or len(words) > 9:
        return False
    after = lines[index + 1] if index + 1 < len(lines) else None
    before = lines[index - 1] if index else None
    if after is None or after.starts_lower or text.endswith("?"):
        return False
    apart = line.blank_before and (before is None or before.ends_sentence) and after.width > line.width
    return apart and title_score(lines, index, text) >= 1.4
