"""From files to an answer: a draft, its confirmed minutes, and the pack that carries the draft."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.ingest import ingest
from kb.interfaces import cli
from kb.interfaces.answer_json import search_to_json
from kb.interfaces.rendering import markdown, terminal
from kb.interfaces.rendering.html import cards
from kb.library import Library
from kb.records import Filters, LinkKind
from tests.fakes import HashingEncoder

MINUTES = """FENWOLD POLICE AND CRIME PANEL

{draft}MINUTES OF A MEETING OF THE FENWOLD POLICE AND CRIME PANEL HELD ON 10 MAY 2023

1. APOLOGIES

Apologies were received from Councillor Hale and from Mr Osei, who was on leave.

2. FERRY PATROLS

1. The Commissioner reported that the ferry patrols had cost {cost} since they began in the spring of last year.

2. Councillor Frayne asked whether the patrols would go on through the winter, when few people crossed the river.

3. The Commissioner answered that they would, since thefts from boats had mostly been reported in November.

RESOLVED to note the report and to thank the officers who had crewed the boats.
{end}"""
AGENDA = """FENWOLD POLICE AND CRIME PANEL

AGENDA

Wednesday 14 June 2023 at 2.00pm, Council Chamber, Wexmoor

1. Apologies
2. Minutes of the meeting held on 10 May 2023
3. Lighthouse repairs

"""
JUNE = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on 14 June 2023

1. APOLOGIES

There were none.

2. MINUTES OF THE MEETING HELD ON 10 MAY 2023

The minutes were agreed as a correct record subject to the following amendment: Item 2, paragraph 1: “£4,100” to read \
“£4,300”.
"""
CONFIRMED = "\nConfirmed as a correct record at the meeting held on 14 June 2023\n"
COSTS = "what did the ferry patrols cost"
WINTER = "would the patrols go on through the winter"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the three files and of the later minutes."""
    folder = tmp_path_factory.mktemp("versions")
    papers = folder / "papers"
    papers.mkdir()
    draft = MINUTES.format(draft="DRAFT ", cost="£4,100", end="")
    (papers / "a-draft.txt").write_text(draft)
    (papers / "b-pack.txt").write_text(f"{AGENDA}\f{draft}")
    (papers / "c-minutes.txt").write_text(MINUTES.format(draft="", cost="£4,300", end=CONFIRMED))
    (papers / "d-june.txt").write_text(JUNE)
    ingest([papers], folder / "library", encoder=HashingEncoder())
    return folder / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """The library, open."""
    with Library.open(folder, encoder=HashingEncoder()) as opened:
        yield opened


def test_a_text_is_found_once_and_names_its_copies(library: Library) -> None:
    """The confirmed minutes; as many results as asked for."""
    hits = library.search(WINTER, k=5)
    assert len(hits) == 5
    assert len({hit.passage.text for hit in hits}) == 5
    [hit] = [hit for hit in hits if "through the winter" in hit.passage.text]
    citation = hit.passage.citation
    assert (citation.document, citation.status) == ("c-minutes.txt", "confirmed")
    assert {link.document for link in citation.also_in} == {"a-draft.txt", "b-pack.txt"}


def test_filters_that_leave_out_the_minutes_show_the_draft(library: Library) -> None:
    """Labelled as what it is, with the way to the minutes."""
    [hit, *_] = library.search(WINTER, k=1, filters=Filters(documents=("a-draft.txt",)))
    citation = hit.passage.citation
    assert citation.status == "superseded"
    assert "superseded draft minutes" in citation.label
    assert "c-minutes.txt" in {link.document for link in citation.also_in}


def test_both_wordings_are_kept_the_confirmed_first(library: Library) -> None:
    """The draft's leads to it, and the amendment to both."""
    hits = [hit for hit in library.search(COSTS, k=10) if "ferry patrols had cost" in hit.passage.text]
    assert ["£4,300" in hit.passage.text for hit in hits] == [True, False]
    final, draft = (hit.passage.citation for hit in hits)
    [link] = draft.linked(LinkKind.SUPERSEDED_BY)
    assert link.id == final.id
    for citation in (final, draft):
        [amended] = citation.linked(LinkKind.AMENDED_BY)
        assert amended.document == "d-june.txt"
        assert "“£4,100” to read “£4,300”" in (amended.note or "")


def test_an_answer_quotes_the_confirmed_wording_alone(library: Library) -> None:
    """Never the draft's beside it."""
    answer = library.ask(COSTS)
    quoted = {quote.passage.citation.document for quote in answer.quotes}
    assert not quoted & {"a-draft.txt", "b-pack.txt"}
    assert "£4,100 since" not in answer.text


def test_every_form_shows_the_links(library: Library) -> None:
    """Terminal, Markdown, HTML and JSON."""
    hits = library.search(WINTER, k=3)
    shown = " ".join(terminal.passages(hits, WINTER, width=100).split())
    assert "Also in: Fenwold Police and Crime Panel, 10 May 2023, superseded draft minutes" in shown
    assert "(b-pack.txt)" in shown
    [first] = [hit.passage for hit in hits if "through the winter" in hit.passage.text]
    assert "<li>Also in: <cite>" in cards.citation(first.citation)
    [found] = [each for each in search_to_json(WINTER, hits)["passages"] if each["text"] == first.text]
    assert {link["document"] for link in found["citation"]["also_in"]} == {"a-draft.txt", "b-pack.txt"}
    assert {link["relation"] for link in found["citation"]["links"]} == {"confirmed_by"}
    answer = library.ask(WINTER)
    if not answer.abstained:
        assert "   - Also in: " in markdown.answer(answer)


def test_versions_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All papers, or those of one document; an unknown one is misuse."""
    assert cli.main(["versions", "--library", str(folder)]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "a-draft.txt: minutes, Fenwold Police and Crime Panel, 10 May 2023" in text
    assert "[superseded] - Superseded by c-minutes.txt" in text
    assert "Amended by d-june.txt" in text
    assert cli.main(["versions", "c-minutes.txt", "--json", "--library", str(folder)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [paper["status"] for paper in data["papers"]] == ["confirmed"]
    assert {each["relation"] for each in data["papers"][0]["relations"]} == {
        "supersedes",
        "confirmed_by",
        "amended_by",
    }
    assert cli.main(["versions", "nothing.txt", "--library", str(folder)]) == 2


def test_an_unknown_document_has_no_versions(library: Library) -> None:
    """It is refused by name."""
    with pytest.raises(UsageError, match=r"nothing\.txt"):
        library.versions("nothing.txt")


def test_minutes_that_come_later_confirm_what_is_there(tmp_path: Path) -> None:
    """A second run changes the status of a paper that it does not read again."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.txt").write_text(MINUTES.format(draft="", cost="£4,300", end=""))
    ingest([papers], tmp_path / "library", encoder=HashingEncoder())
    with Library.open(tmp_path / "library", encoder=HashingEncoder()) as library:
        assert library.versions() == ()
    (papers / "june.txt").write_text(JUNE.replace("subject to", "after hearing about"))
    ingest([papers], tmp_path / "library", encoder=HashingEncoder())
    with Library.open(tmp_path / "library", encoder=HashingEncoder()) as library:
        [hit] = library.search(WINTER, k=1, filters=Filters(documents=("minutes.txt",)))
        assert hit.passage.citation.status == "confirmed"
        [proof] = hit.passage.citation.linked(LinkKind.CONFIRMED_BY)
        assert proof.document == "june.txt"
