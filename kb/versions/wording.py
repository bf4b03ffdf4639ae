"""When are two texts the same words? Keys for whole passages, runs of words for whole papers.

Line ends, hyphens, punctuation, case and markup do not make another text; a figure, a sign or a word does.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

SHINGLE_WORDS = 5
"""Words of a run: long enough that two papers seldom share one by chance, short enough to survive a changed word."""

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_TOKEN = re.compile(r"[£$€+±−-]?\d+(?:[.,:/]\d+)*%?|[^\W\d_]+", re.UNICODE)


def tokens(text: str) -> list[str]:
    """Words and figures, folded; a figure keeps its sign, its separators and its per cent."""
    plain = unicodedata.normalize("NFKC", _MARKUP.sub(" ", text)).casefold()
    return _TOKEN.findall(plain)


def text_key(text: str) -> str:
    """Equal for texts of the same words and figures in the same order; empty for a text that has none.

    Words are closed up, so that a word divided at a line's end is itself; figures stay apart.
    """
    pieces: list[str] = []
    for token in tokens(text):
        is_word = token[0].isalpha()
        if pieces and is_word and pieces[-1][0].isalpha():
            pieces[-1] += token
        else:
            pieces.append(token)
    return " ".join(pieces)


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """Hashes, 64 bits, of every run of `SHINGLE_WORDS` tokens of consecutive texts; for comparison, not to be kept."""
    words = [_token_hash(token) for text in texts for token in tokens(text)]
    # Python's hash of a tuple of numbers is the same in every process, unlike that of a text.
    return frozenset(map(hash, zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)))


@lru_cache(maxsize=1 << 16)
def _token_hash(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=7).digest(), "big")


def likeness(left: str, right: str) -> float:
    """How much two texts share: Dice's coefficient of their words, doubled words counted; 0 to 1."""
    ours, theirs = Counter(tokens(left)), Counter(tokens(right))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def contains(text: str, words: str) -> bool:
    """Whether words stand in a text as whole words, in this order."""
    wanted = tokens(words)
    found = tokens(text)
    return bool(wanted) and any(
        found[place : place + len(wanted)] == wanted for place in range(len(found) - len(wanted) + 1)
    )
