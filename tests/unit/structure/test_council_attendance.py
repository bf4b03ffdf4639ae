"""Attendance as parish and town councils print it: no commas, bracketed counts, semicolons."""

from __future__ import annotations

import pytest

from kb.structure import parse, read_people
from kb.structure.people import Capacity
from tests.structure_sources import text_source

LISTS = {
    "Present: Cllr Sue Ling (Chair) Cllr Kit Hay-Marsh (Vice-Chair) Cllr Dan Mann and Helen Rich (Clerk)": [
        ("Councillor", "Sue Ling", "Chair"),
        ("Councillor", "Kit Hay-Marsh", "Vice-Chair"),
        ("Councillor", "Dan Mann", None),
        ("", "Helen Rich", "Clerk"),
    ],
    "PRESENT (six Councillors): - Pam Bull (PB), Claire Penn (CP) – Chair, Lorna Holt (LH)": [
        ("", "Pam Bull", None),
        ("", "Claire Penn", "Chair"),
        ("", "Lorna Holt", None),
    ],
    "Present; David Tarn, Chair (DT), Sheila Frome (SF), Alan Holt (AH)": [
        ("", "David Tarn", "Chair"),
        ("", "Sheila Frome", None),
        ("", "Alan Holt", None),
    ],
    "Present: Councillors D Rich (Chair) N Cress, M Arms, R Heal and P Moor": [
        ("Councillor", "D Rich", "Chair"),
        ("Councillor", "N Cress", None),
        ("Councillor", "M Arms", None),
        ("Councillor", "R Heal", None),
        ("Councillor", "P Moor", None),
    ],
    "Present: Cllr Ann Able, Bo Baker. Parish Clerk: Peter Kidd In attendance: Dee Dunn (Tree Warden)": [
        ("Councillor", "Ann Able", None),
        ("", "Bo Baker", None),
        ("", "Peter Kidd", "Clerk"),
        ("", "Dee Dunn", None),
    ],
    "Present: Cllr A Able, Cllr P Moor Clerk Mrs J Todd Saltby District Councillor B Arms": [
        ("Councillor", "A Able", None),
        ("Councillor", "P Moor", None),
        ("Mrs", "J Todd", "Clerk"),
        ("Councillor", "B Arms", None),
    ],
    "Present: Cllrs Able (in the chair) & Baker, County Cllr Webb and the Clerk": [
        ("Councillor", "Able", "Chair"),
        ("Councillor", "Baker", None),
        ("Councillor", "Webb", None),
    ],
    "Present: Cllr. J. Thripp (Chairman), Cllr. Mrs P. Dunn, Cllr. S. Vokes": [
        ("Councillor", "J. Thripp", "Chair"),
        ("Councillor", "P. Dunn", None),
        ("Councillor", "S. Vokes", None),
    ],
}


@pytest.mark.parametrize("printed", LISTS)
def test_everybody_is_read(printed: str) -> None:
    """Title, name and office of each; the meeting is a council's."""
    text = (
        "SALTBY PARISH COUNCIL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\n"
        f"{printed}\n\n1. Finance\n\nIt was noted.\n\n2. Close\n\nThe meeting ended.\n"
    )
    people = read_people(text, parse(text_source(text)).parts[0])
    found = [
        (each.name.title, each.name.full, each.roles[0] if each.roles else None) for each in people.persons
    ]
    assert found == LISTS[printed]
    assert people.group == "Council"


@pytest.mark.parametrize(
    "said",
    [
        "Apologies were received from Councillor Hale, who was substituted by Councillor Innes.",
        "Apologies had been received from Cllr Hale, for whom Cllr Innes was present.",
    ],
)
def test_who_came_in_whose_place(said: str) -> None:
    """The one sent apologies, the other came."""
    text = (
        "SALTBY PANEL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\nPresent: Councillor Able (Chair)\n\n"
        f"1. Apologies for Absence\n\n{said}\n\n2. Close\n\nThe meeting ended.\n"
    )
    people = read_people(text, parse(text_source(text)).parts[0])
    found = [(each.name.surname, each.capacity, each.is_substitute) for each in people.persons]
    assert found == [
        ("Able", Capacity.MEMBER, False),
        ("Hale", Capacity.APOLOGIES, False),
        ("Innes", Capacity.MEMBER, True),
    ]
