"""One library of all sample papers, built through the command line, for the whole session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import PAPERS, read_json

PAPER_NAMES = sorted(path.name for path in PAPERS.iterdir())


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, checked to hold every sample paper."""
    library = tmp_path_factory.mktemp("library")
    report = read_json("ingest", PAPERS, library=library)
    assert sorted(Path(result["path"]).name for result in report["results"]) == PAPER_NAMES
    assert {result["status"] for result in report["results"]} == {"added"}
    assert report["passages"] >= report["embedded"] > 0
    return library
