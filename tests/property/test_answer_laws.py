"""Laws of ranking and answering: rankings depend on their inputs alone, and every quote is proven."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from index import Engine, EngineSettings, Entry
from kb.answers import Draft, compose
from kb.answers.evidence import Evidence
from kb.answers.proof import is_proven
from kb.passages import split
from kb.questions import Question, understand
from kb.records import Passage, Quote, Source
from kb.retrieval import Ranked, RetrievalSettings, Retriever
from kb.retrieval.settings import Fusion
from kb.structure import parse
from tests.fakes import HashingEncoder
from tests.strategies import minutes_texts, questions, source_of

TODAY = dt.date(2024, 7, 15)
ROOT = Path(__file__).parents[2]
ENCODER = HashingEncoder(8)
COMPOSING = importlib.import_module("kb.answers.compose")
ALWAYS: Mapping[str, Any] = {**COMPOSING.fitted(), "threshold": 0.0}
FEW = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
ASKED = questions.filter(str.split).map(lambda text: understand(text, today=TODAY))
PAPERS = minutes_texts().map(source_of)


class Ranking:
    """The passages of a paper, indexed in some order and ranked for a question."""

    def __init__(
        self,
        question: Question,
        passages: Sequence[Passage],
        fields: Mapping[str, float],
        retrieval: RetrievalSettings | None = None,
    ) -> None:
        vectors = ENCODER.encode([passage.text for passage in passages])
        entries = [Entry(id=each.id, fields={"text": each.text, "header": each.header}) for each in passages]
        engine = Engine.build(entries, vectors, EngineSettings(field_weights=dict(fields)))
        self.retriever = Retriever(
            engine, lambda rows: [passages[row] for row in rows], retrieval or RetrievalSettings()
        )
        vector = ENCODER.encode_query(question.text).vector
        self.ranked: list[Ranked] = self.retriever.rank(question, vector, k=10)
        self.passages = [passages[hit.row] for hit in self.ranked]

    @property
    def told(self) -> list[object]:
        """What is told of each place."""
        return [
            (passage.id, hit.score, hit.bm25_score, hit.cosine, hit.features)
            for hit, passage in zip(self.ranked, self.passages, strict=True)
        ]


def answer(question: Question, source: Source, *, turned: bool = False) -> Draft:
    """The answer from all of a paper, without a threshold; ``turned`` turns every mapping round."""
    passages = split(source, parse(source))
    ranking = Ranking(question, passages, {"text": 1.0, "header": 0.5})
    evidence = Evidence(
        scores=tuple(hit.score for hit in ranking.ranked),
        features=ranking.retriever.features(question, ranking.ranked),
        unseen=ranking.retriever.unseen(question.terms),
    )
    idf = ranking.retriever.idf(question.terms)
    sources = {source.name: source.text, "other.txt": ""}
    if turned:
        idf, sources = dict(reversed(idf.items())), dict(reversed(sources.items()))
    with mock.patch.object(COMPOSING, "fitted", return_value=ALWAYS):
        return compose(question, ranking.passages, evidence, sources, idf)


@FEW
@given(question=ASKED, source=PAPERS, how=st.sampled_from(["convex", "rrf", "bm25", "dense"]), data=st.data())
def test_a_ranking_is_a_function_of_its_inputs(
    question: Question, source: Source, how: Fusion, data: st.DataObject
) -> None:
    """Neither the order of passages nor that of the fields changes an id, a score or a place."""
    passages = split(source, parse(source))
    assume(passages)
    retrieval = RetrievalSettings(fusion=how)
    told = Ranking(question, passages, {"text": 1.0, "header": 0.5}, retrieval).told
    shuffled = data.draw(st.permutations(passages))
    assert Ranking(question, shuffled, {"header": 0.5, "text": 1.0}, retrieval).told == told


@FEW
@given(question=ASKED, source=PAPERS)
def test_an_answer_is_a_function_of_its_inputs(question: Question, source: Source) -> None:
    """The order of mappings says nothing."""
    assume(split(source, parse(source)))
    assert answer(question, source, turned=True) == answer(question, source)


@FEW
@given(question=ASKED, source=PAPERS, data=st.data())
def test_every_quote_is_proven(question: Question, source: Source, data: st.DataObject) -> None:
    """And is not, once a single character is another, missing or too many."""
    assume(split(source, parse(source)))
    draft = answer(question, source)
    sources = {source.name: source.text}
    assert draft.text == "\n".join(quote.text for quote in draft.quotes)
    assert not draft.abstained
    for quote in draft.quotes:
        assert is_proven(quote, sources)
        assert quote.text in quote.passage.text
        assert not is_proven(falsified(quote, data), sources)


def falsified(quote: Quote, data: st.DataObject) -> Quote:
    """The quote with one character changed, left out or put in."""
    place = data.draw(st.integers(0, len(quote.text) - 1))
    before, letter, after = quote.text[:place], quote.text[place], quote.text[place + 1 :]
    put = data.draw(
        st.sampled_from(["", " ", "x", "7", letter.swapcase(), letter * 2]).filter(lambda put: put != letter)
    )
    return dataclasses.replace(quote, text=before + put + after)


HASHED = """
import datetime as dt, numpy as np
from kb.questions import understand
from kb.retrieval.features import Scores, compare
from kb.retrieval.profiles import Profile
from tests.outlines import make_passage
text = "ferry road camera budget panel rural crime speed bridge harbour"
question = understand(text, today=dt.date(2024, 1, 1))
idf = {term: 1 / (place + 3) for place, term in enumerate(question.terms)}
scores = Scores(bm25_text=np.zeros(1), bm25_header=np.zeros(1), cosine=np.zeros(1))
print(compare(question, [Profile(make_passage(text))], scores, idf).tolist())
"""


def test_rankings_do_not_depend_on_the_process() -> None:
    """Words are hashed differently in each; sums over sets of them are the same to the last bit."""
    told = {
        subprocess.run(
            [sys.executable, "-c", HASHED],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
