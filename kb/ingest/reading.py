"""One file to the rows that are kept of it: read, structured, split.

Refuses with a `SourceError` whatever a reader refuses, and whatever goes wrong unexpectedly: that is logged with its
traceback, and one file's misfortune stays its own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from pathlib import Path
from typing import Final

from kb.errors import SourceError
from kb.ingest.settings import recipe
from kb.passages import PassageSettings, split
from kb.records import Source
from kb.sources import read_source
from kb.store.rows import DocumentRow, make_document_row
from kb.structure import parse

logger = logging.getLogger(__name__)

NO_PASSAGES: Final = "Nothing in it can be found: it has no passages."


def read_document(
    path: Path,
    *,
    sha256: str,
    suffix: str,
    name: str,
    origin: str,
    settings: PassageSettings,
    added_at: dt.datetime,
) -> DocumentRow:
    """Read a file and everything in it.

    Args:
        path: The file.
        sha256: Of the bytes it must have.
        suffix: Its suffix in lower case.
        name: Of the document, as cited.
        origin: Where the file came from.
        settings: How to cut passages.
        added_at: When, in UTC.

    Raises:
        SourceError: If it cannot be read as a paper.
    """
    try:
        source = _require_bytes(read_source(path), sha256=sha256)
        source = dataclasses.replace(source, name=name)
        outline = parse(source)
        passages = split(source, outline, settings)
        if not passages:
            source = dataclasses.replace(source, issues=(*source.issues, NO_PASSAGES))
        return make_document_row(
            source,
            outline,
            passages,
            suffix=suffix,
            origin=origin,
            recipe=recipe(settings),
            added_at=added_at,
        )
    except SourceError:
        raise
    except Exception as error:
        logger.exception("reading failed unexpectedly: %s", path)
        raise SourceError(
            f"{path.name} could not be read because of a fault in this program ({type(error).__name__}: {error}).",
            next_step="Report it together with the file; the other files are not affected.",
        ) from error


def _require_bytes(source: Source, *, sha256: str) -> Source:
    if source.sha256 != sha256:
        raise SourceError(f"{source.name} changed while it was being read.", next_step="Add it again.")
    return source
