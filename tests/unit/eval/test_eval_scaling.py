"""Papers on other matters, and what a library costs that holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from eval import bench_scale, scaling, workspace
from eval.distractors import FEWEST_WORDS, MOST_WORDS, PARAGRAPHS_A_PAPER, make_distractors, write_distractors
from eval.topics import load_set
from eval.vector_cache import CachedEncoder
from kb.passages import split
from kb.sources import read_source
from kb.structure import parse
from tests.fakes import HashingEncoder, Vectors

_PARAGRAPH = re.compile(r"^(?:[2-9]|1\d)\.\d (.+)$", re.MULTILINE)


class Counting(HashingEncoder):
    """Counts the texts it reads."""

    read = 0

    def encode(self, texts: Sequence[str], **_: object) -> Vectors:  # type: ignore[override]
        """As its parent."""
        self.read += len(texts)
        return super().encode(texts)


def paragraphs(count: int, seed: int = 1) -> list[str]:
    """The texts of the paragraphs of some papers."""
    return [text for paper in make_distractors(count, seed=seed) for text in _PARAGRAPH.findall(paper.text)]


def test_the_same_seed_gives_the_same_papers() -> None:
    """Also where more are made; another seed gives others."""
    few, more = list(make_distractors(48)), list(make_distractors(200))
    assert more[: len(few)] == few
    assert len(more) == 5
    assert list(make_distractors(48, seed=2)) != few
    assert list(make_distractors(0)) == []


def test_paragraphs_are_of_usual_length_and_on_other_matters() -> None:
    """Each has 25 to 60 words, all slots filled; nothing is about what the question sets ask."""
    texts = paragraphs(960)
    assert len(texts) == 960
    assert all(FEWEST_WORDS <= len(text.split()) <= MOST_WORDS for text in texts)
    assert not re.search(r"[{}]|\b(?:police|policing|crime|constab|precept)", " ".join(texts), re.IGNORECASE)


def test_paragraphs_hardly_repeat_each_other() -> None:
    """Two that share half of their runs of three words are rare, also within one subject."""
    runs = [
        {tuple(words[place : place + 3]) for place in range(len(words) - 2)}
        for words in (text.split() for text in paragraphs(480))
    ]
    alike = {
        number
        for first, second in combinations(range(len(runs)), 2)
        if 2 * len(runs[first] & runs[second]) > min(len(runs[first]), len(runs[second]))
        for number in (first, second)
    }
    assert len(alike) <= 0.02 * len(runs)


def test_every_paragraph_becomes_a_passage(tmp_path: Path) -> None:
    """The papers are read as any are: with body, date, items and paragraphs."""
    bodies = write_distractors(PARAGRAPHS_A_PAPER, tmp_path)
    [path] = tmp_path.iterdir()
    source = read_source(path)
    outline = parse(source)
    assert [part.body for part in outline.parts] == bodies
    assert str(outline.parts[0].meeting_date) in path.name
    labels = {
        passage.citation.paragraph
        for passage in split(source, outline)
        if passage.citation.paragraph and FEWEST_WORDS <= len(passage.text.split()) <= MOST_WORDS
    }
    assert len(labels) >= PARAGRAPHS_A_PAPER


def test_no_text_is_embedded_twice(tmp_path: Path) -> None:
    """Not in this process, nor in the next; the vectors are those of the model."""
    texts = ["one text", "another", "one text"]
    first = Counting()
    cached = CachedEncoder(first, tmp_path)
    wanted = HashingEncoder().encode(texts)
    for _ in range(2):
        np.testing.assert_array_equal(cached.encode(texts), wanted)
    assert (first.read, cached.encoded) == (2, 2)
    second = Counting()
    told: list[tuple[int, int]] = []
    again = CachedEncoder(second, tmp_path).encode(
        [*texts, "new"], progress=lambda done, total: told.append((done, total))
    )
    np.testing.assert_array_equal(again[:3], wanted)
    assert second.read == 1
    assert told == [(4, 4)]


def test_two_processes_may_embed_the_same(tmp_path: Path) -> None:
    """The one that ends later keeps what the other wrote."""
    one, other = (CachedEncoder(HashingEncoder(), tmp_path) for _ in range(2))
    np.testing.assert_array_equal(one.encode(["text"]), other.encode(["text"]))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_library_grows_and_is_measured(tmp_path: Path) -> None:
    """The same questions to both; every table has what was measured."""
    papers = sorted(workspace.papers_folder("fenwold").glob("*.txt"))
    names = [path.name for path in papers]
    topics = [
        topic
        for topic in load_set(workspace.set_folder("fenwold"), split="dev")
        if topic.is_answerable and {place.document for place in topic.places} <= set(names)
    ]
    assert topics
    encoder = CachedEncoder(HashingEncoder(), tmp_path / "vectors")
    measured = []
    for count in (0, 48):
        folder = tmp_path / f"library-{count}"
        scaling.build(papers, folder, paragraphs=count, seed=1, encoder=encoder)
        measured.append(scaling.measure(folder, topics, names, HashingEncoder))
    small, large = measured
    assert large.passages >= small.passages + 48
    assert large.size > small.size > small.index_size > 0
    for library in measured:
        assert library.values.keys() == {topic.id for topic in topics}
        assert all(len(times) == len(topics) and min(times) > 0 for times in library.times.values())
        assert any(values["Success@5"] for values in library.values.values())
    rivals = [scaling.measure_rivals(tmp_path / f"library-{count}", topics) for count in (0, 48)]
    assert {len(times) for times in rivals[1].values()} == {len(topics)}
    quality = bench_scale.quality_table(small, large)
    assert all(name in quality for name in bench_scale.MEASURES)
    assert bench_scale.time_table(measured, rivals).count("\n") == 2 + 2 * (4 + 2)
    assert f"{large.passages:,}" in bench_scale.size_table(measured)


def test_a_process_apart_has_memory_of_its_own() -> None:
    """What it returns comes back; it is another process."""
    assert 1 < scaling.apart(scaling.resident_mib) < 10_000


def test_senseless_numbers_are_refused() -> None:
    """Before anything is built."""
    with pytest.raises(SystemExit):
        bench_scale.main(["--passages", "0"])


def test_a_set_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """With what there is."""
    assert bench_scale.main(["--set", "nowhere"]) == 1
    assert "no set nowhere" in capsys.readouterr().err
