"""Small minutes, made of lines: one `Part` over a text, as the outline would give it."""

from __future__ import annotations

from kb.records import Item, Paragraph, Part, PartKind, Span


def minutes_part(
    opening: str, *items: tuple[str, str], body: str = "Ousedale Police and Crime Panel"
) -> tuple[str, Part]:
    """A text and its part: an opening, then items as (title, text); a line is a span, a blank line ends a paragraph."""
    text = ""
    made: list[Item] = []
    for number, (title, content) in enumerate((("", opening), *items)):
        paragraphs: list[Paragraph] = []
        spans: list[Span] = []
        for line in [*content.split("\n"), ""]:
            if line.strip():
                spans.append(Span(len(text), len(text) + len(line)))
            elif spans:
                first, bracket, _ = text[spans[0].start :].partition(")")
                label = first if bracket and len(first) <= 2 else None
                paragraphs.append(Paragraph(label=label, spans=tuple(spans)))
                spans = []
            text += line + "\n"
        made.append(
            Item(
                number=str(number) if number else None,
                title=title,
                page=None,
                heading=(),
                paragraphs=tuple(paragraphs),
            )
        )
    part = Part(
        kind=PartKind.MINUTES,
        body=body,
        meeting_date=None,
        title="Minutes",
        agenda_item=None,
        page=None,
        status=None,
        items=tuple(made),
    )
    return text, part
