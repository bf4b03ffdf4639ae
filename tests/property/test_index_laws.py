"""Laws of the search engine, for any input."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index import fusion
from index.bm25 import Bm25Index
from index.engine import Engine
from index.records import FUSIONS, EngineSettings, Entry, Fusion
from index.tokens import lexemes, stem, tokenize, words
from tests.fakes import HashingEncoder

TERMS = st.sampled_from(["road", "polic", "vision", "zero", "budget", "panel", "2023/24"])
ROWS = st.lists(st.lists(TERMS, max_size=12), min_size=1, max_size=12).filter(any)
SCORES = st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=30)
RANKING = st.lists(st.integers(0, 20), unique=True, max_size=12)
TEXTS = st.lists(
    st.lists(st.sampled_from(["road", "safety", "police", "vision", "zero", "the", "panel"]), max_size=6).map(
        " ".join
    ),
    min_size=1,
    max_size=8,
)


@given(
    rows=ROWS,
    query=st.lists(TERMS | st.just("unknown"), max_size=8),
    k1=st.floats(0.1, 3),
    b=st.floats(0, 0.99),
)
def test_compiled_scores_are_those_of_rank_bm25(
    rows: list[list[str]], query: list[str], k1: float, b: float
) -> None:
    """Equal within 1e-5, repeated, absent and all-too-common terms included.

    Without saturation (``k1`` 0), or with ``b`` 1 and an empty row, rank-bm25 itself divides 0 by 0.
    """
    index = Bm25Index.build(rows, k1=k1, b=b)
    np.testing.assert_allclose(index.scores(query), BM25Okapi(rows, k1=k1, b=b).get_scores(query), atol=1e-5)
    for row, score in enumerate(index.scores(query)):
        assert abs(sum(part for _, part in index.explain(query, row)) - score) < 1e-5


@given(rankings=st.lists(RANKING, max_size=4), data=st.data())
def test_fusion_ignores_the_order_of_its_inputs(rankings: list[list[int]], data: st.DataObject) -> None:
    """Exactly the same scores, whichever ranking is named first."""
    shuffled = data.draw(st.permutations(rankings))
    assert fusion.reciprocal_rank_fusion(rankings) == fusion.reciprocal_rank_fusion(shuffled)


@given(ranking=RANKING)
def test_a_lone_ranking_keeps_its_order(ranking: list[int]) -> None:
    """Fusing one ranking changes nothing."""
    fused = fusion.reciprocal_rank_fusion([ranking])
    assert fusion.best_first(fused, np.arange(21)) == ranking


@given(scores=SCORES)
def test_stretching_keeps_order_and_range(scores: list[float]) -> None:
    """Within 0 and 1, and never the other way round."""
    stretched = fusion.min_max(np.array(scores))
    assert stretched.min() >= 0
    assert stretched.max() <= 1
    assert np.all(np.diff(stretched[np.argsort(scores)]) >= 0)


@given(scores=SCORES, k=st.integers(0, 40), data=st.data())
def test_top_rows_are_the_head_of_the_whole_order(scores: list[float], k: int, data: st.DataObject) -> None:
    """The same as sorting everything, ties included."""
    order = np.array(data.draw(st.permutations(range(len(scores)))), np.int64)
    whole = sorted(range(len(scores)), key=lambda row: (-scores[row], order[row]))
    assert fusion.top_rows(np.array(scores), k, order).tolist() == whole[:k]


@settings(deadline=None)
@given(texts=TEXTS, how=st.sampled_from(FUSIONS), share=st.floats(0, 1), data=st.data())
def test_a_ranking_is_a_function_of_its_inputs(
    texts: list[str], how: Fusion, share: float, data: st.DataObject
) -> None:
    """The order in which entries are added changes no id, no score and no place."""
    encoder = HashingEncoder(8)
    names = [f"p{number}" for number in range(len(texts))]
    asked = data.draw(st.sampled_from(["road safety", "the panel", "unknown"]))
    rankings = []
    for order in (range(len(texts)), data.draw(st.permutations(range(len(texts))))):
        entries = [Entry(id=names[number], fields={"text": texts[number]}) for number in order]
        vectors = encoder.encode([texts[number] for number in order])
        engine = Engine.build(entries, vectors, EngineSettings(fusion=how, dense_weight=share))
        found = engine.search(asked, encoder.encode_query(asked).vector, len(texts))
        rankings.append([(hit.id, hit.score, hit.bm25_score, hit.cosine) for hit in found])
    assert rankings[0] == rankings[1]


@settings(deadline=None)
@given(
    numbers=st.lists(st.integers(0, 5), min_size=1, max_size=40),
    k=st.integers(1, 6),
    how=st.sampled_from(FUSIONS),
    data=st.data(),
)
def test_ties_at_the_cut_are_broken_by_id(
    numbers: list[int], k: int, how: Fusion, data: st.DataObject
) -> None:
    """Of entries that score the same, those that come first by id are nominated, wherever they were added."""
    encoder = HashingEncoder(8)
    named = [(f"p{place:02}", f"word{number} panel") for place, number in enumerate(numbers)]
    asked = data.draw(st.sampled_from(["word1", "panel", "unknown"]))
    rankings = []
    for order in (named, data.draw(st.permutations(named))):
        engine = Engine.build(
            [Entry(id=name, fields={"text": text}) for name, text in order],
            encoder.encode([text for _, text in order]),
            EngineSettings(fusion=how, candidates=k),
        )
        found = engine.search(asked, encoder.encode_query(asked).vector, k)
        rankings.append([(hit.id, hit.score, hit.bm25_score, hit.cosine) for hit in found])
    assert rankings[0] == rankings[1]


@settings(deadline=None, max_examples=25)
@given(texts=TEXTS, how=st.sampled_from(FUSIONS))
def test_save_then_load_gives_the_same_ranking(texts: list[str], how: Fusion) -> None:
    """Bit for bit."""
    encoder = HashingEncoder(8)
    entries = [Entry(id=f"p{number}", fields={"text": text}) for number, text in enumerate(texts)]
    engine = Engine.build(entries, encoder.encode(texts), EngineSettings(fusion=how))
    vector = encoder.encode_query("road safety").vector
    with tempfile.TemporaryDirectory() as folder:
        engine.save(Path(folder))
        assert Engine.load(Path(folder)).search("road safety", vector) == engine.search("road safety", vector)


@given(text=st.text(max_size=200) | st.from_regex(r"[A-Za-z0-9£%/(). '*<>&;\n-]{0,60}", fullmatch=True))
def test_any_text_can_be_split(text: str) -> None:
    """Places are in order and inside the text; terms are those of `tokenize`; case does not matter to them."""
    pieces = lexemes(text)
    assert [term for piece in pieces for term in piece.terms] == tokenize(text)
    for found in (pieces, words(text)):
        places = [place for piece in found for place in (piece.start, piece.end)]
        assert places == sorted(places)
        assert all(0 <= place <= len(text) for place in places)
    if text.isascii():
        assert tokenize(text.upper()) == tokenize(text)


@given(word=st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_stem_is_found_again(word: str) -> None:
    """Asking for a word finds the word."""
    assert tokenize(word) in ([stem(word)], [])
