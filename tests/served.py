"""Start the real server on a free port, and show its output when it does not come up."""

from __future__ import annotations

import contextlib
import os
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_SECONDS = 90.0


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(library: Path, *options: str) -> Iterator[str]:
    """Serve a library with ``app.py`` and further options; gives the page's address.

    Whoever runs the tests may have users of their own: unless the options say otherwise, there are none.
    """
    command = [sys.executable, "app.py", "--library", str(library), "--port", str(free_port())]
    command += [*(() if "--users" in options else ("--users", str(library / "no-users.json"))), *options]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "HF_HUB_OFFLINE": "1"},
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_read, args=(process, lines), daemon=True).start()
        try:
            yield _await_address(lines)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")


def _await_address(lines: queue.Queue[str]) -> str:
    seen: list[str] = []
    while True:
        try:
            line = lines.get(timeout=START_SECONDS)
        except queue.Empty:
            line = ""
        if not line:
            message = f"The server did not start:\n{''.join(seen)}"
            raise RuntimeError(message)
        seen.append(line)
        if found := re.search(r"Serving .* at (https?://\S+)", line):
            return found[1]
