"""``kb eval``: the commands of evaluation.

`register` only describes the options; what a command does stands in the modules of handlers, which bring the
libraries and are imported when a command runs. Exit codes: 0 done, 1 failed (the gate is shut, lines were
malformed), 2 misused.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from kb.interfaces.commands.shared import add_command

_SYSTEMS = ("shipped", "convex", "rrf", "bm25", "dense", "fixed-200", "all")


def register(subparsers: Any) -> None:
    """Add ``eval`` with its commands to the subparsers of ``kb``."""
    parser = add_command(
        subparsers,
        "eval",
        summary="measure retrieval, citations, answers and structure",
        examples=(
            "  kb eval run --set fenwold --split dev --system all\n"
            "  kb eval compare RUN_A RUN_B\n"
            "  kb eval gate RUN\n"
        ),
    )
    commands = parser.add_subparsers(dest="eval_command", metavar="COMMAND", required=True)
    _register_run(commands)
    _register_reading(commands)
    _register_gate(commands)
    _register_import(commands)
    _register_structure(commands)
    _register_speakers(commands)
    _register_register(commands)
    _register_fit(commands)


def _command(
    commands: Any, name: str, summary: str, example: str, *, module: str = "handlers"
) -> argparse.ArgumentParser:
    parser = add_command(commands, name, summary=summary, examples=f"  kb eval {example}\n")
    parser.set_defaults(run=_late(f"eval.{module}", name.replace("-", "_")))
    return parser


def _late(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Import handlers only when one of them is called: they bring numpy, ir_measures and the model."""

    def call(args: argparse.Namespace) -> int:
        code: int = getattr(import_module(module), name)(args)
        return code

    return call


def _add_set(parser: argparse.ArgumentParser, *, split: str | None = "dev") -> None:
    parser.add_argument(
        "--set", dest="set_name", default="fenwold", metavar="NAME", help="question set (default: fenwold)"
    )
    if split is not None:
        parser.add_argument(
            "--split", choices=["dev", "test", "all"], default=split, help="(default: %(default)s)"
        )


def _add_papers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--papers", type=Path, metavar="DIR", help="the set's papers (default: papers/, else KB_CORPUS)"
    )


def _register_run(commands: Any) -> None:
    parser = _command(
        commands, "run", "ask every question of a set, measure the answers", "run --set fenwold --split test"
    )
    _add_set(parser)
    _add_papers(parser)
    parser.add_argument(
        "--system",
        choices=_SYSTEMS,
        default="shipped",
        help="what to run (default: the library as shipped; all: every system of the table)",
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="TOML with a table [retrieval]: settings of the library"
    )
    parser.add_argument(
        "--name", metavar="NAME", help="of the run folder; an interrupted run goes on under its name"
    )
    parser.add_argument(
        "--built",
        type=Path,
        metavar="DIR",
        help="an existing library, instead of building one from the papers",
    )


def _register_reading(commands: Any) -> None:
    parser = _command(
        commands, "compare", "compare two runs, question by question", "compare RUN_A RUN_B --measure nDCG@10"
    )
    parser.add_argument("run_a", metavar="A")
    parser.add_argument("run_b", metavar="B")
    parser.add_argument(
        "--measure", action="append", metavar="NAME", help="only this measure (may be repeated)"
    )
    parser = _command(commands, "report", "write a run as an HTML page and a Markdown table", "report RUN")
    parser.add_argument("run_name", metavar="RUN")
    parser.add_argument("--out", type=Path, metavar="FILE", help="(default: report.html in the run folder)")
    parser = _command(
        commands,
        "table",
        "write the table of all systems, from their latest runs, between the markers of documents",
        "table --set cambridgeshire --split test README.md docs/evaluation.md",
    )
    _add_set(parser, split="test")
    parser.add_argument("documents", nargs="*", type=Path, metavar="FILE", help="(default: print the table)")


def _register_gate(commands: Any) -> None:
    parser = _command(
        commands, "gate", "fail if a run's key measures fall below the committed baseline", "gate RUN"
    )
    parser.add_argument("run_name", metavar="RUN")
    parser.add_argument(
        "--update", action="store_true", help="make the run the new baseline; commit the file on purpose"
    )
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="(default: eval/baseline.json)")


def _register_import(commands: Any) -> None:
    parser = _command(
        commands,
        "import-feedback",
        "turn feedback from the interface into candidate questions",
        "import-feedback feedback.jsonl --out candidates.jsonl",
        module="judging_handlers",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="JSON lines; the format is in eval/README.md")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="(default: eval/runs/candidates/candidates.jsonl)"
    )
    parser = _command(
        commands,
        "pool",
        "list the best passages of runs that no judgment covers, for a person to judge",
        "pool RUN_A RUN_B --depth 5 --out pool.jsonl",
        module="judging_handlers",
    )
    parser.add_argument("runs", nargs="+", metavar="RUN")
    parser.add_argument("--depth", type=int, default=5, metavar="N", help="passages of each run (default: 5)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="(default: eval/runs/candidates/pool.jsonl)")


def _register_structure(commands: Any) -> None:
    parser = _command(
        commands,
        "structure",
        "compare outlines with those made by hand",
        "structure --set fenwold",
        module="reading_handlers",
    )
    _add_set(parser, split=None)
    _add_papers(parser)
    parser.add_argument(
        "--given",
        type=Path,
        metavar="DIR",
        help="outlines as `kb outline --json` printed them, DIR/<document>.json (default: made from the papers)",
    )
    parser.add_argument("--errors", action="store_true", help="list everything missing and extra")


def _register_speakers(commands: Any) -> None:
    parser = _command(
        commands,
        "speakers",
        "compare who says each sentence with labels made by hand",
        "speakers --errors",
        module="reading_handlers",
    )
    _add_papers(parser)
    parser.add_argument("--errors", action="store_true", help="list every error")


def _register_register(commands: Any) -> None:
    parser = _command(
        commands,
        "register",
        "compare decisions, actions, attendance and more with labels made by hand",
        "register --set fenwold --errors",
        module="reading_handlers",
    )
    _add_set(parser, split=None)
    _add_papers(parser)
    parser.add_argument("--errors", action="store_true", help="list every error")


def _register_fit(commands: Any) -> None:
    parser = _command(
        commands, "fit", "fit the weights of ranking, answers and confidence on the dev splits", "fit --write"
    )
    parser.add_argument(
        "--set",
        dest="set_names",
        action="append",
        metavar="NAME",
        help="question set to fit on (may be repeated; default: fenwold and cambridgeshire)",
    )
    parser.add_argument(
        "--answers-only", action="store_true", help="fit sentences and confidence on the ranking as it is"
    )
    parser.add_argument(
        "--write", action="store_true", help="write the weights into kb; raise nothing by accident"
    )
