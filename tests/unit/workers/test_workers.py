"""Whatever a job does to its process, it ends in time, and the others are done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from kb.errors import KbError
from kb.workers import Ending, Limits, Workers

TASK = "tests.unit.workers.misdeeds:do"
LIMITS = Limits(seconds=1.5, memory=300 * 2**20)


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Two of them."""
    with Workers(TASK, count=2, limits=LIMITS) as pool:
        yield pool


def jobs(*deeds: str) -> list[dict[str, str]]:
    """A job for each deed."""
    return [{"what": deed} for deed in deeds]


@pytest.mark.parametrize(
    ("deed", "ending", "summary"),
    [
        ("spin", Ending.TIMED_OUT, ""),
        ("sleep 60", Ending.TIMED_OUT, ""),
        ("swell", Ending.OUT_OF_MEMORY, ""),
        ("segfault", Ending.DIED, "SIGSEGV"),
        ("abort", Ending.DIED, "SIGABRT"),
        ("exit", Ending.DIED, "exit code 3"),
        ("system exit", Ending.DIED, "exit code 4"),
        ("stumble", Ending.RAISED, "OddError"),
        ("not json", Ending.RAISED, "TypeError"),
    ],
)
def test_a_misdeed_harms_no_other(workers: Workers, deed: str, ending: Ending, summary: str) -> None:
    """It ends as what it was, within its limit; the jobs before, beside and after it are done."""
    started = time.monotonic()
    first, bad, *rest = workers.run(jobs("a", deed, "b", "c", "d"))
    assert bad.ending is ending
    assert summary in bad.summary
    assert [outcome.value["said"] for outcome in (first, *rest)] == ["a", "b", "c", "d"]
    assert time.monotonic() - started < 20.0


def test_only_misdeeds(workers: Workers) -> None:
    """Every process is lost, again and again, and replaced."""
    outcomes = workers.run(jobs("exit", "segfault", "exit", "abort", "exit"))
    assert {outcome.ending for outcome in outcomes} == {Ending.DIED}
    assert workers.run(jobs("a"))[0].ending is Ending.DONE


def test_outcomes_come_in_the_order_of_the_jobs(workers: Workers) -> None:
    """Whatever ends first; beginnings are told in order, each end once."""
    started: list[int] = []
    ended: list[int] = []
    outcomes = workers.run(
        jobs("sleep 0.8", "sleep 0.1", "sleep 0.1"), started=started.append, ended=ended.append
    )
    assert [outcome.value["said"] for outcome in outcomes] == ["sleep 0.8", "sleep 0.1", "sleep 0.1"]
    assert started == [0, 1, 2]
    assert ended == [1, 2, 0]


def test_processes_are_kept_and_no_more_than_needed() -> None:
    """One job starts one process; the next job finds it warm; none at all starts none."""
    with Workers(TASK, count=2, limits=LIMITS) as pool:
        assert pool.run([]) == []
        first = pool.run(jobs("a"))[0].value["process"]
        assert {outcome.value["process"] for outcome in pool.run(jobs("b"))} == {first}
        assert first != os.getpid()


def test_a_process_is_kept_whatever_its_parent_holds() -> None:
    """A server that has loaded a model starts processes that are not yet worn."""
    held = bytearray(LIMITS.memory)
    held[:: 2**12] = b"." * len(held[:: 2**12])  # every page touched
    with Workers(TASK, count=1, limits=LIMITS) as pool:
        first = pool.run(jobs("a"))[0].value["process"]
        assert pool.run(jobs("b"))[0].value["process"] == first
    assert held


def test_a_process_killed_while_idle_costs_no_job() -> None:
    """The system or a person may end it between two runs."""
    with Workers(TASK, count=1, limits=LIMITS) as pool:
        os.kill(pool.run(jobs("a"))[0].value["process"], signal.SIGKILL)
        time.sleep(0.2)
        assert pool.run(jobs("b"))[0].ending is Ending.DONE


def test_a_kill_from_outside_is_taken_for_want_of_memory() -> None:
    """So ends the largest process when the system has none left."""
    with Workers(TASK, count=1, limits=LIMITS) as pool:
        process = pool.run(jobs("a"))[0].value["process"]
        threading.Timer(0.3, os.kill, (process, signal.SIGKILL)).start()
        assert pool.run(jobs("sleep 1.2"))[0].ending is Ending.OUT_OF_MEMORY


def test_closing_ends_the_processes() -> None:
    """None is left behind."""
    with Workers(TASK, count=2, limits=LIMITS) as pool:
        processes = {outcome.value["process"] for outcome in pool.run(jobs("sleep 0.3", "sleep 0.3"))}
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_an_interruption_ends_the_processes_at_once() -> None:
    """As Ctrl-C does, while jobs are under way."""
    with Workers(TASK, count=2, limits=Limits(seconds=60.0)) as pool:
        main = threading.main_thread().ident or 0
        threading.Timer(0.7, signal.pthread_kill, (main, signal.SIGINT)).start()
        started = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            pool.run(jobs("spin", "sleep 50", "a"))
        assert time.monotonic() - started < 5.0


def test_what_a_task_prints_is_no_answer(workers: Workers) -> None:
    """Nor does it reach the standard output of the program."""
    assert workers.run(jobs("print", "a"))[1].value["said"] == "a"


def test_a_task_that_is_not_there(capfd: pytest.CaptureFixture[str]) -> None:
    """Is told at once, and not tried for ever."""
    with Workers("kb.workers:nothing", count=2) as pool, pytest.raises(KbError, match="could not be started"):
        pool.run(jobs("a"))


def test_a_process_begins_quickly() -> None:
    """What reads papers carries neither the model nor the search engine."""
    code = "import kb.ingest.reading, sys; print({'torch', 'faiss', 'transformers', 'gradio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_processes_from_a_thread_of_a_busy_program() -> None:
    """As the served page does: other threads hold locks while a process is started."""
    outcomes = []
    with Workers(TASK, count=1, limits=LIMITS) as pool:
        threads = [
            threading.Thread(target=lambda: outcomes.extend(pool.run(jobs("a", "b")))) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [outcome.ending for outcome in outcomes] == [Ending.DONE] * 8
