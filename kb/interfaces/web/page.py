"""The page as Gradio components, and what happens when they are used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import gradio as gr

from kb.interfaces.web import asking
from kb.interfaces.web.opening import OpenLibrary

_EXAMPLES: Final = 3
# Searching holds Python's lock for most of its time: more at once would only make each slower.
_AT_ONCE: Final = 4


def build_page(opened: OpenLibrary) -> gr.Blocks:
    """Build the page over a library, which need not exist yet."""
    front = asking.front(opened)
    with gr.Blocks(title=asking.TITLE, analytics_enabled=False) as page:
        masthead = gr.HTML(front.masthead, elem_id="kb-masthead", js_on_load=None, apply_default_css=False)
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
        with gr.Column(elem_id="kb-examples", visible=bool(front.examples)) as examples:
            gr.HTML('<p class="kb-hint">For example</p>', js_on_load=None, apply_default_css=False)
            buttons = [_example(front, place) for place in range(_EXAMPLES)]
        filters = _filters(front)
        results = gr.HTML(front.state, elem_id="kb-results", js_on_load=None, apply_default_css=False)

        respond = partial(_respond, opened)
        listening: dict[str, Any] = {
            "outputs": [results, examples],
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_limit": _AT_ONCE,
            "concurrency_id": "ask",
        }
        gr.on([ask.click, question.submit], respond, [question, *filters], **listening)
        for button in buttons:
            button.click(
                _same, button, question, show_progress="hidden", api_visibility="private", queue=False
            ).then(respond, [question, *filters], **listening)
        page.load(
            partial(_refresh, opened, front),
            outputs=[masthead, results, examples, *buttons, *filters[:2]],
            show_progress="hidden",
            api_visibility="private",
        )
        gr.api(_api(opened), api_name="ask", concurrency_limit=_AT_ONCE, concurrency_id="ask")
    return page


def _filters(front: asking.Front) -> list[Any]:
    """Body, kind, from, to: in the order of `asking.Narrowing`."""
    with gr.Accordion("Filters", open=False, elem_id="kb-filters"):
        bodies = gr.CheckboxGroup(_list(front.bodies), label="Body")
        kinds = gr.CheckboxGroup(_list(front.kinds), label="Kind of paper")
        with gr.Row():
            date_from = gr.Textbox(label="Meetings from", placeholder="July 2023")
            date_to = gr.Textbox(label="Meetings to", placeholder="2024")
    return [bodies, kinds, date_from, date_to]


def _respond(opened: OpenLibrary, question: str, *filters: Any) -> Iterator[tuple[str, Any]]:
    for shown in asking.respond(opened, question, asking.Narrowing(*filters)):
        yield shown, gr.update(visible=False)


def _refresh(opened: OpenLibrary, built: asking.Front) -> Any:
    """On every visit: the library may have been built or changed since the page was.

    If it has not, nothing is touched: the visitor may have asked or filtered before this answer arrives.
    """
    front = asking.front(opened)
    if front == built:
        return gr.skip()
    return [
        front.masthead,
        front.state,
        gr.update(visible=bool(front.examples)),
        *(_example(front, place) for place in range(_EXAMPLES)),
        *(gr.update(choices=_list(choices), value=[]) for choices in (front.bodies, front.kinds)),
    ]


def _example(front: asking.Front, place: int) -> Any:
    text = front.examples[place] if place < len(front.examples) else ""
    return gr.Button(text, visible=bool(text), size="sm", elem_classes="kb-example")


def _api(opened: OpenLibrary) -> Any:
    """The endpoint for programs; Gradio reads its name, types and description."""

    def ask(  # noqa: PLR0917 - Gradio calls by position
        question: str,
        k: int = asking.PASSAGES,
        bodies: list[str] | None = None,
        kinds: list[str] | None = None,
        documents: list[str] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        ignore: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the papers, with citations (docs/answer-schema.md)."""
        narrowed = asking.Narrowing(
            bodies or (), kinds or (), date_from, date_to, documents or (), ignore or ()
        )
        return asking.ask_json(opened, question, k, narrowed)

    return ask


def _list(choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return list(choices)


def _same(value: str) -> str:
    return value
