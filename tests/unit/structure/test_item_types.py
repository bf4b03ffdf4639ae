"""The kind of business that an item's title tells."""

from __future__ import annotations

import pytest

from kb.records import ItemType
from kb.structure.itemtypes import item_type


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Apologies for absence", ItemType.ATTENDANCE),
        ("WELCOME AND INTRODUCTIONS", ItemType.ATTENDANCE),
        ("Declarations of Interest", ItemType.DECLARATIONS),
        ("Disclosable pecuniary interests: declaration of interests", ItemType.DECLARATIONS),
        ("Minutes of the meeting held on 3 May 2023", ItemType.PREVIOUS_MINUTES),
        ("**Minutes** and Action Log", ItemType.ACTIONS),
        ("Matters arising", ItemType.ACTIONS),
        ("Public Questions/Statements", ItemType.PUBLIC_QUESTIONS),
        ("Petitions", ItemType.PUBLIC_QUESTIONS),
        ("Election of Chair", ItemType.APPOINTMENTS),
        ("Appointment of Vice-Chairman for 2023/24", ItemType.APPOINTMENTS),
        ("Forward Plan", ItemType.WORK_PROGRAMME),
        ("Date and time of next meeting", ItemType.NEXT_MEETING),
        ("Any other urgent business", ItemType.URGENT_BUSINESS),
        ("Exclusion of press and public", ItemType.PRIVATE_BUSINESS),
        ("Precept report 2023/24", ItemType.BUSINESS),
        ("Public health annual report", ItemType.BUSINESS),
        ("Road safety minutes count", ItemType.BUSINESS),
        (
            "How the trust acted upon each of the outstanding actions that inspectors asked for in its wards",
            ItemType.BUSINESS,
        ),
        ("  ", None),
        (None, None),
    ],
)
def test_titles(title: str | None, expected: ItemType | None) -> None:
    """Routine business is told by its usual names; all else is business."""
    assert item_type(title) is expected
