"""Numbers as they are printed before paragraphs: roman numerals, letters, ordinals."""

from __future__ import annotations

from typing import Final

BULLET: Final = "•"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS: Final = 26


def roman(number: int) -> str:
    """Write a number in small roman numerals; 0 and less as figures."""
    if number < 1:
        return str(number)
    written = ""
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        written += sign * count
    return written


def doubled_letters(number: int) -> str:
    """Write 1 as a, 26 as z, 27 as aa, 28 as bb, as word processors do; 0 and less as figures."""
    if number < 1:
        return str(number)
    rounds, place = divmod(number - 1, _LETTERS)
    return chr(ord("a") + place) * (rounds + 1)


def ordinal(number: int) -> str:
    """Write 1 as 1st, 12 as 12th."""
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def counted_letters(number: int) -> str:
    """Write 1 as a, 26 as z, 27 as aa, 28 as ab, as browsers do; 0 and less as figures."""
    if number < 1:
        return str(number)
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + place) + letters
    return letters
