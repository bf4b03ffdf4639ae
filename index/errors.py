"""The error tree of the search engine; every error says what to do next.

SearchIndexError
├── IndexFormatError    a saved index cannot be opened: damaged, of another format, or made with another model
└── EncoderError        an embedding model cannot be loaded or is not the one expected

A wrong argument (a negative ``k``, a vector of another dimension) is a `ValueError`: the caller's mistake,
not the data's.
"""

from __future__ import annotations


class SearchIndexError(Exception):
    """Root of the errors raised on purpose by this package.

    Args:
        message: What happened, in one sentence.
        next_step: What the reader can do about it, in one sentence; empty if nothing sensible can be said.
    """

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class IndexFormatError(SearchIndexError):
    """A saved index is missing, damaged, or was written by another format version or with other settings."""


class EncoderError(SearchIndexError):
    """An embedding model cannot be loaded, or its weights are not the ones expected."""
