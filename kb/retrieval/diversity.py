"""Many meetings near the top, for questions that follow something through time.

A history told from one long debate is none. Hits that come near the best are dealt out meeting by meeting: the best of
each, then the second of each; within a round and behind them the order of ranking stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

NEAR_SHARE: Final = 0.6
"""A hit comes near the best if it scores at least this share of the best one's score."""

_Hit = TypeVar("_Hit")


def spread(ranked: Sequence[_Hit], scores: Sequence[float], meetings: Sequence[Hashable]) -> list[_Hit]:
    """Deal hits out by meeting.

    Args:
        ranked: Best first.
        scores: Of each hit; where the best is not above 0 nothing is dealt out.
        meetings: The meeting of each hit.

    Returns:
        The same hits; those below `NEAR_SHARE` of the best score keep their places behind all others.
    """
    if not ranked or scores[0] <= 0:
        return list(ranked)
    near = [score >= NEAR_SHARE * scores[0] for score in scores]
    seen: Counter[Hashable] = Counter()
    turns: list[tuple[int, int]] = []
    for place, meeting in enumerate(meetings):
        if near[place]:
            turns.append((seen[meeting], place))
            seen[meeting] += 1
    dealt = [place for _, place in sorted(turns)]
    return [
        ranked[place] for place in (*dealt, *(place for place, is_near in enumerate(near) if not is_near))
    ]
