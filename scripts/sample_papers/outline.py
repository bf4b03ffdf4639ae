"""Write a paper's outline from the structure its source states.

Takes a `Paper` and the pages on which its parts and items begin; gives the JSON record kept in
``eval/outlines/fenwold/``.  Reads no PDF.
"""

from collections.abc import Mapping
from typing import Any

from .model import Block, Kind, Paper, strip_label

# Papers whose inner layout is not an outline: their parts are listed without items.
_FLAT_KINDS = frozenset({"letter", "action_table", "dashboard", "slides"})


def outline(paper: Paper, pages: Mapping[int, int]) -> dict[str, Any]:
    """Return the outline of ``paper``.

    Args:
        paper: The paper.
        pages: Physical page, from 1, on which each block begins, by the block's index; empty for text files.

    Returns:
        A record of parts, items and paragraph labels, ready for JSON.
    """
    parts: list[dict[str, Any]] = []
    spans: list[list[tuple[int, Block]]] = []
    for index, block in enumerate(paper.blocks):
        if block.part is not None:
            part = block.part
            parts.append(
                {
                    "kind": part.kind,
                    "body": part.body,
                    "meeting_date": part.meeting_date,
                    "title": part.title,
                    "agenda_item": part.agenda_item,
                    "page": pages.get(index),
                    "items": [],
                }
            )
            spans.append([])
        elif spans:
            spans[-1].append((index, block))
    for part_record, span in zip(parts, spans, strict=True):
        if part_record["kind"] not in _FLAT_KINDS:
            part_record["items"] = _items(span, pages)
    return {"doc": paper.name, "parts": parts}


def _items(span: list[tuple[int, Block]], pages: Mapping[int, int]) -> list[dict[str, Any]]:
    is_numbered = any(block.kind is Kind.ITEM for _, block in span)
    opener = Kind.ITEM if is_numbered else Kind.HEADING
    items: list[dict[str, Any]] = []
    for index, block in span:
        if block.kind is opener:
            number = strip_label(block.label) or None
            title = block.text.partition("<br/>")[0].replace("**", "").strip()
            items.append({"number": number, "title": title, "page": pages.get(index), "paragraphs": []})
        elif block.kind is Kind.LABELLED and block.listed and items:
            items[-1]["paragraphs"].append(strip_label(block.label))
    return items
