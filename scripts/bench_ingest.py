"""Measure how fast papers are read with one worker process and with several.

Every PDF of some folders is read, structured and split as ingestion does it, without the embedding. Processes are
started before the clock is; the best of several alternating runs counts.

    python scripts/bench_ingest.py papers --workers 2 --runs 3
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path

from kb.errors import SourceError
from kb.ingest.readers import Readers
from kb.ingest.reading import ReadJob
from kb.ingest.settings import ReadingSettings
from kb.passages import PassageSettings
from kb.sources.files import read_bytes


def make_job(path: Path, settings: ReadingSettings) -> ReadJob:
    """Ask for one file."""
    return ReadJob(
        path=path,
        sha256=read_bytes(path)[1],
        suffix=path.suffix,
        name=path.name,
        origin=str(path),
        recipe="",
        passages=PassageSettings(),
        added_at=dt.datetime.now(dt.UTC),
        max_pages=settings.max_pages,
        max_bytes=settings.max_bytes,
    )


def main() -> int:
    """Measure, and print a line for each number of workers and their ratio; exit code 1 if nothing could be read."""
    parser = argparse.ArgumentParser(description="Reading with one worker process against several.")
    parser.add_argument("folders", type=Path, nargs="+", help="folders with PDF files")
    parser.add_argument("--workers", type=int, default=2, help="processes to compare with one (default: 2)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each, alternating (default: 3)")
    arguments = parser.parse_args()
    paths = [path for folder in arguments.folders for path in sorted(folder.glob("*.pdf"))]
    counts = (1, arguments.workers)
    best = dict.fromkeys(counts, float("inf"))
    read = 0
    with Readers(ReadingSettings(workers=1)) as one, Readers(ReadingSettings(workers=counts[1])) as several:
        for run in range(arguments.runs + 1):
            for count, readers in zip(counts, (one, several), strict=True):
                jobs = [make_job(path, readers.settings) for path in paths]
                started = time.perf_counter()
                rows = readers.read(jobs)
                if run:  # the first starts the processes
                    best[count] = min(best[count], time.perf_counter() - started)
                read = sum(not isinstance(row, SourceError) for row in rows)
    if not read:
        print("No PDF file could be read.")
        return 1
    for count in counts:
        print(f"{count} workers: {read} files in {best[count]:.2f} s, {read / best[count]:.1f} files/s")
    print(f"ratio: {best[1] / best[counts[1]]:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
