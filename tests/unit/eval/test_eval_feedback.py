"""Feedback becomes candidates for a person; nothing of it is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eval.feedback import candidates, merge, read_feedback


def line(**fields: Any) -> dict[str, Any]:
    """Return one line of feedback."""
    return {
        "version": 1,
        "time": "2026-01-02T03:04:05+00:00",
        "question": "Who spoke about drones?",
        "verdict": "up",
        "passage": "fenwold/2023-02-08/item-5/para-1",
        "citation": {
            "document": "minutes.txt",
            "body": "Fenwold Police and Crime Panel",
            "meeting_date": "2023-02-08",
            "kind": "minutes",
            "agenda_item": None,
            "item": "5",
            "section": None,
            "paragraph": "1",
            "page": None,
            "label": "more is allowed",
        },
        "lines": [7, 7],
        "library": "sha256:0",
        **fields,
    }


def test_feedback_on_one_question_is_merged() -> None:
    """Case and white space do not make another question; the best grade stays; a thumb down is no place."""
    found = candidates(
        [
            line(),
            line(question="who spoke  about DRONES?", verdict="right_place"),
            line(verdict="down", passage="elsewhere", lines=[1, 1]),
        ]
    )
    (candidate,) = found
    assert candidate["status"] == "candidate"
    assert [(place["lines"], place["grade"]) for place in candidate["places"]] == [([7, 7], 3)]
    assert [note["verdict"] for note in candidate["feedback"]] == ["up", "right_place", "down"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting"),
        ("[1]", "an object"),
        (json.dumps({**line(), "extra": 1}), "extra"),
        (json.dumps(line(version=2)), "version"),
        (json.dumps(line(time="2026-01-02T03:04:05")), "time zone"),
        (json.dumps(line(question=" ")), "question"),
        (json.dumps(line(verdict="meh")), "meh"),
        (json.dumps(line(citation={})), "citation lacks"),
        (json.dumps(line(lines=[2, 1])), "lines"),
        (json.dumps(line(lines="7")), "lines"),
    ],
)
def test_malformed_lines_are_kept_with_their_number(text: str, reason: str) -> None:
    """The other lines are read all the same."""
    good, bad = read_feedback(f"{json.dumps(line())}\n\n{text}\n{json.dumps(line())}\n")
    assert len(good) == 2
    assert [(found.number, found.text) for found in bad] == [(3, text)]
    assert reason in bad[0].reason


def test_importing_twice_changes_nothing() -> None:
    """Ids come from the question; what a person has written stays."""
    first = candidates([line()])
    edited = [{**first[0], "facts": ["drones"]}]
    assert merge(edited, candidates([line()])) == tuple(edited)


def test_new_places_join_a_known_candidate() -> None:
    """Another passage for the same question is added to it."""
    (merged,) = merge(candidates([line()]), candidates([line(lines=[3, 3])]))
    assert [place["lines"] for place in merged["places"]] == [[7, 7], [3, 3]]
