"""What was recommended: by a body in its minutes, and to it in the reports it received.

Takes a part and, for minutes, its decisions; gives `Recommendation` records in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.records import Item, PartKind, Span
from kb.register.records import Recommendation
from kb.register.words import Block, Folded, Paper

_GROUP = r"(?:Panel|Board|Sub-?[Cc]ommittee|Committee|Council|Cabinet|Commission|Members|Forum|Authority)"
_MADE = re.compile(
    rf"\b(?:[Tt]he\s+)?(?P<by>{_GROUP})\s+(?:\w+ly\s+|therefore\s+|also\s+)?(?:made\s+(?:a|the\s+following|one|two|three|four|five|\w+)\s+recommendations?|recommended|RECOMMENDED)\b(?P<rest>.*)$"
)
_FOLLOWING = re.compile(r"\bmade\s+the\s+following\s+recommendations?\b", re.IGNORECASE)
_BARE = re.compile(r"^\W*(?:It\s+was\s+)?(?P<verb>RECOMMENDED|(?:Recommended(?=\s+(?:that|to)\b|:)))\b")
_WAS = re.compile(r"\b(?:was|were|is|are|had\s+been)\s+recommended\b", re.IGNORECASE)
_ADVISE = re.compile(
    rf"\b(?:[Tt]he\s+)?(?P<by>{_GROUP})\b.{{0,160}}?\bto\s+(?P<start>(?:advise|recommend|urge)\s)(?:(?:to|that)\s+)?",
    re.DOTALL,
)
_REASONS = re.compile(r"^\W*(?:Reasons?|REASONS?)\s+(?:for|FOR)\b")
_END = re.compile(r"^\W*(?:ACTIONS?|Actions?|Background|The\s+meeting)\b")
_TITLE = re.compile(
    r"^\W*(?:\d+[.)]?\s*)?(?:(?:summary\s+of|key|officer|the)\s+)?recommendations?(?:\s+to\s+.{0,60})?\W*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\b(?P<to>{_GROUP})\s+(?:is|are|be)\s+(?:asked|recommended|invited|requested)\s+(?:to|that)\b(?P<rest>.*)$"
)
_LEADS = re.compile(
    r"^\W*(?:It\s+is\s+recommended\s+that|The\s+following\s+recommendations?\b[^.]*|That|Recommended)\s*:?\W*$"
)
_FEWEST_WORDS = 3
_PAPERS = frozenset({PartKind.REPORT, PartKind.APPENDIX, PartKind.OTHER})


def read_recommendations(paper: Paper) -> tuple[Recommendation, ...]:
    """Read the recommendations of one paper."""
    if paper.part.kind is PartKind.MINUTES:
        return tuple(row for item in paper.business() for row in _by_body(paper.blocks(item), paper.number))
    if paper.part.kind in _PAPERS:
        rows = [row for item in paper.part.items for row in _to_body(paper, item)]
        # A report often says at its end again what it recommends.
        once = {Folded(paper.text, row.spans, paper.struck).text: row for row in reversed(rows)}
        return tuple(once.values())[::-1]
    return ()


def _by_body(blocks: Sequence[Block], number: int) -> Iterator[Recommendation]:
    lead: tuple[str | None, tuple[Span, ...]] | None = None
    for block in blocks:
        if _REASONS.match(block.text):
            return
        if lead is not None:
            if not (block.paragraph.is_heading or block.paragraph.is_row or _END.match(block.text)):
                yield Recommendation(part=number, spans=block.whole.cut(), by=lead[0], lead=lead[1])
                continue
            lead = None
        if block.paragraph.is_heading or block.paragraph.is_row:
            continue
        for sentence in block.sentences:
            made, bare = _MADE.search(sentence.text), _BARE.match(sentence.text)
            by = made["by"] if made else None
            if sentence.last and (
                _FOLLOWING.search(sentence.text) or (bare and sentence.text.rstrip().endswith(":"))
            ):
                groups = re.findall(_GROUP, sentence.text)
                lead = by or (groups[-1] if groups else None), sentence.cut()
            elif bare is not None or (made is not None and not _WAS.search(sentence.text)):
                yield Recommendation(part=number, spans=sentence.cut(), by=by)
            elif (advised := _ADVISE.match(sentence.text)) is not None and not _WAS.search(sentence.text):
                yield Recommendation(
                    part=number, spans=sentence.cut(advised.start("start")), by=advised["by"]
                )


def _to_body(paper: Paper, item: Item) -> Iterator[Recommendation]:
    if not _TITLE.match(item.title):
        return
    to: str | None = None
    lead: tuple[Span, ...] = ()
    for block in paper.blocks(item):
        if block.paragraph.is_heading:
            continue
        asked = _ASKED.search(block.text)
        if asked is not None:
            to = asked["to"]
            if re.fullmatch(r"[\s:–-]*(?:note|consider|agree)?[\s:–-]*", asked["rest"]):
                lead = block.whole.cut()
                continue
            lead = ()
        elif _LEADS.match(block.text):
            lead = block.whole.cut()
            continue
        if len(block.text.split()) >= _FEWEST_WORDS:
            yield Recommendation(part=paper.number, spans=block.whole.cut(), to=to, lead=lead)


__all__ = ["read_recommendations"]
