"""All pages as one Gradio application: each is a route of it, with an address of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import gradio as gr

from kb.interfaces.rendering.html import accessibility, frame
from kb.interfaces.web import (
    ask_page,
    asking,
    decisions_page,
    evaluation_page,
    meetings_page,
    papers_page,
    parts,
)
from kb.interfaces.web.opening import OpenLibrary

RUNS: Final = Path("eval/runs")


def build_page(
    opened: OpenLibrary,
    *,
    role_of: papers_page.RoleOf | None = None,
    note: papers_page.Note | None = None,
    runs: Path = RUNS,
) -> gr.Blocks:
    """Build the pages over a library, which need not exist yet.

    Args:
        opened: The library.
        role_of: Tells the role of whoever sent a request; without it anybody may change the library.
        note: Told of every change of the library: the request, what is done ("upload", "remove", "rebuild"), to what.
        runs: Where `kb eval run` leaves its runs.
    """
    with gr.Blocks(title=asking.TITLE, analytics_enabled=False) as page:
        ask_page.build(opened, page)
        gr.api(_api(opened), api_name="ask", concurrency_limit=ask_page.AT_ONCE, concurrency_id="ask")
    with page.route("Decisions", "decisions"):
        decisions_page.build(opened, page)
    with page.route("Meetings", "meetings"):
        meetings_page.build(opened, page)
    with page.route("Papers", "papers"):
        papers_page.build(opened, page, papers_page.Editing(role_of, note))
    with page.route("Evaluation", "evaluation"):
        evaluation_page.build(opened, page, runs)
    with page.route("Accessibility", "accessibility"):
        parts.top(opened, "accessibility")
        parts.html(frame.heading("Accessibility"))
        parts.html(accessibility.statement(), elem_classes="kb-page")
        parts.html(frame.foot())
    return page


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
