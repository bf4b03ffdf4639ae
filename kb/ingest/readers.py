"""Files to rows, several at once, each in a process that may be lost: `kb.ingest.reading` seen from outside.

However reading ends, by refusal, fault, crash, or for want of time or memory, it ends as a row or as a `SourceError`
that says what to do next.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from kb.errors import SourceError, SourceFault
from kb.ingest.reading import ReadJob, encode_job
from kb.ingest.settings import ReadingSettings
from kb.store import DocumentEntry
from kb.store.rows import DocumentRow, PassageRow
from kb.workers import Ending, Limits, Outcome, Workers

logger = logging.getLogger(__name__)

TASK: Final = "kb.ingest.reading:serve"
_MEBIBYTE: Final = 2**20

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
        if outcome.ending is Ending.DONE:
            return _decode(outcome.value)
        if outcome.ending is Ending.TIMED_OUT:
            return SourceError(
                f"{path.name} was not read within {self.settings.seconds:,.0f} seconds.",
                next_step="Split it into parts, or give it more time with --seconds.",
                fault=SourceFault.TIMED_OUT,
            )
        if outcome.ending is Ending.OUT_OF_MEMORY:
            return SourceError(
                f"{path.name} needs more memory than a file may have"
                f" ({self.settings.memory / _MEBIBYTE:,.0f} MB), or than the machine has left.",
                next_step="Split it into parts, or save it again from another program.",
                fault=SourceFault.OUT_OF_MEMORY,
            )
        if outcome.ending is Ending.DIED:
            return SourceError(
                f"Reading {path.name} brought its process down ({outcome.summary}).",
                next_step="Save it again from another program; the other files are not affected.",
                fault=SourceFault.CRASHED,
            )
        logger.error("reading failed unexpectedly: %s: %s\n%s", path, outcome.summary, outcome.traceback)
        return SourceError(
            f"{path.name} could not be read because of a fault in this program ({outcome.summary}).",
            next_step="Report it together with the file; the other files are not affected.",
            fault=SourceFault.PROGRAM_FAULT,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _decode(value: dict[str, Any]) -> DocumentRow | SourceError:
    """Return what `kb.ingest.reading.serve` answered as records."""
    if "refusal" in value:
        refusal = value["refusal"]
        return SourceError(
            refusal["message"], next_step=refusal["next_step"], fault=SourceFault(refusal["fault"])
        )
    row = value["row"]
    entry = DocumentEntry(**row["entry"])
    passages = tuple(PassageRow(**passage) for passage in row["passages"])
    return DocumentRow(**{**row, "entry": entry, "passages": passages})
