"""The tree of a web page, however malformed, and which of it is paper.

Takes the bytes; gives lxml's tree as a browser would build it, the title, and the element to read. What is never shown
(scripts, styles, hidden elements) and what belongs to the site and not to the paper (navigation, banners) is told apart
here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from kb.sources.flow import clean
from kb.sources.text import decode

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED_WITHIN: Final = 4_096
_DECLARED: Final = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_SAME: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""Browsers read these as Windows-1252, and so do those who write them."""
_WIDE: Final = re.compile(r"utf-?(?:16|32)")

UNSHOWN: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "object",
        "embed",
        "applet",
        "iframe",
        "frame",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "map",
        "img",
        "input",
        "select",
        "button",
        "textarea",
        "option",
        "datalist",
        "dialog",
        "nav",
    ]
)
"""Elements that show no words of the paper."""
_SITE_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu", "menubar"}
)
_HIDDEN_STYLE: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CONSENT: Final = re.compile(r"\bcookies?(?:\b|[-_])", re.IGNORECASE)
_STOPPED: Final = "ERR_RESOURCE_LIMIT"
_MIN_MAIN: Final = 200
"""Characters; a "main" element with fewer, and less than half of all, is not where the paper is."""


def read_characters(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode a page: by its byte order mark, else as it declares, else as a text file.

    Returns:
        The text, and what was notable.

    Raises:
        ValueError: If it is no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), ()
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared is not None and b"\0" not in data[:_DECLARED_WITHIN]:
        name = declared[1].decode("ascii")
        try:
            codec = codecs.lookup(name).name
            # A declaration that can be read as one-byte characters is not in a wide encoding, whatever it says.
            codec = "utf-8" if _WIDE.match(codec) else _SAME.get(codec, codec)
            return data.decode(codec), ()
        except (LookupError, UnicodeError):
            text, issues = decode(data)
            return text, (*issues, f"not in the encoding it declares ({name})")
    return decode(data)


def parse_html(text: str) -> Any | None:
    """Build the tree; ``None`` if there is no element at all.

    Raises:
        ValueError: If elements are nested so deeply that the parser stops halfway.
    """
    # Browsers drop NUL; lxml would end the text there.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = etree.fromstring(clean(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if any(entry.type_name == _STOPPED for entry in parser.error_log):
        raise ValueError("nested too deeply")
    return root


def name_of(element: Any) -> str:
    """Return an element's name in small letters; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def title_of(root: Any) -> str:
    """Return the page's title, white space folded; empty if it has none."""
    title = next(root.iter("title"), None)
    return " ".join("".join(title.itertext()).split()) if title is not None else ""


def is_unshown(element: Any) -> bool:
    """Tell elements that are not shown, or belong to the site around the paper."""
    name = name_of(element)
    if name in UNSHOWN or "hidden" in element.attrib or element.get("aria-hidden", "").lower() == "true":
        return True
    if element.get("role", "").lower() in _SITE_ROLES or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    if name in {"header", "footer", "aside"}:
        return not any(name_of(above) in {"main", "article", "section"} for above in element.iterancestors())
    marks = f"{element.get('id', '')} {element.get('class', '')}"
    return name in {"div", "section"} and _CONSENT.search(marks) is not None


def paper_of(root: Any) -> Any:
    """Return the element that holds the paper: the page's main element if it says enough, else the whole."""
    mains = [each for each in root.iter("main", "div", "section", "article") if _is_main(each)]
    if len(mains) != 1:
        return root
    said = len("".join(mains[0].itertext()).strip())
    body = next(root.iter("body"), root)
    return mains[0] if said >= _MIN_MAIN or 2 * said >= len("".join(body.itertext()).strip()) else root


def _is_main(element: Any) -> bool:
    return name_of(element) == "main" or element.get("role", "").lower() == "main"


def walk(root: Any, is_left_out: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
    """Walk through a tree in order, however deep, without going into what is left out.

    Yields:
        ``"start"`` and ``"end"`` with each element that is read, ``"left out"`` with each that is not.
    """
    events = etree.iterwalk(root, events=("start", "end"))
    skipped: Any | None = None
    for event, element in events:
        if event == "end":
            yield ("left out" if element is skipped else "end"), element
        elif is_left_out(element):
            skipped = element
            events.skip_subtree()
        else:
            yield "start", element
