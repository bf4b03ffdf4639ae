"""A page as a picture, drawn in a process of its own: a hostile file harms nobody who reads.

`draw` runs inside such a process; `Pictures` is the outside, which keeps the last pictures drawn.
"""

from __future__ import annotations

import base64
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from kb.errors import KbError, SourceError, UsageError
from kb.interfaces.server.problems import NotFoundError
from kb.records import PageBox
from kb.workers import Ending, Limits, Workers

TASK: Final = "kb.interfaces.server.drawing:draw"
_LIMITS: Final = Limits(seconds=20.0)
_KEPT_BYTES: Final = 32 * 1024 * 1024
_INK: Final = (20, 80, 107)
_LINE: Final = 3
_MARGIN: Final = 3.0
"""Points between a box and the text in it."""

Box = tuple[float, float, float, float]


class Pictures:
    """Draws pages of PDF files as PNG; at most one at a time, as PDFium wants it. Safe to use from several threads."""

    def __init__(self) -> None:
        self._workers = Workers(TASK, count=1, limits=_LIMITS)
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
        self._size = 0

    def png(self, path: Path, page: int, *, width_px: int, turn: int, boxes: Sequence[PageBox] = ()) -> bytes:
        """Draw a page, or give it again.

        Args:
            path: A PDF file whose bytes never change.
            page: From 1.
            width_px: Of the picture.
            turn: Degrees clockwise, as in `kb.records.Page`.
            boxes: What to frame, of this page.

        Raises:
            NotFoundError: If there is no such page, or the file has none that can be drawn.
            SourceError: If drawing it fails.
        """
        frames = tuple(tuple(each.box) for each in boxes)
        key = (path, page, width_px, turn, frames)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        [outcome] = self._workers.run(
            [{"path": str(path), "page": page, "width_px": width_px, "turn": turn, "frames": frames}]
        )
        if outcome.ending is not Ending.DONE:
            raise SourceError(
                f"Page {page} could not be drawn ({outcome.ending}).",
                next_step="Open the file itself at that page.",
            )
        if "refusal" in outcome.value:
            raise NotFoundError(**outcome.value["refusal"])
        picture = base64.b64decode(outcome.value["png"])
        self._keep(key, picture)
        return picture

    def close(self) -> None:
        """End the process."""
        self._workers.close()

    def _keep(self, key: tuple[Any, ...], picture: bytes) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = picture
                self._size += len(picture)
            while self._size > _KEPT_BYTES:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone)


def draw(*, path: str, page: int, width_px: int, turn: int, frames: Sequence[Box]) -> dict[str, Any]:
    """Draw a page and frame some boxes; gives ``png`` in base64, or a ``refusal`` in words."""
    from PIL import ImageDraw  # noqa: PLC0415 - needed in the worker only

    from kb.sources.picture import page_picture  # noqa: PLC0415

    try:
        picture = page_picture(Path(path), page, width_px=width_px, turn=turn)
    except (SourceError, UsageError) as error:
        return {"refusal": _refusal(error)}
    pen = ImageDraw.Draw(picture.image)
    for x0, top, x1, bottom in frames:
        edges = (x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN)
        pen.rectangle([edge * picture.scale for edge in edges], outline=_INK, width=_LINE)
    return {"png": base64.b64encode(picture.png()).decode("ascii")}


def _refusal(error: KbError) -> dict[str, str]:
    return {"message": error.message, "next_step": error.next_step}
