"""Lay a paper out as a PDF.

Takes a `Paper`; gives the PDF's bytes, the same on each build, and the page on which each block begins.  Uses the
standard 14 fonts only, so the text stays within Windows-1252.
"""

import io
import re
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from .model import Block, Kind, Paper

_MARGIN = 22 * mm
_GUTTER = 8 * mm
_TEXT_WIDTHS = {
    "portrait": A4[0] - 2 * _MARGIN,
    "columns": (A4[0] - 2 * _MARGIN - _GUTTER) / 2,
    "landscape": A4[1] - 2 * _MARGIN,
}
_LABEL_INDENT = 26  # points between a label and its text
_RAG = {"GREEN": "#c6e0b4", "AMBER": "#ffe699", "RED": "#f4b0a8", "BLUE": "#bdd7ee"}
_PAGE_OF = re.compile(r"\{pageof:([\w-]+)\}")

Pages = dict[int, int]


class _Marked(Paragraph):  # type: ignore[misc, unused-ignore]
    """A paragraph that notes the page on which it begins."""

    mark: int | None = None
    pages: Pages | None = None

    def split(self, aW: float, aH: float) -> list[Any]:  # noqa: N803 (reportlab's names)
        pieces: list[Any] = super().split(aW, aH)
        if pieces:
            pieces[0].mark, pieces[0].pages = self.mark, self.pages
        return pieces

    def draw(self) -> None:
        if self.mark is not None and self.pages is not None:
            self.pages.setdefault(self.mark, self.canv.getPageNumber())
        super().draw()


def build_pdf(paper: Paper) -> tuple[bytes, Pages]:
    """Lay ``paper`` out.

    Returns:
        The file's bytes, and the physical page, from 1, on which each block begins, by the block's index.
    """
    starts: dict[str, str] = {}
    _, pages = _lay_out(paper, starts)
    offset = int(paper.setting("page_offset", "0"))
    for index, block in enumerate(paper.blocks):
        if block.part is not None and block.part.key:
            starts[block.part.key] = str(pages[index] - offset)
    return _lay_out(paper, starts)


def _lay_out(paper: Paper, starts: dict[str, str]) -> tuple[bytes, Pages]:
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=paper.setting("title"),
        author=paper.setting("author", "Fenwold Police and Crime Panel"),
        invariant=1,
        pageCompression=0,  # so that the bytes do not hang on the version of zlib
        pageTemplates=_templates(paper),
    )
    pages: Pages = {}
    styles = _styles(paper)
    story: list[Flowable] = []
    pending: list[int] = []
    layout = paper.setting("first_layout", "portrait")
    for index, block in enumerate(paper.blocks):
        if block.kind is Kind.PART:
            pending.append(index)
            continue
        if block.kind is Kind.LAYOUT:
            layout = block.text
        flowables = _flow(block, styles, partial(_markup, starts=starts), _TEXT_WIDTHS[layout])
        for flowable in flowables:
            if isinstance(flowable, _Marked):
                flowable.mark, flowable.pages = index, pages
                break
        story += flowables
    document.build(story)
    for index in pending:
        later = [page for other, page in pages.items() if other > index]
        pages[index] = pages[min(other for other in pages if other > index)] if later else 1
    return out.getvalue(), pages


def _markup(text: str, *, starts: dict[str, str]) -> str:
    text = _PAGE_OF.sub(lambda found: starts.get(found.group(1), "0"), text)
    text = escape(text).replace("&lt;br/&gt;", "<br/>")
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)


def _styles(paper: Paper) -> dict[str, ParagraphStyle]:
    face = paper.setting("font", "Helvetica")
    bold = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}[face]
    size = float(paper.setting("size", "11"))
    cell_size = float(paper.setting("cell_size", "9"))
    text = ParagraphStyle("text", fontName=face, fontSize=size, leading=size * 1.28, spaceAfter=size * 0.7)
    heading = ParagraphStyle(
        "heading", parent=text, fontName=bold, fontSize=size + 0.5, spaceBefore=size * 0.8, keepWithNext=1
    )
    # The standard text fonts' bullet lands on a code that extractors cannot read; the Symbol font's does not.
    bullet = ParagraphStyle("bullet", parent=text, leftIndent=_LABEL_INDENT + 18, bulletIndent=_LABEL_INDENT)
    bullet.bulletFontName = "Symbol"
    labelled = ParagraphStyle("labelled", parent=text, leftIndent=_LABEL_INDENT + 4, bulletIndent=0)
    labelled.bulletFontName, labelled.bulletFontSize = face, size
    cell = ParagraphStyle("cell", fontName=face, fontSize=cell_size, leading=cell_size * 1.22)
    return {
        "text": text,
        "heading": heading,
        "sub": ParagraphStyle("sub", parent=text, fontName=bold, keepWithNext=1),
        "labelled": labelled,
        "bullet": bullet,
        "centre": ParagraphStyle("centre", parent=text, fontName=bold, alignment=TA_CENTER),
        "big": ParagraphStyle(
            "big",
            parent=heading,
            fontSize=size + 4,
            leading=(size + 4) * 1.25,
            alignment=TA_CENTER,
            spaceAfter=size,
        ),
        "right": ParagraphStyle("right", parent=text, fontName=bold, alignment=TA_RIGHT, spaceAfter=0),
        "lines": ParagraphStyle("lines", parent=text, spaceAfter=0),
        "cell": cell,
        "head": ParagraphStyle("head", parent=cell, fontName=bold),
    }


_SIMPLE = {
    Kind.PARAGRAPH: "text",
    Kind.HEADING: "heading",
    Kind.SUB: "sub",
    Kind.CENTRE: "centre",
    Kind.BIG: "big",
    Kind.RIGHT: "right",
}


def _flow(block: Block, styles: dict[str, ParagraphStyle], markup: Any, width: float) -> list[Flowable]:
    match block.kind:
        case Kind.LINES:
            lines: list[Flowable] = [_Marked(markup(" ".join(row)), styles["lines"]) for row in block.rows]
            return [*lines, Spacer(1, 9)]
        case Kind.TABLE | Kind.GRIDLESS:
            return [_table(block, styles, markup, width), Spacer(1, 9)]
        case Kind.PAGE | Kind.BLANK_PAGE | Kind.LAYOUT | Kind.SPACE:
            return _flow_space(block, styles)
        case _:
            return _flow_text(block, styles, markup(block.text))


def _flow_text(block: Block, styles: dict[str, ParagraphStyle], text: str) -> list[Flowable]:
    match block.kind:
        case Kind.ITEM if block.split:
            return [_Marked(f"{block.label}.", styles["heading"]), _Marked(text, styles["heading"])]
        case Kind.ITEM:
            return [_Marked(f"{block.label}.&nbsp;&nbsp;{text}", styles["heading"])]
        case Kind.LABELLED:
            return [_Marked(text, styles["labelled"], bulletText=block.label)]
        case Kind.BULLET:
            return [_Marked(text, styles["bullet"], bulletText="\u2022")]
        case Kind.ACTION:
            return [_Marked("ACTION", styles["sub"]), _Marked(text, styles["text"])]
        case _:
            return [_Marked(text, styles[_SIMPLE[block.kind]])]


def _flow_space(block: Block, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    match block.kind:
        case Kind.SPACE:
            return [Spacer(1, float(block.text or "12"))]
        case Kind.LAYOUT:
            return [NextPageTemplate(block.text), PageBreak()]
        case Kind.BLANK_PAGE:
            notice = _Marked("This page is intentionally left blank", styles["centre"])
            return [PageBreak(), Spacer(1, 110 * mm), notice, PageBreak()]
        case _:
            return [PageBreak()]


def _table(block: Block, styles: dict[str, ParagraphStyle], markup: Any, width: float) -> Table:
    has_grid = block.kind is Kind.TABLE
    body = styles["cell"] if has_grid else styles["lines"]
    cells = [
        [_Marked(markup(cell), styles["head"] if has_grid and row_index == 0 else body) for cell in row]
        for row_index, row in enumerate(block.rows)
    ]
    look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if has_grid:
        look += [("GRID", (0, 0), (-1, -1), 0.5, "#666666"), ("BACKGROUND", (0, 0), (-1, 0), "#d9e2ec")]
        for row_index, row in enumerate(block.rows):
            for column, cell in enumerate(row):
                if cell in _RAG:
                    look.append(("BACKGROUND", (column, row_index), (column, row_index), _RAG[cell]))
    table = Table(
        cells,
        colWidths=[width * share / sum(block.widths) for share in block.widths],
        repeatRows=1 if has_grid else 0,
        style=TableStyle(look),
    )
    table.hAlign = "LEFT"
    return table


def _templates(paper: Paper) -> list[PageTemplate]:
    width, height = A4
    inner = height - 2 * _MARGIN
    half = _TEXT_WIDTHS["columns"]
    furniture = partial(_draw_furniture, paper)
    frames = {
        "portrait": [_frame(_MARGIN, _TEXT_WIDTHS["portrait"], inner)],
        "columns": [_frame(_MARGIN, half, inner), _frame(width - _MARGIN - half, half, inner)],
        "landscape": [_frame(_MARGIN, _TEXT_WIDTHS["landscape"], width - 2 * _MARGIN)],
    }
    sizes = {"landscape": landscape(A4)}
    first = paper.setting("first_layout", "portrait")
    return [
        PageTemplate(name, frames[name], furniture, pagesize=sizes.get(name, A4))
        for name in sorted(frames, key=lambda name: name != first)
    ]


def _frame(left: float, width: float, height: float) -> Frame:
    return Frame(left, _MARGIN, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _draw_furniture(paper: Paper, canvas: Canvas, document: Any) -> None:
    wide, high = document.pageTemplate.pagesize or A4
    physical = canvas.getPageNumber()
    label = physical - int(paper.setting("page_offset", "0"))
    canvas.saveState()
    canvas.setFont("Helvetica", 8.5)
    if marking := paper.setting("marking"):
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawCentredString(wide / 2, high - 9 * mm, marking)
        canvas.drawCentredString(wide / 2, 6 * mm, marking)
        canvas.setFont("Helvetica", 8.5)
    if header := paper.setting("header"):
        canvas.drawString(_MARGIN, high - 14 * mm, header)
    if footer := paper.setting("footer"):
        canvas.drawString(_MARGIN, 12 * mm, footer)
    if label > 0:
        number = paper.setting("page_style", "{n}").format(n=label)
        canvas.drawCentredString(wide / 2, 12 * mm, number) if not footer else canvas.drawRightString(
            wide - _MARGIN, 12 * mm, number
        )
    canvas.restoreState()
