"""Which sentences make the answer: the likeliest, as far as each is worth its words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.tokens import tokenize
from kb.answers.absences import SPEECH_TERMS
from kb.answers.describing import by_kind, describe
from kb.answers.evidence import Evidence
from kb.answers.sentences import Sentence
from kb.answers.weights import sentence_weights
from kb.questions import DateRange, Intent, Question

ANSWER_WORDS = 140
MIN_GAIN = 0.0031
"""A further sentence must bring this share of the likelihood for each of its words and of `READING_COST` more."""
READING_COST = 10
_OF_TOPIC = 0.95
"""Share of a topic's weight that a passage must hold to be about it."""


def logits_of(question: Question, evidence: Evidence, idf: Mapping[str, float]) -> NDArray[np.float64]:
    """How much speaks for each sentence of the evidence, ``(n_sentences,)``."""
    features = by_kind(question, describe(question, evidence.sentences, evidence, idf))
    logits: NDArray[np.float64] = features @ sentence_weights()
    return logits


def shares(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """The likelihood that each sentence is the answer, ``(n_sentences,)``, together 1."""
    if not logits.size:
        return logits
    weights = np.exp(logits - logits.max())
    result: NDArray[np.float64] = weights / weights.sum()
    return result


def choose(
    sentences: Sequence[Sentence],
    chances: NDArray[np.float64],
    *,
    most_words: int = ANSWER_WORDS,
    gain: float = MIN_GAIN,
) -> list[Sentence]:
    """The sentences to quote, in the order of the papers, best passage first.

    The likeliest is quoted whatever its length; others as long as they are worth their words. A lone word, such as the
    "CHAIR" under a signature, is quoted only if there is nothing else.

    Args:
        sentences: As `cut` gives them.
        chances: Of each of them, as `shares` gives them.
        most_words: Of all sentences but the first together with it.
        gain: Least likelihood for each word.
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
        if picked and (words + size > most_words or chances[number] < gain * (size + READING_COST)):
            continue
        picked.append(number)
        seen.add(said)
        words += size
    best_rank = {sentences[number].rank: place for place, number in reversed(list(enumerate(picked)))}
    return [
        sentences[n] for n in sorted(picked, key=lambda n: (best_rank[sentences[n].rank], sentences[n].place))
    ]


def both_sides(
    question: Question, sentences: Sequence[Sentence], chances: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The likelihoods, with the best sentence of each meeting raised to the best of all if several are compared."""
    whens = [when for when in question.whens if when.precision is not DateRange.SPAN]
    if len(whens) < 2:  # noqa: PLR2004 - one date compares nothing
        return chances
    raised = chances.copy()
    for when in whens:
        own = [
            number
            for number, sentence in enumerate(sentences)
            if when.contains(sentence.passage.citation.meeting_date)
        ]
        if own:
            raised[max(own, key=lambda number: (chances[number], -number))] = chances.max()
    return raised


def every_place(
    question: Question, sentences: Sequence[Sentence], chances: NDArray[np.float64], idf: Mapping[str, float]
) -> NDArray[np.float64]:
    """The likelihoods, with one sentence raised in every passage where somebody asked about speaks of all the topic.

    "What did the commissioner say about X" wants each place where he does, not the likeliest alone.
    """
    who = {
        name.rpartition(" ")[2].casefold() for name in (*question.people, *question.holders, *question.roles)
    }
    spoken = (
        frozenset(tokenize(" ".join((*question.people, *question.holders, *question.roles)))) | SPEECH_TERMS
    )
    topic = {term for term in question.topic if term not in spoken}
    total = math.fsum(idf.get(term, 0.0) for term in topic)
    if Intent.STATEMENT not in question.intents or not who or not total:
        return chances
    raised = chances.copy()
    for rank in sorted({sentence.rank for sentence in sentences}):
        own = [number for number, sentence in enumerate(sentences) if sentence.rank == rank]
        speakers = {name.rpartition(" ")[2].casefold() for name in sentences[own[0]].passage.speakers}
        held = frozenset().union(*(sentences[number].terms for number in own)) & topic
        if who & speakers and math.fsum(idf.get(term, 0.0) for term in held) >= _OF_TOPIC * total:
            best = max(own, key=lambda number: (chances[number], -number))
            raised[best] = max(raised[best], MIN_GAIN * (sentences[best].n_words + READING_COST))
    return raised


def in_order(question: Question, chosen: Sequence[Sentence]) -> list[Sentence]:
    """By meeting, oldest first, if a question asks what somebody has said without saying when; else as they are."""
    asks_speech = Intent.STATEMENT in question.intents and (question.people or question.roles)
    if not asks_speech or question.whens or question.is_recent:
        return list(chosen)
    return sorted(chosen, key=lambda sentence: sentence.passage.citation.meeting_date or dt.date.max)


def _is_lone_word(text: str) -> bool:
    """Whether this is one word without a figure."""
    return len(text.split()) == 1 and not any(character.isdigit() for character in text)
