"""A run folder can be checked by others, resumed, and compared."""

from __future__ import annotations

import json
from pathlib import Path

import ir_measures
import pytest
from ir_measures import nDCG

from eval.compare import compare_runs, randomisation_test
from eval.runs import Plan, measures_of, open_run, run
from eval.storage import answer_from_dict, answer_to_dict, read_lines
from kb.errors import QuestionError, UsageError
from kb.records import Answer
from tests.unit.eval.eval_fakes import PASSAGES, TOPICS, FakeSystem, answer, broken_reply, good_reply


def plan(system: FakeSystem) -> Plan:
    """Return a plan over all topics."""
    return Plan(set_name="fen", split="dev", topics=TOPICS, system=system)


def test_a_good_system_scores_well(tmp_path: Path) -> None:
    """Every measure that applies is at its best; the unanswerable question is left out of the ranking."""
    summary = run(plan(FakeSystem(good_reply)), tmp_path / "run")
    means = {name: estimate["mean"] for name, estimate in summary["measures"]["all"].items()}
    for name in ("nDCG@10", "R@10", "Evidence@150w", "Cite-paragraph", "Speaker", "FactsAll", "Verbatim"):
        assert means[name] == 1.0, name
    assert summary["measures"]["all"]["nDCG@10"]["topics"] == 3
    assert summary["abstention"]["auroc"] == 1.0
    assert summary["abstention"]["aurc"] == pytest.approx(0.25 / 4)
    assert summary["issues"] == []
    assert set(summary["measures"]) == {"all", "fact", "unanswerable"}


def test_trec_files_give_the_same_numbers(tmp_path: Path) -> None:
    """Others can check us with their own tools."""
    folder = tmp_path / "run"
    summary = run(plan(FakeSystem(broken_reply)), folder)
    qrels = ir_measures.read_trec_qrels(str(folder / "qrels.trec"))
    ranking = ir_measures.read_trec_run(str(folder / "run.trec"))
    value = ir_measures.calc_aggregate([nDCG @ 10], qrels, ranking)[nDCG @ 10]
    assert value == pytest.approx(summary["measures"]["all"]["nDCG@10"]["mean"])


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    """What was answered is not asked again; a line cut short is."""
    stops = iter(range(3))

    def stopping(question: str) -> Answer:
        if next(stops) == 2:
            raise KeyboardInterrupt
        return good_reply(question)

    folder = tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        run(plan(FakeSystem(stopping)), folder)
    with (folder / "answers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"topic": "fen-5", "ans')
    with pytest.raises(UsageError, match="no finished run"):
        open_run(folder)
    second = FakeSystem(good_reply)
    run(plan(second), folder)
    assert second.asked == ["question fen-5", "question fen-7"]
    assert len(list(read_lines(folder / "answers.jsonl"))) == len(TOPICS)


def test_another_configuration_is_refused(tmp_path: Path) -> None:
    """Answers of two systems are never mixed under one name."""
    run(plan(FakeSystem(good_reply)), tmp_path / "run")
    with pytest.raises(UsageError, match=r"another configuration \(settings\)"):
        run(plan(FakeSystem(good_reply, k=20)), tmp_path / "run")


def test_a_question_that_fails_is_an_issue_and_an_abstention(tmp_path: Path) -> None:
    """One bad question does not stop the run, and does not vanish."""

    def failing(question: str) -> Answer:
        if question.endswith("fen-3"):
            raise QuestionError("too long")
        return good_reply(question)

    summary = run(plan(FakeSystem(failing)), tmp_path / "run")
    assert summary["issues"] == ["fen-3: too long"]
    assert summary["measures"]["all"]["nDCG@10"]["mean"] == pytest.approx(2 / 3)


def test_results_say_what_was_wanted_and_returned(tmp_path: Path) -> None:
    """The report needs nothing but the folder."""
    run(plan(FakeSystem(good_reply)), tmp_path / "run")
    _, rows = open_run(tmp_path / "run")
    assert rows[0]["wanted"][0]["text"].startswith("1. The Commissioner")
    assert [hit["grade"] for hit in rows[0]["returned"]] == [3, 1, 0]


def test_answers_survive_json() -> None:
    """Every field comes back, dates and spans too."""
    given = answer("q", PASSAGES)
    assert answer_from_dict(json.loads(json.dumps(answer_to_dict(given)))) == given


def test_comparing_lists_what_got_better_and_worse(tmp_path: Path) -> None:
    """Differences are B minus A; a run compared with itself differs nowhere."""
    run(plan(FakeSystem(broken_reply)), tmp_path / "a")
    run(plan(FakeSystem(good_reply)), tmp_path / "b")
    rows_a, rows_b = (measures_of(open_run(tmp_path / name)[1]) for name in "ab")
    by_name = {difference.measure: difference for difference in compare_runs(rows_a, rows_b)}
    assert by_name["nDCG@10"].difference > 0
    assert not by_name["nDCG@10"].worse
    assert all(d.p_value == 1.0 and not d.better for d in compare_runs(rows_a, rows_a))
    with pytest.raises(UsageError, match="different questions"):
        compare_runs(rows_a, {})


def test_a_clear_difference_is_significant() -> None:
    """Twenty topics all better cannot be chance; alternating signs can."""
    assert randomisation_test([0.1] * 20) < 0.001
    assert randomisation_test([0.1, -0.1] * 10) == 1.0
    with pytest.raises(ValueError, match="no differences"):
        randomisation_test([])
