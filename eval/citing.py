"""Are citations right? To the meeting, the item, the paragraph and the page.

Takes the citation of a passage and the gold place that it hits, gives for each level right, wrong, or not
applicable. A level is right only if the levels above it are. It applies only where the gold place gives a
value: an unnumbered paragraph has no label to be right about, a text file has no pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from eval.places import Judge
from eval.topics import Place, Topic
from eval.twins import elsewhere
from eval.wording import words
from kb.records import Answer, Citation, PartKind, Passage, Span


class Level(StrEnum):
    """How closely a citation leads to a place."""

    MEETING = "meeting"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    PAGE = "page"


Marks: TypeAlias = Mapping[Level, bool | None]


def mark(place: Place, citation: Citation, pages: tuple[int, ...]) -> dict[Level, bool | None]:
    """Compare a citation with the place that its passage hits.

    The meeting is its body and date; the item of minutes is their
    item number, of other papers the agenda item and the section; the page is any that the passage stands on.

    Args:
        place: The gold place.
        citation: What the system says.
        pages: The pages that the passage stands on, empty if unknown; then the citation's page is taken.
    """
    meeting = _agree(
        (_name(place.body), _name(citation.body)),
        (place.meeting_date, citation.meeting_date),
    )
    if place.kind is PartKind.MINUTES:
        item = _agree((_number(place.item), _number(citation.item)))
    else:
        item = _agree(
            (_number(place.agenda_item), _number(citation.agenda_item)),
            (_number(place.item), _number(citation.item)),
            (_number(place.section), _number(citation.section)),
        )
    paragraph = _agree((_number(place.paragraph), _number(citation.paragraph)))
    page = None if place.page is None else place.page in (pages or (citation.page,))
    return {
        Level.MEETING: meeting,
        Level.ITEM: _lowest(meeting, item),
        Level.PARAGRAPH: _lowest(meeting, item, paragraph),
        Level.PAGE: page,
    }


def _agree(*pairs: tuple[object, object]) -> bool | None:
    """Say whether all given gold values are cited; ``None`` if no gold value is given."""
    given = [gold == cited for gold, cited in pairs if gold is not None]
    return all(given) if given else None


def _lowest(*levels: bool | None) -> bool | None:
    """Judge the last level: not applicable without a gold value, and wrong under a wrong one."""
    return None if levels[-1] is None else False not in levels


def _name(text: str | None) -> str | None:
    return None if text is None else " ".join(words(text))


def _number(text: str | None) -> str | None:
    return None if text is None else text.strip("()[]. -–").casefold()


def first_relevant(judge: Judge, topic: Topic, passages: Iterable[Passage]) -> tuple[Passage, Place] | None:
    """Return the first passage that hits a place, with the best place it hits."""
    for passage in passages:
        hits = judge.hits(topic, passage)
        if hits:
            return passage, hits[0].place
    return None


def mark_first(judge: Judge, topic: Topic, passages: Iterable[Passage]) -> dict[Level, bool | None]:
    """Mark the citation of the first relevant passage; without one nothing applies, the ranking is to blame."""
    first = first_relevant(judge, topic, passages)
    if first is None:
        return dict.fromkeys(Level)
    passage, place = first
    return mark(place, passage.citation, _pages(judge, place, passage.citation, passage.spans))


def mark_quotes(judge: Judge, topic: Topic, answer: Answer) -> tuple[float | None, dict[Level, float | None]]:
    """Mark the citations of an answer's quotes.

    Returns:
        The share of quotes that stand on a gold place (``None`` without quotes), and for each level the
        share of those that are cited rightly.
    """
    marks: list[Marks] = []
    for quoted in answer.quotes:
        citation = quoted.passage.citation
        hits = judge.hits_of_spans(topic, citation, quoted.spans)
        if hits:
            place = hits[0].place
            marks.append(mark(place, citation, _pages(judge, place, citation, quoted.spans)))
    on_place = len(marks) / len(answer.quotes) if answer.quotes else None
    return on_place, {level: _share(row[level] for row in marks) for level in Level}


def _pages(judge: Judge, place: Place, citation: Citation, spans: Sequence[Span]) -> tuple[int, ...]:
    """The pages cited in the file of a place: those of the passage, or of where else it stands."""
    for there, all_spans in elsewhere(citation):
        if there.document == place.document:
            return judge.pages(there.document, all_spans)
    return judge.pages(citation.document, spans)


def _share(values: Iterable[bool | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
