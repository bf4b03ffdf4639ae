"""What the load test lets pass; that it runs is tested with the served library."""

from __future__ import annotations

from eval.load_test import Load, judge


def load(*, times: list[float], errors: list[str] | None = None, memory: list[float] | None = None) -> Load:
    """What a test might have seen, memory once a second."""
    sizes = memory or [500.0] * 10
    return Load(times=times, errors=errors or [], memory=[(float(n), size) for n, size in enumerate(sizes)])


def test_a_good_run_passes() -> None:
    """Quick answers, no error, flat memory; what is taken while warming up does not count."""
    assert judge(load(times=[100.0] * 99 + [5000.0]), p95=1500, growth=0.1) == []
    warming = [200.0, 300.0, 480.0, *[500.0] * 9]
    assert judge(load(times=[100.0], memory=warming), p95=1500, growth=0.1) == []


def test_each_fault_is_told() -> None:
    """Slowness, errors, growth, and no answer at all."""
    assert judge(load(times=[100.0] * 90 + [2000.0] * 10), p95=1500, growth=0.1) == [
        "the 95th percentile is 2000 ms, more than 1500"
    ]
    assert judge(load(times=[1.0], errors=["503 busy"]), p95=1500, growth=0.1) == [
        "1 answers failed; the first: 503 busy"
    ]
    assert judge(load(times=[1.0], memory=[500.0 + 20 * n for n in range(20)]), p95=1500, growth=0.1) == [
        "memory grew from 600 to 880 MiB"
    ]
    assert judge(load(times=[]), p95=1500, growth=0.1) == ["nothing was answered"]


def test_memory_is_not_judged_where_it_is_not_told() -> None:
    """Only Linux tells."""
    assert judge(Load(times=[1.0]), p95=1500, growth=0.1) == []
