"""Read a paper's source into blocks.

Takes the Markdown-like sources in ``sources/``; gives a `Paper` whose blocks say outright what is a part, a numbered
item, a labelled paragraph or a table, so that neither the layout nor the outline has to guess.  Refuses unknown
directives.  The format is described in ``README.md`` beside this module.
"""

import re
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"

BODIES = {
    "panel": "Fenwold Police and Crime Panel",
    "board": "Fenwold Strategic Assurance Board",
    "commissioner": "Fenwold Police and Crime Commissioner",
}

_LABELLED = re.compile(r"\[([^\]\[]{1,9})\]\s+(.*)", re.DOTALL)
_CELL_END = re.compile(r" \|(?= |$)")
_VARIANT = re.compile(r"\{\{(.*?)\|\|(.*?)\}\}", re.DOTALL)


class Kind(Enum):
    """What a block is."""

    PART = "part"
    ITEM = "item"
    HEADING = "heading"
    LABELLED = "labelled"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"
    CENTRE = "centre"
    BIG = "big"
    SUB = "sub"
    RIGHT = "right"
    ACTION = "action"
    TABLE = "table"
    GRIDLESS = "gridless"
    LINES = "lines"
    PAGE = "page"
    BLANK_PAGE = "blankpage"
    LAYOUT = "layout"
    SPACE = "space"


# Directives whose whole remainder is the block's text.
_TEXT_DIRECTIVES = {
    "h": Kind.HEADING,
    "centre": Kind.CENTRE,
    "big": Kind.BIG,
    "sub": Kind.SUB,
    "right": Kind.RIGHT,
    "action": Kind.ACTION,
    "layout": Kind.LAYOUT,
    "page": Kind.PAGE,
    "blankpage": Kind.BLANK_PAGE,
    "space": Kind.SPACE,
}
_ROW_DIRECTIVES = {"table": Kind.TABLE, "gridless": Kind.GRIDLESS, "lines": Kind.LINES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paper inside a file: minutes, a report, a letter, an agenda plan."""

    kind: str
    body: str
    meeting_date: str | None
    title: str
    agenda_item: str | None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a paper in reading order.

    ``label`` is the printed number of an item or paragraph; ``listed`` is false for sub-lists that outlines leave out;
    ``split`` puts an item's number on a line of its own.
    """

    kind: Kind
    text: str = ""
    label: str = ""
    listed: bool = True
    split: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file to build: its name, its page furniture, its blocks."""

    name: str
    settings: dict[str, str]
    blocks: tuple[Block, ...]

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting from the source's head, or ``default``."""
        return self.settings.get(key, default)


def read_papers(folder: str = "") -> list[Paper]:
    """Read every ``*.paper`` source of a folder inside ``sources``, in order of file name."""
    return [read_paper(path) for path in sorted((SOURCES / folder).glob("*.paper"))]


def read_paper(path: Path) -> Paper:
    """Read one source.

    Raises:
        ValueError: If the source has no name, or a directive is unknown.
    """
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    settings = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        settings[key.strip()] = value.strip()
    if "name" not in settings:
        message = f"{path.name}: the head has no name"
        raise ValueError(message)
    return Paper(
        name=settings["name"],
        settings=settings,
        blocks=tuple(_read_blocks(body, settings.get("variant", ""))),
    )


def strip_label(label: str) -> str:
    """Return a printed label without brackets, dots at its end, and dashes: ``- 5)`` gives ``5``."""
    return label.strip("()-.~ ")


def _read_blocks(body: str, variant: str) -> list[Block]:
    body = _VARIANT.sub(lambda found: found.group(1 if variant == "draft" else 2), body)
    blocks: list[Block] = []
    split = False
    lines = iter(body.splitlines())
    for line in lines:
        name, _, rest = line.rstrip().partition(" ")
        if name == "%include":
            source, *other_variant = rest.split()
            included = (SOURCES / source).read_text(encoding="utf-8")
            blocks += _read_blocks(included, other_variant[0] if other_variant else variant)
        elif name == "%items":
            split = rest == "split"
        elif name.startswith("%"):
            rows = tuple(takewhile(_is_row, lines)) if name[1:] in _ROW_DIRECTIVES else ()
            blocks.append(_directive(name[1:], rest.strip(), rows, split=split))
        elif name:
            paragraph = [line, *takewhile(str.strip, lines)]
            blocks.append(_text_block(" ".join(piece.strip() for piece in paragraph)))
    return blocks


def _is_row(line: str) -> bool:
    return line.strip() != "%end"


def _directive(name: str, rest: str, inner: tuple[str, ...], *, split: bool) -> Block:
    if name == "part":
        fields = dict(field.strip().split("=", 1) for field in rest.split(" | "))
        part = Part(
            kind=fields["kind"],
            body=BODIES[fields.get("body", "panel")],
            meeting_date=fields.get("date"),
            title=fields["title"],
            agenda_item=fields.get("agenda"),
            key=fields.get("key", ""),
        )
        return Block(kind=Kind.PART, part=part)
    if name == "item":
        number, _, title = rest.partition(" | ")
        return Block(kind=Kind.ITEM, label=number, text=title, split=split)
    if name in _ROW_DIRECTIVES:
        rows = tuple(tuple(cell.strip() for cell in _CELL_END.split(row)) for row in inner)
        widths = tuple(float(width) for width in rest.split(",") if width)
        return Block(kind=_ROW_DIRECTIVES[name], rows=rows, widths=widths)
    if name in _TEXT_DIRECTIVES:
        return Block(kind=_TEXT_DIRECTIVES[name], text=rest)
    message = f"unknown directive: %{name}"
    raise ValueError(message)


def _text_block(text: str) -> Block:
    if labelled := _LABELLED.fullmatch(text):
        label = labelled.group(1)
        return Block(
            kind=Kind.LABELLED,
            label=label.lstrip("~"),
            text=labelled.group(2),
            listed=not label.startswith("~"),
        )
    if text.startswith("* "):
        return Block(kind=Kind.BULLET, text=text[2:])
    return Block(kind=Kind.PARAGRAPH, text=text)
