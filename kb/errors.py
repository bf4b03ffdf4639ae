"""The error tree. Callers catch by stage; every error says what to do next.

KbError
├── UsageError            the request itself is wrong (exit code 2)
│   └── QuestionError     an empty or over-long question
├── SourceError           a file cannot be read as a paper
├── LibraryError          a library folder cannot be opened or written
│   ├── LibraryMissingError    nothing has been built there yet
│   └── LibraryFormatError     built by another version, or with another model
├── ModelError            the embedding model cannot be loaded or is not the one expected
└── LanguageModelError    the optional language model is set up wrongly or gave no usable reply

A lack of evidence is no error: it is an `Answer` with ``abstained`` set.
"""

from __future__ import annotations

from enum import StrEnum


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


class SourceFault(StrEnum):
    """Why a file is not read as a paper: what programs go by, where people read the message."""

    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 - a kind of fault
    DAMAGED = "damaged"
    EMPTY = "empty"
    IMAGE_ONLY = "image_only"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    UNSUPPORTED = "unsupported"
    MISSING = "missing"
    NOT_READABLE = "not_readable"
    CHANGED = "changed"
    CRASHED = "crashed"
    PROGRAM_FAULT = "program_fault"


class SourceError(KbError):
    """A file cannot be read as a paper; other files are unaffected.

    Args:
        message: What happened.
        next_step: What can be done about it.
        fault: Which kind of trouble it is.
    """

    def __init__(
        self, message: str, *, next_step: str = "", fault: SourceFault = SourceFault.NOT_READABLE
    ) -> None:
        super().__init__(message, next_step=next_step)
        self.fault = fault


class LibraryError(KbError):
    """A library folder cannot be opened or written."""


class LibraryMissingError(LibraryError):
    """There is no library at the given folder."""


class LibraryFormatError(LibraryError):
    """The library was built by another format version or with other settings."""


class ModelError(KbError):
    """The embedding model cannot be loaded, or is not the one the library was built with."""


class LanguageModelError(KbError):
    """The optional language model is set up wrongly, or gave no usable reply; answers do without it."""
