"""``kb ingest``: put papers into the library."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from kb.errors import KbError
from kb.interfaces.commands import output, shared

if TYPE_CHECKING:
    from kb.ingest import Progress

_EXAMPLES: Final = """\
  kb ingest papers/
  kb ingest minutes.pdf report.txt --library library/
  kb ingest
"""


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers,
        "ingest",
        summary="read papers (.pdf, .docx, .html, .txt, .md; files or folders) into the library",
        examples=_EXAMPLES,
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a file or a folder; none mends the library from the originals it keeps",
    )
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="a sentence-transformers model on this machine, by name or folder; all is embedded anew with it "
        "(default: the one the library was built with, else all-MiniLM-L6-v2)",
    )
    parser.add_argument(
        "--workers", type=shared.positive, metavar="N", help="files read at once (default: one a core)"
    )
    shared.add_seconds_option(parser)
    parser.add_argument(
        "--no-ocr",
        dest="ocr",
        action="store_false",
        help="leave scanned pages unread, though Tesseract is installed",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ingest; 1 if a file failed, though the others are in."""
    _refuse_missing(args.paths)
    from kb.ingest import IngestSettings, ingest  # noqa: PLC0415 - brings the model's library
    from kb.interfaces.answer_json import ingest_to_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415
    from kb.store.encoders import make_encoder  # noqa: PLC0415

    reading = replace(shared.reading_settings(args), workers=args.workers, ocr=args.ocr)
    encoder = make_encoder(args.model) if args.model else None
    with _Bars(visible=shared.shows_progress(args)) as bars:
        report = ingest(
            args.paths, args.library, encoder=encoder, settings=IngestSettings(reading=reading), progress=bars
        )
    if args.json:
        output.print_json(ingest_to_json(report))
    else:
        output.print_text(terminal.ingest_report(report, width=output.width()))
    return 1 if any(result.status.value == "failed" for result in report.results) else 0


def _refuse_missing(paths: list[Path]) -> None:
    """A path that is not there is found out before the model is loaded."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise KbError(f"There is no {', no '.join(missing)}.", next_step="Check the path; nothing was read.")


class _Bars:
    """One progress bar a stage, on stderr."""

    def __init__(self, *, visible: bool) -> None:
        self._visible = visible
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __call__(self, progress: Progress) -> None:
        if not self._visible:
            return
        if progress.stage != self._stage:
            self._start(progress)
        self._bar.total = progress.total
        self._bar.set_postfix_str(progress.name, refresh=False)
        self._bar.update(progress.done - self._bar.n)

    def _start(self, progress: Progress) -> None:
        from tqdm import tqdm  # noqa: PLC0415

        self._close()
        self._stage = progress.stage
        self._bar = tqdm(total=progress.total, desc=f"{progress.stage:<9}", dynamic_ncols=True, leave=True)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
