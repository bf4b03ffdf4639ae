"""What ids were given, to which texts, and which of them are free to be taken up again.

An id that was given once is given again only to the text that it named, or one like it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain, count
from math import inf
from typing import Final

from kb.ids import base_of, parent_of, part_of
from kb.ingest.matching import Placed
from kb.store.ledger import PlaceEntry
from kb.store.likeness import SAME_PLACE, Features, features, likeness, read_sketch, sketch, text_digest
from kb.store.rows import PassageRow

_FILE_DIGITS: Final = 6
"""Hex digits of a file's hash in an id; more where these are taken."""
_LEAST_SHARED: Final = 0.5
"""Share of the texts of the shorter of two papers that the other must have, to be the same paper come back."""


class Registry:
    """The ledger, while one run of ingestion goes on.

    First `keep` and `remember` tell of the generation before; then ids are given; then `close` gives the next ledger.

    Args:
        ledger: Of the generation before.
        now: The time, in ISO format.
    """

    def __init__(self, ledger: Mapping[str, PlaceEntry], *, now: str) -> None:
        self._entries = dict(ledger)
        self._now = now
        self._used: set[str] = set()
        self._rows: dict[str, PassageRow] = {}
        self._index: _Index | None = None

    def keep(self, rows: Iterable[PassageRow]) -> None:
        """Leave passages their ids."""
        for number, row in enumerate(rows):
            if row.id not in self._entries:  # the ledger was lost
                self._entries[row.id] = self._new_entry(row.id, text_digest(row.text), number)
            self._used.add(row.id)

    def remember(self, rows: Iterable[PassageRow]) -> None:
        """Learn the texts of the generation before; those of passages that were kept are passed over."""
        for number, row in enumerate(rows):
            if row.id in self._used:
                continue
            self._rows[row.id] = row
            if row.id not in self._entries:
                self._entries[row.id] = self._new_entry(row.id, text_digest(row.text), number)

    def parts_like(
        self, part: str, digests: Counter[bytes], *, sha256: str
    ) -> dict[str, tuple[float, bool, float]]:
        """Count the texts that a paper shares with papers of its body, date and kind that are not in use.

        Returns:
            The ids of those that share enough, each with what to rank it by, the best first: the share of texts that
            both have, negative, where one that has not moved on counts twice; whether it has the mark of another file
            than the one of ``sha256``; how long it has been gone.
        """
        found = {}
        for old in self._indexed.parts.get(base_of(part), ()):
            theirs = self._indexed.part_digests[old]
            shared = (digests & theirs).total()
            if shared and shared >= _LEAST_SHARED * min(digests.total(), theirs.total()):
                unmoved = (digests & self._indexed.unmoved_digests[old]).total()
                share = (shared + unmoved) / (digests.total() + theirs.total())
                is_foreign = not sha256.startswith(old.partition("@")[2] or sha256)
                found[old] = -share, is_foreign, self._indexed.ages[old]
        return found

    def items_like(self, part: str, base: str, digests: Counter[bytes]) -> Counter[str]:
        """Count the texts that an item shares with those that had its printed place in a paper."""
        found: Counter[str] = Counter()
        for item in self._indexed.items.get((part, base), ()):
            theirs = Counter(self._entries[identity].digest for identity in self._indexed.children[item])
            found[item] = (digests & theirs).total()
        return found

    def age(self, item: str) -> float:
        """Return how long ago an item was in use, in seconds counted back from 1970."""
        return min(
            (_age(self._entries[identity]) for identity in self._indexed.children.get(item, ())), default=inf
        )

    def new_part(self, wanted: str, *, sha256: str, is_only: bool) -> str:
        """Return the id of a paper: the one that is wanted, or with the mark of its file.

        Args:
            wanted: Its id in its document.
            sha256: Of its file.
            is_only: Whether no other document has a paper of this name.
        """
        marked = (f"{wanted}@{sha256[:digits]}" for digits in range(_FILE_DIGITS, len(sha256) + 1))
        revised = (f"{wanted}@{sha256}~r{number}" for number in count(2))
        return self._indexed.claim(chain((wanted,) if is_only else (), marked, revised))

    def new_item(self, part: str, segment: str) -> str:
        """Return the first id of an item that was never given: ``item-9``, ``item-9~r2``, ..."""
        wanted = f"{part}/{segment}"
        return self._indexed.claim(chain((wanted,), (f"{wanted}~r{number}" for number in count(2))))

    def new_passage(self, parent: str, passage: Placed, position: int) -> str:
        """Return the first id of a passage that was never given: ``para-5``, ``para-5~r2``, ..."""
        wanted = f"{parent}/{passage.id.rpartition('/')[2]}"
        given = wanted
        for number in count(2):
            if given not in self._entries:
                break
            given = f"{wanted}~r{number}"
        self._entries[given] = self._new_entry(given, passage.digest, position)
        self._used.add(given)
        return given

    def goes_on(self, identity: str, passage: Placed, position: int, *, before: str) -> bool:
        """Let a passage keep an id, unless it is no longer like the text to which that was given.

        Args:
            identity: The id.
            passage: As it is now.
            position: Among the passages of its document, from 0.
            before: Its text until now.
        """
        entry = self._entries[identity]
        if identity in self._used:
            return False
        is_known = passage.digest in {entry.digest, entry.first_digest}
        if not is_known and likeness(_reference(entry, before), features(passage.text)) < SAME_PLACE:
            return False
        self._use(entry, passage, position)
        return True

    def take_up(
        self, parent: str, passage: Placed, position: int, *, is_exact: bool, but_not: Collection[str]
    ) -> str | None:
        """Give a passage an id of its printed place that is not in use and named its text.

        Args:
            parent: The id of its item.
            passage: The passage, with its id in its document.
            position: Among the passages of its document, from 0.
            is_exact: Whether it must have named this text; otherwise one like it is enough.
            but_not: Ids whose texts now stand elsewhere; they may still be taken up by the very same text.
        """
        base = base_of(passage.id.rpartition("/")[2])
        waiting = [
            self._entries[identity]
            for identity in self._indexed.children.get(parent, ())
            if identity not in self._used and base_of(identity.rpartition("/")[2]) == base
        ]
        if is_exact:
            ranked = [(0.0, entry) for entry in waiting if entry.digest == passage.digest]
        else:
            own = features(passage.text) if waiting else frozenset()
            alike = [
                (likeness(known, own), entry)
                for entry in waiting
                if entry.moved_to is None and entry.id not in but_not and (known := self._known(entry))
            ]
            ranked = [(-each, entry) for each, entry in alike if each >= SAME_PLACE]
        if not ranked:
            return None
        _, entry = min(ranked, key=lambda each: (each[0], _age(each[1]), each[1].position, each[1].id))
        self._use(entry, passage, position)
        return entry.id

    def move(self, identity: str, to: str) -> None:
        """Note that the text of an id now stands under another one."""
        if identity not in self._used:
            self._entries[identity] = replace(self._ended(self._entries[identity]), moved_to=to)

    def close(self) -> dict[str, PlaceEntry]:
        """Return the new ledger, in which whatever was not given again has ended."""
        return {
            identity: entry if identity in self._used or entry.gone is not None else self._ended(entry)
            for identity, entry in self._entries.items()
        }

    @property
    def _indexed(self) -> _Index:
        """The index, made at the first use: most runs of a large library need none."""
        if self._index is None:
            self._index = _Index(self._entries, self._used)
        return self._index

    def _new_entry(self, identity: str, digest: bytes, position: int) -> PlaceEntry:
        return PlaceEntry(id=identity, digest=digest, position=position, given=self._now)

    def _use(self, entry: PlaceEntry, passage: Placed, position: int) -> None:
        self._used.add(entry.id)
        first = entry.first_digest or entry.digest
        if passage.digest == first:
            entry = replace(entry, changed=None, first_digest=None, first_text=None, sketch=None)
        elif passage.digest != entry.digest:
            row = self._rows.get(entry.id)
            text = entry.first_text if entry.first_digest or row is None else row.text
            entry = replace(entry, changed=self._now, first_digest=first, first_text=text)
        self._entries[entry.id] = replace(
            entry, digest=passage.digest, position=position, gone=None, moved_to=None, label=None
        )

    def _known(self, entry: PlaceEntry) -> Features | None:
        """What is known of the first text of a place that is not in use."""
        row = self._rows.get(entry.id)
        if row is None and entry.sketch is None and entry.first_text is None:
            return None
        return _reference(entry, row.text if row is not None else "")

    def _ended(self, entry: PlaceEntry) -> PlaceEntry:
        """Return an entry whose text is gone: the text is forgotten, a sketch of it stays."""
        row = self._rows.get(entry.id)
        known = self._known(entry)
        return replace(
            entry,
            gone=self._now,
            moved_to=None,
            label=entry.label if row is None else json.loads(row.citation)["label"],
            first_text=None,
            sketch=None if known is None else sketch(known),
        )


class _Index:
    """Entries by what they stand in; kept ones are only known to be taken."""

    def __init__(self, entries: Mapping[str, PlaceEntry], used: Collection[str]) -> None:
        self.children: defaultdict[str, list[str]] = defaultdict(list)
        self.parts: defaultdict[str, list[str]] = defaultdict(list)
        self.items: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.part_digests: defaultdict[str, Counter[bytes]] = defaultdict(Counter)
        self.unmoved_digests: defaultdict[str, Counter[bytes]] = defaultdict(Counter)
        self.ages: dict[str, float] = {}
        self._given = set()
        in_use = {part_of(identity) for identity in used}
        for identity, entry in entries.items():
            part, parent = part_of(identity), parent_of(identity)
            self._given |= {part, parent}
            if part in in_use:
                continue
            if part not in self.part_digests:
                self.parts[base_of(part)].append(part)
            if parent != part and parent not in self.children:
                self.items[part, base_of(parent.rpartition("/")[2])].append(parent)
            self.children[parent].append(identity)
            self.part_digests[part][entry.digest] += 1
            self.ages[part] = min(self.ages.get(part, inf), _age(entry))
            if entry.moved_to is None:
                self.unmoved_digests[part][entry.digest] += 1

    def claim(self, names: Iterable[str]) -> str:
        """Take the first name of a paper or an item that is free."""
        free = next(name for name in names if name not in self._given)
        self._given.add(free)
        return free


def _age(entry: PlaceEntry) -> float:
    """How long ago a place was in use, in seconds, counted back from 1970; least for one that still is."""
    return -inf if entry.gone is None else -dt.datetime.fromisoformat(entry.gone).timestamp()


def _reference(entry: PlaceEntry, before: str) -> Features:
    """What the first text of a place was like, as far as it is known."""
    if entry.first_text is not None:
        return features(entry.first_text)
    if entry.sketch is not None:
        return read_sketch(entry.sketch)
    return features(before)
