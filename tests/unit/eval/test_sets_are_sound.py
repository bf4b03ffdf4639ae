"""The committed question sets hold what they promise, checked against the papers they ask about.

The papers of some sets are not in the repository; those sets are checked where the papers are, and their
form everywhere.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from eval import check_sets, workspace
from eval.judging import find_faults
from eval.places import Judge
from eval.systems import Paper
from eval.topics import SETS, Topic, TopicType, load_set
from eval.wording import missing_facts
from kb.errors import UsageError
from kb.sources import SUFFIXES, read_source

ALL_SETS = sorted(path.name for path in SETS.iterdir() if path.is_dir())
# Questions, and unanswerable ones among them, that every set promises at the least.
LEAST = {"fenwold": (120, 1), "cambridgeshire": (300, 40)}


@cache
def read_papers(folder: Path) -> tuple[Paper, ...]:
    """Read every paper of a folder as the library reads it."""
    sources = [read_source(path) for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES]
    return tuple(Paper(name=s.name, sha256=s.sha256, text=s.text, pages=s.pages) for s in sources)


@pytest.fixture(scope="module", params=ALL_SETS)
def set_name(request: pytest.FixtureRequest) -> str:
    """Each committed set in turn."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def topics(set_name: str) -> tuple[Topic, ...]:
    """All questions of the set, of both splits."""
    return load_set(SETS / set_name)


@pytest.fixture(scope="module")
def folder(set_name: str) -> Path:
    """The folder of the set's papers; skips where they are not in the repository and not on this machine."""
    own = workspace.PAPERS.get(set_name)
    try:
        return own or workspace.papers_folder(set_name)
    except UsageError as error:
        pytest.skip(str(error))


def test_the_promised_sets_are_there() -> None:
    """A set without promised sizes, or sizes without a set, is a slip."""
    assert set(ALL_SETS) == LEAST.keys() == workspace.PAPERS.keys()


def test_sets_are_as_large_as_promised(set_name: str, topics: tuple[Topic, ...]) -> None:
    """Enough questions, enough that nothing answers, and every type in both splits."""
    questions, unanswerable = LEAST[set_name]
    assert len(topics) >= questions
    assert sum(not topic.is_answerable for topic in topics) >= unanswerable
    for split in ("dev", "test"):
        assert {topic.type for topic in topics if topic.split == split} == set(TopicType)


def test_nothing_is_asked_or_judged_twice(topics: tuple[Topic, ...]) -> None:
    """A repeated question weighs double; a place judged twice has two grades."""
    questions = [" ".join(topic.question.lower().split()) for topic in topics]
    assert sorted(questions) == sorted(set(questions))
    for topic in topics:
        places = [(place.document, place.lines, place.page, place.anchor) for place in topic.places]
        assert len(places) == len(set(places)), topic.id


def test_lines_keep_the_format(set_name: str, folder: Path) -> None:
    """The checker of the format, run as the README says, finds nothing."""
    papers, seen = check_sets.Papers([folder]), set[str]()
    files = sorted((SETS / set_name).glob("*.jsonl"))
    assert [error for path in files for error in check_sets.check_set(path, papers, seen)] == []


def test_places_are_found_and_hold_the_facts(topics: tuple[Topic, ...], folder: Path) -> None:
    """Every place is in the papers; a question's facts stand at its places of the best grade."""
    papers = read_papers(folder)
    judge = Judge(papers)
    assert find_faults(judge, topics, papers) == ()
    lost = {
        topic.id: missing
        for topic in topics
        if (missing := missing_facts("\n".join(map(judge.text_of, topic.best_places)), topic.facts))
    }
    assert lost == {}


def test_anchors_are_unmistakable(topics: tuple[Topic, ...], folder: Path) -> None:
    """An anchor stands once on its page, so that the place is that paragraph and no other."""
    papers = {paper.name: paper for paper in read_papers(folder)}
    for topic in topics:
        for place in topic.places:
            if place.anchor is not None:
                assert place.page is not None, place.label
                paper = papers[place.document]
                (page,) = (page for page in paper.pages if page.number == place.page)
                text = " ".join(paper.text[page.span.start : page.span.end].split())
                assert text.count(" ".join(place.anchor.split())) == 1, f"{topic.id}: {place.label}"


def test_a_spoilt_set_would_be_noticed(tmp_path: Path) -> None:
    """The checks above are not blind: each of three spoilt places is named."""
    folder = workspace.papers_folder("fenwold")
    path = SETS / "fenwold" / "questions.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = [r for r in records if r["places"] and r["places"][0]["anchor"]][:3]
    chosen[0]["places"][0]["anchor"] = "words that nobody ever wrote"
    chosen[1]["facts"] = ["£999,999"]
    chosen[2]["places"][0]["document"] = "nowhere.pdf"
    spoilt = tmp_path / "spoilt.jsonl"
    spoilt.write_text("".join(json.dumps(record) + "\n" for record in chosen), encoding="utf-8")
    papers = read_papers(folder)
    faults = find_faults(Judge(papers), load_set(tmp_path), papers)
    errors = list(check_sets.check_set(spoilt, check_sets.Papers([folder]), set()))
    for record in chosen:
        assert any(fault.startswith(record["id"]) for fault in faults), record["id"]
    assert any("no such document: nowhere.pdf" in error for error in errors)
