"""Word files made of the XML that shows one oddity."""

from __future__ import annotations

import io
import zipfile
from typing import Final

WORD: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS: Final = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS: Final = ("styles", "numbering", "footnotes", "endnotes", "header")
_ROOTS: Final = {"header": "hdr"}


def relations(**targets: str) -> str:
    """Relations by kind; each one's id is its kind."""
    each = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{each}</Relationships>'


def word_file(body: str, **parts: str) -> bytes:
    """Make a file of the inner XML of its body and of its other parts (``styles``, ``numbering``, ...)."""
    content = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": f"<w:document {WORD} {OTHERS}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            **{kind: f"{kind}.xml" for kind in _KINDS if kind in parts}
        ),
    }
    for kind, inner in parts.items():
        root = _ROOTS.get(kind, kind)
        content[f"word/{kind}.xml"] = f"<w:{root} {WORD} {OTHERS}>{inner}</w:{root}>"
    return pack(content)


def pack(content: dict[str, str | bytes]) -> bytes:
    """Put parts into an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in content.items():
            archive.writestr(name, inner)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    """Make a run; ``look`` is the XML of its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(
    text: str = "", *, level: int | None = None, number: int = 1, style: str = "", inner: str = ""
) -> str:
    """Make a paragraph, in a list if it has a level, with further XML after its text."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def level(place: int, pattern: str, style: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """Make one level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def abstract(identity: int, *levels: str, more: str = "") -> str:
    """Make the definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def use(number: int, identity: int, *, starts: dict[int, int] | None = None) -> str:
    """Make a reference to a list, which may begin at other numbers."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for place, start in (starts or {}).items()
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{identity}"/>{overrides}</w:num>'


def table(*rows: list[str]) -> str:
    """Make a table of cells given as the XML inside them, or as plain text."""
    cells = [
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        for row in rows
    ]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
