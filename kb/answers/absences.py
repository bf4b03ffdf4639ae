"""What a question presupposes and the papers don't have: a meeting, a speaker on a topic, a value beside its subject.

`look` gives one `Absences`. Each value is between 0, nothing is amiss, and 1, it is not there; a near miss fails one of
them although all of its words are found. `reason` says the worst of them in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from index.tokens import tokenize
from kb.answers import closeness
from kb.answers.evidence import Evidence
from kb.questions import DateRange, Intent, Question, When
from kb.questions.people import find_names
from kb.questions.values import MONTH_NAMES, printed_month
from kb.records import PartKind

_SAYS: Final = re.compile(
    r"\b(?:sa(?:y|id|ys)|state[ds]?|tell|told|think|thought|ask(?:ed|s)?|repl(?:y|ied)|explain(?:ed)?|explanation"
    r"|respon(?:d|se|ded)|comment(?:ed|s)?|promise[ds]?|claim(?:ed)?|mention(?:ed)?|report(?:ed)?|raise[ds]?|views?"
    r"|opinion|stance|questions?|questioned|advi[sc]e[ds]?|concern(?:s|ed)?|want(?:ed)? to know|spoke|speak|remarks?"
    r"|answer(?:ed)?|argue[ds]?|apologi[sz]ed?|suggest(?:ed)?|describe[ds]?|reaction|agree[ds]?|undertake|undertook)\b",
    re.IGNORECASE,
)
_HAPPENS: Final = re.compile(
    r"\b(?:minutes|apologies|who (?:attended|was there|chaired)|attend(?:ed|ance)|present|decided?|decision|agreed?"
    r"|approved?|resolved?|vote[ds]?|actions?|chaired|seconded|proposed|members?)\b",
    re.IGNORECASE,
)
_GATHERING: Final = re.compile(
    r"\b(?:meetings?|panel|board|committee|council|cabinet|authority|pcp|bcb|agm|minutes)\b", re.IGNORECASE
)
_PERSON: Final = re.compile(
    r"\bwho(?:se)?\b|\bnames? of\b"
    r"|\bwhich (?:\w+ ){0,2}(?:councillors?|officers?|persons?|members?|inspectors?)\b",
    re.IGNORECASE,
)
THING: Final = re.compile(
    r"\bwhich (?:\w+ ){0,2}(?:compan(?:y|ies)|firms?|organisations?|charit(?:y|ies)|bod(?:y|ies)|providers?|streets?"
    r"|roads?|schools?|retailers?|newspapers?|towns?|villages?|suppliers?|contractors?|estates?|councils?|areas?|districts?"
    r"|stations?)\b|\bwhose\b|\bname of\b|\bwhere\b",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(
    r"\bhow (?:many|much)\b|\bcost|\bprice|\bnumber of\b|\bpercentage|\bsalary|\bbudget|\brate\b|\bfigures?\b|\baverage"
    r"|\btotal|\bamount|\bfee\b|\brent\b|\bshare\b|\bhours\b",
    re.IGNORECASE,
)
_WHY: Final = re.compile(r"\bwhy\b|\breasons?\b", re.IGNORECASE)
_RESULT: Final = re.compile(r"\b(?:results?|findings?|outcome)\b", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_REASON_WINDOW: Final = 25
_READ: Final = 5
_YEARS_READ: Final = 3
SPEECH_TERMS: Final = frozenset(
    tokenize(
        "say says said ask asked tell told think thought question view explain report comment raise opinion advice give"
        " panel board meeting councillor cllr"
    )
)
_TELLING: Final = 0.6
"""From here on an absence is worth saying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences:
    """How far each thing that the question presupposes is missing, 0 to 1.

    Attributes:
        meeting: No paper of the meeting that is named.
        minutes: Papers perhaps, but no minutes, of the meeting whose talk or decision is asked about.
        period: The month or day is neither that of a meeting nor named in the passages.
        figures: A month whose figure is asked for is only that of the meeting, or of nothing.
        speaker: The person never speaks.
        speaker_there: The person doesn't speak at that meeting.
        speech: The share of the topic that the person never speaks of.
        person: The share of the topic that no name of a person stands close to.
        name: The same, of other names.
        amount: The same, of figures.
        reason: The same, of reasons.
        result: That a result is asked for: papers announce more than they report.
        year: A year that the passages don't name.
    """

    meeting: float = 0.0
    minutes: float = 0.0
    period: float = 0.0
    figures: float = 0.0
    speaker: float = 0.0
    speaker_there: float = 0.0
    speech: float = 0.0
    person: float = 0.0
    name: float = 0.0
    amount: float = 0.0
    reason: float = 0.0
    result: float = 0.0
    year: float = 0.0

    @property
    def values(self) -> tuple[float, ...]:
        """In the order of `ABSENCES`."""
        return tuple(astuple(self))


ABSENCES: Final = tuple(f"no_{field.name}" for field in fields(Absences))
"""Names of the values, as signals of the confidence."""


def look(question: Question, evidence: Evidence, idf: Mapping[str, float]) -> Absences:
    """Compare what a question presupposes with what the papers have."""
    text = question.text
    topic = tuple(dict.fromkeys(question.topic)) or tuple(dict.fromkeys(question.terms))
    named = _named_meetings(question)
    says = _SAYS.search(text) is not None
    years = set(_YEAR.findall(text))
    read = " ".join(f"{each.text} {each.header}" for each in evidence.passages[:_YEARS_READ])
    speaker, there, speech = _speech(question, evidence, topic, idf) if says else (0.0, 0.0, 0.0)
    return Absences(
        meeting=_lacks(question, evidence, named),
        minutes=_lacks(question, evidence, named, PartKind.MINUTES) if says or _HAPPENS.search(text) else 0.0,
        period=_lacks_period(question, evidence),
        figures=float(not named and _lacks_figures(question, evidence)),
        speaker=speaker,
        speaker_there=there,
        speech=speech,
        **_far(question, evidence, topic, idf),
        result=float(_RESULT.search(text) is not None),
        year=float(bool(years) and not any(year in read for year in years)),
    )


def _dated(question: Question) -> list[When]:
    return [when for when in question.whens if when.precision in {DateRange.DAY, DateRange.MONTH}]


def _named_meetings(question: Question) -> list[When]:
    """Days and months that are those of meetings, by the reading or by the words beside them."""
    gathers = _GATHERING.search(question.text) is not None
    return [when for when in _dated(question) if when.of_meeting or gathers]


def _lacks(question: Question, evidence: Evidence, whens: Sequence[When], *kinds: PartKind) -> float:
    holdings = evidence.holdings
    if holdings is None or not whens:
        return 0.0
    return float(not any(holdings.papers(when, question.bodies, kinds=kinds).any() for when in whens))


def _lacks_period(question: Question, evidence: Evidence) -> float:
    dated = _dated(question)
    if not dated or evidence.holdings is None:
        return 0.0
    read = " ".join(passage.text for passage in evidence.passages[:_READ]).casefold()
    return float(not any(not _lacks(question, evidence, [when]) or _names(read, when) for when in dated))


def _lacks_figures(question: Question, evidence: Evidence) -> bool:
    """Whether no passage stands under the month but by the date of its meeting."""
    months = [when for when in _dated(question) if when.precision is DateRange.MONTH and not when.of_meeting]
    if not months:
        return False
    for when in months:
        month = f"{MONTH_NAMES[when.first.month - 1]} {when.first.year}"
        for passage in evidence.passages[:_READ]:
            header = re.sub(rf"\b\d{{1,2}} {month}\b", " ", passage.header.casefold())
            if _names(passage.text.casefold(), when) or _names(header, when):
                return False
    return True


def _names(text: str, when: When) -> bool:
    """Whether a text names the month: "March 2018", "Mar-18"."""
    return printed_month(when.first.year, when.first.month).search(text) is not None


def speakers_asked(question: Question) -> tuple[tuple[str, ...], bool]:
    """Who is asked about, as names or offices; and whether they are named, rather than called by their office."""
    titled = [name for _, _, name, has_title in find_names(question.text) if has_title]
    named = tuple(
        dict.fromkeys((*question.people, *(name for name in titled if not _is_known(name, question))))
    )
    return (named, True) if named else ((*question.holders, *question.roles), False)


def _is_known(name: str, question: Question) -> bool:
    surname = name.rpartition(" ")[2].casefold()
    return any(person.rpartition(" ")[2].casefold() == surname for person in question.people)


def _speech(
    question: Question, evidence: Evidence, topic: Sequence[str], idf: Mapping[str, float]
) -> tuple[float, float, float]:
    holdings = evidence.holdings
    who, is_named = speakers_asked(question)
    if holdings is None or not who:
        return 0.0, 0.0, 0.0
    recorded = [
        when
        for when in question.whens
        if holdings.papers(when, question.bodies, kinds=(PartKind.MINUTES,)).any()
    ]
    anywhere = holdings.spoken_by(who)
    there = holdings.spoken_by(who, question.whens) if question.whens else anywhere
    own = frozenset(tokenize(" ".join((*who, *question.roles, *question.names)))) | SPEECH_TERMS
    about = [term for term in topic if term not in own]
    speech = 0.0
    if about and (recorded or not question.whens):
        speech = 1.0 - holdings.coverage(there, about, idf)
    return float(is_named and not anywhere.any()), float(bool(recorded) and not there.any()), speech


def _far(
    question: Question, evidence: Evidence, topic: Sequence[str], idf: Mapping[str, float]
) -> dict[str, float]:
    """For every kind of value that is asked for, how far it stays from the topic."""
    text, sentences = question.text, evidence.sentences
    asked = frozenset(closeness.bare(word) for word in text.split())
    surnames = evidence.holdings.surnames if evidence.holdings is not None else frozenset()
    wanted: dict[str, tuple[closeness.FindsWords, int]] = {}
    if _PERSON.search(text):
        wanted["person"] = closeness.finds_people(asked, surnames), 8
    if THING.search(text):
        wanted["name"] = closeness.finds_names(asked), 8
    if _AMOUNT.search(text) and {Intent.NUMBER, Intent.MONEY} & set(question.intents):
        wanted["amount"] = closeness.finds_figures(asked, money=Intent.MONEY in question.intents), 8
    if _WHY.search(text):
        wanted["reason"] = closeness.find_reasons, _REASON_WINDOW
    return {
        kind: 1.0 - closeness.closeness(sentences, topic, idf, finds=finds, window=window)
        for kind, (finds, window) in wanted.items()
    }


def reason(question: Question, absences: Absences) -> str | None:
    """What is missing, in a sentence; ``None`` if nothing in particular is."""
    when = next((when.meaning for when in question.whens), "that time")
    who = " or ".join(speakers_asked(question)[0][:2]) or "that person"
    said = (
        (absences.speaker, f"These papers record no words of {who}."),
        (
            absences.speaker_there,
            f"{_sentence_start(who)} doesn't speak at the meetings of {when} in these papers.",
        ),
        (absences.meeting, f"There are no papers of a meeting of {when} here."),
        (absences.minutes, f"There are no minutes of a meeting of {when} here, only other papers or none."),
        (absences.year, "The year asked about is not named in the passages that come nearest."),
        (absences.period, f"The nearest passages are not of {when}."),
        (absences.speech, f"These papers don't record {who} speaking about this."),
        (absences.figures, f"The nearest figures are not those of {when}."),
        (absences.amount, "The topic is mentioned, but no figure for it."),
        (absences.name, "The topic is mentioned, but no name for it."),
        (absences.person, "The topic is mentioned, but no person is named for it."),
        (absences.reason, "The topic is mentioned, but no reason for it."),
    )
    return next((words for value, words in said if value >= _TELLING), None)


def _sentence_start(words: str) -> str:
    return words[:1].upper() + words[1:]
