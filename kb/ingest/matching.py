"""Which passage of a new file says what a passage of the old one said: a diff of two papers, by text.

Takes the passages of both in order and gives pairs. The same text at the same printed place comes first, then the same
text in the same order, then the same text elsewhere, then texts that are alike, the likest first. Short texts are not
followed from one item to another: "None." is everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from kb.ids import parent_of, printed_place
from kb.store.likeness import SAME_PLACE, features, text_digest

_FEWEST_WORDS: Final = 4
"""Of a text that is recognised in another item."""
_LIKE_ELSEWHERE: Final = 0.75
"""Least likeness of texts in different items; between items of a kind, stock phrases are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A passage at a place; ``printed`` is the place by its printed names alone."""

    id: str
    text: str
    digest: bytes
    printed: str

    @property
    def item(self) -> str:
        """The item's or paper's printed place."""
        return parent_of(self.printed)


def placed(identity: str, text: str) -> Placed:
    """Make the record of one passage."""
    return Placed(id=identity, text=text, digest=text_digest(text), printed=printed_place(identity))


def match(old: Sequence[Placed], new: Sequence[Placed]) -> dict[int, int]:
    """Return the number of the old passage, from 0, for each new passage that has one; each old one at most once."""
    pairs: dict[int, int] = {}
    if not old:  # most files replace none
        return pairs
    _in_order(old, new, pairs, key=lambda each: (each.printed, each.digest))
    _in_order(old, new, pairs, key=lambda each: (each.item, each.digest))
    _anywhere(old, new, pairs)
    _alike(old, new, pairs)
    return pairs


def _open(passages: Sequence[Placed], taken: Iterable[int]) -> list[int]:
    closed = set(taken)
    return [number for number in range(len(passages)) if number not in closed]


def _in_order(
    old: Sequence[Placed], new: Sequence[Placed], pairs: dict[int, int], *, key: Callable[[Placed], Hashable]
) -> None:
    """Pair passages of equal keys: the longest runs that keep their order, then the others as they come."""
    left, right = _open(old, pairs.values()), _open(new, pairs)
    matcher = SequenceMatcher(
        None, [key(old[number]) for number in left], [key(new[number]) for number in right], autojunk=False
    )
    for start, other, size in matcher.get_matching_blocks():
        pairs.update(zip(right[other : other + size], left[start : start + size], strict=True))
    waiting = defaultdict(list)
    for number in _open(old, pairs.values()):
        waiting[key(old[number])].append(number)
    for number in _open(new, pairs):
        if waiting[key(new[number])]:
            pairs[number] = waiting[key(new[number])].pop(0)


def _anywhere(old: Sequence[Placed], new: Sequence[Placed], pairs: dict[int, int]) -> None:
    """Pair equal texts that stand in different items, unless they are too short to be recognised."""
    waiting = defaultdict(list)
    for number in _open(old, pairs.values()):
        if len(old[number].text.split()) >= _FEWEST_WORDS:
            waiting[old[number].digest].append(number)
    for number in _open(new, pairs):
        if waiting[new[number].digest]:
            pairs[number] = waiting[new[number].digest].pop(0)


def _alike(old: Sequence[Placed], new: Sequence[Placed], pairs: dict[int, int]) -> None:
    """Pair what is left by likeness; of about equally like ones the same printed place wins, then the nearest."""
    left = {number: features(old[number].text) for number in _open(old, pairs.values())}
    having: defaultdict[int, list[int]] = defaultdict(list)
    for number, found in left.items():
        for feature in found:
            having[feature].append(number)
    scored = []
    for number in _open(new, pairs):
        found = features(new[number].text)
        shared = Counter(other for feature in found for other in having.get(feature, ()))
        for other, count in shared.items():
            alike = 2 * count / (len(found) + len(left[other]))
            if _is_enough(alike, old[other], new[number]):
                elsewhere = old[other].printed != new[number].printed
                distance = abs(other / len(old) - number / len(new))
                scored.append((-round(alike, 1), elsewhere, distance, number, other))
    taken = set(pairs.values())
    for *_, number, other in sorted(scored):
        if number not in pairs and other not in taken:
            pairs[number] = other
            taken.add(other)


def _is_enough(alike: float, old: Placed, new: Placed) -> bool:
    if old.item == new.item:
        return alike >= SAME_PLACE
    fewest = min(len(old.text.split()), len(new.text.split()))
    return alike >= _LIKE_ELSEWHERE and fewest >= _FEWEST_WORDS
