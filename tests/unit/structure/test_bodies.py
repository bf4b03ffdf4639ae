"""Names of bodies in heading lines."""

from __future__ import annotations

import pytest

from kb.structure.bodies import read_body


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Quenby Town Council A.G.M. - 3rd May 2016", "Quenby Town Council"),
        ("QUENBY TOWN COUNCIL AGM", "Quenby Town Council"),
        ("Quenby Town Council Annual General Meeting, Tuesday 3 May", "Quenby Town Council"),
        ("Quenby Town Council Extraordinary Meeting", "Quenby Town Council"),
        ("Quenby Special Needs Board", "Quenby Special Needs Board"),
        ("Quenby Town Council Annual Report", None),
        ("Quenby Town Council ordinary people", None),
    ],
)
def test_the_kind_of_meeting_is_no_part_of_the_name(line: str, body: str | None) -> None:
    """Whatever else stands behind a name makes the line no name."""
    assert read_body(line) == body
