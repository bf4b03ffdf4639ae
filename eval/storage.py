"""Files of a run: JSON lines, and answers to and from JSON.

Everything is UTF-8. A line is flushed when it is written, and a last line cut short by an interruption is
dropped on reading, so that a run can go on where it stopped.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kb.errors import UsageError
from kb.records import (
    Answer,
    Citation,
    DocumentId,
    Hit,
    Link,
    LinkKind,
    PartKind,
    Passage,
    PassageId,
    Quote,
    Span,
)

JsonObject = dict[str, Any]


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one object, indented, by way of a temporary file, so that nobody reads half of it."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(path)


def read_json(path: Path) -> JsonObject:
    """Read one object.

    Raises:
        UsageError: If the file is missing or holds no JSON object.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise UsageError(f"{path} does not hold a JSON object.")
    return value


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write objects, one a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def append_line(path: Path, row: Mapping[str, Any]) -> None:
    """Add one object to the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()


def read_lines(path: Path) -> Iterator[JsonObject]:
    """Read objects, one a line; nothing if there is no file.

    Raises:
        UsageError: If a line is no JSON object.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}, line {number}: {error}.") from error
        if not isinstance(row, dict):
            raise UsageError(f"{path}, line {number}: not a JSON object.")
        yield row


def drop_partial_line(path: Path) -> None:
    """Cut off what stands after the last line feed: a line that was being written when the run was stopped."""
    if path.exists():
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            path.write_bytes(data[:whole])


def answer_to_dict(answer: Answer) -> JsonObject:
    """Turn an answer into JSON: dates in ISO format, spans as pairs."""
    return {
        **{
            name: getattr(answer, name)
            for name in ("question", "text", "abstained", "confidence", "kind", "latency_ms")
        },
        "quotes": [
            {"text": quote.text, "spans": quote.spans, "passage": _passage_to_dict(quote.passage)}
            for quote in answer.quotes
        ],
        "hits": [
            {
                "rank": hit.rank,
                "score": hit.score,
                "bm25_score": hit.bm25_score,
                "cosine": hit.cosine,
                "passage": _passage_to_dict(hit.passage),
            }
            for hit in answer.hits
        ],
    }


def answer_from_dict(record: Mapping[str, Any]) -> Answer:
    """Turn JSON back into an answer."""
    return Answer(
        question=record["question"],
        text=record["text"],
        abstained=record["abstained"],
        confidence=record["confidence"],
        kind=record["kind"],
        latency_ms=record["latency_ms"],
        quotes=tuple(
            Quote(text=quote["text"], spans=_spans(quote["spans"]), passage=_passage(quote["passage"]))
            for quote in record["quotes"]
        ),
        hits=tuple(
            Hit(
                rank=hit["rank"],
                score=hit["score"],
                bm25_score=hit["bm25_score"],
                cosine=hit["cosine"],
                passage=_passage(hit["passage"]),
            )
            for hit in record["hits"]
        ),
    )


def _passage_to_dict(passage: Passage) -> JsonObject:
    record = asdict(passage)
    date = passage.citation.meeting_date
    record["citation"]["meeting_date"] = date.isoformat() if date else None
    return record


def _passage(record: Mapping[str, Any]) -> Passage:
    citation = dict(record["citation"])
    date = citation["meeting_date"]
    citation["id"] = PassageId(citation["id"])
    citation["meeting_date"] = dt.date.fromisoformat(date) if date else None
    citation["kind"] = PartKind(citation["kind"])
    citation["links"] = tuple(_link(link) for link in citation["links"])
    return Passage(
        citation=Citation(**citation),
        document_id=DocumentId(record["document_id"]),
        text=record["text"],
        spans=_spans(record["spans"]),
        header=record["header"],
        speakers=tuple(record["speakers"]),
    )


def _link(record: Mapping[str, Any]) -> Link:
    return Link(
        **{
            **record,
            "kind": LinkKind(record["kind"]),
            "id": PassageId(record["id"]),
            "spans": _spans(record["spans"]),
        }
    )


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
