"""A library and papers to put into it, without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.ingest import IngestReport, Progress, ingest
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

    def __init__(self, folder: Path) -> None:
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
        return ingest(paths or (self.papers,), self.library, encoder=self.encoder, progress=self.told.append)

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


@pytest.fixture
def shed(tmp_path: Path) -> Shed:
    """An empty one."""
    return Shed(tmp_path)
