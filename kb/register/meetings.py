"""When and where a meeting was held, and what is planned for the next ones.

Takes a part; gives the `Meeting` of minutes, and the `PlanEntry` records of agenda plans. Times and venues are printed
words, never worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.records import Item, Part, PartKind, Span
from kb.register.dues import MONTH
from kb.register.records import Meeting, PlanEntry
from kb.register.words import Folded, Paper
from kb.structure.dates import first_date

TIME = (
    r"\d{1,2}(?:\s?[:.]\s?\d{2})?\s*(?:[ap]\.m\.|[ap]m\b|noon)|\d{1,2}[:.]\d{2}(?!\d)|(?:12\s+)?noon|midday"
)
_OPENED = re.compile(
    rf"\b(?:meeting|chair\w*|proceedings)\b[^.;]{{0,40}}?\b(?:began|opened|started|commenced)\s+(?:the\s+meeting\s+)?(?:promptly\s+)?(?:at\s+)?(?P<time>{TIME})",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    rf"\b(?:ended|closed|finished|concluded|rose|terminated)\s+(?:the\s+meeting\s+)?(?:at\s+)?(?P<time>{TIME})"
    rf"|\bmeeting\s+closed\s*[:–-]\s*(?P<other>{TIME})",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\bTime\s*[:\t ]\s*(?P<time>{TIME})(?:\s*(?:to|–|-|until)\s*(?P<end>{TIME}))?", re.IGNORECASE
)
_AT_TIME = re.compile(rf"(?:\bat|,|^|\bfrom)\s+(?P<time>{TIME})\W*$", re.IGNORECASE)
_HELD = re.compile(
    rf"\bheld\s+(?:remotely\s+)?(?:at|in)\s+(?P<venue>.+?)(?=\s*,?\s+(?:on|ON|On)\s+(?:\w+day\s+)?\d|\s*,?\s+(?:at|AT)\s+(?:{TIME})|\s+(?:on|ON)\s+\w+day\b|\W*$)",
    re.IGNORECASE,
)
_VENUE = re.compile(r"^\W*(?:Venue|Location|Place|VENUE|LOCATION|PLACE)\s*[:\t ]\s*(?P<venue>\S.*?)\W*$")
_IN_PUBLIC = re.compile(r"(?:public|private|person)\b", re.IGNORECASE)
_ROOM = re.compile(
    r"\b(?:hall|room|suite|chamber|guildhall|centre|house|exchange|office|offices|college|school|church|library|pavilion|headquarters|hq|tbc|station|stadium|court)\b",
    re.IGNORECASE,
)
_PLACE_AND_TIME = re.compile(rf"^(?P<venue>[^,].*?),\s*(?P<time>{TIME})\W*$", re.IGNORECASE)
_ENDING = re.compile(rf"\bmeeting\s+(?:was\s+)?closed\b[^.]*?(?P<time>{TIME})", re.IGNORECASE)
_WHEN = re.compile(
    rf"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+)?(?P<when>\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}(?:\s+\d{{4}})?|(?:(?:early|mid|end|late)[\s-]+)+(?:of\s+)?{MONTH}(?:\s+\d{{4}})?)",
    re.IGNORECASE,
)
_PLAN_TITLE = re.compile(
    r"\b(?:agenda\s+plan|forward\s+plan|work\s+programme|meeting\s+dates|dates\s+of)\b", re.IGNORECASE
)
_WORDS_OF_A_PLACE = 6
_ONLY_TIME = re.compile(rf"^\W*(?:{TIME}|TBC|\(?TBC\)?)\W*$", re.IGNORECASE)


def read_meeting(paper: Paper) -> tuple[Meeting, ...]:
    """Read when the meeting of some minutes began and ended, and where it was."""
    if paper.part.kind is not PartKind.MINUTES:
        return ()
    opening = _title_lines(paper.text, paper.part)
    opened = closed = venue = None
    whole = " ".join(line for line, _ in opening)
    times = next((match for line, _ in opening if (match := _TIMES.search(line))), None)
    if times is not None:
        opened, closed = times["time"], times["end"]
    held = _HELD.search(whole)
    venue = held["venue"] if held and not _IN_PUBLIC.match(held["venue"]) else None
    for line, _ in opening:
        labelled, both = _VENUE.match(line), _PLACE_AND_TIME.match(line)
        venue = venue or (labelled["venue"] if labelled else None)
        if both is not None and _ROOM.search(both["venue"]) and not venue:
            venue, opened = both["venue"], opened or both["time"]
        at = _AT_TIME.search(line)
        opened = opened or (at["time"] if at and not both else None)
    for line in _sentences(paper):
        began, ended = _OPENED.search(line), _CLOSED.search(line) or _ENDING.search(line)
        opened = began["time"] if began else opened
        if ended is not None and "meeting" in line.casefold():
            closed = ended["time"] or ended.groupdict().get("other")
    spans = (opening[0][1],) if opening else _first_spans(paper.part)
    return (
        Meeting(
            part=paper.number, spans=spans, opened=_tidy(opened), closed=_tidy(closed), venue=_tidy(venue)
        ),
    )


def read_plan(paper: Paper) -> tuple[PlanEntry, ...]:
    """Read the future meetings of an agenda plan, or of the rows of one in minutes."""
    items: Sequence[Item] = ()
    if paper.part.kind is PartKind.AGENDA_PLAN:
        items = paper.part.items
    elif paper.part.kind is PartKind.MINUTES:
        items = [item for item in paper.part.items if _PLAN_TITLE.search(item.title)]
    return tuple(entry for item in items for entry in _entries(paper, item))


def _entries(paper: Paper, item: Item) -> Iterator[PlanEntry]:
    text = paper.text
    for paragraph in item.paragraphs:
        if not paragraph.is_row or not paragraph.spans:
            continue
        lines = [
            piece
            for span in paragraph.spans
            for raw in re.split(r"\t|</p>\s*<p>|<br\s*/?>|</li>", text[span.start : span.end])
            if (piece := Folded(raw, [Span(0, len(raw))]).text.strip(" •-–"))
        ]
        place = next((place for place, line in enumerate(lines[:3]) if _WHEN.match(line)), None)
        if place is None:
            continue
        match = _WHEN.match(lines[place])
        when = match["when"] if match else ""
        topics = [line for line in (*lines[:place], *lines[place + 1 :]) if not _ONLY_TIME.match(line)]
        while topics and _ROOM.search(topics[0]) and len(topics[0].split()) <= _WORDS_OF_A_PLACE:
            topics.pop(0)
        yield PlanEntry(
            part=paper.number,
            spans=Folded(text, paragraph.spans, paper.struck).cut(),
            when=when,
            date=first_date(lines[place]),
            topics=tuple(topics),
        )


def _title_lines(text: str, part: Part) -> list[tuple[str, Span]]:
    """The lines before the first numbered item, in order."""
    lines: list[tuple[str, Span]] = []
    for item in part.items:
        if item.number is not None:
            break
        spans = [*item.heading, *(span for paragraph in item.paragraphs for span in paragraph.spans)]
        for span in spans:
            start = span.start
            for raw in text[span.start : span.end].split("\n"):
                if raw.strip():
                    lines.append((" ".join(raw.replace("*", " ").split()), Span(start, start + len(raw))))
                start += len(raw) + 1
        if len(part.items) == 1:
            break
    return lines[:40]


def _sentences(paper: Paper) -> Iterator[str]:
    for item in (*paper.part.items[:2], *paper.part.items[-2:]):
        for block in paper.blocks(item):
            for sentence in block.sentences:
                yield sentence.text


def _first_spans(part: Part) -> tuple[Span, ...]:
    for item in part.items:
        if item.heading:
            return item.heading[:1]
        for paragraph in item.paragraphs:
            if paragraph.spans:
                return paragraph.spans[:1]
    return ()


def _tidy(printed: str | None) -> str | None:
    return " ".join(printed.split()).strip(" ,;") if printed else None


__all__ = ["read_meeting", "read_plan"]
