"""Columns of few different values, kept as numbers, so that a filter is one look-up in an array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


class CategoryColumn:
    """Some values, or none, for every row.

    Args:
        values: Those of each row; a row without any has an empty sequence.
    """

    def __init__(self, values: Sequence[Sequence[str]]) -> None:
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(value, len(numbers)) for held in values for value in dict.fromkeys(held)]
        sizes = [len(dict.fromkeys(held)) for held in values]
        self._n_rows = len(values)
        self._numbers = numbers
        self._codes = np.array(codes, np.int32)
        self._rows = np.repeat(np.arange(len(values), dtype=np.int32), sizes)

    @classmethod
    def of(cls, values: Iterable[str | None]) -> CategoryColumn:
        """A column with one value a row at most."""
        return cls([() if value is None else (value,) for value in values])

    def mask(self, wanted: Iterable[str]) -> Mask:
        """Say which rows have one of some values; ``(n,)`` bool. Unknown values match nothing."""
        lookup = np.zeros(len(self._numbers), np.bool_)
        for value in wanted:
            if value in self._numbers:
                lookup[self._numbers[value]] = True
        found = np.zeros(self._n_rows, np.bool_)
        found[self._rows[lookup[self._codes]]] = True
        return found

    def counts(self, allowed: Mask | None = None) -> dict[str, int]:
        """Count the rows of each value, among those ``(n,)`` allowed; values of none of them count 0."""
        codes = self._codes if allowed is None else self._codes[allowed[self._rows]]
        totals = np.bincount(codes, minlength=len(self._numbers))
        return {value: int(totals[number]) for value, number in self._numbers.items()}

    def by_frequency(self, allowed: Mask | None = None) -> tuple[tuple[str, int], ...]:
        """Return values that occur with their counts, most frequent first, equal ones in alphabetical order."""
        found = [pair for pair in self.counts(allowed).items() if pair[1]]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
