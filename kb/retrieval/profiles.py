"""What ranking knows of a passage beyond its terms: computed once per passage, when it first becomes a candidate."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from index.tokens import tokenize
from kb.questions import Intent
from kb.questions.values import DATE, DIGIT, MONEY, NAME, TIME, find_values
from kb.records import PartKind, Passage

_DECISION = re.compile(
    r"\b(?:AGREED|NOTED|RESOLVED|APPROVED|ENDORSED|RECOMMENDED|NOTE|RECOMMENDATION)\b"
    r"|\b(?:agreed|noted|resolved|approved|endorsed|decided|proposed|seconded|unanimously|recommend(?:ed|ation)s?|voted)\b"
)
_ACTION = re.compile(
    r"\bACTIONS?\b|\bto (?:provide|arrange|circulate|bring|report|update)\b"
    r"|\bwould (?:be|bring|ensure|provide|look|investigate|take)\b",
    re.IGNORECASE,
)
_ATTENDANCE = re.compile(
    r"\bpresent\b|\bapologies\b|\bin attendance\b|\bsubstitute|\battendees?\b|\bmembers\s*:", re.IGNORECASE
)
_SPEECH = re.compile(
    r"\b(?:asked|stated|explained|commented|confirmed|added|said|replied|responded|felt|advised|reported|reassured|assured|highlighted)\b"
)
_BOILERPLATE = re.compile(
    r"\b(?:to review or scrutinise decisions made|to support the effective exercise"
    r"|is (?:recommended|invited|asked) to note the contents"
    r"|made comment, asked questions|the purpose of this report)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^(?:The (?:Panel|Board|Committee|Council|Members?)|Members) (?:received|considered|requested and received"
    r"|made comment|was asked to|were asked to)\b"
    r"|^The (?:Panel|Board|Committee|Council|Commissioner)\b[^.]{0,60}\b(?:received|presented|introduced|considered)\b"
    r"|^This report\b|^The purpose\b"
)
_FORMAL_DECISION = re.compile(
    r"\b(?:AGREED|NOTED|RESOLVED|APPROVED|ENDORSED|NOTE)\b"
    r"|\b(?:Panel|Board|Committee|Council|Members|It was)\s+(?:\w+\s+){0,2}"
    r"(?:agreed|noted|resolved|approved|endorsed)\b"
)
_REFERENCE = re.compile(r"https?://|www\.|\.pdf\b|Agenda Item \d", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_LIST_MARK = re.compile(r"(?:^|\s)(?:[•▪–-]|\(?[a-z]\)|\(?[ivx]+\)|\d\.)\s|;|:")
_FEWEST_WORDS = 3
_SHORT_WORDS = 12


_RECORDS = frozenset({PartKind.MINUTES, PartKind.ACTION_TABLE, PartKind.DECISION})


@dataclass(frozen=True)
class Clause:
    """A sentence or a point of a passage: its terms, and the values in it that could answer a question."""

    text: str
    _found: dict[Intent, tuple[frozenset[str], ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Index terms."""
        return frozenset(tokenize(self.text))

    def values(self, intent: Intent) -> tuple[frozenset[str], ...]:
        """The words of each value of a kind, in lower case."""
        if intent not in self._found:
            self._found[intent] = tuple(frozenset(value.split()) for value in find_values(intent, self.text))
        return self._found[intent]


@dataclass(frozen=True)
class Profile:
    """Facts of one passage; ``cached_property`` keeps the costly ones until they are asked for."""

    passage: Passage

    @cached_property
    def terms(self) -> list[str]:
        """Index terms of the text, in order."""
        return tokenize(self.passage.text)

    @cached_property
    def term_set(self) -> frozenset[str]:
        """Index terms of the text."""
        return frozenset(self.terms)

    @cached_property
    def term_pairs(self) -> frozenset[tuple[str, str]]:
        """Index terms of the text that follow one another."""
        return frozenset(zip(self.terms, self.terms[1:], strict=False))

    @cached_property
    def folded(self) -> str:
        """The text without regard to case."""
        return self.passage.text.casefold()

    @cached_property
    def folded_speakers(self) -> str:
        """Who speaks, without regard to case."""
        return " ".join(self.passage.speakers).casefold()

    @cached_property
    def sentences(self) -> tuple[Clause, ...]:
        """The text in sentences and points; pieces of one or two words are left out if there are others."""
        pieces = _SENTENCE_END.split(self.passage.text)
        return tuple(Clause(piece) for piece in pieces if len(piece.split()) >= _FEWEST_WORDS) or (
            Clause(self.passage.text),
        )

    @cached_property
    def n_list_marks(self) -> int:
        """Bullets, letters, numbers, colons and semicolons that part the members of a list."""
        return len(_LIST_MARK.findall(self.passage.text))

    @cached_property
    def is_recommendation(self) -> bool:
        """The part of a report that says what it asks for."""
        under = f"{self.passage.citation.section or ''} {self.passage.header.rpartition('.')[2]}"
        return "recommendation" in under.casefold()

    @cached_property
    def header_terms(self) -> frozenset[str]:
        """Index terms of the context header."""
        return frozenset(tokenize(self.passage.header))

    @cached_property
    def n_words(self) -> int:
        """Words of the text."""
        return len(self.passage.text.split())

    @cached_property
    def is_short(self) -> bool:
        """Hardly more than a heading."""
        return self.n_words < _SHORT_WORDS and not DIGIT.search(self.passage.text)

    @cached_property
    def is_front(self) -> bool:
        """The title block of a paper that is no minutes: it names the topic and says nothing of it."""
        citation = self.passage.citation
        return citation.kind is PartKind.REPORT and citation.section is None and citation.paragraph is None

    @cached_property
    def is_boilerplate(self) -> bool:
        """Wording that stands in every report."""
        return _BOILERPLATE.search(self.passage.text) is not None

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """Index terms of the item's title."""
        return frozenset(tokenize(self.passage.citation.item_title or ""))

    @cached_property
    def is_introduction(self) -> bool:
        """The opening of a minute: what was received, not what was said."""
        return _INTRODUCTION.search(self.passage.text) is not None

    @cached_property
    def is_reference(self) -> bool:
        """Lists of background papers and addresses."""
        return _REFERENCE.search(self.passage.text) is not None

    @cached_property
    def has_formal_decision(self) -> bool:
        """A body's decision in its usual wording."""
        return (
            self.passage.citation.kind in _RECORDS and _FORMAL_DECISION.search(self.passage.text) is not None
        )

    @cached_property
    def has_decision(self) -> bool:
        """Decision wording, in minutes, action tables or recommendations."""
        return _DECISION.search(self.passage.text) is not None

    @cached_property
    def has_action(self) -> bool:
        """Action wording."""
        return (
            _ACTION.search(self.passage.text) is not None
            or self.passage.citation.kind is PartKind.ACTION_TABLE
        )

    @cached_property
    def has_attendance(self) -> bool:
        """Attendance lists and apologies of minutes."""
        citation = self.passage.citation
        if citation.kind is not PartKind.MINUTES:
            return False
        # What stands before the first item goes on with the list, also where it is cut.
        front = citation.item is None and citation.paragraph is None and self.has_name
        is_apologies = "apolog" in (citation.item_title or "").casefold()
        listed = _ATTENDANCE.search(self.passage.text) is not None
        return front or (listed and (is_apologies or citation.item is None))

    @cached_property
    def has_time(self) -> bool:
        """A time of day."""
        return TIME.search(self.passage.text) is not None

    @cached_property
    def has_money(self) -> bool:
        """A sum of money."""
        return MONEY.search(self.passage.text) is not None

    @cached_property
    def has_number(self) -> bool:
        """A figure."""
        return DIGIT.search(self.passage.text) is not None

    @cached_property
    def has_date(self) -> bool:
        """A month, a year or a quarter."""
        return DATE.search(self.passage.text) is not None

    @cached_property
    def has_name(self) -> bool:
        """What looks like a person's name or rank."""
        return NAME.search(self.passage.text) is not None

    @cached_property
    def has_speech(self) -> bool:
        """Reported speech."""
        return (
            self.passage.citation.kind is PartKind.MINUTES and _SPEECH.search(self.passage.text) is not None
        )

    def speaks(self, role: str) -> bool:
        """Whether the holder of ``role`` says something here ("The Commissioner explained")."""
        return (
            re.search(
                rf"\b{re.escape(role)}\b[^.]{{0,60}}?{_SPEECH.pattern}", self.passage.text, re.IGNORECASE
            )
            is not None
        )
