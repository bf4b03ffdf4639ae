"""The text of one paragraph of a Word file: its runs with their look, its text boxes, its page breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from kb.sources.docx_parts import child, local, switch, value
from kb.sources.docx_styles import DEFAULT_SIZE, Look, Styles, look_of
from kb.sources.flow import Run
from kb.sources.glyphs import plain
from kb.sources.numerals import BULLET

WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "ins", "moveTo", "fldSimple", "dir", "bdo"}
)
"""Elements that only hold others."""
REMOVED: Final = frozenset({"del", "moveFrom"})
"""Elements whose text a tracked change took away."""
_NOTES: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SIGNS: Final = {"tab": "  ", "ptab": "  ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FORMULAS: Final = frozenset({"oMath", "oMathPara"})
_SHAPES: Final = frozenset({"drawing", "pict", "object"})
_PRIVATE: Final = 0xF000


def asks_for_text(control: Any) -> bool:
    """Tell a form's field that nobody has filled in and that shows "Click here to enter text"."""
    return switch(child(control, "sdtPr"), "showingPlcHdr") is True


def chosen(alternative: Any) -> Any:
    """Choose among versions of one thing, made for newer and older programs."""
    choice = child(alternative, "Choice")
    fallback = child(alternative, "Fallback")
    return next((each for each in (choice, fallback) if each is not None), ())


class Runs:
    """Collects the text of one paragraph, its text boxes, and the page breaks before and after its first words."""

    def __init__(self, styles: Styles, look: Look, *, note: Callable[[str, str], str]) -> None:
        self._styles = styles
        self._look = look
        self._note = note
        self.runs: list[Run] = []
        self.boxes: list[Any] = []
        self.breaks_before: list[str] = []
        self.breaks_after: list[str] = []
        self.has_pictures = False

    def read(self, parent: Any, *, removed: bool) -> None:
        """Read all runs inside an element."""
        for each in parent:
            name = local(each)
            if name == "r":
                self._run(each, removed=removed)
            elif name in WRAPPERS and not asks_for_text(each):
                self.read(each, removed=removed)
            elif name in _FORMULAS:
                self._add(
                    "".join(piece.text or "" for piece in each.iter("{*}t")), self._look, removed=removed
                )
            elif name in REMOVED:
                self.read(each, removed=True)
            elif name == "AlternateContent":
                self.read(chosen(each), removed=removed)

    def _run(self, element: Any, *, removed: bool) -> None:
        properties = child(element, "rPr")
        direct = look_of(properties)
        look = direct.over(self._styles.of_run(value(child(properties, "rStyle")))).over(self._look)
        if look.hidden:
            return
        for each in element:
            self._piece(each, look, removed=removed)

    def _piece(self, element: Any, look: Look, *, removed: bool) -> None:
        name = local(element)
        if name in {"t", "delText"}:
            self._add(element.text or "", look, removed=removed or name == "delText")
        elif name == "lastRenderedPageBreak" or (name == "br" and value(element, "type") == "page"):
            has_text = any(run.text.strip() for run in self.runs)
            (self.breaks_after if has_text else self.breaks_before).append(name)
        elif name in _SIGNS:
            self._add(_SIGNS[name], look, removed=removed)
        elif name == "sym":
            self._add(_symbol(element), look, removed=removed)
        elif name in _NOTES:
            self._add(self._note(_NOTES[name], value(element, "id") or ""), look, removed=removed)
        elif name in _SHAPES:
            self._shape(element)
        elif name == "AlternateContent":
            for each in chosen(element):
                self._piece(each, look, removed=removed)

    def _add(self, text: str, look: Look, *, removed: bool) -> None:
        size = DEFAULT_SIZE if look.size is None else look.size
        self.runs.append(
            Run(
                text,
                bold=bool(look.bold),
                size=size,
                struck=removed or bool(look.struck),
                raised=bool(look.raised),
            )
        )

    def _shape(self, element: Any) -> None:
        boxes = [box for box in element.iter("{*}txbxContent") if not _is_inside_box(box, element)]
        self.boxes.extend(boxes)
        self.has_pictures = self.has_pictures or not boxes


def _is_inside_box(box: Any, shape: Any) -> bool:
    """Tell a text box inside another, and the older version of a newer one, both of which are read elsewhere."""
    for above in box.iterancestors():
        if above is shape:
            return False
        if local(above) == "txbxContent":
            return True
        if local(above) == "Fallback" and child(above.getparent(), "Choice") is not None:
            return True
    return False


def _symbol(element: Any) -> str:
    """Read a character given by its place in a symbol font."""
    try:
        code = int(value(element, "char") or "", 16)
    except ValueError:
        return ""
    if not 0 < code <= 0xFFFF:  # noqa: PLR2004 (the format has four hexadecimal figures)
        return ""
    known = plain(chr(code if code >= _PRIVATE else code + _PRIVATE))
    return known if not "\ue000" <= known <= "\uf8ff" else BULLET
