"""Compare the speed of the PDF reader with pdfplumber's own word extraction.

Both read every page of every PDF in a folder, from a freshly opened file; the median of several alternating runs
counts. The ratio is the reader's time over pdfplumber's: below 1 it is faster although it does more.

    python scripts/bench_pdf.py papers --runs 5
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pdfplumber

from kb.errors import SourceError
from kb.sources.pdf import read_pdf


def extract_words(path: Path) -> None:
    """Do what the reader is measured against."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()


def seconds(work: Callable[[Path], object], path: Path) -> float:
    """Time one call."""
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def main() -> int:
    """Measure and print one line per file and one for all; exit code 1 if no file could be measured."""
    parser = argparse.ArgumentParser(
        description="PDF reader against pdfplumber's extract_words, on the same pages."
    )
    parser.add_argument("folder", type=Path, help="a folder with PDF files")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, alternating (default: 5)")
    arguments = parser.parse_args()
    ours_total = theirs_total = 0.0
    pages_total = 0
    for path in sorted(arguments.folder.glob("*.pdf")):
        try:
            pages = len(read_pdf(path).pages)
        except SourceError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        runs = [(seconds(read_pdf, path), seconds(extract_words, path)) for _ in range(arguments.runs)]
        ours, theirs = median(run[0] for run in runs), median(run[1] for run in runs)
        ours_total, theirs_total, pages_total = ours_total + ours, theirs_total + theirs, pages_total + pages
        print(f"{path.name}: {pages} pages, {ours:.3f} s against {theirs:.3f} s, ratio {ours / theirs:.2f}")
    if not pages_total:
        print("No PDF file could be measured.", file=sys.stderr)
        return 1
    print(
        f"all: {pages_total} pages, {pages_total / ours_total:.1f} pages/s, {ours_total:.3f} s"
        f" against {theirs_total:.3f} s, ratio {ours_total / theirs_total:.2f}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
