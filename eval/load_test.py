"""Does the server hold under load? Many users ask a served library at once, from this second process.

Starts the server over a library on a free port, measures how long it takes to be ready, then lets users ask the
questions of a set through REST, each the next as soon as the last is answered. Prints a Markdown table: answers,
errors, milliseconds an answer (median and 95th percentile), and the server's resident memory after a quarter of the
time and at the end. Exit code 1 where an answer failed, or a limit was passed.

Usage: python -m eval.load_test LIBRARY [--users 32] [--seconds 120] [--set fenwold] [--p95 1500] [--growth 0.1]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import queue
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
import numpy as np

from eval import workspace
from eval.topics import load_set
from kb.errors import KbError

_START_SECONDS: Final = 90.0
_PATIENCE: Final = 60.0
_WARM_SHARE: Final = 0.25
"""Of the time; memory grows until caches are filled and every thread has been started."""
_MEBIBYTE: Final = 1024


@dataclass(slots=True)
class Load:
    """What was seen: milliseconds of each answer, what went wrong, the server's memory in MiB by time."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    def memory_after(self, share: float) -> float | None:
        """MiB when this share of the time had gone; ``None`` where the system does not tell."""
        if not self.memory:
            return None
        first, last = self.memory[0][0], self.memory[-1][0]
        return next(size for when, size in self.memory if when - first >= share * (last - first))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the test, print its table, say what failed."""
    options = _parser().parse_args(arguments)
    try:
        topics = load_set(workspace.set_folder(options.set_name), split="dev")
        with _served(options.library) as (address, pid, ready):
            load = asyncio.run(
                _ask_at_once(
                    address,
                    [topic.question for topic in topics],
                    pid=pid,
                    users=options.users,
                    seconds=options.seconds,
                )
            )
    except KbError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _report(load, users=options.users, seconds=options.seconds, ready=ready)
    problems = judge(load, p95=options.p95, growth=options.growth)
    for problem in problems:
        sys.stderr.write(f"load test: {problem}\n")
    return 1 if problems else 0


def judge(load: Load, *, p95: float, growth: float) -> list[str]:
    """Say what does not meet the limits: milliseconds of the 95th percentile, growth as a share of memory."""
    problems = [f"{len(load.errors)} answers failed; the first: {load.errors[0]}"] if load.errors else []
    if not load.times:
        return [*problems, "nothing was answered"]
    found = float(np.percentile(load.times, 95))
    if found > p95:
        problems.append(f"the 95th percentile is {found:.0f} ms, more than {p95:.0f}")
    early, late = load.memory_after(_WARM_SHARE), load.memory_after(1.0)
    if early and late and late > early * (1 + growth):
        problems.append(f"memory grew from {early:.0f} to {late:.0f} MiB")
    return problems


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("library", type=Path, help="a built library")
    parser.add_argument("--users", type=int, default=32, help="how many ask at once (default: 32)")
    parser.add_argument("--seconds", type=float, default=120.0, help="for how long (default: 120)")
    parser.add_argument("--set", dest="set_name", default="fenwold", help="whose questions")
    parser.add_argument("--p95", type=float, default=1500.0, help="milliseconds allowed (default: 1500)")
    parser.add_argument("--growth", type=float, default=0.1, help="of memory, as a share (default: 0.1)")
    return parser


async def _ask_at_once(
    address: str, questions: Sequence[str], *, pid: int, users: int, seconds: float
) -> Load:
    load, ends = Load(), time.monotonic() + seconds
    in_turn = itertools.cycle(questions)

    async def ask_on() -> None:
        while time.monotonic() < ends:
            started = time.perf_counter()
            try:
                answer = await client.post("/api/v1/ask", json={"question": next(in_turn)})
                if answer.status_code == httpx.codes.OK and "answer" in answer.json():
                    load.times.append(1000 * (time.perf_counter() - started))
                else:
                    load.errors.append(f"{answer.status_code} {answer.text[:200]}")
            except httpx.HTTPError as error:
                load.errors.append(f"{type(error).__name__}: {error}")

    async def watch() -> None:
        while time.monotonic() < ends:
            if (size := _resident(pid)) is not None:
                load.memory.append((time.monotonic(), size))
            await asyncio.sleep(1)

    limits = httpx.Limits(max_connections=users)
    async with httpx.AsyncClient(base_url=address, timeout=_PATIENCE, limits=limits) as client:
        await client.post("/api/v1/ask", json={"question": questions[0]})  # loads the model
        await asyncio.gather(watch(), *(ask_on() for _ in range(users)))
    return load


def _resident(pid: int) -> float | None:
    """Resident memory in MiB; Linux tells."""
    with contextlib.suppress(OSError):
        if found := re.search(
            r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE
        ):
            return int(found[1]) / _MEBIBYTE
    return None


@contextlib.contextmanager
def _served(library: Path) -> Iterator[tuple[str, int, float]]:
    """Serve a library; gives the address, the server's process id, and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="load-test-") as nobody:
        command = [sys.executable, "-m", "kb", "serve", "--library", str(library), "--port", str(port)]
        command += ["--users", str(Path(nobody) / "users.json")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
            lines: queue.Queue[str] = queue.Queue()
            threading.Thread(target=_hear, args=(process, lines), daemon=True).start()
            try:
                found = re.search(r" at (http://\S+?)/? ", lines.get(timeout=_START_SECONDS))
                if found is None:
                    raise KbError("The server did not start.", next_step="Its reason stands above.")
                yield found[1], process.pid, time.monotonic() - started
            except queue.Empty as error:
                raise KbError(
                    "The server was not ready in time.", next_step="Is the machine busy?"
                ) from error
            finally:
                process.terminate()
                process.wait(timeout=30)


def _hear(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    lines.put(process.stdout.readline() if process.stdout else "")


def _report(load: Load, *, users: int, seconds: float, ready: float) -> None:
    p50, p95 = np.percentile(load.times, [50, 95]) if load.times else (0.0, 0.0)
    early, late = (load.memory_after(share) or 0.0 for share in (_WARM_SHARE, 1.0))
    sys.stdout.write(
        "| users | seconds | ready, s | answers | errors | p50, ms | p95, ms | memory, MiB | at the end |\n"
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"
        f"| {users} | {seconds:.0f} | {ready:.1f} | {len(load.times):,} | {len(load.errors):,} | {p50:.0f} | {p95:.0f}"
        f" | {early:.0f} | {late:.0f} |\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
