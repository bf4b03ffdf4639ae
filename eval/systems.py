"""What is evaluated: anything that answers questions and can show its papers.

The protocol is small so that the library, its baselines and the tests' fakes meet it alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kb.records import Answer, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file as the system read it: spans count characters of ``text``; ``pages`` is empty for text files."""

    name: str
    sha256: str
    text: str
    pages: tuple[Page, ...] = ()


class System(Protocol):
    """A system under evaluation."""

    @property
    def name(self) -> str:
        """Its name in tables, such as ``convex``."""
        ...

    @property
    def settings(self) -> Mapping[str, Any]:
        """Everything that changes its answers, ready for JSON; a run with other settings is another run."""
        ...

    @property
    def timings(self) -> Mapping[str, float]:
        """Seconds spent before the first question, by name (``index_seconds``)."""
        ...

    def ask(self, question: str) -> Answer:
        """Answer one question; at least ten hits if there are that many passages."""
        ...

    def papers(self) -> tuple[Paper, ...]:
        """The papers it answers from."""
        ...


def corpus_hash(papers: Iterable[Paper]) -> str:
    """Hash the names and contents of the papers, whatever their order."""
    lines = sorted(f"{paper.sha256}  {paper.name}\n" for paper in papers)
    return f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"
