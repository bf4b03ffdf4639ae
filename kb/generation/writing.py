"""An extractive answer, and beside it what a language model wrote from its passages, each claim proven or struck."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import Final

from kb.errors import LanguageModelError
from kb.generation.checking import check
from kb.generation.claims import read_claims
from kb.generation.client import complete
from kb.generation.prompts import SCHEMA, Evidence, gather, messages
from kb.generation.settings import ModelSettings
from kb.records import Answer, Passage, Written

logger = logging.getLogger(__name__)

_OWN_WORDS: Final = "The answer is in the papers' own words."


def write(answer: Answer, question: str, settings: ModelSettings) -> Answer:
    """Ask the model, and put what it wrote beside the answer.

    Args:
        answer: Extractive; one that abstains is returned as it is, for then there is nothing to write from.
        question: As it is to be understood: with what a follow-up takes over.
        settings: Whom to ask.

    Returns:
        The answer with ``written``, also if the model failed: then its note says so.
    """
    if answer.abstained:
        return answer
    started = time.perf_counter()
    evidence = gather(
        _passages(answer), max_passages=settings.max_passages, max_characters=settings.max_evidence
    )
    written = _written(question, evidence, settings) if evidence else Written(model=settings.model)
    withheld = sum(each.withheld for each in evidence)
    if withheld:
        what = "One sentence reads" if withheld == 1 else f"{withheld} sentences read"
        note = f"{what} like an order to a program; the model was not shown that, and it proves nothing."
        written = replace(written, note=f"{written.note} {note}".strip())
    took = (time.perf_counter() - started) * 1000
    return replace(answer, written=written, latency_ms=answer.latency_ms + took)


def _passages(answer: Answer) -> list[Passage]:
    """What is quoted, then the other ranked passages, each once."""
    quoted = [quote.passage for quote in answer.quotes]
    return list(
        {passage.id: passage for passage in [*quoted, *(hit.passage for hit in answer.hits)]}.values()
    )


def _written(question: str, evidence: tuple[Evidence, ...], settings: ModelSettings) -> Written:
    try:
        reply = complete(messages(question, evidence), settings, schema=SCHEMA)
    except LanguageModelError as error:
        logger.warning("language model not used: %s", error.message)
        return Written(model=settings.model, note=f"{error.message} {_OWN_WORDS}")
    raw = read_claims(reply)
    if raw is None:
        return Written(
            model=settings.model,
            note=f"The language model's reply is not in the form asked for. {_OWN_WORDS}",
        )
    claims = tuple(check(each, evidence) for each in raw)
    if any(claim.is_proven for claim in claims):
        return Written(model=settings.model, claims=claims)
    why = "None of its claims is proven." if claims else "The language model made no claim."
    return Written(model=settings.model, claims=claims, note=f"{why} {_OWN_WORDS}")
