"""From ranked passages to an answer: the sentences that speak most for it, within a length people read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kb.answers.confidence import CONFIDENCE_FEATURES, Evidence, probability, signals
from kb.answers.proof import prove
from kb.answers.sentences import SENTENCE_FEATURES, Sentence, cut, describe
from kb.passages import quote
from kb.questions import Question
from kb.records import Passage, Quote

NOT_FOUND: Final = "Not found in these papers."

_PASSAGES_READ = 5
_ANSWER_WORDS = 110
_MIN_SHARE = 0.35
"""A further sentence is quoted only if it is at least this likely relative to the best one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is said, before it is put together with the ranking and the time taken."""

    text: str
    abstained: bool
    confidence: float
    quotes: tuple[Quote, ...]


@lru_cache(maxsize=1)
def _fitted() -> Mapping[str, Any]:
    """The fitted weights of sentences and of the confidence; made by ``kb eval fit``."""
    loaded: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath("weights.json").read_text("utf-8")
    )
    return loaded


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
    read = passages[:_PASSAGES_READ]
    if not read:
        return Draft(text=NOT_FOUND, abstained=True, confidence=0.0, quotes=())
    sentences = cut(read, sources)
    evidence = replace(evidence, sentences=tuple(sentences))
    fitted = _fitted()
    weights = np.array([fitted["confidence"].get(name, 0.0) for name in CONFIDENCE_FEATURES])
    confidence = probability(signals(question, evidence, idf), weights, bias=fitted["confidence_bias"])
    if confidence < fitted["threshold"]:
        return Draft(text=NOT_FOUND, abstained=True, confidence=confidence, quotes=())
    chosen = choose(sentences, likelihoods(question, sentences, evidence.scores, idf))
    quotes = tuple(prove(_quotes(chosen, sources), sources))
    if not quotes:
        return Draft(text=NOT_FOUND, abstained=True, confidence=confidence, quotes=())
    return Draft(
        text="\n".join(piece.text for piece in quotes), abstained=False, confidence=confidence, quotes=quotes
    )


def likelihoods(
    question: Question, sentences: Sequence[Sentence], scores: Sequence[float], idf: Mapping[str, float]
) -> NDArray[np.float64]:
    """How likely each sentence is to hold (part of) the answer, ``(n,)`` between 0 and 1."""
    stored = _fitted()["sentences"]
    weights = np.array([stored.get(name, 0.0) for name in SENTENCE_FEATURES])
    logits = describe(question, sentences, scores, idf) @ weights + _fitted()["sentences_bias"]
    chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-logits))
    return chances


def choose(sentences: Sequence[Sentence], chances: NDArray[np.float64]) -> list[Sentence]:
    """The likeliest sentences within the length of an answer, in the order of the papers, best passage first.

    A lone word, such as the "CHAIR" under a signature, is quoted only if there is nothing else.
    """
    worded = [number for number, sentence in enumerate(sentences) if not _is_lone_word(sentence.text)]
    order = sorted(worded or range(len(sentences)), key=lambda number: (-chances[number], number))
    picked: list[int] = []
    seen: set[str] = set()
    words = 0
    for number in order:
        size = sentences[number].n_words
        said = sentences[number].text.casefold()
        if said in seen:
            continue  # the same words in another paper, or in the draft of these minutes
        if picked and (words + size > _ANSWER_WORDS or chances[number] < _MIN_SHARE * chances[order[0]]):
            continue
        picked.append(number)
        seen.add(said)
        words += size
    best_rank = {sentences[number].rank: place for place, number in reversed(list(enumerate(picked)))}
    return [
        sentences[n] for n in sorted(picked, key=lambda n: (best_rank[sentences[n].rank], sentences[n].place))
    ]


def _is_lone_word(text: str) -> bool:
    """Whether this is one word without a figure."""
    return len(text.split()) == 1 and not any(character.isdigit() for character in text)


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
