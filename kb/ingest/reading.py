"""One file to the rows that are kept of it: read, structured, split. Runs in a worker process; see `kb.ingest.readers`.

Refuses with a `SourceError` whatever a reader refuses; anything else it raises is a fault of this program, and whoever
asked hears of it as such.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any, Final

from kb.errors import SourceError, SourceFault
from kb.ingest.endings import answer
from kb.ingest.settings import without_ocr
from kb.passages import PassageSettings, split
from kb.records import Source
from kb.register.reading import read_register
from kb.sources import LACKS_OCR, OcrSettings, read_source
from kb.sources.files import require_file
from kb.store.rows import DocumentRow, make_document_row
from kb.structure import parse
from kb.structure.doubts import find_doubts

NO_PASSAGES: Final = "Nothing in it can be found: it has no passages."
OCR_SHARE: Final = 0.75
"""Of the time for a file; the pages not recognised by then are left unread, so that the others are not lost."""
_MEBIBYTE: Final = 2**20


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """A file to be read.

    Attributes:
        path: The file.
        sha256: Of the bytes it must have.
        suffix: Its suffix in lower case.
        name: Of the document, as cited.
        origin: Where the file came from.
        recipe: What the passages depend on besides the bytes.
        passages: How to cut them.
        added_at: When, in UTC.
        max_pages: A longer file is refused.
        max_bytes: A larger file is refused.
        ocr: Whether pages that are pictures are recognised.
        seconds: How long reading it may take.
    """

    path: Path
    sha256: str
    suffix: str
    name: str
    origin: str
    recipe: str
    passages: PassageSettings
    added_at: dt.datetime
    max_pages: int
    max_bytes: int
    ocr: bool
    seconds: float


def read_document(job: ReadJob) -> DocumentRow:
    """Read a file and everything in it.

    Raises:
        SourceError: If it cannot be read as a paper.
    """
    source = read_within(
        job.path, max_pages=job.max_pages, max_bytes=job.max_bytes, ocr=job.ocr, seconds=job.seconds
    )
    source = dataclasses.replace(_require_bytes(source, sha256=job.sha256), name=job.name)
    outline = parse(source)
    passages = split(source, outline, job.passages)
    if not passages:
        source = dataclasses.replace(source, issues=(*source.issues, NO_PASSAGES))
    return make_document_row(
        source,
        outline,
        passages,
        doubts=find_doubts(source, outline),
        register=read_register(source, outline),
        suffix=job.suffix,
        origin=job.origin,
        recipe=without_ocr(job.recipe) if any(LACKS_OCR in issue for issue in source.issues) else job.recipe,
        added_at=job.added_at,
    )


def read_within(path: Path, *, max_pages: int, max_bytes: int, ocr: bool, seconds: float) -> Source:
    """Read a file, but not one that is too large; recognise its pictures for a share of the time there is.

    Raises:
        SourceError: If it cannot be read as a paper.
    """
    _require_size(path, max_bytes)
    return read_source(path, max_pages=max_pages, ocr=OcrSettings(wanted=ocr, seconds=OCR_SHARE * seconds))


def serve(**values: Any) -> dict[str, Any]:
    """Answer a job given as JSON values with a row, or a refusal, in JSON values."""
    return answer(lambda: dataclasses.asdict(read_document(decode_job(values))))


def encode_job(job: ReadJob) -> dict[str, Any]:
    """Return a job as JSON values."""
    values = dataclasses.asdict(job)
    return {**values, "path": str(job.path), "added_at": job.added_at.isoformat()}


def decode_job(values: dict[str, Any]) -> ReadJob:
    """Return the job of some JSON values."""
    return ReadJob(
        **{
            **values,
            "path": Path(values["path"]),
            "passages": PassageSettings(**values["passages"]),
            "added_at": dt.datetime.fromisoformat(values["added_at"]),
        }
    )


def _require_size(path: Path, most: int) -> None:
    require_file(path)
    size = path.stat().st_size
    if size > most:
        raise SourceError(
            f"{path.name} has {size / _MEBIBYTE:,.0f} MB; at most {most / _MEBIBYTE:,.0f} MB are read.",
            next_step="Split it into parts, or save its pictures smaller.",
            fault=SourceFault.TOO_LARGE,
        )


def _require_bytes(source: Source, *, sha256: str) -> Source:
    if source.sha256 != sha256:
        raise SourceError(
            f"{source.name} changed while it was being read.",
            next_step="Add it again.",
            fault=SourceFault.CHANGED,
        )
    return source
