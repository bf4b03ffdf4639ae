"""The systems of the table meet one protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import baselines
from eval.systems import System, corpus_hash
from index import QueryEncoding
from kb.errors import SourceError, UsageError
from kb.records import Source
from tests.unit.eval.eval_fakes import LINES, PASSAGES, TEXT, answer, paper


class HashEncoder:
    """Vectors from hashes: equal texts are alike, nothing else is meant."""

    name = "hash"
    fingerprint = "0"
    dimension = 8

    def encode(self, texts: Sequence[str], *, progress: Any = None) -> Any:  # noqa: ARG002 - the protocol's
        """Encode texts."""
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], np.uint8) for text in texts]
        vectors = np.asarray(rows, np.float32) + 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_tokens(self, texts: Sequence[str], *, progress: Any = None) -> Any:  # noqa: ARG002 - the protocol's
        """Encode nothing."""
        return []

    def encode_query(self, text: str) -> QueryEncoding:
        """Encode a query."""
        vector = self.encode([text])[0]
        return QueryEncoding(vector, vector[None], (text,))


def source() -> Source:
    """Return the paper as a source."""
    return Source(name="minutes.txt", sha256="0", media_type="text/plain", text=TEXT, lines=(), pages=())


def test_fixed_chunks_find_words_and_quote_verbatim() -> None:
    """The engine ranks them; the quote is the source at its span."""
    system: System = baselines.FixedChunks([source()], HashEncoder(), chunk_words=12)
    found = system.ask("drones flown by the chief constable")
    assert "drones" in found.text
    (quote,) = found.quotes
    start, end = quote.spans[0]
    assert quote.text.split() == TEXT[start:end].split()
    assert quote.passage.citation.body is None
    assert system.name == "fixed-12"
    assert system.papers()[0].text == TEXT


@given(st.integers(1, 30))
def test_chunks_cover_every_word_once(size: int) -> None:
    """Whatever their size."""
    chunks = baselines.cut(paper(), size)
    assert " ".join(chunk.text for chunk in chunks).split() == TEXT.split()
    assert all(len(chunk.text.split()) == size for chunk in chunks[:-1])
    assert len({chunk.id for chunk in chunks}) == len(chunks)


def test_a_library_is_asked_for_enough_to_read() -> None:
    """The adapter asks deeper than the measures cut, and reads the papers once."""
    asked: list[int] = []

    def ask(question: str, *, k: int = 10) -> Any:
        asked.append(k)
        return answer(question, PASSAGES)

    library = SimpleNamespace(
        ask=ask,
        documents=lambda: [SimpleNamespace(document="minutes.txt", sha256="0")],
        source_text={"minutes.txt": TEXT}.__getitem__,
        pages={"minutes.txt": ()}.__getitem__,
    )
    system = baselines.LibrarySystem(name="convex", library=library, settings={}, timings={})
    assert system.ask("q").hits
    assert asked == [baselines.DEPTH]
    assert system.papers() is system.papers()
    assert system.papers()[0].text.startswith(LINES[0])


def test_readmes_are_no_papers(tmp_path: Path) -> None:
    """Nor are files that cannot be read."""
    for name in ("README.md", "a.md", "b.txt", "c.png"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in baselines.paper_files(tmp_path)] == ["a.md", "b.txt"]
    with pytest.raises(UsageError, match="no papers"):
        baselines.paper_files(tmp_path / "nowhere")


def test_an_unknown_system_is_refused(tmp_path: Path) -> None:
    """With the names of those that there are."""
    with (
        pytest.raises(UsageError, match="no system magic"),
        baselines.open_system("magic", files=(), library=tmp_path, retrieval={}, seconds=None),
    ):
        pass


def test_the_library_is_built_opened_with_its_fusion_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name chooses the fusion; what building took is known later too; a paper that fails is not passed over."""
    closed: list[str] = []

    @contextmanager
    def open_(folder: Path, *, settings: Any) -> Iterator[Any]:
        yield SimpleNamespace(ask=lambda question, **_: answer(question, PASSAGES))
        closed.append(folder.name)

    results: list[Any] = []
    reports = [SimpleNamespace(results=results, embedded=count, seconds=2.5) for count in (5, 0, 0)]
    results_of_failure = [
        SimpleNamespace(path=Path("x.pdf"), reason="locked", status=SimpleNamespace(value="failed"))
    ]
    monkeypatch.setattr(baselines, "ingest", lambda *_: reports.pop(0))
    monkeypatch.setattr(baselines, "Library", SimpleNamespace(open=open_))
    folder = tmp_path / "libraries" / "fen"
    assert [baselines.build_library([], folder) for _ in range(2)] == [2.5, 2.5]
    reports[0].results = results_of_failure
    with pytest.raises(SourceError, match=r"x\.pdf: locked"):
        baselines.build_library([], folder)
    with baselines.open_system("bm25", files=(), library=folder, retrieval={}, seconds=2.5) as system:
        assert (system.name, system.timings) == ("bm25", {"index_seconds": 2.5})
        assert "fusion='bm25'" in system.settings["retrieval"]
    assert closed == ["fen"]
    with baselines.open_system(
        "convex", files=(), library=folder, retrieval={"candidates": 20}, seconds=None
    ) as system:
        assert system.name == "convex*"
    with (
        pytest.raises(UsageError, match="cannot be set so"),
        baselines.open_system(
            "convex", files=(), library=folder, retrieval={"no_such_setting": 2}, seconds=None
        ),
    ):
        pass


def test_the_corpus_hash_ignores_order_and_sees_content(tmp_path: Path) -> None:
    """Names and bytes make a corpus."""
    one, two = paper("a", "one.txt"), paper("b", "two.txt")
    assert corpus_hash([one, two]) == corpus_hash([two, one]) != corpus_hash([one])
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    before = baselines.files_hash([tmp_path / "a.txt"])
    (tmp_path / "a.txt").write_text("b", encoding="utf-8")
    assert baselines.files_hash([tmp_path / "a.txt"]) != before
