"""What a run of ingestion tells: while it goes on, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from kb.errors import SourceError, SourceFault

Stage = Literal["reading", "embedding", "writing"]


class FileStatus(StrEnum):
    """How one file ended."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """``done`` of ``total`` files, passages or steps of a stage are behind; ``name`` is of the one at hand."""

    stage: Stage
    done: int
    total: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """How one file ended.

    ``document`` is the name it has in the library, ``duplicate_of`` the name of the document with the same bytes;
    ``fault`` is the kind of a failure, ``reason`` and ``next_step`` tell it to people; ``issues`` are what was notable
    while reading, ``doubts`` counts the places to look at again.
    """

    path: Path
    status: FileStatus
    document: str | None = None
    duplicate_of: str | None = None
    fault: SourceFault | None = None
    reason: str | None = None
    next_step: str | None = None
    passages: int = 0
    issues: tuple[str, ...] = ()
    doubts: int = 0


def duplicate(path: Path, of: str) -> FileResult:
    """Report a file with the bytes of a document, by its name."""
    return FileResult(path=path, status=FileStatus.DUPLICATE, duplicate_of=of)


def failed(path: Path, error: SourceError) -> FileResult:
    """Report a file that could not be read."""
    return FileResult(
        path=path,
        status=FileStatus.FAILED,
        fault=error.fault,
        reason=error.message,
        next_step=error.next_step or None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """How a run ended.

    ``results`` are in the order of the files; ``passages`` counts those of the whole library, ``embedded`` the texts
    that the encoder had to read, ``seconds`` the whole run.
    """

    results: tuple[FileResult, ...]
    passages: int
    embedded: int
    seconds: float

    def count(self, status: FileStatus) -> int:
        """How many files ended so."""
        return sum(result.status is status for result in self.results)
