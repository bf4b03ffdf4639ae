"""Does a library still find the place among many others, and how quickly? The real papers with and without distractors.

Builds a library of a set's papers, and another with made-up papers on other matters beside them (`eval.distractors`);
asks both the same questions; prints Markdown tables of measures, paired, and of milliseconds, memory and sizes. Vectors
of texts are kept under eval/runs, so that the first run embeds and later ones don't.

Usage: python -m eval.bench_scale --set cambridgeshire [--split dev] [--passages 100000] [--papers DIR] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from eval import baselines, scaling, workspace
from eval.compare import compare_runs
from eval.runs import RUNS
from eval.tables import markdown
from eval.topics import load_set
from eval.vector_cache import CachedEncoder
from kb.errors import KbError
from kb.store.encoders import make_encoder

MEASURES = ("Success@1", "Success@5", "nDCG@10")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", dest="set_name", default="fenwold", help="(default: fenwold)")
    parser.add_argument("--split", choices=["dev", "test"], default="dev", help="(default: dev)")
    parser.add_argument("--passages", type=int, default=100_000, help="distractors (default: 100000)")
    parser.add_argument("--papers", type=Path, help="the set's papers (default: papers/, else KB_CORPUS)")
    parser.add_argument("--seed", type=int, default=1, help="of the distractors (default: 1)")
    options = parser.parse_args(arguments)
    if options.passages < 1:
        parser.error("--passages is at least 1")
    try:
        run(options)
    except KbError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def run(options: argparse.Namespace) -> None:
    """Build, ask and print."""
    topics = load_set(workspace.set_folder(options.set_name), split=options.split)
    files = baselines.paper_files(workspace.papers_folder(options.set_name, options.papers))
    name = f"{workspace.checked(options.set_name)}-{baselines.files_hash(files)[:12]}"
    small, large = (
        workspace.LIBRARIES / name,
        workspace.LIBRARIES / f"{name}-{options.passages}-{options.seed}",
    )
    baselines.build_library(files, small)
    model = make_encoder(None)
    encoder = CachedEncoder(model, RUNS / "vectors" / model.fingerprint[:12])
    started = time.perf_counter()
    report = scaling.build(files, large, paragraphs=options.passages, seed=options.seed, encoder=encoder)
    speed = f", {encoder.encoded / encoder.seconds:.0f} a second" if encoder.encoded else ""
    say(
        f"{report.passages:,} passages taken in within {time.perf_counter() - started:.0f} s; "
        f"{encoder.encoded:,} texts embedded now{speed}.\n"
    )
    documents = [path.name for path in files]
    without, with_distractors = (
        scaling.apart(scaling.measure, folder, topics, documents) for folder in (small, large)
    )
    say(quality_table(without, with_distractors))
    rivals = [scaling.apart(scaling.measure_rivals, folder, topics) for folder in (small, large)]
    say(time_table([without, with_distractors], rivals))
    say(size_table([without, with_distractors]))


def quality_table(without: scaling.Measured, with_distractors: scaling.Measured) -> str:
    """Measures of both libraries on the same questions, and their paired difference."""
    rows = [
        [
            found.measure,
            f"{found.mean_a:.3f}",
            f"{found.mean_b:.3f}",
            f"{100 * found.difference:+.1f}",
            f"{found.p_value:.4f}",
            str(found.topics),
            f"{len(found.better)} / {len(found.worse)}",
        ]
        for found in compare_runs(without.values, with_distractors.values)
        if found.measure in MEASURES
    ]
    titles = [
        "measure",
        f"{without.passages:,} passages",
        f"{with_distractors.passages:,} passages",
        "difference, points",
        "p",
        "questions",
        "better / worse",
    ]
    return markdown(titles, rows) + "\n"


def time_table(measured: Sequence[scaling.Measured], rivals: Sequence[Mapping[str, Sequence[float]]]) -> str:
    """Milliseconds a question: median and 95th percentile, in one process, the model loaded."""
    rows = []
    for library, rival in zip(measured, rivals, strict=True):
        for name, times in {**library.times, **rival}.items():
            p50, p95 = np.percentile(times, [50, 95])
            rows.append([name, f"{library.passages:,}", str(len(times)), f"{p50:.1f}", f"{p95:.1f}"])
    return markdown(["call", "passages", "calls", "p50, ms", "p95, ms"], rows) + "\n"


def size_table(measured: Sequence[scaling.Measured]) -> str:
    """What each library takes: seconds to open, memory of the whole process, room on disk."""
    rows = [
        [
            f"{library.passages:,}",
            f"{library.open_seconds:.1f}",
            f"{library.memory:,.0f}",
            f"{library.index_size / 2**20:,.0f}",
            f"{library.size / 2**20:,.0f}",
        ]
        for library in measured
    ]
    return markdown(["passages", "opening, s", "memory, MiB", "index, MiB", "generation, MiB"], rows)


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
