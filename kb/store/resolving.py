"""From an id that was given once to what stands there now: the same, changed, moved, or removed.

An id never leads to a text that is neither the one it named nor like it; where nothing like it is left, it was removed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from kb.errors import UsageError
from kb.ids import PART_SEGMENTS, parent_of, part_of, without_file
from kb.passages.citing import group_label
from kb.records import Passage, PassageId, Place, PlaceKind, PlaceStatus
from kb.store.contents import Contents
from kb.store.ledger import PlaceEntry
from kb.store.likeness import SAME_PLACE, features, likeness, read_sketch, text_digest
from kb.store.places import Places
from kb.structure.dates import long_date

_MOST_STEPS: Final = 10_000
"""A redirect leads to an id given later or taken up again later, so none goes in a circle; a damaged ledger might."""
_SUGGESTIONS: Final = 3
_COMPARED: Final = 500
"""Ids that a mistyped one is compared with."""


def resolve(identity: str, *, contents: Contents, places: Places) -> Place:
    """Say what an id stands for now.

    Raises:
        UsageError: If it was never given.
    """
    wanted = identity.strip().strip("/")
    entry = places.entry(wanted)
    if entry is not None:
        return _passage(entry, contents, places)
    below = places.below(wanted)
    if below and wanted.count("/") + 1 >= PART_SEGMENTS:
        return _group(wanted, below, contents, places)
    if (printed := _printed(wanted, contents, places)) is not None:
        return printed
    raise UsageError(
        f"There never was a place {identity!r} in this library.", next_step=_next_step(wanted, places)
    )


def _printed(wanted: str, contents: Contents, places: Places) -> Place | None:
    """Answer an id without the mark of a file, where several files have the paper and all say the same there."""
    part = part_of(wanted)
    copies = dict.fromkeys(part_of(identity) for identity in places.ids_like(f"{part}@"))
    candidates = (
        [f"{copy}{wanted.removeprefix(part)}" for copy in copies] if part == without_file(part) else []
    )
    found = []
    for candidate in candidates:
        entry, below = places.entry(candidate), places.below(candidate)
        place = _passage(entry, contents, places) if entry is not None else None
        place = _group(candidate, below, contents, places) if below else place
        if place is not None:
            found.append(place)
    if not found or not _say_the_same(found):
        return None
    files = ", ".join(dict.fromkeys(place.passages[0].citation.document for place in found))
    note = f"It stands in {files}, in the same words; this is the first." if len(found) > 1 else found[0].note
    return replace(found[0], status=PlaceStatus.MOVED, redirected_from=PassageId(wanted), note=note)


def _say_the_same(found: Sequence[Place]) -> bool:
    if any(place.status is PlaceStatus.REMOVED for place in found):
        return False  # whether the id was meant for what is left cannot be known
    return len({tuple(text_digest(passage.text) for passage in place.passages) for place in found}) == 1


def _passage(entry: PlaceEntry, contents: Contents, places: Places) -> Place:
    given = PassageId(entry.id)
    final = entry
    for _ in range(_MOST_STEPS):
        following = places.entry(final.moved_to) if final.gone is not None and final.moved_to else None
        if following is None:
            break
        final = following
    row = contents.find(final.id) if final.gone is None else None
    passage = contents.passage(row) if row is not None else None
    alike = _likeness(entry, passage) if passage is not None else None
    if passage is None or alike is None:
        return _removed(PlaceKind.PASSAGE, given, entry.gone or final.gone, entry.label)
    if final is entry:
        status = PlaceStatus.SAME if entry.changed is None else PlaceStatus.CHANGED
        note = "" if entry.changed is None else f"Its text was changed on {_day(entry.changed)}."
    else:
        status = PlaceStatus.MOVED
        note = f"It has been at {final.id} since {_day(entry.gone)}."
        if alike < 1:
            note += " Its text was changed as well."
    return Place(
        kind=PlaceKind.PASSAGE,
        status=status,
        id=passage.id,
        passages=(passage,),
        redirected_from=None if final is entry else given,
        label=passage.citation.label,
        similarity=alike,
        earlier_text=entry.first_text,
        note=note,
    )


def _likeness(entry: PlaceEntry, passage: Passage) -> float | None:
    """How like a passage is to the text an id was given to; ``None`` if too unlike to answer for it."""
    if text_digest(passage.text) == (entry.first_digest or entry.digest):
        return 1.0
    if entry.first_text is not None:
        known = features(entry.first_text)
    elif entry.sketch is not None:
        known = read_sketch(entry.sketch)
    else:
        return None
    alike = likeness(known, features(passage.text))
    return alike if alike >= SAME_PLACE else None


def _group(identity: str, below: Sequence[PlaceEntry], contents: Contents, places: Places) -> Place:
    """Say what became of a paper or an item, by the passages that it had."""
    kind = PlaceKind.PART if identity.count("/") + 1 == PART_SEGMENTS else PlaceKind.ITEM
    given = PassageId(identity)
    live = [entry for entry in below if entry.gone is None]
    if live:
        changes = [entry.changed or entry.gone for entry in below if entry.changed or entry.gone]
        first = min(entry.given for entry in below)
        changes += [entry.given for entry in live if entry.given > first]
        latest = max(filter(None, changes), default=None)
        return _standing(
            kind,
            given,
            _passages([entry.id for entry in live], contents),
            status=PlaceStatus.SAME if latest is None else PlaceStatus.CHANGED,
            note="" if latest is None else f"Some of it was changed on {_day(latest)}.",
        )
    goals = Counter[str]()
    for entry in below:
        place = _passage(entry, contents, places)
        if place.id is not None:
            goals[_above(place.id, kind)] += 1
    day = max(entry.gone for entry in below if entry.gone is not None)
    if not goals:
        label = next((entry.label for entry in below if entry.label), None)
        return _removed(kind, given, day, label)
    goal = PassageId(min(goals, key=lambda each: (-goals[each], each)))
    found = [entry.id for entry in places.below(goal) if entry.gone is None]
    return _standing(
        kind,
        goal,
        _passages(found, contents),
        status=PlaceStatus.MOVED,
        note=f"It has been at {goal} since {_day(day)}.",
        redirected_from=given,
    )


def _standing(
    kind: PlaceKind,
    identity: PassageId,
    passages: tuple[Passage, ...],
    *,
    status: PlaceStatus,
    note: str,
    redirected_from: PassageId | None = None,
) -> Place:
    return Place(
        kind=kind,
        status=status,
        id=identity,
        passages=passages,
        redirected_from=redirected_from,
        label=group_label(passages[0].citation, with_item=kind is PlaceKind.ITEM),
        similarity=None,
        earlier_text=None,
        note=note,
    )


def _above(identity: str, kind: PlaceKind) -> str:
    parts = identity.split("/")
    return "/".join(parts[:PART_SEGMENTS]) if kind is PlaceKind.PART else parent_of(identity)


def _passages(ids: Sequence[str], contents: Contents) -> tuple[Passage, ...]:
    return contents.passages(sorted(contents.row(identity) for identity in ids))


def _removed(kind: PlaceKind, identity: PassageId, day: str | None, label: str | None) -> Place:
    return Place(
        kind=kind,
        status=PlaceStatus.REMOVED,
        id=None,
        passages=(),
        redirected_from=identity,
        label=label or identity,
        similarity=None,
        earlier_text=None,
        note=f"It was removed on {_day(day)}." if day else "It was removed.",
    )


def _next_step(identity: str, places: Places) -> str:
    near = _near(identity, places)
    if not near:
        return "Take an id from the result of a search."
    return f"Did you mean: {', '.join(near)}?"


def _near(identity: str, places: Places) -> list[str]:
    """Return known ids that are spelt much like one that is not, from the deepest place that both have."""
    beginning = identity
    found: tuple[str, ...] = ()
    while beginning and not found:
        beginning = beginning[:-1]
        found = places.ids_like(beginning, limit=_COMPARED)
    depth = max(identity.count("/") + 1, PART_SEGMENTS)
    known = dict.fromkeys("/".join(each.split("/")[:depth]) for each in found)
    return get_close_matches(identity, list(known), n=_SUGGESTIONS, cutoff=0.5)


def _day(time: str | None) -> str:
    return "an unknown day" if time is None else long_date(dt.datetime.fromisoformat(time).date())
