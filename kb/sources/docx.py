"""Word files (.docx).

The text of the `Source` is what the file shows, list numbers included as they are printed: one line a paragraph, a
blank one between two, a table row with its cells divided by tabs. Pages are those that the word processor noted when it
last laid the file out, else those of its page breaks; a file with neither has no pages. Headers
and footers are left out; the first page's header is noted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kb.errors import SourceError, SourceFault
from kb.records import Source
from kb.sources.docx_body import Body
from kb.sources.docx_parts import DocxParts
from kb.sources.files import read_bytes
from kb.sources.flow import assemble_flow, flatten

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LONGEST_NOTE: Final = 120


def read_docx(path: Path) -> Source:
    """Read a Word file.

    Raises:
        SourceError: If it is missing, no Word file, damaged, locked by a password, too large, or has no text.
    """
    data, sha256 = read_bytes(path)
    body = Body(DocxParts(data, name=path.name))
    try:
        blocks = flatten(body.read())
    except RecursionError as error:
        raise SourceError(
            f"{path.name} is a damaged Word file (its parts are nested too deeply).",
            next_step="Open it in a word processor, save it anew, and add that.",
            fault=SourceFault.DAMAGED,
        ) from error
    if not blocks:
        raise SourceError(
            f"{path.name} has no text{'; it seems to hold pictures only' if body.has_pictures else ''}.",
            next_step="Save it as PDF and add that, so that the pictures can be recognised."
            if body.has_pictures
            else "Check that the right file was saved.",
            fault=SourceFault.IMAGE_ONLY if body.has_pictures else SourceFault.EMPTY,
        )
    header = (f"header left out: {_shorten(body.header)}",) if body.header else ()
    flow = assemble_flow(blocks, has_pages=body.has_pages)
    return Source(
        name=path.name,
        sha256=sha256,
        media_type=MEDIA_TYPE,
        text=flow.text,
        lines=flow.lines,
        pages=flow.pages,
        issues=(*header, *flow.issues),
        struck=flow.struck,
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_NOTE else f"{text[:_LONGEST_NOTE]}…"
