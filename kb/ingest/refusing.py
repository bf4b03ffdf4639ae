"""Which files could not be read, as the library remembers it from run to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kb.errors import SourceFault
from kb.ingest.files import display_name
from kb.ingest.report import FileResult
from kb.store import LibraryFolder, RefusedFile


def keep_refused(
    folder: LibraryFolder, results: Mapping[Path, FileResult], *, origin: Callable[[Path], str]
) -> None:
    """Add the files that a run could not read; forget those that it read, and those that are gone.

    Args:
        folder: The library.
        results: How each file of the run ended.
        origin: Where a path stands, as the library remembers places.
    """
    refused = {file.origin: file for file in folder.refused() if (folder.path / file.origin).is_file()}
    for path, result in results.items():
        place = origin(path)
        refused.pop(place, None)
        # A document that could not be read again is in the library as it was, and what is not there was not refused.
        if result.fault not in {None, SourceFault.MISSING} and result.document is None:
            refused[place] = RefusedFile(
                origin=place,
                name=display_name(path.name),
                fault=result.fault or SourceFault.NOT_READABLE,
                reason=result.reason or "",
                next_step=result.next_step or "",
            )
    folder.keep_refused(refused.values())
