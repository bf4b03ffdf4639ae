"""Document ids and slugs."""

from __future__ import annotations

import pytest

from kb.ids import (
    DOCUMENT_ID_DIGITS,
    base_of,
    body_slug,
    document_id,
    part_of,
    printed_place,
    printed_slug,
    slug,
)


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fenwold Police and Crime Panel", "fenwold-pcp"),
        ("Fenwold Police & Crime Panel", "fenwold-pcp"),
        ("Upper Fen and Wold Police, Fire and Crime Panel", "upper-fen-and-wold-pfcp"),
        ("Police and Crime Panel", "pcp"),
        ("Business Coordination Board", "business-coordination-board"),
        ("Fenwold Parks and Cemeteries Panel", "fenwold-parks-and-cemeteries-panel"),
    ],
)
def test_bodies_are_named_shortly(name: str, expected: str) -> None:
    """By initials only where everybody does so: other bodies may have the same initials."""
    assert body_slug(name) == expected


def test_long_and_foreign_names_stay_apart() -> None:
    """Nothing is cut off, and a name without Latin letters is not nothing."""
    long = "Joint Committee for the Care of " + "Very " * 30
    assert body_slug(f"{long} Old Bridges") != body_slug(f"{long} Old Roads")
    assert body_slug("Συμβούλιο") != body_slug("Совет")
    assert body_slug("Совет").startswith("body-")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("4.2", "4.2"), ("39/20", "39-20"), ("O5.2", "o5.2"), ("(a)", "a"), ("21.01.05", "21.01.05"), ("•", "")],
)
def test_labels_are_named_as_printed(printed: str, expected: str) -> None:
    """In lower case, without what would divide an id."""
    assert printed_slug(printed) == expected


def test_ids_come_apart() -> None:
    """Into papers, and into what is printed."""
    place = "fenwold-pcp/2023-07-19/minutes~2@3f2a91/item-9~r2/para-5~2~r3"
    assert part_of(place) == "fenwold-pcp/2023-07-19/minutes~2@3f2a91"
    assert printed_place(place) == "fenwold-pcp/2023-07-19/minutes/item-9/para-5"
    assert base_of("para-5~2~r3") == "para-5"
