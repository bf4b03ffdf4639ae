"""Answers, searches and what was understood of a question as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kb.interfaces.answer_json.passages import citation_to_json, passages_to_json
from kb.interfaces.answer_json.schema import SCHEMA_VERSION, SCORE_DIGITS, day
from kb.records import (
    Answer,
    Hit,
    Quote,
    Understood,
    Written,
)

if TYPE_CHECKING:
    from kb.retrieval.explain import Explanation
    from kb.retrieval.timeline import TopicMeeting
    from kb.vocabulary import Abbreviation


def answer_to_json(answer: Answer, *, question_id: str | None = None) -> dict[str, Any]:
    """One answer: its quotes' citations, then the ranked passages."""
    cited = {quote.passage.id: quote.passage.citation for quote in answer.quotes}
    return {
        "schema": SCHEMA_VERSION,
        "id": question_id,
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, SCORE_DIGITS),
        "kind": answer.kind,
        "latency_ms": round(answer.latency_ms, 3),
        "citations": [] if answer.abstained else [citation_to_json(citation) for citation in cited.values()],
        "passages": passages_to_json(answer.hits),
        "understood": understood_to_json(answer.understood),
        "suggestion": answer.suggestion,
        "written": None if answer.written is None else written_to_json(answer.written),
        "short": answer.short,
        "verdict": answer.verdict,
        "quotes": [quote_to_json(quote) for quote in answer.quotes],
        "more": [quote_to_json(quote) for quote in answer.more],
        "conflicts": [[quote_to_json(quote) for quote in each.quotes] for each in answer.conflicts],
        "why_not": answer.why_not,
        "dropped": answer.dropped,
    }


def quote_to_json(quote: Quote) -> dict[str, Any]:
    """One quote: its words, where they stand, who says them, and which of them are the short answer."""
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "answer": None if quote.answer_span is None else list(quote.answer_span),
        "spans": [list(span) for span in quote.spans],
        "citation": citation_to_json(quote.passage.citation),
    }


def written_to_json(written: Written) -> dict[str, Any]:
    """What a language model wrote: the proven claims as text, then all claims with their proof or their faults."""
    return {
        "model": written.model,
        "text": written.text or None,
        "note": written.note or None,
        "claims": [
            {
                "text": claim.text,
                "proven": claim.is_proven,
                "faults": list(claim.faults),
                "citations": [citation_to_json(passage.citation) for passage in claim.passages],
            }
            for claim in written.claims
        ],
    }


def search_to_json(
    query: str,
    hits: Sequence[Hit],
    reasons: Sequence[Explanation] = (),
    *,
    understood: Iterable[Understood] = (),
    suggestion: str | None = None,
) -> dict[str, Any]:
    """The passages found for a query; each with its ``explanation`` where reasons are given, in the same order."""
    passages = passages_to_json(hits)
    for passage, reason in zip(passages, reasons, strict=False):
        passage["explanation"] = explanation_to_json(reason)
    return {
        "schema": SCHEMA_VERSION,
        "query": query,
        "passages": passages,
        "understood": understood_to_json(understood),
        "suggestion": suggestion,
    }


def understood_to_json(understood: Iterable[Understood]) -> list[dict[str, Any]]:
    """What was read in a question, in its order; other words for its own come last."""
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "words": each.words,
            "meaning": each.meaning,
            "limits": each.is_limit,
            "used": each.is_used,
        }
        for each in understood
    ]


def glossary_to_json(abbreviations: Iterable[Abbreviation]) -> dict[str, Any]:
    """The abbreviations that papers explain, each with the passage that does so first."""
    return {
        "schema": SCHEMA_VERSION,
        "abbreviations": [
            {
                "abbreviation": each.short,
                "expansion": each.long,
                "passage": each.passage_id,
                "passages": each.count,
            }
            for each in abbreviations
        ],
    }


def explanation_to_json(reason: Explanation) -> dict[str, Any]:
    """Why a passage scored what it did; the points of the shares add up to the score."""
    return {
        "score": reason.score,
        "shares": [
            {
                "reason": share.reason,
                "points": share.points,
                "features": [
                    {"name": name, "value": value, "weight": weight} for name, value, weight in share.features
                ],
            }
            for share in reason.shares
        ],
        "matches": [
            {"term": match.term, "field": match.field, "weight": match.weight} for match in reason.matches
        ],
        "cosine": reason.cosine,
        "bm25_rank": reason.bm25_rank,
        "dense_rank": reason.dense_rank,
    }


def timeline_to_json(topic: str, meetings: Iterable[TopicMeeting]) -> dict[str, Any]:
    """The meetings at which a topic came up, oldest first."""
    return {
        "schema": SCHEMA_VERSION,
        "topic": topic,
        "meetings": [
            {
                "body": meeting.body,
                "meeting_date": day(meeting.meeting_date),
                "mentions": meeting.n_mentions,
                "passages": [
                    {"closeness": mention.closeness.value, **passage}
                    for mention, passage in zip(
                        meeting.mentions,
                        passages_to_json(mention.hit for mention in meeting.mentions),
                        strict=True,
                    )
                ],
                "outcome": None
                if meeting.outcome is None
                else {
                    "text": meeting.outcome.text,
                    "citation": citation_to_json(meeting.outcome.citation),
                },
            }
            for meeting in meetings
        ],
    }
