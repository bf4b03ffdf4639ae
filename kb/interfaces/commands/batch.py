"""``kb ask --batch``: many questions from a file, each answered or failed on its own line.

Takes JSON lines ``{"id", "question"}``, gives JSON lines in the same order: an answer, or an error.
Every line is written as soon as it is known, so an interruption loses nothing that was done. Blank lines are skipped.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from kb.errors import KbError, SourceError
from kb.interfaces.answer_json import answer_to_json, error_to_json
from kb.records import Filters

if TYPE_CHECKING:
    from kb.generation import ModelSettings
    from kb.library import Library

_STANDARD_STREAM: Final = Path("-")
_FORM: Final = 'Write each line as {"id": "q1", "question": "..."}.'


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One line of a batch file: a question, or what is wrong with the line. ``number`` counts from 1."""

    number: int
    id: str | None
    question: str
    error: KbError | None = None


def read_questions(path: Path) -> tuple[BatchLine, ...]:
    """Read a batch file; a malformed line becomes a `BatchLine` with its error.

    Raises:
        SourceError: If the file cannot be read at all.
    """
    try:
        data = sys.stdin.buffer.read() if path == _STANDARD_STREAM else path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"The questions in {path} cannot be read ({error.strerror}).",
            next_step="Check the path given to --batch.",
        ) from error
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return tuple(_read_line(number, line) for number, line in enumerate(lines, 1) if line.strip())


def answer_all(
    library: Library,
    lines: Sequence[BatchLine],
    *,
    out: Path,
    k: int,
    filters: Filters,
    ignore: Sequence[str] = (),
    model: ModelSettings | None = None,
    show_progress: bool,
) -> int:
    """Answer the lines in order; 1 if any of them failed. ``ignore`` holds for every question."""
    from tqdm import tqdm  # noqa: PLC0415

    failed = 0
    with _opened(out) as stream:
        for line in tqdm(lines, desc="answering", unit="question", disable=not show_progress):
            result = _answer_line(library, line, k=k, filters=filters, ignore=ignore, model=model)
            failed += "error" in result
            stream.write(json.dumps(result, ensure_ascii=not _is_unicode(stream)) + "\n")
            stream.flush()
    if failed:
        print(f"kb: {failed} of {len(lines)} questions failed; their lines say why.", file=sys.stderr)  # noqa: T201
    return 1 if failed else 0


def _answer_line(
    library: Library,
    line: BatchLine,
    *,
    k: int,
    filters: Filters,
    ignore: Sequence[str],
    model: ModelSettings | None,
) -> dict[str, Any]:
    if line.error is not None:
        return error_to_json(line.error, id=line.id)
    try:
        answer = library.ask(line.question, k=k, filters=filters, ignore=ignore, model=model)
        return answer_to_json(answer, question_id=line.id)
    except KbError as error:
        return error_to_json(error, id=line.id)
    except Exception as error:  # noqa: BLE001 - one question must not take the others down; the line says what happened
        summary = f"Unexpected error on line {line.number} ({type(error).__name__}: {error})."
        return error_to_json(KbError(summary, next_step="Ask this question alone with --debug."), id=line.id)


def _read_line(number: int, line: bytes) -> BatchLine:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return _malformed(number, "is not UTF-8 text")
    except (json.JSONDecodeError, RecursionError) as error:
        return _malformed(number, f"is not JSON ({error})")
    if not isinstance(data, dict):
        return _malformed(number, "is not a JSON object")
    given = data.get("id")
    name = str(given) if isinstance(given, str | int | float) else None
    question = data.get("question")
    if not isinstance(question, str):
        return _malformed(number, 'has no "question" text', name=name)
    return BatchLine(number=number, id=name, question=question)


def _malformed(number: int, fault: str, *, name: str | None = None) -> BatchLine:
    error = SourceError(f"Line {number} {fault}.", next_step=_FORM)
    return BatchLine(number=number, id=name, question="", error=error)


@contextlib.contextmanager
def _opened(out: Path) -> Iterator[TextIO]:
    if out == _STANDARD_STREAM:
        yield sys.stdout
        return
    try:
        stream = out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise KbError(
            f"The answers cannot be written to {out} ({error.strerror}).",
            next_step="Give another file to --out.",
        ) from error
    with stream:
        yield stream


def _is_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") in {"utf8", "utf16", "utf32"}
