"""The words of reported speech: verbs, bodies that speak, and what is procedure and nobody's statement.

Patterns and small questions about one sentence; knows no people. Motives: minutes say "asked", "stated", "was pleased";
"received", "noted" and "RESOLVED" are what a body does, not what it says.
"""

from __future__ import annotations

import re
from enum import Enum, auto

MAX_SUBJECT_WORDS = 16
MAX_OPENING = 5
IS_TITLE = re.compile(r"(?:[Tt]he\s+)?[A-Z][\w.'’-]*(?:\s+(?:[A-Z(][\w.'’()-]*|of|and|for|the|&|to))*")


class Verb(Enum):
    """What a verb of speaking does."""

    SAYS = auto()
    AGREES = auto()
    ASKS = auto()
    WAS_ASKED = auto()


_ASKS = (
    r"asked|queried|enquired|inquired|questioned|requested|sought|raised|wondered|referred"
    r"|(?:wanted|wished)\s+to\s+know"
)
_SAYS = (
    r"stated|explained|said|addressed|added|advised|reported|commented|confirmed|replied|responded|answered|told|informed|noted|thanked"
    r"|suggested|felt|expressed|highlighted|agreed|concluded|reiterated|reminded|believed|thought|considered|assured|reassured"
    r"|accepted|congratulated|acknowledged|clarified|proposed|moved|seconded|welcomed|emphasi[sz]ed|stressed|outlined|presented"
    r"|introduced|observed|envisaged|hoped|appreciated|made(?=\s+(?:it|the\s+(?:following|point)|a\s+(?:statement|point|comment)|comments?))"
    r"|pointed|recommended|described|commended|undertook|urged|challenged|declared|apologi[sz]ed|remarked|argued|maintained"
    r"|warned|announced|summari[sz]ed|recalled|promised|offered|admitted|conceded|disagreed|insisted|mentioned|invited|called"
    r"|shared|echoed|supported|regretted|understood|continued|opened(?=\s+by)|spoke|gave|put(?=\s+it)|drew(?=\s+attention)"
    r"|paid(?=\s+tribute)|took(?=\s+(?:the\s+)?\w+\s+through)|led(?=\s+(?:the\s+)?\w+\s+through)|went\s+on\s+to|expected|wished"
    r"|looked\s+forward|feared|doubted|preferred|championed|provided(?=\s+(?:an?\s+)?(?:verbal\s+|brief\s+|oral\s+)?(?:update|overview|assurance|summary|explanation|briefing))"
    r"|(?:was|were)\s+(?:\w+ly\s+)?(?:pleased|concerned|glad|happy|delighted|disappointed|grateful|content|sorry|surprised|keen|of\s+the\s+(?:view|opinion)|not\s+\w+\s+to\s+see)"
    r"|could\s+not\s+(?:recall|promise|say)|had\s+(?:some\s+|serious\s+)?concerns|would\s+like\s+to|would\s+welcome|assisted(?=\s+by\s+saying)"
    r"|did\s+not\s+(?:think|believe|agree|accept|know)|set\s+out|handed\s+over(?=\s+to)|showed(?=\s+a)|voiced"
)
_AGREES = r"agreed|accepted|undertook|noted|thanked|welcomed"
_WAS_ASKED = r"(?:was|were)\s+(?:also\s+|then\s+|further\s+)?asked|received\s+questions?"
VERB = re.compile(rf"(?<=[\w).,’'”])\s+(?P<verb>{_WAS_ASKED}|{_ASKS}|{_SAYS})\b", re.IGNORECASE)
ADVERBS = re.compile(
    r"(?:[\s,]+(?:also|then|further|again|both|therefore|however|furthermore|later|first|next|now|once|\w{3,}ly|\w{3,}ed\s+and|in\s+(?:response|reply|turn|conclusion|addition|summary)"
    r"|for\s+(?:the\s+)?(?:clarity|record)))+,?$"
)
PROCEDURAL_VERB = re.compile(
    r"\s*(?:agreed|considered|noted(?!\s+that)|made|proposed|moved|supported|accepted|recommended|understood|gave|reported|received|welcomed)\b",
    re.IGNORECASE,
)
BODY = re.compile(
    r"(?:[Tt]he\s+|[Tt]his\s+)?(?:[A-Z]\w+\s+)*?(?P<body>Panel|Board|Committee|Cabinet|Members|members)(?:['’]s\s+view|\s+Members|\s+members)?(?:\s+of\s+the\s+(?:Panel|Board|Committee))?"
    r"(?:,?\s+(?:once|in\s+discussion|generally|as\s+a\s+whole))?"
)
OFFICE = re.compile(
    r"(?:[Tt]he\s+)?(?:(?:(?:[A-Z]\w+\s+)?Police\s+and\s+Crime\s+)?Commissioner['’]s\s+[Oo]ffice|Office\s+of\s+the\s+Police\s+and\s+Crime\s+Commissioner|O[A-Z]{0,2}PF?CC|OFPCC)"
)
APPOSITION = re.compile(r"(?<=\w)(?:\s*\([^()]{1,80}\)?|,\s+[^;:–—]{2,90}?),?$")
SUBMITTED = re.compile(
    r"(?:A|The|One|An?other)\s+(?:\w+\s+)?(?:question|statement|letter)s?\s+(?:\w+\s+){0,3}?(?:from|by)\s+(?P<who>.+?)(?:\s+of\s+[A-Z]\w+(?:\s+[A-Z]\w+)*)?$"
)
NO_SUBJECT = re.compile(
    r"\b(?:that|which|if|because|whether|when|while|where|report|paper|plan|survey|staff|team|response|view|role|meeting)\b"
    r"|['’]s\s|^(?:Had|Has|Have|Did|Does|Do|Could|Can|Would|Will|Should|Was|Were|Is|Are|How|What|Why|When|Who|Which)\b"
    r"|^(?:As|In|At|On|With|For|From|Following|Regarding|Since|Although)\b"
)
WITH_OTHERS = re.compile(
    r"(?:The\s+)?[A-Z][\w ]{2,50}?\s+and\s+(?:his|her|their)\s+(?:staff|team|officers|colleagues)\s+\w+ed\b"
)
PASSIVE = re.compile(
    r"^(?:(?:The\s+)?(?:Panel|Board|Committee|Cabinet|Members|members)\s+(?:was|were)\s+(?:also\s+|then\s+|further\s+)?(?:informed|assured|advised|told|provided|given|reminded|updated|reassured)"
    r"|(?:The\s+)?(?:Panel|Board|Committee|Cabinet|Members|members)\s+[^.;]{0,80}?\band\s+(?:was|were)\s+(?:informed|assured|advised|told|reminded|updated)"
    r"|(?:It|This)\s+was\s+(?:also\s+|then\s+|further\s+)?(?:explained|stated|confirmed|reported|noted|suggested|highlighted|advised|clarified|felt|pointed|emphasi[sz]ed|added|hoped|acknowledged|recognised|observed))",
)
_BODY_ACTS = re.compile(
    r"^(?:Following\s+[^,]{3,60}?,?\s+)?(?:[Tt]he|[Tt]his)?\s*(?:[A-Z]\w+\s+)*?(?:Panel|Board|Committee|Cabinet|Members)\s+(?:\([^)]*\)\s+)?(?:therefore\s+|then\s+|also\s+|unanimously\s+|formally\s+|further\s+)*"
    r"(?:received|requested\s+and\s+received|is\s+|are\s+|(?:was|were)\s+(?:also\s+)?(?:recommended|asked\s+to|requested|invited)|made\s+(?:\w+\s+)?comment|made\s+(?:a|the)\s|agreed|AGREED|NOTED|RESOLVED|resolved|approved|endorsed|discussed|considered|reviewed|adopted|moved\s+to|asked\s+(?:the\s+following\s+)?questions|asked\s+these\s+questions|placed\s+on|elected|appointed|confirmed|ENDORSED|APPROVED|had\s+a\s)",
)
_PROCEDURE = re.compile(
    r"^(?:Apologies|Agreed\b|The\s+following\s+(?:\w+\s+)?(?:actions?|points?|questions?|recommendations?|decisions?|was|were)\b|No\s+(?:declarations?|apologies|public)|There\s+(?:was|were)\s+(?:no|none)\b|There\s+being\s+no|Minutes\s+of|The\s+[Mm]inutes|RESOLVED|RECOMMENDED|ACTIONS?\b|AGREED"
    r"|Having\s+(?:reviewed|considered)[^.]*?\b(?:Panel|Board|Committee|Members)\s+(?:AGREED|RESOLVED|agreed)|\(?(?:At\s+this\s+point|THE\s+\w+\s+AND\s+HIS)"
    r"|It\s+was\s+(?:unanimously\s+|therefore\s+|proposed|moved|RESOLVED|AGREED|resolved|agreed)|The\s+meeting\s|The\s+next\s+meeting|The\s+(?:agenda|motion|recommendation)\s+(?:plan\s+)?was|On\s+(?:a|being)\s+"
    r"|(?:For|Against|Abstain(?:ed)?)\s*(?:\(\d+\))?:|A\s+(?:recorded\s+)?vote)"
)
_APPOINTED = re.compile(
    r"\b(?:was|were)\s+(?:duly\s+|then\s+|therefore\s+)?(?:nominated|seconded|appointed|elected|in\s+attendance|received\s+from)\b|\bsent\s+(?:\w+\s+)?apologies\b"
)
VIEW = re.compile(
    r"(?:It\s+was\s+)?(?P<who>(?:[Tt]he\s+)?[A-Z][\w ]{2,60}?)['’]s\s+(?:own\s+|personal\s+|main\s+)?"
    r"(?:view|opinion|concern|position|response|answer|reply|question|hope)s?\s+(?:was|were|that)\b"
)
_NOTED = re.compile(r"^(?:The\s+)?(?:Panel|Board|Committee|Cabinet|Members)\s+(?:NOTED|noted(?!\s+that))")
_ASIDE = re.compile(r"\([^()]*\)\.?")
_TOPIC = re.compile(r"^[A-Z][^.:–—]{2,60}\s[–—-]\s(?=The\s)")
_ENDS_SPEECH = re.compile(
    r"^(?:ACTIONS?|Actions?|Decisions?|RESOLVED|Reasons?\s+for\b.*|RECOMMENDATIONS?)\s*:?$|^[A-Z][^.]*\bmade\s+comment\b",
    re.DOTALL,
)
_ASKING = re.compile(
    r"(?:^|[;,:–—]\s+)(?:and\s+)?(?:was|were|is|are|did|does|do|could|would|should|had|has|have|can|will|what|how|why|when|who|which)\s+(?!a\s+result)",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\b(?:explained|stated|reported|noted|asked|read\s+out|presented|introduced|suggested|confirmed|advised|outlined|raised|queried|given)\s+by\s+"
    r"(?P<who>(?:the\s+)?[A-Z][\w.'’-]*(?:\s+(?:of|and|for|the|[A-Z][\w.'’-]*)){0,6}?)(?=\s+(?:that|on|and|who|at|in|how|why|whether|what)\b|[,.;:]|$)"
)
_ASKED = re.compile(
    r"^(?:In\s+[^,]{3,60},\s+)?(?:A\s+question\s+was\s+(?:asked|raised|put)|It\s+was\s+(?:asked|queried|questioned)|Questions?\s+(?:was|were)\s+(?:asked|raised)|When\s+asked)"
)
_OFFICE_SHORT = re.compile(r"O[A-Z]{0,2}PF?CC|OFPCC")


def kind_of(verb: str) -> Verb:
    """What a matched verb does."""
    words = verb.casefold()
    if re.search(_WAS_ASKED, words):
        return Verb.WAS_ASKED
    if re.fullmatch(rf"\s*(?:{_AGREES})", words):
        return Verb.AGREES
    return Verb.ASKS if re.fullmatch(rf"\s*(?:{_ASKS})", words) else Verb.SAYS


def is_procedure(sentence: str) -> bool:
    """Whether a sentence tells what a body did, not what anybody said."""
    if _APPOINTED.search(sentence) or _ASIDE.fullmatch(sentence):
        return True
    main = _TOPIC.sub("", sentence)
    return any(
        pattern.match(text) for pattern in (_PROCEDURE, _BODY_ACTS, _NOTED) for text in (sentence, main)
    )


def ends_speech(sentence: str) -> bool:
    """Whether nobody has the floor after this sentence."""
    return bool(_ENDS_SPEECH.match(sentence) or _PROCEDURE.match(sentence))


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, with or without its mark."""
    return sentence.rstrip(" \"'”’)").endswith("?") or _ASKING.search(sentence) is not None


def was_asked(sentence: str) -> bool:
    """Whether somebody asks without being named: "A question was raised"."""
    return _ASKED.match(sentence) is not None


def agent(sentence: str) -> str | None:
    """Who did it in the passive: "A statement was read out by Mrs Lee"."""
    match = _AGENT.search(sentence)
    return match["who"] if match else None


def office_name(subject: str) -> str:
    """How an office that speaks is shown."""
    return "the Commissioner's Office" if not _OFFICE_SHORT.search(subject) else "the OPCC"
