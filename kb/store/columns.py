"""Columns of few different values, kept as numbers, so that a filter is one look-up in an array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class CategoryColumn:
    """A value, or ``None``, for every row.

    Args:
        values: One per row.
    """

    def __init__(self, values: Sequence[str | None]) -> None:
        numbers: dict[str | None, int] = {}
        self._codes = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int32)
        self._numbers = numbers

    def mask(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Say which rows have one of some values; ``(n,)`` bool. Unknown values match nothing."""
        lookup = np.zeros(len(self._numbers), np.bool_)
        for value in wanted:
            if value in self._numbers:
                lookup[self._numbers[value]] = True
        return lookup[self._codes]

    def counts(self) -> dict[str, int]:
        """Count the rows of each value; rows without one are not counted."""
        totals = np.bincount(self._codes, minlength=len(self._numbers))
        return {value: int(totals[number]) for value, number in self._numbers.items() if value is not None}

    def by_frequency(self) -> tuple[tuple[str, int], ...]:
        """Return values with their counts, most frequent first, equal ones in alphabetical order."""
        return tuple(sorted(self.counts().items(), key=lambda pair: (-pair[1], pair[0])))
