"""Names as minutes print them: where one ends, its parts, and when two are of the same person.

Takes words; gives `Name` records. "Cllr A Sharp", "Councillor Alan Sharp" and "Sharp" agree; "B Sharp" does not.
Which of several people is meant is decided in `people`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kb.structure.roles import OFFICE_WORDS

COUNCILLOR = "Councillor"
_TITLE_WORDS = """Mr Mrs Ms Miss Mx Dr Professor Prof Sir Dame Lord Lady Baroness Rev Revd Reverend Canon Alderman
    Inspector Superintendent Sergeant Commander Judge Detective Constable PC DCI DI DS ACC DCC CC"""
_TITLES = {
    **dict.fromkeys(("councillor", "councillors", "cllr", "cllrs", "coun", "cr"), COUNCILLOR),
    **{word.casefold(): word for word in _TITLE_WORDS.split()},
}
RANKS = frozenset({"Inspector", "Superintendent", "Sergeant", "Commander", "Professor", "Alderman", "Canon"})
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,2}|(?:[A-Z]\.){3}")
_ABBREVIATED = frozenset({"pc", "dci", "di", "ds", "acc", "dcc", "cc"})
_PARTICLE_WORDS = "de den der di da du la le van von al bin ap ten"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_OTHER_WORDS = """a all also although an and any as at before both but by could did during each following for from had
    having he her his how however if in it its many more most no not of on one our regarding she since some that the
    their there these they this those thus to two was we were what when where which while who why will with would you
    your monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december government ministry home national"""
_NOT_NAMES = frozenset(_OTHER_WORDS.split())
_MAX_WORDS = 5
_MAX_BEFORE_TEXT = 3
_FULL_NAME = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name: its title ("Councillor", "Dr", "Superintendent"), given names or initials, and surname."""

    title: str
    given: str
    surname: str

    @property
    def full(self) -> str:
        """The name without title: "Alan Sharp", "A Sharp" or "Sharp"."""
        return f"{self.given} {self.surname}".strip()

    @property
    def has_first_name(self) -> bool:
        """Whether a given name is printed in full, not as initials."""
        return bool(self.given) and not _INITIALS.fullmatch(self.given.split()[0])

    def agrees(self, other: Name) -> bool:
        """Whether both may be the same person: one surname, and given names or initials that do not contradict."""
        if self.surname.casefold() != other.surname.casefold():
            return False
        mine, theirs = self.given.casefold().replace(".", ""), other.given.casefold().replace(".", "")
        if not mine or not theirs:
            return True
        if self.has_first_name and other.has_first_name:
            return mine.split()[0] == theirs.split()[0]
        return mine[0] == theirs[0]

    def fuller(self, other: Name) -> Name:
        """The better known of two forms of one name, with the title of either."""
        best = max((self, other), key=lambda name: (name.has_first_name, len(name.given)))
        title = (
            COUNCILLOR if COUNCILLOR in {self.title, other.title} else best.title or self.title or other.title
        )
        return Name(title, best.given, best.surname)


def read_name(text: str, places: Collection[str] = (), *, lone: bool = False) -> tuple[Name, str] | None:
    """Read a name at the start of a text; give it with what follows, or ``None`` if the text does not start with one.

    Args:
        text: White space folded, "Dr Jo Bell Chief Executive".
        places: Words that belong to bodies ("Cambridgeshire"): they end a name that has a surname already.
        lone: Whether a surname alone is enough without a title.
    """
    words = text.split()
    start = _titles(words)
    title = _title(words[:start])
    end = start
    while end < len(words) and end - start < _MAX_WORDS and _is_name_word(words, end, start):
        end += 1
        if words[end - 1][-1] in ",.;:" and not _INITIALS.fullmatch(words[end - 1]):
            break
    while end > start and words[end - 1] in _PARTICLES:
        end -= 1
    if end < len(words) and not words[end - 1].endswith((",", ";", ":")):
        while end - start > _FULL_NAME and words[end - 1] in places:
            end -= 1
        if end - start > _MAX_BEFORE_TEXT:
            end = start + _FULL_NAME
    taken = [word.rstrip(",;:") if not _INITIALS.fullmatch(word) else word for word in words[start:end]]
    if not taken or _INITIALS.fullmatch(taken[-1]) or (len(taken) == 1 and not title and not lone):
        return None
    surname = taken[-1].rstrip(".")
    at = len(taken) - 1
    while at > 1 and taken[at - 1] in _PARTICLES:
        at -= 1
    surname = " ".join([*taken[at:-1], surname])
    if surname.isupper() and len(surname) > _FULL_NAME:
        surname = surname.title()
    return Name(title, " ".join(taken[:at]), surname), " ".join(words[end:])


def whole_name(text: str, places: Collection[str] = (), *, lone: bool = False) -> Name | None:
    """The name that a text is, if it is one and nothing else."""
    found = read_name(text, places, lone=lone)
    return found[0] if found and not found[1].strip(" .,;:") else None


def _titles(words: Sequence[str]) -> int:
    count = 0
    while count < len(words):
        word = words[count].rstrip(".").casefold()
        chief = word in {"chief", "temporary", "acting"} and count + 1 < len(words)
        if chief and words[count + 1].casefold() in {"inspector", "superintendent"}:
            count += 2
        elif word in _TITLES and (word not in _ABBREVIATED or words[count].isupper()):
            count += 1
        else:
            break
    return count


def _title(words: Sequence[str]) -> str:
    titles = [_TITLES.get(word.rstrip(".").casefold(), word) for word in words]
    if COUNCILLOR in titles:
        return COUNCILLOR
    return " ".join(titles)


def _is_name_word(words: Sequence[str], place: int, start: int) -> bool:
    word = words[place].rstrip(",.;:")
    if not word or (place > start and words[place - 1][-1:] in {",", ";", ":"}):
        return False
    after_initial = place > start and bool(_INITIALS.fullmatch(words[place - 1]))
    if _INITIALS.fullmatch(words[place].rstrip(",;:")):
        return place <= start + 1 or after_initial
    if word in _PARTICLES:
        return place > start
    introduced = after_initial or (place == start and start > 0)
    return _is_capitalised(word, introduced=introduced) and (
        introduced or word.casefold() not in OFFICE_WORDS
    )


def _is_capitalised(word: str, *, introduced: bool) -> bool:
    """Whether a word is written as names are; wholly in capitals only after an initial or a title."""
    letters = re.sub(r"[-'’]", "", word)
    if not letters.isalpha() or not word[0].isupper() or word.endswith(("’s", "'s")):
        return False
    return word.casefold() not in _NOT_NAMES and (introduced or len(word) == 1 or not word.isupper())


__all__ = ["COUNCILLOR", "RANKS", "Name", "read_name", "whole_name"]
