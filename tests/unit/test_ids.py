"""Document ids and slugs."""

from __future__ import annotations

import pytest

from kb.ids import DOCUMENT_ID_DIGITS, document_id, slug


def test_a_document_id_is_the_beginning_of_the_hash() -> None:
    """Equal bytes have an equal id everywhere."""
    sha256 = "0123456789abcdef" * 4
    assert document_id(sha256) == "0123456789abcdef"
    assert len(document_id(sha256)) == DOCUMENT_ID_DIGITS


@pytest.mark.parametrize("text", ["", "0123", "G" * 64, "A" * 64, "0" * 65])
def test_a_document_id_refuses_what_is_no_hash(text: str) -> None:
    """A name or a cut hash would collide silently."""
    with pytest.raises(ValueError, match="not a SHA-256"):
        document_id(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cambridgeshire Police and Crime Panel", "cambridgeshire-police-and-crime-panel"),
        ("Commissioner's Annual Report", "commissioners-annual-report"),
        ("Commissioner’s  Annual — Report!", "commissioners-annual-report"),
        ("Ynys Môn 2023/24", "ynys-mon-2023-24"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_slug_is_readable_ascii(text: str, expected: str) -> None:
    """Ids made of it can stand in an address."""
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("text", "max_length", "expected"),
    [
        ("one two three", 13, "one-two-three"),
        ("one two three", 12, "one-two"),
        ("one two three", 7, "one-two"),
        ("one two three", 6, "one"),
        ("unbreakable", 4, "unbr"),
    ],
)
def test_a_long_slug_is_cut_after_a_word(text: str, max_length: int, expected: str) -> None:
    """Unless its first word alone is too long."""
    assert slug(text, max_length=max_length) == expected


def test_a_slug_has_room_for_a_letter() -> None:
    """A length of 0 is a mistake of the caller's."""
    with pytest.raises(ValueError, match="at least 1"):
        slug("text", max_length=0)
