"""Run folders: everything needed to check a number, or to go on after an interruption.

A run folder holds:

- ``config.json``: what was run: set, split, system and its settings, hashes of the judgments and of the
corpus, the git revision, versions of Python and the libraries. It is written first; a rerun under the same
name with another configuration is refused;
- ``answers.jsonl``: one answer a line, added as they come; a rerun asks only what is not there yet;
- ``run.trec``, ``qrels.trec``: for trec_eval, ranx and ir_measures users; ids are of places, see
`eval.places`;
- ``per_topic.jsonl``: each topic's measures, what was wanted and what was returned;
- ``summary.json``: means with intervals, abstention, latency, timings, peak memory; written last.

Runs over papers that may not be published hold their text: the folder ``eval/runs/`` is not under version
control.
"""

from __future__ import annotations

import datetime as dt
import platform
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval import judging
from eval.judging import Reply, TopicResult
from eval.places import Judge, qrels
from eval.storage import (
    answer_from_dict,
    answer_to_dict,
    append_line,
    drop_partial_line,
    read_json,
    read_lines,
    write_json,
    write_lines,
)
from eval.systems import System, corpus_hash
from eval.topics import Topic, topics_hash
from kb.errors import KbError, UsageError
from kb.records import Answer

RUNS = Path(__file__).parent / "runs"
FORMAT = 1
# Libraries whose version can change a ranking or a measure.
LIBRARIES = (
    *(
        "sentence-transformers",
        "faiss-cpu",
        "rank-bm25",
        "pdfplumber",
        "PyStemmer",
        "torch",
        "numpy",
        "scipy",
    ),
    "ir-measures",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be run."""

    set_name: str
    split: str | None
    topics: tuple[Topic, ...]
    system: System


def run(
    plan: Plan, folder: Path, *, show_progress: bool = False, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Any]:
    """Ask every question, measure the answers, write the run folder.

    Args:
        plan: What is to be run.
        folder: Made if missing; an interrupted run in it goes on, a finished one is measured again.
        show_progress: Draw a bar on stderr.
        clock: Seconds, monotonic.

    Returns:
        The summary, as written.

    Raises:
        UsageError: If the folder holds a run with another configuration.
    """
    started = dt.datetime.now(dt.UTC)
    config = describe(plan)
    _claim(folder, config)
    path = folder / "answers.jsonl"
    drop_partial_line(path)
    replies = _read_replies(path)
    issues = []
    waiting = [topic for topic in plan.topics if topic.id not in replies]
    title = f"{plan.system.name} on {plan.set_name}"
    for topic in tqdm(waiting, desc=title, unit="question", file=sys.stderr, disable=not show_progress):
        begun = clock()
        try:
            answer = plan.system.ask(topic.question)
        except KbError as error:
            issues.append(f"{topic.id}: {error}")
            answer = _no_answer(topic.question)
        reply = Reply(answer=answer, wall_ms=1000 * (clock() - begun))
        replies[topic.id] = reply
        row = {"topic": topic.id, "wall_ms": reply.wall_ms, "answer": answer_to_dict(answer)}
        append_line(path, row)
    papers = plan.system.papers()
    judge = Judge(papers)
    results = judging.judge_all(judge, plan.topics, replies)
    summary = {
        "run": folder.name,
        "date": started.date().isoformat(),
        **{key: config[key] for key in ("set", "split", "system", "revision", "corpus_hash", "topics_hash")},
        **judging.summarise(results),
        "timings": {
            **plan.system.timings,
            "ask_seconds": sum(reply.wall_ms for reply in replies.values()) / 1000,
        },
        "peak_memory_mib": peak_memory_mib(),
        "issues": [*issues, *judging.find_faults(judge, plan.topics, papers)],
    }
    _write_results(folder, plan.system.name, judge, results)
    write_json(folder / "summary.json", summary)
    return summary


def describe(plan: Plan) -> dict[str, Any]:
    """Describe a run, ready for JSON: two runs with equal descriptions are the same run."""
    return {
        "format": FORMAT,
        "set": plan.set_name,
        "split": plan.split or "all",
        "topics": len(plan.topics),
        "topics_hash": topics_hash(plan.topics),
        "system": plan.system.name,
        "settings": dict(plan.system.settings),
        "corpus_hash": corpus_hash(plan.system.papers()),
        "revision": git_revision(Path(__file__).parent),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in LIBRARIES},
    }


def open_run(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read a finished run.

    Returns:
        Its summary and its topics' results.

    Raises:
        UsageError: If there is no finished run.
    """
    if not (folder / "summary.json").exists():
        raise UsageError(
            f"There is no finished run in {folder}.",
            next_step="Make one with `kb eval run`; an interrupted one goes on when run again under its name.",
        )
    return read_json(folder / "summary.json"), list(read_lines(folder / "per_topic.jsonl"))


def measures_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float | None]]:
    """Return topic id to measure to value."""
    return {row["topic"]: row["measures"] for row in rows}


def git_revision(folder: Path) -> str | None:
    """Return the commit that the code stands at, with ``+`` if files under version control were changed."""
    git = shutil.which("git")
    if git is None:
        return None
    describe_command = [
        git,
        "-C",
        str(folder),
        "describe",
        "--always",
        "--abbrev=12",
        "--dirty=+",
        "--exclude=*",
    ]
    done = subprocess.run(describe_command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or None


def peak_memory_mib() -> float:
    """Return the most memory that the process has held so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts KiB, macOS bytes.
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _claim(folder: Path, config: Mapping[str, Any]) -> None:
    path = folder / "config.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_json(path, config)
        return
    stored = read_json(path)
    changed = sorted(key for key in {*stored, *config} if stored.get(key) != config.get(key))
    if changed:
        raise UsageError(
            f"The run {folder.name} was made with another configuration ({', '.join(changed)}).",
            next_step="Choose another name, or remove its folder.",
        )


def _read_replies(path: Path) -> dict[str, Reply]:
    return {
        row["topic"]: Reply(answer=answer_from_dict(row["answer"]), wall_ms=row["wall_ms"])
        for row in read_lines(path)
    }


def _no_answer(question: str) -> Answer:
    return Answer(
        question=question,
        text="",
        abstained=True,
        confidence=0.0,
        kind="error",
        quotes=(),
        hits=(),
        latency_ms=0.0,
    )


def _write_results(folder: Path, system: str, judge: Judge, results: Sequence[TopicResult]) -> None:
    tag = "-".join(system.split())
    run_rows = [
        f"{result.topic.id} Q0 {line.item_id} {line.rank} {-line.rank} {tag}\n"
        for result in results
        for line in result.lines
    ]
    qrel_rows = [
        f"{result.topic.id} 0 {place} {grade}\n"
        for result in results
        for place, grade in qrels(judge, result.topic).items()
    ]
    (folder / "run.trec").write_text("".join(run_rows), encoding="utf-8")
    (folder / "qrels.trec").write_text("".join(qrel_rows), encoding="utf-8")
    write_lines(folder / "per_topic.jsonl", (judging.result_to_dict(judge, result) for result in results))


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None
