"""Tables in Markdown: the current one of all systems, and a run's own.

Takes summaries of runs, gives Markdown, and puts it between markers in a document, leaving the rest as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from eval.measures import ALL_TYPES
from kb.errors import UsageError

Summary = Mapping[str, Any]

COLUMNS = (
    "nDCG@10",
    "RR@10",
    "Success@1",
    "Success@5",
    "R@10",
    "Evidence@150w",
    "Evidence@300w",
    "Cite-paragraph",
    "FactsAll",
    "Verbatim",
)
ABSENT = "–"


def systems_table(summaries: Sequence[Summary]) -> str:
    """Return one row for each system, with intervals for nDCG@10, dates and run names."""
    head = ["system", *COLUMNS, "AUROC", "p50 / p95 ms", "date", "run"]
    rows = []
    for summary in summaries:
        cells = [_estimate(summary, name, interval=name == COLUMNS[0]) for name in COLUMNS]
        latency = summary["latency_ms"]
        rows.append(
            [
                summary["system"],
                *cells,
                number(summary["abstention"]["auroc"]),
                f"{latency['p50']:.0f} / {latency['p95']:.0f}" if latency else ABSENT,
                summary["date"],
                f"`{summary['run']}`",
            ]
        )
    first = summaries[0]
    note = (
        f"Set `{first['set']}`, split `{first['split']}`: {first['topics']} questions, "
        f"{first['topics'] - first['answerable']} of them unanswerable. In brackets: 95% bootstrap interval."
    )
    return f"{markdown(head, rows)}\n\n{note}"


def types_table(summary: Summary, columns: Sequence[str] = COLUMNS) -> str:
    """Return one row for each type of question of one run."""
    rows = []
    for group, estimates in summary["measures"].items():
        topics = max((estimate["topics"] for estimate in estimates.values()), default=0)
        rows.append(
            [
                group,
                str(topics),
                *(_estimate(summary, name, group=group, interval=name == columns[0]) for name in columns),
            ]
        )
    return markdown(["type", "questions", *columns], rows)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is text, the others stand to the right."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def number(value: float | None) -> str:
    """Write a measure with three decimals, or a dash."""
    return ABSENT if value is None else f"{value:.3f}"


def _estimate(summary: Summary, name: str, *, group: str = ALL_TYPES, interval: bool = False) -> str:
    estimate = summary["measures"].get(group, {}).get(name)
    if estimate is None:
        return ABSENT
    bounds = f" ({estimate['low']:.3f}–{estimate['high']:.3f})" if interval else ""
    return f"{number(estimate['mean'])}{bounds}"


def put_between_markers(document: str, name: str, content: str) -> str:
    """Replace what stands between ``<!-- eval:table:NAME -->`` and the ``<!-- /eval:table -->`` after it.

    Raises:
        UsageError: If the document has no such markers.
    """
    opening = f"<!-- eval:table:{name} -->"
    pattern = re.compile(
        rf"({re.escape(opening)})(?:(?!<!-- eval:table:).)*?(<!-- /eval:table -->)", re.DOTALL
    )
    if not pattern.search(document):
        raise UsageError(
            f"The document has no markers {opening} and <!-- /eval:table -->.",
            next_step="Put them where the table goes.",
        )
    return pattern.sub(lambda found: f"{found[1]}\n{content}\n{found[2]}", document)
