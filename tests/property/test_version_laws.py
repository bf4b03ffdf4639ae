"""Laws of versions: no text is lost, and the order of the papers does not matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.records import PartKind
from kb.versions import Paper, relate
from kb.versions.wording import text_key
from tests.papers_in_versions import JUNE, MAY, TEXTS, papers, part

STOCK = ("The Panel noted the report.", "Agreed.", "—", "It rose by 5.6%.", "It rose by 5.7%.")
AGREED = "The minutes of 10 May 2023 were agreed subject to item 1, paragraph 2: “ferry” to read “fairy”."

entries = st.lists(
    st.tuples(
        st.sampled_from([None, "1", "2"]),
        st.sampled_from([None, "Minutes of the meeting held on 10 May 2023"]),
        st.sampled_from([None, "1", "2"]),
        st.sampled_from([*TEXTS, *STOCK, AGREED]),
    ),
    max_size=9,
)
parts = st.tuples(
    st.builds(
        part,
        kind=st.sampled_from([PartKind.MINUTES, PartKind.REPORT, PartKind.APPENDIX]),
        body=st.sampled_from([None, "Fenwold Panel", "Panel"]),
        date=st.sampled_from([None, MAY, JUNE]),
        status=st.sampled_from([None, "draft", "confirmed"]),
        title=st.sampled_from(["Minutes", "Report", "Report, version 2", "Corrected version"]),
    ),
    entries,
)


@st.composite
def libraries(draw: st.DrawFn) -> list[Paper]:
    """Papers of a few documents that share much of their text."""
    found: list[Paper] = []
    for name in "abcd"[: draw(st.integers(1, 4))]:
        found += papers(f"{name}.txt", *draw(st.lists(parts, min_size=1, max_size=2)))
    return found


@given(libraries())
def test_only_the_same_words_are_counted_as_one(library: list[Paper]) -> None:
    """Each passage is in one group at most, a group has one passage of a document at most, and all read alike."""
    passages = {passage.id: passage for paper in library for passage in paper.passages}
    seen: set[str] = set()
    for group in relate(library).same:
        assert len({text_key(passages[each].text) for each in group}) == 1
        assert len({passages[each].citation.document for each in group}) == len(group) > 1
        assert seen.isdisjoint(group)
        seen.update(group)


@given(libraries(), st.randoms(use_true_random=False))
def test_the_order_of_the_papers_does_not_matter(library: list[Paper], chance: object) -> None:
    """Whatever is found is found in any order."""
    shuffled = list(library)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert relate(shuffled) == relate(library)


@given(libraries())
def test_links_lead_from_passages_to_other_passages(library: list[Paper]) -> None:
    """All of them in the library, and what is superseded has somewhere to go."""
    passages = {passage.id for paper in library for passage in paper.passages}
    found = relate(library)
    assert all(
        {link.passage, link.other} <= passages and link.passage != link.other for link in found.passages
    )
    hidden = {each for group in found.same for each in group[1:]}
    led = {link.passage for link in found.passages if link.kind.value == "superseded_by"}
    assert all(passage in hidden | led for passage, status in found.statuses if status == "superseded")
