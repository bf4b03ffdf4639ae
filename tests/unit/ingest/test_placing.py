"""What becomes of ids when files are corrected, told in single cases; the laws stand in `test_place_laws`."""

from __future__ import annotations

from kb.ids import part_of
from kb.records import PlaceKind, PlaceStatus
from tests.places import Minutes, Shelf

MINUTES = "fenwold-pcp/2023-01-01/minutes"
FERRY = "The ferry road was closed for nine weeks last winter."
CAMERAS = "Speed cameras were to be set up in four villages."
BURGLARY = "Burglary had fallen by a fifth since the spring."
CUSTODY = "Detainees waited three hours for a nurse on average."
FORMS = "Eleven complaints were recorded and none was upheld."


def shelf_of(*states: tuple[tuple[str, ...], ...]) -> Shelf:
    """A library in which one file had these items, one state after another."""
    shelf = Shelf()
    for items in states:
        shelf.put({"a.txt": Minutes(items)})
    return shelf


def test_what_was_not_touched_is_the_same() -> None:
    """In an item whose other paragraph is another."""
    place = shelf_of(((FERRY, CAMERAS),), ((FERRY, CUSTODY),)).resolve(f"{MINUTES}/item-1/para-1")
    assert place.status is PlaceStatus.SAME
    assert place.passage is not None
    assert (place.passage.text, place.similarity, place.note) == (FERRY, 1, "")


def test_a_corrected_paragraph_has_changed() -> None:
    """Both texts are shown, and how like they are."""
    corrected = FERRY.replace("nine", "seven")
    place = shelf_of(((FERRY,),), ((corrected,),)).resolve(f"{MINUTES}/item-1/para-1")
    assert place.status is PlaceStatus.CHANGED
    assert place.passage is not None
    assert (place.passage.text, place.earlier_text) == (corrected, FERRY)
    assert place.similarity is not None
    assert 0.6 <= place.similarity < 1
    assert place.note == "Its text was changed on 1 January 2026."


def test_a_correction_taken_back_leaves_nothing_changed() -> None:
    """What counts is the text that the id was given to."""
    shelf = shelf_of(((FERRY,),), ((FERRY.replace("nine", "seven"),),), ((FERRY,),))
    assert shelf.resolve(f"{MINUTES}/item-1/para-1").status is PlaceStatus.SAME


def test_another_text_at_a_printed_place_has_another_id() -> None:
    """The old one was removed, and is not answered by what was printed in its place."""
    shelf = shelf_of(((FERRY,),), ((CUSTODY, CAMERAS),), ((CUSTODY, CAMERAS),))
    place = shelf.resolve(f"{MINUTES}/item-1/para-1")
    assert (place.status, place.id, place.passages) == (PlaceStatus.REMOVED, None, ())
    assert place.label == "Fenwold Police and Crime Panel, 1 January 2023, minutes, item 1 Business, para 1"
    assert place.note == "It was removed on 1 January 2026."
    assert shelf.texts == {
        f"{MINUTES}/item-1/para-1~r2": CUSTODY,
        f"{MINUTES}/item-1/para-2": CAMERAS,
    }


def test_an_inserted_paragraph_moves_the_others() -> None:
    """An id names the printed place: it never says "para 1" of what is printed as paragraph 2."""
    shelf = shelf_of(((FERRY, CAMERAS),), ((CUSTODY, FERRY, CAMERAS),))
    item = f"{MINUTES}/item-1"
    assert shelf.texts == {
        f"{item}/para-1~r2": CUSTODY,
        f"{item}/para-2~r2": FERRY,
        f"{item}/para-3": CAMERAS,
    }
    moved = shelf.resolve(f"{item}/para-1")
    assert (moved.status, moved.id, moved.redirected_from) == (
        PlaceStatus.MOVED,
        f"{item}/para-2~r2",
        f"{item}/para-1",
    )


def test_an_inserted_item_moves_the_others_whole() -> None:
    """The item carries the mark, and its paragraphs keep their names."""
    shelf = shelf_of(((FERRY, CAMERAS),), ((CUSTODY,), (FERRY, CAMERAS)))
    assert shelf.texts == {
        f"{MINUTES}/item-1~r2/para-1": CUSTODY,
        f"{MINUTES}/item-2/para-1": FERRY,
        f"{MINUTES}/item-2/para-2": CAMERAS,
    }
    assert shelf.resolve(f"{MINUTES}/item-1").id == f"{MINUTES}/item-2"
    place = shelf.resolve(f"{MINUTES}/item-1/para-2")
    assert (place.status, place.id) == (PlaceStatus.MOVED, f"{MINUTES}/item-2/para-2")


def test_redirects_are_followed_to_their_end() -> None:
    """However often a paragraph has moved."""
    shelf = shelf_of(((FERRY,),), ((CAMERAS, FERRY),), ((CAMERAS, CUSTODY, FERRY),))
    place = shelf.resolve(f"{MINUTES}/item-1/para-1")
    assert place.id == f"{MINUTES}/item-1/para-3"
    assert place.passage is not None
    assert place.passage.text == FERRY


def test_what_moved_and_then_was_removed_is_removed() -> None:
    """A redirect does not end at a neighbour."""
    shelf = shelf_of(((FERRY,),), ((CAMERAS, FERRY),), ((CAMERAS, CUSTODY),))
    assert shelf.resolve(f"{MINUTES}/item-1/para-1").status is PlaceStatus.REMOVED


def test_small_changes_do_not_add_up_to_another_text() -> None:
    """Each is like the one before, but the last is not like the first: that one is no longer there."""
    words = FERRY.rstrip(".").split()
    others = CUSTODY.rstrip(".").split()
    texts = [f"{' '.join([*others[:count], *words[count:]])}." for count in range(len(words))]
    shelf = shelf_of(*(((text,),) for text in texts))
    assert shelf.resolve(f"{MINUTES}/item-1/para-1").status is PlaceStatus.REMOVED


def test_papers_and_items_are_places() -> None:
    """With all that stands in them."""
    shelf = shelf_of(((FERRY, CAMERAS), (CUSTODY,)))
    item = shelf.resolve(f"{MINUTES}/item-1")
    assert (item.kind, item.status) == (PlaceKind.ITEM, PlaceStatus.SAME)
    assert [passage.text for passage in item.passages] == [FERRY, CAMERAS]
    assert item.label == "Fenwold Police and Crime Panel, 1 January 2023, minutes, item 1 Business"
    part = shelf.resolve(f"{MINUTES}/")
    assert (part.kind, len(part.passages)) == (PlaceKind.PART, 3)
    assert part.label == "Fenwold Police and Crime Panel, 1 January 2023, minutes"


def test_papers_and_items_change_move_and_go() -> None:
    """As their passages do."""
    shelf = shelf_of(((FERRY, CAMERAS), (CUSTODY, FORMS)), ((CUSTODY, FORMS),), ((CUSTODY, FORMS, BURGLARY),))
    changed = shelf.resolve(MINUTES)
    assert (changed.status, changed.note) == (
        PlaceStatus.CHANGED,
        "Some of it was changed on 1 January 2026.",
    )
    moved = shelf.resolve(f"{MINUTES}/item-2")
    assert moved.status is PlaceStatus.MOVED
    assert [passage.text for passage in moved.passages] == [CUSTODY, FORMS, BURGLARY]
    shelf.put({})
    assert shelf.resolve(MINUTES).status is PlaceStatus.REMOVED
    assert shelf.resolve(f"{MINUTES}/item-2").status is PlaceStatus.REMOVED


def test_two_files_of_one_paper_are_told_apart() -> None:
    """Each by the mark of its file; what the first was called before leads to it."""
    shelf = Shelf()
    shelf.put({"a.txt": Minutes(((FERRY, CAMERAS),))})
    shelf.put({"a.txt": Minutes(((FERRY, CAMERAS),)), "b.txt": Minutes(((FERRY, CUSTODY),))})
    [first, second] = sorted(shelf.rows, key=lambda row: row.entry.name)
    marks = [f"{MINUTES}@{row.entry.sha256[:6]}" for row in (first, second)]
    assert [{part_of(passage.id) for passage in row.passages} for row in (first, second)] == [
        {mark} for mark in marks
    ]
    place = shelf.resolve(f"{MINUTES}/item-1/para-2")
    assert (place.status, place.id) == (PlaceStatus.MOVED, f"{marks[0]}/item-1/para-2")
    shelf.put({"b.txt": Minutes(((FERRY, CUSTODY),))})
    assert shelf.resolve(f"{MINUTES}/item-1/para-2").status is PlaceStatus.REMOVED
    assert shelf.resolve(f"{MINUTES}/item-1/para-1").status is PlaceStatus.REMOVED


def test_an_unmarked_id_does_where_all_files_say_the_same() -> None:
    """It names the printed place; where the files differ, it names none."""
    shelf = Shelf()
    shelf.put({"a.txt": Minutes(((FERRY, CAMERAS),)), "b.txt": Minutes(((FERRY, CUSTODY),))})
    place = shelf.resolve(f"{MINUTES}/item-1/para-1")
    assert (place.status, place.redirected_from) == (PlaceStatus.MOVED, f"{MINUTES}/item-1/para-1")
    assert place.passage is not None
    assert place.passage.text == FERRY
    assert "a.txt" in place.note
    assert "b.txt" in place.note


def test_a_lost_ledger_is_begun_again() -> None:
    """Ids in use stay; what was before them is not known."""
    shelf = shelf_of(((FERRY,),), ((CAMERAS, FERRY),))
    before = shelf.texts
    shelf.ledger = {}
    shelf.put({"a.txt": Minutes(((CAMERAS, FERRY),)), "b.txt": Minutes(((CUSTODY,),), number=2)})
    assert before.items() <= shelf.texts.items()
    assert set(shelf.ledger) == set(shelf.texts)


def test_lost_documents_get_their_ids_back_from_the_ledger() -> None:
    """Read again from their originals, by the digests of their texts."""
    shelf = shelf_of(((FERRY,),), ((CAMERAS, FERRY),))
    before = shelf.texts
    shelf.rows = ()
    shelf.put({"a.txt": Minutes(((CAMERAS, FERRY),))})
    assert shelf.texts == before
