"""Which paragraphs of a family's papers are the same, and which differ only in wording?

Takes the papers of a family, best first. Paragraphs of the same words are put into one group, at most one of each
document; matching keeps the order of the papers, so that a stock sentence meets itself at its own place. What differs
in wording stays apart, and is paired with the paragraph that stands in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kb.records import Citation, Passage
from kb.versions.papers import Paper
from kb.versions.wording import likeness

MIN_LIKENESS = 0.6
"""Dice's coefficient of the words of two states of one paragraph."""
MIN_LIKENESS_LABELLED = 0.4
"""As `MIN_LIKENESS`, where both carry the same item and label."""
MIN_MOVED = 60
"""Characters of a key: a shorter text out of its order may be a stock phrase at another item."""

_WINDOW = 20
"""Passages of a gap to either side of the place that corresponds, among which another state is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A passage of one of the papers."""

    paper: Paper
    number: int

    @property
    def passage(self) -> Passage:
        """The passage."""
        return self.paper.passages[self.number]

    @property
    def text_key(self) -> str:
        """Its words."""
        return self.paper.keys[self.number]


@dataclass(slots=True)
class Slot:
    """Places of the same words, the best paper's first."""

    places: list[Place] = field(default_factory=list)

    @property
    def text_key(self) -> str:
        """Their words."""
        return self.places[0].text_key

    @property
    def documents(self) -> set[str]:
        """The documents they stand in."""
        return {place.paper.document for place in self.places}


def align(ordered: Sequence[Paper]) -> tuple[Slot, ...]:
    """Put the passages of the same words together.

    Args:
        ordered: Papers of one family, best first.

    Returns:
        Slots in the order of the best paper, with what only later papers have after what stands before it there.
    """
    slots: list[Slot] = []
    for paper in ordered:
        places = [Place(paper=paper, number=number) for number in range(len(paper.passages))]
        partners = _partners([slot.text_key if _is_free(slot, paper) else None for slot in slots], paper.keys)
        after: dict[int, list[Slot]] = {}
        last = -1
        for place in places:
            found = partners.get(place.number)
            if found is None:
                after.setdefault(last, []).append(Slot([place]))
            else:
                slots[found].places.append(place)
                last = found
        slots = [
            *after.get(-1, ()),
            *(each for number, slot in enumerate(slots) for each in (slot, *after.get(number, ()))),
        ]
    return tuple(slots)


def pair_states(slots: Sequence[Sequence[Place]], ordered: Sequence[Paper]) -> Iterator[tuple[Place, Place]]:
    """Yield ``(earlier, later)``: passages that the best paper has in other words, with those words' place.

    Args:
        slots: The places of each of `align`'s slots.
        ordered: The same papers, best first.
    """
    best = ordered[0]
    for paper in ordered[1:]:
        gap_ours: list[Place] = []
        gap_theirs: list[Place] = []
        for slot in slots:
            ours = next((place for place in slot if place.paper is best), None)
            theirs = next((place for place in slot if place.paper is paper), None)
            if ours is not None and theirs is not None:
                yield from _pair(gap_theirs, gap_ours)
                gap_ours, gap_theirs = [], []
            elif ours is not None:
                gap_ours.append(ours)
            elif theirs is not None:
                gap_theirs.append(theirs)
        yield from _pair(gap_theirs, gap_ours)


def _is_free(slot: Slot, paper: Paper) -> bool:
    return paper.document not in slot.documents


def _partners(ours: Sequence[str | None], theirs: Sequence[str]) -> dict[int, int]:
    """For each of their numbers ours of the same words: in order first, then what was moved and is there once."""
    found: dict[int, int] = {}
    # Text without a word, such as a lone dash, is nobody's copy.
    left = [key or f"\0{number}" for number, key in enumerate(ours)]
    right = [key or f"\1{number}" for number, key in enumerate(theirs)]
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[block.b + step] = block.a + step
    taken = set(found.values())
    free_left = [number for number in range(len(left)) if number not in taken]
    free_right = [number for number in range(len(right)) if number not in found]
    ours_once = Counter(left[number] for number in free_left)
    theirs_once = Counter(right[number] for number in free_right)
    where = {
        left[number]: number
        for number in free_left
        if ours_once[left[number]] == 1 and len(left[number]) >= MIN_MOVED
    }
    for number in free_right:
        if theirs_once[right[number]] == 1 and right[number] in where:
            found[number] = where[right[number]]
    return found


def _pair(theirs: Sequence[Place], ours: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    """Pair passages of one gap, the most alike first; each at most once."""
    scored = sorted(
        (
            (-score, one, other)
            for one, left in enumerate(theirs)
            for other, right in enumerate(ours)
            if abs(one * len(ours) / len(theirs) - other) <= _WINDOW and (score := _score(left, right)) > 0
        ),
    )
    used_theirs: set[int] = set()
    used_ours: set[int] = set()
    for _, one, other in scored:
        if one not in used_theirs and other not in used_ours:
            used_theirs.add(one)
            used_ours.add(other)
            yield theirs[one], ours[other]


def _score(left: Place, right: Place) -> float:
    """How alike two passages are, 0 where too little."""
    score = likeness(left.passage.text, right.passage.text)
    ours, theirs = _address(left.passage.citation), _address(right.passage.citation)
    labelled = ours == theirs and ours[-1] is not None
    return score if score >= (MIN_LIKENESS_LABELLED if labelled else MIN_LIKENESS) else 0.0


def _address(citation: Citation) -> tuple[str | None, ...]:
    return citation.item, citation.section, citation.paragraph
