"""Where the nodes of an outline are printed: boxes on pages, for files that have them."""

from __future__ import annotations

from dataclasses import replace

from kb.records import Item, Outline, Paragraph, Source
from kb.sources.boxes import Boxes


def place_nodes(source: Source, outline: Outline) -> Outline:
    """Give each item and paragraph the boxes in which its heading, or its label and text, are printed."""
    if not any(line.box for line in source.lines):
        return outline
    boxes = Boxes(source)
    return replace(
        outline,
        parts=tuple(
            replace(part, items=tuple(_place_item(boxes, item) for item in part.items))
            for part in outline.parts
        ),
    )


def _place_item(boxes: Boxes, item: Item) -> Item:
    return replace(
        item,
        boxes=boxes.of(item.heading),
        paragraphs=tuple(_place_paragraph(boxes, paragraph) for paragraph in item.paragraphs),
    )


def _place_paragraph(boxes: Boxes, paragraph: Paragraph) -> Paragraph:
    label = () if paragraph.label_span is None else (paragraph.label_span,)
    return replace(paragraph, boxes=boxes.of((*label, *paragraph.spans)))
