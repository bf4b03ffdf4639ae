"""One run of ingestion, step by step: find the files, recognise what is known, read what is not, build, tidy up.

Reading is done for several files at once; everything that depends on order (names, places, what replaces what) is
decided before or after it, file by file, so that a run comes out the same whatever is read first.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from index import Encoder
from kb.errors import LibraryError, SourceError, SourceFault, UsageError
from kb.ingest.building import Tell, build_generation
from kb.ingest.counting import ReadingCount
from kb.ingest.files import FoundFile, find_files
from kb.ingest.placing import give_ids
from kb.ingest.plan import Shelf, group_by_bytes
from kb.ingest.previous import Previous
from kb.ingest.readers import Readers
from kb.ingest.reading import ReadJob
from kb.ingest.refusing import keep_refused
from kb.ingest.report import FileResult, FileStatus, IngestReport, duplicate, failed
from kb.ingest.settings import IngestSettings, current_versions, encode_settings, recipe, without_ocr
from kb.sources.files import read_bytes
from kb.sources.ocr import is_installed
from kb.store import DocumentEntry, LibraryFolder
from kb.store.rows import DocumentRow


class IngestRun:
    """A run over a library that the caller has locked.

    Args:
        paths: Files and folders to take in.
        folder: The library.
        previous: What it holds.
        encoder: The model for its vectors.
        settings: How to cut and index.
        readers: What reads the files.
        tell: Told of the progress.
        replacing: The names of the documents that some of the files take the place of.
        removing: The names of documents to drop.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        folder: LibraryFolder,
        previous: Previous,
        encoder: Encoder,
        settings: IngestSettings,
        readers: Readers,
        tell: Tell,
        replacing: Mapping[Path, str],
        removing: Collection[str],
    ) -> None:
        self._started = time.perf_counter()
        self._now = dt.datetime.now(dt.UTC)
        self._folder = folder
        self._previous = previous
        self._encoder = encoder
        self._settings = settings
        self._readers = readers
        self._tell = tell
        found = find_files(paths, library=folder.path)
        self._order = [each.path for each in found]
        self._results = {each.path: each for each in found if isinstance(each, FileResult)}
        files = [each for each in found if isinstance(each, FoundFile)]
        self._groups = group_by_bytes(files)
        # A document of which only the bytes were saved gets its name from a file that has them.
        entries = [entry for entry in previous.entries if entry.origin or entry.sha256 not in self._groups]
        self._shelf = Shelf(entries, files, library=folder.path, replacing=replacing)
        self._dropped = [self._shelf.named(name) for name in dict.fromkeys(removing)]
        if self._dropped and len(self._dropped) == len(entries) and not files:
            raise UsageError(
                "These are the last papers of the library; without any it would not be one.",
                next_step="Add others first, or delete the library's folder.",
            )
        self._rows: dict[str, DocumentRow] = {}
        self._read: dict[Path, DocumentRow | SourceError] = {}
        self._count = ReadingCount(len(files), tell)
        self._before: dict[str, DocumentRow] = {}

    def run(self) -> IngestReport:
        """Do it all."""
        for entry in self._dropped:
            self._shelf.remove(entry)
            self._results[Path(entry.name)] = FileResult(
                path=Path(entry.name), status=FileStatus.REMOVED, document=entry.name
            )
        known = [group for sha256, group in self._groups.items() if sha256 in self._shelf.entries]
        unknown = [group for sha256, group in self._groups.items() if sha256 not in self._shelf.entries]
        for group in known:  # first, since they may free a name or a place for others
            self._recognise(group)
        self._read_ahead([group[0] for group in unknown])
        for group in unknown:
            self._take_in(group)
        stale = self._stale()
        if stale or self._must_build():
            self._complete_rows(stale)
        self._count.say()
        embedded = self._build() if self._must_build() else 0
        self._clean()
        if self._shelf.entries:
            keep_refused(self._folder, self._results, origin=self._shelf.origin_of)
        others = [path for path in self._results if path not in set(self._order)]
        return IngestReport(
            results=tuple(self._results[path] for path in (*self._order, *others)),
            passages=sum(entry.passages for entry in self._shelf.entries.values()),
            embedded=embedded,
            seconds=time.perf_counter() - self._started,
        )

    def _recognise(self, group: Sequence[FoundFile]) -> None:
        """Report on files with the bytes of one document of the library."""
        keeper = self._shelf.keeper(group)
        entry = self._shelf.entries[group[0].sha256]
        if keeper is not None:
            self._keep_original(keeper, suffix=entry.suffix)
        for file in group:
            self._count.pass_by(file.path.name)
            self._results[file.path] = duplicate(file.path, entry.name)
            if file is keeper:
                self._results[file.path] = FileResult(
                    path=file.path, status=FileStatus.UNCHANGED, document=entry.name, passages=entry.passages
                )

    def _take_in(self, group: Sequence[FoundFile]) -> None:
        """Read files with the same new bytes until one is a paper; the rest are copies of it."""
        name: str | None = None
        for file in group:
            if name is not None:
                self._count.pass_by(file.path.name)
                self._results[file.path] = duplicate(file.path, name)
                continue
            try:
                self._results[file.path] = self._take_in_one(file)
            except SourceError as error:
                self._results[file.path] = failed(file.path, error)
                continue
            name = self._results[file.path].document

    def _take_in_one(self, file: FoundFile) -> FileResult:
        name, replaced = self._shelf.place(file)
        row = self._row(file, name)
        self._keep_original(file, suffix=file.suffix)
        self._rows[file.sha256] = row
        self._shelf.put(row.entry, instead_of=replaced)
        return FileResult(
            path=file.path,
            status=FileStatus.ADDED if replaced is None else FileStatus.UPDATED,
            document=name,
            passages=row.entry.passages,
            issues=row.decode_issues(),
            doubts=row.count_doubts(),
        )

    def _read_ahead(self, files: Sequence[FoundFile]) -> None:
        """Read new files, each under the name that it gets if all of them can be read."""
        trial = self._shelf.copy()
        jobs = []
        for file in files:
            name, replaced = trial.place(file)
            job = self._job(file, name)
            trial.put(_provisional(job), instead_of=replaced)
            jobs.append(job)
        rows = self._count.read(self._readers, jobs)
        self._read.update(zip((file.path for file in files), rows, strict=True))

    def _row(self, file: FoundFile, name: str) -> DocumentRow:
        """Return the rows of a new file; it is read here if it was not, or under another name, since another failed."""
        row = self._read.get(file.path)
        if row is None or (isinstance(row, DocumentRow) and row.entry.name != name):
            self._count.expect(0 if row is None else 1)
            [row] = self._count.read(self._readers, [self._job(file, name)])
        if isinstance(row, SourceError):
            raise row
        return row

    def _job(self, file: FoundFile, name: str) -> ReadJob:
        return ReadJob(
            path=file.path,
            sha256=file.sha256,
            suffix=file.suffix,
            name=name,
            origin=self._shelf.origin(file),
            recipe=recipe(self._settings.passages),
            passages=self._settings.passages,
            added_at=self._now,
            max_pages=self._readers.settings.max_pages,
            max_bytes=self._readers.settings.max_bytes,
            ocr=self._readers.settings.ocr,
            seconds=self._readers.settings.seconds,
        )

    def _stale(self) -> list[DocumentEntry]:
        """Return the documents made with other versions or settings, or without the OCR that is there now."""
        current = {recipe(self._settings.passages)}
        if not (self._readers.settings.ocr and is_installed()):
            current |= {without_ocr(each) for each in current}
        return [entry for entry in self._shelf.entries.values() if entry.recipe not in current]

    def _must_build(self) -> bool:
        """Say whether the library has to become another than it is."""
        before = self._previous.manifest
        return bool(self._shelf.entries) and (
            before is None
            or not self._previous.is_whole
            or self._shelf.has_changed
            or before.settings != encode_settings(self._settings)
            or before.versions != current_versions()
            or before.encoder.fingerprint != self._encoder.fingerprint
        )

    def _complete_rows(self, stale: Sequence[DocumentEntry]) -> None:
        """Add the documents that were there before: as they were, or read again if they are stale or damaged."""
        kept = self._before = self._previous.rows()
        before = [entry for entry in self._shelf.entries.values() if entry.sha256 not in self._rows]
        again = [entry for entry in before if entry in stale or entry.sha256 not in kept]
        self._count.expect(len(again))
        for entry in before:
            if entry.sha256 in kept:
                self._rows[entry.sha256] = replace(kept[entry.sha256], entry=entry)
        jobs = [self._job_again(entry, kept.get(entry.sha256)) for entry in again]
        for entry, job, row in zip(again, jobs, self._count.read(self._readers, jobs), strict=True):
            self._replace(entry, job.path, row, is_kept=entry.sha256 in kept)

    def _job_again(self, entry: DocumentEntry, kept: DocumentRow | None) -> ReadJob:
        """Make the job of reading a document of the library anew."""
        path = self._folder.original(entry.sha256, entry.suffix)
        file = self._shelf.file_of(entry) or FoundFile(path=path, relative=path.name, sha256=entry.sha256)
        return replace(
            self._job(file, entry.name),
            suffix=entry.suffix,
            origin=entry.origin,
            added_at=self._now if kept is None else dt.datetime.fromisoformat(kept.added_at),
        )

    def _replace(
        self, entry: DocumentEntry, path: Path, row: DocumentRow | SourceError, *, is_kept: bool
    ) -> None:
        """Take a document that was read anew; if that failed it stays as it was, where that is known."""
        if isinstance(row, SourceError):
            self._results[path] = replace(failed(path, row), document=entry.name)
            if not is_kept:
                self._shelf.remove(entry)
            return
        self._rows[entry.sha256] = row
        self._shelf.put(row.entry)
        if path in self._results:
            self._results[path] = replace(self._results[path], passages=row.entry.passages)

    def _build(self) -> int:
        entries = sorted(self._shelf.entries.values(), key=lambda entry: entry.name)
        rows, places = give_ids(
            [self._rows[entry.sha256] for entry in entries],
            before=self._before,
            ledger=self._previous.ledger(),
            now=self._now.isoformat(timespec="microseconds"),
        )
        return build_generation(
            self._folder,
            rows,
            places=places.values(),
            encoder=self._encoder,
            known=self._previous.embeddings(),
            settings=self._settings,
            tell=self._tell,
        )

    def _clean(self) -> None:
        """Remove what neither the library nor a later run needs."""
        entries = self._shelf.entries.values()
        if entries:
            originals = {self._folder.original(entry.sha256, entry.suffix).name for entry in entries}
            self._folder.clean(keep=self._folder.current(), originals=originals)

    def _keep_original(self, file: FoundFile, *, suffix: str) -> None:
        """Copy a file into the library, unless it is there."""
        if self._folder.original(file.sha256, suffix).exists():
            return
        data, sha256 = read_bytes(file.path)
        if sha256 != file.sha256:
            raise SourceError(
                f"{file.path.name} changed while it was being read.",
                next_step="Add it again.",
                fault=SourceFault.CHANGED,
            )
        try:
            self._folder.store_original(data, sha256=sha256, suffix=suffix)
        except OSError as error:
            raise LibraryError(
                f"The library at {self._folder.path} cannot be written ({error.strerror or error}).",
                next_step="See that the disk has room and may be written, then try again.",
            ) from error


def _provisional(job: ReadJob) -> DocumentEntry:
    """Hold the place of a file that is yet to be read."""
    return DocumentEntry(
        name=job.name, sha256=job.sha256, suffix=job.suffix, origin=job.origin, recipe=job.recipe, passages=0
    )
