"""Text files: decoding, lines and pages."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import SourceError
from kb.records import Page, Span
from kb.sources import SUFFIXES, read_source
from kb.sources.text import decode, split_lines


def _write(folder: Path, data: bytes, name: str = "minutes.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "text", "issues"),
    [
        ("Café\n£5".encode(), "Café\n£5", ()),
        (codecs.BOM_UTF8 + "Café".encode(), "Café", ()),
        ("Café".encode("utf-16"), "Café", ()),
        (codecs.BOM_UTF16_BE + "Café".encode("utf-16-be"), "Café", ()),
        ("Caf\xe9 – “x”".encode("cp1252"), "Café – “x”", ("read as Windows-1252",)),
        (b"a\r\nb\rc\n\rd", "a\nb\nc\n\nd", ()),
        (
            b"Caf\xe9 \x81" + b"x" * 100,
            "Café \ufffd" + "x" * 100,
            ("read as Windows-1252", "1 bytes are no character of Windows-1252"),
        ),
    ],
)
def test_decode(data: bytes, text: str, issues: tuple[str, ...]) -> None:
    """Each encoding is recognised, and a guess is noted."""
    assert decode(data) == (text, issues)


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"\x01\x02\x03abc",
        "a".encode("utf-32"),
        codecs.BOM_UTF16_LE + b"a",
        b"\x89PNG\r\n\x1a\n\xff\x03",
    ],
)
def test_not_text(tmp_path: Path, data: bytes) -> None:
    """Binary files are refused by name, with a next step."""
    with pytest.raises(SourceError, match="not a text file") as caught:
        read_source(_write(tmp_path, data))
    assert caught.value.next_step


def test_pdf_named_as_text(tmp_path: Path) -> None:
    """A PDF under the wrong name is recognised."""
    with pytest.raises(SourceError, match="but a PDF"):
        read_source(_write(tmp_path, b"%PDF-1.4\nhello"))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\f\n", codecs.BOM_UTF8])
def test_empty(tmp_path: Path, data: bytes) -> None:
    """A file that says nothing is an error with a next step."""
    with pytest.raises(SourceError, match=r"empty|white space") as caught:
        read_source(_write(tmp_path, data))
    assert caught.value.next_step


def test_whole_source(tmp_path: Path) -> None:
    """A file without form feeds has lines, blank ones too, and no pages."""
    source = read_source(_write(tmp_path, b"One\r\n\r\nTwo\r\n", "notes.MD"))
    assert (source.name, source.media_type, source.text) == ("notes.MD", "text/markdown", "One\n\nTwo\n")
    assert [(line.text, line.span, line.page) for line in source.lines] == [
        ("One", Span(0, 3), None),
        ("", Span(4, 4), None),
        ("Two", Span(5, 8), None),
    ]
    assert source.pages == ()
    assert len(source.sha256) == 64


def test_form_feeds_make_pages() -> None:
    """Pages are parted by form feeds, carry printed numbers, and a last form feed begins none."""
    lines, pages = split_lines("First\n12\n\fSecond\n- 13 -\f")
    assert [(line.text, line.page) for line in lines] == [
        ("First", 1),
        ("12", 1),
        ("Second", 2),
        ("- 13 -", 2),
    ]
    assert pages == (
        Page(number=1, label="12", span=Span(0, 9)),
        Page(number=2, label="13", span=Span(10, 23)),
    )


def test_other_suffix(tmp_path: Path) -> None:
    """Other kinds are refused, and what is supported is said."""
    with pytest.raises(SourceError, match=r"\.odt files are not supported") as caught:
        read_source(_write(tmp_path, b"x", "minutes.odt"))
    assert all(suffix in caught.value.next_step for suffix in SUFFIXES)
    with pytest.raises(SourceError, match="without a suffix"):
        read_source(_write(tmp_path, b"x", "minutes"))


def test_missing_and_folder(tmp_path: Path) -> None:
    """A missing file and a folder are told apart."""
    with pytest.raises(SourceError, match="no file"):
        read_source(tmp_path / "missing.txt")
    with pytest.raises(SourceError, match="folder"):
        read_source(tmp_path)
    with pytest.raises(SourceError, match=r"cannot be opened|no file"):
        read_source(Path("a\0b.txt"))


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permission and disk errors become source errors."""
    path = _write(tmp_path, b"x")
    for error, words in [
        (PermissionError(13, "no"), "may not be read"),
        (OSError(5, "Input/output error"), "Input/output"),
    ]:

        def fail(_: Path, error: OSError = error) -> bytes:
            raise error

        monkeypatch.setattr(Path, "read_bytes", fail)
        with pytest.raises(SourceError, match=words):
            read_source(path)


@given(st.text())
def test_decoding_utf8_returns_the_text(text: str) -> None:
    """UTF-8 text comes back as it was, but for line ends."""
    text = text.lstrip("\ufeff")
    try:
        decoded, issues = decode(text.encode("utf-8", errors="replace"))
    except ValueError:
        return
    expected = text.encode("utf-8", errors="replace").decode()
    assert decoded == expected.replace("\r\n", "\n").replace("\r", "\n")
    assert issues == ()


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    """No bytes raise anything but ValueError, and no carriage return survives."""
    try:
        text, _ = decode(data)
    except ValueError:
        return
    assert "\r" not in text
    assert "\0" not in text


@given(st.text(alphabet="ab1 \n\f\t\x85\u2028"))
def test_lines_know_their_place(text: str) -> None:
    """Every line equals the text at its span, and together they hold all but line and form feeds."""
    lines, pages = split_lines(text)
    assert all(text[line.span.start : line.span.end] == line.text for line in lines)
    assert "".join(line.text for line in lines) == text.replace("\n", "").replace("\f", "")
    assert bool(pages) == ("\f" in text)
    for page in pages:
        inside = [line for line in lines if line.page == page.number]
        assert all(page.span.start <= line.span.start <= line.span.end <= page.span.end for line in inside)
