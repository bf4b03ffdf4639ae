"""Build the sample papers and their outlines from ``scripts/sample_papers/sources``.

Usage: ``python scripts/build_sample_papers.py [--check]``.  Writes ``papers/`` and ``eval/outlines/fenwold/``, and the
PDFs among ``tests/golden/councils/``, whose outlines are made by hand; with ``--check`` writes nothing and exits 1 if
a file differs from what the sources give.
"""

import argparse
import json
import sys
from pathlib import Path

from sample_papers.model import Paper, read_papers
from sample_papers.outline import outline
from sample_papers.pdf import build_pdf
from sample_papers.plain import extracted_text, markdown

ROOT = Path(__file__).parent.parent
PAPERS = Path("papers")
OUTLINES = Path("eval/outlines/fenwold")
COUNCILS = Path("tests/golden/councils")


def build(paper: Paper) -> dict[Path, bytes]:
    """Return the paper's file and its outline, by path from the root of the repository.

    Raises:
        ValueError: If the paper's name ends in neither ``.pdf``, ``.txt`` nor ``.md``.
    """
    pages: dict[int, int] = {}
    match Path(paper.name).suffix:
        case ".pdf":
            content, pages = build_pdf(paper)
        case ".txt":
            content = extracted_text(paper).encode()
        case ".md":
            content = markdown(paper).encode()
        case suffix:
            message = f"{paper.name}: no way to build {suffix!r}"
            raise ValueError(message)
    record = json.dumps(outline(paper, pages), ensure_ascii=False, indent=1) + "\n"
    return {PAPERS / paper.name: content, OUTLINES / f"{paper.name}.json": record.encode()}


def main(arguments: list[str] | None = None) -> int:
    """Build or check all sample papers; return the exit code."""
    parser = argparse.ArgumentParser(description="Build the sample papers and their outlines.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a built file is out of date"
    )
    is_check = parser.parse_args(arguments).check
    stale = 0
    built = [build(paper) for paper in read_papers()]
    built += [{COUNCILS / paper.name: build_pdf(paper)[0]} for paper in read_papers("councils")]
    for files in built:
        for path, content in files.items():
            target = ROOT / path
            if target.is_file() and target.read_bytes() == content:
                continue
            stale += 1
            print(f"{'out of date' if is_check else 'written'}: {path}")
            if not is_check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
