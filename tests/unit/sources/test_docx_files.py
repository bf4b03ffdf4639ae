"""Word files: printed numbers, tables, tracked changes, pages, and what is refused."""

from __future__ import annotations

import contextlib
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import SourceError, SourceFault
from kb.records import Source
from kb.sources import docx_parts, read_source
from kb.sources.numerals import counted_letters, doubled_letters, ordinal, roman
from tests.word_files import abstract, level, pack, paragraph, relations, run, table, use, word_file

Read = Callable[..., Source]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a Word file made of the XML inside its body."""

    def build(body: str, **parts: str) -> Source:
        path = tmp_path / "minutes.docx"
        path.write_bytes(word_file(body, **parts))
        return read_source(path)

    return build


def _said(source: Source) -> list[str]:
    for line in source.lines:
        assert source.text[slice(*line.span)] == line.text
    return [line.text for line in source.lines if line.text]


def _struck(source: Source) -> list[str]:
    return [source.text[slice(*span)] for span in source.struck]


def test_a_paragraph_is_a_line_with_its_look(read: Read) -> None:
    """Blank lines part paragraphs; bold and size come from runs, styles and defaults; there are no pages."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    light = run(" and light", "<w:b w:val='0'/>")
    body = paragraph("Minutes", style="Title") + paragraph("Plain") + paragraph("Part", style="Head")
    source = read(body + paragraph("Heavy", style="Title", inner=light), styles=styles)
    assert source.text == "Minutes\n\nPlain\n\nPart\n\nHeavy and light"
    assert source.pages == ()
    looks = [(line.bold, line.size, line.page) for line in source.lines if line.text]
    assert looks == [(True, 16.0, None), (False, 11.0, None), (True, 11.0, None), (False, 16.0, None)]


def test_a_style_based_on_itself_ends(read: Read) -> None:
    """A circle of styles is read once round."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert read(paragraph("One", style="B"), styles=styles).lines[0].bold


def test_numbers_are_counted_as_printed(read: Read) -> None:
    """Levels, their patterns, letters and roman numerals; a level begins anew under each of the one above."""
    numbering = abstract(
        0, level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"), level(3, "%4)", "lowerRoman")
    ) + use(1, 0)
    places = [0, 1, 1, 2, 2, 3, 3, 2, 1, 2, 0, 1]
    body = "".join(paragraph("x", level=place) for place in places)
    labels = [line.removesuffix(" x") for line in _said(read(body, numbering=numbering))]
    assert labels == ["1.", "1.1", "1.2", "(a)", "(b)", "i)", "ii)", "(c)", "1.3", "(a)", "2.", "2.1"]


def test_lists_begin_where_they_are_told(read: Read) -> None:
    """A start value, a restart by a second reference, and two references that count on together."""
    numbering = abstract(0, level(0, "%1.", start=40)) + use(1, 0) + use(2, 0, starts={0: 7}) + use(3, 0)
    body = "".join(paragraph("x", level=0, number=number) for number in (1, 1, 2, 2, 3))
    labels = [line.removesuffix(" x") for line in _said(read(body, numbering=numbering))]
    assert labels == ["40.", "41.", "7.", "8.", "9."]


@pytest.mark.parametrize(("restart", "label"), [("", "a)"), ('<w:lvlRestart w:val="0"/>', "b)")])
def test_a_level_may_count_on(read: Read, restart: str, label: str) -> None:
    """Unless told otherwise a level restarts under the next number."""
    numbering = abstract(0, level(0, "%1."), level(1, "%2)", "lowerLetter", more=restart)) + use(1, 0)
    body = "".join(paragraph("x", level=place) for place in (0, 1, 0, 1))
    assert _said(read(body, numbering=numbering))[-1] == f"{label} x"


def test_numbers_in_figures_and_without_a_gap(read: Read) -> None:
    """Legal numbering turns the roman numeral above into a figure; "nothing" after a number is nothing."""
    more = '<w:isLgl/><w:suff w:val="nothing"/>'
    numbering = abstract(0, level(0, "%1", "upperRoman"), level(1, "%1.%2 – ", more=more)) + use(1, 0)
    body = paragraph("x", level=0) + paragraph("y", level=1)
    assert _said(read(body, numbering=numbering)) == ["I x", "1.1 –y"]


def test_a_style_numbers_its_paragraphs(read: Read) -> None:
    """By the level tied to the style; list 0 takes one paragraph out."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    tied = (
        level(0, "%1.", more='<w:pStyle w:val="H1"/>'),
        level(1, "%1.%2", more='<w:pStyle w:val="H2"/>'),
    )
    body = (
        paragraph("One", style="H1")
        + paragraph("Two", style="H2")
        + paragraph("Out", style="H2", level=0, number=0)
        + paragraph("Three", style="H1")
    )
    assert _said(read(body, styles=styles, numbering=abstract(0, *tied) + use(1, 0))) == [
        "1. One",
        "1.1 Two",
        "Out",
        "2. Three",
    ]


def test_bullets_and_empty_numbered_paragraphs(read: Read) -> None:
    """A symbol font's bullet is a bullet; a number without text is printed, a bullet without text is not."""
    numbering = (
        abstract(0, level(0, "\uf0b7", "bullet")) + use(1, 0) + abstract(1, level(0, "%1.")) + use(2, 1)
    )
    body = paragraph("x", level=0) + paragraph(level=0) + paragraph(level=0, number=2)
    assert _said(read(body, numbering=numbering)) == ["• x", "1."]


def test_a_deleted_paragraph_is_struck_and_not_counted(read: Read) -> None:
    """Text deleted, moved away or struck through is marked; inserted text stands."""
    deleted = "<w:del><w:r><w:delText>five</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('six')}</w:ins>"
    gone = "<w:del><w:r><w:delText>All of this.</w:delText></w:r></w:del>"
    body = (
        paragraph("It was ", level=0, inner=deleted + inserted)
        + paragraph(level=0, inner=gone)
        + paragraph("Next ", level=0, inner=run("old", "<w:strike/>") + run(" and older", "<w:dstrike/>"))
        + f"<w:p><w:moveFrom>{run('moved')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo></w:p>"
    )
    source = read(body, numbering=abstract(0, level(0, "%1.")) + use(1, 0))
    assert _said(source) == ["1. It was fivesix", "All of this.", "2. Next old and older", "movedhere"]
    assert _struck(source) == ["five", "All of this.", "old and older", "moved"]
    assert source.issues[0] == 'struck-through text, not quoted: "five"'


def test_a_table_is_rows(read: Read) -> None:
    """Cells divided by tabs; cells that others cover are empty; a cell's paragraphs are one text."""
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("Both years")}'
    tall = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("Force")}'
    below = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph()}"
    body = paragraph("Before") + table(
        ["Measure", wide], [tall, "1", paragraph("2") + paragraph("of 3")], [below, "4", "5"]
    )
    assert _said(read(body)) == ["Before", "Measure\tBoth years\t", "Force\t1\t2 of 3", "\t4\t5"]


def test_minutes_laid_out_in_a_table_are_paragraphs(read: Read) -> None:
    """Numbers beside texts, even automatic ones, and a box around text, are no table of data."""
    number = paragraph(level=0)
    rows = [
        [number, paragraph("Apologies") + paragraph("None.")],
        [number, paragraph("Minutes") + paragraph("Agreed.")],
    ]
    body = table(["Item", "Subject"], *rows) + table([paragraph("A box.") + paragraph("Its text.")])
    source = read(body, numbering=abstract(0, level(0, "%1.")) + use(1, 0))
    assert _said(source) == [
        "Item",
        "Subject",
        "1. Apologies",
        "None.",
        "2. Minutes",
        "Agreed.",
        "A box.",
        "Its text.",
    ]


def test_pages_are_those_noted(read: Read) -> None:
    """The notes of the last layout count, and set breaks then do not; a break inside a paragraph turns after it."""
    noted = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        paragraph("One", inner='<w:r><w:br w:type="page"/></w:r>')
        + f"<w:p>{noted}{run('Two')}</w:p>"
        + f"<w:p>{run('Still')}{noted}{run(' two')}</w:p>"
        + paragraph("Three")
    )
    source = read(body)
    assert source.text == "One\n\fTwo\n\nStill two\n\fThree"
    assert [(page.number, source.text[slice(*page.span)]) for page in source.pages] == [
        (1, "One"),
        (2, "Two\n\nStill two"),
        (3, "Three"),
    ]


def test_set_breaks_are_pages_where_nothing_else_is_known(read: Read) -> None:
    """A break, a section and a paragraph that begins a page; a section that goes on is none."""
    section = "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    body = (
        section.format('<w:type w:val="continuous"/>', "One")
        + section.format("", "Still one")
        + paragraph("Two")
        + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>Three</w:t></w:r></w:p>"
    )
    assert [(line.text, line.page) for line in read(body).lines if line.text] == [
        ("One", 1),
        ("Still one", 1),
        ("Two", 2),
        ("Three", 3),
    ]


def test_a_row_over_two_pages_turns_one(read: Read) -> None:
    """Though each of its cells notes the break; the rows after it are on the next page."""
    noted = paragraph("x", inner=f"<w:r><w:lastRenderedPageBreak/></w:r>{run('y')}")
    source = read(table(["a", "b"], [noted, noted], ["c", "d"]) + paragraph("After"))
    assert [(line.text, line.page) for line in source.lines if line.text] == [
        ("a\tb", 1),
        ("xy\txy", 1),
        ("c\td", 2),
        ("After", 2),
    ]


def test_text_boxes_notes_and_header(read: Read) -> None:
    """A text box once, though told in two versions; notes at the end under their marks; of a header what is across."""
    box = f"<w:txbxContent>{paragraph('Boxed')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    reference = '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    mark = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    source = read(
        paragraph("It rose", inner=note + run(" again.") + shape) + paragraph("Next") + reference,
        footnotes=f'<w:footnote w:id="1">{paragraph("no")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("By 5%")}</w:footnote>',
        header=paragraph("Fenwold Panel", inner=mark) + paragraph("Page 1 of 3"),
    )
    assert _said(source) == ["DRAFT", "It rose[1] again.", "Boxed", "Next", "[1] By 5%"]
    assert source.issues == ("header left out: Fenwold Panel Page 1 of 3",)


def test_what_is_in_wrappers_is_read_and_what_is_hidden_is_not(read: Read) -> None:
    """Links, fields, content controls and formulas hold text; hidden text and unfilled fields do not."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    instruction = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    body = (
        paragraph(
            inner=f"<w:hyperlink>{run('link')}</w:hyperlink>{instruction}<w:fldSimple>{run(' field')}</w:fldSimple>"
        )
        + control.format("", paragraph("control", inner=run("secret", "<w:vanish/>")))
        + control.format("<w:showingPlcHdr/>", paragraph("Click here"))
        + paragraph(inner="<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")
        + paragraph(
            inner='<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
        )
        + paragraph("95.8%", inner=run("3", '<w:vertAlign w:val="superscript"/>') + run(" and 16"))
    )
    assert _said(read(body)) == ["link field", "control", "x=2", "a  b", "c•", "95.8% 3 and 16"]


_BOMB = 60 * 2**20


@pytest.mark.parametrize(
    ("data", "reason", "next_step"),
    [
        (b"Not a Word file.", "is not a Word file", "save it as .docx or .pdf"),
        (b"PK\x03\x04 cut short", "damaged", "again"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            r"old word processor \(.doc\)",
            "save it as .docx",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
            "without a password",
        ),
        (pack({"mimetype": "text/plain"}), "holds no document", "save it as .docx"),
        (pack({"word/document.xml": "<w:document"}), "damaged", "again"),
        (pack({"word/document.xml": b"\0\1\2"}), "damaged", "again"),
        (
            pack({"word/document.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}),
            "declares entities",
            "again",
        ),
        (pack({"word/document.xml": b"<d>" + b" " * _BOMB + b"</d>"}), "unpacks to more than", "PDF"),
        (pack({"word/document.xml": "<d>" * 5_000 + "</d>" * 5_000}), "damaged", "again"),
        (word_file(""), "has no text", "right file"),
        (word_file("<w:p><w:r><w:drawing/></w:r></w:p>"), "pictures only", "PDF"),
        (
            pack({"_rels/.rels": relations(officeDocument="../../../etc/passwd"), "x": "y"}),
            "holds no document",
            "save it as .docx",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, data: bytes, reason: str, next_step: str) -> None:
    """Each with its reason and what to do; nothing is unpacked beyond its limit."""
    path = tmp_path / "minutes.docx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=reason) as caught:
        read_source(path)
    assert next_step in caught.value.next_step
    assert caught.value.fault is not SourceFault.NOT_READABLE


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    """A thousand million laughs end at once."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    content = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'
    path = tmp_path / "minutes.docx"
    path.write_bytes(pack({"word/document.xml": content}))
    with pytest.raises(SourceError, match="damaged"):
        read_source(path)


def test_a_size_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds for what is unpacked, not only for what the archive says."""
    monkeypatch.setattr(docx_parts, "MAX_PART", 1_000)
    data = bytearray(pack({"word/document.xml": b"<d>" + b" " * 5_000 + b"</d>"}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    path = tmp_path / "minutes.docx"
    path.write_bytes(bytes(data))
    with pytest.raises(SourceError):
        read_source(path)


_WHOLE = word_file(table(["a", paragraph("b", level=0)]) + paragraph("c"), numbering=abstract(0) + use(1, 0))


@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_file_is_refused_or_read(changes: list[tuple[int, int]]) -> None:
    """Whatever bytes change, there is a source or a `SourceError`."""
    damaged = bytearray(_WHOLE)
    for place, value in changes:
        damaged[place] = value
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(SourceError):
        path = Path(folder, "minutes.docx")
        path.write_bytes(damaged)
        assert read_source(path).text.strip()


def test_an_encrypted_entry_asks_for_a_copy(tmp_path: Path) -> None:
    """The archive itself can be locked."""
    data = bytearray(pack({"word/document.xml": "<d/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path = tmp_path / "minutes.docx"
    path.write_bytes(bytes(data))
    assert zipfile.is_zipfile(path)
    with pytest.raises(SourceError, match="password"):
        read_source(path)


_VALUES = {"m": 1000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}


@given(st.integers(1, 3_999))
def test_roman_numerals_add_up(number: int) -> None:
    """Read back, smaller before larger taken away, they give the number."""
    values = [_VALUES[sign] for sign in roman(number)]
    read_back = sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )
    assert read_back == number
    assert not re.search(r"(.)\1{3}", roman(number)) or number >= 4_000


def test_letters_and_ordinals() -> None:
    """Word processors double letters after z, browsers count on."""
    assert [doubled_letters(number) for number in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [counted_letters(number) for number in (1, 26, 27, 28, 703)] == ["a", "z", "aa", "ab", "aaa"]
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 21, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "111th",
    ]  # fmt: skip
    assert roman(0) == doubled_letters(0) == counted_letters(0) == "0"
