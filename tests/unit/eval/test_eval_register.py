"""The measure of the register: what counts as right, and the levels that were reached."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eval.register import judge, read_labels, table, to_json
from kb.register.records import RowKind
from tests.unit.register.reading import HEAD

PAPERS = Path(__file__).parents[3] / "papers"
CORPUS = os.environ.get("KB_CORPUS", "")
# F1 that reading must keep on the labelled papers.
LEVELS = {
    RowKind.DECISION: 0.97,
    RowKind.ACTION: 0.95,
    RowKind.UNDERTAKING: 0.9,
    RowKind.ATTENDANCE: 0.98,
    RowKind.DECLARATION: 0.95,
    RowKind.MEETING: 1.0,
    RowKind.RECORD: 1.0,
}


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Minutes with one decision, on line 10."""
    path = tmp_path / "minutes.txt"
    path.write_text(f"{HEAD}1. Costs\n\nThe Panel NOTED the report.\n")
    return path


def _labels(*labels: dict[str, object]) -> list[dict[str, object]]:
    scope: dict[str, object] = {"kind": "read", "kinds": ["decision"]}
    return [{"document": "minutes.txt", **label} for label in (scope, *labels)]


def test_right_and_wrong(paper: Path) -> None:
    """A decision is right on its line with its verb; anything else is missing and too many."""
    line = paper.read_text()[: paper.read_text().index("The Panel NOTED")].count("\n") + 1
    right = {"kind": "decision", "line": line, "verb": "noted"}
    assert judge(_labels(right), [paper])[RowKind.DECISION].f1 == 1.0
    for wrong in ({**right, "line": line + 2}, {**right, "verb": "approved"}):
        tally = judge(_labels(wrong), [paper])[RowKind.DECISION]
        assert (tally.wanted, tally.given, tally.right, tally.f1) == (1, 1, 0, 0.0)
        assert len(tally.errors) == 2
    unread = judge(_labels(), [paper])[RowKind.DECISION]
    assert (unread.recall, unread.precision) == (1.0, 0.0)


def test_fields_are_counted_apart(paper: Path) -> None:
    """A wrong vote does not make the decision wrong, and is told."""
    line = paper.read_text()[: paper.read_text().index("The Panel NOTED")].count("\n") + 1
    label = {"kind": "decision", "line": line, "verb": "noted", "votes_for": 7}
    tally = judge(_labels(label), [paper])[RowKind.DECISION]
    assert (tally.f1, tally.fields, tally.fields_right) == (1.0, 2, 1)
    assert "votes_for is None, wanted 7" in table({RowKind.DECISION: tally}, errors=True)
    assert to_json({RowKind.DECISION: tally})["decision"]["f1"] == 1.0


def test_papers_without_labels_are_passed_over(paper: Path) -> None:
    """Nothing is judged where nothing was labelled."""
    assert judge([], [paper]) == {}


def _check(folder: Path) -> None:
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    tallies = judge(read_labels(), files)
    reached = {kind: tallies[kind].f1 for kind in LEVELS if kind in tallies}
    assert reached
    assert {kind: f1 for kind, f1 in reached.items() if f1 < LEVELS[kind]} == {}, table(tallies, errors=True)


def test_the_level_on_the_sample_papers() -> None:
    """The register of the sample papers stays as good as it was measured."""
    _check(PAPERS)


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason="KB_CORPUS names no corpus")
def test_the_level_on_the_corpus() -> None:
    """So does that of the real papers, where they are."""
    _check(Path(CORPUS))
