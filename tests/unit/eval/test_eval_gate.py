"""The gate can fail, and does when the ranker is broken."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from eval import gate
from eval.runs import Plan, run
from eval.storage import read_json
from kb.errors import UsageError
from tests.unit.eval.eval_fakes import TOPICS, FakeSystem, broken_reply, good_reply


@pytest.fixture
def good(tmp_path: Path) -> dict[str, Any]:
    """Return the summary of a sound run."""
    return run(
        Plan(set_name="fen", split="dev", topics=TOPICS, system=FakeSystem(good_reply)), tmp_path / "good"
    )


def test_a_broken_ranker_fails_at_the_gate(tmp_path: Path, good: dict[str, Any]) -> None:
    """The reason why the gate exists."""
    gate.update(good, tmp_path / "baseline.json")
    system = FakeSystem(broken_reply)
    broken = run(Plan(set_name="fen", split="dev", topics=TOPICS, system=system), tmp_path / "broken")
    checks = gate.check(broken, read_json(tmp_path / "baseline.json"))
    failed = {check.measure for check in checks if not check.passes}
    assert {"nDCG@10", "Success@1", "FactsAll", "abstention.recall"} <= failed


def test_the_run_that_set_the_baseline_passes(tmp_path: Path, good: dict[str, Any]) -> None:
    """Equal is not below."""
    gate.update(good, tmp_path / "baseline.json")
    assert all(check.passes for check in gate.check(good, read_json(tmp_path / "baseline.json")))


@pytest.mark.parametrize("value", [None, float("nan"), 0.4])
def test_a_missing_or_low_measure_fails(value: float | None) -> None:
    """What cannot be seen is not taken for good."""
    assert not gate.Check(measure="nDCG@10", baseline=0.5, margin=0.01, value=value).passes


def test_the_margin_is_allowed() -> None:
    """Up to the margin below passes, as other versions of libraries round otherwise."""
    assert gate.Check(measure="nDCG@10", baseline=0.5, margin=0.01, value=0.491).passes


def test_a_measure_gone_from_the_run_fails(tmp_path: Path, good: dict[str, Any]) -> None:
    """Dropping a measure does not open the gate."""
    gate.update(good, tmp_path / "baseline.json")
    poorer = copy.deepcopy(good)
    del poorer["measures"]["all"]["nDCG@10"]
    checks = gate.check(poorer, read_json(tmp_path / "baseline.json"))
    assert [check.measure for check in checks if not check.passes] == ["nDCG@10"]


def test_fewer_questions_are_refused(tmp_path: Path, good: dict[str, Any]) -> None:
    """Answering only the easy questions does not open the gate."""
    gate.update(good, tmp_path / "baseline.json")
    with pytest.raises(UsageError, match="questions"):
        gate.check({**good, "topics": 3}, read_json(tmp_path / "baseline.json"))


def test_an_unknown_set_is_refused(good: dict[str, Any]) -> None:
    """No baseline is no pass."""
    with pytest.raises(UsageError, match="nothing for fen/dev"):
        gate.check(good, {})


def test_updating_one_set_keeps_the_others(tmp_path: Path, good: dict[str, Any]) -> None:
    """Each set and split has its own entry."""
    gate.update(good, tmp_path / "baseline.json")
    gate.update({**good, "set": "cam"}, tmp_path / "baseline.json")
    assert list(read_json(tmp_path / "baseline.json")) == ["cam/dev", "fen/dev"]
