"""The people named in one whole line of an attendance list.

Takes a line; gives `Entry` records: a name and the remarks about it (roles, bodies, "substitute"). Cells stand between
tabs, entries between semicolons, and commas and "and" divide people as well as the words of one role, so each piece is
read before it is decided what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.structure.names import COUNCILLOR, Name, read_name, whole_name
from kb.structure.roles import ORGANISATION, organisation_of, role_of

_COUNCILLORS = re.compile(r"^(?:the\s+)?(?:Councillors|Cllrs|Councillors?:|Cllrs?:)[.:]?\s+", re.IGNORECASE)
_BEFORE_TITLE = re.compile(
    r"(\S*[a-z)]\S*)[ \u00a0]+(?=(?:(?:(?:Parish|Town)\s+)?Clerk:?\s+)?"
    r"(?:(?:[A-Z]\w+\s+)?(?:County|District|Borough|City)\s+)?"
    r"(?:Cllr\.?|Councillor|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?)\s+[A-Z])"
)
_OF_A_COUNCIL = re.compile(r"^(?:[A-Z]\w+\s+)?(?:County|District|Borough|City)\s+(?=(?:Cllr|Councillor)\b)")
_NOT_PARTED = frozenset(
    (
        *("county", "district", "borough", "town", "city", "parish", "unitary", "ward", "clerk", "former"),
        *(
            "and",
            "for",
            "from",
            "by",
            "of",
            "to",
            "with",
            "also",
            "plus",
            "mayor",
            "leader",
            "deputy",
            "lead",
        ),
        *(
            "cllr",
            "cllrs",
            "councillor",
            "councillors",
            "chair",
            "chairman",
            "chairperson",
            "chairwoman",
            "vice-chair",
            "vice-chairman",
        ),
    )
)
_MESSRS = re.compile(r"^(?:Messrs|Messieurs)\.?\s+", re.IGNORECASE)
_UNNAMED = re.compile(
    r",?\s+(?:and|&|plus)\s+(?:the\s+(?:(?:Parish|Town)\s+)?Clerk|(?:\w+\s+)?members?\s+of\s+(?:the\s+)?public)(?=[.,;]|$)",
    re.IGNORECASE,
)
"""Who is there and not named: "..., County Cllr Webb and the Clerk"."""
_AFTER_BRACKET = re.compile(r"\)[ \u00a0]*([A-Z][^,;()\t]*?)(?=\s*(?:[,;()\t]|$))")


@dataclass(slots=True)
class Entry:
    """One person with what is printed about them."""

    name: Name
    remarks: list[str] = field(default_factory=list)


def read_entries(line: str, places: frozenset[str]) -> list[Entry]:
    """Read the people of one line; ``places`` are words that end a name because they belong to bodies."""
    entries: list[Entry] = []
    described = False
    for cell in re.split(r"\t|;", _part_people(_UNNAMED.sub("", _MESSRS.sub("Mr ", line)), places)):
        pieces = _pieces(cell, places)
        titled = False
        for index, piece in enumerate(pieces):
            core = _COUNCILLORS.sub("", piece)
            titled = titled or core != piece
            after = pieces[index + 1] if index + 1 < len(pieces) else ""
            found = _read_piece(core, places, titled=titled, described=described, after=after)
            if found is None:
                if entries:
                    entries[-1].remarks.append(piece)
                    described = role_of(piece) is not None
                continue
            name, rest, tags = found
            if titled and not name.title and not _leaves_councillors(name, tags, pieces):
                name = Name(COUNCILLOR, name.given, name.surname)
            entries.append(Entry(name, [remark for remark in (*tags, rest) if remark.strip(" ,.")]))
            described = role_of(rest) is not None
    return entries


def _part_people(line: str, places: frozenset[str]) -> str:
    """Put a comma between people whom nothing else parts: "Cllr A Able (Chair) Cllr B Baker", "(AA) Bo Baker"."""

    def before_title(match: re.Match[str]) -> str:
        word = match[1]
        joins = word.strip(".").casefold() in _NOT_PARTED or word.endswith((",", ";", ":", "-", "–"))
        return match[0] if joins else f"{word}, "

    def after_bracket(match: re.Match[str]) -> str:
        name = match[1]
        is_name = (
            not ORGANISATION.search(name) and role_of(name) is None and whole_name(name, places) is not None
        )
        return f"), {name}" if is_name else match[0]

    return _AFTER_BRACKET.sub(after_bracket, _BEFORE_TITLE.sub(before_title, line))


def _leaves_councillors(name: Name, tags: tuple[str, ...], pieces: list[str]) -> bool:
    """Whether a name in a list that began with "Councillors" is no longer one of them."""
    if any("independent" in tag.casefold() or "co-opt" in tag.casefold() for tag in tags):
        return True
    first = whole_name(re.sub(r"\([^)]*\)", "", _COUNCILLORS.sub("", pieces[0])), lone=True)
    in_list = [whole_name(re.sub(r"\([^)]*\)", "", piece).strip(), lone=True) for piece in pieces]
    initials = [other for other in in_list if other and other.given and not other.has_first_name]
    return name.has_first_name and (bool(initials) or (first is not None and not first.has_first_name))


def _read_piece(
    piece: str, places: frozenset[str], *, titled: bool, described: bool, after: str
) -> tuple[Name, str, tuple[str, ...]] | None:
    """A person's name, what follows it, and remarks in brackets; ``None`` if the piece names nobody."""
    tags = tuple(re.findall(r"\(([^()]*)\)?", piece))
    core = " ".join(re.sub(r"\([^()]*\)?", " ", re.sub(r"^(?:and|from|&)\s+", "", piece.strip())).split())
    core = _OF_A_COUNCIL.sub("", re.sub(r"^(?:[-–•*]\s*)+", "", core))
    found = read_name(core, places, lone=titled)
    if found is not None:
        name, rest = found
        if described and not (name.title or rest or _has_initials(name, tags)) and role_of(after) is None:
            return None
        if (
            rest
            and not name.title
            and role_of(rest) is None
            and organisation_of(rest) is None
            and rest[:1] not in ",-–"
        ):
            return None
        return name, rest.lstrip(" ,-–:"), tags
    words = core.split()
    for size in (3, 2):
        name_after = whole_name(" ".join(words[-size:]), places) if len(words) > size else None
        if name_after is not None and role_of(" ".join(words[:-size])) is not None:
            return name_after, " ".join(words[:-size]), tags
    return None


def _has_initials(name: Name, tags: tuple[str, ...]) -> bool:
    """Whether the name's own initials stand behind it in brackets: a person, not the words of a role."""
    return bool(name.full) and "".join(word[0] for word in name.full.split()).upper() in tags


def _pieces(cell: str, places: frozenset[str]) -> list[str]:
    """Divide by commas outside brackets, and by "and" between people."""
    pieces: list[str] = []
    for part in re.split(r",(?![^()]*\))", cell):
        rest = part.strip()
        while rest:
            cut = next(
                (
                    match
                    for match in re.finditer(r"\s+(?:and|&)\s+|^and\s+", rest)
                    if _divides(rest, match, places, in_list=bool(pieces))
                ),
                None,
            )
            if cut is None:
                pieces.append(rest)
                break
            if rest[: cut.start()].strip():
                pieces.append(rest[: cut.start()])
            rest = rest[cut.end() :]
    return pieces


def _divides(text: str, match: re.Match[str], places: frozenset[str], *, in_list: bool) -> bool:
    if text[: match.start()].count("(") > text[: match.start()].count(")"):
        return False
    left = re.sub(r"\([^()]*\)", "", _COUNCILLORS.sub("", text[: match.start()])).strip()
    right = re.sub(r"\([^()]*\)", "", re.sub(r"^from\s+", "", text[match.end() :])).strip()
    bare = (
        not left
        or whole_name(left, places, lone=in_list or left != text[: match.start()].strip()) is not None
    )
    if bare:
        return read_name(right, places, lone=True) is not None
    following = read_name(right, places)
    return following is not None and (following[0].title != "" or role_of(following[1]) is not None)


__all__ = ["Entry", "read_entries"]
