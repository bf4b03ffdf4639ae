"""What it costs to grow: a library with and without papers that have nothing to do with the questions.

Builds libraries as users do, by ingestion, asks each every question in a process of its own, and gives rankings'
measures, times, memory and sizes on disk. Nothing here is shared between the libraries that are compared.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import re
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from eval import baselines, measures
from eval.distractors import write_distractors
from eval.places import Judge, qrels, run_lines
from eval.runs import peak_memory_mib
from eval.topics import Topic
from eval.vector_cache import CachedEncoder
from index import Encoder
from index.tokens import tokenize
from kb.errors import SourceError
from kb.ingest import IngestReport, ingest
from kb.library import Library
from kb.records import Filters
from kb.store import LibraryFolder
from kb.store.encoders import make_encoder
from kb.store.generation import INDEX_NAME, open_current

_Found = TypeVar("_Found")

DEPTH: Final = 20
NARROW: Final = "search, own bodies only"
WIDE: Final = "search, 2010 and later"
PLAIN: Final = "search"
ASK: Final = "ask"
_WIDE_FROM: Final = dt.date(2010, 1, 1)
_WARM: Final = ("warm", "What was said about the weather?", "Who came?")
_NEAREST: Final = 200
"""Rows asked of FAISS: as many as the engine asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One library, asked every question.

    ``values`` maps topic to measure to value; ``times`` are milliseconds of each call, each question met for the first
    time; ``memory`` is resident memory in MiB, of the whole process; sizes are in bytes.
    """

    passages: int
    values: Mapping[str, Mapping[str, float | None]]
    times: Mapping[str, Sequence[float]]
    open_seconds: float
    memory: float
    index_size: int
    size: int


def build(
    files: Sequence[Path], library: Path, *, paragraphs: int, seed: int, encoder: CachedEncoder
) -> IngestReport:
    """Take papers and made-up ones into a library, which is made if missing.

    Raises:
        SourceError: If a paper could not be read.
    """
    made = library.with_name(f"{library.name}.papers")
    write_distractors(paragraphs, made, seed=seed)
    report = ingest([*files, made], library, encoder=encoder)
    failed = [f"{result.path.name}: {result.reason}" for result in report.results if result.reason]
    if failed:
        raise SourceError(f"Papers could not be read: {'; '.join(failed[:3])}.")
    return report


def apart(call: Callable[..., _Found], *arguments: object) -> _Found:
    """Call a function in a process of its own, so that neither memory nor what is remembered is shared."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(call, *arguments).result()


def measure(
    folder: Path,
    topics: Sequence[Topic],
    documents: Sequence[str],
    new_encoder: Callable[[], Encoder] | None = None,
) -> Measured:
    """Ask a library every question in four ways, and judge the rankings of the first.

    Args:
        folder: The library.
        topics: The questions.
        documents: Names of the papers that the questions are about.
        new_encoder: Makes the model anew for each way, so that none has been met; by default the library's own.
    """
    encoders = new_encoder or _model_of(folder)
    started = time.perf_counter()
    with Library.open(folder, encoder=encoders()) as library:
        opened = time.perf_counter() - started
        own = {
            part.body
            for summary in library.documents()
            if summary.document in documents
            for part in summary.parts
        }
        values = _judge(library, topics, documents)
    narrow = Filters(bodies=tuple(sorted(body for body in own if body)))
    ways: dict[str, Callable[[Library, str], object]] = {
        PLAIN: lambda library, question: library.search(question, k=DEPTH),
        NARROW: lambda library, question: library.search(question, k=DEPTH, filters=narrow),
        WIDE: lambda library, question: library.search(
            question, k=DEPTH, filters=Filters(date_from=_WIDE_FROM)
        ),
        ASK: lambda library, question: library.ask(question),
    }
    times = {}
    for name, call in ways.items():
        with Library.open(folder, encoder=encoders()) as library:
            for question in _WARM:
                call(library, question)
            times[name] = [_timed(call, library, topic.question) for topic in topics]
            passages = library.manifest.passages
    generation = LibraryFolder(folder).current()
    return Measured(
        passages=passages,
        values=values,
        times=times,
        open_seconds=opened,
        memory=resident_mib(),
        index_size=_size(generation / INDEX_NAME),
        size=_size(generation),
    )


def measure_rivals(folder: Path, topics: Sequence[Topic]) -> dict[str, list[float]]:
    """Score the same passages' texts by rank-bm25's own loop, and search the same vectors by FAISS alone.

    Returns:
        Milliseconds a question by name; without tokenising, embedding, or reading what is found.
    """
    from rank_bm25 import BM25Okapi  # noqa: PLC0415 - the rival, nothing else here needs it

    generation = open_current(LibraryFolder(folder))
    try:
        passages = generation.contents.passages(range(len(generation.contents)))
        texts = [tokenize(passage.text) for passage in passages]
        vectors = generation.engine.vectors
        rng = np.random.default_rng(1)
        rival = BM25Okapi(texts)
        times: dict[str, list[float]] = {"rank-bm25, scores only": [], "FAISS Flat, top 200 only": []}
        for topic in topics:
            terms = tokenize(topic.question)
            started = time.perf_counter()
            rival.get_scores(terms)
            times["rank-bm25, scores only"].append(1000 * (time.perf_counter() - started))
            query = vectors.vectors(np.array([rng.integers(len(vectors))]))[0]
            started = time.perf_counter()
            vectors.search(query, _NEAREST)
            times["FAISS Flat, top 200 only"].append(1000 * (time.perf_counter() - started))
        return times
    finally:
        generation.close()


def resident_mib() -> float:
    """The memory this process holds now, in MiB; where the system does not tell, the most it has held."""
    status = Path("/proc/self/status")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status.read_text(), re.MULTILINE) if status.exists() else None
    return int(found[1]) / 2**10 if found else peak_memory_mib()


def _model_of(folder: Path) -> Callable[[], Encoder]:
    name = LibraryFolder(folder).read_generation(LibraryFolder(folder).current()).encoder.name
    return lambda: make_encoder(name)


def _judge(
    library: Library, topics: Sequence[Topic], documents: Sequence[str]
) -> dict[str, dict[str, float | None]]:
    papers = [
        paper
        for paper in baselines.LibrarySystem(name="", library=library, settings={}, timings={}).papers()
        if paper.name in documents
    ]
    judge = Judge(papers)
    answerable = [topic for topic in topics if topic.is_answerable]
    lines = {
        topic.id: run_lines(judge, topic, [hit.passage for hit in library.search(topic.question, k=DEPTH)])
        for topic in answerable
    }
    found = measures.rank_measures({topic.id: qrels(judge, topic) for topic in answerable}, lines)
    return {topic.id: dict(found.get(topic.id, {})) for topic in answerable}


def _timed(call: Callable[[Library, str], object], library: Library, question: str) -> float:
    started = time.perf_counter()
    call(library, question)
    return 1000 * (time.perf_counter() - started)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
