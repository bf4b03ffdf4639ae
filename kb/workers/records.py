"""What is asked of a worker process, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Arguments = Mapping[str, Any]
"""The keyword arguments of one call: JSON values."""

GIBIBYTE: Final = 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one job may use: wall-clock seconds, and bytes of data where the system can limit them."""

    seconds: float = 300.0
    memory: int = 2 * GIBIBYTE


class Ending(StrEnum):
    """How a job ended."""

    DONE = "done"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    DIED = "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one job ended.

    ``value`` is what the task returned; ``summary`` names, in a few words, what it raised or what the process died of,
    and ``traceback`` is that of what it raised.
    """

    ending: Ending
    value: Any = None
    summary: str = ""
    traceback: str = ""
