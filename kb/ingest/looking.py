"""A look at one file that is in no library, in a process that may be lost: its outline and what is doubtful in it.

Takes a path and what reading may take; gives a `Look`, or a `SourceError` however reading ends (`kb.ingest.endings`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kb.ingest.endings import answer, value_of
from kb.ingest.reading import read_within
from kb.ingest.settings import ReadingSettings
from kb.records import Doubt, Outline
from kb.store.codec import decode_doubt, decode_outline, encode_doubt, encode_outline
from kb.structure import parse
from kb.structure.doubts import find_doubts
from kb.workers import Arguments, Limits, Workers

TASK: Final = "kb.ingest.looking:serve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What there is to see in a file; ``name`` is the file's."""

    name: str
    outline: Outline
    doubts: tuple[Doubt, ...]


def look_at(path: Path, settings: ReadingSettings | None = None, *, task: str = TASK) -> Look:
    """Read one file.

    Args:
        path: The file.
        settings: What reading may take.
        task: What the process does, as ``module:function``.

    Raises:
        SourceError: If the file cannot be read within its limits.
        KbError: If no process can be started.
    """
    chosen = settings or ReadingSettings()
    with start(task, chosen) as workers:
        [seen] = done(workers, [(path, job_of(path, chosen))], chosen)
    return Look(
        name=path.name,
        outline=decode_outline(seen["outline"]),
        doubts=tuple(decode_doubt(doubt) for doubt in seen["doubts"]),
    )


def start(task: str, settings: ReadingSettings, *, count: int = 1) -> Workers:
    """Start processes for a task about files, with the limits of reading."""
    return Workers(task, count=count, limits=Limits(seconds=settings.seconds, memory=settings.memory))


def done(workers: Workers, jobs: Sequence[tuple[Path, Arguments]], settings: ReadingSettings) -> list[Any]:
    """Do jobs about files; return their values in order.

    Raises:
        SourceError: Of the first that has none.
        KbError: If no process can be started.
    """
    outcomes = workers.run([arguments for _, arguments in jobs])
    return [value_of(path, outcome, settings) for (path, _), outcome in zip(jobs, outcomes, strict=True)]


def job_of(path: Path, settings: ReadingSettings) -> dict[str, Any]:
    """Return the arguments of `kb.ingest.reading.read_within`, as JSON values."""
    return {
        "path": str(path),
        "max_pages": settings.max_pages,
        "max_bytes": settings.max_bytes,
        "ocr": settings.ocr,
        "seconds": settings.seconds,
    }


def serve(path: str, **limits: Any) -> dict[str, Any]:
    """Answer with the outline and the doubts of a file, or a refusal, in JSON values."""
    return answer(lambda: _see(Path(path), limits))


def _see(path: Path, limits: dict[str, Any]) -> dict[str, Any]:
    source = read_within(path, **limits)
    outline = parse(source)
    return {
        "outline": encode_outline(outline),
        "doubts": [encode_doubt(doubt) for doubt in find_doubts(source, outline)],
    }
