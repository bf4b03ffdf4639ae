"""From ranked passages to an answer: the sentences that speak most for it, within a length people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.answers.absences import look, reason
from kb.answers.attribution import Attributions
from kb.answers.choosing import MIN_GAIN, both_sides, choose, every_place, in_order, logits_of, shares
from kb.answers.confidence import CONFIDENCE_FEATURES, Doubt, probability, signals
from kb.answers.conflicts import find_conflicts
from kb.answers.evidence import Evidence
from kb.answers.marking import mark
from kb.answers.own_words import keep_own_words
from kb.answers.proof import prove
from kb.answers.sentences import Sentence, cut
from kb.answers.verdicts import verdict
from kb.answers.weights import fitted
from kb.passages import quote
from kb.questions import Intent, Question
from kb.records import Conflict, Passage, Quote, Span

NOT_FOUND: Final = "Not found in these papers."

PASSAGES_READ: Final = 5
"""Passages whose sentences an answer is chosen from."""


_MORE_GAIN: Final = 0.3
"""Of `MIN_GAIN`: what sentences must be worth to be kept for those who want more."""
_MORE_WORDS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is said, before it is put together with the ranking and the time taken; fields as those of `Answer`."""

    text: str
    abstained: bool
    confidence: float
    quotes: tuple[Quote, ...]
    short: str | None = None
    verdict: str | None = None
    more: tuple[Quote, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    why_not: str | None = None
    dropped: int = 0


def compose(
    question: Question,
    passages: Sequence[Passage],
    evidence: Evidence,
    sources: Mapping[str, str],
    idf: Mapping[str, float],
) -> Draft:
    """Answer a question from its ranked passages.

    Args:
        question: The question, understood.
        passages: Best first.
        evidence: What ranking knows of them.
        sources: Source text by document name, for every passage's document.
        idf: Weight of each of the question's terms.

    Returns:
        The answer; abstained if the evidence is too weak or there is none.
    """
    if not passages:
        return Draft(text=NOT_FOUND, abstained=True, confidence=0.0, quotes=())
    read = with_sentences(evidence, passages, sources)
    logits = logits_of(question, read, idf)
    missing = look(question, read, idf)
    confidence = confidence_in(signals(question, read, idf, logits, missing))
    nothing = Draft(
        text=NOT_FOUND,
        abstained=True,
        confidence=confidence,
        quotes=(),
        why_not=reason(question, missing),
    )
    if confidence < fitted()["threshold"]:
        return nothing
    return _answer(question, read, shares(logits), sources, idf, nothing=nothing)


def _answer(
    question: Question,
    evidence: Evidence,
    chances: NDArray[np.float64],
    sources: Mapping[str, str],
    idf: Mapping[str, float],
    *,
    nothing: Draft,
) -> Draft:
    sentences = evidence.sentences
    own = keep_own_words(question, sentences, chances, lambda one: _speaker(one, evidence.attributions))
    wanted = every_place(question, sentences, both_sides(question, sentences, own), idf)
    chosen = in_order(question, choose(sentences, wanted))
    asks_speech = Intent.STATEMENT in question.intents
    parted = evidence.attributions if asks_speech else None
    best = sorted(chosen, key=lambda sentence: -chances[sentences.index(sentence)])
    candidates = [_marked(quote, question, best, evidence, idf) for quote in _quotes(chosen, sources, parted)]
    quotes = tuple(_attributed(quote, evidence) for quote in prove(candidates, sources))
    dropped = len(candidates) - len(quotes)
    if not quotes:
        return replace(nothing, why_not=None, dropped=dropped)
    rest = choose(sentences, chances, most_words=_MORE_WORDS, gain=MIN_GAIN * _MORE_GAIN)
    more = _quotes([sentence for sentence in rest if sentence not in chosen], sources, parted)
    conflicts = [tuple(prove(_quotes(pair, sources), sources)) for pair in find_conflicts(chosen, sentences)]
    settled = verdict(question, best, float(chances[sentences.index(best[0])]), idf)
    marked = [quote for quote in quotes if quote.answer_span is not None]
    return Draft(
        text="\n".join(piece.text for piece in quotes),
        abstained=False,
        confidence=nothing.confidence,
        quotes=quotes,
        short=next((quote.text[slice(*quote.answer_span)] for quote in marked if quote.answer_span), None),
        verdict=settled,
        more=tuple(_attributed(quote, evidence) for quote in prove(more, sources)),
        conflicts=tuple(Conflict(quotes=pair) for pair in conflicts if len(pair) > 1),
        dropped=dropped,
    )


def _attributed(quote: Quote, evidence: Evidence) -> Quote:
    """The quote with its speaker, if somebody speaks in its passage."""
    if evidence.attributions is None or not quote.passage.speakers:
        return quote
    return replace(quote, speaker=evidence.attributions.speaker(quote.passage.citation.document, quote.spans))


def _marked(
    quote: Quote, question: Question, best: Sequence[Sentence], evidence: Evidence, idf: Mapping[str, float]
) -> Quote:
    """The quote with the short answer marked, if it holds the likeliest sentence that has one."""
    people = evidence.holdings.surnames if evidence.holdings is not None else ()
    for sentence in best:
        span = mark(question, sentence.text, idf, meanings=evidence.meanings, people=people)
        if span is None:
            continue
        start = quote.text.find(sentence.text) if sentence.passage is quote.passage else -1
        return quote if start < 0 else replace(quote, answer_span=Span(start + span.start, start + span.end))
    return quote


def with_sentences(evidence: Evidence, passages: Sequence[Passage], sources: Mapping[str, str]) -> Evidence:
    """The evidence with its passages, and with the sentences of those that are read."""
    sentences = tuple(cut(passages[:PASSAGES_READ], sources))
    return replace(evidence, passages=tuple(passages), sentences=sentences)


def confidence_in(values: NDArray[np.float64]) -> float:
    """The lesser of the likelihoods that the topic is there and that the thing asked for is, between 0 and 1."""
    stored = fitted()["confidence"]
    chances: list[float] = []
    for doubt in Doubt:
        weights = np.array([stored[doubt]["weights"].get(name, 0.0) for name in CONFIDENCE_FEATURES])
        chances.append(probability(values, weights, bias=stored[doubt]["bias"]))
    return min(chances)


def _quotes(
    chosen: Sequence[Sentence], sources: Mapping[str, str], parted: Attributions | None = None
) -> list[Quote]:
    """One quote per run of sentences that follow each other in one passage; ``parted`` parts what others say."""
    runs: list[list[Sentence]] = []
    speaker: str | None = None
    for sentence in chosen:
        last = runs[-1][-1] if runs else None
        before, speaker = speaker, _speaker(sentence, parted)
        follows = last is not None and last.rank == sentence.rank and last.place + 1 == sentence.place
        if follows and before == speaker:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    quotes: list[Quote] = []
    for run in runs:
        spans = tuple(span for sentence in run for span in sentence.spans)
        text = quote(sources[run[0].passage.citation.document], spans)
        quotes.append(Quote(text=text, passage=run[0].passage, spans=spans))
    return quotes


def _speaker(sentence: Sentence, attributions: Attributions | None) -> str | None:
    if attributions is None or not sentence.passage.speakers:
        return None
    return attributions.speaker(sentence.passage.citation.document, sentence.spans)
