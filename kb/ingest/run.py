"""One run of ingestion, step by step: find, recognise, read, build, report."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index import Encoder
from kb.errors import LibraryError, SourceError
from kb.ingest.building import Tell, build_generation
from kb.ingest.files import FoundFile, find_files
from kb.ingest.plan import Shelf, group_by_bytes
from kb.ingest.previous import Previous
from kb.ingest.reading import read_bytes, read_document
from kb.ingest.report import FileResult, FileStatus, IngestReport, Progress
from kb.ingest.settings import IngestSettings, current_versions, encode_settings, recipe
from kb.store import DocumentEntry, LibraryFolder
from kb.store.rows import DocumentRow, with_unique_ids

logger = logging.getLogger(__name__)


class IngestRun:
    """A run over one library that the caller has locked.

    Args:
        folder: The library.
        previous: What it held before.
        encoder: The model for its vectors.
        settings: How to cut and index.
        tell: Told of the progress.
    """

    def __init__(
        self, folder: LibraryFolder, previous: Previous, *, encoder: Encoder, settings: IngestSettings, tell: Tell
    ) -> None:
        self._folder = folder
        self._previous = previous
        self._encoder = encoder
        self._settings = settings
        self._tell = tell
        self._now = dt.datetime.now(dt.UTC)
        self._results: dict[Path, FileResult] = {}
        self._fresh: dict[str, DocumentRow] = {}
        self._done = 0
        self._total = 0
        self._shelf = Shelf((), (), library=folder.path)

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Take in files and folders; see `kb.ingest.ingest`."""
        started = time.perf_counter()
        found = find_files(paths, library=self._folder.path)
        files = [each for each in found if isinstance(each, FoundFile)]
        groups = group_by_bytes(files)
        # A document of which only the bytes were saved gets its name from a file that has them.
        entries = [entry for entry in self._previous.entries if entry.origin or entry.sha256 not in groups]
        self._shelf = Shelf(entries, files, library=self._folder.path)
        self._results = {each.path: each for each in found if isinstance(each, FileResult)}
        self._total = len(files)
        known = [group for sha256, group in groups.items() if sha256 in self._shelf.entries]
        unknown = [group for sha256, group in groups.items() if sha256 not in self._shelf.entries]
        for group in known:
            self._recognise(group)
        for group in unknown:
            self._take_in(group)
        rows = self._collect_rows()
        embedded = 0
        if rows is not None:
            embedded = self._build(rows)
        wanted = {self._folder.original(entry.sha256, entry.suffix).name for entry in self._shelf.entries.values()}
        if self._shelf.entries:
            self._folder.clean(keep=self._folder.current(), originals=wanted)
        order = [each.path for each in found]
        extra = [path for path in self._results if path not in set(order)]
        return IngestReport(
            results=tuple(self._results[path] for path in (*order, *extra)),
            passages=sum(entry.passages for entry in self._shelf.entries.values()),
            embedded=embedded,
            seconds=time.perf_counter() - started,
        )
