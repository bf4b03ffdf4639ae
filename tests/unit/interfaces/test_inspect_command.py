"""`kb inspect`: what was understood of a page, drawn on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kb.ingest import ingest
from kb.interfaces import cli
from kb.interfaces.commands import shared
from kb.interfaces.rendering.inspection import Mark, MarkKind, draw, marks_of
from kb.library import Library
from kb.records import Box
from kb.sources import read_source
from kb.sources.picture import Picture
from kb.structure import parse
from tests.fakes import HashingEncoder

PAGES = (
    (
        "FENWOLD POLICE AND CRIME PANEL",
        "MINUTES of the meeting held on 19 July 2023",
        "1. APOLOGIES",
        "None.",
    ),
    ("2. FERRIES", "1. The Commissioner said that patrols cost £4,300 a year.", "2. The Panel noted it."),
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Minutes of two pages, in a folder of their own."""
    path = tmp_path / "papers" / "minutes.pdf"
    path.parent.mkdir()
    canvas = Canvas(str(path), pagesize=A4)
    for lines in PAGES:
        for number, line in enumerate(lines):
            canvas.drawString(72, A4[1] - 80 - 30 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def run(*words: str | Path) -> int:
    """Run the command in this process."""
    return cli.main(["inspect", *map(str, words)])


def test_nodes_are_marked_by_name(paper: Path) -> None:
    """Items and labelled paragraphs, each where it is printed."""
    source = read_source(paper)
    marks = marks_of(source, parse(source))
    labels = [(page, mark.label, mark.kind) for page, found in marks.items() for mark in found if mark.label]
    assert (1, "item 1", MarkKind.ITEM) in labels
    assert (2, "item 2", MarkKind.ITEM) in labels
    assert (2, "para 1", MarkKind.PARAGRAPH) in labels
    [item] = [mark for mark in marks[2] if mark.label == "item 2"]
    assert item.box.x0 == pytest.approx(72, abs=1)
    assert item.box.top < 80 < item.box.bottom


def test_marks_are_drawn_where_they_are() -> None:
    """In the colour of their kind, under a legend; the page itself stays visible."""
    picture = Picture(Image.new("RGB", (400, 300), (255, 255, 255)), 2.0)
    marks = [
        Mark(MarkKind.ITEM, Box(50, 50, 150, 70), "item 9"),
        Mark(MarkKind.STRUCK, Box(60, 100, 90, 110)),
    ]
    image = draw(picture, marks, title="minutes.pdf, p. 1")
    legend = image.height - 300
    assert legend > 0
    blue, red = image.getpixel((100 - 5, legend + 120)), image.getpixel((120, legend + 210))
    assert isinstance(blue, tuple)
    assert isinstance(red, tuple)
    assert blue[2] > 150 > blue[0]
    assert red[0] > 150 > red[2]
    assert image.getpixel((200, legend + 120)) == (255, 255, 255)


def test_one_page_is_one_picture(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the place asked for, told on stdout."""
    place = tmp_path / "new" / "page.png"
    assert run(paper, "--page", "2", "--output", place) == 0
    assert "page.png" in capsys.readouterr().out
    with Image.open(place) as image:
        assert image.width == 1400


def test_several_pages_are_a_folder(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One picture a page, and JSON that says what is on each."""
    assert run(paper, "--output", tmp_path / "out", "--width", "300", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [page["page"] for page in data["pages"]] == [1, 2]
    assert all(Path(page["path"]).is_file() and page["marks"]["line"] >= 3 for page in data["pages"])


def test_the_default_place_is_named_after_the_paper(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the current folder."""
    monkeypatch.chdir(tmp_path)
    assert run(paper, "--page", "1", "--width", "200") == 0
    assert run(paper, "--width", "200") == 0
    assert sorted(path.name for path in tmp_path.rglob("*.png")) == [
        "minutes-page-1.png",
        "page-1.png",
        "page-2.png",
    ]


def test_a_document_of_the_library_is_drawn(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name, from the copy that the library keeps."""
    monkeypatch.setattr(shared, "open_library", lambda args: Library.open(args.library))
    ingest([paper], tmp_path / "library", encoder=HashingEncoder())
    paper.unlink()
    words = ["minutes.pdf", "--library", tmp_path / "library", "--page", "1", "--output", tmp_path / "a.png"]
    assert run(*words) == 0
    assert (tmp_path / "a.png").is_file()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["minutes.pdf", "--page", "3"], 2, "no page 3"),
        (["minutes.pdf", "--page", "0"], 2, "whole number"),
        (["minutes.pdf", "--width", "99999"], 2, "pixels wide"),
        (["minutes.pdf", "--output", "two.png"], 2, "no folder"),
        (["notes.txt"], 1, "no pages that could be drawn"),
        (["."], 1, "is a folder"),
        (["other.pdf", "--library", "nowhere"], 1, "no file other.pdf"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    paper: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    words: list[str],
    code: int,
    told: str,
) -> None:
    """In words, with the right exit code, and without a picture."""
    monkeypatch.chdir(paper.parent)
    Path("notes.txt").write_text("Some words.")
    assert run(*words) == code
    assert told in capsys.readouterr().err
    assert not list(Path().rglob("*.png"))
