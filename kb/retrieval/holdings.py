"""What a library has papers of, and who speaks in them: what a question presupposes may not be there at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import Engine
from kb.questions import When
from kb.records import Filters, PartKind
from kb.store.contents import Contents
from kb.structure.roles import find_offices

Rows = NDArray[np.bool_]

_TEXT: Final = "text"


class Holdings:
    """Looks into the papers of one open library by meeting and by speaker.

    Args:
        contents: Its passages.
        engine: Its index, of the same rows.
    """

    def __init__(self, contents: Contents, engine: Engine) -> None:
        self._contents = contents
        self._engine = engine
        self._speakers: dict[str, list[str]] = {}
        for name, _ in contents.facets().people:
            for key in {name.casefold(), name.split()[-1].casefold()}:
                self._speakers.setdefault(key, []).append(name)
        self._surnames = frozenset(
            words[-1].casefold()
            for name, _ in contents.facets().people
            if len(words := name.split()) > 1 and not find_offices(name) and words[0] != "the"
        )

    @property
    def surnames(self) -> frozenset[str]:
        """Surnames, in lower case, of the people who speak."""
        return self._surnames

    def papers(self, when: When, bodies: Sequence[str], *, kinds: Sequence[PartKind] = ()) -> Rows:
        """Passages of papers, of some kinds or any, for a meeting of some bodies or any in a period: ``(n,)`` bool."""
        return self._mask(
            Filters(date_from=when.first, date_to=when.last, bodies=tuple(bodies), kinds=tuple(kinds))
        )

    def spoken_by(self, names: Iterable[str], whens: Sequence[When] = ()) -> Rows:
        """Passages in which one of some people or offices speaks, at any time or in some periods: ``(n,)``.

        Args:
            names: Full names, surnames, or usual names of offices.
            whens: Periods, any of which will do.
        """
        people = tuple(
            dict.fromkeys(
                speaker
                for name in names
                for key in (name.casefold(), name.split()[-1].casefold())
                for speaker in self._speakers.get(key, ())
            )
        )
        if not people:
            return np.zeros(len(self._contents), np.bool_)
        limits = [Filters(people=people, date_from=when.first, date_to=when.last) for when in whens]
        found = np.zeros(len(self._contents), np.bool_)
        for limit in limits or [Filters(people=people)]:
            found |= self._mask(limit)
        return found

    def coverage(self, rows: Rows, terms: Iterable[str], idf: Mapping[str, float]) -> float:
        """The largest share of the terms' weight in one of some passages; 0 if there is none, 1 without terms."""
        wanted = list(dict.fromkeys(terms))
        total = math.fsum(idf.get(term, 0.0) for term in wanted)
        if not total:
            return 1.0
        index = self._engine.fields[_TEXT]
        held = np.zeros(len(rows))
        for term in wanted:
            held[index.postings(term)[0]] += idf.get(term, 0.0)
        return float(held[rows].max(initial=0.0)) / total

    def _mask(self, filters: Filters) -> Rows:
        found = self._contents.mask(filters)
        return np.ones(len(self._contents), np.bool_) if found is None else found
