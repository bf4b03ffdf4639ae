"""Files to rows, several at once, each in a process that may be lost: `kb.ingest.reading` seen from outside.

However reading ends, it ends as a row or as a `SourceError` that says what to do next (`kb.ingest.endings`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from kb.errors import SourceError
from kb.ingest.endings import value_of
from kb.ingest.reading import ReadJob, encode_job
from kb.ingest.settings import ReadingSettings
from kb.store import DocumentEntry
from kb.store.rows import DocumentRow, PassageRow
from kb.workers import Limits, Outcome, Workers

TASK: Final = "kb.ingest.reading:serve"

Tell = Callable[[int], None]
"""Is told the number of a file."""


class Readers:
    """Processes that read papers; started when there is something to read, ended by `close`.

    As a context manager it closes itself. Kept over several runs of ingestion, it saves them the start.

    Args:
        settings: How many, and what one file may take.
        task: What they do, as ``module:function``.
    """

    def __init__(self, settings: ReadingSettings | None = None, *, task: str = TASK) -> None:
        self.settings = settings or ReadingSettings()
        self._workers = Workers(
            task,
            count=self.settings.workers or os.cpu_count() or 1,
            limits=Limits(seconds=self.settings.seconds, memory=self.settings.memory),
        )

    def read(
        self, jobs: Sequence[ReadJob], *, started: Tell | None = None, ended: Tell | None = None
    ) -> list[DocumentRow | SourceError]:
        """Read some files.

        Args:
            jobs: The files.
            started: Told which file begins, in order.
            ended: Told which file has ended, whatever its place.

        Returns:
            The rows of each file, or why there are none, in the order of ``jobs``.

        Raises:
            KbError: If no process can be started.
        """
        outcomes = self._workers.run([encode_job(job) for job in jobs], started=started, ended=ended)
        return [self._judge(job.path, outcome) for job, outcome in zip(jobs, outcomes, strict=True)]

    def close(self) -> None:
        """End the processes."""
        self._workers.close()

    def _judge(self, path: Path, outcome: Outcome) -> DocumentRow | SourceError:
        try:
            return _decode(value_of(path, outcome, self.settings))
        except SourceError as error:
            return error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _decode(row: dict[str, Any]) -> DocumentRow:
    """Return what `kb.ingest.reading.serve` answered as records."""
    entry = DocumentEntry(**row["entry"])
    passages = tuple(PassageRow(**passage) for passage in row["passages"])
    return DocumentRow(**{**row, "entry": entry, "passages": passages})
