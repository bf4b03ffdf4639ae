"""Every measure of a set of answers: the step from answers to numbers.

Takes topics, answers and papers, gives one `TopicResult` a topic and a summary ready for JSON. Measures that
do not apply to a topic are ``None`` and stay out of means:

- unanswerable questions have no ranking, evidence, citation or answer measures;
- citations and speakers are measured where a relevant passage was returned at all;
- an abstention on an answerable question scores 0 for its facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval import abstention, citing, measures, reading
from eval.places import Judge, RunLine, qrels, run_lines
from eval.systems import Paper
from eval.topics import Topic, TopicType
from eval.wording import missing_facts, words
from kb.records import Answer

# The measures of tables and plots, in their order; every one is better when higher, save Words.
HEADLINES = (
    *measures.RANKING_NAMES,
    *(f"Evidence@{budget}w" for budget in reading.BUDGETS),
    *(f"Cite-{level}" for level in citing.Level),
    "Speaker",
    "Facts",
    "FactsAll",
    "QuoteOnPlace",
    *(f"QuoteCite-{level}" for level in citing.Level),
    "Verbatim",
    "QuotedShare",
    "AbstainRight",
    "Words",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer with the time that its asker waited, in milliseconds."""

    answer: Answer
    wall_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """What one topic scored, with the run lines behind it."""

    topic: Topic
    reply: Reply
    lines: tuple[RunLine, ...]
    values: Mapping[str, float | None]


def judge_all(judge: Judge, topics: Sequence[Topic], replies: Mapping[str, Reply]) -> tuple[TopicResult, ...]:
    """Measure every topic.

    Args:
        judge: Knows the papers that the answers come from.
        topics: All of the run's.
        replies: By topic id; all must be there.
    """
    lines = {
        topic.id: run_lines(judge, topic, [hit.passage for hit in replies[topic.id].answer.hits])
        for topic in topics
    }
    ranking = measures.rank_measures(
        {topic.id: qrels(judge, topic) for topic in topics if topic.is_answerable}, lines
    )
    return tuple(
        TopicResult(
            topic=topic,
            reply=replies[topic.id],
            lines=lines[topic.id],
            values={
                **dict.fromkeys(measures.RANKING_NAMES),
                **ranking.get(topic.id, {}),
                **_values(judge, topic, replies[topic.id].answer),
            },
        )
        for topic in topics
    )


def _values(judge: Judge, topic: Topic, answer: Answer) -> dict[str, float | None]:
    values: dict[str, float | None] = {
        "Verbatim": reading.verbatim_share(judge, answer),
        "AbstainRight": float(answer.abstained is not topic.is_answerable),
    }
    if not topic.is_answerable:
        return values
    passages = [hit.passage for hit in answer.hits]
    for budget in reading.BUDGETS:
        values[f"Evidence@{budget}w"] = float(reading.evidence_within(judge, topic, passages, budget))
    for level, right in citing.mark_first(judge, topic, passages).items():
        values[f"Cite-{level}"] = None if right is None else float(right)
    first = citing.first_relevant(judge, topic, passages)
    speaker = reading.speakers_right(topic, first[0] if first else None)
    values["Speaker"] = None if speaker is None else float(speaker)
    text = "" if answer.abstained else answer.text
    values["Facts"] = reading.facts_share(text, topic)
    values["FactsAll"] = float(reading.answers_fully(answer, topic)) if topic.facts else None
    values["QuoteOnPlace"], marks = citing.mark_quotes(judge, topic, answer)
    values |= {f"QuoteCite-{level}": share for level, share in marks.items()}
    values["QuotedShare"] = reading.quoted_share(judge, answer)
    values["Words"] = None if answer.abstained else float(len(words(answer.text)))
    return values


def summarise(results: Sequence[TopicResult]) -> dict[str, Any]:
    """Sum up a run: means with intervals by type, abstention, latency; ready for JSON."""
    groups = measures.summarise(
        {result.topic.id: result.values for result in results},
        {result.topic.id: str(result.topic.type) for result in results},
    )
    outcomes = [
        abstention.Outcome(
            is_answerable=result.topic.is_answerable,
            abstained=result.reply.answer.abstained,
            confidence=result.reply.answer.confidence,
            is_right=reading.answers_fully(result.reply.answer, result.topic),
        )
        for result in results
    ]
    return {
        "topics": len(results),
        "answerable": sum(result.topic.is_answerable for result in results),
        "measures": {
            group: {name: asdict(estimates[name]) for name in HEADLINES if name in estimates}
            for group, estimates in sorted(groups.items(), key=_group_order)
        },
        "abstention": asdict(abstention.measure(outcomes)),
        "latency_ms": abstention.percentiles([result.reply.wall_ms for result in results]),
    }


def _group_order(group: tuple[str, object]) -> int:
    """All types first, then each in the order of their definition."""
    return [measures.ALL_TYPES, *TopicType].index(group[0])


def result_to_dict(judge: Judge, result: TopicResult) -> dict[str, Any]:
    """Turn a topic's result into JSON: what was wanted, what was returned, what it scored."""
    topic, answer = result.topic, result.reply.answer
    return {
        "topic": topic.id,
        "question": topic.question,
        "type": str(topic.type),
        "split": topic.split,
        "said_by": topic.said_by,
        "facts": topic.facts,
        "missing_facts": missing_facts("" if answer.abstained else answer.text, topic.facts),
        "abstained": answer.abstained,
        "confidence": answer.confidence,
        "understood_as": answer.kind,
        "wall_ms": result.reply.wall_ms,
        "measures": {name: result.values[name] for name in HEADLINES if name in result.values},
        "wanted": [
            {"id": place.id, "label": place.label, "grade": place.grade, "text": judge.text_of(place)}
            for place in topic.places
        ],
        "answer": answer.text,
        "returned": [
            {
                "rank": hit.rank,
                "score": hit.score,
                "bm25_score": hit.bm25_score,
                "cosine": hit.cosine,
                "label": hit.passage.citation.label,
                "speakers": hit.passage.speakers,
                "text": hit.passage.text,
                "lines": judge.lines_of(hit.passage),
                "grade": max((place.place.grade for place in judge.hits(topic, hit.passage)), default=0),
            }
            for hit in answer.hits
        ],
    }


def find_faults(judge: Judge, topics: Sequence[Topic], papers: Sequence[Paper]) -> tuple[str, ...]:
    """List what is wrong with the judgments themselves: places not found, facts that do not stand there."""
    names = {paper.name for paper in papers}
    faults = []
    for topic in topics:
        texts = []
        for place in topic.places:
            text = judge.text_of(place)
            texts.append(text)
            if place.document not in names:
                faults.append(f"{topic.id}: the papers hold no {place.document}.")
            elif not text:
                faults.append(f"{topic.id}: not found in the paper: {place.label}.")
        if all(texts):
            faults += [
                f"{topic.id}: no place of it holds the fact {fact!r}."
                for fact in missing_facts("\n".join(texts), topic.facts)
            ]
    return tuple(faults)
