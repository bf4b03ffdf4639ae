"""Which papers are copies or states of one paper?

Takes papers, gives families: sets of papers that are the same paper in several files, drafts and versions included. A
paper without a copy is in none. The cost is linear in the text: papers meet through the runs of words they share, and
a run that many papers share leads to none of them.

Two papers are of one family if they share most of the shorter one's runs of words and nothing speaks against it: the
same kind, no other body, no other meeting. The same wording at two meetings is two papers, however alike (a report
that returns every quarter); only a paper reprinted word for word in another meeting's pack is one and the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.records import PartKind
from kb.versions.papers import Paper
from kb.versions.wording import tokens

MIN_SHARE = 0.5
"""Share of the shorter paper's runs of words that copies and states of one paper have in common."""
MIN_SHARE_UNNAMED = 0.8
"""As `MIN_SHARE`, where one of the two names no meeting."""
MIN_SHARE_REPRINTED = 0.98
"""As `MIN_SHARE`, but of the longer paper, where the two go to different meetings."""
MIN_SHINGLES = 30
"""A shorter paper is a form, not a text: copies of it are told by their meeting alone."""

_MOST_PAPERS = 12
"""A run of words shared by more papers is a stock phrase."""
_FEWEST_SHARED = 3
"""Rare runs of words that two papers share before they are compared."""
_RECURRING = frozenset(
    {PartKind.MINUTES, PartKind.ACTION_TABLE, PartKind.AGENDA, PartKind.AGENDA_PLAN, PartKind.DASHBOARD}
)
"""Kinds that return to every meeting in nearly the same words."""
_RECORDS = frozenset({PartKind.MINUTES, PartKind.ACTION_TABLE, PartKind.AGENDA})


def find_families(papers: Sequence[Paper]) -> tuple[tuple[Paper, ...], ...]:
    """Find the papers of which there are several copies or states.

    Args:
        papers: All of the library's, in any order.

    Returns:
        Families of two or more, each and all in the order of document names and part numbers.
    """
    ordered = sorted(papers, key=lambda paper: paper.key)
    leaders = list(range(len(ordered)))
    for left, right in sorted(_candidates(ordered)):
        if are_states_of_one(ordered[left], ordered[right]):
            _join(leaders, left, right)
    families: dict[int, list[Paper]] = defaultdict(list)
    for place, paper in enumerate(ordered):
        families[_leader(leaders, place)].append(paper)
    return tuple(tuple(family) for family in families.values() if len(family) > 1)


def are_states_of_one(left: Paper, right: Paper) -> bool:
    """Whether two papers are copies or states of one, see the module's docstring."""
    if left.document == right.document or not _kinds_agree(left.kind, right.kind):
        return False
    shared = len(left.shingles & right.shingles)
    shorter, longer = sorted((len(left.shingles), len(right.shingles)))
    dates_known = left.date is not None and right.date is not None
    if shorter < MIN_SHINGLES:
        same_text = sorted(left.keys) == sorted(right.keys)
        return same_text and dates_known and left.date == right.date and left.body == right.body
    if _bodies_agree(left.body, right.body) and (not dates_known or left.date == right.date):
        return shared >= (MIN_SHARE if dates_known else MIN_SHARE_UNNAMED) * shorter
    recurring = left.kind in _RECURRING or right.kind in _RECURRING
    return not recurring and shared >= MIN_SHARE_REPRINTED * longer


def _kinds_agree(left: PartKind, right: PartKind) -> bool:
    """A record of a meeting is only ever a copy of its like; what is a report here may be an appendix there."""
    return left == right or not {left, right} & _RECORDS


def _bodies_agree(left: str | None, right: str | None) -> bool:
    """Whether nothing speaks against one body: a name may be shortened, "Police and Crime Panel"."""
    if left is None or right is None:
        return True
    ours, theirs = set(tokens(left)), set(tokens(right))
    return ours <= theirs or theirs <= ours


def _candidates(papers: Sequence[Paper]) -> set[tuple[int, int]]:
    """Pairs worth comparing: they share rare runs of words, or are short and of one meeting."""
    holders: dict[int, list[int]] = defaultdict(list)
    for place, paper in enumerate(papers):
        for shingle in paper.shingles:
            holders[shingle].append(place)
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        if 1 < len(places) <= _MOST_PAPERS:
            for pair in _pairs(places):
                counts[pair] += 1
    found = {pair for pair, count in counts.items() if count >= _FEWEST_SHARED}
    return found | _short_ones(papers)


def _short_ones(papers: Sequence[Paper]) -> set[tuple[int, int]]:
    """Papers too short for runs of words, paired where all their words agree."""
    alike: Mapping[tuple[str, ...], list[int]] = defaultdict(list)
    for place, paper in enumerate(papers):
        if len(paper.shingles) < MIN_SHINGLES:
            alike[tuple(sorted(paper.keys))].append(place)
    return {pair for places in alike.values() if len(places) <= _MOST_PAPERS for pair in _pairs(places)}


def _pairs(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    return (
        (left, right) for number, left in enumerate(places) for right in places[number + 1 :]
    )  # ascending


def _leader(leaders: list[int], place: int) -> int:
    while leaders[place] != place:
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
    return place


def _join(leaders: list[int], left: int, right: int) -> None:
    first, second = sorted((_leader(leaders, left), _leader(leaders, right)))
    leaders[second] = first
