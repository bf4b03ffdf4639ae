"""What a citation is worth a year later: one library from its first draft to the removal of the paper.

An officer cites paragraphs of draft minutes. The draft is corrected; the same minutes come again inside a pack; later
minutes confirm and amend them; in the end the papers are removed. At each step every cited id is followed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kb.errors import UsageError
from kb.ingest import Readers, ingest
from kb.interfaces import cli
from kb.library import Library
from kb.records import LinkKind
from tests.fakes import HashingEncoder

pytestmark = pytest.mark.slow

HEAD = """QUENBY TOWN COUNCIL

{draft}MINUTES OF A MEETING OF QUENBY TOWN COUNCIL HELD ON 8 MAY 2024

1. APOLOGIES

Apologies were received from Councillor Ember.

2. ALLOTMENTS

{allotments}

3. ANY OTHER BUSINESS

{other}
"""
GATE = "The clerk reported that the north gate of the allotments had been mended by a volunteer in April."
WATER = "Councillor Thorne said that the water butts had cost the council {cost} and were already leaking at the seams."
BEES = "Mrs Lockyer asked whether hives could be kept on plot nine, beside the disused railway line."
LEASE = (
    "The lease of the lower field runs out in 2031 and the diocese has offered to renew it on the same terms."
)
SHED = "It was noted that the tool shed is to be painted green by the scouts before the summer fair."
BENCH = "The mayor thanked the family of the late Mr Cole for the bench beside the war memorial."
AGENDA = """QUENBY TOWN COUNCIL

AGENDA

Wednesday 12 June 2024 at 7.00pm, Guildhall, Quenby

1. Apologies
2. Minutes of the meeting held on 8 May 2024
3. Lighting of the market square

"""
JUNE = """QUENBY TOWN COUNCIL

MINUTES OF A MEETING OF QUENBY TOWN COUNCIL HELD ON 12 JUNE 2024

1. APOLOGIES

There were none.

2. MINUTES OF THE MEETING HELD ON 8 MAY 2024

The minutes were agreed as a correct record subject to the following amendment: Item 2, paragraph 1: “volunteer” to \
read “contractor”.
"""
MINUTES = "quenby-town-council/2024-05-08/draft-minutes"
ITEM = f"{MINUTES}/item-2"
CITED = {
    "gate": f"{ITEM}/para-1",
    "water": f"{ITEM}/para-2",
    "bees": f"{ITEM}/para-3",
    "lease": f"{ITEM}/para-4",
}


def numbered(*texts: str) -> str:
    """Paragraphs with their numbers."""
    return "\n\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


DRAFT = HEAD.format(
    draft="DRAFT ",
    allotments=numbered(GATE, WATER.format(cost="£640"), BEES, LEASE),
    other=numbered(BENCH),
)
CORRECTED = HEAD.format(
    draft="DRAFT ",
    allotments=numbered(GATE, SHED, WATER.format(cost="£460")),
    other=numbered(BENCH, LEASE),
)
"""The shed inserted, the cost changed, the hives deleted, the lease moved to another item."""
FINAL = CORRECTED.replace("DRAFT ", "").replace("a volunteer", "a contractor")


class Shelf:
    """A folder of papers and the library made of it."""

    def __init__(self, folder: Path, readers: Readers) -> None:
        self.papers = folder / "papers"
        self.library = folder / "library"
        self.readers = readers
        self.papers.mkdir()

    def put(self, name: str, text: str) -> None:
        """Put a file into the folder, in place of one of its name, and read the folder."""
        (self.papers / name).write_text(text)
        self.ingest([self.papers])

    def ingest(self, paths: list[Path], **options: Any) -> None:
        """Run ingestion; nothing may fail."""
        report = ingest(paths, self.library, encoder=HashingEncoder(), readers=self.readers, **options)
        assert {result.status.value for result in report.results} <= {
            "added",
            "updated",
            "unchanged",
            "removed",
        }

    @contextmanager
    def open(self) -> Iterator[Library]:
        """The library, open."""
        with Library.open(self.library, encoder=HashingEncoder()) as library:
            yield library


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """With the draft on it."""
    with Readers() as readers:
        shelf = Shelf(tmp_path, readers)
        shelf.put("minutes.txt", DRAFT)
        yield shelf


def follow(shelf: Shelf, capsys: pytest.CaptureFixture[str], identity: str) -> dict[str, Any]:
    """What `kb show --json` says of an id."""
    capsys.readouterr()
    assert cli.main(["show", identity, "--json", "--library", str(shelf.library)]) == cli.EXIT_DONE
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def text_of(place: dict[str, Any]) -> str:
    """The text that stands at a place."""
    return " ".join(passage["text"] for passage in place["passages"])


def check_after_the_correction(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    """Every cited id leads to its own text or says what became of it; none leads to a neighbour."""
    gate, water, bees, lease = (
        follow(shelf, capsys, CITED[name]) for name in ("gate", "water", "bees", "lease")
    )
    assert GATE in text_of(gate)
    assert bees["status"] == "removed"
    assert not bees["passages"]
    assert lease["status"] == "moved"
    assert LEASE in text_of(lease)
    assert "item-3" in lease["id"]
    assert water["status"] in {"changed", "moved"}
    assert WATER.format(cost="£460") in text_of(water)
    assert water["similarity"] < 1
    with shelf.open() as library:
        given = {hit.passage.text: hit.passage.id for hit in library.search("tool shed painted green", k=20)}
    shed = next(identity for text, identity in given.items() if SHED in text)
    assert shed not in CITED.values()
    assert follow(shelf, capsys, shed)["status"] == "same"


def test_a_citation_through_the_life_of_a_paper(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    """Drafted, corrected, copied into a pack, confirmed and amended, removed."""
    for name, text in (
        ("gate", GATE),
        ("water", WATER.format(cost="£640")),
        ("bees", BEES),
        ("lease", LEASE),
    ):
        place = follow(shelf, capsys, CITED[name])
        assert (place["status"], text in text_of(place)) == ("same", True)

    shelf.put("minutes.txt", CORRECTED)
    check_after_the_correction(shelf, capsys)
    assert follow(shelf, capsys, CITED["gate"])["status"] == "same"

    shelf.put("pack.txt", f"{AGENDA}\f{CORRECTED}")
    check_after_the_correction(shelf, capsys)
    with shelf.open() as library:
        hits = [hit for hit in library.search("who mended the north gate", k=20) if GATE in hit.passage.text]
        [hit] = hits
        assert (
            len({hit.passage.citation.document, *(link.document for link in hit.passage.citation.also_in)})
            == 2
        )
        assert hit.passage.citation.status == "draft"

    shelf.put("june.txt", JUNE)
    check_after_the_correction(shelf, capsys)
    with shelf.open() as library:
        cited = library.passage(CITED["gate"]).citation
        assert cited.status == "draft", "agreed with an amendment, it is not what was agreed"
        [proof] = cited.linked(LinkKind.CONFIRMED_BY)
        assert proof.document == "june.txt"
        [amended] = cited.linked(LinkKind.AMENDED_BY)
        assert "“volunteer” to read “contractor”" in (amended.note or "")

    shelf.put("final.txt", FINAL)
    check_after_the_correction(shelf, capsys)
    with shelf.open() as library:
        cited = library.passage(CITED["gate"]).citation
        assert cited.status == "superseded"
        [final] = cited.linked(LinkKind.SUPERSEDED_BY)
        assert final.document == "final.txt"
        hits = library.search("who mended the north gate", k=20)
        first = next(hit.passage for hit in hits if "north gate" in hit.passage.text)
        assert (first.citation.document, first.citation.status) == ("final.txt", "confirmed")
        assert "a contractor in April" in first.text

    shelf.ingest([], removing=["pack.txt"])
    check_after_the_correction(shelf, capsys)
    with shelf.open() as library:
        assert not {link.document for link in library.passage(CITED["gate"]).citation.also_in} & {"pack.txt"}

    shelf.ingest([], removing=["minutes.txt"])
    for identity in (*CITED.values(), ITEM, MINUTES):
        place = follow(shelf, capsys, identity)
        assert (place["status"], place["passages"]) == ("removed", [])
    with shelf.open() as library, pytest.raises(UsageError, match="removed"):
        library.passage(CITED["gate"])

    (shelf.papers / "pack.txt").unlink()
    shelf.put("minutes.txt", CORRECTED)
    check_after_the_correction(shelf, capsys)
