"""What people do in a meeting: offices and ranks, under one name each.

Takes printed roles ("Interim Chief of Finance", "ViceChairperson") and gives the usual name of the office. A role
that is in no table keeps its printed words. Knows no person and no place.
"""

from __future__ import annotations

import re

_PCC = r"(?:police(?:,?\s+fire)?(?:,?\s+and|,?\s+&)?\s+crime\s+)?"
_TABLE: tuple[tuple[str, str], ...] = (
    ("Deputy Commissioner", rf"deputy\s+{_PCC}commissioner|deputy\s+pf?cc\b"),
    ("Deputy Chief Constable", r"deputy\s+chief\s+constable"),
    ("Assistant Chief Constable", r"assistant\s+chief\s+constable"),
    ("Chief Constable", r"chief\s+constable"),
    ("Chief Fire Officer", r"chief\s+fire\s+officer"),
    ("Commissioner", rf"{_PCC}commissioner|\bpf?cc\b"),
    ("Deputy Mayor", r"deputy\s+mayor"),
    ("Mayor", r"mayor(?:ess)?\b"),
    ("Deputy Chief Executive", r"deputy\s+chief\s+executive"),
    ("Chief Executive", r"chief\s+executive(?:\s+officer)?"),
    (
        "Chief Finance Officer",
        r"chief\s+(?:of\s+)?financ(?:e|ial)(?:\s+officer)?|treasurer|(?:section|s)\.?\s*151\s+officer",
    ),
    ("Monitoring Officer", r"monitoring\s+officer"),
    (
        "Democratic Services Officer",
        r"(?:democratic|committee|member)\s+(?:services?|support)\s+(?:officer|adviser|advisor)|committee\s+officer",
    ),
    ("Vice-Chair", r"(?:vice|deputy)[\s-]*chair(?:man|woman|person)?\b"),
    ("Chair", r"chair(?:man|woman|person)?\b|presiding"),
    ("Deputy Leader", r"deputy\s+leader"),
    ("Leader", r"leader\b"),
    ("Portfolio Holder", r"portfolio\s+holder|(?:cabinet|executive)\s+member"),
    ("Deputy Clerk", r"deputy\s+clerk"),
    ("Clerk", r"clerk\b"),
    ("Secretary", r"secretary\b"),
    ("Independent member", r"independent(?:\s+(?:co-?opted\s+)?member)?\b|co-?opted(?:\s+member)?\b"),
)
_ROLES = tuple((role, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for role, pattern in _TABLE)
_OFFICE = re.compile(
    rf"\boffice\s+(?:of|for)\s+(?:the\s+)?{_PCC}commissioner\b(?:['’]s)?|\bcommissioner['’]s\s+\w+"
    r"|(?<=\w)\s+to\s+the\s+\w.*$",
    re.IGNORECASE,
)
_PASSING = re.compile(r"^(?:(?:interim|acting|temporary|joint|the)\s+)+", re.IGNORECASE)
_OTHER = re.compile(
    r"(?i:\b(?:director|head|manager|officer|advis[eo]r|lead|inspector|superintendent|sergeant|solicitor|lawyer"
    r"|accountant|auditor|secretariat|assistant|analyst|coordinator|co-ordinator|planner|engineer|surveyor|principal"
    r"|member|trustee|governor|commander|chaplain|youth\s+mayor)\b)"
)

# Words that stand in roles and bodies but not in people's names (a surname that is also one of them is lost
# unless it follows an initial or "Councillor").
_OFFICE_WORDS = """accountant acting adult advisor adviser agency analyst apologies assistant association attendance
    audit auditor
    authority board borough business cabinet chair chairman chairperson chairwoman chief children city clerk co-opted
    college commissioner commissioners commissioning committee communications communities community compliance constable
    constabulary coordinator co-ordinator corporate council councillors councils county court crime data date democratic
    department deputy detective development director district division education engagement estates executive finance
    financial fire force governance group head health holder homes housing human in independent inspector interim joint
    justice lead leader legal location manager mayor meeting member members minutes monitoring neighbourhood none office
    officer officers opcc operations others panel parish partnership partnerships people performance place planning
    police policing policy portfolio present probation programme project public rescue resources roads rural
    safety scrutiny
    secretariat secretary section senior sergeant service services solicitor staff statutory strategic strategy
    substitute substitutes superintendent support team technology temporary the time town transformation transport
    treasurer trust union unit university venue vice vice-chair victims viceperson welcome youth
    centre hub portal house station scheme project unit"""
OFFICE_WORDS = frozenset(_OFFICE_WORDS.split())
ORGANISATION = re.compile(
    r"\b(?:council|constabulary|office of|office for|opf?cc|of?pcc|police|authority|service|services|partnership|trust"
    r"|association|agency|university|college|board|committee|panel|commissioner['’]s|department|ltd|limited|cic"
    r"|force|team|group|nhs|icb|healthwatch)\b",
    re.IGNORECASE,
)


def role_of(text: str) -> str | None:
    """The usual name of the first office in a printed role; its own words if it is in no table; ``None`` if none."""
    own = " ".join(_OFFICE.sub(" ", text).replace("*", " ").split())
    found = [
        (match.start(), place, role)
        for place, (role, pattern) in enumerate(_ROLES)
        if (match := pattern.search(own))
    ]
    listed = min(found, default=None)
    other = _OTHER.search(own)
    if listed is not None and (
        other is None or listed[0] <= other.start() or "," in own[other.start() : listed[0]]
    ):
        return listed[2]
    if other is None:
        return listed[2] if listed else None
    printed = _PASSING.sub(
        "", re.split(r"[,;(]", own[: other.end()])[-1].strip() + re.split(r"[,;(]", own[other.end() :])[0]
    )
    return " ".join(printed.split()) or None


def find_offices(text: str) -> list[tuple[int, int, str]]:
    """Every office of the table that a text names, in order, as ``(start, end, usual name)``; none inside another."""
    found: list[tuple[int, int, str]] = []
    for role, pattern in _ROLES:  # deputies come before those they stand in for
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((*match.span(), role))
    return sorted(found)


def organisation_of(text: str) -> str | None:
    """The body named in a printed role: what follows the first comma, or an acronym at the end."""
    parts = [" ".join(part.split()) for part in re.split(r"[,(]", text.replace(")", "")) if part.strip()]
    named = [part for part in parts[1:] if ORGANISATION.search(part)]
    if named:
        return ", ".join(dict.fromkeys(named))
    if len(parts) == 1 and role_of(parts[0]) is None and ORGANISATION.search(parts[0]):
        return parts[0]
    acronym = re.search(r"\s(O[A-Z]*PF?CC)$", parts[0]) if parts else None
    if acronym:
        return acronym[1]
    office = re.search(r"\b[Oo]ffice\s+(?:of|for)\s+the\s+.*$", parts[0]) if parts else None
    return office[0] if office else None


__all__ = ["OFFICE_WORDS", "ORGANISATION", "find_offices", "organisation_of", "role_of"]
