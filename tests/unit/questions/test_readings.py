"""The question set of understanding: what is read in each question of ``readings.txt``, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kb.questions import Question, When, understand
from tests.unit.questions.library import KNOWLEDGE, TODAY

_CHECKED = (
    "date", "year", "recent", "body", "item", "para", "record", "person", "role", "holder", "kind", "phrase", "not",
    "without",
)  # fmt: skip


def _rows() -> list[tuple[str, dict[str, set[str]]]]:
    rows = []
    for line in Path(__file__).with_name("readings.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        question, *cells = (cell.strip() for cell in line.split("|"))
        expected = (cell.split("=", 1) for cell in cells if cell)
        rows.append(
            (question, {key: {value.strip() for value in values.split(",")} for key, values in expected})
        )
    return rows


def _period(when: When) -> str:
    first = "" if when.first == dt.date.min else when.first.isoformat()
    last = "" if when.last == dt.date.max else when.last.isoformat()
    return f"{first}..{last}"


def _observed(question: Question) -> dict[str, set[str]]:
    left_out = {
        each.meaning.split("“")[1].rstrip("”") for each in question.understood if each.kind == "omission"
    }
    return {
        "date": {_period(when) for when in question.whens},
        "year": {_period(when) for when in question.financial_years},
        "recent": {"yes"} if question.is_recent else set(),
        "body": set(question.bodies),
        "item": {question.item} - {None},  # type: ignore[dict-item]
        "para": {question.paragraph} - {None},  # type: ignore[dict-item]
        "record": {question.record} - {None},  # type: ignore[dict-item]
        "person": set(question.people),
        "role": set(question.roles),
        "holder": set(question.holders),
        "kind": {kind.value for kind in question.papers},
        "phrase": set(question.phrases),
        "not": set(question.excluded),
        "without": left_out,
    }


@pytest.mark.parametrize(("question", "expected"), _rows(), ids=[question for question, _ in _rows()])
def test_readings(question: str, expected: dict[str, set[str]]) -> None:
    """Every reading that is expected, and no other."""
    understood = understand(question, today=TODAY, knowledge=KNOWLEDGE)
    observed = _observed(understood)
    assert observed == {key: expected.get(key, set()) for key in _CHECKED}
    intents = {intent.value for intent in understood.intents}
    assert expected.get("intent", set()) <= intents
    assert not expected.get("no-intent", set()) & intents


def test_the_set_is_large_and_varied() -> None:
    """At least 150 questions; every kind of reading is asked for, and some questions hold none."""
    rows = _rows()
    assert len({question for question, _ in rows}) == len(rows) >= 150
    assert {key for _, expected in rows for key in expected} >= set(_CHECKED)
    assert any(not expected for _, expected in rows)
