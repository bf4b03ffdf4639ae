"""``kb show``: what an id stands for, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.ingest import ingest
from kb.interfaces import cli
from kb.library import Library
from tests.fakes import HashingEncoder

PAPER = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on 19 July 2023

1. APOLOGIES

Apologies were received from Councillor Frayne.

2. ROAD SAFETY

1. The Commissioner said that speed cameras would be set up in {count} villages.

2. Councillor Hale asked about the ferry road, which had been closed since March.

RESOLVED to note the report.
"""
SECOND = "2. Councillor Hale asked about the ferry road, which had been closed since March."
ITEM = "fenwold-pcp/2023-07-19/minutes/item-2"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library in which one paragraph was corrected and one removed."""
    paper = tmp_path / "minutes.txt"
    for text in (PAPER.format(count="four"), PAPER.format(count="five").replace(SECOND, "")):
        paper.write_text(text)
        ingest([paper], tmp_path / "library", encoder=HashingEncoder())
    return tmp_path / "library"


def shown(capsys: pytest.CaptureFixture[str], library: Path, identity: str, *more: str) -> str:
    """What the command prints."""
    assert cli.main(["show", identity, "--library", str(library), *more]) == cli.EXIT_DONE
    return capsys.readouterr().out


def test_a_changed_passage_is_shown_with_both_texts(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under its citation."""
    printed = shown(capsys, library, f"{ITEM}/para-1")
    assert printed.startswith(
        "Fenwold Police and Crime Panel, 19 July 2023, minutes, item 2 ROAD SAFETY, para 1\n"
    )
    assert "in five villages" in printed
    assert "changed: Its text was changed on" in printed
    assert "in four villages" in printed.partition("Before")[2]


def test_programs_read_the_same(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON."""
    data = json.loads(shown(capsys, library, f"{ITEM}/para-1", "--json"))
    assert (data["status"], data["kind"], data["id"]) == ("changed", "passage", f"{ITEM}/para-1")
    assert 0.6 <= data["similarity"] < 1
    assert [passage["citation"]["id"] for passage in data["passages"]] == [data["id"]]
    assert [passage["id"] for passage in data["context"]] == [data["id"], f"{ITEM}/text"]
    assert json.loads(shown(capsys, library, ITEM, "--json"))["kind"] == "item"


def test_a_removed_passage_is_no_failure(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That it was removed is what was asked for; of its text nothing is kept."""
    printed = shown(capsys, library, f"{ITEM}/para-2")
    assert "removed: It was removed on" in printed
    assert "ferry" not in printed


def test_an_unknown_id_is_misuse(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids that are spelt much like it are named."""
    assert cli.main(["show", f"{ITEM}/para-7", "--library", str(library)]) == cli.EXIT_MISUSED
    assert f"Did you mean: {ITEM}/para-" in capsys.readouterr().err


def test_the_library_follows_ids(library: Path) -> None:
    """A passage and its context are found by any id that leads to them."""
    with Library.open(library, encoder=HashingEncoder()) as opened:
        assert "five" in opened.passage(f"{ITEM}/para-1").text
        with pytest.raises(UsageError, match=r"any more\. It was removed on"):
            opened.passage(f"{ITEM}/para-2")
        with pytest.raises(UsageError, match="never was a place"):
            opened.context("fenwold-pcp/1999-01-01/minutes")
