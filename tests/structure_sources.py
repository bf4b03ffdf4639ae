"""Sources for tests of structure: from text, and the papers there are."""

from __future__ import annotations

import os
from pathlib import Path

from kb.records import Line, Outline, Source, Span

REPOSITORY = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KB_SHARED", REPOSITORY.parent / "shared"))
CORPUS = sorted((SHARED / "corpus").glob("*.txt"))
SAMPLES = sorted(
    path for path in (REPOSITORY / "papers").glob("*.*") if path.suffix in {".pdf", ".txt", ".md"}
)


def text_source(text: str) -> Source:
    """A source of plain text without pages."""
    lines: list[Line] = []
    offset = 0
    for line in text.split("\n"):
        lines.append(Line(text=line, span=Span(offset, offset + len(line))))
        offset += len(line) + 1
    return Source(
        name="paper.txt", sha256="0" * 64, media_type="text/plain", text=text, lines=tuple(lines), pages=()
    )


def all_spans(outline: Outline) -> list[Span]:
    """Every span of an outline, wherever it stands."""
    spans = list(outline.furniture)
    for part in outline.parts:
        for item in part.items:
            spans += item.heading
            for paragraph in item.paragraphs:
                spans += paragraph.spans
                spans += [paragraph.label_span] if paragraph.label_span is not None else []
    return spans


def check_cover(source: Source, outline: Outline) -> None:
    """Every visible character of the lines is in exactly one span."""
    count = bytearray(len(source.text))
    for span in all_spans(outline):
        assert 0 <= span.start < span.end <= len(source.text)
        for place in range(span.start, span.end):
            if not source.text[place].isspace():
                assert count[place] == 0, f"twice: {source.text[max(0, place - 30) : place + 30]!r}"
            count[place] = 1
    for line in source.lines:
        for place in range(line.span.start, line.span.end):
            if not source.text[place].isspace():
                assert count[place], f"lost: {source.text[max(0, place - 30) : place + 30]!r}"


def tree(outline: Outline, text: str) -> list[str]:
    """An outline as readable lines: kinds, numbers, titles, labels, the first words of each paragraph."""
    lines: list[str] = []
    for part in outline.parts:
        facts = [
            part.kind.value,
            part.body or "-",
            str(part.meeting_date or "-"),
            f"item {part.agenda_item or '-'}",
        ]
        lines.append(" | ".join([*facts, part.status or "-", part.title, f"p. {part.page or '-'}"]))
        for item in part.items:
            lines.append(f"  {item.number or '-'} {item.title}".rstrip())
            for paragraph in item.paragraphs:
                marks = "".join(
                    mark
                    for mark, on in (
                        ("+", paragraph.continues),
                        ("=", paragraph.is_heading),
                        ("|", paragraph.is_row),
                    )
                    if on
                )
                words = " ".join(" ".join(text[span.start : span.end].split()) for span in paragraph.spans)
                lines.append(f"    [{paragraph.label or ''}]{marks} {words[:60]}".rstrip())
    return lines
