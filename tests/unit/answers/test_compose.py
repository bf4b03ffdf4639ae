"""From ranked passages to quotes, or to "not found"."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kb.answers import NOT_FOUND, Draft, compose
from kb.answers.choosing import ANSWER_WORDS, MIN_GAIN, READING_COST, choose, shares
from kb.answers.confidence import CONFIDENCE_FEATURES, Doubt, probability, signals, threshold_at
from kb.answers.describing import INTENT_GROUPS, SENTENCE_FEATURES
from kb.answers.evidence import Evidence
from kb.answers.proof import is_proven, prove
from kb.answers.sentences import Sentence
from kb.answers.weights import fitted, sentence_weights
from kb.ingest import ingest
from kb.library import Library
from kb.questions import understand
from kb.records import Filters, Quote, Span
from kb.retrieval.features import FEATURES
from tests.fakes import HashingEncoder
from tests.outlines import Paper, make_passage, words

COMPOSING = importlib.import_module("kb.answers.compose")
IDF: Mapping[str, float] = defaultdict(lambda: 1.0)


def set_threshold(monkeypatch: pytest.MonkeyPatch, threshold: float) -> None:
    """Whatever was fitted."""
    stored: Mapping[str, Any] = {**fitted(), "threshold": threshold}
    monkeypatch.setattr(COMPOSING, "fitted", lambda: stored)


def evidence(count: int, **features: float) -> Evidence:
    """Of passages that all have these features."""
    row = [features.get(name, 0.0) for name in FEATURES]
    return Evidence(
        scores=tuple(5.0 - place for place in range(count)),
        features=np.array([row] * count).reshape(count, len(FEATURES)),
    )


def answered(paper: Paper, question: str) -> Draft:
    """The answer drawn from all passages of a paper, in their order."""
    passages = paper.passages()
    asked = understand(question, today=dt.date(2024, 1, 1))
    return compose(asked, passages, evidence(len(passages)), {"minutes.txt": paper.source.text}, IDF)


def sentence(size: int, *, rank: int = 0, place: int = 0) -> Sentence:
    """A sentence of this many words, like no other."""
    text = f"{words(size - 1)} {rank}.{place}"
    return Sentence(make_passage("x"), rank, place, (Span(0, 1),), text.strip())


def chosen(sentences: Sequence[Sentence], *chances: float) -> list[tuple[int, int]]:
    """Rank and place of the sentences that are chosen."""
    return [(each.rank, each.place) for each in choose(sentences, np.array(chances))]


def test_an_answer_keeps_to_its_length() -> None:
    """Further sentences are left out, even if a later and shorter one still finds room."""
    found = [sentence(size, place=place) for place, size in enumerate((90, 40, 50, 10))]
    assert ANSWER_WORDS == 140
    assert chosen(found, 0.9, 0.8, 0.8, 0.7) == [(0, 0), (0, 1), (0, 3)]
    assert chosen(found, 0.9, 0.01, 0.8, 0.7) == [(0, 0), (0, 2)]


def test_the_same_words_are_quoted_once() -> None:
    """Draft and confirmed minutes say the same; one of them is enough."""
    found = [sentence(5), replace(sentence(5), rank=1), sentence(5, rank=1, place=1)]
    assert chosen(found, 0.9, 0.8, 0.7) == [(0, 0), (1, 1)]


def test_the_best_sentence_is_quoted_however_long() -> None:
    """An answer cut short would not be verbatim."""
    assert chosen([sentence(200), sentence(5, place=1)], 0.9, 0.8) == [(0, 0)]


def test_a_sentence_must_be_worth_its_words() -> None:
    """The longer it is, the likelier it must be; the first is quoted anyhow."""
    least = MIN_GAIN * (20 + READING_COST)
    found = [sentence(20, place=place) for place in range(3)]
    assert chosen(found, 0.5, least + 1e-9, least - 1e-9) == [(0, 0), (0, 1)]
    assert chosen([sentence(5), sentence(21, place=1)], 0.5, least) == [(0, 0)]
    assert chosen(found, 1e-6, 1e-9, 1e-9) == [(0, 0)]


def test_shares_of_likelihood_add_up() -> None:
    """Whatever speaks for the sentences, and however much."""
    assert shares(np.array([700.0, 700.0, -700.0])).tolist() == pytest.approx([0.5, 0.5, 0.0])
    assert shares(np.zeros(0)).size == 0


def test_sentences_stand_in_the_order_of_the_papers() -> None:
    """Those of one passage together, the passage with the likeliest sentence first."""
    found = [sentence(5, rank=0, place=0), *(sentence(5, rank=1, place=place) for place in range(3))]
    assert chosen(found, 0.5, 0.6, 0.01, 0.9) == [(1, 0), (1, 2), (0, 0)]


def test_no_sentence_is_repeated() -> None:
    """A draft and the minutes made from it say the same; the likelier one is quoted."""
    found = [sentence(5), sentence(5, rank=1), sentence(4, rank=2)]
    found[1] = dataclasses.replace(found[1], text=found[0].text)
    assert chosen(found, 0.7, 0.9, 0.8) == [(1, 0), (2, 0)]


def test_a_lone_word_is_quoted_only_for_want_of_more() -> None:
    """The "CHAIR" under a signature answers nothing, but a figure in a cell may."""
    signature, figure = (dataclasses.replace(sentence(5, place=1), text=text) for text in ("CHAIR", "24.7%"))
    assert chosen([sentence(5), signature], 0.6, 0.9) == [(0, 0)]
    assert chosen([sentence(5), figure], 0.6, 0.9) == [(0, 0), (0, 1)]
    assert chosen([signature], 0.9) == [(0, 1)]


def test_equal_chances_are_decided_by_rank_and_place() -> None:
    """So that an answer is a function of its evidence."""
    found = [sentence(60, rank=rank) for rank in range(3)]
    assert chosen(found, 0.5, 0.5, 0.5) == [(0, 0), (1, 0)]
    assert chosen([]) == []


def test_quotes_are_verbatim(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences that follow each other are one quote; every quote stands in its passage."""
    set_threshold(monkeypatch, 0.0)
    paper = (
        Paper()
        .item("9", "Annual Report")
        .say("The ferry cost £5 in the year", "before.  The ferry cost £6 this year.", label="1")
    )
    draft = answered(paper, "what does the ferry cost")
    assert not draft.abstained
    [given] = draft.quotes
    assert draft.text == given.text == "The ferry cost £5 in the year before. The ferry cost £6 this year."
    assert is_proven(given, {"minutes.txt": paper.source.text})


def test_an_answer_may_be_drawn_from_several_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    """One quote a line."""
    set_threshold(monkeypatch, 0.0)
    paper = Paper().item("9", "Annual Report").say("The ferry cost £5 in the year before.", label="1")
    draft = answered(paper.say("The ferry cost £6 in this year.", label="2"), "what does the ferry cost")
    assert [quote.passage.citation.paragraph for quote in draft.quotes] == ["1", "2"]
    assert draft.text.split("\n") == [quote.text for quote in draft.quotes]


def test_too_little_confidence_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Just below the threshold nothing is quoted; at it, something is."""
    paper = Paper().item("9", "Annual Report").say("The ferry cost £5 in the year before.", label="1")
    confidence = answered(paper, "what does the ferry cost").confidence
    set_threshold(monkeypatch, confidence)
    assert not answered(paper, "what does the ferry cost").abstained
    set_threshold(monkeypatch, confidence + 1e-9)
    draft = answered(paper, "what does the ferry cost")
    assert draft == Draft(text=NOT_FOUND, abstained=True, confidence=confidence, quotes=())


def test_no_passages_are_not_found() -> None:
    """And nothing is computed from nothing."""
    asked = understand("what does the ferry cost", today=dt.date(2024, 1, 1))
    assert compose(asked, [], evidence(0), {}, {}) == Draft(
        text=NOT_FOUND, abstained=True, confidence=0.0, quotes=()
    )


def test_quotes_that_cannot_be_proven_are_not_given(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Better no answer than a wrong one; the log says which place, but none of the words."""
    set_threshold(monkeypatch, 0.0)
    monkeypatch.setattr(COMPOSING, "quote", lambda *_: "The ferry cost £7.")
    paper = Paper().item("9", "Annual Report").say("The ferry cost £5 in the year before.", label="1")
    with caplog.at_level(logging.ERROR):
        draft = answered(paper, "what does the ferry cost")
    assert (draft.abstained, draft.text, draft.quotes) == (True, NOT_FOUND, ())
    assert paper.passages()[0].id in caplog.text
    assert "ferry" not in caplog.text


def test_proof() -> None:
    """The text at the spans, inside the passage cited, of a source that is known."""
    source = "The ferry  cost £5. It was late."
    passage = dataclasses.replace(make_passage("The ferry cost £5."), spans=(Span(0, 19),))
    good = Quote(text="The ferry cost £5.", passage=passage, spans=(Span(0, 19),))
    sources = {"minutes.txt": source}
    assert is_proven(good, sources)
    bad = [
        dataclasses.replace(good, text="The ferry  cost £5."),
        dataclasses.replace(good, text=""),
        dataclasses.replace(good, text="", spans=()),
        dataclasses.replace(good, spans=(Span(0, 18),)),
        Quote(text="It was late.", passage=passage, spans=(Span(20, 32),)),
    ]
    assert not any(is_proven(each, sources) for each in bad)
    assert not is_proven(good, {})
    assert not is_proven(good, {"minutes.txt": source.replace("£5", "£6")})
    assert list(prove([*bad, good], sources)) == [good]


def test_confidence_is_a_probability() -> None:
    """The logistic of the weighted signals, without overflow."""
    assert probability(np.array([2.0]), np.array([1.0]), bias=-2.0) == 0.5
    assert 0.0 < probability(np.array([-1e6]), np.array([1.0]), bias=0.0) < 1e-20
    assert 1.0 >= probability(np.array([1e6]), np.array([1.0]), bias=0.0) > 1 - 1e-9


def test_signals() -> None:
    """Whether the value, the date and the name asked for were found."""

    def signal(name: str, question: str, **features: float) -> float:
        asked = understand(question, today=dt.date(2024, 1, 1))
        values = signals(asked, evidence(5, **features), IDF, np.zeros(0))
        assert np.isfinite(values).all()
        return float(values[CONFIDENCE_FEATURES.index(name)])

    assert signal("value_found", "how much did it cost", intent_money=1.0) == 1.0
    assert signal("value_missing", "how much did it cost") == 1.0
    assert signal("value_missing", "ferry") == signal("value_found", "ferry") == 0.0
    assert signal("when_missing", "the ferry in 2023") == 1.0
    assert signal("when_missing", "the ferry in 2023", when_period=1.0) == 0.0
    assert signal("name_missing", "what did Councillor Hale say") == 1.0
    assert signal("name_missing", "what did Councillor Hale say", said_by=1.0) == 0.0
    assert signal("margin", "ferry") == pytest.approx(4.0 / 5.0)
    assert signal("best_coverage", "ferry", coverage_all=0.7) == pytest.approx(0.7)


def test_a_threshold_keeps_refusals_at_a_share() -> None:
    """Of the questions that can be answered."""
    assert threshold_at([0.1, 0.2, 0.3, 0.4, 0.5], 0.25) == pytest.approx(0.2)
    assert threshold_at([], 0.25) == 0.0


def test_every_feature_of_an_answer_has_a_fitted_weight() -> None:
    """No more, no less, and all are numbers; features of sentences that weigh nothing are left out."""
    stored = fitted()
    assert set(stored["sentences"]) == {"all", *INTENT_GROUPS}
    assert all(set(group) <= set(SENTENCE_FEATURES) for group in stored["sentences"].values())
    assert np.isfinite(sentence_weights()).all()
    assert np.abs(sentence_weights()).max() > 0
    assert set(stored["confidence"]) == {doubt.value for doubt in Doubt}
    for fit in stored["confidence"].values():
        assert set(fit["weights"]) == set(CONFIDENCE_FEATURES)
        assert np.isfinite([*fit["weights"].values(), fit["bias"]]).all()
    assert 0.0 < stored["threshold"] < 1.0


def test_what_is_nearest_is_shown_although_nothing_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader may know better; where nothing may be returned, nothing is."""
    (tmp_path / "minutes.txt").write_text(
        "FENWOLD POLICE AND CRIME PANEL\n\nMINUTES of the meeting held on 19 July 2023\n\n1. FERRY\n\n"
        "1. The ferry cost £5 in the year before.\n\n2. The road was closed for a week.\n"
    )
    ingest([tmp_path], tmp_path / "library", encoder=HashingEncoder())
    with Library.open(tmp_path / "library", encoder=HashingEncoder()) as library:
        set_threshold(monkeypatch, 1.1)
        answer = library.ask("what does the ferry cost", k=2)
        assert (answer.abstained, answer.text, answer.quotes) == (True, NOT_FOUND, ())
        assert 0.0 < answer.confidence < 1.0
        assert answer.hits == library.search("what does the ferry cost", k=2)
        assert len(answer.hits) == 2
        nothing = library.ask("what does the ferry cost", filters=Filters(bodies=("Nobody",)))
        assert (nothing.abstained, nothing.text, nothing.hits, nothing.confidence) == (
            True,
            NOT_FOUND,
            (),
            0.0,
        )
        set_threshold(monkeypatch, 0.0)
        found = library.ask("what does the ferry cost")
        assert not found.abstained
        assert found.kind == "money"
        assert all(quote.text in quote.passage.text for quote in found.quotes)
