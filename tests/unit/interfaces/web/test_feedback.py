"""What readers say is kept as `kb eval import-feedback` reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.feedback import candidates, read_feedback
from kb.errors import UsageError
from kb.interfaces.web import feedback
from kb.interfaces.web.opening import OpenLibrary
from tests.unit.interfaces.fake_library import PASSAGES

PLACE = PASSAGES[0].id


def test_a_verdict_becomes_a_candidate(tmp_path: Path) -> None:
    """Two words about one place are two lines and one question."""
    opened = OpenLibrary(tmp_path)
    feedback.judge(opened, "?q=What+do+cameras+cost%3F", PLACE, "up")
    feedback.judge(opened, "?q=What+do+cameras+cost%3F", PLACE, "right_place")
    good, bad = read_feedback((tmp_path / feedback.FILE).read_text("utf-8"))
    assert not bad
    assert [line["verdict"] for line in good] == ["up", "right_place"]
    (candidate,) = candidates(good)
    assert candidate["question"] == "What do cameras cost?"
    assert candidate["places"][0]["grade"] == 3


@pytest.mark.parametrize(
    ("search", "place", "verdict"), [("", PLACE, "up"), ("?q=a", "nowhere", "up"), ("?q=a", PLACE, "maybe")]
)
def test_what_cannot_be_judged_is_refused(tmp_path: Path, search: str, place: str, verdict: str) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError):
        feedback.judge(OpenLibrary(tmp_path), search, place, verdict)
    assert not (tmp_path / feedback.FILE).exists()
