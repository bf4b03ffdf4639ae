"""Follow-up questions to the sample papers, through the real command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run_kb

pytestmark = pytest.mark.slow

TURNS = (
    "How much would the average speed camera system on the A1431 cost?",
    "and when was it switched on?",
    "What was the precept for a Band D property in 2023/24?",
    "and in 2024/25?",
    "What was said about vetting on 19 July 2023?",
    "who was there?",
    "What is the recipe for bouillabaisse?",
)


def test_a_conversation_with_the_sample_papers(sample_library: Path) -> None:
    """Each follow-up finds the place that its thread speaks of; full questions begin anew; what is unknown stays so."""
    lines = "".join(json.dumps({"id": str(n), "question": text}) + "\n" for n, text in enumerate(TURNS))
    done = run_kb("chat", "--json", library=sample_library, input=lines)
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    carried = [
        {each["id"].removeprefix("carried-") for each in answer["understood"] if each["kind"] == "carried"}
        for answer in answers
    ]
    assert carried == [set(), {"topic"}, set(), {"topic"}, set(), {"date"}, set()]
    assert "13 May 2024" in answers[1]["answer"]
    assert answers[3]["passages"][0]["citation"]["document"] == "2024-01-31-precept-report.pdf"
    assert answers[5]["kind"] == "attendance"
    assert answers[6]["abstained"]
