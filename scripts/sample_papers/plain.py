"""Lay a paper out as text: either as an extractor leaves a PDF (wrapped, with page furniture), or as Markdown."""

import re
import textwrap

from .model import Block, Kind, Paper

_WIDTH = 96  # characters in a line of the extracted look
_PAGE_LENGTH = 52  # lines of text between two pieces of page furniture
_INDENT = 3


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
    plain = re.sub(r"\*\*", "", text)
    return textwrap.wrap(plain, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _extracted_block(block: Block) -> list[str]:
    match block.kind:
        case Kind.ITEM:
            number = block.label + "."
            heading = block.text.replace("**", "")
            return ["", number, "", heading, ""] if block.split else ["", f"{number} {heading}", ""]
        case Kind.LABELLED:
            return [*_wrap(block.text, first=f"{block.label} ", rest=" " * _INDENT), ""]
        case Kind.BULLET:
            return [*_wrap(block.text, first="\u2022 ", rest="  "), ""]
        case Kind.CENTRE | Kind.BIG:
            return [block.text.replace("**", "").center(_WIDTH).rstrip(), ""]
        case Kind.ACTION:
            return ["ACTION", "", *_wrap(block.text), ""]
        case Kind.LINES | Kind.TABLE | Kind.GRIDLESS:
            width = _WIDTH // max(len(row) for row in block.rows)
            return [*(_columns(row, width) for row in block.rows), ""]
        case Kind.PART | Kind.LAYOUT | Kind.PAGE | Kind.BLANK_PAGE | Kind.SPACE:
            return []
        case _:
            return [*_wrap(block.text), ""]


def _columns(row: tuple[str, ...], width: int) -> str:
    return "  ".join(cell.replace("**", "").ljust(width - 2) for cell in row)


def _markdown_block(block: Block) -> str:
    match block.kind:
        case Kind.BIG:
            return f"# {block.text}"
        case Kind.ITEM:
            return f"## {block.label}. {block.text}"
        case Kind.HEADING:
            return f"## {block.text}"
        case Kind.SUB:
            return f"### {block.text}"
        case Kind.LABELLED:
            return f"{block.label} {block.text}"
        case Kind.BULLET:
            return f"- {block.text}"
        case Kind.ACTION:
            return f"ACTION\n\n{block.text}"
        case Kind.LINES:
            return "\n".join(" ".join(row) + "  " for row in block.rows)
        case Kind.TABLE | Kind.GRIDLESS:
            rows = ["| " + " | ".join(row) + " |" for row in block.rows]
            rule = "|" + " --- |" * len(block.rows[0])
            return "\n".join([rows[0], rule, *rows[1:]])
        case Kind.PART | Kind.LAYOUT | Kind.PAGE | Kind.BLANK_PAGE | Kind.SPACE:
            return ""
        case _:
            return block.text
