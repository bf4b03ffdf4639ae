"""What a library holds, for a terminal: papers, their structure, what is doubtful in them, what became of files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kb.interfaces.rendering import words
from kb.interfaces.rendering.terminal.lines import labelled
from kb.records import Doubt, Item, Outline, Part

if TYPE_CHECKING:
    from kb.ingest import FileResult, IngestReport
    from kb.store import RefusedFile
    from kb.store.summaries import DocumentSummary, Facets


_MAX_ISSUES: Final = 3


def documents(
    summaries: Iterable[DocumentSummary], refused: Sequence[RefusedFile] = (), *, width: int
) -> str:
    """One paragraph a document: its name, size, and the papers inside it; then the files that could not be read."""
    lines: list[str] = []
    for summary in summaries:
        size = [f"{summary.pages} pages"] if summary.pages else []
        lines.append(f"{summary.document}  ({', '.join([*size, f'{summary.passages} passages'])})")
        for part in summary.parts:
            named = [
                words.kind(part.kind),
                part.body or "",
                words.day(part.meeting_date) if part.meeting_date else "",
            ]
            lines += labelled("  -", ", ".join(filter(None, [*named, words.plain(part.title)])), width)
    if refused:
        lines += ["", "Not in the library:"]
    for file in refused:
        lines += labelled(
            "  -", f"{file.name} ({file.fault.replace('_', ' ')}): {file.reason} {file.next_step}", width
        )
    return words.join_lines(lines)


def doubts(found: Iterable[tuple[str, Doubt]], *, width: int) -> str:
    """One paragraph a document: each place that should be looked at again, and why."""
    lines: list[str] = []
    for document, group in groupby(found, key=lambda pair: pair[0]):
        lines += [*([""] if lines else []), document]
        for _, doubt in group:
            page = f", p. {doubt.page}" if doubt.page and not doubt.place.startswith("page ") else ""
            lines += labelled("  -", f"{doubt.place}{page}: {words.plain(doubt.message)}", width)
    return words.join_lines(lines)


def facets(counted: Facets, *, limit: int, width: int) -> str:
    """One paragraph a field: its most frequent values with their numbers of passages."""
    lines: list[str] = []
    for title, values in (
        ("Bodies", counted.bodies),
        ("Years", counted.years),
        ("Kinds of paper", tuple((words.kind(kind), count) for kind, count in counted.kinds)),
        ("Kinds of business", tuple((item.replace("_", " "), count) for item, count in counted.item_types)),
        ("Speakers", counted.people),
        ("Status", counted.statuses),
        ("Documents", tuple(pair for pair in counted.documents if pair[1])),
    ):
        if values:
            lines.append(title)
            for value, count in values[:limit]:
                lines += labelled(f"{count:>7} ", str(value), width)
            if len(values) > limit:
                lines.append(f"        and {len(values) - limit} more")
            lines.append("")
    return words.join_lines(lines)


def outline(name: str, found: Outline, *, width: int) -> str:
    """The structure of one document as a tree."""
    lines = [name]
    for part in found.parts:
        lines += labelled("-", _part_title(part), width)
        if part.contact:
            lines += labelled("   ", f"contact: {words.plain(part.contact)}", width)
        for item in part.items:
            if item.number or item.title:
                lines += _item_lines(item, width)
            elif labels := _paragraph_labels(item):
                lines += labelled("   -", labels, width)
    return words.join_lines(lines)


def ingest_report(report: IngestReport, *, width: int) -> str:
    """One line a file that changed or failed, then the sums."""
    lines: list[str] = []
    for result in report.results:
        if result.status.value != "unchanged":
            lines += _result_lines(result, width)
    counts = dict.fromkeys(("added", "updated", "unchanged", "duplicate", "failed"), 0)
    for result in report.results:
        counts[result.status.value] = counts.get(result.status.value, 0) + 1
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "no files"
    held = f"the library holds {report.passages} passages, {report.embedded} embedded now"
    lines += textwrap.wrap(f"{told}; {held}, in {report.seconds:.1f} s.", width)
    if doubtful := sum(result.doubts for result in report.results):
        places = "1 place" if doubtful == 1 else f"{doubtful} places"
        lines += textwrap.wrap(f"{places} may not have been understood: kb doubts", width)
    return words.join_lines(lines)


def _result_lines(result: FileResult, width: int) -> list[str]:
    status = result.status.value
    if status == "failed":
        return labelled("failed   ", f"{result.path.name}: {result.reason} {result.next_step or ''}", width)
    if result.duplicate_of:
        return labelled("duplicate", f"{result.path.name} of {result.duplicate_of}", width)
    if status == "removed":
        return labelled("removed  ", result.document or result.path.name, width)
    lines = labelled(f"{status:<9}", f"{result.path.name} ({result.passages} passages)", width)
    for issue in result.issues[:_MAX_ISSUES]:
        lines += labelled("          -", issue, width)
    more = len(result.issues) - _MAX_ISSUES
    return [*lines, f"          - and {more} more"] if more > 0 else lines


def _part_title(part: Part) -> str:
    pieces = [words.kind(part.kind)]
    if part.status:
        pieces[0] += f" ({part.status})"
    if part.agenda_item:
        pieces.append(f"agenda item {part.agenda_item}")
    pieces += [
        part.body or "",
        words.day(part.meeting_date) if part.meeting_date else "",
        words.plain(part.title),
    ]
    pieces.append(f"p. {part.page}" if part.page else "")
    return ", ".join(filter(None, pieces))


def _item_lines(item: Item, width: int) -> list[str]:
    number = f"{item.number}. " if item.number else ""
    page = f"  p. {item.page}" if item.page else ""
    lines = labelled("   -", f"{number}{words.plain(item.title)}{page}", width)
    if labels := _paragraph_labels(item):
        lines += labelled("       ", labels, width)
    return lines


def _paragraph_labels(item: Item) -> str:
    labels = [paragraph.label for paragraph in item.paragraphs if paragraph.label]
    return f"paragraphs {', '.join(labels)}" if labels else ""
