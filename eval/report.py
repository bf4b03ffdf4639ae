"""One run as a page: tables, plots, and every question opened to what was returned against what was wanted.

Takes a run's summary and rows (see `eval.runs`), gives one HTML document that needs nothing else: style and
plots are inline, there is no script. All text that comes from papers or questions is escaped. A page about
papers that may not be published holds their text: it stays in the run folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from eval import svg
from eval.measures import ALL_TYPES
from eval.report_style import STYLE
from eval.tables import ABSENT, COLUMNS, number

Summary = Mapping[str, Any]
Row = Mapping[str, Any]

# Milliseconds; upper ends of the histogram's columns.
_LATENCY_ENDS = (25, 50, 100, 200, 400, 800, 1600)
_SHOWN_HITS = 10


def render(summary: Summary, rows: Sequence[Row], config: Mapping[str, Any]) -> str:
    """Return the page.

    Args:
        summary: Of the run.
        rows: One for each question.
        config: Of the run.
    """
    title = f"{summary['system']} on {summary['set']}, {summary['split']}"
    sections = (
        _facts(summary, config),
        _by_type(summary),
        _abstention(summary),
        _latency(summary, rows),
        _issues(summary),
        _questions(rows),
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1>{''.join(sections)}</main></body></html>\n"
    )


def _facts(summary: Summary, config: Mapping[str, Any]) -> str:
    timings = {name: f"{value:.1f} s" for name, value in summary["timings"].items()}
    pairs = {
        "Run": summary["run"],
        "Date": summary["date"],
        "Questions": f"{summary['topics']}, {summary['answerable']} of them answerable",
        "Revision": summary["revision"] or ABSENT,
        "Corpus": summary["corpus_hash"],
        "Settings": ", ".join(f"{key}: {value}" for key, value in config["settings"].items()),
        **timings,
        "Peak memory": f"{summary['peak_memory_mib']:.0f} MiB",
    }
    rows = "".join(
        f'<tr><th scope="row">{escape(key)}</th><td>{escape(str(value))}</td></tr>'
        for key, value in pairs.items()
    )
    return f'<table class="facts"><caption>What was run</caption><tbody>{rows}</tbody></table>'


def _by_type(summary: Summary) -> str:
    groups = summary["measures"]
    names = [name for name in groups[ALL_TYPES] if name != "Words"]
    shown = [name for name in COLUMNS if name in names]
    head = ["type", "questions", *names]
    rows = [
        [
            group,
            str(max((estimate["topics"] for estimate in estimates.values()), default=0)),
            *(number(estimates[name]["mean"]) if name in estimates else ABSENT for name in names),
        ]
        for group, estimates in groups.items()
    ]
    plots = "".join(
        "<figure>"
        + svg.bars(
            f"{name} by type, with 95% intervals",
            [
                svg.Bar(group, e[name]["mean"], e[name]["low"], e[name]["high"])
                for group, e in groups.items()
                if name in e
            ],
        )
        + f"<figcaption>{escape(name)}</figcaption></figure>"
        for name in shown
    )
    return (
        "<h2>Measures by type</h2>"
        + _table("Means; intervals are drawn below", head, rows)
        + f'<div class="plots">{plots}</div>'
    )


def _abstention(summary: Summary) -> str:
    found = summary["abstention"]
    head = ["precision", "recall", "abstained on answerable", "AUROC", "AURC"]
    row = [
        number(found["precision"]),
        number(found["recall"]),
        str(found["false_abstentions"]),
        number(found["auroc"]),
        number(found["aurc"]),
    ]
    points = [(point["coverage"], point["risk"]) for point in found["points"]]
    plot = svg.curve(
        "Share of given answers that are wrong, against the share of questions answered",
        points,
        x_label="coverage: share of questions answered, surest first",
        y_label="risk: share of them that is wrong",
    )
    thinned = points[:: max(1, len(points) // 20)]
    data = _table("Risk and coverage", ["coverage", "risk"], [[number(x), number(y)] for x, y in thinned])
    return (
        "<h2>Abstention</h2>"
        + _table("Knowing what is not in the papers", head, [row])
        + f"<figure>{plot}</figure><details><summary>The curve as a table</summary>{data}</details>"
    )


def _latency(summary: Summary, rows: Sequence[Row]) -> str:
    found = summary["latency_ms"]
    ends = [*_LATENCY_ENDS, float("inf")]
    counts = [0] * len(ends)
    for row in rows:
        counts[next(i for i, end in enumerate(ends) if row["wall_ms"] <= end)] += 1
    labels = [*(f"≤{end}" for end in _LATENCY_ENDS), "more"]
    plot = svg.columns("Questions by milliseconds waited", counts, labels)
    text = (
        f"Half of the answers came within {found['p50']:.0f} ms, 95% within {found['p95']:.0f} ms."
        if found
        else ""
    )
    return f"<h2>Latency</h2><p>{text}</p><figure>{plot}</figure>"


def _issues(summary: Summary) -> str:
    items = "".join(f"<li>{escape(issue)}</li>" for issue in summary["issues"])
    return f"<h2>Doubts</h2><ul>{items}</ul>" if items else ""


def _questions(rows: Iterable[Row]) -> str:
    """Worst first, as the report is read to find out what went wrong."""
    ordered = sorted(rows, key=lambda row: (_goodness(row), row["topic"]))
    return "<h2>Questions, worst first</h2>" + "".join(_question(row) for row in ordered)


def _goodness(row: Row) -> float:
    measures = row["measures"]
    ranking = measures.get("nDCG@10")
    return float(measures["AbstainRight"] if ranking is None else ranking)


def _question(row: Row) -> str:
    shown = ", ".join(
        f"{name} {number(value)}"
        for name, value in row["measures"].items()
        if value is not None and name in {*COLUMNS, "Speaker", "AbstainRight"}
    )
    wanted = "".join(
        f"<li><strong>Grade {place['grade']}</strong> {escape(place['label'])}<blockquote>{escape(place['text'])}"
        "</blockquote></li>"
        for place in row["wanted"]
    )
    returned = "".join(
        f'<li class="grade-{hit["grade"]}"><strong>{"Grade " + str(hit["grade"]) if hit["grade"] else "No place"}'
        f"</strong> {escape(hit['label'])} (score {hit['score']:.3f}, BM25 {hit['bm25_score']:.2f}, cosine "
        f"{hit['cosine']:.3f})<blockquote>{escape(hit['text'])}</blockquote></li>"
        for hit in row["returned"][:_SHOWN_HITS]
    )
    answer = f"{'Abstained: ' if row['abstained'] else ''}{row['answer']}"
    missing = f"<p>Missing: {escape(', '.join(row['missing_facts']))}</p>" if row["missing_facts"] else ""
    return (
        f"<details><summary><code>{escape(row['topic'])}</code> {escape(row['question'])} "
        f"<small>{escape(row['type'])}, {_goodness(row):.2f}</small></summary><p>{escape(shown)}</p>"
        f"<h3>Answer (confidence {row['confidence']:.2f}, understood as {escape(row['understood_as'])})</h3>"
        f"<blockquote>{escape(answer)}</blockquote>{missing}"
        f"<h3>Wanted</h3><ul>{wanted or '<li>Nothing: the papers do not answer it.</li>'}</ul>"
        f"<h3>Returned</h3><ol>{returned}</ol></details>"
    )


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose first cells are row headings; wide ones scroll and can be reached by keyboard."""
    columns = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>"
    )
