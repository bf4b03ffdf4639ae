"""What the commands of ``kb eval`` do that judge how papers are read; see `eval.commands` for their options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from tqdm import tqdm

from eval import tables, workspace
from eval.storage import read_json
from eval.structure import Tally, Unit, compare_outlines, micro
from kb.errors import UsageError
from kb.interfaces.commands import output
from kb.interfaces.commands.shared import shows_progress


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


def register(args: argparse.Namespace) -> int:
    """Compare the register with hand labels."""
    from eval import register as measured  # noqa: PLC0415 - brings pdfplumber
    from eval.baselines import paper_files  # noqa: PLC0415 - brings the encoder

    files = paper_files(workspace.papers_folder(args.set_name, args.papers))
    tallies = measured.judge(measured.read_labels(), files)
    if not tallies:
        raise UsageError(f"No paper of {args.set_name} has labels for the register.")
    if args.json:
        output.print_json(measured.to_json(tallies))
    else:
        output.print_text(measured.table(tallies, errors=args.errors))
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
