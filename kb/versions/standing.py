"""Which paper of a family counts, and what the others are to it.

The order of a family, best first:

1. what is confirmed or corrected, before what says nothing, before a draft; within these the later version;
2. what names its body and its meeting, before what does not;
3. the paper in its own place: minutes in a file of their own rather than as a paper of the next meeting's pack, a
   report in the pack of the meeting it goes to rather than alone;
4. the more complete one, then the document's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kb.versions.papers import MINUTES_KINDS, Paper, PaperKey

_ORDER: Final = {"confirmed": 0, "corrected": 0, None: 1, "draft": 2}


def in_order(family: Sequence[Paper], statuses: Mapping[PaperKey, str | None]) -> tuple[Paper, ...]:
    """Return a family's papers, best first.

    Args:
        family: Copies and states of one paper.
        statuses: What is known of each, before any is superseded.
    """
    return tuple(sorted(family, key=lambda paper: _rank(paper, statuses[paper.key])))


def superseded(ordered: Sequence[Paper], statuses: Mapping[PaperKey, str | None]) -> tuple[Paper, ...]:
    """Return the papers of a family that its first one has replaced.

    A draft is replaced by what is none, and an earlier version by what says that it is a later one.
    """
    best = ordered[0]
    return tuple(
        paper
        for paper in ordered[1:]
        if (statuses[paper.key] == "draft" and statuses[best.key] != "draft")
        or paper.revision < best.revision
    )


def own_status(paper: Paper) -> str | None:
    """What a paper says of itself."""
    return "corrected" if paper.is_corrected else paper.status


def _rank(paper: Paper, status: str | None) -> tuple[object, ...]:
    revision = paper.revision
    at_home = paper.date is not None and paper.date == paper.meeting
    is_record = paper.kind in MINUTES_KINDS
    return (
        _ORDER.get(status, 1),
        tuple(-number for number in revision.number),
        not revision.is_revised,
        -revision.date.toordinal(),
        paper.body is None or paper.date is None,
        not at_home,
        paper.part.agenda_item is None and not is_record,
        paper.parts if is_record else -paper.parts,
        -len(paper.passages),
        paper.key,
    )
