"""How quick are search, answers and ingestion? The library as its users meet it, in one process, the model loaded.

Asks the questions of a set's dev split, each several times, through `Library.search` and `Library.ask`; takes the set's
papers into a new library, and again with nothing changed. Prints two Markdown tables to stdout: seconds a run, and
milliseconds a question (median and 95th percentile), asked for the first time and asked again.

Usage: python -m eval.bench_ask [LIBRARY] [--set fenwold] [--papers DIR] [--repeats 3] [--no-ingest]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval import workspace
from eval.topics import load_set
from index import Encoder
from kb.errors import KbError
from kb.ingest import ingest
from kb.library import Library
from kb.store.encoders import make_encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """How long a new library of some files took, and the same run again; both in seconds, the model loaded."""

    files: int
    passages: int
    embedded: int
    new: float
    unchanged: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "library", type=Path, nargs="?", help="an existing library (default: the one made of the papers)"
    )
    parser.add_argument(
        "--set", dest="set_name", default="fenwold", help="whose questions (default: fenwold)"
    )
    parser.add_argument("--papers", type=Path, help="what to ingest (default: the set's papers)")
    parser.add_argument(
        "--repeats", type=int, default=3, help="how often each question is asked (default: 3)"
    )
    parser.add_argument(
        "--no-ingest", action="store_true", help="time questions only; needs a library that exists"
    )
    options = parser.parse_args(arguments)
    if options.no_ingest and options.library is None:
        parser.error("--no-ingest needs a library")
    if options.repeats < 1:
        parser.error("--repeats is at least 1")
    try:
        questions = [
            topic.question for topic in load_set(workspace.set_folder(options.set_name), split="dev")
        ]
        with tempfile.TemporaryDirectory(prefix="bench-ask-") as made:
            folder = options.library or Path(made)
            if not options.no_ingest:
                encoder = load_encoder()
                papers = workspace.papers_folder(options.set_name, options.papers)
                print_ingested(time_ingestion(papers, Path(made), encoder))
            print_asked(folder, questions, repeats=options.repeats)
    except KbError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def load_encoder() -> Encoder:
    """Return the default model, loaded: its first use counts for nothing."""
    encoder = make_encoder(None)
    encoder.encode_query("warm")
    return encoder


def time_ingestion(papers: Path, library: Path, encoder: Encoder) -> Ingested:
    """Take a folder of papers into a library that does not exist yet, then once more."""
    first, second = (ingest([papers], library, encoder=encoder) for _ in range(2))
    return Ingested(
        files=len(first.results),
        passages=first.passages,
        embedded=first.embedded,
        new=first.seconds,
        unchanged=second.seconds,
    )


def timed(call: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of every call, each question once."""
    times: list[float] = []
    for question in questions:
        started = time.perf_counter()
        call(question)
        times.append(1000 * (time.perf_counter() - started))
    return times


def print_ingested(row: Ingested) -> None:
    """Print the table of ingestion."""
    _say("| files | passages | texts embedded | from nothing, s | nothing changed, s |")
    _say("|---:|---:|---:|---:|---:|")
    _say(f"| {row.files:,} | {row.passages:,} | {row.embedded:,} | {row.new:.1f} | {row.unchanged:.2f} |")
    _say("")


def print_asked(folder: Path, questions: Sequence[str], *, repeats: int) -> None:
    """Print the table of questions; each call meets a library just opened, whose model has been used once."""
    _say("| call | passages | calls | p50, ms | p95, ms |")
    _say("|---|---:|---:|---:|---:|")
    for name in ("search", "ask"):
        with Library.open(folder) as library:
            call: Callable[[str], object] = getattr(library, name)
            call("warm")
            first = timed(call, questions)
            again = timed(call, list(questions) * (repeats - 1))
            for when, times in (("first time", first), ("again", again)):
                if times:
                    p50, p95 = np.percentile(times, [50, 95])
                    _say(
                        f"| {name}, {when} | {library.manifest.passages:,} | {len(times):,} | {p50:.1f} | {p95:.1f} |"
                    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
