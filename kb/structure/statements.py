"""Every sentence of minutes with its speaker.

Takes a part of minutes; gives its `Statement` records in reading order. What a paragraph alone does not tell is
followed here: who introduced the list that it stands in ("The Commissioner made these points:"), that a list is of
questions and replies, and that below "ACTION" nobody speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kb.records import Item, Paragraph, Part, PartKind, Span
from kb.structure import speech_words as words
from kb.structure.lines import plain_text
from kb.structure.people import People
from kb.structure.sentences import sentence_spans
from kb.structure.speech import NOBODY, Attribution, attribute_sentences
from kb.structure.subjects import opening_person

_EXCHANGE = re.compile(
    r"\b(?:asked|raised|made\s+comment|questions?)\b.{0,80}?\b(?:recei\w+|responses?|replies|answers?|answered)\b"
    r"|\b(?:asked|raised|put)\s+(?:the\s+following|these)\s+questions|following\s+(?:questions|points)\s+were|points\s+were\s+made\s+in"
    r"|during\s+(?:the\s+)?(?:discussion|debate)",
    re.IGNORECASE | re.DOTALL,
)
_FROM = re.compile(
    r"\b(?:responses|replies|answers)\s+from\s+(?P<who>(?:the\s+)?[A-Z][\w\s]{2,60}?)(?=\s+(?:and|with|regarding|on|to|as|in)\b|[,.:;]|$)"
)
_CLOSES = re.compile(r"^\W*(?:ACTIONS?|Actions?|Decisions?|RESOLVED|AGREED|RECOMMENDED)\b\W*(?:that)?\W*$")
_RECOMMENDS = re.compile(r"\bfollowing\s+(?:recommendations?|resolution|motion|statement)\b", re.IGNORECASE)
_UNSAID = re.compile(r"\bfollowing\s+(?:\w+\s+)?(?:was|were)\b")
_FIRST_PERSON = re.compile(r"(?:We|I|Our|My)\b")
_BULLET = re.compile(r"^\s*[-•●▪·–—*]\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence: where it stands, what it says (white space folded, markup left out), and who says it."""

    spans: tuple[Span, ...]
    text: str
    attribution: Attribution


@dataclass(slots=True)
class _Debate:
    """What is known so far within one item."""

    floor: Attribution = NOBODY
    lead: Attribution = NOBODY
    lead_labelled: bool = False
    exchange: bool = False
    respondent: Attribution = NOBODY
    closed: bool = False


def read_statements(text: str, part: Part, people: People) -> tuple[Statement, ...]:
    """Attribute every sentence of the items of minutes, in order; other papers have no statements."""
    if part.kind is not PartKind.MINUTES:
        return ()
    numbered = any(item.number is not None for item in part.items)
    started = not numbered
    found: list[Statement] = []
    for item in part.items:
        started = started or item.number is not None
        if started:
            found += _read_item(text, item, people)
    return tuple(found)


class Spoken:
    """The statements of a part, to be found by their place.

    Args:
        statements: In reading order.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._placed = sorted(
            (span.start, span.end, number)
            for number, statement in enumerate(statements)
            for span in statement.spans
        )
        self._starts = [start for start, _, _ in self._placed]
        self._ends = list(accumulate((end for _, end, _ in self._placed), max))

    def speakers(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """The speakers of the sentences that overlap spans, in order; of the doubtful ones those a sentence names."""
        found: dict[str, None] = {}
        for statement in self._overlapping(spans):
            attribution = statement.attribution
            for speaker in attribution.named:
                found.setdefault(speaker)
            if attribution.speaker and not attribution.doubtful:
                found.setdefault(attribution.speaker)
        return tuple(found)

    def _overlapping(self, spans: Sequence[Span]) -> Iterator[Statement]:
        near: set[int] = set()
        for span in spans:
            first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
            near.update(number for _, end, number in self._placed[first:last] if end > span.start)
        return (self._statements[number] for number in sorted(near))


def _read_item(text: str, item: Item, people: People) -> Iterator[Statement]:
    debate = _Debate()
    for paragraph in item.paragraphs:
        pieces = sentence_spans(text, paragraph.spans, by_lines=True)
        sentences = [_folded(text, spans) for spans in pieces]
        whole = " ".join(sentences)
        if paragraph.is_heading or _CLOSES.match(whole):
            _take_heading(whole, debate)
            yield from (
                Statement(spans, words_, NOBODY) for spans, words_ in zip(pieces, sentences, strict=True)
            )
            continue
        given = _attribute(paragraph, sentences, whole, people, debate)
        yield from map(Statement, pieces, sentences, given)
        _follow(paragraph, sentences=sentences, whole=whole, given=given, people=people, debate=debate)


def _take_heading(heading: str, debate: _Debate) -> None:
    debate.lead = debate.floor = NOBODY
    debate.closed = (
        debate.closed or words.ends_speech(plain_text(heading)) or _CLOSES.match(heading) is not None
    )
    debate.exchange = debate.exchange and not debate.closed


def _attribute(
    paragraph: Paragraph, sentences: Sequence[str], whole: str, people: People, debate: _Debate
) -> tuple[Attribution, ...]:
    own = paragraph.label is not None or _BULLET.match(whole) is not None
    quotes = _FIRST_PERSON.match(plain_text(whole)) is not None
    if debate.lead.speaker and own and debate.lead_labelled and not paragraph.continues and not quotes:
        debate.lead = NOBODY
    if debate.lead.speaker:
        return attribute_sentences(sentences, people, debate.lead)
    if _BULLET.match(whole) and not debate.exchange and not paragraph.continues:
        debate.floor = NOBODY
    if debate.exchange and not (paragraph.continues and debate.floor.speaker):
        previous = debate.respondent
    else:
        previous = debate.floor
    given = attribute_sentences(
        sentences, people, replace(previous, doubtful=previous.speaker is not None), replying=debate.exchange
    )
    if debate.closed:
        group = {f"the {people.group}", "Members"}
        return tuple(NOBODY if one.speaker in group else one for one in given)
    return given


def _follow(
    paragraph: Paragraph,
    *,
    sentences: Sequence[str],
    whole: str,
    given: Sequence[Attribution],
    people: People,
    debate: _Debate,
) -> None:
    """Note what the paragraph means for those after it."""
    if not given:
        return
    last, final = given[-1], plain_text(sentences[-1])
    leads_in = whole.rstrip(" *").endswith(":")
    own = paragraph.label is not None or _BULLET.match(whole) is not None
    if leads_in and _EXCHANGE.search(whole):
        _open_exchange(whole, people, debate)
        return
    if (
        debate.lead.speaker
        and not own
        and (last.speaker is None or (last.named and last.speaker != debate.lead.speaker))
    ):
        debate.lead = NOBODY
    lead = _lead(sentences, given, people, own=own) if not debate.closed else NOBODY
    if words.is_procedure(final) and _RECOMMENDS.search(final):
        debate.lead, debate.lead_labelled = (
            Attribution(f"the {people.group}", people.group, doubtful=True),
            False,
        )
    elif words.is_procedure(final) and leads_in:
        debate.lead = debate.floor = NOBODY
        debate.exchange = False
    elif lead.speaker:
        debate.lead, debate.lead_labelled = lead, own
    if last.speaker:
        debate.floor = replace(last, named=())
    elif any(words.ends_speech(plain_text(sentence)) for sentence in sentences):
        debate.floor = NOBODY


def _open_exchange(whole: str, people: People, debate: _Debate) -> None:
    debate.exchange, debate.lead = True, NOBODY
    named = _FROM.search(whole)
    who = people.mentioned(named["who"]) if named else None
    if who is not None:
        debate.respondent = Attribution(who.speaker, who.role)
    elif debate.floor.speaker:
        debate.respondent = debate.floor
    debate.floor = NOBODY


def _lead(
    sentences: Sequence[str], given: Sequence[Attribution], people: People, *, own: bool
) -> Attribution:
    """Who says what follows: the subject of a sentence that ends with a colon or introduces a quotation."""
    last = given[-1]
    if sentences[-1].rstrip(" *").endswith(":"):
        if last.named:
            return replace(last, named=())
        opener = None if _UNSAID.search(sentences[-1]) else opening_person(sentences[-1], people)
        return Attribution(opener.speaker, opener.role, opener.doubtful) if opener else NOBODY
    quoted = (one for one, said in zip(given, sentences, strict=True) if _leads(one, said, own=own))
    return replace(last, named=()) if any(one.speaker == last.speaker for one in quoted) else NOBODY


def _leads(one: Attribution, sentence: str, *, own: bool) -> bool:
    """Whether a sentence introduces a list, or in a labelled paragraph a quotation."""
    return (
        bool(one.named) and sentence.endswith(":") and (not own or _RECOMMENDS.search(sentence) is not None)
    )


def _folded(text: str, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(text[span.start : span.end].split()) for span in spans)


__all__ = ["Spoken", "Statement", "read_statements"]
