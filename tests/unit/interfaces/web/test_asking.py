"""What the page does, without a server: states, filters, JSON."""

from __future__ import annotations

import json
import logging
import os
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from kb.errors import LibraryFormatError
from kb.interfaces.web import asking, parts
from kb.interfaces.web.address import Address
from kb.interfaces.web.examples import example_questions
from kb.interfaces.web.opening import OpenLibrary
from tests.unit.interfaces.fake_library import BODY, PASSAGES, FakeLibrary

QUESTION = "What do speed cameras cost?"


@pytest.fixture
def opened(tmp_path: Path) -> OpenLibrary:
    """The fake library behind a folder."""
    return OpenLibrary(tmp_path)


def respond(opened: OpenLibrary, question: str, **limits: Any) -> list[asking.Shown]:
    """Everything that is shown, step by step."""
    return list(asking.respond(opened, Address(question=question, **limits)))


def test_filters_and_examples_come_from_this_library(opened: OpenLibrary) -> None:
    """With counts; what is chosen stays a choice, also where nothing is left of it."""
    choices = asking.choices(opened, Address(people=("frayne",)))
    assert choices.bodies == ((f"{BODY} (3)", BODY),)
    assert choices.kinds == (("Minutes (3)", "minutes"),)
    assert choices.people == (("Imogen Frayne (1)", "Imogen Frayne"), ("frayne (0)", "frayne"))
    assert example_questions(opened.current()) == ("What was said about road safety?",)
    assert parts.extent(opened) == "1 paper, 22 March 2023"


def test_without_a_library_the_command_is_shown(tmp_path: Path) -> None:
    """Neither the front nor a question fails; both say how to build one."""
    opened = OpenLibrary(tmp_path / "missing")
    assert parts.extent(opened) == "No papers yet"
    command = f"kb ingest --library {tmp_path / 'missing'} PAPERS"
    assert command in respond(opened, QUESTION)[-1].results
    assert command in asking.panel(opened, Address(place="x"))
    assert "error" in asking.ask_json(opened, QUESTION, 10, asking.Narrowing())


def test_passages_come_before_the_answer(opened: OpenLibrary) -> None:
    """First a status, then what was found, then the answer with the page of its first source beside it."""
    working, passages, answer = respond(opened, QUESTION)
    assert "Searching the papers" in working.results
    assert "Places found (3)" in passages.results
    assert "kb-source" not in passages.results
    assert "kb-source-1" in answer.results
    assert "<mark>cameras</mark>" in answer.results
    assert answer.panel is not None
    assert "./files/0123456789abcdef/pages/3.png" in answer.panel
    assert "p. 3 of 4, printed 5" in answer.panel


def test_nothing_found_is_a_state_of_its_own(opened: OpenLibrary) -> None:
    """An abstention says what was searched and shows the nearest places and no source."""
    shown = respond(opened, "Who won?", bodies=(BODY,))[-1].results
    assert "Not found in these papers." in shown
    assert f"Searched: 1 paper, 22 March 2023; only {BODY}." in shown
    assert "Nearest places" in shown
    assert "kb-source" not in shown


def test_no_question_is_answered_with_what_to_do(opened: OpenLibrary, library: FakeLibrary) -> None:
    """The library is not asked nothing."""
    (shown,) = respond(opened, "")
    assert "No question yet." in shown.results
    assert not library.asked


def test_a_suggestion_is_a_link_and_a_reading_a_button(opened: OpenLibrary) -> None:
    """Both lead to the same question, mended or with a reading switched over."""
    shown = respond(opened, "What did cammeras cost in 2023?")[-1].results
    assert 'href="?q=What+did+cameras+cost+in+2023%3F"' in shown
    assert "ignore=date" in shown
    again = respond(opened, "What did cameras cost in 2023?", ignored=("date",))[-1].results
    assert "Put back: 2023" in again
    assert 'data-go="?q=What+did+cameras+cost+in+2023%3F"' in again


def test_a_place_says_what_became_of_it(opened: OpenLibrary) -> None:
    """The same, moved, gone, never there."""
    same = PASSAGES[1].id
    shown = asking.panel(opened, Address(place=same))
    assert "kb-note" not in shown
    assert "kb-wanted" in shown
    assert "This place has moved" in asking.panel(opened, Address(place=f"old/{same}"))
    gone = asking.panel(opened, Address(place="gone"))
    assert "no longer in the library" in gone
    assert "What it said." in gone
    assert "There is no place nowhere." in asking.panel(opened, Address(place="nowhere"))


def test_pages_are_turned_within_the_document(opened: OpenLibrary) -> None:
    """The box stands on its own page only; beyond the last page is the last."""
    place = PASSAGES[0].id
    assert "kb-box" in asking.panel(opened, Address(place=place))
    last = asking.panel(opened, Address(place=place, page=99))
    assert "p. 4 of 4" in last
    assert "kb-box" not in last
    assert "Next page" not in last
    assert "page=3" in last


def test_a_ranking_can_be_explained(opened: OpenLibrary) -> None:
    """For a place among the results; of another it is said that it is none."""
    search = Address(question=QUESTION).search()
    assert "its words: +1.00" in asking.why(opened, search, PASSAGES[0].id)
    assert "not among the best" in asking.why(opened, search, "elsewhere")


def test_a_fault_has_a_reference_in_the_log_but_no_question(
    opened: OpenLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    """What went wrong can be looked up; what was asked is nobody's business."""
    with caplog.at_level(logging.ERROR):
        shown = respond(opened, "please break the camera")[-1].results
    (record,) = caplog.records
    reference = record.getMessage().rsplit(" ", 1)[1]
    assert f"Reference: {reference}" in shown
    assert "cheese" not in shown
    assert "camera" not in record.getMessage()


def test_fields_become_filters(opened: OpenLibrary, library: FakeLibrary) -> None:
    """Names and kinds as chosen, dates as typed."""
    respond(
        opened,
        QUESTION,
        bodies=(BODY,),
        kinds=("minutes",),
        date_from="March 2023",
        date_to="2023",
        documents=("minutes",),
        people=("frayne",),
    )
    filters = library.asked[0][2]
    assert filters.bodies == (BODY,)
    assert [kind.value for kind in filters.kinds] == ["minutes"]
    assert filters.documents == ("minutes.txt",)
    assert filters.people == ("Imogen Frayne",)
    assert (str(filters.date_from), str(filters.date_to)) == ("2023-03-01", "2023-12-31")


@pytest.mark.parametrize(
    ("narrowed", "k", "said"),
    [
        (asking.Narrowing(date_from="soon"), 10, "'soon' is not a date."),
        (asking.Narrowing(kinds=["novel"]), 10, "no kind of paper called 'novel'"),
        (asking.Narrowing(bodies=["Mordor"]), 10, "called 'Mordor'"),
        (asking.Narrowing(), 0, "k is 0."),
        (asking.Narrowing(), 1000, "k is 1000."),
    ],
)
def test_impossible_requests_are_answered_in_words(
    opened: OpenLibrary, narrowed: asking.Narrowing, k: int, said: str
) -> None:
    """Programs get the error as JSON with a next step."""
    error = asking.ask_json(opened, QUESTION, k, narrowed)["error"]
    assert said in error["message"]
    assert error["next_step"]


def test_the_endpoint_gives_the_json_of_the_command_line(opened: OpenLibrary) -> None:
    """One schema for both."""
    data = asking.ask_json(opened, QUESTION, 2, asking.Narrowing())
    assert json.loads(json.dumps(data))["schema"] == 1
    assert [passage["rank"] for passage in data["passages"]] == [1, 2, 3]


def test_the_library_is_opened_again_when_it_was_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One library serves all visitors until its manifest is another one."""
    opens: list[FakeLibrary] = []

    def open_(_: Path, *, encoder: object = None) -> FakeLibrary:
        if encoder is not None and len(opens) == 2:
            raise LibraryFormatError("another model")
        models.append(encoder)
        opens.append(FakeLibrary(encoder=encoder or object()))
        return opens[-1]

    models: list[object] = []
    monkeypatch.setattr(sys.modules["kb.library"], "Library", types.SimpleNamespace(open=open_))
    opened = OpenLibrary(tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_text("one")
    assert opened.current() is opened.current()
    fresh = tmp_path / "new.json"
    fresh.write_text("two")
    fresh.replace(manifest)
    os.utime(manifest, ns=(1, 1))
    assert opened.current() is opens[1]
    assert models[1] is opens[0].encoder, "the model is not loaded again"
    os.utime(manifest, ns=(2, 2))
    assert opened.current() is opens[2]
    assert models[2] is None, "unless the library was built with another one"
    assert len(opens) == 3


def test_examples_leave_out_what_every_meeting_has(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Apologies are nobody's question; a title reads on inside the sentence."""
    import dataclasses

    outline = library.outline("minutes.txt")
    (part,) = outline.parts
    item = part.items[1]
    titles = [
        "Apologies for absence",
        "PUBLIC QUESTIONS",
        "**Precept** Report 2023/24",
        "CCTV",
        "ROAD SAFETY.",
        "Any",
    ]
    items = tuple(dataclasses.replace(item, title=title) for title in titles)
    changed = dataclasses.replace(outline, parts=(dataclasses.replace(part, items=items),))
    monkeypatch.setattr(library, "outline", lambda _: changed)
    assert example_questions(library) == (
        "What was said about Precept Report 2023/24?",
        "What was said about CCTV?",
        "What was said about road safety?",
    )
