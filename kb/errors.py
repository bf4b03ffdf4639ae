"""The error tree. Callers catch by stage; every error says what to do next.

KbError
├── UsageError            the request itself is wrong (exit code 2)
│   └── QuestionError     an empty or over-long question
├── SourceError           a file cannot be read as a paper
├── LibraryError          a library folder cannot be opened or written
│   ├── LibraryMissingError    nothing has been built there yet
│   └── LibraryFormatError     built by another version, or with another model
└── ModelError            the embedding model cannot be loaded or is not the one expected

A lack of evidence is no error: it is an `Answer` with ``abstained`` set.
"""

from __future__ import annotations


class KbError(Exception):
    """Root of all errors raised on purpose.

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


class UsageError(KbError):
    """The request is wrong in itself; nothing was done."""


class QuestionError(UsageError):
    """A question that cannot be asked, such as an empty one."""


class SourceError(KbError):
    """A file cannot be read as a paper; other files are unaffected."""


class LibraryError(KbError):
    """A library folder cannot be opened or written."""


class LibraryMissingError(LibraryError):
    """There is no library at the given folder."""


class LibraryFormatError(LibraryError):
    """The library was built by another format version or with other settings."""


class ModelError(KbError):
    """The embedding model cannot be loaded, or is not the one the library was built with."""
