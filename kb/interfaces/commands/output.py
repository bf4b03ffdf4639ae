"""Where a command's words go: data to stdout, errors to stderr, in characters the terminal can show."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final, TextIO

from kb.errors import KbError
from kb.interfaces.answer_json import error_to_json

_MAX_WIDTH: Final = 100
_MIN_WIDTH: Final = 40
_FORMULA: Final = frozenset("=+-@\t\r")
"""What begins a formula in a spreadsheet."""


def print_text(text: str) -> None:
    """Print text for people."""
    print(showable(text, sys.stdout))  # noqa: T201 - printing is this module's purpose


def print_json(data: Mapping[str, Any]) -> None:
    """Print one JSON object, indented for a terminal and on one line for a pipe."""
    indent = 2 if sys.stdout.isatty() else None
    print(showable(json.dumps(data, ensure_ascii=False, indent=indent), sys.stdout, json_escapes=True))  # noqa: T201


def print_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print a table for spreadsheets, with the fields of the first row as its head.

    Cells of several values are joined by semicolons. A text that a spreadsheet would take for a formula begins with an
    apostrophe, so that a paper's words are never run.
    """
    if not rows:
        return
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    print_text(table.getvalue().rstrip("\n"))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return (
        f"'{text}"
        if isinstance(value, (str, list, tuple)) and text.lstrip()[:1] in _FORMULA and text
        else text
    )


def print_note(text: str) -> None:
    """Say something that is not data, on stderr."""
    print(showable(text, sys.stderr), file=sys.stderr, flush=True)  # noqa: T201


def print_error(error: KbError, *, as_json: bool) -> None:
    """Say what went wrong and what to do; with ``--json`` on stdout too, as an object with an ``error``."""
    if as_json:
        print_json(error_to_json(error))
        sys.stdout.flush()
    print_note(f"kb: {error}")


def width() -> int:
    """The width to wrap at, in characters."""
    return max(_MIN_WIDTH, min(_MAX_WIDTH, shutil.get_terminal_size((_MAX_WIDTH, 24)).columns))


def has_style() -> bool:
    """Whether stdout takes bold type; `NO_COLOR` (https://no-color.org) turns it off."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def showable(text: str, stream: TextIO, *, json_escapes: bool = False) -> str:
    r"""Replace what the stream's encoding lacks: typographic characters by ASCII ones, the rest by ``?``.

    In JSON they become ``\uXXXX`` instead, which says the same.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        if json_escapes:
            return json.dumps(json.loads(text))
        from kb.interfaces.rendering.words import to_ascii  # noqa: PLC0415

        return to_ascii(text).encode(encoding, errors="replace").decode(encoding)
    return text
