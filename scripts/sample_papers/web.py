"""Lay a paper out as a web page, its items as headings, its lettered and numbered paragraphs as lists."""

from html import escape

from .inline import Counted, counted, follows, pieces
from .model import Block, Kind, Paper

_TYPES = {"decimal": "decimal", "lowerLetter": "lower-alpha", "lowerRoman": "lower-roman"}
_UNPRINTED = frozenset({Kind.PART, Kind.LAYOUT, Kind.PAGE, Kind.BLANK_PAGE, Kind.SPACE})


def web_page(paper: Paper) -> str:
    """Return the paper as HTML."""
    body: list[str] = []
    before: Counted | None = None
    for block in paper.blocks:
        label = counted(block.label, before) if block.kind is Kind.LABELLED else None
        body.append(_block(block, label, before))
        before = label if block.kind is Kind.LABELLED else None
    title = escape(paper.setting("title", paper.name))
    site = "<header><p>Fenwold County Council</p></header><nav><ul><li>Home</li><li>Meetings</li></ul></nav>"
    foot = "<footer><p>Contact us</p></footer><script>document.title = 'x';</script>"
    inner = "\n".join(filter(None, body))
    head = f'<meta charset="utf-8"><title>{title}</title><style>body {{ margin: 2em }}</style>'
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>{site}\n<main>\n{inner}\n</main>\n{foot}</body></html>\n"


def _block(block: Block, label: Counted | None, before: Counted | None) -> str:
    text = _inline(block.text)
    rows = [[_inline(cell) for cell in row] for row in block.rows]
    table = "<table>" + "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in rows) + "</table>"
    written = {
        Kind.BIG: f"<h1>{text}</h1>",
        Kind.ITEM: f"<h2>{block.label}. {text}</h2>",
        Kind.HEADING: f"<h2>{text}</h2>",
        Kind.SUB: f"<p><b>{text}</b></p>",
        Kind.CENTRE: f"<p><b>{text}</b></p>",
        Kind.RIGHT: f"<p><b>{text}</b></p>",
        Kind.LABELLED: _labelled(block.label, text, label, before),
        Kind.BULLET: f"<ul><li>{text}</ul>",
        Kind.ACTION: f"<p><b>ACTION</b></p><p>{text}</p>",
        Kind.LINES: "<p>" + "<br>".join(" ".join(row) for row in rows) + "</p>",
        Kind.TABLE: table,
        Kind.GRIDLESS: table,
    }.get(block.kind, f"<p>{text}</p>")
    return "" if block.kind in _UNPRINTED else written


def _labelled(printed: str, text: str, label: Counted | None, before: Counted | None) -> str:
    """Use a list where a browser prints such a label: a number or letter and a dot."""
    if label is None or label.before or label.after != ".":
        return f"<p>{escape(printed)} {text}</p>"
    start = (
        ""
        if before is not None and follows(label, before) and label.number == 1
        else f' start="{label.number}"'
    )
    return f'<ol{start} style="list-style-type: {_TYPES[label.style]}"><li><p>{text}</p></ol>'


def _inline(text: str) -> str:
    written = []
    for piece in pieces(text):
        words = "<br>" if piece.text == "\n" else escape(piece.text)
        written.append(f"<b>{words}</b>" if piece.bold else words)
    return "".join(written)
