"""How quick is the search engine? Compiled BM25 against rank-bm25's own loop, FAISS, and a whole query.

Everything is made up from a seed: words drawn by a Zipf law, vectors drawn at random. Prints a Markdown
table of milliseconds a query (median, and 95th percentile for the engine) to stdout; stops if the two BM25
scores differ.

Usage: python -m eval.bench_index [--sizes 2000 20000 100000] [--queries 40] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Bm25Index
from index.engine import Engine
from index.records import EngineSettings
from index.vectors import VectorIndex

WORDS_A_PASSAGE = 60
WORDS_A_QUERY = 6
VOCABULARY = 20_000
DIMENSION = 384
TOLERANCE = 1e-5
RESULTS = 10
COLUMNS = (
    "passages",
    "build BM25, s",
    "rank-bm25 loop, ms",
    "compiled BM25, ms",
    "ratio",
    "largest difference",
    "FAISS top 200, ms",
    "engine p50, ms",
    "engine p95, ms",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row of the table; times in milliseconds a query, ``build_s`` in seconds for BM25 alone."""

    passages: int
    build_s: float
    rank_bm25: float
    compiled: float
    difference: float
    vectors: float
    engine: float
    engine_p95: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[2_000, 20_000, 100_000], help="numbers of passages"
    )
    parser.add_argument("--queries", type=int, default=40, help="how many different queries are timed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    _say("| " + " | ".join(COLUMNS) + " |")
    _say("|---:" * len(COLUMNS) + "|")
    for size in options.sizes:
        row = measure(size, queries=options.queries, seed=options.seed)
        _say(
            f"| {row.passages:,} | {row.build_s:.1f} | {row.rank_bm25:.2f} | {row.compiled:.3f} "
            f"| {row.rank_bm25 / row.compiled:,.0f} | {row.difference:.1e} | {row.vectors:.2f} "
            f"| {row.engine:.2f} | {row.engine_p95:.2f} |"
        )
        if row.difference > TOLERANCE:
            sys.stderr.write(f"the scores differ by more than {TOLERANCE}\n")
            return 1
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measure(size: int, *, queries: int, seed: int) -> Measured:
    """Build an engine over made-up passages and time its stages on the same queries."""
    from rank_bm25 import BM25Okapi  # noqa: PLC0415 - the rival, nothing else here needs it

    rng = np.random.default_rng(seed)
    passages = made_up_texts(rng, size, WORDS_A_PASSAGE)
    asked = made_up_texts(rng, queries, WORDS_A_QUERY)
    vectors, asked_vectors = unit_vectors(rng, size), unit_vectors(rng, queries)
    started = time.perf_counter()
    compiled = Bm25Index.build(passages)
    build_s = time.perf_counter() - started
    rival = BM25Okapi(passages)
    engine = Engine.assemble(
        ids=[f"p{number:07}" for number in range(size)],
        settings=EngineSettings(),
        fields={"text": compiled},
        vectors=VectorIndex.build(vectors),
    )
    differences = [np.abs(compiled.scores(query) - rival.get_scores(query)).max() for query in asked]
    pairs = list(zip(asked, asked_vectors, strict=True))
    whole = timed(lambda pair: engine.search(pair[0], pair[1], RESULTS), pairs)
    return Measured(
        passages=size,
        build_s=build_s,
        rank_bm25=float(np.median(timed(rival.get_scores, asked))),
        compiled=float(np.median(timed(compiled.scores, asked))),
        difference=float(max(differences)),
        vectors=float(
            np.median(timed(lambda vector: engine.vectors.search(vector, 200), list(asked_vectors)))
        ),
        engine=float(np.median(whole)),
        engine_p95=float(np.percentile(whole, 95)),
    )


def timed(call: Callable[[Any], object], queries: Sequence[Any]) -> list[float]:
    """Milliseconds of one call per query, after a first call that is not counted."""
    call(queries[0])
    times: list[float] = []
    for query in queries:
        started = time.perf_counter()
        call(query)
        times.append(1000 * (time.perf_counter() - started))
    return times


def made_up_texts(rng: np.random.Generator, count: int, length: int) -> list[list[str]]:
    """Texts of words whose frequency falls with their rank, as in any language (Zipf's law, exponent 1)."""
    shares = 1 / np.arange(1, VOCABULARY + 1)
    numbers = rng.choice(VOCABULARY, size=(count, length), p=shares / shares.sum())
    return [[f"w{number}" for number in row] for row in numbers.tolist()]


def unit_vectors(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Random directions, ``(count, DIMENSION)`` float32."""
    rows = rng.standard_normal((count, DIMENSION), dtype=np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32)
    return unit


if __name__ == "__main__":
    raise SystemExit(main())
