"""Stable names for documents, bodies and places, and the slugs of which they are made.

A document is what its bytes are: its id is the beginning of their SHA-256, on every machine and under every file name.
A place is named by what is printed: ``body/date/paper[/item]/paragraph``. A segment is a base, what is printed there,
and may end in ``~2`` (the second of that base), ``~r2`` (the second text of that name) or, a paper's, in ``@3f2a91``
(that of this file, where several files have papers of one name). Why it is so: docs/decisions/0009-stable-ids.md.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from kb.records import DocumentId

DOCUMENT_ID_DIGITS: Final = 16
"""Hex digits of a document id: 64 bits, so two among a million papers agree with a chance of one in 37 million."""

PART_SEGMENTS: Final = 3
"""Segments of the id of a paper: body, date, kind."""

_SHORT_FORMS: Final = {
    "police-and-crime-panel": "pcp",
    "police-fire-and-crime-panel": "pfcp",
    "police-and-crime-commissioner": "pcc",
    "police-fire-and-crime-commissioner": "pfcc",
    "fire-and-rescue-authority": "fra",
    "health-and-wellbeing-board": "hwb",
    "overview-and-scrutiny-committee": "osc",
}
"""Kinds of public body that are commonly named by their initials. No two may share a short form."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
_NOT_IN_PRINTED: Final = re.compile(r"[^a-z0-9.]+")
_APOSTROPHES: Final = re.compile(r"['’ʼ`]")
_LONGEST_NAME: Final = 1000


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
    joined = _NOT_IN_SLUG.sub("-", _plain(text)).strip("-")
    if len(joined) <= max_length:
        return joined
    words, _, _ = joined[: max_length + 1].rpartition("-")
    return words or joined[:max_length]


def body_slug(name: str) -> str:
    """Return the slug of a public body: "Fenwold Police and Crime Panel" gives ``fenwold-pcp``.

    Only kinds of body that go by their initials everywhere are shortened, and nothing is cut off, so that bodies of
    different names have different slugs; a name without Latin letters is told by its hash.
    """
    whole = slug(name.replace("&", " and "), max_length=_LONGEST_NAME)
    if not whole:
        return f"body-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    for kind, short in _SHORT_FORMS.items():
        if whole == kind or whole.endswith(f"-{kind}"):
            return whole.removesuffix(kind) + short
    return whole


def printed_slug(printed: str) -> str:
    """Return a printed number or label for use in an id: ``39/20`` gives ``39-20``; ``4.2`` keeps its dot."""
    return _NOT_IN_PRINTED.sub("-", _plain(printed)).strip("-.")


def base_of(segment: str) -> str:
    """Return what is printed at a place, without what tells it apart from others: ``para-5`` of ``para-5~2~r3``."""
    return segment.partition("@")[0].partition("~")[0]


def parent_of(place: str) -> str:
    """Return the id of the item or paper in which a place stands."""
    return place.rpartition("/")[0]


def part_of(place: str) -> str:
    """Return the id of the paper in which a place stands."""
    return "/".join(place.split("/", PART_SEGMENTS)[:PART_SEGMENTS])


def without_file(part: str) -> str:
    """Return the id of a paper without the mark of its file: the id it has where no other file has one of its name."""
    return part.partition("@")[0]


def printed_place(place: str) -> str:
    """Return an id with every segment's base only."""
    return "/".join(base_of(segment) for segment in place.split("/"))


def _plain(text: str) -> str:
    """Return a text's Latin letters without accents and apostrophes, in lower case."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return folded.encode("ascii", "ignore").decode("ascii").lower()
