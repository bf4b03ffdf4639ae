"""A question as typed, understood: dates, bodies, people, items, the kind of answer wanted, and the topic.

Takes any string and a clock; gives a `Question`. It never fails on content (only an empty or endless question is
refused) and never decides what may be returned: what it understands are preferences; hard limits are
`kb.records.Filters`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.tokens import tokenize
from kb.errors import QuestionError
from kb.structure.dates import find_printed_dates

MAX_CHARACTERS = 2_000
"""Longer than any question a person types; a pasted document is no question."""


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


class DateRange(StrEnum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date or period said in a question: both ends inclusive, with the words that said it.

    ``of_meeting`` says that it names a meeting ("the Sept 2017 panel"), not the time of something else.
    """

    first: dt.date
    last: dt.date
    precision: DateRange
    words: str
    of_meeting: bool = False

    def contains(self, date: dt.date | None) -> bool:
        """Whether ``date`` falls into the period."""
        return date is not None and self.first <= date <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, understood.

    ``months`` are months named without a year (1-12). ``body_words`` are the words for a body that were used ("panel").
    ``roles`` and ``surnames`` name people; ``terms`` are the index terms of the whole question.
    """

    text: str
    intents: tuple[Intent, ...]
    whens: tuple[When, ...]
    months: tuple[int, ...]
    body_words: tuple[str, ...]
    roles: tuple[str, ...]
    names: tuple[str, ...]
    item: str | None
    paragraph: str | None
    phrases: tuple[str, ...]
    terms: tuple[str, ...]

    @property
    def intent(self) -> Intent:
        """The first, most telling intent."""
        return self.intents[0]


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\.?[\s,-]+(?:of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"\b(?:in|the|last|this|of|since|at|from|before|after)\s+{_MONTH}(?:'s|’s)?\b(?!\s*\d)", re.IGNORECASE
)
_SEASON_YEAR = re.compile(r"\b(spring|summer|autumn|winter)(?:\s+of)?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_LAST_SEASON = re.compile(r"\blast\s+(spring|summer|autumn|winter)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/£,.-])((?:19|20)\d\d)(?![\d/,.-]*\d)")
_LAST_YEAR = re.compile(r"\b(last|this)\s+year\b", re.IGNORECASE)
_MEETING = r"(?:panel|board|committee|council|meeting|minutes|agm|session|pack|agenda)"
_BEFORE_MEETING = re.compile(
    rf"\b{_MEETING}s?\W+(?:(?:meeting|held|of|in|on|at|from|for|the|dated)\W+){{0,3}}$", re.IGNORECASE
)
_AFTER_MEETING = re.compile(
    rf"^(?:['’]s)?\W{{1,3}}(?:(?:police|and|crime|annual|general|business|coordination)\s+){{0,4}}{_MEETING}\b",
    re.IGNORECASE,
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}

_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile("|".join(patterns), re.IGNORECASE))
    for intent, patterns in (
        (
            Intent.ATTENDANCE,
            (
                r"\bwho (?:was|were) (?:there|present|at\b|absent|missing|in attendance|on the panel)",
                r"\battend(?:ed|ees|ance|ing)?\b|\bapologies\b|\bapologis|\babsent\b|\bmissing from\b|\bsubstitut",
                r"\bstood in\b|\bpresent at\b|\bwho (?:came|chaired|sat)\b|\b(?:sent|gave) (?:their )?apologies",
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
                r"\bspen[dt]|\bpric|\brent\b|\bfee|\bprecept",
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
_BODY_WORD = re.compile(
    r"\b(panel|board|committee|council|cabinet|partnership|forum|authority|pcp|bcb)(?:'s|’s)?\b",
    re.IGNORECASE,
)
_ROLE_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            "Deputy Commissioner",
            r"\bdeputy (?:police and crime )?commissioner|\bdpcc\b|\b(?:commissioner|pcc)['’]s deputy",
        ),
        ("Deputy Chief Constable", r"\bdeputy chief constable|\bdcc\b"),
        ("Assistant Chief Constable", r"\bassistant chief constable|\bacc\b"),
        ("Chief Constable", r"(?<!deputy )(?<!assistant )\bchief constable"),
        (
            "Chief Finance Officer",
            r"\bchief (?:of )?financ(?:e|ial)(?: officer)?|\bcfo\b|\bfinance (?:chief|officer)|\btreasurer",
        ),
        ("Chief Executive", r"\bchief exec(?:utive)?"),
        ("Monitoring Officer", r"\bmonitoring officer"),
        ("Vice-Chair", r"\bvice[- ]?chair"),
        ("Chair", r"(?<!vice )(?<!vice-)\bchair(?:man|woman|person)?\b"),
        (
            "Commissioner",
            r"(?<!deputy )(?<!crime )\bcommissioner\b|(?<!deputy )police and crime commissioner|\bpcc\b",
        ),
    )
)
_NO_FIRST_NAME = (
    r"(?:Did|Do|Does|Was|Were|Is|Are|Has|Have|Had|Can|Could|Will|Would|Should|Must|May|Who|Whose|What|When|Where|Which|Why"
    r"|How|The|And|In|On|At|By|For|From|To|Of|Chief|Deputy|Assistant|Monitoring|Police)\s"
)
"""Words with a capital because they begin a question or an office: "Did Councillor Hale", "the Chief Constable"."""
_NAME = re.compile(
    r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Dr)\.?\s+(?:[A-Z]\.?\s+)?([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)"
    rf"|\b(?!{_NO_FIRST_NAME})([A-Z][a-z]+\s+[A-Z][a-z'’-]+)\b"
)
_ITEM = re.compile(r"\b(?:agenda\s+)?item\s+(?:no\.?\s*)?(\d{1,3}[a-z]?)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\bpara(?:graph)?\.?\s+(\d{1,2}(?:\.\d{1,2})?|[a-z])\b", re.IGNORECASE)
_PHRASE = re.compile(r"[\"“]([^\"”]{2,120})[\"”]")


def understand(text: str, *, today: dt.date) -> Question:
    """Understand a question.

    Args:
        text: As typed.
        today: What "last year" and "last summer" count from.

    Raises:
        QuestionError: If it is empty or longer than `MAX_CHARACTERS`.
    """
    folded = " ".join(text.split())
    if not folded:
        raise QuestionError("The question is empty.", next_step="Type a question or a few words.")
    if len(folded) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(folded):,} characters; at most {MAX_CHARACTERS:,} are read.",
            next_step="Ask it in a sentence or two.",
        )
    whens = tuple(_whens(folded, today))
    intents = tuple(intent for intent, pattern in _INTENTS if pattern.search(folded)) or (Intent.TOPIC,)
    item = _ITEM.search(folded)
    paragraph = _PARAGRAPH.search(folded)
    return Question(
        text=folded,
        intents=intents,
        whens=whens,
        months=() if whens else tuple(_month(match[1]) for match in _MONTH_ALONE.finditer(folded)),
        body_words=tuple(dict.fromkeys(match[1].casefold() for match in _BODY_WORD.finditer(folded))),
        roles=tuple(role for role, pattern in _ROLE_WORDS if pattern.search(folded)),
        names=tuple(match[1] or match[2] for match in _NAME.finditer(folded)),
        item=item[1] if item else None,
        paragraph=paragraph[1].casefold() if paragraph else None,
        phrases=tuple(match[1] for match in _PHRASE.finditer(folded)),
        terms=tuple(tokenize(folded)),
    )


def _whens(text: str, today: dt.date) -> Sequence[When]:
    found: list[When] = []
    taken: list[tuple[int, int]] = []

    def add(first: dt.date, last: dt.date, precision: DateRange, match: tuple[int, int]) -> None:
        if not any(start < match[1] and match[0] < end for start, end in taken):
            taken.append(match)
            before, after = text[: match[0]], text[match[1] :]
            of_meeting = _BEFORE_MEETING.search(before) is not None or _AFTER_MEETING.match(after) is not None
            found.append(
                When(
                    first=first,
                    last=last,
                    precision=precision,
                    words=text[match[0] : match[1]],
                    of_meeting=of_meeting,
                )
            )

    for start, end, date in find_printed_dates(text):
        add(date, date, DateRange.DAY, (start, end))
    for match in _MONTH_YEAR.finditer(text):
        add(*_month_range(int(match[2]), _month(match[1])), DateRange.MONTH, match.span())
    for match in _SEASON_YEAR.finditer(text):
        add(*_season_range(int(match[2]), match[1]), DateRange.SEASON, match.span())
    for match in _LAST_SEASON.finditer(text):
        first, last = _season_range(today.year, match[1])
        if last >= today:
            first, last = _season_range(today.year - 1, match[1])
        add(first, last, DateRange.SEASON, match.span())
    for match in _LAST_YEAR.finditer(text):
        year = today.year - (1 if match[1].casefold() == "last" else 0)
        add(dt.date(year, 1, 1), dt.date(year, 12, 31), DateRange.YEAR, match.span())
    for match in _YEAR.finditer(text):
        year = int(match[1])
        add(dt.date(year, 1, 1), dt.date(year, 12, 31), DateRange.YEAR, match.span())
    return found


def _month(name: str) -> int:
    return next(
        number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3].casefold())
    )


def _month_range(year: int, month: int) -> tuple[dt.date, dt.date]:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, 1), after - dt.timedelta(days=1)


def _season_range(year: int, season: str) -> tuple[dt.date, dt.date]:
    """Whole months; the winter of a year begins in December of the year before."""
    first, last = _SEASONS[season.casefold()]
    if first > last:
        return dt.date(year - 1, first, 1), _month_range(year, last)[1]
    return dt.date(year, first, 1), _month_range(year, last)[1]
