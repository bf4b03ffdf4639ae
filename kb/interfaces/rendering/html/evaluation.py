"""Measured quality to be read: one run by types of question, its worst questions, two runs side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kb.interfaces.rendering.html import addresses, charts, forms
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, tag
from kb.interfaces.rendering.html.tables import Column, table

MEASURES: Final = {
    "nDCG@10": "Ranking",
    "Cite-paragraph": "Cited to the paragraph",
    "Facts": "Facts in the answer",
    "AbstainRight": "Right to answer or not",
}
"""The measures that are drawn, and what people call them."""
_ALL: Final = "all"
_WORST: Final = 12

Json = Mapping[str, Any]


def choosing(runs: Sequence[str], chosen: str, other: str, measure: str) -> Html:
    """Which run, which measure, which run beside it."""
    return tag(
        "form",
        tag(
            "div",
            forms.select("run", "Run", [(name, name) for name in runs], chosen),
            forms.select(
                "measure", "Measure", [(name, f"{word} ({name})") for name, word in MEASURES.items()], measure
            ),
            forms.select("other", "Compare with", [("", "none"), *((name, name) for name in runs)], other),
            tag("button", "Show", type="submit", class_="kb-button kb-button-quiet"),
            class_="kb-fields",
        ),
        class_="kb-form",
    )


def run(summary: Json, topics: Sequence[Json], *, measure: str) -> Html:
    """One run: what was run, the measure by type with its intervals, the questions it did worst on."""
    return join(
        tag("h2", f"{summary['system']} on {summary['set']}, {summary['split']}"),
        tag(
            "p",
            f"{summary['date']}, {summary['topics']} questions, {summary['answerable']} of them answerable. "
            "Whiskers show 95 % intervals.",
            class_="kb-quiet",
        ),
        tag("h3", f"{MEASURES[measure]}, by type of question"),
        charts.bars(f"{MEASURES[measure]} by type of question", _bars(summary, measure)),
        _by_type(summary),
        _worst(topics, measure),
    )


def comparison(one: Json, other: Json, *, measure: str) -> Html:
    """Two runs, type by type."""
    mine, theirs = _estimates(one, measure), _estimates(other, measure)
    rows = [
        (
            _kind(kind),
            f"{theirs[kind]['mean']:.3f}",
            f"{mine[kind]['mean']:.3f}",
            f"{mine[kind]['mean'] - theirs[kind]['mean']:+.3f}",
        )
        for kind in mine
        if kind in theirs
    ]
    columns = (
        Column(heading="Type of question"),
        Column(heading=other["run"], is_number=True),
        Column(heading=one["run"], is_number=True),
        Column(heading="Difference", is_number=True),
    )
    is_same = one["topics_hash"] == other["topics_hash"]
    return join(
        tag("h2", f"{one['run']} compared with {other['run']}"),
        NOTHING
        if is_same
        else tag("p", "They were asked different questions: the difference says little.", class_="kb-note"),
        table(f"{MEASURES[measure]} of both runs", columns, rows),
    )


def no_runs(folder: str) -> Html:
    """There is no run yet: the command that makes one."""
    return tag(
        "section",
        tag("h2", "No evaluation yet"),
        tag("p", f"There is no finished run in {folder}. Make one, then load this page again:"),
        tag("pre", tag("code", "kb eval run --set fenwold")),
        class_="kb-state",
    )


def _estimates(summary: Json, measure: str) -> dict[str, Any]:
    return {
        kind: measures[measure]
        for kind, measures in summary["measures"].items()
        if measures.get(measure) and measures[measure].get("mean") is not None
    }


def _bars(summary: Json, measure: str) -> list[charts.Bar]:
    return [
        charts.Bar(_kind(kind), found["mean"], found["low"], found["high"])
        for kind, found in _estimates(summary, measure).items()
    ]


def _by_type(summary: Json) -> Html:
    columns = (
        Column(heading="Type of question"),
        Column(heading="Questions", is_number=True),
        *(Column(heading=word, is_number=True) for word in MEASURES.values()),
    )
    rows = []
    for kind, measures in summary["measures"].items():
        found = [measures.get(name) for name in MEASURES]
        counts = [each["topics"] for each in found if each]
        rows.append((_kind(kind), str(max(counts, default=0)), *map(_number, found)))
    return table("All measures by type of question", columns, rows)


def _worst(topics: Sequence[Json], measure: str) -> Html:
    """The questions it did worst on, each a link that asks it as a user would."""
    valued = [topic for topic in topics if topic["measures"].get(measure) is not None]
    ordered = sorted(valued, key=lambda topic: (topic["measures"][measure], topic["topic"]))
    rows = [
        (
            tag("a", topic["question"], href=addresses.question(topic["question"])),
            _kind(topic["type"]),
            f"{topic['measures'][measure]:.2f}",
        )
        for topic in ordered[:_WORST]
    ]
    columns = (
        Column(heading="Question"),
        Column(heading="Type"),
        Column(heading=MEASURES[measure], is_number=True),
    )
    return join(tag("h3", "Worst questions"), table("The questions with the lowest values", columns, rows))


def _kind(value: str) -> str:
    return "All" if value == _ALL else value.replace("_", " ").capitalize()


def _number(found: Json | None) -> str:
    return f"{found['mean']:.3f}" if found and found.get("mean") is not None else "–"
