"""The marks inside a source's text: ``**bold**`` and ``<br/>``; and labels taken apart for automatic numbering."""

import re
from typing import NamedTuple

_MARKED = re.compile(r"\*\*(.+?)\*\*|<br/>|([^*<]+|[*<])", re.DOTALL)
_PAGE_OF = re.compile(r"\{pageof:[\w-]+\}")
_LABEL = re.compile(r"(\W*)(\d{1,3}|[a-z]|[ivx]{1,5})([.)]*)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


class Piece(NamedTuple):
    """Words of one look, or a line break if ``text`` is a line feed."""

    text: str
    bold: bool = False


class Counted(NamedTuple):
    """A label as a place in a list: ``(iii)`` is number 3 of ``lowerRoman`` between brackets."""

    before: str
    number: int
    style: str
    after: str


def pieces(text: str) -> list[Piece]:
    """Take a text apart; pages referred to are not known here."""
    found = []
    for match in _MARKED.finditer(_PAGE_OF.sub("0", text)):
        if match[1] is not None:
            found.append(Piece(match[1], bold=True))
        else:
            found.append(Piece("\n" if match[0] == "<br/>" else match[0]))
    return found


def counted(label: str, after: Counted | None = None) -> Counted | None:
    """Take a label apart.

    Args:
        label: As printed.
        after: The label before it, which tells the letter i from the number.

    Returns:
        Its place in a list, ``None`` if it is printed in no way that a list counts.
    """
    match = _LABEL.fullmatch(label)
    if match is None:
        return None
    before, value, end = match.groups()
    if value.isdigit():
        return Counted(before, int(value), "decimal", end)
    letter = Counted(before, ord(value) - ord("a") + 1, "lowerLetter", end) if len(value) == 1 else None
    if letter is not None and (value not in _ROMAN or (after is not None and follows(letter, after))):
        return letter
    return Counted(before, _ROMAN.index(value) + 1, "lowerRoman", end) if value in _ROMAN else letter


def follows(label: Counted, before: Counted) -> bool:
    """Tell whether a label is the next in the list of another."""
    return label == before._replace(number=before.number + 1)
