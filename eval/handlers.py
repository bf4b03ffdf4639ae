"""What the commands of ``kb eval`` do that run systems and look at runs; see `eval.commands` for their options."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import baselines, tables, workspace
from eval import gate as gates
from eval import report as reports
from eval.compare import Difference, compare_runs
from eval.runs import RUNS, Plan, measures_of, open_run
from eval.runs import run as run_plan
from eval.storage import read_json
from eval.topics import load_set
from kb.errors import UsageError
from kb.interfaces.commands import output
from kb.interfaces.commands.shared import shows_progress

# The measure whose changes are listed when none is named.
_LISTED = "nDCG@10"


def run(args: argparse.Namespace) -> int:
    """Run one system, or all of the table."""
    split = None if args.split == "all" else args.split
    topics = load_set(workspace.set_folder(args.set_name), split=split)
    files = baselines.paper_files(workspace.papers_folder(args.set_name, args.papers))
    retrieval = _read_config(args.config)
    names = baselines.NAMES if args.system == "all" else (args.system,)
    library, seconds = args.built, None
    if library is None and set(names) & set(baselines.FUSIONS):
        library = (
            workspace.LIBRARIES / f"{workspace.checked(args.set_name)}-{baselines.files_hash(files)[:12]}"
        )
        seconds = baselines.build_library(files, library)
    summaries = []
    for name in names:
        with baselines.open_system(
            name, files=files, library=library or Path(), retrieval=retrieval, seconds=seconds
        ) as system:
            folder = _folder(args, system.name, many=len(names) > 1)
            plan = Plan(set_name=args.set_name, split=split, topics=topics, system=system)
            summaries.append(run_plan(plan, folder, show_progress=shows_progress(args)))
    if args.json:
        output.print_json({"runs": summaries})
    else:
        output.print_text(tables.systems_table(summaries))
    for issue in summaries[0]["issues"]:
        output.print_note(issue)
    return 0


def fit(args: argparse.Namespace) -> int:
    """Fit all weights on the dev splits; print what cross-validation says of them."""
    from eval.fit_command import fit_all  # noqa: PLC0415 - scipy

    sets = args.set_names or ["cambridgeshire", "fenwold"]
    report = fit_all(sets, write=args.write, answers_only=args.answers_only)
    if args.json:
        output.print_json(report)
    else:
        output.print_text("\n".join(f"{name}: {value}" for name, value in report.items()))
    return 0


def _folder(args: argparse.Namespace, system: str, *, many: bool) -> Path:
    name = args.name or workspace.new_run_name(args.set_name, args.split, system)
    return RUNS / workspace.checked(f"{name}-{system}" if args.name and many else name)


def _read_config(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
    if set(config) - {"retrieval"} or not isinstance(config.get("retrieval", {}), dict):
        raise UsageError(f"{path} may hold one table, [retrieval].")
    return dict(config.get("retrieval", {}))


def compare(args: argparse.Namespace) -> int:
    """Compare two runs."""
    (_, rows_a), (_, rows_b) = (open_run(workspace.run_folder(name)) for name in (args.run_a, args.run_b))
    found = [
        difference
        for difference in compare_runs(measures_of(rows_a), measures_of(rows_b))
        if not args.measure or difference.measure in args.measure
    ]
    if args.json:
        output.print_json({"a": args.run_a, "b": args.run_b, "measures": [_difference(d) for d in found]})
        return 0
    rows = [
        [
            d.measure,
            f"{d.mean_a:.3f}",
            f"{d.mean_b:.3f}",
            f"{d.difference:+.3f}",
            f"{d.p_value:.4f}",
            str(d.topics),
            f"{len(d.better)} / {len(d.worse)}",
        ]
        for d in found
    ]
    output.print_text(
        tables.markdown(["measure", "A", "B", "B − A", "p", "questions", "better / worse"], rows)
    )
    for d in found:
        for word, changes in (("better", d.better), ("worse", d.worse)):
            if d.measure in (args.measure or [_LISTED]) and changes:
                listed = ", ".join(f"{topic} {change:+.3f}" for topic, change in changes)
                output.print_text(f"\n{d.measure}, {word}: {listed}")
    return 0


def _difference(d: Difference) -> dict[str, Any]:
    return {
        "measure": d.measure,
        "mean_a": d.mean_a,
        "mean_b": d.mean_b,
        "difference": d.difference,
        "p_value": d.p_value,
        "topics": d.topics,
        "better": dict(d.better),
        "worse": dict(d.worse),
    }


def report(args: argparse.Namespace) -> int:
    """Write a run's page, print its table."""
    folder = workspace.run_folder(args.run_name)
    summary, rows = open_run(folder)
    path = args.out or folder / "report.html"
    path.write_text(reports.render(summary, rows, read_json(folder / "config.json")), encoding="utf-8")
    table = tables.types_table(summary)
    (folder / "report.md").write_text(f"{table}\n", encoding="utf-8")
    if args.json:
        output.print_json({"html": str(path), "markdown": table})
    else:
        output.print_text(table)
        output.print_note(f"Written: {path}")
    return 0


def table(args: argparse.Namespace) -> int:
    """Write the table of all systems."""
    latest: dict[str, Mapping[str, Any]] = {}
    for path in sorted(RUNS.glob("*/summary.json"), key=lambda path: path.stat().st_mtime):
        summary = read_json(path)
        if (summary["set"], summary["split"]) == (args.set_name, args.split):
            latest[summary["system"]] = summary
    missing = [name for name in baselines.NAMES if name not in latest]
    if missing:
        raise UsageError(
            f"There is no run of {', '.join(missing)} on {args.set_name}, {args.split}.",
            next_step=f"Make them: kb eval run --set {args.set_name} --split {args.split} --system all",
        )
    chosen = [latest[name] for name in baselines.NAMES]
    _refuse_mixture(chosen)
    content = tables.systems_table(chosen)
    for path in args.documents:
        text = path.read_text(encoding="utf-8")
        path.write_text(tables.put_between_markers(text, args.set_name, content), encoding="utf-8")
    if args.json:
        output.print_json({"runs": chosen, "markdown": content})
    elif not args.documents:
        output.print_text(content)
    return 0


def _refuse_mixture(summaries: Sequence[Mapping[str, Any]]) -> None:
    """Rows of one table answer the same questions from the same papers."""
    for key in ("topics_hash", "corpus_hash"):
        if len({summary[key] for summary in summaries}) > 1:
            raise UsageError(
                f"The latest runs differ in their {key.removesuffix('_hash')}.",
                next_step="Run all systems again: kb eval run --system all",
            )


def gate(args: argparse.Namespace) -> int:
    """Hold a run against the baseline; 1 if it falls below."""
    summary, _ = open_run(workspace.run_folder(args.run_name))
    path = args.baseline or gates.BASELINE
    if args.update:
        entry = gates.update(summary, path)
        if args.json:
            output.print_json(entry)
        output.print_note(f"{path} holds {gates.key(summary)} anew; commit it with the reason.")
        return 0
    checks = gates.check(summary, read_json(path) if path.exists() else {})
    if args.json:
        rows = [
            {
                "measure": c.measure,
                "baseline": c.baseline,
                "margin": c.margin,
                "value": c.value,
                "passes": c.passes,
            }
            for c in checks
        ]
        output.print_json({"passes": all(c.passes for c in checks), "checks": rows})
    else:
        cells = [
            [
                c.measure,
                f"{c.baseline:.3f}",
                f"{c.margin:.3f}",
                tables.number(c.value),
                "passes" if c.passes else "FAILS",
            ]
            for c in checks
        ]
        output.print_text(tables.markdown(["measure", "baseline", "margin", "run", ""], cells))
    return 0 if all(c.passes for c in checks) else 1
