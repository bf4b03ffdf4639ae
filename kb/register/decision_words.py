"""The words in which minutes record decisions, and those that only look like it.

Takes one sentence; says which verb decides in it and where. "The Panel AGREED to NOTE the report", "RESOLVED that",
"It was agreed", "The minutes were approved" decide; "Members agreed with Councillor Able", "the Authority had agreed"
and "the Panel noted that numbers had fallen" in a debate do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GROUPS = (
    r"(?:Panel|Board|Sub-?\s?[Cc]ommittee|Committee|Council|Cabinet|Commission|Forum|Authority|Assembly|Executive|Partnership"
    r"|Governors|Governing\s+Body|Trustees|Working\s+(?:Group|Party)|Group)"
)
_GENERIC = r"(?:Members|members|Councillors|councillors|[Mm]eeting|All(?=\s+agreed))"
_SUBJECT = (
    rf"(?:(?:[Tt]he|[Tt]his|[Oo]ur|[Aa]ll)\s+)?(?:(?P<own>(?:[A-Z][\w’'&-]*,?\s+(?:(?:of|and|for|&)\s+(?:the\s+)?)?){{0,6}}?)"
    rf"(?P<group>{_GROUPS})(?:\s+[Mm]embers)?|{_GENERIC}(?:\s+(?:of\s+the\s+{_GROUPS}|present))?)(?:\s*\([^)]*\))?"
)
_ADVERBS = (
    r"(?:,?\s+(?:also|then|therefore|thereafter|further|formally|unanimously|duly|accordingly|each|collectively"
    r"|subsequently|again|all|hereby|voted\s+and|once\s+more|by\s+(?:an?\s+)?(?:majority|consensus|common\s+consent|show\s+of\s+hands)(?:\s+vote)?,?"
    r"|by\s+\w+\s+votes\s+to\s+\w+,?))*"
)
_FIRST = (
    r"(?:considered|reviewed|discussed|received|debated|scrutinised"
    r"|welcomed)\b(?:\s+[^.;]{0,120}?)?,?\s+and\s+(?:\w+ly\s+)?"
)
VERBS = (
    r"agreed|noted|resolved|endorsed|approved|accepted|adopted|ratified|confirmed|decided|determined|supported|elected"
    r"|re-?elected|appointed|re-?appointed|co-?opted|authori[sz]ed|granted|refused|rejected|deferred|delegated|carried|lost"
)
_LEAD = (
    r"(?:(?:Following|After|Having|On|In|With|Upon|By|As|Accordingly|Therefore|Subject|Consequently|At|There\s+being"
    r"|There\s+were\s+no)\b[^.;:]{0,240}?(?:,|\s)\s*(?:and\s+)?(?:therefore\s+)?)?(?:(?:and|so)\s+)?"
)
_ACTIVE = re.compile(
    rf"^{_LEAD}{_SUBJECT}{_ADVERBS},?\s+(?:{_FIRST})?(?P<verb>(?i:{VERBS}|voted(?=\s+(?:unanimously\s+)?(?:to|in\s+favour|against))))\b"
)
_ANY = r"(?:[^.;]|(?<=\b[A-Z])\.|(?<=\bCllr)\.|(?<=\bMr)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\bDr)\.)"
_IT_WAS = re.compile(
    rf"^{_LEAD}[Ii]t\s+(?:was|is){_ADVERBS}\s+(?:(?:proposed|moved)\b{_ANY}{{0,200}}?\band\s+(?:\w+ly\s+)?)?(?P<verb>(?i:{VERBS}))\b"
)
_DOCUMENTS = (
    r"(?:[Mm]inutes|[Rr]eports?|[Aa]genda(?:\s+[Pp]lan)?|[Dd]ates?|[Pp]lan|[Pp]rogramme|[Uu]pdates?|[Aa]ccounts|[Bb]udget"
    r"|[Pp]recept|[Pp]ayments?|[Ss]chedule|[Pp]olicy|[Pp]olicies|[Tt]erms\s+of\s+reference|[Mm]otion|[Aa]mendment"
    r"|[Rr]ecommendations?|[Pp]roposals?|[Rr]esolution|[Aa]pplication|[Ss]trategy|[Rr]eturn|[Ss]tatement|[Aa]rrangements"
    r"|[Cc]hanges|[Nn]omination|[Aa]pologies|[Cc]orrespondence|[Pp]osition|[Ii]nvoices?|[Bb]alances|[Rr]econciliation|[Qq]uotation|[Gg]rant)"
)
_PASSIVE = re.compile(
    rf"^{_LEAD}(?:(?:[Tt]he|[Aa]ll|[Tt]hese|[Bb]oth|[Tt]his)\s+)?(?:[\w’'/&-]+\s+){{0,5}}?{_DOCUMENTS}\b(?:\s(?:(?!\b(?:will|would|should|that|which|who|had|have|has|be)\b)[^.;:]){{0,120}}?)?\s"
    rf"(?:was|were)(?:\s+(?:read|taken\s+as\s+read|received|put\s+to\s+the\s+vote|then|put|reviewed|circulated)[\w\s]{{0,30}}?(?:,|\s+and))?"
    rf"{_ADVERBS}\s+(?P<verb>(?i:agreed|approved|noted|confirmed|adopted|endorsed|accepted|ratified|carried|lost|defeated|rejected|resolved|deferred))\b"
)
_CHOSEN = re.compile(
    rf"^{_LEAD}(?P<name>(?:[A-Z][\w.’'-]*\s+)+(?:\([^)]*\)\s+)?)(?:was|were){_ADVERBS}\s+(?P<verb>(?i:(?:re-?)?elected|(?:re-?)?appointed|co-?opted))\b"
)
_BARE = re.compile(
    r"^\W{0,3}(?:IT\s+WAS\s+|It\s+was\s+|[Aa]nd\s+)?(?P<verb>RESOLVED|AGREED|NOTED|APPROVED|ENDORSED|ADOPTED|CARRIED|DECIDED|(?:Unanimously\s+)?(?:Resolved|[Aa]greed|Approved|Noted|Confirmed|Adopted|Endorsed))"
    r"(?:\s+unanimously)?(?=\W|$)|^(?P<noun>DECISION|Decision|RESOLUTION|Resolution)\s*[:–-]\s*(?=\w)"
)
_JOINED = re.compile(
    rf"(?:,|;)?\s+and\s+(?:so\s+|therefore\s+)?(?P<start>the\s+(?P<group>{_GROUPS})){_ADVERBS}\s+(?P<verb>(?i:{VERBS}))\b"
)
_SECONDED = re.compile(
    rf"^(?:It\s+was\s+)?(?:[Pp]roposed|[Mm]oved)\b{_ANY}{{3,200}}?\b(?:[Ss]econded)\b{_ANY}{{3,120}}?\band\s+(?:\w+ly\s+)?(?P<verb>(?i:{VERBS}))\b"
)
_CARRIED = re.compile(
    r"^(?:(?:Up)?[Oo]n\s+being\s+put\s+to\s+the\s+(?:vote|meeting),?\s+)?(?:(?:[Tt]he|[Tt]his)\s+)?(?:[Ss]ubstantive\s+|[Aa]mended\s+)?"
    r"(?:[Mm]otion|[Aa]mendment|[Pp]roposal)\s+(?:(?:was|is)\s+)?(?:put\s+to\s+the\s+vote\s+and\s+(?:was\s+)?|then\s+)?(?:\w+ly\s+)?"
    r"(?P<verb>carried|lost|defeated|agreed|approved)\b"
)

_WITH = re.compile(r"^\s+(?:(?:whole-?heartedly|entirely|fully)\s+)?(?:with|on\s+this\s+point)\b")
_TO = re.compile(
    r"^\W*(?:unanimously\W+)?(?:to\W+)?(?:formally\W+|unanimously\W+)?(?P<do>note|approve|endorse|accept|adopt|support|confirm|ratify|reject|refuse|defer)\b",
    re.IGNORECASE,
)
_NOT_TO_VETO = re.compile(r"\bnot\s+(?:to\s+)?(?:exercise|use|veto)\b[^.;]{0,40}", re.IGNORECASE)
_VETO = re.compile(r"\bto\s+(?:exercise\s+(?:its|the|their)\s+(?:\w+\s+of\s+)?veto|veto)\b", re.IGNORECASE)
_SHALL = re.compile(
    r"\b(?:be|should|shall|would|will)\b(?!\s+(?:be\s+|have\s+been\s+)?(?:an?\s+)?(?:welcome\w*|useful|helpful|good|better|interesting|of\s+interest|difficult|important|seen|hard))"
)
_DETERMINED = re.compile(
    r"^\s+(?:the|its|this|these|those|their|both|an?|all|and|with|contents|item|progress|receipt)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"^\s+(?:the|its|this|these|those|their|both|an?|all)\s+(?:(?!the\b|that\b|which\b|who\b|it\b|they\b|and\b|by\b)[\w’'-]+\s+){1,6}(?:was|were|had|has|is|are|would|could|remained|continued)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    rf"^\s+(?:the|its|this|these|their|an?|all|both)\s+(?:[\w’'-]+\s+){{0,5}}?(?:{_DOCUMENTS}|appointment|minutes|tender|contract|request|increase|offer)",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"^\s+(?:\w+ly\s+)?by\s+(?!the\s+(?:Panel|Board|Committee|Council|Members|members|meeting)|all\b|those\b|members|Members|councillors|an?\s+(?:\w+\s+)?majority|\w+\s+votes|\d|show|consensus)"
)
_LONG_AGO = re.compile(
    r"\b(?:last\s+(?:year|month|summer|autumn)|at\s+the\s+(?:meeting\s+held|last|previous))\b"
)
_OF_AN_OFFICE = re.compile(
    r"\b(?:chair\w*|vice|deputy|mayor|representatives?|members?\s+of|leader|trustee|governor|co-?opted|votes?)\b",
    re.IGNORECASE,
)
_OF_PAPERS = frozenset({"confirmed", "supported", "accepted", "rejected", "determined", "lost", "carried"})
"""Verbs of opinion, unless it is a paper or motion that is accepted."""
_PAST = {
    "note": "noted",
    "approve": "approved",
    "endorse": "endorsed",
    "accept": "accepted",
    "adopt": "adopted",
    "support": "supported",
    "confirm": "confirmed",
    "ratify": "ratified",
    "reject": "rejected",
    "refuse": "refused",
    "defer": "deferred",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision in a sentence: its verb, where the deciding clause starts, and where the verb ends.

    ``weak`` says that it decides only if nothing else in the item does ("The Board noted that ..."), ``leads`` that the
    points of a list behind it are decided by it.
    """

    verb: str
    start: int
    end: int
    weak: bool = False
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Body:
    """Whose minutes they are: the words of its name and of the title."""

    words: frozenset[str]

    def is_own(self, qualifier: str, group: str) -> bool:
        """Whether "the Fire Authority" is this body; where its name tells nothing, any may be."""
        if not self.words:
            return True
        named = {word.casefold() for word in re.findall(r"[A-Z][\w’'-]*", qualifier)} - {"the", "this"}
        group = group.casefold().replace("sub-", "").split()[-1]
        known = group in self.words or not self.words & _GROUP_WORDS
        return known and named <= self.words


_GROUP_WORDS = frozenset(
    (
        *(
            "panel",
            "board",
            "committee",
            "council",
            "cabinet",
            "commission",
            "forum",
            "authority",
            "assembly",
        ),
        *("executive", "partnership", "governors", "trustees", "group"),
    )
)


def body_of(*names: str | None) -> Body:
    """The body of a paper, from its name and title."""
    return Body(
        frozenset(word.casefold() for name in names if name for word in re.findall(r"[\w’'-]+", name))
    )


def decides(text: str, body: Body, *, formal: bool, chooses: bool) -> Verdict | None:
    """Find the decision of a sentence.

    Args:
        text: White space folded.
        body: Whose minutes they are.
        formal: Whether it stands under a heading such as "ACTION" or "DECISION".
        chooses: Whether its item elects or appoints.
    """
    for pattern in (_ACTIVE, _IT_WAS, _SECONDED, _CARRIED, _CHOSEN, _PASSIVE, _BARE):
        match = pattern.match(text)
        if match is None:
            continue
        found = _judge(pattern, match, text, body, formal=formal, chooses=chooses)
        if found is not None:
            return found
    match = _JOINED.search(text)
    if match is not None and body.is_own("", match["group"]):
        verdict = _by_body(match, text, formal=formal)
        return verdict and Verdict(verdict.verb, match.start("start"), verdict.end, verdict.weak)
    return None


def _judge(  # noqa: PLR0911 - one question a shape
    pattern: re.Pattern[str], match: re.Match[str], text: str, body: Body, *, formal: bool, chooses: bool
) -> Verdict | None:
    rest = text[match.end() :]
    if pattern is _ACTIVE and match["group"] and not body.is_own(match["own"] or "", match["group"]):
        return None
    if pattern in {_ACTIVE, _IT_WAS, _SECONDED}:
        return _by_body(match, text, formal=formal or pattern is _SECONDED)
    if pattern is _CARRIED:
        return Verdict(match["verb"].casefold(), 0, match.end(), leads=False)
    if _BY_OTHERS.match(rest) or _LONG_AGO.search(rest):
        return None
    if pattern is _CHOSEN:
        is_office = chooses or re.match(r"\s+(?:as\s+)?(?:the\s+)?(?:Chair|Vice|Deputy)", rest) is not None
        if not is_office or not (_OF_AN_OFFICE.search(rest) or chooses):
            return None
        return Verdict(_usual(match["verb"], rest), 0, match.end(), leads=False)
    if pattern is _PASSIVE:
        return Verdict(_usual(match["verb"], rest), 0, match.end(), leads=False)
    return _bare(match, rest)


def _bare(match: re.Match[str], rest: str) -> Verdict | None:
    if match["noun"]:
        return Verdict("resolved" if match["noun"].casefold() == "resolution" else "decided", 0, match.end())
    verb = match["verb"].split()[-1]
    if not verb.isupper() and re.match(r"\s+(?:with|actions?\b|by\s+the\s+(?!Panel|Board|Committee))", rest):
        return None
    if verb.isupper() and re.match(r"\s+(?:ACTIONS?|MINUTES)\b", rest):
        return None
    return Verdict(_usual(verb, rest), 0, match.end())


def _by_body(match: re.Match[str], text: str, *, formal: bool) -> Verdict | None:
    printed, rest = match["verb"], text[match.end() :]
    verb = printed.casefold()
    formal = formal or printed.isupper()
    if _WITH.match(rest) or (_BY_OTHERS.match(rest) and not formal):
        return None
    weak = False
    if not formal:
        that = re.match(r"\s+(?:[^.;,]{0,40}?,\s+)?(?:that|this|it|they|there|these)\b", rest) is not None
        if verb == "noted":
            that = re.match(r"\s+that\b", rest) is not None
            if _CLAUSE.match(rest) or not (that or _DETERMINED.match(rest)):
                return None
            weak = that
        elif (that and not _SHALL.search(re.split(r"[,;]", rest, maxsplit=1)[0])) or (
            verb in _OF_PAPERS and not _PAPER.match(rest)
        ):
            return None
    return Verdict(_usual(printed, rest), 0, match.end(), weak)


def _usual(printed: str, rest: str) -> str:
    """The verb that tells what was decided: "AGREED to NOTE" is noting."""
    verb = printed.casefold()
    if _NOT_TO_VETO.search(rest) and "veto" in rest.casefold():
        return "not to veto"
    if _VETO.search(rest):
        return "to veto"
    if verb in {"agreed", "resolved", "decided", "voted"}:
        to = _TO.match(rest)
        if to is not None and re.match(r"^\W*(?:unanimously\W+)?(?:to|note|approve)\b", rest, re.IGNORECASE):
            return _PAST[to["do"].casefold()]
        return "agreed" if verb == "voted" else verb
    return re.sub(r"^(re|co)-", r"\1-", verb)


__all__ = ["VERBS", "Body", "Verdict", "body_of", "decides"]
