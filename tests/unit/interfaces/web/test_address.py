"""An address says the same to whoever opens it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.interfaces.web.address import Address

WORD = st.text(min_size=1).map(str.strip).filter(bool)
# Lone surrogates cannot stand in an address.
SAFE = WORD.filter(lambda text: text.encode("utf-8", "ignore").decode() == text)
MANY = st.lists(SAFE, unique=True, max_size=3).map(tuple)


@given(SAFE, MANY, MANY, SAFE, st.none() | st.integers(1, 9999))
def test_what_is_written_is_read(
    question: str, bodies: tuple[str, ...], ignored: tuple[str, ...], place_id: str, page: int | None
) -> None:
    """Whatever is asked, in whatever signs."""
    address = Address(question=question, bodies=bodies, ignored=ignored, place=place_id, page=page)
    assert Address.parse(address.search()) == address


@given(st.text())
def test_any_text_is_an_address(search: str) -> None:
    """What cannot be understood is left out."""
    assert isinstance(Address.parse(search), Address)


@pytest.mark.parametrize("page", ["0x1", "-1", "1.5", "", "999999", "two", "٣"])
def test_a_page_is_a_number_or_none(page: str) -> None:
    """Nothing else opens a page."""
    assert Address.parse(f"?place=a&page={page}").page is None


def test_too_many_fields_are_none() -> None:
    """Nobody sets a thousand filters."""
    assert Address.parse("&".join(["body=a"] * 1000)) == Address()


def test_changes_keep_the_rest() -> None:
    """A link to a place keeps the question."""
    address = Address(question="budget", kinds=("minutes",))
    assert address.search(place="a/b") == "?q=budget&kind=minutes&place=a%2Fb"
    assert address.filters == 1
