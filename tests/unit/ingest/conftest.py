"""A library and papers to put into it, without a model."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.ingest import IngestReport, Progress, Readers, ReadingSettings, ingest
from tests.fakes import HashingEncoder

PAPER = """FENWOLD POLICE AND CRIME PANEL

MINUTES of the meeting held on 19 July 2023

1. APOLOGIES

Apologies were received from Councillor Hale.

2. {topic}

The Commissioner reported on {topic}. He said that the number was {number}.

RESOLVED to note the report.
"""


class CountingEncoder(HashingEncoder):
    """Remembers how many texts it was given."""

    def __init__(self, dimension: int = 32) -> None:
        super().__init__(dimension)
        self.encoded: list[str] = []

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """As its parent."""
        self.encoded += texts
        return super().encode(texts, progress=progress)


class Shed:
    """A folder of papers and a library beside it."""

    def __init__(self, folder: Path, readers: Readers | None = None) -> None:
        self.readers = readers
        self.papers = folder / "papers"
        self.library = folder / "library"
        self.encoder = CountingEncoder()
        self.told: list[Progress] = []
        self.papers.mkdir()

    def write(self, name: str, topic: str = "ROAD SAFETY", number: int = 7) -> Path:
        """Write a paper; equal arguments give equal bytes."""
        path = self.papers / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAPER.format(topic=topic, number=number))
        return path

    def ingest(self, *paths: Path) -> IngestReport:
        """Ingest some paths, or all papers."""
        self.told.clear()
        self.encoder.encoded.clear()
        return ingest(
            paths or (self.papers,),
            self.library,
            encoder=self.encoder,
            readers=self.readers,
            progress=self.told.append,
        )

    def statuses(self, *paths: Path) -> dict[str, str]:
        """Ingest, and return how each file ended by its path within the papers."""
        return {
            result.path.relative_to(self.papers).as_posix(): result.status.value
            + (f" of {result.duplicate_of}" if result.duplicate_of else "")
            + (f" as {result.document}" if result.document not in {None, result.path.name} else "")
            for result in self.ingest(*paths).results
        }

    def generations(self) -> list[Path]:
        """The generations on disk."""
        return sorted((self.library / "generations").iterdir())


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    """Kept over all tests: starting one takes longer than reading a small paper."""
    with Readers() as kept:
        yield kept


@pytest.fixture
def shed(tmp_path: Path, readers: Readers) -> Shed:
    """An empty one."""
    return Shed(tmp_path, readers)


@pytest.fixture
def misread(shed: Shed) -> Iterator[Callable[..., None]]:
    """Let a function of `tests.unit.ingest.misreading` read the papers of the shed, with settings."""
    with contextlib.ExitStack() as stack:

        def use(function: str, **settings: Any) -> None:
            task = f"tests.unit.ingest.misreading:{function}"
            shed.readers = stack.enter_context(Readers(ReadingSettings(**settings), task=task))

        yield use
