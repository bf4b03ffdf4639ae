"""Stable names for documents, and the slugs of which readable ids are made.

A document is what its bytes are: its id is the beginning of their SHA-256, on every machine and under every file name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kb.records import DocumentId

DOCUMENT_ID_DIGITS: Final = 16
"""Hex digits of a document id: 64 bits, so two among a million papers agree with a chance of one in 37 million."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
_APOSTROPHES: Final = re.compile(r"['’ʼ`]")


def document_id(sha256: str) -> DocumentId:
    """Return the id of the document whose bytes have this hash.

    Args:
        sha256: 64 hex digits in lower case.

    Raises:
        ValueError: If it is anything else.
    """
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
    return DocumentId(sha256[:DOCUMENT_ID_DIGITS])


def slug(text: str, *, max_length: int = 60) -> str:
    """Return the text as lower-case ASCII words joined by hyphens, for use in ids and addresses.

    Accents are dropped and apostrophes closed up ("Commissioner's" gives ``commissioners``).

    Args:
        text: Any text.
        max_length: Longest result, in characters, at least 1; a longer one is cut after a whole word, unless its first
            word alone is longer.

    Returns:
        The slug; empty if the text has no letter of the Latin alphabet and no digit.
    """
    if max_length < 1:
        raise ValueError(f"max_length must be at least 1, not {max_length}")
    plain = (
        unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).encode("ascii", "ignore").decode("ascii")
    )
    joined = _NOT_IN_SLUG.sub("-", plain.lower()).strip("-")
    if len(joined) <= max_length:
        return joined
    words, _, _ = joined[: max_length + 1].rpartition("-")
    return words or joined[:max_length]
