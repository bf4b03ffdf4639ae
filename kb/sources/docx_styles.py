"""The look of paragraphs and runs in a Word file: styles, each based on another, and what is set directly.

Takes the styles part's root; answers whether text is bold, how large, struck or hidden, whether a paragraph is a
heading and which list numbers it. Colours, fonts and places are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kb.sources.docx_parts import child, local, switch, value, whole

DEFAULT_SIZE: Final = 10.0
"""Points, where the file names no size."""
BODY_LEVEL: Final = 9
"""The outline level of text that is no heading."""
_LONGEST_CHAIN: Final = 20
_NOTHING: Final = "0"


class Look(NamedTuple):
    """How a run looks; ``None`` where nothing is said."""

    bold: bool | None = None
    size: float | None = None
    struck: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, other: Look) -> Look:
        """Return this look, and the other's where this one says nothing."""
        said = {name: own for name, own in self._asdict().items() if own is not None}
        return other._replace(**said)


class Place(NamedTuple):
    """The list of a paragraph: its id, its level if said, and the style that says so, ``None`` if set directly."""

    number: str
    level: int | None
    style: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style with all that it inherits."""

    look: Look
    heading_level: int = BODY_LEVEL
    place: Place | None = None
    page_break_before: bool = False


class Styles:
    """The styles of one file; ``root`` is ``None`` if it has none."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._made: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        self._base = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
        for each in root if root is not None else ():
            identity = value(each, "styleId")
            if local(each) != "style" or identity is None:
                continue
            self._elements[identity] = each
            if value(each, "default") in {"1", "true", "on"}:
                self._defaults[value(each, "type") or ""] = identity

    def of_paragraph(self, identity: str | None) -> Style:
        """Return a paragraph style; the default one if none is named or the name is unknown."""
        known = identity if identity in self._elements else self._defaults.get("paragraph")
        return self._resolved(known) if known is not None else Style(look=self._base)

    def of_run(self, identity: str | None) -> Look:
        """Return the look of a character style alone."""
        if identity is None:
            return Look()
        look = Look()
        for each in self._chain(identity):
            look = look.over(look_of(child(each, "rPr")))
        return look

    def lists(self) -> dict[str, str]:
        """Return the list that each numbering style stands for."""
        found = {}
        for identity, element in self._elements.items():
            number = value(child(element, "pPr", "numPr", "numId"))
            if value(element, "type") == "numbering" and number is not None:
                found[identity] = number
        return found

    def _chain(self, identity: str) -> list[Any]:
        """Return a style and those it is based on; a circle ends where it closes."""
        chain: list[Any] = []
        current: str | None = identity
        while current in self._elements and len(chain) < _LONGEST_CHAIN:
            element = self._elements[current]
            if any(element is each for each in chain):
                break
            chain.append(element)
            current = value(child(element, "basedOn"))
        return chain

    def _resolved(self, identity: str) -> Style:
        made = self._made.get(identity)
        if made is None:
            made = self._made[identity] = self._resolve(identity)
        return made

    def _resolve(self, identity: str) -> Style:
        look = Look()
        level: int | None = None
        place: Place | None = None
        breaks: bool | None = None
        for each in self._chain(identity):
            properties = child(each, "pPr")
            look = look.over(look_of(child(each, "rPr")))
            level = whole(child(properties, "outlineLvl")) if level is None else level
            breaks = switch(properties, "pageBreakBefore") if breaks is None else breaks
            place = place_of(properties, style=value(each, "styleId")) if place is None else place
        return Style(
            look=look.over(self._base),
            heading_level=BODY_LEVEL if level is None else level,
            place=place,
            page_break_before=bool(breaks),
        )


def look_of(properties: Any | None) -> Look:
    """Read the run properties that matter here."""
    if properties is None:
        return Look()
    half_points = whole(child(properties, "sz"))
    struck = [
        said for said in (switch(properties, "strike"), switch(properties, "dstrike")) if said is not None
    ]
    raised = value(child(properties, "vertAlign"))
    return Look(
        bold=switch(properties, "b"),
        size=half_points / 2 if half_points is not None and half_points > 0 else None,
        struck=any(struck) if struck else None,
        hidden=switch(properties, "vanish"),
        raised=None if raised is None else raised == "superscript",
    )


def place_of(properties: Any | None, *, style: str | None = None) -> Place | None:
    """Read which list paragraph properties name; ``None`` if they say nothing."""
    numbering = child(properties, "numPr")
    number = value(child(numbering, "numId"))
    if number is None:
        return None
    return Place(number, whole(child(numbering, "ilvl")), style)


def is_numbered(place: Place | None) -> bool:
    """Tell whether a place is one in a list; list 0 takes a paragraph out of the list of its style."""
    return place is not None and place.number != _NOTHING
