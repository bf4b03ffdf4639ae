"""Meetings to be read: the list of them, a paper as running text, what a person said, a topic over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kb.ids import part_of
from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import addresses, charts, files
from kb.interfaces.rendering.html.cards import citation, quoted
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, tag
from kb.interfaces.rendering.html.places import standing
from kb.records import Passage, Place
from kb.register.records import Attendance

if TYPE_CHECKING:
    from kb.proceedings import PersonSummary, Recorded
    from kb.retrieval.timeline import TopicMeeting
    from kb.store.summaries import Paper

Meeting = tuple[str | None, dt.date | None]


def topic_form(topic: str) -> Html:
    """Where a topic is typed that shall be followed over time."""
    return tag(
        "form",
        tag("label", "Follow a topic from meeting to meeting", for_="kb-topic"),
        tag(
            "div",
            tag("input", type="text", id="kb-topic", name="q", value=topic, autocomplete="off"),
            tag("button", "Follow", type="submit", class_="kb-button"),
            class_="kb-fields",
        ),
        class_="kb-form",
    )


def meetings(papers: Iterable[Paper]) -> Html:
    """Every body, below it its meetings by year, latest first, each with its papers."""
    ordered = sorted(
        papers,
        key=lambda paper: (
            paper.first.body or "\uffff",
            -(paper.first.meeting_date or dt.date.min).toordinal(),
            paper.first.kind != "minutes",
        ),
    )
    return join(
        tag(
            "section",
            tag("h2", body or "No body named"),
            (_year(year, list(of_year)) for year, of_year in groupby(of_body, key=_year_of)),
        )
        for body, of_body in groupby(ordered, key=lambda paper: paper.first.body)
    )


def _year(year: int | None, papers: Sequence[Paper]) -> Html:
    days = groupby(papers, key=lambda paper: paper.first.meeting_date)
    return join(
        tag("h3", str(year) if year else "No date"),
        tag(
            "ul",
            (
                tag(
                    "li",
                    tag("span", words.day(day) if day else "Undated", class_="kb-day"),
                    tag("ul", (tag("li", _paper_link(paper)) for paper in of_day)),
                )
                for day, of_day in days
            ),
            class_="kb-meetings",
        ),
    )


def _year_of(paper: Paper) -> int | None:
    return paper.first.meeting_date.year if paper.first.meeting_date else None


def _paper_link(paper: Paper) -> Html:
    first = paper.first
    name = words.kind(first.kind).capitalize()
    item = f", agenda item {first.agenda_item}" if first.agenda_item else ""
    status = words.unsaid_status(first)
    return join(
        tag("a", f"{name}{item}", href=addresses.paper(paper.id), data_go=True, aria_label=paper.label),
        join(" ", tag("span", status.capitalize(), class_="kb-status")) if status else NOTHING,
        tag("span", f" {first.document}", class_="kb-quiet"),
    )


def paper(place: Place, *, people: Mapping[str, str], aside: Html = NOTHING) -> Html:
    """A paper as a document: its items as headings, its paragraphs as text, each with a permanent link.

    Args:
        place: What the paper's id stands for, all its passages included.
        people: The address of the page of each person who speaks.
        aside: What stands beside it, such as attendance.
    """
    back = tag("p", tag("a", "All meetings", href="./meetings", data_go=addresses.meetings()))
    if not place.passages:
        return join(back, standing(place))
    first = place.passages[0].citation
    items = [list(found) for _, found in groupby(place.passages, key=_item_key)]
    return join(
        back,
        standing(place),
        tag("h2", place.label),
        tag(
            "p",
            tag(
                "a", f"Open {first.document}", href=files.original(place.passages[0].document_id, first.page)
            ),
            class_="kb-quiet",
        ),
        tag(
            "div",
            tag("article", (_item(found, people) for found in items), class_="kb-reading"),
            aside,
            class_="kb-beside" if aside else None,
        ),
    )


def _item_key(passage: Passage) -> tuple[str | None, ...]:
    place = passage.citation
    return (place.item, place.section, place.item_title)


def _item(passages: Sequence[Passage], people: Mapping[str, str]) -> Html:
    place = passages[0].citation
    title = " ".join(filter(None, (place.item or place.section, words.plain(place.item_title or ""))))
    return tag(
        "section",
        # What stands before the first item is headed by its own first words.
        tag("h3", title) if title and (place.item or not _begins(passages[0], title)) else NOTHING,
        (_paragraph(passage, people) for passage in passages),
    )


def _begins(passage: Passage, title: str) -> bool:
    return words.plain(passage.text).casefold().startswith(title.casefold())


def _paragraph(passage: Passage, people: Mapping[str, str]) -> Html:
    label = passage.citation.paragraph
    speakers = [name for name in passage.speakers if name in people]
    return tag(
        "div",
        tag(
            "a",
            label or "¶",
            href=addresses.place(passage.id),
            class_="kb-label",
            aria_label=f"Permanent link: {passage.citation.label}",
        ),
        tag("p", quoted(passage, "")),
        tag(
            "p",
            "Said by ",
            join((tag("a", name, href=people[name], data_go=True) for name in speakers), between=", "),
            class_="kb-quiet",
        )
        if speakers
        else NOTHING,
        class_="kb-paragraph",
        id=passage.id,
    )


def attendance(rows: Sequence[Recorded]) -> Html:
    """Who was there, by capacity, each leading to what the person said."""
    listed = [(row, row.row) for row in rows if isinstance(row.row, Attendance)]
    if not listed:
        return NOTHING
    groups: dict[str, dict[str, str]] = {}
    for _, entry in listed:
        told = ", ".join(filter(None, (*entry.roles, entry.organisation)))
        groups.setdefault(entry.capacity, {}).setdefault(entry.name, told)
    return tag(
        "aside",
        tag("h3", "Attendance"),
        (
            join(
                tag("h4", words.kind(capacity).capitalize()),
                tag(
                    "ul",
                    (
                        tag(
                            "li",
                            tag("a", name, href=addresses.person(name), data_go=True),
                            tag("span", f" {told}", class_="kb-quiet") if told else NOTHING,
                        )
                        for name, told in people.items()
                    ),
                    class_="kb-links",
                ),
            )
            for capacity, people in groups.items()
        ),
        class_="kb-aside",
        aria_label="Attendance",
    )


def attended(found: Sequence[PersonSummary]) -> Html:
    """Which meetings a person attended, and in what roles."""
    if not found:
        return NOTHING
    summary = found[0]
    days = [(row.passage.citation, row) for row in summary.meetings]
    counted = f"Attended {summary.attended} meeting{'' if summary.attended == 1 else 's'}"
    sent = f", sent apologies to {summary.apologies}" if summary.apologies else ""
    return join(
        tag("p", ", ".join(summary.roles)) if summary.roles else NOTHING,
        tag("p", f"{counted}{sent}."),
        tag(
            "details",
            tag("summary", "Meetings"),
            tag(
                "ul",
                (
                    tag(
                        "li",
                        tag(
                            "a",
                            _meeting_name(place.body, place.meeting_date),
                            href=addresses.paper(part_of(place.id)),
                            data_go=True,
                        ),
                        f": {words.kind(getattr(row.row, 'capacity', ''))}",
                    )
                    for place, row in days
                ),
                class_="kb-links",
            ),
            class_="kb-details",
        ),
    )


def person(name: str, said: Sequence[Passage], *, attended: Html = NOTHING) -> Html:
    """What somebody said, by meeting, the latest first."""
    ordered = sorted(said, key=lambda passage: passage.citation.meeting_date or dt.date.min, reverse=True)
    by_meeting = groupby(ordered, key=lambda passage: (passage.citation.body, passage.citation.meeting_date))
    return join(
        tag("p", tag("a", "All meetings", href="./meetings", data_go=addresses.meetings())),
        tag("h2", name),
        tag("p", f"{len(said)} passage{'' if len(said) == 1 else 's'} in which {name} speaks."),
        attended,
        (
            tag(
                "section",
                tag("h3", _meeting_name(body, day)),
                tag("ul", (_entry(passage) for passage in passages), class_="kb-entries"),
            )
            for (body, day), passages in by_meeting
        ),
    )


def timeline(topic: str, found: Sequence[TopicMeeting]) -> Html:
    """A topic over time: how often it came up as a picture, then what was said and what came of it."""
    if not found:
        return tag(
            "section",
            tag("h2", f"“{topic}” came up at no meeting"),
            tag("p", "Try other words."),
            class_="kb-state",
            data_announce="The topic came up at no meeting.",
        )
    dated = [(meeting.meeting_date, meeting) for meeting in found if meeting.meeting_date]
    count = len(found)
    return tag(
        "section",
        tag("h2", f"“{topic}” at {count} meeting{'' if count == 1 else 's'}"),
        charts.over_time(
            f"Passages about {topic} at each meeting",
            [(day, meeting.n_mentions, meeting.body or "") for day, meeting in dated],
        )
        if dated
        else NOTHING,
        (_topic_meeting(meeting, topic) for meeting in found),
        data_announce=f"The topic came up at {count} meetings.",
    )


def _topic_meeting(meeting: TopicMeeting, topic: str) -> Html:
    further = meeting.n_mentions - len(meeting.mentions)
    outcome = meeting.outcome
    return tag(
        "section",
        tag("h3", _meeting_name(meeting.body, meeting.meeting_date)),
        tag(
            "ul",
            (_entry(mention.hit.passage, topic) for mention in meeting.mentions),
            class_="kb-entries",
        ),
        tag("p", f"and {further} more", class_="kb-quiet") if further else NOTHING,
        tag("div", tag("h4", "What came of it"), tag("ul", _entry(outcome, topic), class_="kb-entries"))
        if outcome
        else NOTHING,
    )


def _entry(passage: Passage, question: str = "") -> Html:
    return tag(
        "li",
        tag("blockquote", quoted(passage, question)),
        citation(passage.citation),
        tag(
            "p",
            tag(
                "a",
                "Show the place",
                href=addresses.place(passage.id),
                aria_label=f"Show the place: {passage.citation.label}",
            ),
            class_="kb-quiet",
        ),
    )


def _meeting_name(body: str | None, day: dt.date | None) -> str:
    return ", ".join(filter(None, (words.day(day) if day else "No date", body)))
