"""How the words of a web page look: bold, size, struck through, by element and by the styles beside it."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from kb.sources.html_committee import is_item_title

BODY_SIZE: Final = 12.0
HEADING_SIZES: Final = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 12.0, "h6": 12.0}
_BOLD: Final = frozenset({"b", "strong", "th", "dt", *HEADING_SIZES})
_STRUCK: Final = frozenset({"del", "s", "strike"})
_WEIGHT: Final = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_LINE_THROUGH: Final = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_SIZE: Final = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d+)?)\s*(pt|px)", re.IGNORECASE)
_POINTS: Final = {"pt": 1.0, "px": 0.75}


class Look(NamedTuple):
    """How text looks; ``size`` is in points."""

    bold: bool = False
    size: float = BODY_SIZE
    struck: bool = False
    raised: bool = False
    preformatted: bool = False
    heading: bool = False


def look_inside(element: Any, name: str, look: Look) -> Look:
    """Return how text looks inside an element, given how it looks around it."""
    style = element.get("style", "")
    is_heading = look.heading or name in HEADING_SIZES or element.get("role", "").lower() == "heading"
    is_title = is_item_title(element)
    weight = _WEIGHT.search(style)
    is_bold = look.bold or name in _BOLD or is_heading or is_title
    if weight is not None:
        is_bold = weight[1].lower() not in {"normal", "100", "200", "300", "400", "500"}
    size = _SIZE.search(style)
    return Look(
        bold=is_bold,
        size=HEADING_SIZES.get(name, look.size)
        if size is None
        else float(size[1]) * _POINTS[size[2].lower()],
        struck=look.struck or name in _STRUCK or _LINE_THROUGH.search(style) is not None,
        raised=look.raised or name == "sup",
        preformatted=look.preformatted or name == "pre",
        heading=is_heading or is_title,
    )
