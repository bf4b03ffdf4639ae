"""The outside of the worker processes: start them, hand out jobs, keep the time, bury the dead.

Processes are started as new programs, not forked: the caller may have threads (the served page has), and its modules
and memory are none of theirs. Each has a connection and a process group of its own, so that one can be killed, with
whatever it has started, without touching another's.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from multiprocessing.connection import Pipe, wait
from types import TracebackType
from typing import Any, Final, Self

from kb.errors import KbError
from kb.workers.process import READY
from kb.workers.records import Arguments, Ending, Limits, Outcome

START_SECONDS: Final = 60.0
"""A process that has not begun by then is not going to."""

_LONGEST_WAIT: Final = 3_600.0

_BOOT: Final = """\
import json, sys
sys.path[:], options = json.loads(sys.argv[1])
from kb.workers.process import serve
serve(**options)
"""

Tell = Callable[[int], None]
"""Is told the number of a job."""


class Workers:
    """Up to ``count`` processes that do one task; started when there is work for them, ended by `close`.

    As a context manager it closes itself. One caller at a time: others wait.

    Args:
        task: ``module:function``; takes and gives JSON values.
        count: Processes at most.
        limits: Of each job.
    """

    def __init__(self, task: str, *, count: int, limits: Limits | None = None) -> None:
        self._task = task
        self._count = max(1, count)
        self._limits = limits or Limits()
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()

    @property
    def limits(self) -> Limits:
        """What each job may use."""
        return self._limits

    def run(
        self, jobs: Sequence[Arguments], *, started: Tell | None = None, ended: Tell | None = None
    ) -> list[Outcome]:
        """Do some jobs, as many at once as there are processes.

        Args:
            jobs: The arguments of each call.
            started: Told which job begins, in the order of ``jobs``.
            ended: Told which job has ended, in the order in which they do.

        Returns:
            How each job ended, in the order of ``jobs``.

        Raises:
            KbError: If no process can be started.
        """
        outcomes: dict[int, Outcome] = {}
        queue = deque(range(len(jobs)))
        with self._lock:
            try:
                while len(outcomes) < len(jobs):
                    self._staff(len(jobs) - len(outcomes))
                    for worker in self._workers:
                        if worker.is_idle and queue:
                            number = queue.popleft()
                            worker.begin(number, jobs[number])
                            (started or _ignore)(number)
                    for number, outcome in self._wait():
                        outcomes[number] = outcome
                        (ended or _ignore)(number)
            except BaseException:  # also Ctrl-C: nothing goes on behind the caller's back
                self._dismiss_all()
                raise
        return [outcomes[number] for number in range(len(jobs))]

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._dismiss_all()

    def _staff(self, wanted: int) -> None:
        for worker in tuple(self._workers):
            if worker.is_idle and worker.has_ended:  # killed while it had nothing to do: no job's fault
                worker.dismiss()
                self._workers.remove(worker)
        while len(self._workers) < min(wanted, self._count):
            self._workers.append(_Worker(self._task, self._limits))

    def _wait(self) -> list[tuple[int, Outcome]]:
        """Wait until something happens; return the jobs that have ended by it."""
        patience = max(0.0, min(worker.deadline for worker in self._workers) - time.monotonic())
        heard = wait([worker.connection for worker in self._workers], timeout=min(patience, _LONGEST_WAIT))
        ended = []
        for worker in tuple(self._workers):
            number = worker.job
            outcome = worker.hear() if worker.connection in heard else worker.judge()
            if worker.is_gone:
                self._workers.remove(worker)
            if outcome is not None and number is not None:
                ended.append((number, outcome))
        return ended

    def _dismiss_all(self) -> None:
        while self._workers:
            self._workers.pop().dismiss()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Worker:
    """One process: starting, then idle or busy with a job, in the end gone."""

    def __init__(self, task: str, limits: Limits) -> None:
        self._seconds = limits.seconds
        self.job: int | None = None
        self.is_gone = False
        self._has_begun = False
        self.deadline = time.monotonic() + START_SECONDS
        self.connection, theirs = Pipe()
        options = {
            "descriptor": theirs.fileno(),
            "task": task,
            "seconds": limits.seconds,
            "memory": limits.memory,
        }
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter, with arguments of our own
                [sys.executable, "-c", _BOOT, json.dumps([[str(place) for place in sys.path], options])],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # what a library prints there is no answer of ours
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # its threads would eat the limit on memory
            )
        except OSError as error:
            self.connection.close()
            raise _cannot_start(error.strerror or str(error)) from error
        finally:
            theirs.close()

    @property
    def is_idle(self) -> bool:
        """Ready for a job."""
        return self._has_begun and self.job is None

    @property
    def has_ended(self) -> bool:
        """The process is no more."""
        return self._process.poll() is not None

    def begin(self, number: int, arguments: Arguments) -> None:
        """Hand it a job."""
        self.job = number
        self.deadline = time.monotonic() + self._seconds
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # dead: that will be heard next
            self.connection.send_bytes(json.dumps(dict(arguments)).encode())

    def hear(self) -> Outcome | None:
        """Read what it says; return how its job ended, if it did."""
        try:
            message = self.connection.recv_bytes()
        except (EOFError, ConnectionResetError, OSError):
            return self._bury()
        if message == READY:
            self._has_begun = True
            self._rest()
            return None
        reply: dict[str, Any] = json.loads(message)
        self._rest()
        if reply["is_worn"]:
            self.dismiss()
        if "out_of_memory" in reply:
            return Outcome(ending=Ending.OUT_OF_MEMORY)
        if "raised" in reply:
            return Outcome(ending=Ending.RAISED, summary=reply["raised"], traceback=reply["traceback"])
        return Outcome(ending=Ending.DONE, value=reply["value"])

    def judge(self) -> Outcome | None:
        """End it if its time is over."""
        if time.monotonic() < self.deadline:
            return None
        self.dismiss()
        if not self._has_begun:
            raise _cannot_start(f"it did not begin within {START_SECONDS:.0f} s")
        return Outcome(ending=Ending.TIMED_OUT)

    def dismiss(self) -> None:
        """End the process and all that it has started, at once."""
        self.is_gone = True
        self.connection.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _rest(self) -> None:
        self.job = None
        self.deadline = float("inf")

    def _bury(self) -> Outcome:
        """Say what a process died of that ended by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1.0)
        code = self._process.poll()
        self.dismiss()
        if not self._has_begun:
            raise _cannot_start(_cause(code))
        if code == -signal.SIGALRM:
            return Outcome(ending=Ending.TIMED_OUT)
        if code == -signal.SIGKILL:  # not ours: the system takes the largest process when memory runs out
            return Outcome(ending=Ending.OUT_OF_MEMORY)
        return Outcome(ending=Ending.DIED, summary=_cause(code))


def _cause(code: int | None) -> str:
    if code is None:
        return "it closed its connection"
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _cannot_start(why: str) -> KbError:
    return KbError(
        f"A process to read papers in could not be started ({why}).",
        next_step="See that the system has memory and processes left, then try again.",
    )


def _ignore(_: int) -> None:
    """Take no notice."""
