"""White space folded: lines become one, and a word broken by a hyphen at a line's end is no two words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_BROKEN: Final = re.compile(
    r"""(?x)
      (?: (?<=[^\W_][-\N{HYPHEN}])\s*\n\s*(?=[^\W_A-Z]) | (?<=[A-Z][-\N{HYPHEN}])\s*\n\s*(?=[A-Z]{2}) )
      (?!(?i:and|or|nor|to)\b)
    | \N{SOFT HYPHEN}\s*\n\s*(?=[^\W_])"""
)
"""The line break in "counter-/terrorism"; "short-/and long-term" are words, "Present-/Mr Hale" no compound."""


def fold(text: str) -> str:
    """Fold white space to single spaces, and to none where a line ends inside a word.

    The hyphen is kept: only a dictionary knows whether it is the word's own. Index terms serve both readings.
    """
    return " ".join(_BROKEN.sub("", text).split())


def join_lines(lines: Iterable[str]) -> str:
    """Join lines by spaces, but for those that end inside a word; white space within them stays."""
    return _BROKEN.sub("", "\n".join(lines)).replace("\n", " ")
