"""What the page does, without a server: states, filters, JSON."""

from __future__ import annotations

import json
import logging
import os
import sys
import types
from pathlib import Path

import pytest

from kb.interfaces.web import asking
from kb.interfaces.web.examples import example_questions
from kb.interfaces.web.opening import OpenLibrary
from tests.unit.interfaces.fake_library import BODY, FakeLibrary

QUESTION = "What do speed cameras cost?"


@pytest.fixture
def opened(tmp_path: Path) -> OpenLibrary:
    """The fake library behind a folder."""
    return OpenLibrary(tmp_path)


def test_the_first_visit_shows_extent_examples_and_choices(opened: OpenLibrary) -> None:
    """Everything on the front comes from this very library."""
    front = asking.front(opened)
    assert "1 paper, 22 March 2023" in front.masthead
    assert front.examples == ("What was said about road safety?",)
    assert front.bodies == ((f"{BODY} (3)", BODY),)
    assert front.kinds == (("Minutes (3)", "minutes"),)
    assert front.state == ""


def test_without_a_library_the_command_is_shown(tmp_path: Path) -> None:
    """Neither the front nor a question fails; both say how to build one."""
    opened = OpenLibrary(tmp_path / "missing")
    front = asking.front(opened)
    assert "No papers yet" in front.masthead
    command = f"kb ingest --library {tmp_path / 'missing'} PAPERS"
    assert command in front.state
    assert command in list(asking.respond(opened, QUESTION, asking.Narrowing()))[-1]
    assert "error" in asking.ask_json(opened, QUESTION, 10, asking.Narrowing())


def test_an_empty_library_is_told_from_a_missing_one_by_nobody(
    opened: OpenLibrary, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library without papers shows the same next step."""
    monkeypatch.setattr(library, "documents", tuple)
    assert "kb ingest" in asking.front(opened).state


def test_an_answer_comes_after_a_word_that_it_will(opened: OpenLibrary) -> None:
    """First a status for eyes and screen readers, then the answer."""
    working, answer = asking.respond(opened, QUESTION, asking.Narrowing())
    assert 'role="status"' in working
    assert "kb-source-1" in answer
    assert "<mark>cameras</mark>" in answer


def test_nothing_found_is_a_state_of_its_own(opened: OpenLibrary) -> None:
    """An abstention shows the nearest places and no source."""
    *_, shown = asking.respond(opened, "Who won?", asking.Narrowing())
    assert "Not found in these papers." in shown
    assert "Nearest places" in shown
    assert "kb-source" not in shown


def test_no_question_is_answered_with_what_to_do(opened: OpenLibrary, library: FakeLibrary) -> None:
    """The library is not asked nothing."""
    (shown,) = asking.respond(opened, "  ", asking.Narrowing())
    assert "No question yet." in shown
    assert not library.asked


def test_a_fault_has_a_reference_in_the_log_but_no_question(
    opened: OpenLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    """What went wrong can be looked up; what was asked is nobody's business."""
    with caplog.at_level(logging.ERROR):
        *_, shown = asking.respond(opened, "please break the camera", asking.Narrowing())
    (record,) = caplog.records
    reference = record.getMessage().rsplit(" ", 1)[1]
    assert f"Reference: {reference}" in shown
    assert "cheese" not in shown
    assert "camera" not in record.getMessage()


def test_fields_become_filters(opened: OpenLibrary, library: FakeLibrary) -> None:
    """Names and kinds as chosen, dates as typed."""
    narrowed = asking.Narrowing([BODY], ["minutes"], "March 2023", "2023", ["minutes"])
    list(asking.respond(opened, QUESTION, narrowed))
    filters = library.asked[0][2]
    assert filters.bodies == (BODY,)
    assert [kind.value for kind in filters.kinds] == ["minutes"]
    assert filters.documents == ("minutes.txt",)
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

    def open_(_: Path) -> FakeLibrary:
        opens.append(FakeLibrary())
        return opens[-1]

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
    assert len(opens) == 2


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
