"""Sample papers and their outlines as readable text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.sources import read_source
from kb.structure.outline import parse
from tests.structure_sources import REPOSITORY, tree

GOLDEN = Path(__file__).parent / "outlines"
PAPERS = (
    "2022-11-30-panel-minutes.txt",
    "2023-03-22-panel-agenda-pack.pdf",
    "2023-03-22-panel-minutes.md",
    "2023-09-21-board-minutes.pdf",
    "2024-11-20-police-and-crime-plan-delivery-plan.pdf",
)


@pytest.mark.parametrize("name", PAPERS)
def test_the_outline_of_a_sample_paper_is_as_reviewed(name: str, *, update_golden: bool) -> None:
    """The tree of a sample paper: parts, items, paragraphs and the first words of each."""
    source = read_source(REPOSITORY / "papers" / name)
    printed = "\n".join(tree(parse(source), source.text)) + "\n"
    golden = GOLDEN / f"{name}.outline"
    if update_golden:
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")
