"""The outlines made by hand: minutes to the paragraph, all papers by F1; the corpus where it is on the machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.structure import Unit, compare_outlines, micro
from kb.records import Item, Outline, PartKind
from kb.sources import read_source
from kb.structure.outline import parse
from tests.structure_sources import REPOSITORY, SHARED

OUTLINES = REPOSITORY / "eval" / "outlines"
FOLDERS = {
    "fenwold": REPOSITORY / "papers",
    "councils": REPOSITORY / "tests" / "golden" / "councils",
    "cambridgeshire": SHARED / "corpus",
    "shared_pdfs": SHARED / "pdfs",
}


@cache
def parsed(path: Path) -> tuple[str, Outline]:
    """A paper's text and outline."""
    source = read_source(path)
    return source.text, parse(source)


def as_json(outline: Outline) -> dict[str, Any]:
    """The outline in the form of those made by hand."""
    return {
        "parts": [
            {
                "kind": part.kind.value,
                "meeting_date": part.meeting_date.isoformat() if part.meeting_date else None,
                "title": part.title,
                "agenda_item": part.agenda_item,
                "items": [
                    {"number": item.number, "title": item.title, "paragraphs": labels(item)}
                    for item in part.items
                ],
            }
            for part in outline.parts
        ]
    }


def labels(item: Item) -> list[str]:
    """Labels of an item's paragraphs."""
    return [paragraph.label for paragraph in item.paragraphs if paragraph.label is not None]


def by_hand(name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Papers of a set with their outlines; skips where the papers are not on this machine."""
    if not FOLDERS[name].exists():
        pytest.skip(f"{FOLDERS[name]} is not on this machine (KB_SHARED)")
    for path in sorted((OUTLINES / name).glob("*.json")):
        yield FOLDERS[name] / path.name.removesuffix(".json"), json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FOLDERS)
def test_structure_reaches_its_targets(name: str) -> None:
    """F1 against the outlines made by hand."""
    tallies = micro(compare_outlines(wanted, as_json(parsed(path)[1])) for path, wanted in by_hand(name))
    assert {
        unit: round(tallies[unit].f1, 3)
        for unit in (Unit.PARTS, Unit.ITEMS, Unit.TITLES)
        if tallies[unit].f1 < 0.97
    } == {}
    assert tallies[Unit.PARAGRAPHS].f1 >= 0.95


@pytest.mark.parametrize("name", FOLDERS)
def test_minutes_are_right_to_the_paragraph(name: str) -> None:
    """Items and paragraph labels of all minutes are those listed by hand."""
    for path, wanted in by_hand(name):
        gold = [part for part in wanted["parts"] if part["kind"] == PartKind.MINUTES]
        got = [part for part in as_json(parsed(path)[1])["parts"] if part["kind"] == PartKind.MINUTES]
        assert len(got) == len(gold), path.name
        for right, found in zip(gold, got, strict=True):
            numbered = any(item["number"] for item in right["items"])
            listed = [item for item in found["items"] if (item["number"] if numbered else item["title"])]
            assert [(item["number"], item["paragraphs"]) for item in listed] == [
                (item["number"], item["paragraphs"]) for item in right["items"]
            ], path.name


def test_places_of_one_subject_in_minutes() -> None:
    """Vision Zero is spoken of in item 6 and in paragraphs 7 and 5 of the two lists of item 9."""
    folder = FOLDERS["cambridgeshire"]
    if not folder.exists():
        pytest.skip(f"{folder} is not on this machine (KB_SHARED)")
    text, outline = parsed(next(folder.glob("003_*.txt")))
    minutes = next(part for part in outline.parts if part.kind is PartKind.MINUTES)
    places = {
        (item.number, paragraph.label)
        for item in minutes.items
        for paragraph in item.paragraphs
        for span in paragraph.spans
        if "Vision Zero" in text[span.start : span.end]
    }
    assert {("9", "7"), ("9", "5")} <= places
    assert any(number == "6" for number, _ in places)
