"""``kb inspect``: what was understood of a paper's pages, drawn on them."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kb.errors import SourceError, UsageError
from kb.interfaces.commands import output, shared

if TYPE_CHECKING:
    from kb.interfaces.rendering.inspection import Mark
    from kb.records import Outline, Source

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
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the pictures and say what is on each."""
    from kb.interfaces.rendering.inspection import draw, marks_of  # noqa: PLC0415
    from kb.sources.picture import page_picture, png  # noqa: PLC0415

    path, source, outline = _read(args)
    pages = _pages(source, args.page)
    places = _places(args.output, Path(source.name).stem, pages)
    marks = marks_of(source, outline)
    turns = {page.number: page.turn for page in source.pages}
    drawn: list[dict[str, Any]] = []
    for number, place in zip(pages, places, strict=True):
        picture = page_picture(path, number, width_px=args.width, turn=turns[number])
        title = f"{source.name}, p. {number}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(png(draw(picture, marks[number], title=title)))
        drawn.append({"page": number, "path": str(place), "marks": _counts(marks[number])})
        if not args.json:
            told = ", ".join(f"{count} × {name}" for name, count in drawn[-1]["marks"].items())
            output.print_text(f"{place}  ({told or 'nothing on it'})")
    if args.json:
        output.print_json({"schema": 1, "document": source.name, "pages": drawn})
    return 0


def _read(args: argparse.Namespace) -> tuple[Path, Source, Outline]:
    """A file on disk comes first: it can be looked at before it is ingested."""
    from kb.sources import read_source  # noqa: PLC0415
    from kb.structure import parse  # noqa: PLC0415

    path, name = Path(args.file), ""
    if not path.is_file():
        if path.is_dir():
            raise SourceError(f"{path} is a folder.", next_step="Name one PDF file in it.")
        path, name = shared.original_of(args, args.file), args.file
    source = read_source(path)
    if source.media_type != "application/pdf":
        raise SourceError(
            f"{name or source.name} has no pages that could be drawn: it is no PDF file.",
            next_step=f"See its structure with: kb outline {args.file}",
        )
    if name:
        source = replace(source, name=name)
    return path, source, parse(source)


def _pages(source: Source, wanted: list[int]) -> list[int]:
    known = [page.number for page in source.pages]
    missing = [number for number in wanted if number not in known]
    if missing:
        raise UsageError(
            f"{source.name} has no page {missing[0]}.", next_step=f"Its pages are 1 to {len(known)}."
        )
    return list(dict.fromkeys(wanted)) or known


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


def _counts(marks: list[Mark]) -> dict[str, int]:
    return dict(Counter(mark.kind.value for mark in marks))
