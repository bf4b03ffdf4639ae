"""Answers, passages, topics and places for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kb.interfaces.rendering import words
from kb.interfaces.rendering.terminal.lines import (
    INDENT,
    indented,
    labelled,
    links,
    passage_text,
    said_by,
    wrap,
)
from kb.interfaces.rendering.terminal.written import written
from kb.questions.threads import CARRIED
from kb.records import Answer, Hit, Passage, Place, Understood

if TYPE_CHECKING:
    from kb.retrieval.explain import Explanation
    from kb.retrieval.timeline import TopicMeeting
    from kb.vocabulary import Abbreviation


_GLANCE: Final = 320
"""Characters of a passage in an overview."""


def answer(found: Answer, *, width: int, style: bool = False, limit: int = 5, explain: bool = False) -> str:
    """An answer, then its sources by number, then the nearest other passages.

    ``explain`` says first what was understood of the question; what was carried over from the one before is always
    said, and a suggestion always made.
    """
    told = found.understood if explain else tuple(each for each in found.understood if each.kind == CARRIED)
    lines = list(understanding(told, found.suggestion, width=width))
    if found.abstained:
        lines += [words.NOT_FOUND, *(textwrap.wrap(found.why_not, width) if found.why_not else ()), ""]
        nearest, first = found.hits[:limit], 1
    else:
        lines += written(found.written, width=width) if found.written else []
        if short := words.first_words(found):
            lines += [*textwrap.wrap(short, width), ""]
        for source in words.sources(found):
            said = " ".join(words.plain(quote.text) for quote in source.quotes)
            lines += wrap(f"{said} [{source.number}]", found.question, width=width, style=style)
        for conflict in words.conflicts(found):
            lines += ["", *textwrap.wrap(conflict, width)]
        lines += ["", "Sources"]
        for source in words.sources(found):
            lines += labelled(f"[{source.number}]", words.citation_line(source.passage.citation), width)
            lines += said_by(source.passage, width) + links(source.passage, width)
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
            yield from labelled("  -", piece, width)
        yield ""
    if suggestion:
        yield from textwrap.wrap(words.suggestion(suggestion), width)
        yield ""


def glossary(abbreviations: Iterable[Abbreviation], *, width: int) -> str:
    """One line an abbreviation: what it stands for, and the passage that says so."""
    lines: list[str] = []
    for each in abbreviations:
        lines += labelled(f"{each.short:<8}", f"{words.plain(each.long)} ({each.passage_id})", width)
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
        lines += labelled(f"{number:>2}.", words.citation_line(hit.passage.citation), width)
        lines += said_by(hit.passage, width)
        lines += wrap(passage_text(hit.passage), query, width=width, style=style, indent=INDENT)
        lines += links(hit.passage, width)
        if reasons:
            lines += _reason_lines(reasons[number - first], width)
        lines.append("")
    return words.join_lines(lines)


def timeline(topic: str, meetings: Sequence[TopicMeeting], *, width: int, style: bool = False) -> str:
    """One paragraph a meeting, oldest first: what was said of the topic, then what came of it."""
    lines: list[str] = []
    for meeting in meetings:
        date = words.day(meeting.meeting_date) if meeting.meeting_date else "No date"
        lines += labelled(f"{date}:", meeting.body or "no body named", width)
        for mention in meeting.mentions:
            passage = mention.hit.passage
            how = words.CLOSENESS[mention.closeness.value]
            lines += labelled("  -", f"{words.citation_line(passage.citation)} [{how}]", width)
            lines += wrap(_shortened(passage_text(passage)), topic, width=width, style=style, indent=INDENT)
        further = meeting.n_mentions - len(meeting.mentions)
        if further:
            lines.append(f"    and {further} more")
        if meeting.outcome is not None:
            lines += labelled("  =", f"outcome: {words.citation_line(meeting.outcome.citation)}", width)
            lines += wrap(
                _shortened(passage_text(meeting.outcome)), topic, width=width, style=style, indent=INDENT
            )
        lines.append("")
    return words.join_lines(lines)


def place(found: Place, context: Sequence[Passage], *, width: int) -> str:
    """A place: its citation and id, what became of it, its words, and the words around a passage."""
    lines = [*textwrap.wrap(found.label, width), found.id or found.redirected_from or ""]
    if found.note:
        lines += ["", *labelled(f"{found.status.value}:", found.note, width)]
    if found.earlier_text is not None:
        lines += ["", "Before", *indented(found.earlier_text, width)]
    for passage in found.passages:
        lines += [""] if len(found.passages) == 1 else ["", passage.id]
        lines += [*said_by(passage, width), *indented(passage.text, width)]
    around = [passage for passage in context if passage not in found.passages]
    if around:
        lines += ["", "In the same item"]
    for passage in around:
        lines += [passage.id, *indented(passage.text, width)]
    return words.join_lines(lines)


def _reason_lines(reason: Explanation, width: int) -> list[str]:
    """The shares of a score and the words found, in numbers."""
    shares = " ".join(f"{share.points:+.2f} {share.reason}," for share in reason.shares).rstrip(",")
    lines = labelled("     why:", f"{reason.score:.2f} = {shares or 'nothing'}", width)
    found = ", ".join(f"{match.term} {match.weight:.2f} ({match.field})" for match in reason.matches)
    return [
        *lines,
        *labelled("         ", f"words: {found or 'none'}; cosine {reason.cosine:.2f}", width),
    ]


def _shortened(text: str) -> str:
    return textwrap.shorten(text, _GLANCE, placeholder=" …")
