"""The register of a library: rows of all papers, each once, at their places, and what became of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.ingest import IngestReport, ingest
from kb.ingest.readers import Readers
from kb.interfaces import cli
from kb.library import Library
from kb.records import Filters, PartKind
from kb.register.records import Attendance, Decision, RowKind
from tests.fakes import HashingEncoder

ENCODER = HashingEncoder()
MAY = """{draft}MINUTES OF A MEETING OF THE OUSEDALE POLICE AND CRIME PANEL
HELD AT THE CORN HALL, OUSEBY, ON 3 MAY 2023

Members Present: Councillors Alan Sharp (Chair), C Dunn, E Finch; G Hale
Others Present: Una Frost, Police and Crime Commissioner

4. Costs of Speed Cameras

(a) Councillor Dunn asked what the yellow speed cameras cost. The Commissioner said that she
would circulate a note{word}.

ACTION

The Panel AGREED to NOTE the report. The Clerk to measure the wet weather collisions.

5. Grants

It was proposed by Councillor Dunn, seconded by Councillor Finch, and RESOLVED that the grant be refused.

The meeting began at 2.00pm and ended at 3.15pm.
"""
TABLE = """
ACTIONS ARISING FROM THE MEETING HELD ON 3 MAY 2023
Item\tSubject\tAction\tOwner\tPosition at 1 June 2023
4\tCosts\tMeasure the wet weather collisions\tClerk\tDone on 20 May
"""
JULY = """MINUTES OF A MEETING OF THE OUSEDALE POLICE AND CRIME PANEL
HELD AT THE CORN HALL, OUSEBY, ON 5 JULY 2023

Members Present: Councillors A Sharp (Chair), C Dunn
Others Present: Una Frost, Police and Crime Commissioner

1. Apologies

Apologies were received from Councillor Finch.

2. Review of Actions

• Yellow speed cameras – A note had gone to Members on 9 May.

• Bus stops – Nothing had been heard.

3. Grants

The Panel AGREED to NOTE the report.
"""


def _build(folder: Path, files: dict[str, str]) -> IngestReport:
    papers = folder / "papers"
    papers.mkdir(exist_ok=True)
    for name, text in files.items():
        (papers / name).write_text(text, encoding="utf-8")
    return ingest([papers], library=folder / "library", encoder=ENCODER)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a draft with its table of actions, the confirmed minutes, and those of the next meeting."""
    made = tmp_path_factory.mktemp("register")
    _build(
        made,
        {
            "may-draft.txt": MAY.format(draft="DRAFT ", word="") + TABLE,
            "may.txt": MAY.format(draft="", word=" soon"),
            "july.txt": JULY,
        },
    )
    return made / "library"


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[Library]:
    """It, open."""
    with Library.open(folder, encoder=ENCODER) as opened:
        yield opened


def test_each_decision_once_and_in_order(library: Library) -> None:
    """The draft's decisions are those of the confirmed minutes; the oldest come first."""
    rows = library.register(RowKind.DECISION)
    assert [(one.passage.citation.document, one.text) for one in rows] == [
        ("may.txt", "The Panel AGREED to NOTE the report."),
        (
            "may.txt",
            "It was proposed by Councillor Dunn, seconded by Councillor Finch, and RESOLVED that the grant be refused.",
        ),
        ("july.txt", "The Panel AGREED to NOTE the report."),
    ]
    assert all(one.text in " ".join(one.passage.text.split()) for one in rows)
    assert isinstance(rows[1].row, Decision)
    assert (rows[1].row.proposer, rows[1].row.seconder) == ("Councillor C Dunn", "Councillor E Finch")


def test_filters_words_and_people_narrow(library: Library) -> None:
    """As in a search; who is named need not speak."""
    may = Filters(date_to=dt.date(2023, 5, 31))
    assert len(library.register(RowKind.DECISION, filters=may)) == 2
    assert library.register(RowKind.DECISION, filters=Filters(kinds=(PartKind.LETTER,))) == ()
    drafts = library.register(RowKind.DECISION, filters=Filters(documents=("may-draft.txt",)))
    assert {one.passage.citation.document for one in drafts} == {"may-draft.txt"}
    assert [
        one.passage.citation.item for one in library.register(RowKind.DECISION, words="refusing grants")
    ] == ["5"]
    assert [one.passage.citation.item for one in library.register(RowKind.DECISION, people=("E Finch",))] == [
        "5"
    ]
    assert library.register(RowKind.DECISION, people=("Nobody",)) == ()


def test_what_a_table_says_of_an_action(library: Library) -> None:
    """The confirmed minutes' action has the position that the draft's table gave, and where it stands."""
    [action] = library.register(RowKind.ACTION)
    assert action.passage.citation.document == "may.txt"
    assert action.status == "Done on 20 May"
    assert action.followed is not None
    assert action.followed.citation.kind is PartKind.ACTION_TABLE


def test_an_undertaking_taken_up_again(library: Library) -> None:
    """The later place is found by its subject; what only shares a word is none."""
    [promise] = library.register(RowKind.UNDERTAKING)
    assert promise.followed is not None
    assert promise.followed.citation.document == "july.txt"
    assert "Yellow speed cameras" in promise.followed.text


def test_a_person_under_several_forms(library: Library) -> None:
    """Alan Sharp and A Sharp are one, with what both did; apologies are no attendance."""
    people = {person.name: person for person in library.people()}
    assert people["Alan Sharp"].attended == 2
    assert "Councillor A Sharp" not in people
    assert (people["Councillor E Finch"].attended, people["Councillor E Finch"].apologies) == (1, 1)
    assert (people["Councillor C Dunn"].proposed, people["Councillor E Finch"].seconded) == (1, 1)
    assert people["Una Frost"].statements >= 1
    assert [person.name for person in library.people(people=("sharp",))] == ["Alan Sharp"]
    assert [person.name for person in library.people(words="commissioner")] == ["Una Frost"]


def test_attendance_and_meetings(library: Library) -> None:
    """Each meeting and each person of it once, whatever drafts say again."""
    rows = [one.row for one in library.register(RowKind.ATTENDANCE) if isinstance(one.row, Attendance)]
    assert len(rows) == 5 + 4
    assert [one.passage.citation.meeting_date for one in library.register(RowKind.MEETING)] == [
        dt.date(2023, 5, 3),
        dt.date(2023, 7, 5),
    ]


def test_unchanged_papers_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their rows go from one generation to the next; only the new paper is read."""
    _build(tmp_path, {"may.txt": MAY.format(draft="", word="")})
    read: list[str] = []
    original = Readers.read

    def spy(self: Readers, jobs: list, **options: object) -> object:  # type: ignore[type-arg]
        read.extend(job.name for job in jobs)
        return original(self, jobs, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Readers, "read", spy)
    _build(tmp_path, {"july.txt": JULY})
    assert read == ["july.txt"]
    with Library.open(tmp_path / "library", encoder=ENCODER) as opened:
        assert len(opened.register(RowKind.DECISION)) == 3


def test_the_commands(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people, programs and spreadsheets; nothing found is no failure."""
    assert (
        cli.main(["decisions", "grant", "--from", "2023-05", "--to", "2023-05", "--library", str(folder)])
        == 0
    )
    shown = capsys.readouterr().out
    assert "proposed by Councillor C Dunn; seconded by Councillor E Finch" in shown
    assert cli.main(["actions", "--json", "--library", str(folder)]) == 0
    [row] = json.loads(capsys.readouterr().out)["rows"]
    assert (row["who"], row["status"], row["citation"]["item"]) == ("Clerk", "Done on 20 May", "4")
    assert cli.main(["undertakings", "--csv", "--library", str(folder)]) == 0
    [cells] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (cells["date"], cells["who"], cells["document"]) == ("2023-05-03", "Una Frost", "may.txt")
    assert cells["followed"]
    for name in ("people", "attendance", "meetings"):
        assert cli.main([name, "--person", "Frost", "--library", str(folder)]) == 0
    assert "Una Frost (Commissioner): attended 2 meetings" in capsys.readouterr().out
    for name in ("recommendations", "declarations", "records", "plan"):
        assert cli.main([name, "--library", str(folder)]) == 0
    assert capsys.readouterr().err.count("record nothing of this kind") == 4
    assert cli.main(["decisions", "--body", "Nowhere", "--library", str(folder)]) == 2
