"""The same paper as PDF or text, as Word file and as web page gives the same outline."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kb.records import Outline
from kb.sources import read_source
from kb.structure import parse
from tests.structure_sources import REPOSITORY, all_spans, check_cover

sys.path.insert(0, str(REPOSITORY / "scripts"))

from sample_papers.model import Paper, read_papers
from sample_papers.web import web_page
from sample_papers.word import word_file

PAPERS = {paper.name: paper for paper in read_papers()}
WITHOUT_FURNITURE = "2023-09-21-board-performance-dashboard.pdf"
"""Its body and date stand in page headers alone, which neither format keeps."""
PACK = "2023-03-22-panel-agenda-pack.pdf"
"""Its appendix begins with a new sheet and nothing else; a web page has no sheets."""


def _tree(outline: Outline) -> list[tuple[object, ...]]:
    """Kind, body and date of each part; number, title and paragraph labels of each item."""
    tree: list[tuple[object, ...]] = []
    for part in outline.parts:
        tree.append((part.kind, part.body, part.meeting_date, part.agenda_item))
        for item in part.items:
            labels = [paragraph.label for paragraph in item.paragraphs if paragraph.label]
            if item.number or item.title:
                tree.append((item.number, item.title, *labels))
    return tree


def _check(paper: Paper, path: Path) -> None:
    source = read_source(path)
    outline = parse(source)
    assert _tree(outline) == _tree(parse(read_source(REPOSITORY / "papers" / paper.name)))
    check_cover(source, outline)
    assert all_spans(outline)


@pytest.mark.parametrize("name", [name for name in PAPERS if name != WITHOUT_FURNITURE])
def test_as_a_word_file(name: str, tmp_path: Path) -> None:
    """The numbers are the word processor's, and nowhere in the text of the file."""
    path = tmp_path / "paper.docx"
    path.write_bytes(word_file(PAPERS[name]))
    _check(PAPERS[name], path)


@pytest.mark.parametrize("name", [name for name in PAPERS if name not in {WITHOUT_FURNITURE, PACK}])
def test_as_a_web_page(name: str, tmp_path: Path) -> None:
    """Inside the pages of a site."""
    path = tmp_path / "paper.html"
    path.write_text(web_page(PAPERS[name]), encoding="utf-8")
    _check(PAPERS[name], path)
