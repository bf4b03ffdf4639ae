"""From ranked passages to an answer: the sentences that speak most for it, within a length people read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.answers.absences import look, reason
from kb.answers.choosing import choose, logits_of, shares
from kb.answers.confidence import CONFIDENCE_FEATURES, Doubt, probability, signals
from kb.answers.evidence import Evidence
from kb.answers.proof import prove
from kb.answers.sentences import Sentence, cut
from kb.answers.weights import fitted
from kb.passages import quote
from kb.questions import Question
from kb.records import Passage, Quote

NOT_FOUND: Final = "Not found in these papers."

PASSAGES_READ: Final = 5
"""Passages whose sentences an answer is chosen from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is said, before it is put together with the ranking and the time taken.

    ``why_not`` says, of an answer that abstains, what in particular is missing; ``dropped`` counts quotes that were not
    proven and are left out.
    """

    text: str
    abstained: bool
    confidence: float
    quotes: tuple[Quote, ...]
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
    candidates = _quotes(choose(read.sentences, shares(logits)), sources)
    quotes = tuple(prove(candidates, sources))
    dropped = len(candidates) - len(quotes)
    if not quotes:
        return replace(nothing, why_not=None, dropped=dropped)
    return Draft(
        text="\n".join(piece.text for piece in quotes),
        abstained=False,
        confidence=confidence,
        quotes=quotes,
        dropped=dropped,
    )


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


def _quotes(chosen: Sequence[Sentence], sources: Mapping[str, str]) -> list[Quote]:
    """One quote per run of sentences that follow each other in one passage."""
    runs: list[list[Sentence]] = []
    for sentence in chosen:
        last = runs[-1][-1] if runs else None
        if last is not None and last.rank == sentence.rank and last.place + 1 == sentence.place:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    quotes: list[Quote] = []
    for run in runs:
        spans = tuple(span for sentence in run for span in sentence.spans)
        text = quote(sources[run[0].passage.citation.document], spans)
        quotes.append(Quote(text=text, passage=run[0].passage, spans=spans))
    return quotes
