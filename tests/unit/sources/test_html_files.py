"""Web pages: what is shown, printed numbers, tables, encodings, and what is refused."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import SourceError
from kb.records import Source
from kb.sources import html as reader
from kb.sources import read_source
from kb.structure import parse

Read = Callable[..., Source]
PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a page given as text or bytes."""

    def build(page: str | bytes, name: str = "page.html") -> Source:
        path = tmp_path / name
        path.write_bytes(page.encode() if isinstance(page, str) else page)
        return read_source(path)

    return build


def _said(source: Source) -> list[str]:
    for line in source.lines:
        assert source.text[slice(*line.span)] == line.text
    return [line.text for line in source.lines if line.text]


def test_what_is_shown_is_read(read: Read) -> None:
    """White space folds; scripts, styles, hidden elements and the site's navigation are left out."""
    source = read(
        "<title>x</title><script>no()</script><style>p{}</style><nav>Home</nav><header>Site</header>"
        "<h1>Minutes</h1><p>One\n  two&nbsp;<b>three</b>,<i> four</i>.<br>Next line</p>"
        "<p hidden>no</p><div style='color:red; display: none'>no</div><span aria-hidden=true>no</span>"
        "<form><label>Find</label><input value=no><button>no</button></form><div class='cookie-bar'>no</div>"
        "<article><header>Kept</header></article>text without an element<footer>Site</footer>"
    )
    assert _said(source) == [
        "Minutes",
        "One two three, four.",
        "Next line",
        "Find",
        "Kept",
        "text without an element",
    ]
    assert source.pages == ()
    assert [(line.bold, line.size) for line in source.lines if line.text][:2] == [(True, 24.0), (False, 12.0)]
    assert source.media_type == "text/html"


def test_the_main_element_is_the_paper(read: Read) -> None:
    """If it says enough; one that says little is not."""
    side = "<div>Side bar of the site</div>"
    paper = "<p>The paper.</p>" * 20
    assert _said(read(f"{side}<main>{paper}</main>")) == ["The paper."] * 20
    assert _said(read(f"<main><p>Loading</p></main>{paper}"))[:2] == ["Loading", "The paper."]


def test_the_title_stands_in_for_a_heading(read: Read) -> None:
    """A page without one gets its title, unless it is said at the top."""
    assert _said(read("<title>Minutes of\n 19 July</title><p>Present</p>")) == [
        "Minutes of 19 July",
        "Present",
    ]
    assert _said(read("<title>Minutes</title><p>Minutes of the Panel</p>")) == ["Minutes of the Panel"]
    assert _said(read("<title>Minutes - Council</title><h2>Minutes</h2>")) == ["Minutes"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=40><li>a<li value=45>b<li>c</ol>", ["40. a", "45. b", "46. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ol type=a start=26><li>a<li>b</ol>", ["z. a", "aa. b"]),
        ("<ol type=I><li>a<li>b</ol>", ["I. a", "II. b"]),
        ("<ol style='list-style-type: lower-roman'><li>a<li>b</ol>", ["i. a", "ii. b"]),
        ("<ol style='list-style: none'><li>(a) a</ol>", ["(a) a"]),
        ("<ul><li>a<ul><li>b</ul></ul>", ["• a", "• b"]),
        (
            "<ol><li><p>a</p><p>more</p><ol type=a><li>b</ol><p>rest</p></ol>",
            ["1. a", "more", "a. b", "rest"],
        ),
        ("<ol><li><ol type=i><li>deep</ol><li>b</ol>", ["1. i. deep", "2. b"]),
        ("<ol start=x><li value='-'>a</ol>", ["1. a"]),
        ("<li>stray", ["stray"]),
    ],
)
def test_numbers_are_counted_as_printed(read: Read, page: str, said: list[str]) -> None:
    """As browsers do."""
    assert _said(read(page)) == said


def test_struck_text_is_marked(read: Read) -> None:
    """By element or style; what was inserted stands."""
    source = read(
        "<p>It was <del>five</del><ins>six</ins>, <s>so</s> <span style='text-decoration:line-through'>old</span>."
    )
    assert _said(source) == ["It was fivesix, so old."]
    assert [source.text[slice(*span)] for span in source.struck] == ["five", "so", "old"]


def test_a_table_is_rows(read: Read) -> None:
    """Cells divided by tabs, covered ones empty; notes raised above a figure stand apart."""
    source = read(
        "<table><caption>Crime</caption><tr><th>Measure<th colspan=2>Years"
        "<tr><td rowspan=2>Force<td>1<td>95.8%<sup>3</sup><tr><td>4<td><p>16<sup>th</sup></p><p>more</p></table>"
    )
    assert _said(source) == ["Crime", "Measure\tYears\t", "Force\t1\t95.8% 3", "\t4\t16th more"]


def test_a_table_that_only_places_text_is_paragraphs(read: Read) -> None:
    """By its role, by headings or tables inside it, or because it has one column."""
    for table in (
        "<table role=presentation><tr><td>One<td>Two</table>",
        "<table><tr><td>x<tr><td><h2>One</h2><td>Two</table>",
        "<table><tr><td>One<tr><td>Two</table>",
        "<table><tr><td><table><tr><td>One</table><td>Two</table>",
    ):
        assert _said(read(table))[-2:] == ["One", "Two"], table


def test_a_page_of_an_agenda_system() -> None:
    """Item numbers go before their titles; links and file sizes are left out; the outline is that of minutes."""
    source = read_source(PAGES / "agenda_system.html")
    assert _said(source) == [
        "Agenda and minutes",
        "Fenwold Police and Crime Panel - Wednesday, 19th July, 2023 2.00 pm",
        "Venue: Council Chamber, Wexmoor. View directions",
        "84. Apologies for Absence",
        "Minutes:",
        "Apologies were received from Councillor Kershaw.",
        "85. Rural Crime",
        "Minutes:",
        "1. The Inspector said that coursing had fallen by 18%.",
        "2. Councillor Farrant asked for the figures of May June.",
        "a. They would be sent.",
        "RESOLVED that the report be noted.",
    ]
    items = [(item.number, item.title) for part in parse(source).parts for item in part.items if item.number]
    assert items == [("84", "Apologies for Absence"), ("85", "Rural Crime")]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Café £5 –</p>".encode(),
        "<p>Café £5 –</p>".encode("utf-8-sig"),
        "<p>Café £5 –</p>".encode("utf-16"),
        "<meta charset=windows-1252><p>Café £5 –</p>".encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Café £5 –</p>'.encode(
            "cp1252"
        ),
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>Café £5 –</p></body></html>'.encode(),
        "<meta charset=utf-16><p>Café £5 –</p>".encode(),
        "<meta charset=nonsense><p>Café £5 –</p>".encode(),
        "<meta charset=utf-8><p>Café £5 –</p>".encode("cp1252"),
    ],
)
def test_encodings(read: Read, page: bytes) -> None:
    """By mark, by declaration, and against a wrong declaration."""
    assert _said(read(page)) == ["Café £5 –"]


@pytest.mark.parametrize(
    ("page", "reason", "next_step"),
    [
        (b"\0\1\2\3" * 400, "not a web page", "Save the page anew"),
        (b"<html><body><script>load()</script></body></html>", "shows no text", "print it to PDF"),
        (b"   \n", "shows no text", "print it to PDF"),
        (b"<!-- nothing -->", "shows no text", "print it to PDF"),
    ],
)
def test_what_is_refused(read: Read, page: bytes, reason: str, next_step: str) -> None:
    """Each with its reason and what to do."""
    with pytest.raises(SourceError, match=reason) as caught:
        read(page)
    assert next_step in caught.value.next_step


def test_a_page_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is parsed."""
    monkeypatch.setattr(reader, "MAX_BYTES", 100)
    with pytest.raises(SourceError, match="more than"):
        read("<p>" + "x" * 200)


@pytest.mark.parametrize("name", ["div", "b", "table", "ol", "td", "h1"])
def test_deep_nesting_neither_hangs_nor_overflows(read: Read, name: str) -> None:
    """A thousand unclosed elements, as careless programs write them; more than any browser shows are refused."""
    started = time.perf_counter()
    assert "inside" in read(f"<p>Before</p>{f'<{name}>' * 1_500}<p>inside").text
    with contextlib.suppress(SourceError):
        assert "inside" in read(f"<p>Before</p>{f'<{name}>' * 20_000}<p>inside").text
    assert time.perf_counter() - started < 20


def test_wide_cells_are_kept_in_bounds(read: Read) -> None:
    """A cell said to cover a thousand million columns covers a few."""
    source = read("<table><tr><td colspan=999999999 rowspan=999999999>a<td>b<tr><td>c<td>d</table>")
    assert len(source.text) < 1_000


_ELEMENTS = "p /p li ol /ol table /table tr td /td th del /del h2 /h2 pre br sup /div main"
_SOUP = [
    *(f"<{name}>" for name in _ELEMENTS.split()),
    "a",
    " b ",
    "é",
    "&#0;",
    "&lt;",
    "\n",
    "\u2028",
    "\x85",
]


@given(st.lists(st.sampled_from(_SOUP), max_size=40))
def test_any_soup_is_read_or_refused(pieces: list[str]) -> None:
    """Lines are where they say, struck text is inside lines, no line holds a line end."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(SourceError):
        path = Path(folder, "page.html")
        path.write_text("".join(pieces), encoding="utf-8", newline="")
        source = read_source(path)
        _said(source)
        assert all("\n" not in line.text and "\f" not in line.text for line in source.lines)
        assert source.text == "\n".join(line.text for line in source.lines)
        assert all(
            any(line.span.start <= a < b <= line.span.end for line in source.lines) for a, b in source.struck
        )
