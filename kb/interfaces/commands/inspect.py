"""``kb inspect``: what was understood of a paper's pages, drawn on them."""

from __future__ import annotations

import argparse
import base64
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import SourceError, UsageError
from kb.interfaces.commands import output, shared

if TYPE_CHECKING:
    from kb.ingest import ReadingSettings

_EXAMPLES: Final = """\
  kb inspect papers/2023-03-22-panel-agenda-pack.pdf --page 3
  kb inspect 2023-03-22-panel-agenda-pack.pdf --output pages
"""
_SUFFIX: Final = ".png"


def register(subparsers: Any) -> None:
    """Add the command."""
    parser = shared.add_command(
        subparsers,
        "inspect",
        summary="draw a paper's pages with lines, furniture, items, paragraphs and cells boxed",
        examples=_EXAMPLES,
    )
    parser.add_argument("file", metavar="FILE", help="a PDF file, or the name of a document in the library")
    parser.add_argument(
        "--page",
        action="append",
        default=[],
        type=shared.positive,
        metavar="N",
        help="position of a page in the file, from 1; repeatable (default: all)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="PATH",
        help="a PNG file for one page, else a folder (default: named after the paper, in this folder)",
    )
    parser.add_argument(
        "--width", type=shared.positive, default=1_400, metavar="PX", help="width in pixels (default 1400)"
    )
    shared.add_seconds_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the pictures and say what is on each."""
    from kb.ingest.looking import done, start  # noqa: PLC0415
    from kb.interfaces.drawing import DRAW  # noqa: PLC0415
    from kb.sources.picture import require_width  # noqa: PLC0415

    require_width(args.width)
    settings = shared.reading_settings(args)
    path, name = _find(args)
    pages = _chosen(name, _read(path, args.file, settings), args.page)
    places = _places(args.output, Path(name).stem, [page["number"] for page in pages])
    at_once = os.cpu_count() or 1
    drawn: list[dict[str, Any]] = []
    with start(DRAW, settings, count=at_once) as workers:
        for first in range(0, len(pages), at_once):
            group = pages[first : first + at_once]
            jobs = [(path, _drawing(path, name, page, args.width)) for page in group]
            pictures = done(workers, jobs, settings)
            for page, place, picture in zip(group, places[first:], pictures, strict=False):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(base64.b64decode(picture))
                counts = dict(Counter(kind for kind, *_ in page["marks"]))
                drawn.append({"page": page["number"], "path": str(place), "marks": counts})
                if not args.json:
                    told = ", ".join(f"{count} × {kind}" for kind, count in counts.items())
                    output.print_text(f"{place}  ({told or 'nothing on it'})")
    if args.json:
        output.print_json({"schema": 1, "document": name, "pages": drawn})
    return 0


def _find(args: argparse.Namespace) -> tuple[Path, str]:
    """A file on disk comes first: it can be looked at before it is ingested."""
    path = Path(args.file)
    if path.is_file():
        return path, path.name
    if path.is_dir():
        raise SourceError(f"{path} is a folder.", next_step="Name one PDF file in it.")
    return shared.original_of(args, args.file), args.file


def _read(path: Path, asked: str, settings: ReadingSettings) -> list[dict[str, Any]]:
    """Give the pages of a PDF file with what there is to mark on them, as `kb.interfaces.drawing` does."""
    from kb.ingest.looking import done, job_of, start  # noqa: PLC0415
    from kb.interfaces.drawing import READ  # noqa: PLC0415

    with start(READ, settings) as workers:
        [seen] = done(workers, [(path, job_of(path, settings))], settings)
    if seen["media_type"] != "application/pdf":
        raise SourceError(
            f"{asked} has no pages that could be drawn: it is no PDF file.",
            next_step=f"See its structure with: kb outline {asked}",
        )
    pages: list[dict[str, Any]] = seen["pages"]
    return pages


def _drawing(path: Path, name: str, page: dict[str, Any], width: int) -> dict[str, Any]:
    return {
        "path": str(path),
        "page": page["number"],
        "turn": page["turn"],
        "marks": page["marks"],
        "width_px": width,
        "title": f"{name}, p. {page['number']}",
    }


def _chosen(name: str, pages: list[dict[str, Any]], wanted: list[int]) -> list[dict[str, Any]]:
    known = {page["number"]: page for page in pages}
    missing = [number for number in wanted if number not in known]
    if missing:
        raise UsageError(f"{name} has no page {missing[0]}.", next_step=f"Its pages are 1 to {len(known)}.")
    return [known[number] for number in dict.fromkeys(wanted)] or pages


def _places(chosen: Path | None, stem: str, pages: list[int]) -> list[Path]:
    """Where each page's picture goes."""
    if len(pages) == 1 and (chosen is None or (chosen.suffix.lower() == _SUFFIX and not chosen.is_dir())):
        return [chosen or Path(f"{stem}-page-{pages[0]}{_SUFFIX}")]
    folder = chosen or Path(f"{stem}-pages")
    if folder.is_file() or folder.suffix.lower() == _SUFFIX:
        raise UsageError(
            f"{folder} is no folder, and there are {len(pages)} pages to draw.",
            next_step="Name a folder with --output, or one page with --page.",
        )
    digits = len(str(max(pages)))
    return [folder / f"page-{number:0{digits}}{_SUFFIX}" for number in pages]
