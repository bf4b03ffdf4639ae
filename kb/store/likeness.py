"""How like two texts are, by their words: what decides whether a place still says what it said.

A `Features` is a set of hashes, of a text's words and pairs of neighbouring words, each counted. Enough of the smallest
of them make a sketch, from which likeness can be estimated when the text itself is gone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Final

Features = frozenset[int]

SAME_PLACE: Final = 0.6
"""Least likeness of two texts for the one to be a changed form of the other: about two words of ten may differ."""

_SKETCH_SIZE: Final = 128
"""Hashes kept; a text of up to 64 words is kept whole."""
_HASH_BYTES: Final = 4
_DIGEST_BYTES: Final = 16
_WORD: Final = re.compile(r"\w+(?:[.,'/-]\w+)*")


def text_digest(text: str) -> bytes:
    """Return 16 bytes, equal for texts that differ in nothing but white space, case and typographic variants."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.blake2b(folded.encode(), digest_size=_DIGEST_BYTES).digest()


def features(text: str) -> Features:
    """Return the hashes of a text's words and word pairs; those of its characters if it has no words."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold()) or list(text)
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    counted = Counter((*words, *pairs))
    return frozenset(_hash(f"{each}\0{turn}") for each, times in counted.items() for turn in range(times))


def sketch(found: Features) -> bytes:
    """Return the smallest hashes as bytes: at most 512."""
    return b"".join(each.to_bytes(_HASH_BYTES, "big") for each in sorted(found)[:_SKETCH_SIZE])


def read_sketch(data: bytes) -> Features:
    """Return the hashes of a sketch."""
    return frozenset(
        int.from_bytes(data[start : start + _HASH_BYTES], "big") for start in range(0, len(data), _HASH_BYTES)
    )


def likeness(first: Features, second: Features) -> float:
    """Return the Dice coefficient of two sets, each of which may be a sketch's; between 0 and 1.

    Exact while both texts together have no more features than a sketch holds, else estimated from the smallest hashes
    of both (Broder, "On the resemblance and containment of documents", 1997).
    """
    smallest = sorted(first | second)[:_SKETCH_SIZE]
    if not smallest:
        return 0.0
    shared = sum(each in first and each in second for each in smallest) / len(smallest)
    return 2 * shared / (1 + shared)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_HASH_BYTES).digest(), "big")
