"""Attendance lists as whole lines under their headings.

Takes the items before the first numbered one; gives a `Block` for each heading ("Members Present:", "Apologies"), its
lines joined where printing broke them, cells divided by tabs. Columns that were extracted one after the other are put
beside each other if there are as many names as roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.records import Item
from kb.structure.lines import plain_text
from kb.structure.names import read_name, whole_name
from kb.structure.roles import OFFICE_WORDS, ORGANISATION, role_of

_WHO = r"(?:(?:panel|board|committee|voting|non-voting|elected|independent|co-?opted|lay|statutory|other|council)\s+)*"
_HEADING = re.compile(
    rf"^\W{{0,3}}(?P<words>(?:also|those|persons|people)?\s*{_WHO}(?:members?|councillors|cllrs|officers?|others|staff|guests|observers"
    r"|advisers|advisors|representatives|secretariat|public|police|constabulary|opf?cc|of?pcc)?\s*(?:of\s+the\s+\w+\s+)?(?:in\s+support\s+)?"
    r"(?P<verb>present|in\s+attendance|attending|attendance|attendees|invited)?"
    r"|apologies(?:\s+(?:for\s+absence|received|given))?(?:\s+from)?|absent|substitutes?(?:\s+members?)?|officer\s+support)"
    r"(?:\s*\([^()]{1,40}\))?\s*(?P<end>[:;]\s*[-–]?|\t|-|–|$)\s*",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(
    r"^(?:date|time|location|place|venue|chair(?:man|person)?|contact|minutes|held|agenda|item|meeting|started|ended|start|finish)"
    r"\b[^:\t]{0,30}[:\t]",
    re.IGNORECASE,
)
_TITLE_LINE = re.compile(
    r"^(?:\W*)(?:draft\s+)?(?:minutes\b|held\s+(?:at|in|on)\b|on\s+\d|meeting\s+of\b)", re.IGNORECASE
)
_HEAD_WORDS = (
    "name names role roles title organisation position representing capacity post body action actions item"
    " discussion"
)
_INLINE_HEADING = re.compile(
    r"(?<=[\w.;)])(?<!embers)(?<!fficers)(?<!thers)(?<!illors)(?<!lso)(?<!Parish)(?<!Town)(?<!Deputy) "
    r"(?=(?:In attendance|Also (?:present|in attendance)|(?:Parish |Town )?Clerk|Apologies(?: for absence)?"
    r"|Absent|Public)\s*:)"
)
"""A heading in the middle of a line: "... Pam Walker. Parish Clerk: Peter King In attendance: ..."."""
_COLUMN_HEADS = frozenset(_HEAD_WORDS.split())
_SENTENCE = re.compile(
    r"^[A-Z][^:]*?\b(?:were|was|had|sent|came|asked|said|stated|explained"
    r"|reported|noted|NOTED|agreed|AGREED|RESOLVED|thanked|welcomed|received|presented)\b"
)
_ENOUGH = 3
_OPEN_END = re.compile(
    r"(?:,|&|/|\(|\b(?:and|of|the|for|to|chief|deputy|senior|services|city|county|borough|fire|crime))$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """The people under one heading, one whole line each or all in one."""

    capacity: str
    are_substitutes: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines."""
        return " ".join(self.lines)


def tidy(text: str) -> str:
    """One printed line without markup; tabs, table bars and wide gaps become single tabs."""
    wide = re.sub(r"[ \u00a0]{3,}|\s*\|\s*|(?<=\S)[ \u00a0]{2,}(?=\S)", "\t", text.strip().strip("|"))
    return re.sub(r"\s*\t\s*", "\t", plain_text(wide)).strip()


def is_attendance_heading(title: str) -> bool:
    """Whether an item's title is that of an attendance list."""
    line = tidy(title)
    heading = _HEADING.match(line)
    return (
        heading is not None
        and bool(heading["words"].strip())
        and "apolog" not in line.casefold()
        and _is_heading(heading, line)
    )


def read_blocks(text: str, items: Iterable[Item]) -> list[Block]:
    """The blocks of the list, in order; empty if there is no list."""
    blocks = [Block("")]
    for item in items:
        printed = [item.title] if item.title else []
        printed += [text[span.start : span.end] for paragraph in item.paragraphs for span in paragraph.spans]
        for line in printed:
            for piece in _INLINE_HEADING.split(tidy(line)):
                _place(piece, blocks)
    listed = [block for block in blocks if block.capacity]
    if not listed:
        listed = _without_heading(blocks[-1].lines)
    _join(listed)
    _pair_columns(listed)
    return listed


def _without_heading(lines: Sequence[str]) -> list[Block]:
    """A list under no heading, known by at least three cells that are a name with a role or remark."""
    described = 0
    for cell in (cell for line in lines for cell in line.split("\t")):
        found = read_name(re.sub(r"\([^)]*\)", "", cell))
        described += found is not None and (role_of(found[1]) is not None or "(" in cell)
    return [Block("member", lines=list(lines))] if described >= _ENOUGH else []


def _place(line: str, blocks: list[Block]) -> None:
    if (
        not line
        or {cell.casefold() for cell in line.split("\t")} <= _COLUMN_HEADS
        or set(line) <= set("-:\t= ")
    ):
        return
    heading = _HEADING.match(line)
    if heading and heading["words"].strip() and _is_heading(heading, line):
        words = heading["words"].casefold()
        rest = line[heading.end() :]
        blocks.append(Block(_capacity(words), "substitut" in words, [rest] if rest else []))
    elif _OTHER_FIELD.match(line) or _TITLE_LINE.match(line) or _SENTENCE.match(line):
        blocks.append(Block(""))
    elif blocks:
        blocks[-1].lines.append(line)


def _is_heading(heading: re.Match[str], line: str) -> bool:
    """A colon, an empty line or a verb makes a heading; "Members" in running text does not."""
    if heading["end"].startswith(":"):
        return True
    if heading["end"].startswith(
        ";"
    ):  # an office that ends on a new line, "Chief Finance / Officer; Ann Able", is none
        return heading["verb"] is not None or heading["words"].strip()[-1:] in "sS"
    if heading.end() == len(line):
        return heading["verb"] is not None or line.rstrip(" *").casefold().endswith(
            ("s", "absence", "support", "from")
        )
    return heading["end"] != "" and (heading["verb"] is not None or not line[heading.end() :][:1].islower())


def _capacity(words: str) -> str:
    if "apolog" in words or "absent" in words:
        return "apologies"
    if "officer" in words or "staff" in words or "secretariat" in words:
        return "officer"
    if re.search(
        r"also|other|attend|guest|observer|advis|represent|public|police|constab|cc\b|invited", words
    ):
        return "member" if "member" in words and "other" not in words else "other"
    return "member"


def _join(blocks: Sequence[Block]) -> None:
    """Make whole lines: a line goes on if it ends or the next begins in the middle of something."""
    for block in blocks:
        whole: list[str] = []
        for line in block.lines:
            if whole and _goes_on(whole[-1], line):
                whole[-1] = f"{whole[-1]} {line}"
            else:
                whole.append(line)
        block.lines = whole


def _goes_on(before: str, line: str) -> bool:
    if (
        _OPEN_END.search(before)
        or before.count("(") > before.count(")")
        or line[0].islower()
        or line[0] in "(&"
    ):
        return True
    if re.match(r"[-•*–]\s", line):
        return False
    last = before.replace("\t", ",").split(",")[-1].strip()
    if (
        "," in before
        and re.fullmatch(r"(?:and\s+)?(?:Councillors?\s+)?[A-Z][\w'’.-]*", last)
        and not role_of(last)
        and not _is_body(last)
    ):
        return True
    if whole_name(before) is not None or whole_name(re.sub(r"\([^)]*\)", "", before)) is not None:
        return False
    if (
        read_name(before) is None
        and len(line.split()) > 1
        and role_of(line.split(",", maxsplit=1)[0])
        and not _OPEN_END.search(before)
    ):
        return False
    first = re.split(r"[\s,;]", line, maxsplit=1)[0].casefold()
    lone = len(line.split()) == 1
    return (lone or first in OFFICE_WORDS) and (lone or read_name(line) is None) and _has_role(before)


def _is_body(text: str) -> bool:
    return ORGANISATION.search(text) is not None


def _has_role(text: str) -> bool:
    return role_of(text) is not None or ORGANISATION.search(text) is not None


def _is_person_alone(line: str) -> bool:
    return "\t" not in line and whole_name(re.sub(r"\([^)]*\)", "", line)) is not None


def _is_role_alone(line: str) -> bool:
    if "\t" in line or not _has_role(line):
        return False
    found = read_name(line)
    return found is None or len(found[0].full.split()) < 2 or _place_then_role(line)  # noqa: PLR2004


def _place_then_role(line: str) -> bool:
    """A body's name before a role: "Thornmere Police and Crime Commissioner"."""
    return line.split()[1:2] != [] and line.split()[1].casefold() in OFFICE_WORDS


def _pair_columns(blocks: Sequence[Block]) -> None:
    """Put a run of roles beside the run of names before it, if there are as many of each."""
    names: list[tuple[Block, int]] = []
    roles: list[tuple[Block, int]] = []
    for block in blocks:
        since = len(names)
        for place, line in enumerate(block.lines):
            if _is_person_alone(line):
                if roles:
                    _pair(names, roles, since)
                    names, roles, since = [], [], 0
                names.append((block, place))
            elif names and _is_role_alone(line):
                roles.append((block, place))
            else:
                _pair(names, roles, since)
                names, roles, since = [], [], 0
        _pair(names, roles, since)
        if roles:
            names, roles = [], []
    for block in blocks:
        block.lines = [line for line in block.lines if line]


def _pair(names: list[tuple[Block, int]], roles: list[tuple[Block, int]], since: int) -> None:
    own = names[since:]
    chosen = names if len(names) == len(roles) else own if len(own) == len(roles) else []
    for (block, place), (role_block, role_place) in zip(chosen, roles, strict=False):
        block.lines[place] = f"{block.lines[place]}\t{role_block.lines[role_place]}"
    if roles:
        for role_block, role_place in roles:
            role_block.lines[role_place] = ""
