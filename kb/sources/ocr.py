"""Words on a picture, by Tesseract: the only caller of its program.

Takes an image; gives the words it shows with their places in pixels and how sure the program is. Tesseract is optional:
`is_installed` tells whether it is there. Nothing is fetched and nothing is written to disk.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from typing import Final, NamedTuple

from PIL import Image

from kb.records import Box

PROGRAM: Final = "tesseract"
INSTALL: Final = "Install Tesseract (on Debian: apt install tesseract-ocr)"
"""What to do where it is missing; a clause goes on."""
_WORD: Final = "5"
_COLUMNS: Final = 12
_PAGE: Final = "1"
"""Layout is found by itself, the page turned until its text stands upright."""
_BLOCK: Final = "6"


class SeenWord(NamedTuple):
    """A word on a picture: its box in pixels, the line it stands in, and between 0 and 100 how sure it is."""

    text: str
    box: Box
    line: tuple[int, int, int]
    confidence: float


class OcrError(Exception):
    """A picture could not be read; the message is a clause that can follow "page 3 "."""


def is_installed() -> bool:
    """Tell whether the program is there."""
    return shutil.which(PROGRAM) is not None


def read_words(
    image: Image.Image, *, dots_per_inch: int, seconds: float, is_block: bool = False
) -> list[SeenWord]:
    """Read the words of a picture, line by line in the program's reading order.

    Args:
        image: The picture; colours do not matter.
        dots_per_inch: Its resolution.
        seconds: How long the program may take.
        is_block: Whether it is one upright block of text, not a page.

    Raises:
        OcrError: If it fails, or takes longer.
    """
    picture = io.BytesIO()
    image.convert("L").save(picture, format="PPM")
    layout = _BLOCK if is_block else _PAGE
    command = [PROGRAM, "-", "-", "--dpi", str(dots_per_inch), "--psm", layout, "-l", "eng", "tsv"]
    # Its threads cost more than they gain, and other papers are being read on the other cores.
    settings = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 (no word of it comes from a paper)
            command, input=picture.getvalue(), capture_output=True, timeout=seconds, env=settings, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError(f"was not recognised within {seconds:,.0f} seconds") from error
    except OSError as error:
        raise OcrError(
            f"was not recognised: {PROGRAM} could not be run ({error.strerror or error})"
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise OcrError(f"was not recognised: {PROGRAM} failed ({said or done.returncode})")
    return _words(done.stdout.decode("utf-8", "replace"))


def _words(table: str) -> list[SeenWord]:
    """Read the program's table: level, page, block, paragraph, line, word, box (4), confidence, text."""
    words = []
    for row in table.split("\n"):
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS or cells[0] != _WORD or not cells[-1].strip():
            continue
        block, paragraph, line = map(int, cells[2:5])
        left, top, width, height = map(float, cells[6:10])
        words.append(
            SeenWord(
                cells[-1].strip(),
                Box(left, top, left + width, top + height),
                (block, paragraph, line),
                float(cells[10]),
            )
        )
    return words
