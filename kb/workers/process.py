"""The inside of a worker process: take a call, make it, tell how it went, until nobody asks any more.

Whoever starts it holds the other end of a connection; when that is closed, the process ends. Messages are JSON, so
that nothing but data passes from a process that has read a hostile file to the one that keeps the library.
"""

from __future__ import annotations

import contextlib
import json
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

GRACE: Final = 5.0
"""Seconds beyond its limit after which a process ends itself, should nobody be left to end it."""
READY: Final = b"ready"
_MOST_LETTERS: Final = 300
_WORN_SHARE: Final = 0.5
"""A process that has needed this share of its memory is replaced, lest one file pays for another."""


def serve(descriptor: int, task: str, seconds: float, memory: int) -> None:
    """Answer calls of a task until the connection is closed.

    Args:
        descriptor: Of the connection.
        task: ``module:function``.
        seconds: A call may take.
        memory: Bytes of data the process may hold.
    """
    module, name = task.split(":")
    function = getattr(import_module(module), name)
    _limit_memory(memory)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    connection = Connection(descriptor)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send_bytes(READY)
        while True:
            arguments = json.loads(connection.recv_bytes())
            signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)  # the kernel's: works in any loop or sleep
            reply = _call(function, arguments, memory)
            signal.setitimer(signal.ITIMER_REAL, 0)
            connection.send_bytes(reply)


def _call(function: Callable[..., Any], arguments: dict[str, Any], memory: int) -> bytes:
    """Call, and put into words whatever happens: an exception itself might not survive the journey."""
    try:
        value = function(**arguments)
        return json.dumps({"value": value, "is_worn": _peak_memory() > memory * _WORN_SHARE}).encode()
    except MemoryError:
        reply: dict[str, Any] = {"out_of_memory": True, "is_worn": True}
    except Exception as error:  # noqa: BLE001 - told to whoever asked
        reply = {"raised": _summary(error), "is_worn": False}
        reply["traceback"] = "".join(traceback.format_tb(error.__traceback__))
    return json.dumps(reply).encode()


def _summary(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:_MOST_LETTERS].rstrip(": ")
    except Exception:  # noqa: BLE001 - one that cannot even be shown
        return type(error).__name__


def _limit_memory(memory: int) -> None:
    """Limit what the process may allocate; systems that cannot do it are left without a limit."""
    for name in ("RLIMIT_DATA", "RLIMIT_AS"):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (wanted, hard))
            return


def _peak_memory() -> int:
    """The most the process has held so far, in bytes.

    Linux counts in ``ru_maxrss`` what the parent held when it started this process, so its own record is read there.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
