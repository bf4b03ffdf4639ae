"""A tiny invented paper, topics about it, and systems that answer from it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.systems import Paper
from eval.topics import LineRange, Place, Topic, TopicType
from kb.records import (
    Answer,
    Citation,
    DocumentId,
    Hit,
    Page,
    PartKind,
    Passage,
    PassageId,
    Quote,
    Span,
)

BODY = "Fenwold Police and Crime Panel"
DATE = dt.date(2023, 2, 8)
LINES = (
    "MINUTES of the panel of 8 February 2023",
    "4. Precept",
    "1. The Commissioner proposed a precept of £15.00 for the year.",
    "2. Councillor Edna Sharp asked about road safety in the villages.",
    "3. It was RESOLVED to support the precept by nine votes to two.",
    "5. Drones",
    "1. The Chief Constable said that drones had flown 1,250 hours.",
)
TEXT = "\n".join(LINES) + "\n"


def paper(text: str = TEXT, name: str = "minutes.txt", pages: tuple[Page, ...] = ()) -> Paper:
    """Return a paper with the hash of its text."""
    return Paper(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, pages=pages)


def line_span(first: int, last: int | None = None, text: str = TEXT) -> Span:
    """Return the span of physical lines, from 1."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: first - 1])
    return Span(start, start + len("\n".join(lines[first - 1 : last or first])))


def passage(
    span: Span,
    *,
    text: str = TEXT,
    name: str = "minutes.txt",
    speakers: tuple[str, ...] = (),
    **citation: Any,
) -> Passage:
    """Cut a passage out of the paper."""
    fields: dict[str, Any] = {
        "body": BODY,
        "meeting_date": DATE,
        "kind": PartKind.MINUTES,
        "agenda_item": None,
        "item": None,
        "section": None,
        "item_title": None,
        "paragraph": None,
        "page": None,
        "page_label": None,
        "status": None,
        **citation,
    }
    passage_id = PassageId(f"{name}/{span.start}-{span.end}")
    return Passage(
        citation=Citation(id=passage_id, document=name, label=f"{name} at {span.start}", **fields),
        document_id=DocumentId(name),
        text=" ".join(text[span.start : span.end].split()),
        spans=(span,),
        header="",
        speakers=speakers,
    )


PASSAGES = (
    passage(line_span(1)),
    passage(line_span(3), item="4", paragraph="1", speakers=("the Commissioner",)),
    passage(line_span(4), item="4", paragraph="2", speakers=("Councillor Sharp",)),
    passage(line_span(5), item="4", paragraph="3"),
    passage(line_span(7), item="5", paragraph="1", speakers=("the Chief Constable",)),
)


def place(first: int, last: int | None = None, **fields: Any) -> Place:
    """Return a gold place of the paper."""
    return Place(
        **{
            "document": "minutes.txt",
            "lines": LineRange(first, last or first),
            "page": None,
            "anchor": None,
            "kind": PartKind.MINUTES,
            "body": BODY,
            "meeting_date": DATE,
            "agenda_item": None,
            "item": "4",
            "section": None,
            "paragraph": None,
            "grade": 3,
            **fields,
        }
    )


def topic(topic_id: str, places: Sequence[Place], **fields: Any) -> Topic:
    """Return a topic; without places it is unanswerable."""
    return Topic(
        **{
            "id": topic_id,
            "question": f"question {topic_id}",
            "type": TopicType.FACT if places else TopicType.UNANSWERABLE,
            "said_by": None,
            "facts": (),
            "split": "dev",
            "places": tuple(places),
            **fields,
        }
    )


TOPICS = (
    topic("fen-1", [place(3, paragraph="1"), place(5, paragraph="3", grade=1)], facts=("£15.00",)),
    topic("fen-3", [place(4, paragraph="2")], said_by=("Edna Sharp",), facts=("road safety",)),
    topic("fen-5", [place(7, item="5", paragraph="1")], facts=("1250 hours",)),
    topic("fen-7", []),
)


def answer(
    question: str, ranked: Sequence[Passage], *, confidence: float = 0.9, abstained: bool = False
) -> Answer:
    """Answer with the first passage as the only quote."""
    quotes = () if abstained else tuple(Quote(text=p.text, passage=p, spans=p.spans) for p in ranked[:1])
    return Answer(
        question=question,
        text=" ".join(quote.text for quote in quotes) or "The papers do not say.",
        abstained=abstained,
        confidence=confidence,
        kind="fact",
        quotes=quotes,
        hits=tuple(
            Hit(rank=rank, passage=p, score=1 / rank, bm25_score=0.0, cosine=0.0)
            for rank, p in enumerate(ranked, 1)
        ),
        latency_ms=1.0,
    )


RIGHT_ORDER = {"fen-1": (1, 3, 0), "fen-3": (2, 1), "fen-5": (4, 0), "fen-7": (0,)}


class FakeSystem:
    """Answers from a table or a function; remembers what it was asked."""

    def __init__(self, reply: Callable[[str], Answer], *, name: str = "fake", k: int = 10) -> None:
        self.name = name
        self.settings = {"k": k}
        self.timings = {"index_seconds": 0.5}
        self.asked: list[str] = []
        self._reply = reply

    def ask(self, question: str) -> Answer:
        """Answer one question."""
        self.asked.append(question)
        return self._reply(question)

    def papers(self) -> tuple[Paper, ...]:
        """Return the one paper."""
        return (paper(),)


def good_reply(question: str) -> Answer:
    """Return the right passages in the right order."""
    key = question.removeprefix("question ")
    ranked = [PASSAGES[i] for i in RIGHT_ORDER[key]]
    unknown = key == "fen-7"
    return answer(question, ranked, confidence=0.1 if unknown else 0.9, abstained=unknown)


def broken_reply(question: str) -> Answer:
    """Rank by a hash of question and passage: a ranker that has lost its mind."""
    ranked = sorted(PASSAGES, key=lambda p: hashlib.sha256(f"{question}{p.id}".encode()).digest())
    return answer(question, [ranked[-1]], confidence=0.5)


def write_set(folder: Path, topics: Sequence[Topic]) -> None:
    """Write topics as a question set."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for one in topics:
        places = [
            {
                **{name: getattr(p, name) for name in ("document", "page", "anchor", "body", "agenda_item")},
                **{name: getattr(p, name) for name in ("item", "section", "paragraph", "grade")},
                "kind": str(p.kind),
                "lines": list(p.lines) if p.lines else None,
                "meeting_date": p.meeting_date.isoformat() if p.meeting_date else None,
            }
            for p in one.places
        ]
        rows.append(
            {
                **{name: getattr(one, name) for name in ("id", "question", "split")},
                "type": str(one.type),
                "said_by": list(one.said_by) if one.said_by else None,
                "facts": list(one.facts),
                "places": places,
            }
        )
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
