"""The systems of the table: five ways to rank in the library, and fixed chunks without structure.

Takes papers on disk, gives `eval.systems.System`s. ``shipped`` is the library as people use it: convex fusion,
re-scored by fitted features. ``convex``, ``rrf``, ``bm25`` and ``dense`` rank the same passages by the index
alone and differ in how words and vectors are fused; ``fixed-200`` cuts the papers
into 200 words each, blind to their structure, and ranks them with the same engine and model, so that the
difference is what structure is worth.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from eval.systems import Paper
from index import Encoder, Engine, EngineSettings, Entry
from kb.errors import SourceError, UsageError
from kb.ingest import ingest
from kb.library import Library
from kb.records import (
    Answer,
    Citation,
    DocumentId,
    Hit,
    Page,
    PartKind,
    Passage,
    PassageId,
    Quote,
    Source,
    Span,
)
from kb.retrieval import RetrievalSettings
from kb.store import DocumentSummary

DEFAULT = "shipped"
FUSIONS = (DEFAULT, "convex", "rrf", "bm25", "dense")
FIXED = "fixed-200"
NAMES = (*FUSIONS, FIXED)

CHUNK_WORDS = 200
# Passages asked for: enough that 600 words can be read even if passages are short.
DEPTH = 20

_WORD = re.compile(r"\S+")


class LibraryLike(Protocol):
    """What is needed of `kb.library.Library`."""

    def ask(self, question: str, *, k: int = 10) -> Answer:
        """Answer one question."""
        ...

    def documents(self) -> Iterable[DocumentSummary]:
        """What is known of every document."""
        ...

    def source_text(self, document: str) -> str:
        """The text that spans count in."""
        ...

    def pages(self, document: str) -> tuple[Page, ...]:
        """The pages of a document."""
        ...


class LibrarySystem:
    """The library under evaluation.

    Args:
        name: In tables.
        library: Open.
        settings: What was set, for the run's configuration.
        timings: Seconds spent on building it.
    """

    def __init__(
        self, *, name: str, library: LibraryLike, settings: Mapping[str, Any], timings: Mapping[str, float]
    ) -> None:
        self.name = name
        self.settings = {**settings, "depth": DEPTH}
        self.timings = timings
        self._library = library
        self._papers: tuple[Paper, ...] | None = None

    def ask(self, question: str) -> Answer:
        """Answer one question."""
        return self._library.ask(question, k=DEPTH)

    def papers(self) -> tuple[Paper, ...]:
        """Return the documents of the library."""
        if self._papers is None:
            self._papers = tuple(
                Paper(
                    name=summary.document,
                    sha256=summary.sha256,
                    text=self._library.source_text(summary.document),
                    pages=self._library.pages(summary.document),
                )
                for summary in self._library.documents()
            )
        return self._papers


def as_paper(source: Source) -> Paper:
    """Keep of a source what judging needs."""
    return Paper(name=source.name, sha256=source.sha256, text=source.text, pages=source.pages)


class FixedChunks:
    """200-word chunks over the same engine and model; cites only the document and the span.

    Its answer is the first chunk, whole. It never abstains; its confidence is the first chunk's cosine.

    Args:
        sources: The papers.
        encoder: The library's embedding model.
        chunk_words: Words of a chunk, parted by white space; chunks do not overlap.
    """

    def __init__(
        self, sources: Sequence[Source], encoder: Encoder, *, chunk_words: int = CHUNK_WORDS
    ) -> None:
        started = time.perf_counter()
        self.name = f"fixed-{chunk_words}"
        self.settings: Mapping[str, Any] = {
            "chunk_words": chunk_words,
            "fusion": "convex",
            "model": encoder.fingerprint,
            "depth": DEPTH,
        }
        self._papers = tuple(as_paper(source) for source in sources)
        self._encoder = encoder
        chunks = [chunk for paper in self._papers for chunk in cut(paper, chunk_words)]
        self._chunks = {str(chunk.id): chunk for chunk in chunks}
        self._engine = Engine.build(
            [Entry(id=str(chunk.id), fields={"text": chunk.text}) for chunk in chunks],
            encoder.encode([chunk.text for chunk in chunks]),
            EngineSettings(fusion="convex"),
        )
        self.timings: Mapping[str, float] = {"index_seconds": time.perf_counter() - started}

    def ask(self, question: str) -> Answer:
        """Rank the chunks and answer with the first."""
        started = time.perf_counter()
        found = self._engine.search(question, self._encoder.encode_query(question).vector, DEPTH)
        hits = tuple(
            Hit(
                rank=rank,
                passage=self._chunks[scored.id],
                score=scored.score,
                bm25_score=scored.bm25_score,
                cosine=scored.cosine,
            )
            for rank, scored in enumerate(found, 1)
        )
        quotes = tuple(
            Quote(text=hit.passage.text, passage=hit.passage, spans=hit.passage.spans) for hit in hits[:1]
        )
        return Answer(
            question=question,
            text=quotes[0].text if quotes else "",
            abstained=not quotes,
            confidence=min(1.0, max(0.0, hits[0].cosine)) if hits else 0.0,
            kind="unknown",
            quotes=quotes,
            hits=hits,
            latency_ms=1000 * (time.perf_counter() - started),
        )

    def papers(self) -> tuple[Paper, ...]:
        """Return the papers that were cut."""
        return self._papers


def cut(paper: Paper, chunk_words: int) -> tuple[Passage, ...]:
    """Cut a paper into passages of so many words; the last may be shorter."""
    found = list(_WORD.finditer(paper.text))
    passages = []
    for number, first in enumerate(range(0, len(found), chunk_words), 1):
        group = found[first : first + chunk_words]
        span = Span(group[0].start(), group[-1].end())
        page = next((p.number for p in paper.pages if p.span.start <= span.start < p.span.end), None)
        citation = Citation(
            id=PassageId(f"{paper.name}/chunk-{number}"),
            document=paper.name,
            body=None,
            meeting_date=None,
            kind=PartKind.OTHER,
            agenda_item=None,
            item=None,
            section=None,
            item_title=None,
            paragraph=None,
            page=page,
            page_label=None,
            status=None,
            label=f"{paper.name}, chunk {number}",
        )
        text = " ".join(word[0] for word in group)
        passages.append(
            Passage(
                citation=citation, document_id=DocumentId(paper.sha256), text=text, spans=(span,), header=""
            )
        )
    return tuple(passages)


def paper_files(folder: Path) -> tuple[Path, ...]:
    """List the papers in a folder: files that can be read, but not its README.

    Raises:
        UsageError: If there are none.
    """
    from kb.sources import SUFFIXES  # noqa: PLC0415 - brings pdfplumber

    files = (path for path in sorted(folder.iterdir()) if path.is_file()) if folder.is_dir() else ()
    found = tuple(
        path for path in files if path.suffix.lower() in SUFFIXES and path.stem.casefold() != "readme"
    )
    if not found:
        raise UsageError(
            f"There are no papers in {folder}.", next_step="Name their folder: --papers DIR, or KB_CORPUS."
        )
    return found


def files_hash(files: Sequence[Path]) -> str:
    """Hash the names and contents of files, in hex: other papers are another library."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def build_library(files: Sequence[Path], folder: Path) -> float:
    """Take papers into a library, which is made if missing.

    Returns:
        The seconds that building it took, now or, if nothing had to be done now, when it was built.
    """
    note = folder.with_name(f"{folder.name}.seconds")
    folder.parent.mkdir(parents=True, exist_ok=True)
    report = ingest(list(files), folder)
    failed = [result for result in report.results if result.status.value == "failed"]
    if failed:
        reasons = "; ".join(f"{result.path.name}: {result.reason}" for result in failed)
        raise SourceError(f"Papers of the set could not be read: {reasons}.")
    if report.embedded or not note.exists():
        note.write_text(f"{report.seconds}", encoding="utf-8")
    return float(note.read_text(encoding="utf-8"))


@contextmanager
def open_system(
    name: str, *, files: Sequence[Path], library: Path, retrieval: Mapping[str, Any], seconds: float | None
) -> Iterator[LibrarySystem | FixedChunks]:
    """Open one of the systems of the table; it is closed when the block ends.

    Args:
        name: One of `NAMES`.
        files: The papers, for chunks.
        library: A library that holds them, for the others.
        retrieval: Settings of the library's retrieval on top of the name's.
        seconds: What building the library took, if known.

    Raises:
        UsageError: If there is no such system, or the retrieval has no such setting.
    """
    if name == FIXED:
        from index import SentenceEncoder  # noqa: PLC0415 - hashes the model's weights
        from kb.sources import read_source  # noqa: PLC0415

        yield FixedChunks([read_source(path) for path in files], SentenceEncoder())
        return
    if name not in FUSIONS:
        raise UsageError(f"There is no system {name}.", next_step=f"Choose one of {', '.join(NAMES)}.")
    wanted = {"fusion": "convex" if name == DEFAULT else name, "rerank": name == DEFAULT, **retrieval}
    try:
        settings = RetrievalSettings(**wanted)
    except (TypeError, ValueError) as error:
        raise UsageError(f"The retrieval cannot be set so: {error}.") from error
    timings = {} if seconds is None else {"index_seconds": seconds}
    label = f"{name}*" if retrieval else name
    with Library.open(library, settings=settings) as opened:
        yield LibrarySystem(
            name=label, library=opened, settings={"retrieval": repr(settings)}, timings=timings
        )
