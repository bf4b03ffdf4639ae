"""Contact officers and authors of papers, as printed in the heading block or at the end."""

from __future__ import annotations

import pytest

from kb.structure.contacts import read_contact
from kb.structure.footnotes import set_notes_apart
from kb.structure.lines import prepare
from kb.structure.outline import parse
from tests.structure_sources import text_source


def contact(text: str) -> str | None:
    """Read from the lines of one part."""
    lines, _ = set_notes_apart(prepare(text_source(text), frozenset()))
    return read_contact(lines)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Public Report\nContact Officer – Ada Fenn, Clerk\nContact Details – 01632 960001\n",
            "Ada Fenn, Clerk",
        ),
        ("Report author: Ada Fenn\n", "Ada Fenn"),
        ("Contact Officer(s) Inspector Ada Fenn, Mereshire Police\n", "Inspector Ada Fenn, Mereshire Police"),
        (
            "Contact Officer\n\nAda Fenn, Head of Rivers and\nDrains\n\nMere Board\n",
            "Ada Fenn, Head of Rivers and Drains",
        ),
        ("Contact\n\nOfficer(s)\n\n Ada Fenn, Head of Rivers\n", "Ada Fenn, Head of Rivers"),
        (
            "Contact Officers\n\nThe Engineer, Mereshire.\nAda Fenn, Clerk to the Mere\n",
            "The Engineer, Mereshire; Ada Fenn, Clerk to the Mere",
        ),
        ("Contact officer:\nada.fenn@mere.example\n", None),
        ("Contact Details – 01632 960001\n", None),
        ("Authority for the works was given.\n", None),
        ("The author did not come.\n", None),
        ("", None),
    ],
)
def test_contacts(text: str, found: str | None) -> None:
    """People with their offices; no addresses, no sentences."""
    assert contact(text) == found


def test_a_report_knows_its_contact() -> None:
    """It stands with the part."""
    text = (
        "MERESHIRE SCRUTINY PANEL\nAgenda Item No. 5\n4 MAY 2021\nPublic Report\nContact Officer – Ada Fenn\n\n"
        "RIVER GATES\n\n1. PURPOSE\n\n1.1 To tell.\n\n2. RECOMMENDATION\n\n2.1 To note.\n"
    )
    assert [part.contact for part in parse(text_source(text)).parts] == ["Ada Fenn"]
