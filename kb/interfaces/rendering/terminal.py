"""Answers, passages, documents and outlines for a terminal: wrapped, plain, marked words in bold where it can."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kb.interfaces.rendering import versions, words
from kb.records import Answer, Doubt, Hit, Item, Outline, Part, Passage, Place, Understood

if TYPE_CHECKING:
    from kb.ingest import FileResult, IngestReport
    from kb.retrieval.explain import Explanation
    from kb.retrieval.timeline import TopicMeeting
    from kb.store import RefusedFile
    from kb.store.summaries import DocumentSummary, Facets
    from kb.vocabulary import Abbreviation

_BOLD: Final = ("\x1b[1m", "\x1b[0m")
_INDENT: Final = "     "
_MAX_ISSUES: Final = 3
_GLANCE: Final = 320
"""Characters of a passage in an overview."""


def answer(found: Answer, *, width: int, style: bool = False, limit: int = 5, explain: bool = False) -> str:
    """An answer, then its sources by number, then the nearest other passages.

    ``explain`` says first what was understood of the question; a suggestion is always made.
    """
    lines = list(understanding(found.understood if explain else (), found.suggestion, width=width))
    if found.abstained:
        lines += [words.NOT_FOUND, ""]
        nearest, first = found.hits[:limit], 1
    else:
        for source in words.sources(found):
            said = " ".join(words.plain(quote.text) for quote in source.quotes)
            lines += _wrap(f"{said} [{source.number}]", found.question, width=width, style=style)
        lines += ["", "Sources"]
        for source in words.sources(found):
            lines += _labelled(f"[{source.number}]", words.citation_line(source.passage.citation), width)
            lines += _said_by(source.passage, width) + _links(source.passage, width)
        lines.append("")
        nearest, first = words.other_hits(found)[:limit], len(words.sources(found)) + 1
    if nearest:
        lines.append("Nearest places" if found.abstained else "Other passages")
        lines += passages(nearest, found.question, width=width, style=style, first=first).split("\n")
    return words.join_lines(lines)


def understanding(pieces: Iterable[Understood], suggestion: str | None, *, width: int) -> Iterator[str]:
    """Lines that say what was understood, and what may have been meant; none if there is nothing to say."""
    said = words.understood(pieces)
    if said:
        yield "Understood"
        for piece in said:
            yield from _labelled("  -", piece, width)
        yield ""
    if suggestion:
        yield from textwrap.wrap(words.suggestion(suggestion), width)
        yield ""


def glossary(abbreviations: Iterable[Abbreviation], *, width: int) -> str:
    """One line an abbreviation: what it stands for, and the passage that says so."""
    lines: list[str] = []
    for each in abbreviations:
        lines += _labelled(f"{each.short:<8}", f"{words.plain(each.long)} ({each.passage_id})", width)
    return words.join_lines(lines)


def passages(
    hits: Sequence[Hit],
    query: str,
    *,
    width: int,
    style: bool = False,
    first: int = 1,
    reasons: Sequence[Explanation] = (),
) -> str:
    """Ranked passages, each under its citation, numbered from ``first``; below it why, where ``reasons`` are given."""
    lines: list[str] = []
    for number, hit in enumerate(hits, first):
        lines += _labelled(f"{number:>2}.", words.citation_line(hit.passage.citation), width)
        lines += _said_by(hit.passage, width)
        lines += _wrap(_said(hit.passage), query, width=width, style=style, indent=_INDENT)
        lines += _links(hit.passage, width)
        if reasons:
            lines += _reason_lines(reasons[number - first], width)
        lines.append("")
    return words.join_lines(lines)


def timeline(topic: str, meetings: Sequence[TopicMeeting], *, width: int, style: bool = False) -> str:
    """One paragraph a meeting, oldest first: what was said of the topic, then what came of it."""
    lines: list[str] = []
    for meeting in meetings:
        date = words.day(meeting.meeting_date) if meeting.meeting_date else "No date"
        lines += _labelled(f"{date}:", meeting.body or "no body named", width)
        for mention in meeting.mentions:
            passage = mention.hit.passage
            how = words.CLOSENESS[mention.closeness.value]
            lines += _labelled("  -", f"{words.citation_line(passage.citation)} [{how}]", width)
            lines += _wrap(_shortened(_said(passage)), topic, width=width, style=style, indent=_INDENT)
        further = meeting.n_mentions - len(meeting.mentions)
        if further:
            lines.append(f"    and {further} more")
        if meeting.outcome is not None:
            lines += _labelled("  =", f"outcome: {words.citation_line(meeting.outcome.citation)}", width)
            lines += _wrap(
                _shortened(_said(meeting.outcome)), topic, width=width, style=style, indent=_INDENT
            )
        lines.append("")
    return words.join_lines(lines)


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
            lines += _labelled("  -", ", ".join(filter(None, [*named, words.plain(part.title)])), width)
    if refused:
        lines += ["", "Not in the library:"]
    for file in refused:
        lines += _labelled(
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
            lines += _labelled("  -", f"{doubt.place}{page}: {words.plain(doubt.message)}", width)
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
                lines += _labelled(f"{count:>7} ", str(value), width)
            if len(values) > limit:
                lines.append(f"        and {len(values) - limit} more")
            lines.append("")
    return words.join_lines(lines)


def place(found: Place, context: Sequence[Passage], *, width: int) -> str:
    """A place: its citation and id, what became of it, its words, and the words around a passage."""
    lines = [*textwrap.wrap(found.label, width), found.id or found.redirected_from or ""]
    if found.note:
        lines += ["", *_labelled(f"{found.status.value}:", found.note, width)]
    if found.earlier_text is not None:
        lines += ["", "Before", *_indented(found.earlier_text, width)]
    for passage in found.passages:
        lines += [""] if len(found.passages) == 1 else ["", passage.id]
        lines += [*_said_by(passage, width), *_indented(passage.text, width)]
    around = [passage for passage in context if passage not in found.passages]
    if around:
        lines += ["", "In the same item"]
    for passage in around:
        lines += [passage.id, *_indented(passage.text, width)]
    return words.join_lines(lines)


def outline(name: str, found: Outline, *, width: int) -> str:
    """The structure of one document as a tree."""
    lines = [name]
    for part in found.parts:
        lines += _labelled("-", _part_title(part), width)
        if part.contact:
            lines += _labelled("   ", f"contact: {words.plain(part.contact)}", width)
        for item in part.items:
            if item.number or item.title:
                lines += _item_lines(item, width)
            elif labels := _paragraph_labels(item):
                lines += _labelled("   -", labels, width)
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
        return _labelled("failed   ", f"{result.path.name}: {result.reason} {result.next_step or ''}", width)
    if result.duplicate_of:
        return _labelled("duplicate", f"{result.path.name} of {result.duplicate_of}", width)
    lines = _labelled(f"{status:<9}", f"{result.path.name} ({result.passages} passages)", width)
    for issue in result.issues[:_MAX_ISSUES]:
        lines += _labelled("          -", issue, width)
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
    lines = _labelled("   -", f"{number}{words.plain(item.title)}{page}", width)
    if labels := _paragraph_labels(item):
        lines += _labelled("       ", labels, width)
    return lines


def _paragraph_labels(item: Item) -> str:
    labels = [paragraph.label for paragraph in item.paragraphs if paragraph.label]
    return f"paragraphs {', '.join(labels)}" if labels else ""


def _labelled(label: str, text: str, width: int) -> list[str]:
    """Text beside a label, its further lines hanging under its first; "para 2" and "p. 3" stay on one line."""
    lines = textwrap.wrap(
        words.keep_together(" ".join(text.split())),
        width=width,
        initial_indent=f"{label} ",
        subsequent_indent=" " * (len(label) + 1),
        break_on_hyphens=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] or [label]


def _reason_lines(reason: Explanation, width: int) -> list[str]:
    """The shares of a score and the words found, in numbers."""
    shares = " ".join(f"{share.points:+.2f} {share.reason}," for share in reason.shares).rstrip(",")
    lines = _labelled("     why:", f"{reason.score:.2f} = {shares or 'nothing'}", width)
    found = ", ".join(f"{match.term} {match.weight:.2f} ({match.field})" for match in reason.matches)
    return [
        *lines,
        *_labelled("         ", f"words: {found or 'none'}; cosine {reason.cosine:.2f}", width),
    ]


def _shortened(text: str) -> str:
    return textwrap.shorten(text, _GLANCE, placeholder=" …")


def _said(passage: Passage) -> str:
    """What a passage says; what was struck through in it is told as such."""
    return "".join(
        f"[struck: {each.text}]" if each.is_struck else each.text for each in words.stretches(passage)
    )


def _said_by(passage: Passage, width: int) -> list[str]:
    if not passage.speakers:
        return []
    return textwrap.wrap(
        f"Said by {words.speakers(passage.speakers)}",
        width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
    )


def _links(passage: Passage, width: int) -> list[str]:
    """Where else the words stand, and what has replaced or amended them."""
    return [
        line
        for text in versions.link_texts(passage.citation)
        for line in textwrap.wrap(
            text, width, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
        )
    ]


def _indented(text: str, width: int) -> list[str]:
    return _wrap(words.plain(text), "", width=width, style=False, indent=_INDENT)


def _wrap(text: str, question: str, *, width: int, style: bool, indent: str = "") -> list[str]:
    """Wrap first, then mark, so that marks neither count as width nor span lines."""
    lines = textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    if not style:
        return lines
    on, off = _BOLD
    return [
        "".join(
            f"{on}{piece.text}{off}" if piece.is_marked else piece.text
            for piece in words.marked(line, question)
        )
        for line in lines
    ]
