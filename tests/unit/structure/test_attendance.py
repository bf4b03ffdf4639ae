"""Attendance lists, one small sample for each shape."""

from __future__ import annotations

import pytest

from kb.structure import read_people
from kb.structure.people import Capacity, Person
from tests.unit.structure.minutes_samples import minutes_part


def _rows(opening: str, *items: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    text, part = minutes_part(opening, *items)
    return [
        (person.display, person.capacity.value, person.role) for person in read_people(text, part).persons
    ]


def _person(display: str, opening: str, *items: tuple[str, str]) -> Person:
    text, part = minutes_part(opening, *items)
    return next(person for person in read_people(text, part).persons if person.display == display)


SHAPES = {
    "one person a line, wide gaps": (
        (
            "Officers Present:  Tess Hale        Senior Democratic Services Officer,\n"
            "Ousedale City Council\n"
            "Ravi Moss        Monitoring Officer, Ousedale City\nCouncil\n"
            "Others Present: Una Frost       Ousedale Police and Crime Commissioner"
        ),
        [
            ("Tess Hale", "officer", "Democratic Services Officer"),
            ("Ravi Moss", "officer", "Monitoring Officer"),
            ("Una Frost", "other", "Commissioner"),
        ],
    ),
    "one person a line, no gap": (
        (
            "Members: Una Frost Ousedale Police and Crime Commissioner\n"
            "Ben Lark Deputy Chief Constable, Ousedale Constabulary\n"
            "In Attendance: Ida Penn Head of Business Development, Office of the Police & Crime\nCommissioner"
        ),
        [
            ("Una Frost", "member", "Commissioner"),
            ("Ben Lark", "member", "Deputy Chief Constable"),
            ("Ida Penn", "other", "Head of Business Development"),
        ],
    ),
    "a comma list": (
        (
            "Members Present: Nora Vale (Chair), Omar Reed (Vice-Chair), Councillors B Ashe,\n"
            "C Dunn (substitute), EF Gale, and Nora\nPike (Independent)"
        ),
        [
            ("Nora Vale", "member", "Chair"),
            ("Omar Reed", "member", "Vice-Chair"),
            ("Councillor B Ashe", "member", "Councillor"),
            ("Councillor C Dunn", "member", "Councillor"),
            ("Councillor EF Gale", "member", "Councillor"),
            ("Nora Pike", "member", "Independent member"),
        ],
    ),
    "two people a row": (
        (
            "Members Present:  Councillor B Ashe (Chair)  Councillor C Dunn\n"
            "G Holt (Vice-Chair)  Professor A Lindqvist"
        ),
        [
            ("Councillor B Ashe", "member", "Chair"),
            ("Councillor C Dunn", "member", "Councillor"),
            ("G Holt", "member", "Vice-Chair"),
            ("Professor A Lindqvist", "member", "Member"),
        ],
    ),
    "table rows by tabs": (
        "Present\nName\tRole\nUna Frost\tCommissioner\nBen Lark\tChief Constable\tOusedale Constabulary",
        [("Una Frost", "member", "Commissioner"), ("Ben Lark", "member", "Chief Constable")],
    ),
    "names in one column, roles in the next": (
        (
            "Officers Present:\nTess Hale\nRavi Moss\nOthers Present:\nUna Frost\n"
            "Secretariat, Ousedale City Council\nMonitoring Officer, Ousedale City\nCouncil\n"
            "Ousedale Police and Crime\nCommissioner"
        ),
        [
            ("Tess Hale", "officer", "Secretariat"),
            ("Ravi Moss", "officer", "Monitoring Officer"),
            ("Una Frost", "other", "Commissioner"),
        ],
    ),
    "columns of unequal length are not paired": (
        "Officers Present:\nTess Hale\nRavi Moss\nUna Frost\nMonitoring Officer\nCommissioner",
        [("Tess Hale", "officer", None), ("Ravi Moss", "officer", None), ("Una Frost", "officer", None)],
    ),
    "the role on the following line": (
        "Officers:\nTess Hale\nClerk to the Panel\nRavi Moss\nMonitoring Officer",
        [("Tess Hale", "officer", "Clerk"), ("Ravi Moss", "officer", "Monitoring Officer")],
    ),
    "Present, in attendance, apologies": (
        (
            "Present: Cllrs B Ashe and C Dunn\n"
            "In attendance: Una Frost, Police and Crime Commissioner; Ben Lark, Chief\n"
            "Constable\nApologies: Cllr D Eames"
        ),
        [
            ("Councillor B Ashe", "member", "Councillor"),
            ("Councillor C Dunn", "member", "Councillor"),
            ("Una Frost", "other", "Commissioner"),
            ("Ben Lark", "other", "Chief Constable"),
            ("Councillor D Eames", "apologies", "Councillor"),
        ],
    ),
    "a Markdown list": (
        (
            "**Members Present:**\n- Councillor B Ashe (Chair)\n- Nora Pike (Independent)\n"
            "**Officers Present:** Tess Hale (Clerk)"
        ),
        [
            ("Councillor B Ashe", "member", "Chair"),
            ("Nora Pike", "member", "Independent member"),
            ("Tess Hale", "officer", "Clerk"),
        ],
    ),
    "no heading at all": (
        "Una Frost (UF), Commissioner  Ben Lark (BL), Chief Constable\nIda Penn (IP), Chief Executive",
        [
            ("Una Frost", "member", "Commissioner"),
            ("Ben Lark", "member", "Chief Constable"),
            ("Ida Penn", "member", "Chief Executive"),
        ],
    ),
    "roles before names": (
        "Others Present: Deputy Chief Constable Ruth Bell; Superintendent Ann Cole, Ousedale Constabulary",
        [("Ruth Bell", "other", "Deputy Chief Constable"), ("Ann Cole", "other", None)],
    ),
    "offices of councils": (
        (
            "Present: Councillor Jo Bray (Mayor), Councillor Sam Cole (Leader of the Council), Councillor Di Fox "
            "(Portfolio Holder for Housing)\nOfficers: Al Gray, Director of Place; Pat Hill, Town Clerk"
        ),
        [
            ("Jo Bray", "member", "Mayor"),
            ("Sam Cole", "member", "Leader"),
            ("Di Fox", "member", "Portfolio Holder"),
            ("Al Gray", "officer", "Director of Place"),
            ("Pat Hill", "officer", "Clerk"),
        ],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shape(shape: str) -> None:
    """Everybody in a list of each shape is found, with capacity and office, and nobody else."""
    opening, expected = SHAPES[shape]
    assert _rows(opening) == expected


def test_apologies_and_substitutes() -> None:
    """Apologies come from the sentence of the first items; a substitute is known with whose place was taken."""
    opening = "Members Present: Councillors B Ashe, C Dunn"
    item = (
        "Apologies",
        (
            "Apologies were received from Councillors Eames and Fenn, and from Zoe\nGrant. Councillor Dunn was in\n"
            "attendance as substitute for Councillor Eames."
        ),
    )
    assert _rows(opening, item)[2:] == [
        ("Councillor Eames", "apologies", "Councillor"),
        ("Councillor Fenn", "apologies", "Councillor"),
        ("Zoe Grant", "apologies", None),
    ]
    dunn = _person("Councillor C Dunn", opening, item)
    assert (dunn.is_substitute, dunn.substitute_for) == (True, "Councillor Eames")
    inside = _person("Councillor B Ashe", "Present: Cllr B Ashe (substitute for Cllr A Crewe)")
    assert inside.substitute_for == "Councillor A Crewe"


def test_fullest_form() -> None:
    """A first name printed anywhere in the minutes completes the initial of the list."""
    text, part = minutes_part(
        "Present: Councillors A Sharp, B Sharp", ("Thanks", "Councillor Alan Sharp spoke.")
    )
    assert read_people(text, part).names == ("Alan Sharp", "Councillor B Sharp")


def test_organisations_and_abbreviations() -> None:
    """The body stands beside the office; announced initials are known."""
    lark = _person("Ben Lark", "Present: Ben Lark (BL), Chief Constable, Ousedale Constabulary")
    assert (lark.organisation, lark.abbreviation) == ("Ousedale Constabulary", "BL")
    assert lark.capacity is Capacity.MEMBER


def test_two_holders_of_one_office() -> None:
    """An office that two people hold is neither's, unless the mention names the body."""
    text, part = minutes_part(
        "Present: Jon Lane, Chief Finance Officer, Ousedale Constabulary; Mary West, Chief Finance Officer, OPCC"
    )
    people = read_people(text, part)
    assert "Chief Finance Officer" not in people.roles
    vague = people.mentioned("The Chief Finance Officer")
    assert vague is not None
    assert (vague.speaker, vague.doubtful) == ("Chief Finance Officer", True)
    assert people.resolve("the Chief Finance Officer, Ousedale Constabulary") == "Jon Lane"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Cllr A Sharp", "Alan Sharp"),
        ("Councillor Alan Sharp", "Alan Sharp"),
        ("Cllr Sharp", "Alan Sharp"),
        ("Councillor Dunn", "Councillor C Dunn"),
        ("Councillor Nobody", "Councillor Nobody"),
        ("The Commissioner", "Una Frost"),
        ("the Police and Crime Commissioner", "Una Frost"),
        ("The Monitoring Officer", "Monitoring Officer"),
        ("Una", "Una Frost"),
    ],
)
def test_one_person_under_several_forms(mention: str, name: str) -> None:
    """The forms of one person are one; a role nobody holds stays a role."""
    text, part = minutes_part(
        "Present: Councillors Alan Sharp, C Dunn\nOthers: Una Frost, Police and Crime Commissioner"
    )
    assert read_people(text, part).resolve(mention) == name


def test_no_list() -> None:
    """Minutes without a list have nobody, and running text makes no names."""
    text, part = minutes_part(
        "MINUTES OF THE OUSEDALE PANEL\nHELD AT THE GUILDHALL, STONE CROSS", ("One", "It was noted.")
    )
    assert read_people(text, part).persons == ()
