"""Versions in words: the links of a place, and what papers are to each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.interfaces.rendering import words
from kb.records import Citation, Link, LinkKind

if TYPE_CHECKING:
    from kb.versions import PaperRelation, PaperStanding

_NAMES: Final = {
    LinkKind.ALSO_IN: "Also in",
    LinkKind.SUPERSEDED_BY: "Superseded by",
    LinkKind.SUPERSEDES: "In place of",
    LinkKind.CONFIRMED_BY: "Confirmed by",
    LinkKind.AMENDED_BY: "Amended by",
    LinkKind.AMENDS: "Amends",
}
_TOLD_BESIDE_A_PASSAGE: Final = (
    LinkKind.ALSO_IN,
    LinkKind.SUPERSEDED_BY,
    LinkKind.AMENDED_BY,
    LinkKind.AMENDS,
)
"""What changes how a passage is to be read; that it is confirmed, its status says."""


class LinkLine(NamedTuple):
    """What a place is to a passage, where it is, and more about it."""

    relation: str
    place: str
    note: str | None


def link_lines(citation: Citation) -> Iterator[LinkLine]:
    """The links that are told beside a passage, the most telling kinds first."""
    for kind in _TOLD_BESIDE_A_PASSAGE:
        for link in citation.linked(kind):
            yield LinkLine(_NAMES[kind], _place(link), link.note)


def link_texts(citation: Citation) -> Iterator[str]:
    """`link_lines` as sentences: "Also in: Fenwold Panel, ..., p. 3 (pack.pdf)"."""
    for line in link_lines(citation):
        note = f" – {words.plain(line.note)}" if line.note else ""
        yield f"{line.relation}: {line.place}{note}"


def listing(papers: Iterable[PaperStanding], *, width: int) -> str:
    """One paragraph a paper: what it is, its status, its relations."""
    lines: list[str] = []
    for paper in papers:
        status = f" [{paper.status}]" if paper.status else ""
        named = [
            words.kind(paper.kind),
            paper.body or "",
            words.day(paper.meeting_date) if paper.meeting_date else "",
            f"p. {paper.page}" if paper.page else "",
        ]
        heading = f"{paper.document}: {', '.join(filter(None, named))}{status}"
        lines += textwrap.wrap(heading, width, subsequent_indent="  ", break_on_hyphens=False)
        for relation in paper.relations:
            lines += textwrap.wrap(
                _relation(relation),
                width,
                initial_indent="  - ",
                subsequent_indent="    ",
                break_on_hyphens=False,
            )
    return words.join_lines(lines)


def _place(link: Link) -> str:
    return link.label if link.document in link.label else f"{link.label} ({link.document})"


def _relation(relation: PaperRelation) -> str:
    where = relation.document or "minutes that are not in this library"
    if relation.document is None and relation.meeting_date:
        where = f"the minutes of {words.day(relation.meeting_date)}, which are not in this library"
    page = f", p. {relation.page}" if relation.page else ""
    counts = []
    if relation.same:
        counts.append(f"{relation.same} passage{'' if relation.same == 1 else 's'} the same")
    if relation.changed:
        counts.append(f"{relation.changed} in other words")
    told = f" ({', '.join(counts)})" if counts else ""
    note = f": {words.plain(relation.note)}" if relation.note else ""
    return f"{_NAMES[relation.kind]} {where}{page}{told}{note}"
