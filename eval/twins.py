"""The same place in several files: which gold places are one, and where else a citation stands.

A text that is in two files is one text: whoever returns it once has found it. So a topic's places of the same paper in
other files count as one place in the judgments, and a passage that stands in several files hits the places of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from eval.topics import Place, Topic
from kb.records import Citation, Span
from kb.versions.wording import likeness

MIN_LIKENESS = 0.9
"""Dice's coefficient of the words of one place in two files: a page number may stand in it, a figure be corrected."""


def same_places(topic: Topic, text_of: Callable[[Place], str]) -> Mapping[str, str]:
    """Map every place of a topic to the one it counts as: itself, or the first that is the same in another file.

    Args:
        topic: With its places.
        text_of: Gives the text of a place.

    Returns:
        Place id to place id.
    """
    firsts: list[Place] = []
    found: dict[str, str] = {}
    for place in topic.places:
        same = (first for first in firsts if _agree(first, place) and _alike(text_of(first), text_of(place)))
        first = next(same, None)
        if first is None:
            firsts.append(place)
        found[place.id] = (first or place).id
    return found


def elsewhere(citation: Citation) -> Iterator[tuple[Citation, Sequence[Span]]]:
    """Yield the other places where a passage stands, each as a citation of its own file with its spans."""
    for link in citation.also_in:
        there = replace(
            citation, id=link.id, document=link.document, page=link.page, page_label=link.page_label, links=()
        )
        yield there, link.spans


def _agree(left: Place, right: Place) -> bool:
    """Nothing that both places give may differ, and they stand in two files."""
    pairs = (
        (left.kind, right.kind),
        (left.meeting_date, right.meeting_date),
        (left.agenda_item, right.agenda_item),
        (left.item, right.item),
        (left.section, right.section),
        (left.paragraph, right.paragraph),
    )
    return left.document != right.document and all(
        ours is None or theirs is None or ours == theirs for ours, theirs in pairs
    )


def _alike(left: str, right: str) -> bool:
    return likeness(left, right) >= MIN_LIKENESS
