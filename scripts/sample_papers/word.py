"""Lay a paper out as a Word file, numbered as word processors do it: the numbers are nowhere in the text."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from .inline import Counted, Piece, counted, follows, pieces
from .model import Block, Kind, Paper

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_THE_DAY = (1980, 1, 1, 0, 0, 0)
_SECTION = f'<w:sectPr><w:headerReference w:type="default" r:id="r1" xmlns:r="{_OFFICE}"/></w:sectPr>'
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_UNPRINTED = frozenset({Kind.PART, Kind.SPACE, Kind.BLANK_PAGE})
_BULLETS = 1
_STYLES = {
    Kind.BIG: "Title",
    Kind.ITEM: "Heading2",
    Kind.HEADING: "Heading2",
    Kind.SUB: "Strong",
    Kind.CENTRE: "Strong",
    Kind.RIGHT: "Strong",
}


class _Lists:
    """The lists of one file: a new one wherever a label does not follow the one before it."""

    def __init__(self) -> None:
        self.lists: list[Counted] = []
        self._last: dict[Kind, tuple[int, Counted]] = {}

    def number(self, kind: Kind, label: Counted) -> int:
        """Return the id of the list in which a paragraph gets this label."""
        number, before = self._last.get(kind, (0, None))
        if before is None or not follows(label, before):
            self.lists.append(label)
            number = _BULLETS + len(self.lists)
        self._last[kind] = (number, label)
        return number

    def before(self, kind: Kind) -> Counted | None:
        """Return the last label of a kind."""
        return self._last[kind][1] if kind in self._last else None

    def end(self) -> None:
        """Let lists of paragraphs end, as items do."""
        self._last.pop(Kind.LABELLED, None)


def word_file(paper: Paper) -> bytes:
    """Return the paper as a .docx file, the same bytes each time."""
    lists = _Lists()
    header = paper.setting("header")
    body = "".join(_block(block, lists) for block in paper.blocks) + (_SECTION if header else "")
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"{_HEAD}<w:document {_SPACE}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {"header": "header.xml", "styles": "styles.xml", "numbering": "numbering.xml"}
        ),
        "word/header.xml": f"{_HEAD}<w:hdr {_SPACE}>{_paragraph(header)}</w:hdr>",
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(lists.lists),
    }
    return pack(parts)


def pack(parts: dict[str, str]) -> bytes:
    """Put parts into a ZIP archive that does not hang on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _THE_DAY), content)
    return out.getvalue()


def _block(block: Block, lists: _Lists) -> str:
    if block.kind in _UNPRINTED:
        return ""
    if block.kind in {Kind.ITEM, Kind.LABELLED}:
        return _numbered(block, lists)
    table = f"<w:tbl>{''.join(map(_row, block.rows))}</w:tbl>"
    lines = "<br/>".join(" ".join(row) for row in block.rows)
    written = {
        Kind.PAGE: _PAGE_BREAK,
        Kind.LAYOUT: _PAGE_BREAK,
        Kind.BULLET: _paragraph(block.text, number=_BULLETS),
        Kind.ACTION: _paragraph("ACTION", style="Strong") + _paragraph(block.text),
        Kind.LINES: _paragraph(lines),
        Kind.TABLE: table,
        Kind.GRIDLESS: table,
    }
    return written.get(block.kind) or _paragraph(block.text, style=_STYLES.get(block.kind, ""))


def _numbered(block: Block, lists: _Lists) -> str:
    style = _STYLES.get(block.kind, "")
    if block.kind is Kind.ITEM:
        lists.end()
    printed = f"{block.label}." if block.kind is Kind.ITEM else block.label
    label = counted(printed, lists.before(block.kind))
    if label is None:
        return _paragraph(f"{printed} {block.text}", style=style)
    return _paragraph(block.text, style=style, number=lists.number(block.kind, label))


def _paragraph(text: str, *, style: str = "", number: int = 0) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    runs = "".join("<w:r><w:br/></w:r>" if piece.text == "\n" else _run(piece) for piece in pieces(text))
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _run(piece: Piece) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if piece.bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(piece.text)}</w:t></w:r>'


def _row(row: tuple[str, ...]) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"


def _styles() -> str:
    def style(name: str, size: int, level: str = "") -> str:
        outline = f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>' if level else ""
        look = f'<w:rPr><w:b/><w:sz w:val="{2 * size}"/></w:rPr>'
        return f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="Normal"/>{outline}{look}</w:style>'

    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    default = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    styles = style("Title", 15) + style("Heading2", 12, "1") + style("Strong", 11)
    return f"{_HEAD}<w:styles {_SPACE}>{default}{normal}{styles}</w:styles>"


def _numbering(lists: list[Counted]) -> str:
    shapes = [Counted("", 1, "bullet", "\uf0b7"), *lists]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="{shape.number}"/>'
        f'<w:numFmt w:val="{shape.style}"/><w:lvlText w:val={quoteattr(f"{shape.before}%1{shape.after}")}/></w:lvl>'
        "</w:abstractNum>"
        for number, shape in enumerate(shapes)
    )
    uses = "".join(
        f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(len(shapes))
    )
    return f"{_HEAD}<w:numbering {_SPACE}>{abstract}{uses}</w:numbering>"


def _relations(targets: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _content_types() -> str:
    kinds = {"document": "document.main", "header": "header", "styles": "styles", "numbering": "numbering"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{overrides}</Types>'
