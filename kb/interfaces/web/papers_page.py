"""The page of papers: what is in the library; for editors, how papers get into it and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import gradio as gr

from kb.errors import UsageError
from kb.interfaces.rendering.html import frame, papers, states
from kb.interfaces.rendering.html.markup import NOTHING, Html, join
from kb.interfaces.web import parts, uploading
from kb.interfaces.web.faults import shown
from kb.interfaces.web.opening import OpenLibrary
from kb.sources import SUFFIXES

RoleOf = Callable[[Any], str]
"""The role of whoever sent a request: "reader", "editor" or "admin"."""
Note = Callable[[Any, str, str], None]
"""Told of every change: the request, what was done, to what."""

_EDITORS: Final = frozenset({"editor", "admin"})
_WRITING: Final = {"concurrency_limit": 1, "concurrency_id": "write"}


class Editing:
    """Who may change the library from the page, and who is told of it."""

    def __init__(self, role_of: RoleOf | None, note: Note | None) -> None:
        self._role_of = role_of
        self._note = note

    def is_allowed(self, request: Any) -> bool:
        """Whether the visitor may; anybody may where no roles are known."""
        return self._role_of is None or str(self._role_of(request)) in _EDITORS

    def refusal(self) -> Html:
        """What everybody else is told."""
        problem = UsageError(
            "Only editors may change the library.", next_step="Ask whoever runs this server for the role."
        )
        return states.error(problem)

    def note(self, request: Any, action: str, subject: str) -> None:
        """Write a change down."""
        if self._note is not None:
            self._note(request, action, subject)


def build(opened: OpenLibrary, page: gr.Blocks, editing: Editing) -> None:
    """Put the page together."""
    top = parts.top(opened, "papers")
    parts.html(frame.heading("Papers"))
    with gr.Column(visible=False, elem_id="kb-editing", elem_classes="kb-page") as editor:
        parts.html(papers.adding(sorted(SUFFIXES)))
        upload = gr.File(
            label="Files to add",
            show_label=False,
            file_count="multiple",
            file_types=sorted(SUFFIXES),
            elem_id="kb-upload",
        )
        with gr.Row():
            add = gr.Button("Add to the library", variant="primary", scale=0, min_width=200)
            again = gr.Button("Rebuild", scale=0, min_width=120)
    status = parts.html(scripts=("common",), elem_id="kb-status", elem_classes="kb-page")
    listed = parts.html(scripts=("common", "papers"), elem_id="kb-page", elem_classes="kb-page")
    parts.html(frame.foot())

    def visit(request: gr.Request) -> list[Any]:
        may = editing.is_allowed(request)
        return [parts.masthead(opened, "papers"), gr.update(visible=may), listing(opened, may_edit=may)]

    def after(steps: Iterator[Html]) -> Iterator[list[Any]]:
        for step in steps:
            yield [step, gr.skip(), gr.skip(), gr.skip()]
        head, content = parts.masthead(opened, "papers"), listing(opened, may_edit=True)
        yield [gr.skip(), head, content, None]

    def change(request: gr.Request, action: str, subject: str, steps: Iterator[Html]) -> Iterator[list[Any]]:
        if not editing.is_allowed(request):
            yield [editing.refusal(), gr.skip(), gr.skip(), gr.skip()]
            return
        editing.note(request, action, subject)
        yield from after(steps)

    def take(files: list[str] | None, request: gr.Request) -> Iterator[list[Any]]:
        paths = [Path(file) for file in files or ()]
        named = ", ".join(path.name for path in paths)
        yield from change(request, "upload", named, uploading.take_in(opened, paths))

    def rebuild(request: gr.Request) -> Iterator[list[Any]]:
        yield from change(request, "rebuild", "", uploading.rebuild(opened))

    def remove(event: gr.EventData, request: gr.Request) -> Iterator[list[Any]]:
        document = str(event.document)
        yield from change(request, "remove", document, uploading.remove(opened, document))

    page.load(visit, None, [top, editor, listed], **parts.PRIVATE)
    outputs = [status, top, listed, upload]
    add.click(take, upload, outputs, **parts.PRIVATE, **_WRITING)
    again.click(rebuild, None, outputs, **parts.PRIVATE, **_WRITING)
    listed.remove(remove, None, outputs, **parts.PRIVATE, **_WRITING)


def listing(opened: OpenLibrary, *, may_edit: bool) -> Html:
    """The papers and what could not be read."""

    def content() -> Html:
        library = opened.current()
        summaries = library.documents()
        if not summaries:
            return join(states.empty_library(str(opened.folder)), papers.refused(library.refused()))
        doubts = {
            summary.document: library.doubts(summary.document) for summary in summaries if summary.doubts
        }
        listed = papers.papers(summaries, doubts, may_edit=may_edit)
        return join(listed, papers.refused(library.refused()) or NOTHING)

    return shown(content, opened)
