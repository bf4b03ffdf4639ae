"""All pages as one Gradio application: each is a route of it, with an address of its own."""

from __future__ import annotations

from typing import Any

import gradio as gr

from kb.interfaces.web import ask_page, asking, meetings_page
from kb.interfaces.web.opening import OpenLibrary


def build_page(opened: OpenLibrary) -> gr.Blocks:
    """Build the pages over a library, which need not exist yet."""
    with gr.Blocks(title=asking.TITLE, analytics_enabled=False) as page:
        ask_page.build(opened, page)
        gr.api(_api(opened), api_name="ask", concurrency_limit=ask_page.AT_ONCE, concurrency_id="ask")
    with page.route("Meetings", "meetings"):
        meetings_page.build(opened, page)
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
