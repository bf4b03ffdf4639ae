"""Laws of ids: whatever happens to the files, an id leads to what it named, to what has become of it, or to nothing."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kb.records import PlaceStatus
from tests.places import Minutes, Shelf

SLOW_TO_DRAW = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
NAMES = ("a.txt", "b.txt", "c.txt")
STOCK = ("None.", "The Panel noted the report.", "Apologies were received from Councillor Hale.")
LEAST_ALIKE = 0.4
"""Share of words; far below what the library asks for, and far above what texts of chance have in common."""

_words = st.sampled_from(
    [f"{first}{last}" for first in "bdfklmnprst" for last in ("ana", "eri", "olu", "umi")]
)
_texts = st.lists(_words, min_size=3, max_size=12).map(lambda words: f"{' '.join(words).capitalize()}.")
_paragraphs = st.one_of(_texts, _texts, st.sampled_from(STOCK))
_items = st.lists(_paragraphs, min_size=1, max_size=4).map(tuple)
_papers = st.builds(
    Minutes, items=st.lists(_items, min_size=1, max_size=3).map(tuple), number=st.integers(1, 2)
)
_shelves = st.dictionaries(st.sampled_from(NAMES), _papers, max_size=3)


@st.composite
def _edited(draw: st.DrawFn, paper: Minutes) -> Minutes:
    """A paper in which a paragraph was inserted, deleted, changed or moved, or an item taken out."""
    items = [list(item) for item in paper.items]
    item = draw(st.sampled_from(items))
    place = draw(st.integers(0, len(item)))
    match draw(st.sampled_from(["insert", "delete", "change", "move", "drop item", "new item"])):
        case "insert":
            item.insert(place, draw(_paragraphs))
        case "delete" if place < len(item):
            del item[place]
        case "change" if place < len(item):
            words = item[place].rstrip(".").split()
            words[draw(st.integers(0, len(words) - 1))] = draw(_words)
            item[place] = f"{' '.join(words)}."
        case "move" if place < len(item):
            draw(st.sampled_from(items)).append(item.pop(place))
        case "drop item":
            items.remove(item)
        case "new item":
            items.insert(draw(st.integers(0, len(items))), [draw(_paragraphs)])
    kept = tuple(tuple(item) for item in items if item)
    return Minutes(items=kept or paper.items, number=paper.number)


@st.composite
def _histories(draw: st.DrawFn) -> list[dict[str, Minutes]]:
    """What a library holds, one day after another."""
    days = [draw(_shelves)]
    for _ in range(draw(st.integers(1, 6))):
        papers = dict(days[-1])
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)):
            known = papers.pop(name, None)
            if known is None:
                earlier = [day[name] for day in days if name in day]
                papers[name] = draw(st.sampled_from(earlier) | _papers if earlier else _papers)
            elif draw(st.integers(0, 3)):
                papers[name] = draw(_edited(known))
        days.append(papers)
    return days


def alike(first: str, second: str) -> float:
    """The Dice coefficient of their words."""
    one, other = (Counter(text.lower().rstrip(".").split()) for text in (first, second))
    return 2 * (one & other).total() / (one.total() + other.total())


@SLOW_TO_DRAW
@given(papers=_shelves, seed=st.randoms(use_true_random=False))
def test_ids_follow_from_the_set_of_papers(papers: dict[str, Minutes], seed: random.Random) -> None:
    """In whatever order files come, at once or one by one, and whatever they are called."""
    at_once = Shelf()
    at_once.put(papers)
    contents = list({paper.row("x").entry.sha256: paper for paper in papers.values()}.values())
    seed.shuffle(contents)
    one_by_one = Shelf()
    for count in range(len(contents) + 1):
        one_by_one.put({f"{place}.txt": paper for place, paper in enumerate(contents[:count])})
    assert one_by_one.texts == at_once.texts
    assert {row.entry.sha256: [passage.id for passage in row.passages] for row in one_by_one.rows} == {
        row.entry.sha256: [passage.id for passage in row.passages] for row in at_once.rows
    }


@SLOW_TO_DRAW
@given(history=_histories())
def test_every_id_ever_given_leads_to_its_text_or_to_none(history: list[dict[str, Minutes]]) -> None:
    """Never to another one, however often files are corrected, taken out and put back."""
    shelf = Shelf()
    for papers in history:
        shelf.put(papers)
        assert len(shelf.texts) == shelf.count, "ids are unique"
        with shelf.opened() as resolver:
            for identity, text in shelf.first_texts.items():
                place = resolver.resolve(identity)
                if place.passage is None:
                    assert place.status is PlaceStatus.REMOVED
                    assert place.note
                    assert identity not in shelf.texts
                    continue
                assert alike(place.passage.text, text) >= LEAST_ALIKE
                assert place.passage.text != text or place.similarity == 1
                assert (place.id == identity) == (place.status is not PlaceStatus.MOVED)
                assert (place.redirected_from is None) == (place.id == identity)
                if place.status is PlaceStatus.SAME:
                    assert place.passage.text == text


@SLOW_TO_DRAW
@given(history=_histories())
def test_removed_is_removed(history: list[dict[str, Minutes]]) -> None:
    """When all papers are taken out, every id says so."""
    shelf = Shelf()
    for papers in (*history, {}):
        shelf.put(papers)
    with shelf.opened() as resolver:
        assert {resolver.resolve(identity).status for identity in shelf.first_texts} <= {PlaceStatus.REMOVED}


@SLOW_TO_DRAW
@given(history=_histories())
def test_what_comes_back_has_its_ids_back(history: list[dict[str, Minutes]]) -> None:
    """A file taken out and put back, in whatever state it is."""
    history = [{name: paper for name, paper in papers.items() if name == NAMES[0]} for papers in history]
    shelf = Shelf()
    for papers in history:
        shelf.put(papers)
    before = {row.entry.sha256: [passage.id for passage in row.passages] for row in shelf.rows}
    shelf.put({})
    shelf.put(history[-1])
    assert {row.entry.sha256: [passage.id for passage in row.passages] for row in shelf.rows} == before


@SLOW_TO_DRAW
@given(papers=_shelves, data=st.data())
def test_an_edit_leaves_the_other_ids_alone(papers: dict[str, Minutes], data: st.DataObject) -> None:
    """An id is given up only in the paper that changed, and its items and papers still say where they are."""
    assume(papers and len(set(papers.values())) == len(papers))
    shelf = Shelf()
    shelf.put(papers)
    before = shelf.texts
    name = data.draw(st.sampled_from(sorted(papers)))
    others = {passage.id for row in shelf.rows if row.entry.name != name for passage in row.passages}
    edited = data.draw(_edited(papers[name]))
    assume(edited not in papers.values())
    shelf.put({**papers, name: edited})
    assert {identity: before[identity] for identity in others} == {
        identity: shelf.texts.get(identity) for identity in others
    }
