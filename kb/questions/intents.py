"""What kind of answer a question wants, told by its words.

A question may want several things at once ("who agreed to pay how much"); all that its words say are given, the most
telling first: attendance before names, decisions before statements.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Intent(StrEnum):
    """The kind of answer a question wants."""

    STATEMENT = "statement"
    DECISION = "decision"
    ACTION = "action"
    ATTENDANCE = "attendance"
    TIME = "time"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    TOPIC = "topic"


_GATHERING = r"(?:meeting|panel|board|committee|council|authority|cabinet|agm|session|hearing)"

_HISTORY = re.compile(
    r"\b(?:histor(?:y|ies)|timeline|chronolog\w*|over (?:time|the (?:years|months|meetings))|through(?:out)? the years"
    r"|from meeting to meeting|(?:at|in) (?:each|every|all|which|what|successive|several) meetings?"
    r"|(?:each|every) time|how (?:has|have|did) .{3,80}? (?:change|develop|evolve|progress|move on)(?:d|ed)?"
    r"|so far|to date|year (?:on|by|after) year)\b",
    re.IGNORECASE,
)

_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile("|".join(patterns), re.IGNORECASE))
    for intent, patterns in (
        (
            Intent.ATTENDANCE,
            (
                r"\bwho (?:was|were) (?:there|present|at\b|absent|missing|in attendance|on the panel)",
                r"\battend(?:ed|ees|ance|ing)?\b(?! to\b)|\bapologies\b|\bapologis|\babsent\b|\bmissing from\b",
                r"\bsubstitut|\b(?:stood|stand|standing|sat|filled) in (?:for|as)\b|\bpresent at\b",
                r"\bwho (?:came|chaired|sat)\b|\b(?:sent|gave) (?:their )?apologies",
                rf"\b(?:was|were) (?:[\w'’.-]+ ){{1,4}}at (?:[\w'’]+ ){{0,5}}{_GATHERING}\b",
                r"\b(?:was|were) (?:[\w'’.-]+ ){1,3}there (?:on|in|at|when|that|too)\b",
                r"^(?:was|were) (?:[\w'’.-]+ ){1,3}(?:there|present)\W*$",
                r"\bcouldn'?t (?:come|make)|\bturned up|\bin the room\b|\bmissed the\b",
            ),
        ),
        (
            Intent.DECISION,
            (
                r"\bdeci(?:de|sion)|\bagree[ds]?\b|\bresol(?:ve|ution)|\boutcome\b|\bvote[ds]?\b|\bveto|\bapprov",
                r"\bendors|\brecommend|\baccept(?:ed)?\b|\bconclu(?:de|sion)|\bnoted?\b|\breject|\bturn(?:ed)? down",
            ),
        ),
        (
            Intent.ACTION,
            (
                r"\bactions?\b|\bfollow(?:ed)?[- ]up|\bundertak|\bpromis|\bto (?:bring|report|come) back",
                r"\bcirculat|\bto do\b|\basked (?:the \w+ )?to\b|\bwill (?:provide|arrange|supply)",
            ),
        ),
        (
            Intent.STATEMENT,
            (
                r"\bsa(?:y|id|ys)\b|\bstat(?:e[ds]?|ement)\b|\bview|\bopinion|\bstance|\bthink|\bthought|\bexplain",
                r"\brespon(?:d|se)|\breply|\breplied|\btell\b|\btold|\bask(?:ed|s|ing)?\b|\braise[ds]?\b",
                r"\bcomment|\bconcern|\bmention|\bclaim|\bpromis|\bargue|\bworr",
            ),
        ),
        (
            Intent.TIME,
            (
                r"\bwhat time|\bhow long (?:was|did) the (?:meeting|panel|board)",
                r"\b(?:start|finish|end|begin|close)(?:ed|ing)?(?: time)?\b.*\bmeeting",
                r"\b(?:meeting|panel|board) (?:start|finish|end|begin|close)",
            ),
        ),
        (
            Intent.MONEY,
            (
                r"£|\bhow much (?:money|did .* cost|is|was|has|does|were)|\bcosts?\b|\bbudget|\bfunding\b|\bgrant",
                r"^(?!.*\b(?:how long|time|hours|days)\b).*\bspen[dt]",
                r"\bpric|\brent\b|\bfee|\bprecept",
            ),
        ),
        (
            Intent.NUMBER,
            (
                r"\bhow (?:many|much|often|far|fast|quickly|big|large)|\bnumbers?\b|\bper ?cent|\bpercentage|%",
                r"\bproportion|\brates?\b|\bfigures?\b|\btotals?\b|\baverage|\bshare of|\bcount\b|\bstatistic",
                r"\blevels?\b",
            ),
        ),
        (
            Intent.DATE,
            (
                r"^when\b|\bwhen (?:did|was|is|were|will|are|does|do)\b|\b(?:what|which) (?:date|day|month|year)",
                r"\bdate of\b|\bby when\b|\bdeadline|\bdates\b",
            ),
        ),
        (
            Intent.NAME,
            (
                r"^who\b|\bwho (?:is|was|were|has|did|led|leads)\b|\bname of\b|\bwhose\b",
                r"\bwhich (?:councillor|officer|company|firm|organisation|charity|person|member|body|provider)",
            ),
        ),
        (
            Intent.YES_NO,
            (r"^(?:did|does|do|is|was|are|were|has|have|had|can|could|will|would|should|must|may)\b",),
        ),
        (
            Intent.DEFINITION,
            (
                r"\bstands? for\b|\bwhat (?:is|are|does) (?:the |an? )?[\w() -]{2,40}(?:\?|$|\bmean)",
                r"\bmeaning of\b|\bdefin(?:e|ition)",
            ),
        ),
    )
)


def read_intents(text: str) -> tuple[Intent, ...]:
    """All intents that the words of ``text`` tell; `Intent.TOPIC` alone if they tell none."""
    found = tuple(intent for intent, pattern in _INTENTS if pattern.search(text))
    return found or (Intent.TOPIC,)


def asks_for_history(text: str) -> bool:
    """Whether a question follows something through time, so that many meetings matter."""
    return _HISTORY.search(text) is not None
