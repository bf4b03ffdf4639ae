"""What somebody was to do: action tables, points under "Action", and what a decision asks of somebody.

Takes a part; gives `Action` records in reading order. Decisions that a table of actions repeats are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.records import PartKind
from kb.register.actionrows import read_table
from kb.register.decision_words import Body, body_of, decides
from kb.register.dues import due_in
from kb.register.records import Action, Decision
from kb.register.words import Block, Folded, Paper, Sentence
from kb.structure.people import People
from kb.structure.roles import role_of

_HEAD = re.compile(r"^\W*(?:\d+(?:\.\d+)?\s*)?(?:ACTIONS?|Actions?)(?:\s+(?:points?|arising|agreed))?\W*$")
_AGREED_ACTIONS = re.compile(r"\bfollowing\s+actions?\s+(?:was|were|is|are)\s+agreed\b[^.]*:$", re.IGNORECASE)
_LABEL = (
    r"(?:(?:Outstanding|New|Agreed)\s+)?(?:ACTIONS?"
    r"|Actions?)(?:\s+(?:from|point|no\.?|\d)[^:]{0,50})?\s*[:–-]\s*(?=\S)"
)
_LABELLED = re.compile(rf"^\W*{_LABEL}")
_IN_BRACKETS = re.compile(r"\((?P<who>[A-Z][^()]{1,60}?)\)\W*$")
_WILL = re.compile(r"^(?P<who>(?:(?:The|An?|All)\s+)?[A-Z][^.;:()]{1,60}?)\s+(?:will|should|must)\s")
_TO_DO = re.compile(
    r"^(?P<who>(?:(?:The|An?|All|Both)\s+)?[A-Z](?:(?!\sto\s)[^.;:]){1,70}?)\s+(?:(?:is|are|was|were|will)\s+)?to\s+(?!which\b|whom\b|the\b|a\b|an\b|be\b|have\s+been\b)(?P<do>[a-z]+)\b"
)
_TO_BE = re.compile(
    r"^(?P<what>(?:(?:The|An?|All)\s+)?[A-Z](?:(?!\sto\s)[^.;:]){1,60}?)\s+to\s+be\s+(?:\w+ly\s+)?[a-z]+(?:ed|t|n|ght|de|ut)\b"
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|asked|said|stated|explained|agreed|noted|wished|wanted|continued|began|would|could|should|went|came|used|seemed|appeared|referred|decided|hoped|proposed|spoke|moved|responded|led|gave|failed|needed|undertook|made)\b"
)
_NAMED = (
    r"(?:[Tt]he\s+)?(?!(?:The|This|That|It|A|An)\b)[A-Z][\w’'&-]*"
    r"(?:\s+(?:(?:of|and|for)\s+)?(?:the\s+)?[A-Z][\w’'&-]*){0,6}"
)
_ACTOR = re.compile(
    rf"(?:{_NAMED}|(?:(?:The|All|An?)\s+)?(?:[\w’'/&-]+\s+){{0,4}}?(?:[Mm]embers|[Oo]fficers|[Tt]eam|[Gg]roup|[Ss]taff|[Oo]ffice|[Cc]lerk|[Ss]ecretariat|successor))(?:\s+\([^)]*\))?(?:(?:,|/|\s+and|\s+&)\s*{_NAMED})*"
)
_ASKED = re.compile(
    rf"\b(?:asked|requested|invited|instructed|tasked|directed|urged)\s+(?:that\s+)?(?P<who>{_NAMED}|officers|the\s+officers)\s+(?:to|should|be\s+asked\s+to)\s+(?P<do>[a-z]+)"
)
_ASKED_FOR = re.compile(r"\b(?:and|,)\s+(?:also\s+)?(?:asked|requested)\s+(?:for\s+|that\s+)(?P<what>[^.;]+)")
_BE_ASKED = re.compile(
    rf"^(?:[Tt]hat\s+)?(?P<who>{_NAMED})\s+be\s+(?:asked|requested|instructed|invited|tasked)\s+to\b"
)
_SHALL = re.compile(
    rf"^(?:[Tt]hat\s+)?(?P<who>{_NAMED})\s+(?P<do>write|report|send|circulate|bring|prepare|arrange|provide|obtain|contact|respond|investigate|draft|submit|publish|update|seek)\b"
)


def read_actions(paper: Paper, decisions: Sequence[Decision]) -> tuple[Action, ...]:
    """Read the actions of one paper; ``decisions`` are those of the same paper."""
    if paper.part.kind is PartKind.ACTION_TABLE:
        return tuple(_named(action, paper.people) for action in _of_table(paper))
    if paper.part.kind is not PartKind.MINUTES:
        return ()
    found = [*_of_minutes(paper), *_of_decisions(paper, decisions)]
    return tuple(_named(action, paper.people) for action in sorted(found, key=lambda action: action.spans[0]))


def _named(action: Action, people: People) -> Action:
    """The action with the full name of its person, where it is one of the attendance list and no office."""
    who = people.mentioned(action.who) if action.who else None
    if who is None or who.person is None or who.doubtful or role_of(action.who or ""):
        return action
    return replace(action, who=who.speaker)


def _of_table(paper: Paper) -> Iterator[Action]:
    blocks = [block for item in paper.part.items for block in paper.blocks(item)]
    table = read_table(paper.text, blocks, paper.number)
    if table:
        yield from table
        return
    body = body_of(paper.part.body, paper.part.title)
    for block in blocks:
        if block.paragraph.is_heading:
            continue
        for sentence in block.sentences:
            if decides(sentence.text, body, formal=True, chooses=False) is None:
                yield from _to_do(sentence, paper.number, block.paragraph.label, strict=True)


def _of_minutes(paper: Paper) -> Iterator[Action]:
    body = body_of(paper.part.body, paper.part.title)
    for item in paper.business():
        blocks = paper.blocks(item)
        rows = [block for block in blocks if block.paragraph.is_row]
        yield from read_table(paper.text, rows, paper.number, item.number)
        listed = False
        for block in blocks:
            if block.paragraph.is_row:
                continue
            if _HEAD.match(block.text) or _AGREED_ACTIONS.search(block.text):
                listed = True
                continue
            listed = listed and not block.paragraph.is_heading and not _new_point(block)
            yield from _of_block(block, paper, item.number, body, strict=not listed)


def _of_block(block: Block, paper: Paper, item: str | None, body: Body, *, strict: bool) -> Iterator[Action]:
    pieces = _labelled(block.text)
    if pieces and decides(block.text[pieces[0][0] :], body, formal=True, chooses=False) is None:
        yield from (_of_label(block.whole, piece, paper.number, item) for piece in pieces)
        return
    for sentence in block.sentences:
        if decides(sentence.text, body, formal=True, chooses=False) is None:
            yield from _to_do(sentence, paper.number, item, people=paper.people, strict=strict)


def _new_point(block: Block) -> bool:
    label = block.paragraph.label
    return label is not None and not block.paragraph.continues and any(map(str.isdigit, label))


def _labelled(text: str) -> list[tuple[int, int]]:
    """Where in a paragraph that begins with "Action:" the actions stand."""
    if not _LABELLED.match(text):
        return []
    marks = [match.span() for match in re.finditer(_LABEL, text)]
    ends = [start for start, _ in marks[1:]] + [len(text)]
    return [(begin, end) for (_, begin), end in zip(marks, ends, strict=True)]


def _of_label(folded: Folded, piece: tuple[int, int], number: int, item: str | None) -> Action:
    what = folded.text[slice(*piece)].strip()
    bracket = _IN_BRACKETS.search(what)
    to_do = _TO_DO.match(what)
    named = to_do is not None and not (bracket and re.search(r"\s(?:with|for|from)\s", to_do["who"]))
    will = _WILL.match(what)
    if to_do is not None and named:
        who: str | None = to_do["who"]
    elif will is not None and _ACTOR.fullmatch(will["who"]):
        who = will["who"]
    else:
        who = bracket["who"].split(" - ")[0] if bracket else None
    return Action(part=number, spans=folded.cut(*piece), item=item, who=who, due=due_in(what))


def _to_do(
    sentence: Sentence,
    number: int,
    item: str | None,
    *,
    people: People | None = None,
    strict: bool,
) -> Iterator[Action]:
    """What "The Clerk to write", "Update to be brought" ask; strictly, only of somebody who is known."""
    text = sentence.text
    begin = re.match(r"^\W*(?:\(?[a-z0-9]{1,4}[.)]\s+)?", text)
    start = begin.end() if begin else 0
    plain = text[start:]
    match = _TO_DO.match(plain)
    if (
        match is not None
        and not _FINITE.search(match["who"])
        and _can_act(match["who"], people, strict=strict)
    ):
        yield Action(
            part=number,
            spans=sentence.cut(start),
            item=item,
            who=re.sub(r"^The\s+", "", match["who"]),
            due=due_in(plain),
        )
        return
    passive = _TO_BE.match(plain)
    if passive is not None and not strict and not _FINITE.search(passive["what"]):
        yield Action(part=number, spans=sentence.cut(start), item=item, due=due_in(plain))


def _can_act(who: str, people: People | None, *, strict: bool) -> bool:
    if not _ACTOR.fullmatch(who):
        return False
    plain = re.sub(r"^(?:The|All|Both|An?)\s+", "", who)
    if not strict or plain.isupper() or plain in {"Officers", "Secretariat", "Members"}:
        return True
    if people is not None and (mention := people.mentioned(plain)) is not None:
        return mention.person is not None or role_of(plain) is not None
    return role_of(plain) is not None


def _of_decisions(paper: Paper, decisions: Sequence[Decision]) -> Iterator[Action]:
    for decision in decisions:
        folded = Folded(paper.text, decision.spans, paper.struck)
        match = _BE_ASKED.match(folded.text) or _SHALL.match(folded.text) or _ASKED.search(folded.text)
        wanted = None if match else _ASKED_FOR.search(folded.text)
        found = match or wanted
        if found is not None:
            who = re.sub(r"^[Tt]he\s+", "", match["who"]) if match else None
            due = due_in(folded.text[found.start() :])
            yield Action(
                part=paper.number, spans=folded.cut(found.start()), item=decision.item, who=who, due=due
            )


__all__ = ["read_actions"]
