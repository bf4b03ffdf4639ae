"""Lay a paper out as text: either as an extractor leaves a PDF (wrapped, with page furniture), or as Markdown."""

import textwrap

from .model import Block, Kind, Paper

_WIDTH = 96  # characters in a line of the extracted look
_PAGE_LENGTH = 52  # lines of text between two pieces of page furniture
_INDENT = 3
_UNPRINTED = frozenset({Kind.PART, Kind.LAYOUT, Kind.PAGE, Kind.BLANK_PAGE, Kind.SPACE})


def extracted_text(paper: Paper) -> str:
    """Return the paper as text extracted from a PDF, with a form feed before every page but the first."""
    lines: list[str] = []
    for block in paper.blocks:
        lines += _extracted_block(block)
    pages = [lines[start : start + _PAGE_LENGTH] for start in range(0, len(lines), _PAGE_LENGTH)]
    header = paper.setting("header")
    printed = []
    for number, page in enumerate(pages, start=1):
        body = "\n".join(line.rstrip() for line in page).strip("\n")
        printed.append(f"{header}\n\n{body}\n\n{number:>{_WIDTH // 2}}\n")
    return "\f".join(printed)


def markdown(paper: Paper) -> str:
    """Return the paper as Markdown."""
    return "\n\n".join(filter(None, (_markdown_block(block) for block in paper.blocks))) + "\n"


def _wrap(text: str, *, first: str = "", rest: str = "") -> list[str]:
    plain = text.replace("**", "")
    return textwrap.wrap(plain, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _extracted_block(block: Block) -> list[str]:
    plain = block.text.replace("**", "")
    lines = {
        Kind.ITEM: ["", f"{block.label}.", "", plain] if block.split else ["", f"{block.label}. {plain}"],
        Kind.LABELLED: _wrap(block.text, first=f"{block.label} ", rest=" " * _INDENT),
        Kind.BULLET: _wrap(block.text, first="\u2022 ", rest="  "),
        Kind.CENTRE: [plain.center(_WIDTH).rstrip()],
        Kind.BIG: [plain.center(_WIDTH).rstrip()],
        Kind.ACTION: ["ACTION", "", *_wrap(block.text)],
        Kind.LINES: [" ".join(row) for row in block.rows],
        Kind.TABLE: _columns(block),
        Kind.GRIDLESS: _columns(block),
    }.get(block.kind, _wrap(block.text))
    return [] if block.kind in _UNPRINTED else [*lines, ""]


def _columns(block: Block) -> list[str]:
    """Return the rows of a table as lines, each cell in a column of equal width."""
    width = _WIDTH // max((len(row) for row in block.rows), default=1)
    return ["  ".join(cell.replace("**", "").ljust(width - 2) for cell in row) for row in block.rows]


def _markdown_block(block: Block) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in block.rows]
    rule = "|" + " --- |" * len(block.rows[0]) if rows else ""
    text = {
        Kind.BIG: f"# {block.text}",
        Kind.ITEM: f"## {block.label}. {block.text}",
        Kind.HEADING: f"## {block.text}",
        Kind.SUB: f"### {block.text}",
        Kind.LABELLED: f"{block.label} {block.text}",
        Kind.BULLET: f"- {block.text}",
        Kind.ACTION: f"ACTION\n\n{block.text}",
        Kind.LINES: "\n".join(" ".join(row) + "  " for row in block.rows),
        Kind.TABLE: "\n".join([*rows[:1], rule, *rows[1:]]),
        Kind.GRIDLESS: "\n".join([*rows[:1], rule, *rows[1:]]),
    }.get(block.kind, block.text)
    return "" if block.kind in _UNPRINTED else text
