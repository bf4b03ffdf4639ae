"""What the commands of ``kb eval`` do that bring new judgments; see `eval.commands` for their options."""

from __future__ import annotations

import argparse

from eval import feedback, workspace
from eval.pool import pool as pool_runs
from eval.runs import open_run
from eval.storage import read_lines, write_lines
from kb.errors import UsageError
from kb.interfaces.commands import output


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
