"""Web pages (.html, .htm).

The text of the `Source` is what the page shows of the paper, list numbers included as a browser prints them: one line
a paragraph, a blank one between two, a table row with its cells divided by tabs. Sizes are those browsers give
headings. There are no pages. Scripts are never run and nothing is fetched.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from kb.errors import SourceError, SourceFault
from kb.records import Source
from kb.sources.files import read_bytes
from kb.sources.flow import MAX_NESTING, Block, Grid, Run, assemble_flow, flatten, lines_of, prefixed
from kb.sources.html_committee import is_link_list
from kb.sources.html_lists import HtmlList
from kb.sources.html_looks import HEADING_SIZES, Look, look_inside
from kb.sources.html_tree import is_unshown, name_of, paper_of, parse_html, read_characters, title_of, walk

MAX_BYTES: Final = 32 * 2**20
"""A larger page is refused."""
MAX_SPAN: Final = 60
"""Columns or rows that one cell can cover."""
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
) | set(HEADING_SIZES)
_LISTS: Final = frozenset({"ol", "ul", "menu"})
_SPACE: Final = re.compile(r"\s+")
_NEAR_TOP: Final = 6


class _Table:
    """A table being read: rows of cells, with room kept for those that a taller cell covers."""

    def __init__(self, element: Any) -> None:
        self._is_layout = element.get("role", "").lower() in {"presentation", "none"}
        self._rows: list[list[tuple[Block | Grid, ...]]] = []
        self._covered: dict[int, int] = {}
        self._blocked: frozenset[int] = frozenset()

    def begin_row(self) -> None:
        """Begin the next row."""
        self._rows.append([])
        self._blocked = frozenset(self._covered)
        self._covered = {place: left - 1 for place, left in self._covered.items() if left > 1}

    def add(self, content: list[Block | Grid], *, across: int, down: int) -> None:
        """Add a cell to the row that was begun."""
        if not self._rows:
            self.begin_row()
        row = self._rows[-1]
        while len(row) in self._blocked:
            row.append(())
        if down > 1:
            self._covered.update(dict.fromkeys(range(len(row), len(row) + across), down - 1))
        row.extend([tuple(content), *[()] * (across - 1)])

    def grid(self) -> Grid:
        """Return what was read."""
        return Grid(rows=tuple(map(tuple, self._rows)), is_layout=self._is_layout)


class _Frame(NamedTuple):
    """What the end of an element has to undo."""

    look: Look
    labels: int
    opened: str = ""


class _Reader:
    """Collects blocks while the tree is walked; no call nests in another, however deep the page."""

    def __init__(self) -> None:
        self.look = Look()
        self._frames: list[_Frame] = []
        self._sinks: list[list[Block | Grid]] = [[]]
        self._tables: list[_Table] = []
        self._lists: list[HtmlList] = []
        self._labels: list[str] = []
        self._runs: list[Run] = []

    def read(self, root: Any) -> list[Block | Grid]:
        """Read everything inside an element."""
        for event, element in walk(root, lambda each: is_unshown(each) or is_link_list(each)):
            if event == "start":
                self._start(element)
                self._add(element.text)
                continue
            if event == "end":
                self._end(element)
            if element is not root:
                self._add(element.tail)
        self._flush()
        return self._sinks[0]

    def _start(self, element: Any) -> None:
        name = name_of(element)
        if name == "br":
            self._runs.append(Run("\n"))
        if name in _BLOCKS:
            self._flush()
        self._frames.append(_Frame(self.look, len(self._labels), self._open(name, element)))
        self.look = look_inside(element, name, self.look)

    def _open(self, name: str, element: Any) -> str:
        """Begin what an element contains; return what its end has to close."""
        if name in _LISTS:
            self._lists.append(HtmlList(element))
            return "list"
        if name == "li" and self._lists:
            self._labels.append(self._lists[-1].label(element))
        elif name == "table" and len(self._tables) < MAX_NESTING:
            self._tables.append(_Table(element))
            return "table"
        elif name == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif name in {"td", "th"} and self._tables and len(self._sinks) <= MAX_NESTING:
            self._sinks.append([])
            return "cell"
        return ""

    def _end(self, element: Any) -> None:
        if name_of(element) in _BLOCKS:
            self._flush()
        frame = self._frames.pop()
        self.look = frame.look
        del self._labels[frame.labels :]
        if frame.opened == "list":
            self._lists.pop()
        elif frame.opened == "table":
            self._sinks[-1].append(self._tables.pop().grid())
        elif frame.opened == "cell":
            content = self._sinks.pop()
            across, down = _span(element, "colspan"), _span(element, "rowspan")
            self._tables[-1].add(content, across=across, down=down)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        look = self.look
        if not look.preformatted:
            text = _SPACE.sub(" ", text)
            if text[0] == " " and (not self._runs or self._runs[-1].text[-1].isspace()):
                text = text[1:]
        if text:
            run = Run(text, bold=look.bold, size=look.size, struck=look.struck, raised=look.raised)
            self._runs.append(run)

    def _flush(self) -> None:
        """End a paragraph, if there is one."""
        lines = lines_of(self._runs)
        self._runs = []
        if lines:
            if label := "".join(self._labels):
                lines = (prefixed(lines[0], label), *lines[1:])
                self._labels = [""] * len(self._labels)  # printed; the frames still count them
            self._sinks[-1].append(Block(lines=lines, is_heading=self.look.heading))


def _span(element: Any, name: str) -> int:
    said = element.get(name, "1").strip()
    return max(1, min(int(said), MAX_SPAN)) if said.isascii() and said.isdigit() else 1


def read_html(path: Path) -> Source:
    """Read a web page.

    Raises:
        SourceError: If it is missing, no text, too large, or shows nothing.
    """
    data, sha256 = read_bytes(path)
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"{path.name} is a page of more than {MAX_BYTES // 2**20} MB.",
            next_step="Save it as PDF and add that.",
            fault=SourceFault.TOO_LARGE,
        )
    try:
        text, issues = read_characters(data)
    except ValueError as error:
        raise SourceError(
            f"{path.name} is not a web page.",
            next_step="Save the page anew as HTML, or as PDF, and add that.",
            fault=SourceFault.UNSUPPORTED,
        ) from error
    try:
        root = parse_html(text)
    except ValueError as error:
        raise SourceError(
            f"{path.name} is no page that a browser would show: its elements are {error}.",
            next_step="Save the page anew as HTML, or as PDF, and add that.",
            fault=SourceFault.DAMAGED,
        ) from error
    blocks = _read_tree(root) if root is not None else []
    if not blocks:
        raise SourceError(
            f"{path.name} shows no text; perhaps a script fetches it when the page is opened.",
            next_step="Open it in a browser, print it to PDF, and add that.",
            fault=SourceFault.EMPTY,
        )
    flow = assemble_flow(blocks, has_pages=False)
    return Source(
        name=path.name,
        sha256=sha256,
        media_type="text/html",
        text=flow.text,
        lines=flow.lines,
        pages=flow.pages,
        issues=(*issues, *flow.issues),
        struck=flow.struck,
    )


def _read_tree(root: Any) -> list[Block]:
    paper = paper_of(root)
    blocks = flatten(_Reader().read(paper))
    if not blocks and paper is not root:
        paper, blocks = root, flatten(_Reader().read(root))
    title = title_of(root)
    has_heading = any(name_of(each) in {"h1", "h2"} for each in paper.iter("h1", "h2"))
    if not blocks or not title or has_heading or any(title in _text(block) for block in blocks[:_NEAR_TOP]):
        return blocks
    return [
        Block(lines=lines_of([Run(title, bold=True, size=HEADING_SIZES["h1"])]), is_heading=True),
        *blocks,
    ]


def _text(block: Block) -> str:
    return " ".join(line.text for line in block.lines)
