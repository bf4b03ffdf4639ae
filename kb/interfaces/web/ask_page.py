"""The front page: ask, read the answer, see its places. What it does stands in `asking`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import gradio as gr

from kb.errors import KbError
from kb.interfaces.rendering.html import frame, states
from kb.interfaces.rendering.html.markup import NOTHING
from kb.interfaces.web import asking, feedback, parts
from kb.interfaces.web.address import Address
from kb.interfaces.web.examples import example_questions
from kb.interfaces.web.faults import shown
from kb.interfaces.web.opening import OpenLibrary

_EXAMPLES: Final = 3
# Searching holds Python's lock for most of its time: more at once would only make each slower.
AT_ONCE: Final = 4
_QUEUE: Final = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}


def build(opened: OpenLibrary, page: gr.Blocks) -> None:
    """Put the front page together."""
    masthead = parts.top(opened, "")
    parts.html(frame.heading("Ask the meeting papers", is_unseen=True))
    address = parts.address_box()
    with gr.Row(elem_id="kb-ask"):
        question = gr.Textbox(
            label="Question",
            show_label=False,
            container=False,
            placeholder="Ask about these papers",
            max_lines=4,
            autofocus=True,
            scale=1,
            elem_id="kb-question",
        )
        ask = gr.Button("Ask", variant="primary", scale=0, min_width=96, elem_id="kb-ask-button")
    found = _examples(opened)
    with gr.Column(elem_id="kb-examples", visible=bool(found)) as examples:
        parts.html('<p class="kb-hint">For example</p>')
        buttons = [_example(found, number) for number in range(_EXAMPLES)]
    first = _choices(opened, Address())
    with gr.Accordion("Filters", open=False, elem_id="kb-filters") as accordion:
        filters = _filters(first)
    with gr.Row(elem_id="kb-found"):
        results = parts.html(
            _first_state(opened),
            scripts=("common", "results"),
            elem_id="kb-results",
            server_functions=_functions(opened),
        )
        panel = parts.html(scripts=("common", "panel"), elem_id="kb-panel")
    parts.html(frame.foot())

    fields = [question, *filters]
    outputs = [results, panel, examples, accordion, *filters[:3]]
    respond = partial(_respond, opened)
    changed = [each.input for each in filters[:3]] + [each.submit for each in filters[3:]]
    asked = {
        "fn": None,
        "inputs": fields,
        "outputs": address,
        "js": parts.script("asked"),
        "show_progress": "hidden",
    }
    gr.on([ask.click, question.submit], **asked).then(respond, address, outputs, **parts.PRIVATE, **_QUEUE)
    gr.on(changed, **asked).then(partial(_narrow, opened), address, outputs, **parts.PRIVATE, **_QUEUE)
    for button in buttons:
        button.click(None, button, question, js="(text) => text", **parts.PRIVATE).then(**asked).then(
            respond, address, outputs, **parts.PRIVATE, **_QUEUE
        )
    everything = [masthead, *fields, *buttons, *outputs]
    for event, restore in (
        (page.load, partial(_on_load, opened, (found, first))),
        (results.moved, partial(_restore, opened)),
    ):
        event(None, None, address, js=parts.IS_SEARCH, show_progress="hidden").then(
            restore, address, everything, **parts.PRIVATE, **_QUEUE
        )
    for event in (results.placed, panel.placed):
        event(None, None, address, js=parts.IS_SEARCH, show_progress="hidden").then(
            partial(_place, opened), address, panel, **parts.PRIVATE
        )


def _filters(choices: asking.Choices) -> list[Any]:
    """Body, kind, speaker, from, to: in the order of the address's script."""
    bodies = gr.CheckboxGroup(list(choices.bodies), label="Body")
    kinds = gr.CheckboxGroup(list(choices.kinds), label="Kind of paper")
    people = gr.CheckboxGroup(list(choices.people), label="Speaker")
    with gr.Row():
        date_from = gr.Textbox(label="Meetings from", placeholder="July 2023")
        date_to = gr.Textbox(label="Meetings to", placeholder="2024")
    return [bodies, kinds, people, date_from, date_to]


def _respond(opened: OpenLibrary, search: str) -> Iterator[list[Any]]:
    """Passages, then the answer; then the counts of the filters."""
    address = Address.parse(search)
    for number, each in enumerate(asking.respond(opened, address)):
        filters = _shown_filters(opened, address) if number == 0 else [gr.skip()] * 4
        side = gr.skip() if each.panel is None else each.panel
        yield [each.results, side, gr.update(visible=False), *filters]


def _narrow(opened: OpenLibrary, search: str) -> Iterator[Any]:
    """A filter was set: ask again, if something was asked."""
    address = Address.parse(search)
    if address.question:
        yield from _respond(opened, search)
    else:
        yield [*[gr.skip()] * 3, *_shown_filters(opened, address)]


def _restore(opened: OpenLibrary, search: str) -> Iterator[list[Any]]:
    """Show what an address says, in the fields as well."""
    address = Address.parse(search)
    dates = [address.date_from, address.date_to]
    values = [address.question, list(address.bodies), list(address.kinds), list(address.people), *dates]
    examples = _examples(opened)
    is_front = not (address.question or address.place)
    head = [parts.masthead(opened, ""), *values, *(_example(examples, number) for number in range(_EXAMPLES))]
    if is_front:
        shown_filters = _shown_filters(opened, address)
        yield [*head, _first_state(opened), "", gr.update(visible=bool(examples)), *shown_filters]
        return
    for number, step in enumerate(_respond(opened, search)):
        yield [*(head if number == 0 else [gr.skip()] * len(head)), *step]


def _on_load(opened: OpenLibrary, front: Any, search: str) -> Iterator[Any]:
    """On every visit: the address says what to show, and the library may have changed since the page was built.

    If it has not and nothing is asked, nothing is touched: the visitor may have typed before this answer arrives.
    """
    if not search and front == (_examples(opened), _choices(opened, Address())):
        yield gr.skip()
        return
    yield from _restore(opened, search)


def _place(opened: OpenLibrary, search: str) -> str:
    """The open place; once it is closed, none, until another is opened."""
    address = Address.parse(search)
    return asking.panel(opened, address) if address.place else ""


def _shown_filters(opened: OpenLibrary, address: Address) -> list[Any]:
    """The name of the filters with how many are set, and their choices with how many passages each would leave."""
    count = address.filters
    choices = _choices(opened, address)
    named = gr.update(label=f"Filters ({count})" if count else "Filters")
    return [
        named,
        gr.update(choices=list(choices.bodies), value=list(address.bodies)),
        gr.update(choices=list(choices.kinds), value=list(address.kinds)),
        gr.update(choices=list(choices.people), value=list(address.people)),
    ]


def _choices(opened: OpenLibrary, address: Address) -> asking.Choices:
    """What filters can be set to; where that cannot be told, the results say why."""
    try:
        return asking.choices(opened, address)
    except (KbError, ValueError):
        return asking.Choices()


def _examples(opened: OpenLibrary) -> tuple[str, ...]:
    try:
        return example_questions(opened.current())
    except KbError:
        return ()


def _first_state(opened: OpenLibrary) -> str:
    """Nothing, unless there is nothing to ask."""

    def state() -> Any:
        if not opened.current().documents():
            return states.empty_library(str(opened.folder))
        return NOTHING

    return shown(state, opened)


def _example(examples: tuple[str, ...], number: int) -> Any:
    text = examples[number] if number < len(examples) else ""
    return gr.Button(text, visible=bool(text), size="sm", elem_classes="kb-example")


def _functions(opened: OpenLibrary) -> list[Any]:
    """What scripts of the results may ask for; Gradio takes their names from here."""

    def why(asked: Any) -> str:
        search, place = parts.arguments(asked, 2)
        return asking.why(opened, search, place)

    def judge(said: Any) -> str:
        search, place, verdict = parts.arguments(said, 3)
        try:
            feedback.judge(opened, search, place, verdict)
        except KbError as error:
            return error.message
        return "Thank you, kept"

    return [why, judge]
