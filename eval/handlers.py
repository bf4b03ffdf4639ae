"""What the commands of ``kb eval`` do; see `eval.commands` for their options."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval import baselines, feedback, tables, workspace
from eval import gate as gates
from eval import report as reports
from eval.compare import Difference, compare_runs
from eval.pool import pool as pool_runs
from eval.runs import RUNS, Plan, measures_of, open_run
from eval.runs import run as run_plan
from eval.storage import read_json, read_lines, write_lines
from eval.structure import Tally, Unit, compare_outlines, micro
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

    report = fit_all(args.set_names or ["cambridgeshire", "fenwold"], write=args.write)
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


def import_feedback(args: argparse.Namespace) -> int:
    """Turn feedback into candidates; 1 if lines were malformed (they are kept beside)."""
    try:
        text = args.file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{args.file} cannot be read: {error}.") from error
    good, bad = feedback.read_feedback(text)
    path = args.out or workspace.CANDIDATES / "candidates.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    merged = feedback.merge(read_lines(path), feedback.candidates(good))
    write_lines(path, merged)
    rejected = path.with_suffix(".rejected.jsonl")
    if bad:
        rows = [{"file": str(args.file), "line": b.number, "reason": b.reason, "text": b.text} for b in bad]
        write_lines(
            rejected, [*read_lines(rejected), *(row for row in rows if row not in [*read_lines(rejected)])]
        )
    for b in bad:
        output.print_note(f"{args.file}, line {b.number}: {b.reason}")
    note = {"read": len(good), "malformed": len(bad), "candidates": len(merged), "file": str(path)}
    if args.json:
        output.print_json(note)
    else:
        output.print_text(f"{len(good)} lines read, {len(merged)} candidates in {path}.")
    if bad:
        output.print_note(f"{len(bad)} malformed lines are kept in {rejected}.")
    return 1 if bad else 0


def pool(args: argparse.Namespace) -> int:
    """List unjudged passages."""
    if args.depth < 1:
        raise UsageError("--depth is at least 1.")
    rows = pool_runs([open_run(workspace.run_folder(name))[1] for name in args.runs], depth=args.depth)
    path = args.out or workspace.CANDIDATES / "pool.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_lines(path, rows)
    if args.json:
        output.print_json({"unjudged": len(rows), "file": str(path)})
    else:
        output.print_text(f"{len(rows)} unjudged passages in {path}.")
    return 0


def structure(args: argparse.Namespace) -> int:
    """Compare outlines."""
    golds = sorted((workspace.OUTLINES / workspace.checked(args.set_name)).glob("*.json"))
    if not golds:
        raise UsageError(f"There are no outlines of {args.set_name}.")
    found: dict[str, dict[Unit, Tally]] = {}
    for path in tqdm(
        golds, desc="outlines", unit="document", file=sys.stderr, disable=not shows_progress(args)
    ):
        wanted = read_json(path)
        found[wanted["doc"]] = compare_outlines(wanted, _outline(args, wanted["doc"]))
    total = micro(found.values())
    if args.json:
        everything = {**found, "all": total}
        output.print_json({name: _tallies(tallies) for name, tallies in everything.items()})
        return 0
    rows = [
        [name, *(f"{tallies[unit].f1:.3f}" for unit in Unit)]
        for name, tallies in {**found, "all": total}.items()
    ]
    output.print_text(tables.markdown(["document (F1)", *Unit], rows))
    for name, tallies in found.items():
        for unit, tally in tallies.items():
            lines = [f"  - {what}" for what in tally.missing] + [f"  + {what}" for what in tally.extra]
            if args.errors and lines:
                output.print_text("\n".join([f"\n{name}, {unit}: - missing, + extra", *lines]))
    return 0


def speakers(args: argparse.Namespace) -> int:
    """Compare the speakers of sentences with hand labels."""
    from eval import speakers as speech  # noqa: PLC0415 - brings pdfplumber

    judged = speech.judge(speech.read_labels(), workspace.papers_folder("cambridgeshire", args.papers))
    if args.json:
        output.print_json(speech.summary(judged))
    else:
        output.print_text(speech.report(judged, errors=args.errors))
    return 0


def _outline(args: argparse.Namespace, document: str) -> dict[str, Any]:
    """Read an outline printed before, or make it from the paper."""
    if args.given is not None:
        return read_json(args.given / f"{document}.json")
    from kb.interfaces.answer_json import outline_to_json  # noqa: PLC0415
    from kb.sources import read_source  # noqa: PLC0415 - brings pdfplumber
    from kb.structure import parse  # noqa: PLC0415

    source = read_source(workspace.papers_folder(args.set_name, args.papers) / document)
    return outline_to_json(source.name, parse(source))


def _tallies(tallies: Mapping[Unit, Tally]) -> dict[str, Any]:
    return {
        str(unit): {"f1": tally.f1, "right": tally.right, "missing": tally.missing, "extra": tally.extra}
        for unit, tally in tallies.items()
    }
