"""Readings that go wrong for the file ``a.txt``, each as a damaged file or a fault may make it; run in processes."""

from __future__ import annotations

import ctypes
import dataclasses
import time
from pathlib import Path
from typing import Any

from kb.ingest import reading
from kb.records import Source


def stumble(**job: Any) -> dict[str, Any]:
    """Raise what no reader raises on purpose."""
    if _is_bad(job):
        raise RecursionError("too deep")
    return reading.serve(**job)


def sleep(**job: Any) -> dict[str, Any]:
    """Hang."""
    if _is_bad(job):
        time.sleep(600)
    return reading.serve(**job)


def crash(**job: Any) -> dict[str, Any]:
    """Bring the process down."""
    if _is_bad(job):
        ctypes.string_at(0)
    return reading.serve(**job)


def swell(**job: Any) -> dict[str, Any]:
    """Take all the memory there is."""
    if _is_bad(job):
        bytearray(2**50)
    return reading.serve(**job)


def late(**job: Any) -> dict[str, Any]:
    """Be the last to end, though the first to begin."""
    if _is_bad(job):
        time.sleep(0.5)
    return reading.serve(**job)


def spoil(**job: Any) -> dict[str, Any]:
    """Find half of a surrogate pair."""

    def read(path: Path, **options: Any) -> Source:
        source = _read_source(path, **options)
        return dataclasses.replace(source, text="\ud800" + source.text) if _is_bad(job) else source

    reading.read_source = read
    return reading.serve(**job)


def rewrite(**job: Any) -> dict[str, Any]:
    """Have the file changed while it is read."""
    path = Path(job["path"])
    path.write_text(path.read_text() + "More.\n")
    return reading.serve(**job)


def split_nothing(**job: Any) -> dict[str, Any]:
    """Find no passages."""
    reading.split = lambda *_: ()
    return reading.serve(**job)


_read_source = reading.read_source


def _is_bad(job: dict[str, Any]) -> bool:
    return Path(job["path"]).name == "a.txt"
