"""Tasks that do what a file may make a parser do; they run in worker processes."""

from __future__ import annotations

import ctypes
import os
import time
from typing import Any


class OddError(Exception):
    """Neither to be pickled nor to be shown."""

    def __init__(self, number: int, other: int) -> None:
        super().__init__(lambda: number + other)

    def __str__(self) -> str:
        raise ValueError(self)


def do(what: str, path: str = "") -> Any:
    """Do as told."""
    if what in _DEEDS:
        return _DEEDS[what]()
    if what.startswith("sleep "):
        time.sleep(float(what.removeprefix("sleep ")))
    return {"said": what, "process": os.getpid()}


def spin() -> None:
    """Never end, and never let another thread in for long."""
    while True:
        pass


def swell() -> None:
    """Take all memory there is."""
    held = []
    while True:
        held.append(bytearray(2**24))


def stumble() -> None:
    """Raise what cannot be pickled."""
    raise OddError(1, 2)


_DEEDS = {
    "spin": spin,
    "swell": swell,
    "stumble": stumble,
    "segfault": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "exit": lambda: os._exit(3),
    "system exit": lambda: (_ for _ in ()).throw(SystemExit(4)),
    "not json": object,
    "print": lambda: os.write(1, b"noise"),
}
