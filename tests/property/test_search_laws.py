"""Laws of searching a whole library: limits come before scoring, and a ranking is a function of its inputs."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.distractors import make_distractors
from index.tokens import tokenize
from kb.ingest import ingest
from kb.library import Library
from kb.records import Filters, Passage
from tests.fakes import HashingEncoder

ENCODER = HashingEncoder(16)
QUESTIONS = (
    "the garden waste subscription",
    "What did Councillor Jessop ask?",
    "waiting list in 2019",
    "zebra",
)
EVERYTHING = 1_000
PHRASE = re.compile(r"(?<![\w'’-])(?!million)[a-z]{3,}(?: [a-z]{3,}){1,2}(?![\w'’-])")
"""Two or three words in a row, none of them part of a figure, a date or a longer word."""
K = st.integers(1, 40)


def papers() -> dict[str, str]:
    """Three papers of about fifty passages each, and one of passages that differ in a word or not at all."""
    found = {paper.name: paper.text for paper in make_distractors(144, seed=3)}
    said = [
        f"{number}. The allotment waiting list had grown{'' if number % 3 else ' again'}."
        for number in range(2, 60)
    ]
    head = "Marlbrook Parks Committee\n\nMinutes of the meeting held on 4 May 2019\n\n1. Allotments\n\n"
    return found | {"same.txt": head + "\n\n".join(said)}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Makes a library of the same papers, taken in one by one, in an order of its own."""

    def make(seed: int) -> Path:
        folder = tmp_path_factory.mktemp("order")
        named = sorted(papers().items())
        random.Random(seed).shuffle(named)  # noqa: S311 - nothing secret
        for name, text in named:
            (folder / name).write_text(text)
            ingest([folder / name], folder / "library", encoder=ENCODER)
        return folder / "library"

    return make


@pytest.fixture(scope="module")
def built(build: Callable[[int], Path]) -> Path:
    """One such library."""
    return build(1)


@pytest.fixture(scope="module")
def library(built: Path) -> Iterator[Library]:
    """It, open."""
    with Library.open(built, encoder=ENCODER) as opened:
        yield opened


@pytest.fixture(scope="module")
def passages(library: Library) -> tuple[Passage, ...]:
    """All that it holds."""
    return tuple(hit.passage for hit in library.search("the", k=EVERYTHING))


def test_everything_can_be_found(library: Library, passages: tuple[Passage, ...]) -> None:
    """The vectors fill up what no word matches; the other laws count on it."""
    assert len(passages) == library.manifest.passages > 150


@settings(deadline=None, max_examples=60)
@given(k=K, question=st.sampled_from(QUESTIONS), data=st.data())
def test_a_phrase_limits_and_as_many_come_as_hold_it(
    library: Library, passages: tuple[Passage, ...], k: int, question: str, data: st.DataObject
) -> None:
    """All hits hold the phrase, however badly they match otherwise; ``k`` of them come if so many do."""
    phrase = data.draw(
        st.sampled_from(sorted({one for each in passages for one in PHRASE.findall(each.text)}))
    )
    body = data.draw(st.sampled_from([None, *sorted({str(each.citation.body) for each in passages})]))
    filters = Filters(bodies=() if body is None else (body,))
    holding = {
        each.id
        for each in passages
        if phrase.casefold() in f"{each.header}\n{each.text}".casefold()
        and body in {None, each.citation.body}
    }
    hits = library.search(f'{question} "{phrase}"', k=k, filters=filters)
    if holding:
        assert {hit.passage.id for hit in hits} <= holding
        assert len(hits) == min(k, len(holding))


@settings(deadline=None, max_examples=60)
@given(k=K, question=st.sampled_from(QUESTIONS), data=st.data())
def test_an_exclusion_limits_and_as_many_come_as_are_left(
    library: Library, passages: tuple[Passage, ...], k: int, question: str, data: st.DataObject
) -> None:
    """No hit holds the word in any form; ``k`` come if so many are left."""
    words = {word for each in passages for word in re.findall(r"\b[a-z]{4,}\b", each.text)}
    word = data.draw(st.sampled_from(sorted(word for word in words if len(tokenize(word)) == 1)))
    [term] = tokenize(word)
    left = {each.id for each in passages if term not in tokenize(each.text)}
    hits = library.search(f"{question} -{word}", k=k)
    assert {hit.passage.id for hit in hits} <= left
    assert len(hits) == min(k, len(left))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("k", [3, 10, 60])
def test_a_ranking_is_the_same_every_time(built: Path, library: Library, question: str, k: int) -> None:
    """In every thread, and when the library is opened anew."""
    alone = library.search(question, k=k)
    with Library.open(built, encoder=ENCODER) as again, ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: again.search(question, k=k), range(24))) == {alone}


@pytest.mark.parametrize("seed", [2, 3])
def test_the_order_of_taking_in_decides_nothing(
    build: Callable[[int], Path], library: Library, seed: int
) -> None:
    """The same papers in another order give the same passages in the same places, ties included."""
    with Library.open(build(seed), encoder=ENCODER) as other:
        for question in QUESTIONS:
            for k in (3, 10, 60):
                mine, theirs = (
                    [(hit.passage.id, hit.score) for hit in each.search(question, k=k)]
                    for each in (library, other)
                )
                assert mine == theirs


def test_equal_scores_come_by_id(library: Library) -> None:
    """Passages of the same words are tied."""
    hits = library.search("allotment waiting list", k=30)
    ranked = [(-hit.score, hit.passage.id) for hit in hits]
    assert ranked == sorted(ranked)
    assert len({hit.score for hit in hits}) < len(hits)
