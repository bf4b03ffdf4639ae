"""Papers into and out of the library from the page: progress as it goes, and how each file ended. No Gradio here."""

from __future__ import annotations

import queue
import shutil
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import KbError, LibraryMissingError, UsageError
from kb.interfaces.rendering.html import papers, states
from kb.interfaces.rendering.html.markup import Html
from kb.interfaces.web.faults import told
from kb.interfaces.web.opening import OpenLibrary

if TYPE_CHECKING:
    from kb.ingest import IngestReport, Progress

MAX_FILES: Final = 50


def take_in(opened: OpenLibrary, uploaded: Sequence[Path]) -> Iterator[Html]:
    """Take files in; a file with the name of a paper takes its place.

    Args:
        opened: The library, which is made if there is none.
        uploaded: Files under the names that the papers shall have.
    """
    if not 0 < len(uploaded) <= MAX_FILES:
        number = "no file was" if not uploaded else f"{len(uploaded)} files were"
        problem = UsageError(
            f"Nothing was added: {number} chosen.", next_step=f"Choose 1 to {MAX_FILES} files."
        )
        yield states.error(problem)
        return
    yield from told(_taking_in(opened, uploaded), opened, lambda state: state)


def remove(opened: OpenLibrary, document: str) -> Iterator[Html]:
    """Take a paper out."""
    yield states.status(f"Removing {document}…")
    yield from told(_changing(opened, f"{document} was removed.", [document]), opened, lambda s: s)


def rebuild(opened: OpenLibrary) -> Iterator[Html]:
    """Read again what was read by an earlier version, and mend what is damaged."""
    yield states.status("Going through the library…")
    yield from told(_changing(opened, "The library is up to date."), opened, lambda s: s)


def _taking_in(opened: OpenLibrary, uploaded: Sequence[Path]) -> Iterator[Html]:
    # Not in the library, which need not be there yet: copies with the papers' names, each in a folder of its own.
    with tempfile.TemporaryDirectory(prefix="kb-upload-") as folder:
        staged = [_stage(path, Path(folder, str(number))) for number, path in enumerate(uploaded)]
        known = _names(opened)
        words = dict.fromkeys(staged, "waiting")
        run = _Run(opened, staged, replacing={path: path.name for path in staged if path.name in known})
        yield _progress(words, "Reading the files…")
        for event in run.events():
            for path in staged:
                if event.stage != "reading" or path.name == event.name:
                    words[path] = "read"
            yield _progress(words, _said(event))
        results = {result.path: result for result in run.report().results}
        ended = [papers.Step(path.name, "", results[path]) for path in staged]
        failed = sum(step.result is not None and step.result.status.value == "failed" for step in ended)
        count = f"{len(ended)} file{'' if len(ended) == 1 else 's'}"
        yield papers.progress(
            ended, f"Done: {count}, {failed} could not be read." if failed else f"Done: {count}."
        )


def _changing(opened: OpenLibrary, done: str, removing: Sequence[str] = ()) -> Iterator[Html]:
    run = _Run(opened, [], removing=removing)
    for event in run.events():
        yield states.status(_said(event))
    run.report()
    yield states.status(done)


class _Run:
    """A run of ingestion in a thread of its own, so that its progress can be told while it goes on."""

    def __init__(self, opened: OpenLibrary, paths: Sequence[Path], **changes: Any) -> None:
        self._opened = opened
        self._told: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        self._report: IngestReport | None = None
        self._fault: Exception | None = None
        self._thread = threading.Thread(target=self._do, args=(paths, changes), name="ingest")
        self._thread.start()

    def events(self) -> Iterator[Progress]:
        """Every step, as it happens."""
        while (event := self._told.get()) is not None:
            yield event

    def report(self) -> IngestReport:
        """How it ended; raises what it raised."""
        self._thread.join()
        if self._report is None:
            raise self._fault or KbError("The papers were not taken in.")
        return self._report

    def _do(self, paths: Sequence[Path], changes: Mapping[str, Any]) -> None:
        from kb.ingest import ingest  # noqa: PLC0415 - brings the search engine

        try:
            self._report = ingest(
                paths, self._opened.folder, encoder=_encoder(self._opened), progress=self._told.put, **changes
            )
        except Exception as error:  # noqa: BLE001 - it is raised again where the run is waited for
            self._fault = error
        finally:
            self._told.put(None)


def _progress(words: Mapping[Path, str], said: str) -> Html:
    return papers.progress([papers.Step(path.name, word) for path, word in words.items()], said)


def _said(event: Progress) -> str:
    if event.stage == "reading":
        return f"Reading: {event.done} of {event.total} files."
    if event.stage == "embedding":
        return f"Making the words searchable: {event.done} of {event.total} passages."
    return f"Writing the library: step {event.done} of {event.total}."


def _stage(path: Path, folder: Path) -> Path:
    """Copy a file to where it is read from."""
    folder.mkdir()
    target = folder / path.name
    shutil.copyfile(path, target)
    return target


def _names(opened: OpenLibrary) -> set[str]:
    try:
        return {summary.document for summary in opened.current().documents()}
    except LibraryMissingError:
        return set()


def _encoder(opened: OpenLibrary) -> Any:
    """The model that is loaded already, if there is a library."""
    try:
        return opened.current().encoder
    except LibraryMissingError:
        return None
