"""Limits that a question itself sets: phrases in quotation marks, words after a minus or a capital NOT.

A phrase that no passage holds within the user's filters is no limit: the question then says more than the papers, and
that is said back. Exclusions always hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index import Engine
from index.tokens import tokenize
from kb.questions import Question
from kb.store.contents import Contents

Mask = NDArray[np.bool_]


def apply_limits(
    question: Question, allowed: Mask | None, *, contents: Contents, engine: Engine
) -> tuple[Question, Mask | None]:
    """Narrow the rows that filters allow to those the question allows.

    Args:
        question: Understood.
        allowed: ``(n,)``; ``None`` for all.
        contents: The passages.
        engine: Their index.

    Returns:
        The question as it could be taken, without phrases that nothing holds, and the rows allowed.
    """
    for words in question.excluded:
        allowed = _everything(allowed, engine)
        allowed[_holding(words, engine, contents, fields=("text",))] = False
    kept: list[str] = []
    for phrase in question.phrases:
        narrower = np.zeros(len(engine), np.bool_)
        narrower[_holding(phrase, engine, contents, fields=tuple(engine.fields))] = True
        narrower &= _everything(allowed, engine)
        if narrower.any():
            allowed = narrower
            kept.append(phrase)
    return _without_phrases(question, kept), allowed


def _everything(allowed: Mask | None, engine: Engine) -> Mask:
    return np.ones(len(engine), np.bool_) if allowed is None else allowed.copy()


def _holding(words: str, engine: Engine, contents: Contents, *, fields: Sequence[str]) -> list[int]:
    """Rows in which a word stands in any of its forms, or a phrase exactly."""
    terms = list(dict.fromkeys(tokenize(words)))
    is_phrase = len(words.split()) > 1
    # A phrase of stop words alone ("of the") has no terms to look up; its rows are read.
    found = np.full(len(engine), bool(terms) or is_phrase)
    for term in terms:
        has_term = np.zeros(len(engine), np.bool_)
        for name in fields:
            has_term[engine.fields[name].postings(term)[0]] = True
        found &= has_term
    rows = np.flatnonzero(found).tolist()
    return contents.rows_holding(words, rows) if is_phrase else rows


def _without_phrases(question: Question, kept: Sequence[str]) -> Question:
    if len(kept) == len(question.phrases):
        return question
    told = tuple(
        replace(
            each, is_limit=False, meaning=f"no passage has the words {each.words}, so they are only preferred"
        )
        if each.kind == "phrase" and each.is_used and not any(phrase in each.words for phrase in kept)
        else each
        for each in question.understood
    )
    return replace(question, phrases=tuple(kept), understood=told)
