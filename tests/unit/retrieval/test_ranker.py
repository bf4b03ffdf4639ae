"""Ranking: what is nominated, re-scored and ordered."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from collections.abc import Iterator, Sequence
from importlib import resources

import numpy as np
import pytest
from numpy.typing import NDArray

from index import Engine, EngineSettings, Entry
from kb.ingest import ingest
from kb.library import Library
from kb.questions import understand
from kb.records import Filters, Passage, PassageId
from kb.retrieval import Ranked, RetrievalSettings, Retriever, settings_from_environment
from kb.retrieval.features import FEATURES
from kb.retrieval.ranker import fitted_weights
from kb.retrieval.settings import Fusion
from tests.fakes import HashingEncoder
from tests.outlines import make_passage

ENCODER = HashingEncoder()
BASELINES: tuple[Fusion, ...] = ("rrf", "bm25", "dense")


class Shelf:
    """Some passages, indexed; counts how often each is fetched."""

    def __init__(self, *texts: str) -> None:
        self.passages = [
            make_passage(text, id=PassageId(f"p{number:02}")) for number, text in enumerate(texts)
        ]
        self.fetched: list[int] = []
        self.engine = Engine.build(
            [Entry(id=passage.id, fields={"text": passage.text, "header": ""}) for passage in self.passages],
            ENCODER.encode(texts),
            EngineSettings(field_weights={"text": 1.0, "header": 0.5}),
        )

    def fetch(self, rows: Sequence[int]) -> list[Passage]:
        """Passages by row."""
        self.fetched += rows
        return [self.passages[row] for row in rows]

    def retriever(self, settings: RetrievalSettings | None = None, **weights: float) -> Retriever:
        """With these weights of features, or the fitted ones."""
        chosen = np.array([weights.get(name, 0.0) for name in FEATURES]) if weights else None
        return Retriever(self.engine, self.fetch, settings or RetrievalSettings(), weights=chosen)

    def rank(self, retriever: Retriever, text: str, k: int = 10) -> list[Ranked]:
        """A question's ranking."""
        question = understand(text, today=dt.date(2024, 1, 1))
        return retriever.rank(question, ENCODER.encode_query(text).vector, k=k)

    def ids(self, ranked: Sequence[Ranked]) -> list[str]:
        """The ids of a ranking."""
        return [self.passages[hit.row].id for hit in ranked]


@pytest.fixture
def shelf() -> Shelf:
    """Four passages."""
    return Shelf("Ferry times.", "The ferry cost £5.", "The road was closed.", "Ferry road.")


def test_candidates_are_scored_by_weighted_features(shelf: Shelf) -> None:
    """Best first; the score is the weighted sum."""
    ranked = shelf.rank(shelf.retriever(intent_money=2.0, coverage_text=1.0), "what does the ferry cost")
    assert shelf.ids(ranked)[0] == "p01"
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    best = dict(zip(FEATURES, ranked[0].features, strict=True))
    assert ranked[0].score == pytest.approx(2.0 * best["intent_money"] + best["coverage_text"])


def test_ties_are_broken_by_id(shelf: Shelf) -> None:
    """With weights that tell nothing apart, all are tied."""
    assert shelf.ids(shelf.rank(shelf.retriever(item=1.0), "ferry")) == ["p00", "p01", "p02", "p03"]
    equal = Shelf(*["The ferry road."] * 5)
    for settings in (RetrievalSettings(), *(RetrievalSettings(fusion=fusion) for fusion in BASELINES)):
        ids = equal.ids(equal.rank(equal.retriever(settings), "ferry"))
        assert ids == sorted(ids)


@pytest.mark.parametrize("k", [0, 1, 3, 10])
def test_no_more_than_asked_for(shelf: Shelf, k: int) -> None:
    """And no fewer, where there are as many; the best of fewer are the best of more."""
    retriever = shelf.retriever()
    ranked = shelf.rank(retriever, "ferry road", k)
    assert len(ranked) == min(k, 4)
    assert shelf.ids(ranked) == shelf.ids(shelf.rank(retriever, "ferry road"))[:k]


@pytest.mark.parametrize("fusion", BASELINES)
def test_baselines_are_not_rescored(shelf: Shelf, fusion: Fusion) -> None:
    """They show what the index alone can do: no passage is even looked at."""
    settings = RetrievalSettings(fusion=fusion)
    assert not settings.reranks
    ranked = shelf.rank(shelf.retriever(settings), "the ferry cost")
    alone = dataclasses.replace(
        shelf.engine, settings=dataclasses.replace(shelf.engine.settings, fusion=fusion)
    ).search(
        list(understand("the ferry cost", today=dt.date(2024, 1, 1)).terms),
        ENCODER.encode_query("the ferry cost").vector,
    )
    assert [(hit.row, hit.score) for hit in ranked] == [(hit.row, hit.score) for hit in alone]
    assert all(hit.features == () for hit in ranked)
    assert shelf.fetched == []


def test_reranking_can_be_left_out(shelf: Shelf) -> None:
    """The convex fusion alone is a baseline too."""
    settings = RetrievalSettings(rerank=False)
    assert not settings.reranks
    assert RetrievalSettings().reranks
    assert all(hit.features == () for hit in shelf.rank(shelf.retriever(settings), "ferry"))


def test_passages_are_looked_at_once(shelf: Shelf) -> None:
    """What is known of them is kept."""
    retriever = shelf.retriever()
    shelf.rank(retriever, "ferry")
    shelf.rank(retriever, "road")
    assert sorted(shelf.fetched) == [0, 1, 2, 3]


def test_profiles_may_be_forgotten_meanwhile(shelf: Shelf) -> None:
    """Another thread that makes room takes nothing away from this one."""
    retriever = shelf.retriever()
    retriever.profiles([0, 1])

    def fetch_while_another_makes_room(rows: Sequence[int]) -> list[Passage]:
        retriever._profiles.clear()
        return shelf.fetch(rows)

    retriever._passages = fetch_while_another_makes_room
    profiles = retriever.profiles([0, 1, 2])
    assert [profile.passage.id for profile in profiles] == ["p00", "p01", "p02"]


def test_profiles_do_not_pile_up(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large library does not fill the memory."""
    monkeypatch.setattr("kb.retrieval.ranker._PROFILES_KEPT", 2)
    retriever = shelf.retriever()
    for rows in ([0, 1, 2], [3], [1, 3]):
        assert [profile.passage.id for profile in retriever.profiles(rows)] == [f"p{row:02}" for row in rows]
    assert len(retriever._profiles) <= 3


def test_rare_terms_weigh_more(shelf: Shelf) -> None:
    """The log of one over the share of passages; what stands nowhere weighs most."""
    idf = shelf.retriever().idf(["ferri", "close", "unknown"])
    assert idf["ferri"] < idf["close"] < idf["unknown"]
    assert idf["ferri"] == pytest.approx(math.log(1 + (4 - 3 + 0.5) / (3 + 0.5)))
    assert shelf.retriever().unseen(["ferri", "unknown", "unknown"]) == ("unknown",)


def test_every_feature_has_a_fitted_weight() -> None:
    """No more, no less, and all are numbers."""
    stored = json.loads(resources.files("kb.retrieval").joinpath("weights.json").read_text("utf-8"))[
        "weights"
    ]
    assert set(stored) == set(FEATURES)
    assert len(FEATURES) == len(set(FEATURES))
    assert all(isinstance(weight, float) for weight in stored.values())
    assert np.isfinite(fitted_weights()).all()
    assert fitted_weights().shape == (len(FEATURES),)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library in which more passages match than are re-scored, in one of its papers."""
    folder = tmp_path_factory.mktemp("two-papers")
    for name, day, topic, count in (
        ("loud.txt", "19 July 2023", "speed cameras", 90),
        ("quiet.txt", "31 January 2024", "ferry times", 15),
    ):
        head = f"FENWOLD POLICE AND CRIME PANEL\n\nMINUTES of the meeting held on {day}\n\n1. UPDATES\n\n"
        said = [f"{number}. The Commissioner reported on {topic}, again." for number in range(1, count + 1)]
        (folder / name).write_text(head + "\n\n".join(said))
    ingest([folder], folder / "library", encoder=ENCODER)
    with Library.open(folder / "library", encoder=ENCODER) as opened:
        yield opened


@pytest.mark.parametrize(
    "filters",
    [
        Filters(date_from=dt.date(2024, 1, 1)),
        Filters(date_from=dt.date(2024, 1, 31), date_to=dt.date(2024, 1, 31)),
        Filters(documents=("quiet.txt",)),
    ],
)
def test_filters_come_before_scoring(library: Library, filters: Filters) -> None:
    """A filtered query finds as many as there are, however much better the rest matches."""
    assert RetrievalSettings().candidates < 90
    hits = library.search("speed cameras", k=15, filters=filters)
    assert len(hits) == 15
    assert {hit.passage.citation.document for hit in hits} == {"quiet.txt"}
    assert len(library.search("speed cameras", k=5, filters=filters)) == 5


def test_filters_that_leave_nothing(library: Library) -> None:
    """No hits, no error."""
    assert library.search("speed cameras", filters=Filters(bodies=("Nobody",))) == ()


def test_more_than_the_candidates_can_be_asked_for(library: Library) -> None:
    """``k`` is kept to."""
    assert len(library.search("speed cameras", k=80)) == 80


def test_a_later_state_comes_before_the_earlier_one(shelf: Shelf) -> None:
    """With its score; without the later one, or with it in front already, nothing moves."""
    question = understand("ferry road", today=dt.date(2024, 1, 1))
    vector = ENCODER.encode_query("ferry road").vector
    retriever = shelf.retriever()
    plain = retriever.rank(question, vector, k=4)
    first, last = plain[0].row, plain[-1].row
    moved = retriever.rank(question, vector, k=4, successors={first: last})
    assert [hit.row for hit in moved] == [last, *(hit.row for hit in plain[:-1])]
    assert moved[0].score == moved[1].score == plain[0].score
    assert retriever.rank(question, vector, k=4, successors={last: first}) == plain
    assert retriever.rank(question, vector, k=4, successors={first: 99}) == plain
    assert retriever.rank(question, vector, k=1, successors={first: last}) == moved[:1]


class Judge:
    """Finds long texts best; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """A text's length."""
        self.asked.append((query, list(texts)))
        return np.array([float(len(text)) for text in texts])


def test_a_cross_encoder_orders_the_best_and_no_others(shelf: Shelf) -> None:
    """They share out the scores they had; what each gains or loses is told and adds up."""
    judge = Judge()
    settings = RetrievalSettings(reranked=2)
    text = "what does the ferry cost"
    plain = shelf.rank(shelf.retriever(), text)
    retriever = Retriever(shelf.engine, shelf.fetch, settings, pairs=judge)
    ranked = shelf.rank(retriever, text)
    assert {hit.row for hit in ranked[:2]} == {hit.row for hit in plain[:2]}
    assert [hit.row for hit in ranked[2:]] == [hit.row for hit in plain[2:]]
    assert [hit.score for hit in ranked] == [hit.score for hit in plain]
    [(query, texts)] = judge.asked
    assert query == text
    assert len(texts) == 2
    longest = max(plain[:2], key=lambda hit: len(shelf.passages[hit.row].text))
    assert ranked[0].row == longest.row
    question = understand(text, today=dt.date(2024, 1, 1))
    reasons = retriever.explain(question, ENCODER.encode_query(text).vector, ranked)
    for hit, reason in zip(ranked, reasons, strict=True):
        assert reason.score == pytest.approx(hit.score)


def test_the_reranking_model_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """None by default."""
    monkeypatch.delenv("KB_RERANKER", raising=False)
    assert settings_from_environment() == RetrievalSettings()
    monkeypatch.setenv("KB_RERANKER", " models/small ")
    assert settings_from_environment().reranker == "models/small"
