"""Question sets are read whole, or refused with the line at fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.topics import TopicError, load_set, topics_hash
from tests.unit.eval.eval_fakes import TOPICS, write_set


def test_a_set_survives_writing_and_reading(tmp_path: Path) -> None:
    """Topics are read as they were written, ordered by id."""
    write_set(tmp_path, TOPICS[::-1])
    assert load_set(tmp_path) == TOPICS


def test_splits_part_the_set(tmp_path: Path) -> None:
    """A split keeps only its own questions."""
    write_set(tmp_path, TOPICS)
    with pytest.raises(TopicError, match="no questions of the split test"):
        load_set(tmp_path, split="test")
    assert load_set(tmp_path, split="dev") == TOPICS


@pytest.mark.parametrize(
    "change",
    [
        {"type": "riddle"},
        {"places": []},
        {"split": "train"},
        {"question": " "},
        {"facts": [3]},
        {"id": "two words"},
    ],
)
def test_broken_lines_are_refused_by_number(tmp_path: Path, change: dict[str, object]) -> None:
    """The error names the file and the line."""
    write_set(tmp_path, TOPICS[:1])
    path = tmp_path / "a.jsonl"
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text("\n" + json.dumps(record | change), encoding="utf-8")
    with pytest.raises(TopicError, match=r"a\.jsonl, line 2"):
        load_set(tmp_path)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    """Two questions with one id would overwrite each other's results."""
    write_set(tmp_path, (TOPICS[0], TOPICS[0]))
    with pytest.raises(TopicError, match="used twice"):
        load_set(tmp_path)


def test_candidates_are_not_questions_yet(tmp_path: Path) -> None:
    """What nobody has accepted is not measured."""
    write_set(tmp_path, TOPICS)
    (tmp_path / "b.jsonl").write_text('{"id": "x", "status": "candidate"}\n', encoding="utf-8")
    assert len(load_set(tmp_path)) == len(TOPICS)


def test_an_empty_set_is_an_error(tmp_path: Path) -> None:
    """A measure over nothing would look like a result."""
    with pytest.raises(TopicError, match="no questions"):
        load_set(tmp_path)


def test_the_hash_follows_the_judgments() -> None:
    """Another grade is another set."""
    assert topics_hash(TOPICS) != topics_hash(TOPICS[:-1])
