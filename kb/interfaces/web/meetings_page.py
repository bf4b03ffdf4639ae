"""The page of meetings: the list of them, a paper to be read, a person, a topic over time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import gradio as gr

from kb.interfaces.rendering.html import addresses, frame, meetings, states
from kb.interfaces.rendering.html.markup import Html, join
from kb.interfaces.web import parts
from kb.interfaces.web.faults import shown
from kb.interfaces.web.opening import OpenLibrary
from kb.records import Filters, Place
from kb.register.records import RowKind

if TYPE_CHECKING:
    from kb.library import Library
    from kb.proceedings import Recorded


def build(opened: OpenLibrary, page: gr.Blocks) -> None:
    """Put the page together."""
    parts.address_page(
        opened, page, current="meetings", title="Meetings", render=lambda search: render(opened, search)
    )
    parts.html(frame.foot())


def render(opened: OpenLibrary, search: str) -> Html:
    """What the address asks for; a fault is shown as such."""
    fields = {name: values[0].strip() for name, values in parse_qs(search.removeprefix("?")).items()}
    return shown(lambda: _content(opened, fields), opened)


def _content(opened: OpenLibrary, fields: dict[str, str]) -> Html:
    library = opened.current()
    if not library.documents():
        return states.empty_library(str(opened.folder))
    if paper_id := fields.get("paper"):
        place = library.resolve(paper_id)
        speakers = {name for passage in place.passages for name in passage.speakers}
        people = {name: addresses.person(name) for name in speakers}
        return meetings.paper(place, people=people, aside=meetings.attendance(_present(library, place)))
    if name := fields.get("person"):
        said = library.within(Filters(people=(name,)))
        return meetings.person(name, said, attended=meetings.attended(library.people(people=(name,))))
    topic = fields.get("q", "")
    form = meetings.topic_form(topic)
    if topic:
        return join(form, meetings.timeline(topic, library.timeline(topic)))
    return join(form, meetings.meetings(library.papers()))


def _present(library: Library, place: Place) -> list[Recorded]:
    """The attendance that a paper records."""
    documents = tuple({passage.citation.document for passage in place.passages})
    here = {passage.id for passage in place.passages}
    rows = library.register(RowKind.ATTENDANCE, filters=Filters(documents=documents)) if documents else ()
    return [row for row in rows if row.passage.id in here]
