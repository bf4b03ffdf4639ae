"""The ids of a library's passages: unique in it, and held to what was given before.

Takes documents as they were read, with ids that are unique in each alone, the documents and the ledger of the
generation before; gives the documents with their final ids, and the next ledger. Without a ledger the ids follow from
the set of documents; neither their order nor their names count. The rules, and why they are so:
docs/decisions/0009-stable-ids.md.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kb.ids import base_of, parent_of, part_of, without_file
from kb.ingest.matching import Placed, match, placed
from kb.ingest.registry import Registry
from kb.store.ledger import PlaceEntry
from kb.store.rows import DocumentRow

_Claim = tuple[int, tuple[float, bool, float], str]
_MATCHES_WEIGH: Final = 2
"""A passage recognised in the document that was replaced says more about an item than a text that was there once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """A document with new passages; ``matches`` gives the passage of ``before`` that each goes on from, by number."""

    row: DocumentRow
    passages: tuple[Placed, ...]
    before: tuple[Placed, ...]
    titles: Mapping[str, str | None]
    matches: Mapping[int, int]

    @property
    def parts(self) -> list[str]:
        """The papers in it, in order."""
        return _papers(self.row)


def give_ids(
    documents: Sequence[DocumentRow],
    *,
    before: Mapping[str, DocumentRow],
    ledger: Mapping[str, PlaceEntry],
    now: str,
) -> tuple[list[DocumentRow], dict[str, PlaceEntry]]:
    """Give every passage its id.

    Args:
        documents: All that the library shall hold, in order. Those whose passages are as they were keep their ids.
        before: The documents of the generation before, by hash, as far as they could be read.
        ledger: Its ledger; empty if there is none.
        now: The time of the run, in ISO format.

    Returns:
        The documents, in the order given, and the ledger that belongs to them.
    """
    registry = Registry(ledger, now=now)
    documents_with = Counter(without_file(part) for row in documents for part in _papers(row))
    by_name = {row.entry.name: row for row in before.values()}
    present = {row.entry.sha256 for row in documents}
    arrivals = []
    for row in documents:
        known = before.get(row.entry.sha256)
        is_kept = known is not None and known.passages == row.passages
        if is_kept and all(part != without_file(part) or documents_with[part] == 1 for part in _papers(row)):
            registry.keep(row.passages)
            continue
        replaced = known or by_name.get(row.entry.name)
        if replaced is not None and replaced is not known and replaced.entry.sha256 in present:
            replaced = None
        arrivals.append(_arrival(row, replaced))
    for row in before.values():
        registry.remember(row.passages)
    arrivals.sort(key=lambda arrival: arrival.row.entry.sha256)
    parts = _parts(arrivals, documents_with, registry)
    given = {
        arrival.row.entry.sha256: _Document(arrival, parts[number], registry).give()
        for number, arrival in enumerate(arrivals)
    }
    placed_rows = [given.get(row.entry.sha256, row) for row in documents]
    return placed_rows, registry.close()


def _arrival(row: DocumentRow, replaced: DocumentRow | None) -> _Arrival:
    passages = tuple(placed(passage.id, passage.text) for passage in row.passages)
    before = replaced.passages if replaced is not None else ()
    old = tuple(placed(passage.id, passage.text) for passage in before)
    return _Arrival(
        row=row,
        passages=passages,
        before=old,
        titles={parent_of(passage.id): _title(passage.citation) for passage in before},
        matches=match(old, passages),
    )


def _title(citation: str) -> str | None:
    title: str | None = json.loads(citation)["item_title"]
    return title


def _papers(row: DocumentRow) -> list[str]:
    return list(dict.fromkeys(part_of(passage.id) for passage in row.passages))


def _parts(
    arrivals: Sequence[_Arrival], documents_with: Mapping[str, int], registry: Registry
) -> list[dict[str, str]]:
    """Give every paper its id, by the id it has in its document.

    A paper keeps the id of the paper that it replaces at the same body, date and kind; failing one, it takes up the id
    of one that is gone, if it shares half of its texts; failing that, it gets a new one. An id without the mark of a
    file is for papers whose name no other document has.
    """
    claims = []
    for number, arrival in enumerate(arrivals):
        votes = Counter(
            (part_of(arrival.passages[new].id), part_of(arrival.before[old].id))
            for new, old in arrival.matches.items()
        )
        replaced = dict.fromkeys(part_of(passage.id) for passage in arrival.before)
        digests: defaultdict[str, Counter[bytes]] = defaultdict(Counter)
        for passage in arrival.passages:
            digests[part_of(passage.id)][passage.digest] += 1
        for order, part in enumerate(arrival.parts):
            known: list[_Claim] = [
                (0, (-votes[part, old], False, 0.0), old) for old in replaced if base_of(old) == base_of(part)
            ]
            gone = registry.parts_like(part, digests[part], sha256=arrival.row.entry.sha256)
            known += [(1, worth, old) for old, worth in gone.items()]
            claims += [
                (rank, worth, number, order, part, old)
                for rank, worth, old in known
                if old != without_file(old) or documents_with[old] <= 1
            ]
    given: list[dict[str, str]] = [{} for _ in arrivals]
    taken = set()
    for _, _, number, _, part, old in sorted(claims):
        if part not in given[number] and old not in taken:
            given[number][part] = old
            taken.add(old)
    for names, arrival in zip(given, arrivals, strict=True):
        for part in arrival.parts:
            if part not in names:
                wanted = without_file(part)
                is_only = documents_with[wanted] == 1
                names[part] = registry.new_part(wanted, sha256=arrival.row.entry.sha256, is_only=is_only)
    return given


class _Document:
    """Gives the ids of one document, from its papers down to its passages.

    Args:
        arrival: The document.
        parts: The ids of its papers.
        registry: What was given before.
    """

    def __init__(self, arrival: _Arrival, parts: Mapping[str, str], registry: Registry) -> None:
        self._arrival = arrival
        self._registry = registry
        self._parents = dict(parts)
        self._ids: dict[int, str] = {}
        self._goals: defaultdict[str, set[str]] = defaultdict(set)
        for new, old in arrival.matches.items():
            self._goals[parent_of(arrival.before[old].id)].add(parent_of(arrival.passages[new].id))

    def give(self) -> DocumentRow:
        """Return the document with its ids."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for number, passage in enumerate(self._arrival.passages):
            groups[parent_of(passage.id)].append(number)
        self._give_items(groups)
        for parent, numbers in groups.items():
            self._give_passages(self._parents[parent], numbers)
        for number, old in self._arrival.matches.items():
            before = self._arrival.before[old].id
            if before != self._ids[number]:
                self._registry.move(before, self._ids[number])
        passages = tuple(
            replace(passage, id=self._ids[number])
            for number, passage in enumerate(self._arrival.row.passages)
        )
        return replace(self._arrival.row, passages=passages)

    def _give_items(self, groups: Mapping[str, Sequence[int]]) -> None:
        """Give every item its id: that of the item at the same printed place which shares the most of it."""
        items = [item for item in groups if item not in self._parents]
        claims = []
        for order, item in enumerate(items):
            part = self._parents[part_of(item)]
            votes = self._votes(part, item, groups[item])
            claims += [(-count, self._registry.age(old), order, item, old) for old, count in votes.items()]
        taken = set()
        for *_, item, old in sorted(claims):
            if item not in self._parents and old not in taken:
                self._parents[item] = old
                taken.add(old)
        for item in items:
            if item not in self._parents:
                self._parents[item] = self._registry.new_item(self._parents[part_of(item)], _last(item))

    def _votes(self, part: str, item: str, numbers: Sequence[int]) -> Counter[str]:
        """Count what speaks for each item that had this one's printed place."""
        votes: Counter[str] = Counter()
        arrival = self._arrival
        for number in numbers:
            if number in arrival.matches:
                votes[parent_of(arrival.before[arrival.matches[number]].id)] += _MATCHES_WEIGH
        title = _title(arrival.row.passages[numbers[0]].citation)
        for old, known in arrival.titles.items():
            if known is not None and known == title and not self._goals[old] - {item}:
                votes[old] += 1
        digests = Counter(arrival.passages[number].digest for number in numbers)
        votes.update(self._registry.items_like(part, base_of(_last(item)), digests))
        return Counter(
            {
                old: count
                for old, count in votes.items()
                if count and parent_of(old) == part and base_of(_last(old)) == base_of(_last(item))
            }
        )

    def _give_passages(self, parent: str, numbers: Sequence[int]) -> None:
        """Give the passages of one item their ids: kept, taken up again, or new."""
        arrival = self._arrival
        for number in numbers:
            if number in arrival.matches:
                old = arrival.before[arrival.matches[number]]
                passage = arrival.passages[number]
                is_here = parent_of(old.id) == parent and base_of(_last(old.id)) == base_of(_last(passage.id))
                if is_here and self._registry.goes_on(old.id, passage, number, before=old.text):
                    self._ids[number] = old.id
        elsewhere = {arrival.before[old].id for old in arrival.matches.values()}
        for is_exact in (True, False):
            for number in self._without_id(numbers):
                passage = arrival.passages[number]
                known = self._registry.take_up(parent, passage, number, is_exact=is_exact, but_not=elsewhere)
                if known is not None:
                    self._ids[number] = known
        for number in self._without_id(numbers):
            self._ids[number] = self._registry.new_passage(parent, arrival.passages[number], number)

    def _without_id(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if number not in self._ids]


def _last(place: str) -> str:
    return place.rpartition("/")[2]
