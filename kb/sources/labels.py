"""The page number printed on a sheet, told from the text of its first and last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_DASH: Final = "[-\N{EN DASH}\N{EM DASH}]"
_NUMBER: Final = r"(?:[A-Z]?\d{1,4}[A-Z]?|[ivxl]{1,7})"
_PRINTED: Final = re.compile(
    rf"(?:page\s*)?(?P<number>{_NUMBER})(?:\s*(?:of|/)\s*\d{{1,4}})?"
    rf"|{_DASH}\s*(?P<dashed>{_NUMBER})\s*{_DASH}",
    re.IGNORECASE,
)


def printed_number(text: str) -> str | None:
    """Read a line that is nothing but a page number.

    Understands ``7``, ``iv``, ``A3``, ``Page 7``, ``7 of 12``, ``Page 7 of 12``, ``7/12`` and ``- 7 -``.

    Returns:
        The number as printed, or ``None`` if the line says anything else.
    """
    match = _PRINTED.fullmatch(text.strip())
    return (match["number"] or match["dashed"]) if match else None


def page_label(texts: Sequence[str]) -> str | None:
    """Find the printed number of a page from its lines, top to bottom.

    Only the first and the last line that are not blank count; the last one is asked first, since most papers
    print the number at the foot.
    """
    visible = [text for text in texts if text.strip()]
    if not visible:
        return None
    return printed_number(visible[-1]) or printed_number(visible[0])
