"""A label says what became of the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.records import PartKind
from kb.versions.labels import label_with_status
from tests.papers_in_versions import passage

PLACE = passage("minutes.txt", 0, 1, "A text.", kind=PartKind.MINUTES).citation


@pytest.mark.parametrize(
    ("printed", "label", "status", "expected"),
    [
        (None, "Panel, 1 May 2023, minutes, item 3", "superseded", "superseded minutes, item 3"),
        (
            "draft",
            "Panel, 1 May 2023, draft minutes, item 3",
            "superseded",
            "superseded draft minutes, item 3",
        ),
        ("draft", "Panel, 1 May 2023, draft minutes, item 3", "draft", "draft minutes, item 3"),
        ("draft", "Panel, 1 May 2023, draft minutes", "confirmed", "minutes"),
        (
            None,
            "Panel, 1 May 2023, minutes, item 3 minutes",
            "corrected",
            "corrected minutes, item 3 minutes",
        ),
        (None, "Panel, 1 May 2023, minutes", None, "minutes"),
    ],
)
def test_the_status_stands_before_the_kind(
    printed: str | None, label: str, status: str | None, expected: str
) -> None:
    """Once, and only there."""
    citation = replace(PLACE, status=printed, label=label)
    assert label_with_status(citation, status) == f"Panel, 1 May 2023, {expected}"
