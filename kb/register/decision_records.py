"""The numbered decisions of office-holders: records of their own, and the lists that notify a panel of them.

Takes a part; gives `DecisionRecord` records. Numbers look like "CPCC 2017-020" or "FPCC/2023/007".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.records import PartKind
from kb.register.records import DecisionRecord
from kb.register.words import Block, Paper
from kb.structure.dates import first_date

NUMBER = re.compile(
    r"\b(?P<series>[A-Z]{2,7})[\s/-]{0,2}(?P<year>(?:19|20)\d{2})\s?[-/–]\s?(?P<number>\d{1,4})\b"
)
_FIELD = re.compile(
    r"^\W*(?P<name>decision\s+(?:number|reference|ref|no)\.?|reference(?:\s+number)?|subject|title|date(?:\s+of\s+decision)?|decision(?:\s+made)?)\s*(?:\t|:)\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_DECISION = re.compile(r"^\W*(?:record\s+of\s+)?(?:the\s+)?decisions?\W*$", re.IGNORECASE)


def read_decision_records(paper: Paper) -> tuple[DecisionRecord, ...]:
    """Read the decision records of one paper: one of a form, or one a row of a list."""
    if paper.part.kind is not PartKind.DECISION:
        return ()
    blocks = [(item.title, block) for item in paper.part.items for block in paper.blocks(item)]
    form = _of_form(paper.text, paper.number, blocks)
    return form or tuple(_of_list(paper.text, paper.number, [block for _, block in blocks]))


def _of_form(text: str, number: int, blocks: Sequence[tuple[str, Block]]) -> tuple[DecisionRecord, ...]:
    fields: dict[str, tuple[str, Block]] = {}
    decision: str | None = None
    for title, block in blocks:
        for span in block.paragraph.spans:
            match = _FIELD.match(text[span.start : span.end])
            if match is not None:
                fields.setdefault(
                    match["name"].split()[-1].casefold().strip("."), (" ".join(match["value"].split()), block)
                )
        if decision is None and _DECISION.match(title) and not block.paragraph.is_heading:
            decision = block.text
    printed = next(
        (
            value
            for name in ("number", "reference", "ref", "no", "decision")
            if (value := fields.get(name)) and NUMBER.search(value[0])
        ),
        None,
    )
    if printed is None:
        return ()
    subject = fields.get("subject") or fields.get("title")
    date = next(
        (value for name, value in fields.items() if name in {"decision", "date"} and first_date(value[0])),
        None,
    )
    return (
        DecisionRecord(
            part=number,
            spans=printed[1].whole.cut(),
            number=_usual(NUMBER.search(printed[0])),
            subject=subject[0] if subject else None,
            decision=decision,
            date=first_date(date[0]) if date else None,
        ),
    )


def _of_list(text: str, number: int, blocks: Sequence[Block]) -> Iterator[DecisionRecord]:
    for block in blocks:
        label = block.paragraph.label
        match = NUMBER.search(label) if label else None
        match = match or (NUMBER.search(block.text[:80]) if block.paragraph.is_row else None)
        if match is None:
            continue
        spans = block.whole.cut()
        cells = [
            " ".join(piece.split())
            for span in block.paragraph.spans
            for piece in text[span.start : span.end].split("\t")
        ]
        words = [cell for cell in cells if cell and first_date(cell) is None and not NUMBER.fullmatch(cell)]
        tabular = "\t" in text[spans[0].start : spans[-1].end]
        yield DecisionRecord(
            part=number,
            spans=spans,
            number=_usual(match),
            subject=words[0] if tabular and words else None,
            decision=words[1] if tabular and len(words) > 1 else None,
            date=first_date(" ".join(cells[:4])) or first_date(block.text),
        )


def _usual(match: re.Match[str] | None) -> str:
    return f"{match['series']} {match['year']}-{match['number']}" if match else ""


__all__ = ["NUMBER", "read_decision_records"]
