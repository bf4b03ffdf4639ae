"""What a library knows that helps to understand a question about it: its bodies, meetings, people and offices.

An empty `Knowledge` is always enough; then a question is understood by its words alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.questions.expansion import Lexicon
from kb.store.contents import Contents
from kb.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Somebody who held an office on a day; ``role`` is its usual name, ``body`` that of the meeting."""

    role: str
    holder: str
    date: dt.date | None
    body: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a library knows.

    ``meetings`` are days with the body that met or meets, oldest first; ``people`` full names as papers print them.
    """

    bodies: tuple[str, ...] = ()
    meetings: tuple[tuple[dt.date, str | None], ...] = ()
    people: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)

    def days(self, bodies: Iterable[str] = ()) -> tuple[dt.date, ...]:
        """Days of meetings of some bodies, of all if none is given; oldest first, each once."""
        wanted = set(bodies)
        return tuple(dict.fromkeys(date for date, body in self.meetings if not wanted or body in wanted))


def knowledge_of(contents: Contents, vocabulary: Vocabulary) -> Knowledge:
    """What a library knows, from its passages and from what was learned when it was built."""
    return Knowledge(
        bodies=tuple(body for body, _ in contents.facets().bodies),
        meetings=contents.meetings(),
        people=vocabulary.people,
        offices=tuple(
            Office(role=held.role, holder=held.holder, date=held.date, body=held.body)
            for held in vocabulary.offices
        ),
        lexicon=Lexicon((each.short, each.long) for each in vocabulary.abbreviations),
    )
