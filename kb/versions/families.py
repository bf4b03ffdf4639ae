"""One paper in several files, compared paragraph by paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.records import Passage, PassageId
from kb.versions.alignment import align, pair_states
from kb.versions.papers import Paper, PaperKey
from kb.versions.standing import in_order, superseded


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The copies and states of one paper, best first.

    ``replaced`` are the papers that the best one has superseded. ``same`` has the groups of passages of the same words,
    in each the best paper's first; ``shared`` the passages whose words the best paper has, and ``states`` those that it
    has in other words, with its own passage.
    """

    papers: tuple[Paper, ...]
    replaced: frozenset[PaperKey]
    same: tuple[tuple[PassageId, ...], ...]
    shared: Mapping[PaperKey, frozenset[PassageId]]
    states: Mapping[PaperKey, Mapping[PassageId, Passage]]

    @property
    def best(self) -> Paper:
        """The paper that counts."""
        return self.papers[0]


def make_family(papers: Sequence[Paper], statuses: Mapping[PaperKey, str | None]) -> Family:
    """Compare the papers of one family.

    Args:
        papers: In any order.
        statuses: What is known of each by itself. A printed draft stays one here, also when its meeting's minutes were
            agreed later: a copy that is none comes before it.
    """
    known = {paper.key: "draft" if paper.status == "draft" else statuses[paper.key] for paper in papers}
    ordered = in_order(papers, known)
    rank = {paper.key: place for place, paper in enumerate(ordered)}
    slots = [sorted(slot.places, key=lambda place: rank[place.paper.key]) for slot in align(ordered)]
    shared: dict[PaperKey, set[PassageId]] = defaultdict(set)
    for places in slots:
        if places[0].paper is ordered[0]:
            for place in places[1:]:
                shared[place.paper.key].add(place.passage.id)
    states: dict[PaperKey, dict[PassageId, Passage]] = defaultdict(dict)
    for earlier, later in pair_states(slots, ordered):
        states[earlier.paper.key][earlier.passage.id] = later.passage
    return Family(
        papers=ordered,
        replaced=frozenset(paper.key for paper in superseded(ordered, known)),
        same=tuple(tuple(place.passage.id for place in places) for places in slots if len(places) > 1),
        shared={paper.key: frozenset(shared[paper.key]) for paper in ordered},
        states={paper.key: states[paper.key] for paper in ordered},
    )
