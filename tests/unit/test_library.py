"""The door to a library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb.asking
from kb.errors import LibraryFormatError, ModelError, QuestionError, UsageError
from kb.ingest import ingest
from kb.library import Library
from kb.records import Filters, ItemType, PartKind
from kb.retrieval import RetrievalSettings
from kb.store import encoders
from tests.fakes import HashingEncoder
from tests.unit.index.test_cross_encoder import build

MINUTES = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on {day}

1. APOLOGIES

Apologies were received from Councillor Hale.

2. {topic}

1. The Commissioner reported on {topic}. He said that it cost £{cost}.

2. Councillor Hale asked about the cost of {topic} in the years to come.

RESOLVED to note the report.
"""
DAYS = {"a.txt": ("19 July 2023", "speed cameras", 100), "b.txt": ("31 January 2024", "the precept", 200)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two minutes."""
    folder = tmp_path_factory.mktemp("built")
    papers = folder / "papers"
    papers.mkdir()
    for name, (day, topic, cost) in DAYS.items():
        (papers / name).write_text(MINUTES.format(day=day, topic=topic, cost=cost))
    ingest([papers], folder / "library", encoder=HashingEncoder())
    return folder


@pytest.fixture
def library(built: Path) -> Iterator[Library]:
    """The library, open."""
    with Library.open(built / "library", encoder=HashingEncoder()) as opened:
        yield opened


def test_search_ranks_passages(library: Library) -> None:
    """Best first, ranks from 1, no more than asked for."""
    hits = library.search("what do speed cameras cost", k=3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].passage.citation.document == "a.txt"
    assert "speed cameras" in hits[0].passage.text


def test_explanations_are_of_the_hits_that_search_gives(library: Library) -> None:
    """The same hits, and shares that add up to their scores; filters count."""
    filters = Filters(documents=("a.txt",))
    explained = library.explain("what do speed cameras cost", k=3, filters=filters)
    assert [hit for hit, _ in explained] == list(
        library.search("what do speed cameras cost", k=3, filters=filters)
    )
    assert explained
    for hit, reason in explained:
        assert sum(share.points for share in reason.shares) == pytest.approx(hit.score)
        assert sum(match.weight for match in reason.matches) == pytest.approx(hit.bm25_score, rel=1e-5)


def test_a_topic_is_followed_from_meeting_to_meeting(library: Library) -> None:
    """Oldest first, with what came of it."""
    meetings = library.timeline("report")
    assert [meeting.meeting_date for meeting in meetings] == [dt.date(2023, 7, 19), dt.date(2024, 1, 31)]
    for meeting in meetings:
        assert meeting.outcome is not None
        assert meeting.outcome.text.endswith("RESOLVED to note the report.")


def test_search_keeps_to_filters(library: Library) -> None:
    """Whatever matches better."""
    hits = library.search("speed cameras", filters=Filters(date_from=dt.date(2024, 1, 1)))
    assert hits
    assert {hit.passage.citation.document for hit in hits} == {"b.txt"}
    assert library.search("speed cameras", filters=Filters(kinds=(PartKind.LETTER,))) == ()


def test_an_empty_query_is_refused(library: Library) -> None:
    """It would match everything and nothing."""
    with pytest.raises(QuestionError, match="empty"):
        library.search(" \n")


def test_passages_are_found_by_id(library: Library) -> None:
    """And quote their source: spans count characters of its text."""
    passage = library.search("speed cameras")[0].passage
    assert library.passage(passage.id) == passage
    text = library.source_text(passage.citation.document)
    quoted = " ".join(text[span.start : span.end] for span in passage.spans)
    assert " ".join(quoted.split()) == passage.text
    assert passage in library.context(passage.id)
    with pytest.raises(UsageError):
        library.passage("nothing")


def test_documents_are_described(library: Library, built: Path) -> None:
    """With their parts, their structure and their original."""
    [first, second] = library.documents()
    assert (first.document, second.document) == ("a.txt", "b.txt")
    assert first.parts[0].kind is library.outline("a.txt").parts[0].kind is PartKind.MINUTES
    assert first.parts[0].meeting_date == dt.date(2023, 7, 19)
    assert library.original_path("a.txt").read_bytes() == (built / "papers" / "a.txt").read_bytes()
    assert library.pages("a.txt") == ()
    facets = library.facets()
    assert (facets.first_date, facets.last_date) == (dt.date(2023, 7, 19), dt.date(2024, 1, 31))
    assert sum(count for _, count in facets.documents) == library.manifest.passages
    with pytest.raises(UsageError):
        library.original_path("nothing")


def test_many_threads_search_at_once(library: Library) -> None:
    """Each gets what it would get alone."""
    alone = library.search("the precept")
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(library.search, ["the precept"] * 40)) == {alone}


def test_the_encoder_is_found_at_the_first_question(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name the library remembers; looking at papers needs none."""
    asked: list[str | None] = []

    def find(name: str | None) -> HashingEncoder:
        asked.append(name)
        return HashingEncoder()

    monkeypatch.setattr(kb.asking, "make_encoder", find)
    with Library.open(built / "library") as library:
        assert library.documents()
        assert asked == []
        library.search("one")
        library.search("two")
    assert asked == ["hashing"]


def test_a_model_that_changed_under_its_name_is_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its vectors would mean nothing to the library's."""
    monkeypatch.setattr(kb.asking, "make_encoder", lambda _: HashingEncoder(16))
    with Library.open(built / "library") as library, pytest.raises(LibraryFormatError, match="built with"):
        library.search("one")


def test_a_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a next step."""
    with pytest.raises(ModelError) as caught:
        encoders.make_encoder("no/such-model")
    assert caught.value.next_step


def test_facets_count_what_matches(library: Library) -> None:
    """All, those under filters, those that hold the words of a query."""
    everything = library.facets()
    assert dict(everything.people)
    assert dict(everything.years).keys() == {2023, 2024}
    later = library.facets(filters=Filters(date_from=dt.date(2024, 1, 1)))
    assert dict(later.documents) == {"a.txt": 0, "b.txt": dict(everything.documents)["b.txt"]}
    found = library.facets("speed cameras")
    assert dict(found.documents)["a.txt"] > 0 == dict(found.documents)["b.txt"]
    assert library.facets("zebra").kinds == ()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    k=st.integers(1, 30),
    query=st.sampled_from(["speed cameras", "the precept", "zebra crossing", "apologies"]),
    filters=st.builds(
        Filters,
        documents=st.sampled_from([(), ("a.txt",), ("b.txt",)]),
        item_types=st.sampled_from([(), (ItemType.ATTENDANCE,), (ItemType.BUSINESS,)]),
        people=st.sampled_from([(), ("Councillor Hale",)]),
        date_from=st.sampled_from([None, dt.date(2024, 1, 1)]),
    ),
)
def test_a_filtered_search_gives_what_there_is(
    library: Library, k: int, query: str, filters: Filters
) -> None:
    """As many passages as asked for if the filters let so many through, however badly they match."""
    counts = dict(passages_let_through(library, filters))
    allowed = sum(counts.values())
    hits = library.search(query, k=k, filters=filters)
    assert len(hits) == min(k, allowed)
    if filters.documents:
        assert {hit.passage.citation.document for hit in hits} <= set(filters.documents)


def passages_let_through(library: Library, filters: Filters) -> tuple[tuple[str, int], ...]:
    """Passages of each document that filters let through: a field's own limit does not hold for its counts."""
    counts = library.facets(filters=filters).documents
    return tuple(pair for pair in counts if not filters.documents or pair[0] in filters.documents)


def test_a_quoted_phrase_limits_what_is_found(library: Library) -> None:
    """Unless nothing holds it or it is switched off; that is said."""
    hits = library.search('"reported on the precept"')
    assert hits
    assert all("reported on the precept" in hit.passage.text for hit in hits)
    [piece] = [
        each
        for each in library.understand('"reported on the precept"').understood
        if each.kind != "expansion"
    ]
    assert (piece.id, piece.is_limit, piece.is_used) == ("phrase", True, True)
    assert len(library.search('"reported on the precept"', ignore=["phrase"])) > len(hits)
    asked = library.understand('"zebra crossings" and cameras')
    assert asked.phrases == ()
    assert "no passage has the words" in asked.understood[0].meaning
    assert library.search('"zebra crossings" and cameras')


def test_excluded_words_are_in_nothing_found(library: Library) -> None:
    """A word in any of its forms, a phrase exactly."""
    everything = library.search("cost", k=100)
    assert any("camera" in hit.passage.text for hit in everything)
    without = library.search("cost -camera", k=100)
    assert without
    assert not any("camera" in hit.passage.text for hit in without)
    assert not any("precept" in hit.passage.text for hit in library.search('cost -"the precept"', k=100))
    assert len(library.search("cost -camera", k=100, ignore=["exclusion"])) == len(everything)


def test_phrases_and_exclusions_keep_to_filters(library: Library) -> None:
    """A phrase that only other papers hold is no limit."""
    filters = Filters(documents=("b.txt",))
    hits = library.search('"speed cameras" cost', filters=filters)
    assert {hit.passage.citation.document for hit in hits} == {"b.txt"}


def test_the_librarys_meetings_decide_dates(library: Library) -> None:
    """What is understood is said with the answer, and can be switched off."""
    answer = library.ask("what did the Commissioner say in the last minutes?")
    [date] = [each for each in answer.understood if each.kind == "date"]
    assert (date.words, date.meaning) == ("last minutes", "31 January 2024")
    again = library.ask("what did the Commissioner say in the last minutes?", ignore=["date"])
    assert [each.is_used for each in again.understood if each.kind == "date"] == [False]
    assert library.understand("the July meeting").whens[0].first == dt.date(2023, 7, 1)


def test_misspelt_words_are_suggested_never_changed(library: Library) -> None:
    """From the papers' own words; a question of known words gets none."""
    assert library.suggest("what did the Comissioner say") == "what did the Commissioner say"
    assert library.suggest("what did the commissioner say") is None
    answer = library.ask("what about speeed cameras")
    assert (answer.question, answer.suggestion) == ("what about speeed cameras", "what about speed cameras")


def test_a_library_learns_its_abbreviations(tmp_path: Path) -> None:
    """With the place; a question in the one form finds the other."""
    (tmp_path / "a.txt").write_text(
        MINUTES.format(day="19 July 2023", topic="Automatic Number Plate Recognition (ANPR)", cost=1)
    )
    (tmp_path / "b.txt").write_text(
        MINUTES.format(day="6 March 2024", topic="ANPR along the ferry road", cost=2)
    )
    ingest([tmp_path], tmp_path / "library", encoder=HashingEncoder())
    with Library.open(tmp_path / "library", encoder=HashingEncoder()) as opened:
        [known] = opened.glossary()
        assert (known.short, known.long) == ("ANPR", "Automatic Number Plate Recognition")
        assert "(ANPR)" in opened.passage(known.passage_id).text
        asked = opened.understand("automatic number plate recognition")
        assert "anpr" in dict(asked.expansions)
        assert 0 < dict(asked.expansions)["anpr"] < 1
        assert "anpr" not in dict(
            opened.understand("automatic number plate recognition", ignore=["expansion"]).expansions
        )
        bm25 = Library.open(
            tmp_path / "library", encoder=HashingEncoder(), settings=RetrievalSettings(fusion="bm25")
        )
        assert any(
            "ferry road" in hit.passage.text for hit in bm25.search("automatic number plate recognition")
        )
        bm25.close()


@pytest.mark.slow
def test_a_cross_encoder_by_setting_orders_what_is_found(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same passages, perhaps in another order; a model that is not there is told before the first question."""
    query = "what do speed cameras cost"
    with Library.open(built / "library", encoder=HashingEncoder()) as library:
        plain = library.search(query)
    monkeypatch.setenv("KB_RERANKER", str(build(tmp_path / "model")))
    with Library.open(built / "library", encoder=HashingEncoder()) as library:
        found = library.search(query)
    assert {hit.passage.id for hit in found} == {hit.passage.id for hit in plain}
    assert [hit.score for hit in found] == [hit.score for hit in plain]
    monkeypatch.setenv("KB_RERANKER", "no-such/model")
    with pytest.raises(ModelError, match="no folder"):
        Library.open(built / "library", encoder=HashingEncoder())
