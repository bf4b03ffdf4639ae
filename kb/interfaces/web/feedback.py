"""What readers say of places, kept as lines for `kb eval import-feedback`.

One line for each word of a reader, added to ``feedback.jsonl`` in the library folder; the format is that of
`eval.feedback`. Questions are kept only here, where a reader sends them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import TYPE_CHECKING, Final

from kb.errors import UsageError
from kb.interfaces.answer_json import citation_to_json
from kb.interfaces.web.address import Address
from kb.interfaces.web.opening import OpenLibrary
from kb.records import Passage

if TYPE_CHECKING:
    from kb.library import Library

FILE: Final = "feedback.jsonl"
VERDICTS: Final = ("up", "down", "right_place")
_VERSION: Final = 1
_BY_LINES: Final = (".txt", ".md")


def judge(opened: OpenLibrary, search: str, place_id: str, verdict: str) -> None:
    """Keep what a reader says of a place as an answer to the question of an address.

    Raises:
        UsageError: If there is no question, no such place or no such verdict.
        LibraryError: If there is no library.
    """
    question = Address.parse(search).question
    if not question:
        raise UsageError("There is no question to judge by.", next_step="Ask one first.")
    if verdict not in VERDICTS:
        raise UsageError(f"{verdict!r} is no verdict.", next_step=f"Choose from: {', '.join(VERDICTS)}.")
    library = opened.current()
    passage = library.passage(place_id)
    line = {
        "version": _VERSION,
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "question": question,
        "verdict": verdict,
        "passage": passage.id,
        "citation": citation_to_json(passage.citation),
        "lines": _lines(library, passage),
        "library": library.content_hash,
    }
    # One write to a file opened for appending: lines of several readers do not mix.
    data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
    file = os.open(opened.folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def _lines(library: Library, passage: Passage) -> list[int] | None:
    """First and last physical line in a text file; ``None`` for files of other kinds."""
    if not passage.citation.document.casefold().endswith(_BY_LINES):
        return None
    text = library.source_text(passage.citation.document)
    first, last = passage.spans[0].start, passage.spans[-1].end
    return [text.count("\n", 0, first) + 1, text.count("\n", 0, last) + 1]
