"""Who speaks in minutes: the people of a meeting, and to whom a sentence's words are attributed.

Minutes report speech: "Councillor Sharp asked ... The Commissioner explained ...". A sentence is attributed to its
subject; roles become people through the attendance list of the same minutes. Where the list does not settle it, the role
itself is kept: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.records import Part, PartKind
from kb.structure.lines import plain_text

_NAME = r"(?:Dr\s+|Mrs?\s+|Ms\s+|Sir\s+|Dame\s+|Professor\s+)?[A-Z][a-zA-Z'’-]+(?:\s+[A-Z][a-zA-Z'’.-]*){1,3}"
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Deputy Commissioner", re.compile(r"deputy\s+police(?:,?\s+fire)?\s+and\s+crime\s+commissioner|^deputy\s+commissioner", re.IGNORECASE)),
    ("Deputy Chief Constable", re.compile(r"deputy\s+chief\s+constable", re.IGNORECASE)),
    ("Assistant Chief Constable", re.compile(r"assistant\s+chief\s+constable", re.IGNORECASE)),
    ("Chief Constable", re.compile(r"chief\s+constable", re.IGNORECASE)),
    ("Chief Finance Officer", re.compile(r"chief\s+(?:of\s+)?financ(?:e|ial)(?:\s+officer)?|treasurer|section\s+151", re.IGNORECASE)),
    ("Chief Executive", re.compile(r"chief\s+executive", re.IGNORECASE)),
    ("Monitoring Officer", re.compile(r"monitoring\s+officer", re.IGNORECASE)),
    ("Vice-Chair", re.compile(r"vice[\s-]*chair", re.IGNORECASE)),
    ("Chair", re.compile(r"^chair(?:man|woman|person)?\b", re.IGNORECASE)),
    ("Commissioner", re.compile(r"(?<!office of the )(?<!office of )(?<!office for )police(?:,?\s+fire)?\s+(?:and|&)\s+crime\s+commissioner(?!['’]s)", re.IGNORECASE)),
)
_CHAIR = re.compile(rf"({_NAME})\s*[-–(,]\s*(vice[\s-]*chair|chair)\w*\b", re.IGNORECASE)
_VERB = (
    r"(?:(?:also|then|further|again|subsequently|reluctantly|fully)\s+)?(?:asked|stated|explained|thanked|commented|queried|noted|confirmed|added"
    r"|advised|reported|said|suggested|felt|questioned|enquired|informed|expressed|highlighted|responded|referred|agreed"
    r"|requested|raised|concluded|reiterated|reminded|believed|assured|gave|accepted|congratulated|acknowledged|clarified"
    r"|proposed|seconded|welcomed|emphasised|outlined|presented|replied|observed|considered|envisaged|hoped|appreciated|was|were|had|would"
    r"|could|did|made|told|pointed|sought|wished|recommended|described|introduced|provided|commended|undertook|urged|challenged)\b"
)
_SUBJECT = re.compile(
    rf"(?:^|(?<=[.?!;:]\s)|(?<=[.?!;:”]\s)|(?<=–\s)|(?<=\band\s)|(?<=\bwhich\s)|(?<=\bwhere\s))"
    rf"(?P<who>(?:The\s+|the\s+)?(?:(?:Vice[\s-]?)?Chair(?:man|woman|person)?|(?:Deputy\s+|Police\s+and\s+Crime\s+)*Commissioner"
    rf"|(?:Deputy\s+|Assistant\s+)?Chief\s+Constable|(?:Interim\s+)?Chief\s+(?:of\s+)?Financ(?:e|ial)(?:\s+Officer)?|(?:Interim\s+)?Chief\s+Executive|Monitoring\s+Officer"
    rf"|Panel|Board|Committee)|(?:Councillors?|Cllrs?\.?)\s+(?:[A-Z]\.?\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){{0,2}}|{_NAME})"
    rf"(?:,\s+[^.,;]{{2,70}},?|\s+\([^)]{{1,60}}\))?\s+(?P<verb>{_VERB})"
)
_PRESENTED = re.compile(r"^(?:members|councillors|officers|others|also)?\s*(?:present|in attendance|attendance)?\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class People:
    """The people of one meeting: full names, and who held which role."""

    names: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)

    def resolve(self, mention: str) -> str:
        """The fullest form of a mention: a full name, or the role if nobody is known to hold it."""
        text = " ".join(re.sub(r"^[Tt]he\s+", "", mention).split())
        for role, pattern in _ROLES:
            if role == text or pattern.search(text) or (role == "Commissioner" and text.endswith("Commissioner")):
                return self.roles.get(role, role)
        surname = text.split()[-1]
        if text.split()[0].rstrip(".") in {"Councillor", "Cllr", "Councillors", "Cllrs"}:
            same = [name for name in self.names if name.split()[-1] == surname]
            full = [name for name in same if len(name.split()[0].rstrip(".")) > 2]
            if full:
                return full[0]
            return f"Councillor {same[0]}" if same and len(same) == 1 else f"Councillor {' '.join(text.split()[1:])}"
        return text


def read_people(text: str, part: Part) -> People:
    """Read the attendance list before the first item of minutes; other papers have no list."""
    if part.kind is not PartKind.MINUTES:
        return People()
    opening = [paragraph for item in part.items if item.number is None for paragraph in item.paragraphs]
    lines = [plain_text(text[span.start : span.end]).replace("\t", "  ") for paragraph in opening for span in paragraph.spans]
    names: list[str] = []
    roles: dict[str, str] = {}
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        _read_line(_PRESENTED.sub("", line), after, names, roles)
    _pair_columns(lines, roles)
    return People(names=tuple(dict.fromkeys(names)), roles=roles)


def attribute(text: str, people: People) -> tuple[str, ...]:
    """The speakers of a passage of minutes in order of first appearance, as full names or roles."""
    found: dict[str, None] = {}
    for match in _SUBJECT.finditer(plain_text(text)):
        found.setdefault(people.resolve(match["who"]))
    return tuple(found)


def _read_line(line: str, after: str, names: list[str], roles: dict[str, str]) -> None:
    for match in _CHAIR.finditer(line):
        role = "Vice-Chair" if match[2].casefold().startswith("vice") else "Chair"
        roles.setdefault(role, _bare(match[1]))
    for match in re.finditer(r"(?:Councillors?|Cllrs?)\s+(.+)", line):
        for piece in re.split(r",|\band\b", re.sub(r"\([^)]*\)", "", match[1])):
            if re.fullmatch(r"\s*[A-Z][\w.'’]*(?:\s+[A-Z][\w'’-]+){1,2}\.?\s*", piece):
                names.append(_bare(piece))
    for piece in re.split(r",|\band\b|\s{2,}", line):
        if re.fullmatch(rf"\s*{_NAME}\s*\.?\s*", re.sub(r"\([^)]*\)", "", piece)):
            names.append(_bare(re.sub(r"\([^)]*\)", "", piece)))
    match = re.match(rf"\s*({_NAME}?)\s{{1,}}(?=.*(?:commissioner|chief|officer|chair|director|constable|treasurer))(.+)$", line, re.IGNORECASE)
    if match is None:
        return
    words = line.split()
    for size in (2, 3, 4):
        name, rest = " ".join(words[:size]), " ".join(words[size:])
        if not re.fullmatch(_NAME, name) or not rest:
            continue
        for role, pattern in _ROLES:
            if pattern.match(rest) or (role == "Commissioner" and pattern.search(rest) and "ffice" not in rest.split("Commissioner")[0]):
                if role == "Commissioner" and re.search(r"deputy|office|executive|officer", rest, re.IGNORECASE):
                    continue
                roles.setdefault(role, _bare(name))
                return
            if pattern.search(rest) and role not in {"Commissioner", "Chair", "Vice-Chair"}:
                roles.setdefault(role, _bare(name))
                return


def _pair_columns(lines: list[str], roles: dict[str, str]) -> None:
    """Names in one column and roles in the next, extracted one column after the other: pair them in order."""
    people = [line.strip() for line in lines if re.fullmatch(_NAME, line.strip()) and not _role_of(line)]
    offices: list[str] = []
    for line in lines:
        role = _role_of(line)
        if role is not None or re.match(r"^(?:secretariat|.{0,30}\bofficer\b)", line, re.IGNORECASE):
            offices.append(role or "")
    joined = " ".join(lines)
    if len(people) != len(offices) and "Commissioner" not in roles and re.search(r"police\s+and\s+crime\s+commissioner", joined, re.IGNORECASE):
        offices = [office for office in offices if office]
    for person, office in zip(people, offices, strict=False):
        if office and len(people) == len(offices):
            roles.setdefault(office, _bare(person))


def _role_of(line: str) -> str | None:
    if re.search(r"office\s+of|chief\s+executive", line, re.IGNORECASE):
        return None
    return next((role for role, pattern in _ROLES if pattern.search(line.strip())), None)


def _bare(name: str) -> str:
    return " ".join(re.sub(r"^(?:Dr|Mrs?|Ms|Sir|Dame|Professor|Councillor|Cllr)\.?\s+", "", name.strip(" .,")).split())
