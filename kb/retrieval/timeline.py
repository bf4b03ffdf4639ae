"""Where a topic came up, meeting by meeting, oldest first, and what came of it each time.

Takes ranked passages, gives them by meeting. A passage that says the topic word for word is told apart from one that
has all its words, and from one that is only near it in meaning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from index.tokens import tokenize
from kb.records import Hit, Passage
from kb.retrieval.profiles import Profile

MOST_PASSAGES: Final = 200
"""Ranked passages that are looked at."""
_NEAR_COSINE: Final = 0.45
_NEAR_SHARE: Final = 0.85
"""A passage without the words counts as near if its cosine is at least this, and this share of the best one's."""


class Closeness(StrEnum):
    """How a passage comes to speak of the topic; in the order of trust."""

    PHRASE = "phrase"
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A passage about the topic, and how it comes to be."""

    hit: Hit
    closeness: Closeness


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMeeting:
    """One meeting at which the topic came up.

    ``mentions`` are the best passages, closest first; ``outcome`` is what was decided or to be done in the item of the
    first of them, ``None`` if nothing is recorded there. ``meeting_date`` is ``None`` for papers without a date.
    """

    body: str | None
    meeting_date: dt.date | None
    mentions: tuple[Mention, ...]
    outcome: Passage | None
    n_mentions: int


def mentions_of(topic: str, hits: Iterable[Hit]) -> list[Mention]:
    """Return the hits that are about the topic, closest first, each kind in the order of ranking."""
    ranked = list(hits)
    best = max((hit.cosine for hit in ranked), default=0.0)
    phrase = f" {' '.join(_words(topic))} "
    terms = set(tokenize(topic))
    found = []
    for hit in ranked:
        text = hit.passage.text
        if phrase.strip() and phrase in f" {' '.join(_words(text))} ":
            closeness = Closeness.PHRASE
        elif terms and terms <= set(tokenize(f"{hit.passage.header} {text}")):
            closeness = Closeness.WORDS
        elif hit.cosine >= max(_NEAR_COSINE, _NEAR_SHARE * best):
            closeness = Closeness.MEANING
        else:
            continue
        found.append(Mention(hit=hit, closeness=closeness))
    order = list(Closeness)
    return sorted(found, key=lambda mention: (order.index(mention.closeness), mention.hit.rank))


def by_meeting(
    mentions: Sequence[Mention],
    *,
    item_of: Callable[[str], Sequence[Passage]],
    per_meeting: int,
) -> tuple[TopicMeeting, ...]:
    """Put mentions together by meeting.

    Args:
        mentions: As `mentions_of` gives them.
        item_of: All passages of the item in which a passage of this id stands, in order.
        per_meeting: How many mentions to keep of each meeting.

    Returns:
        Oldest meeting first, those without a date last; equal dates by body.
    """
    meetings: dict[tuple[str | None, dt.date | None], list[Mention]] = {}
    for mention in mentions:
        citation = mention.hit.passage.citation
        meetings.setdefault((citation.body, citation.meeting_date), []).append(mention)
    entries = [
        TopicMeeting(
            body=body,
            meeting_date=date,
            mentions=tuple(found[:per_meeting]),
            outcome=_outcome(found, item_of),
            n_mentions=len(found),
        )
        for (body, date), found in meetings.items()
    ]
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.meeting_date is None,
                entry.meeting_date or dt.date.min,
                entry.body or "",
            ),
        )
    )


def _outcome(mentions: Sequence[Mention], item_of: Callable[[str], Sequence[Passage]]) -> Passage | None:
    """What was decided in the item of the closest mention that stands in a business item, or who is to do what."""
    for mention in mentions:
        citation = mention.hit.passage.citation
        if citation.item is None:
            continue
        passages = item_of(mention.hit.passage.id)
        profiles: Mapping[str, Profile] = {passage.id: Profile(passage) for passage in passages}
        formal = [passage for passage in passages if profiles[passage.id].has_formal_decision]
        actions = [passage for passage in passages if profiles[passage.id].has_action]
        # The decision closes the item: the last one is what was agreed in the end.
        if formal or actions:
            return (formal or actions)[-1]
    return None


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()[]'\"“”‘’*") for word in text.casefold().split()]
