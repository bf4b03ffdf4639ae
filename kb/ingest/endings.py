"""What the ending of a job in a worker process means for the paper it was about.

However a job ends, by refusal, fault, crash, or for want of time or memory, it ends as a value or as a `SourceError`
that says what to do next. Both sides stand here: `answer` inside the process, `value_of` outside.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kb.errors import SourceError, SourceFault
from kb.ingest.settings import ReadingSettings
from kb.workers import Ending, Outcome

logger = logging.getLogger(__name__)

_MEBIBYTE: Final = 2**20


def answer(make: Callable[[], Any]) -> dict[str, Any]:
    """Make a value, and put it or the refusal to make it into JSON values, for `value_of` to read."""
    try:
        return {"value": make()}
    except SourceError as error:
        return {"refusal": {"message": error.message, "next_step": error.next_step, "fault": error.fault}}


def value_of(path: Path, outcome: Outcome, settings: ReadingSettings) -> Any:
    """Return the value that a job about a file made.

    Args:
        path: The file.
        outcome: How the job ended.
        settings: What it was allowed to take.

    Raises:
        SourceError: If there is none, whatever the reason.
    """
    if outcome.ending is not Ending.DONE:
        raise _failure(path, outcome, settings)
    if "refusal" in outcome.value:
        refusal = outcome.value["refusal"]
        raise SourceError(
            refusal["message"], next_step=refusal["next_step"], fault=SourceFault(refusal["fault"])
        )
    return outcome.value["value"]


def _failure(path: Path, outcome: Outcome, settings: ReadingSettings) -> SourceError:
    if outcome.ending is Ending.TIMED_OUT:
        return SourceError(
            f"{path.name} was not read within {settings.seconds:,.0f} seconds.",
            next_step="Split it into parts, or give it more time with --seconds.",
            fault=SourceFault.TIMED_OUT,
        )
    if outcome.ending is Ending.OUT_OF_MEMORY:
        return SourceError(
            f"{path.name} needs more memory than a file may have"
            f" ({settings.memory / _MEBIBYTE:,.0f} MB), or than the machine has left.",
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
