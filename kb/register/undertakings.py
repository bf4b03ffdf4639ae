"""What was promised in answers: "he would find out", "this would be circulated", "undertook to send it".

Takes the statements of minutes; gives `Undertaking` records. A promise has somebody who makes it; what other people
would do, what somebody would like, and what was asked for are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.register.dues import due_in
from kb.register.records import Undertaking
from kb.register.words import Folded, Paper
from kb.structure.people import Mention, People
from kb.structure.statements import Statement

_TO_GIVE = (
    r"(?:bring|circulate|provide|send|share|report|write|find\s+out|look\s+(?:into|at|again)|investigate|check|arrange|come\s+back"
    r"|get\s+back|take\s+(?:this|it|that|them|the\s+\w+)\s+(?:away|back|up|forward)|(?:therefore\s+)?take\s+this|let\s+\w+(?:\s+\w+)?\s+know"
    r"|keep\s+(?:the\s+)?\w+(?:\s+\w+){0,2}\s+(?:informed|appraised|apprised|updated|up\s+to\s+date)|supply|distribute|forward|email"
    r"|follow\s+(?:this|it|that)\s+up|follow\s+up|clarify|raise\s+(?:this|it|that|the)|put\s+(?:this|it|that)\s+to|publish|repeat|feed"
    r"|speak\s+(?:to|with)|pick\s+(?:this|it|that)\s+up|pass\s+(?:this|it|that|on)|see\s+(?:whether|if|that|what|to)|ask\s+(?:whether|for|the|his|her)"
    r"|ensure\s+(?:that\s+)?(?:it|this|they|these|that|the\s+\w+|members|Members|all\s+\w+)\s+(?:\w+\s+){0,3}?(?:circulated|sent|provided|shared|added|included|received|brought|updated)"
    r"|make\s+(?:sure|available|enquiries|a\s+note)|obtain|produce|prepare|contact|liaise|respond|confirm\s+the|give\s+(?:the\s+)?(?:Panel|Board|Committee|Members|members)|update\s+(?:the\s+)?(?:Panel|Board|Committee|Members|members))"
)
_GIVEN = (
    r"(?:circulated|provided|sent|shared|brought|reported|investigated|supplied|distributed|forwarded|made\s+available|followed\s+up"
    r"|looked\s+(?:into|at)|clarified|passed\s+on|emailed|taken\s+(?:back|away|up|forward)|fed\s+back|actioned|arranged|checked)"
)
_NOT_PERSONS = (
    r"(?:It|This|That|They|There|These|Those|Members|Officers"
    r"|Councillors|Which|Who|What|How|Why|When|Residents|People|Police)"
)
_ACTIVE = re.compile(
    rf"(?:\b(?P<pronoun>[Hh]e|[Ss]he|I|[Ww]e|and|but)|(?P<who>(?:\b[Tt]he\s+)?(?!{_NOT_PERSONS}\b)\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*|\s+(?:of|and)(?=\s+[A-Z])){{0,4}}))"
    rf"\s+(?:would|will)\s+(?:also\s+|then\s+|now\s+|therefore\s+|certainly\s+|further\s+)?{_TO_GIVE}\b"
)
_PASSIVE = re.compile(
    rf"\b(?:[Tt]his|[Tt]hat|[Ii]t|[Tt]hey|[Tt]hese|[Tt]hose|figures|details|information|note|copy|copies|breakdown|list|link|plan|data|minutes|report|briefing|update|response|letter|presentation|[Tt]he\s+\w+)\b(?:\s+\([^)]*\))?(?:\s+(?:which|that)\s+\w+)?"
    rf"\s+(?:would|will|could)\s+(?:also\s+|then\s+|therefore\s+|all\s+)?be\s+{_GIVEN}\b"
)
_REPORT = re.compile(
    r"^(?:A|An|The)\s+(?:\w+\s+){0,3}?(?:report|note|briefing|update|paper|summary|breakdown|presentation)\b[^.;]{0,100}?\s(?:would|will)\s+be\s+(?:made|brought|given|presented|provided|submitted|circulated|prepared|sent)\b"
)
_COMES = re.compile(
    r"\b(?:[Tt]hey|[Ii]t|[Tt]his|[Tt]hese|figures|report)\s+(?:would|will)\s+(?:come|go|be\s+brought)\s+(?:back\s+)?to\s+(?:the|a|its)\s+(?:\w+\s+){0,2}(?:meeting|Panel|Board|Committee|Council)\b"
)
_UNDERTOOK = re.compile(
    r"(?:(?P<who>(?:\b[Tt]he\s+)?\b[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*|\s+(?:of|and)(?=\s+[A-Z])){0,4})\s+|\band\s+|,\s+|\b[Hh]e\s+|\b[Ss]he\s+)(?:also\s+|then\s+)?(?:undertook|promised|gave\s+an\s+undertaking|committed)\s+(?:to|that)\b"
)
_AGREED_TO = re.compile(
    r"(?:(?P<who>(?:\b[Tt]he\s+)?\b[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*|\s+(?:of|and)(?=\s+[A-Z])){0,4})\s+|\band\s+|\b[Hh]e\s+|\b[Ss]he\s+)(?:also\s+|then\s+)?agreed\s+(?:that\s+(?:he|she|they)\s+would\s+|to\s+(?:do\s+so|"
    rf"{_TO_GIVE[3:]}|to\s+give\b|to\s+include\b|to\s+add\b|to\s+consider\b|to\s+attend\b|to\s+discuss\b)"
)
_REQUESTED = re.compile(
    r"\b(?:requested|asked\s+for|asked\s+that)\b[^.;]{3,200}?\bto\s+which\s+(?P<who>the\s+[A-Z][\w ]{2,60}?"
    r"|[A-Z][\w .]{1,40}?)\s+(?:agreed|confirmed|said\s+yes|assented)\b"
)
_GROUP = re.compile(
    r"\b(?:Panel|Board|Committee|Council|Cabinet|Members|Councillors|Commission|Trustees|Governors)$"
)
_ASKING = re.compile(
    r"\b(?:asked|asks|queried|wondered|enquired|requested|suggested|proposed|recommended|whether|if|how|what|when|why|could|hoped|wished|urged|expected)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:,(]|\b(?:said|stated|replied|explained|confirmed|added|responded|answered|reported|advised|assured|reiterated|noted|agreed|promised)\b(?:\s+that\b)?|\bbut\b|\band\s+(?=(?:he|she|the|would)\b)"
)
_PATTERNS = (_REQUESTED, _UNDERTOOK, _AGREED_TO, _ACTIVE, _PASSIVE, _COMES, _REPORT)


def read_undertakings(paper: Paper, statements: Sequence[Statement]) -> tuple[Undertaking, ...]:
    """Find the promises among the statements of one paper."""
    return tuple(_read(paper, statements))


def _read(paper: Paper, statements: Sequence[Statement]) -> Iterator[Undertaking]:
    for statement in statements:
        folded = Folded(paper.text, statement.spans, paper.struck)
        match = _promise(folded.text)
        if match is None:
            continue
        who, doubtful = _promiser(match, statement, paper.people)
        if who is not None and _GROUP.search(who.speaker):
            continue
        yield Undertaking(
            part=paper.number,
            spans=folded.cut(),
            who=who.speaker if who else None,
            role=who.role if who else None,
            is_doubtful=doubtful,
            due=due_in(folded.text[match.start() :]),
        )


def _promise(text: str) -> re.Match[str] | None:
    if text.rstrip(" \"'”’").endswith("?"):
        return None
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if pattern is _REQUESTED or not _is_asked(text, match):
                if "who" in pattern.groupindex and match["who"] and _GROUP.search(match["who"]):
                    continue
                return match
    return None


def _is_asked(text: str, match: re.Match[str]) -> bool:
    """Whether the clause is what somebody asked for, a condition, or quoted."""
    ends = [clause.end() for clause in _CLAUSE.finditer(text) if clause.end() <= match.start()]
    begin = ends[-1] if ends else 0
    if text.count("“", 0, match.start()) > text.count("”", 0, match.start()):
        return True
    return _ASKING.search(text, begin, match.start()) is not None


def _promiser(match: re.Match[str], statement: Statement, people: People) -> tuple[Mention | None, bool]:
    """Who promises: whom the clause names, else whoever says the sentence."""
    named = match.groupdict().get("who")
    if named:
        who = people.mentioned(named)
        if who is not None:
            return who, who.doubtful
        if named.split()[-1].isupper():
            return Mention(re.sub(r"^[Tt]he\s+", "", named), None), False
    said = statement.attribution
    if said.speaker is None or said.speaker.startswith(("a ", "an ")):
        return None, False
    return Mention(said.speaker, said.role, said.doubtful), said.doubtful


__all__ = ["read_undertakings"]
