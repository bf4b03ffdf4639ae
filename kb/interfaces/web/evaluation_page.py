"""The page of measured quality, read from the folders of runs that `kb eval run` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import gradio as gr

from kb.errors import UsageError
from kb.interfaces.rendering.html import evaluation, frame
from kb.interfaces.rendering.html.markup import NOTHING, Html, join
from kb.interfaces.web import parts
from kb.interfaces.web.faults import shown
from kb.interfaces.web.opening import OpenLibrary

_SUMMARY = "summary.json"


def build(opened: OpenLibrary, page: gr.Blocks, runs: Path) -> None:
    """Put the page together."""
    parts.address_page(
        opened,
        page,
        current="evaluation",
        title="Evaluation",
        render=lambda search: render(opened, runs, search),
    )
    parts.html(frame.foot())


def render(opened: OpenLibrary, runs: Path, search: str) -> Html:
    """What the address asks for; a fault is shown as such."""
    fields = {name: values[0] for name, values in parse_qs(search.removeprefix("?")).items()}
    return shown(lambda: _content(runs, fields), opened)


def _content(runs: Path, fields: dict[str, str]) -> Html:
    finished = _finished(runs)
    if not finished:
        return evaluation.no_runs(str(runs))
    chosen, other = fields.get("run", finished[0]), fields.get("other", "")
    measure = fields.get("measure", next(iter(evaluation.MEASURES)))
    if measure not in evaluation.MEASURES:
        raise UsageError(
            f"There is no measure {measure!r} here.",
            next_step=f"Choose from: {', '.join(evaluation.MEASURES)}.",
        )
    for name in filter(None, (chosen, other)):
        if name not in finished:
            raise UsageError(f"There is no run {name!r}.", next_step=f"Choose from: {', '.join(finished)}.")
    summary = json.loads((runs / chosen / _SUMMARY).read_text("utf-8"))
    topics = _lines(runs / chosen / "per_topic.jsonl")
    form = evaluation.choosing(finished, chosen, other, measure)
    beside = NOTHING
    if other:
        earlier = json.loads((runs / other / _SUMMARY).read_text("utf-8"))
        beside = evaluation.comparison(summary, earlier, measure=measure)
    return join(form, beside, evaluation.run(summary, topics, measure=measure))


def _finished(runs: Path) -> list[str]:
    """The names of the finished runs, the latest first."""
    found = [path for path in runs.glob(f"*/{_SUMMARY}") if path.is_file()]
    ordered = sorted(found, key=lambda path: (path.stat().st_mtime, path.parent.name), reverse=True)
    return [path.parent.name for path in ordered]


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
