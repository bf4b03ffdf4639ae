"""What was decided: the decisions of minutes and of the action tables behind them.

Takes a part; gives `Decision` records in reading order. A decision is a sentence, or one point of a list that follows
"RESOLVED that:". Votes, proposer and seconder are looked for in the sentence, then before it in the item, then behind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from kb.records import Item, PartKind, Span
from kb.register.decision_words import Body, Verdict, body_of, decides
from kb.register.records import Decision
from kb.register.votes import Vote, read_votes
from kb.register.words import Block, Paper, Sentence
from kb.structure.people import People

_HEADS = re.compile(
    r"^\W*(?:ACTIONS?|Actions?|DECISIONS?|Decisions?|RESOLVED|Resolutions?|RESOLUTIONS?|AGREED|OUTCOME)\b\W*$"
)
_REASONS = re.compile(r"^\W*(?:Reasons?|REASONS?|Background|BACKGROUND|Notes?)\b")
_OPEN_LIST = re.compile(
    r"^\W*(?:(?:unanimously|to|that|as\s+follows|the\s+following(?:\s+\w+)?|(?:it\s+be\s+)?resolved\s+that|that\s+the\s+following"
    r"|that\s+the\s+(?:Council|Panel|Board|(?:Sub-?)?Committee|Cabinet|Authority|Forum|Executive))\W*)*$",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?:(?<=\s)|^|(?<=:))\(?(?P<label>[a-h]|i{1,3}|iv|vi{0,3}|\d)\)\s+")
_VOTING = re.compile(r"^\W*(?:For|Against|Abstain\w*|Abstentions?|Votes?|Voting|A\s+recorded)\b")
_SHORTEST_LIST = 2
_FIRST_POINTS = frozenset({"a", "i", "1"})
_ACTION_LABEL = re.compile(r"^(?:ACTION|Action|DECISION|Decision)\s*[:–-]?\s+(?=[A-Z])")
_BARE_AGREED = re.compile(r"^\W*(?:(?:This|It)\s+was\s+|All\s+)?(?:agreed|carried)\W*$", re.IGNORECASE)
_ELECTS = re.compile(
    r"\b(?:elect\w*|appoint\w*|chair\w*|vice|co-?option|vacanc\w+|representatives?)\b", re.IGNORECASE
)


@dataclass(slots=True)
class _Item:
    """An item as far as it has been read."""

    item: Item
    people: People
    formal: bool = False
    found: list[tuple[Decision, bool, str]] = field(default_factory=list)
    votes: list[tuple[int, Vote]] = field(default_factory=list)


@dataclass(slots=True)
class _Lead:
    """A sentence that introduces a list, how many points of it have come, and how they are labelled."""

    verdict: Verdict
    sentence: Sentence
    block: Block
    points: int = 0
    style: str = ""


def read_decisions(paper: Paper) -> tuple[Decision, ...]:
    """Read the decisions of one paper."""
    body = body_of(paper.part.body, paper.part.title)
    if paper.part.kind is PartKind.ACTION_TABLE:
        return tuple(_of_table(paper, body))
    if paper.part.kind is not PartKind.MINUTES:
        return ()
    found: list[Decision] = []
    for item in paper.business():
        found += _of_item(paper.blocks(item), paper.number, _Item(item, paper.people), body)
    return tuple(found)


def _of_item(blocks: Sequence[Block], number: int, state: _Item, body: Body) -> list[Decision]:
    lead: _Lead | None = None
    for block in blocks:
        if lead is not None and not block.paragraph.is_row and _goes_on(block, lead):
            _add_point(block, lead, number, state)
            continue
        _close(lead, number, state)
        lead = None
        if _HEADS.match(block.text):
            state.formal = True
            lead = _headed(block)
        elif not block.paragraph.is_row and not _is_mere_heading(block):
            state.formal = state.formal and not _REASONS.match(block.text)
            lead = _of_block(block, number, state, body)
    _close(lead, number, state)
    return _settled(state)


def _close(lead: _Lead | None, number: int, state: _Item) -> None:
    """A sentence that promised a list which does not come decides by itself; a mere heading does not."""
    if lead is not None and not lead.points and not _HEADS.match(lead.block.text):
        _add(lead.verdict, lead.sentence.cut(), number, state, text=lead.sentence.text)


def _headed(block: Block) -> _Lead | None:
    """The list under a heading that decides by itself: "RESOLVED"."""
    found = re.search(r"RESOLVED|AGREED|R(?:ESOLUTION|esolution)", block.text)
    if found is None:
        return None
    verb = "agreed" if found[0] == "AGREED" else "resolved"
    return _Lead(Verdict(verb, 0, len(block.text)), block.sentences[-1], block)


def _is_mere_heading(block: Block) -> bool:
    return block.paragraph.is_heading and not re.match(
        r"^\W*(?:And\s+)?(?:RESOLVED|AGREED|Resolved)\b", block.text
    )


def _of_block(block: Block, number: int, state: _Item, body: Body) -> _Lead | None:
    """Read the sentences of a paragraph; give the last if it introduces a list."""
    chooses = _ELECTS.search(state.item.title) is not None
    formal = state.formal or _ACTION_LABEL.match(block.text) is not None
    for place, sentence in enumerate(block.sentences):
        skipped = _ACTION_LABEL.match(sentence.text)
        start = skipped.end() if skipped else 0
        text = sentence.text[start:]
        state.votes += [(len(state.found), vote) for vote in read_votes(text, state.people)]
        verdict = decides(text, body, formal=formal, chooses=chooses)
        if verdict is None:
            continue
        if verdict.weak and (block.is_point or state.item.number is None):
            continue
        verdict = replace(verdict, start=verdict.start + start, end=verdict.end + start)
        if sentence.last and verdict.leads and _introduces(sentence.text, verdict):
            return _Lead(verdict, sentence, block)
        spans = sentence.cut(verdict.start)
        if _bare(sentence.text) and place:
            spans = (*block.sentences[place - 1].cut(), *spans)
        inline = _inline(sentence, verdict.end)
        if inline:
            leading = sentence.cut(0, inline[0][0])
            for begin, end in inline:
                _add(verdict, sentence.cut(begin, end), number, state, text=sentence.text, lead=leading)
        else:
            _add(verdict, spans, number, state, text=sentence.text)
    return None


def _introduces(text: str, verdict: Verdict) -> bool:
    """Whether nothing stands behind the verb but what announces a list, or the verb stands alone: "RESOLVED"."""
    rest = text[verdict.end :]
    if not _OPEN_LIST.match(rest):
        return False
    alone = re.fullmatch(r"\W*(?:RESOLVED|AGREED)\W*", text) is not None
    return alone or rest.rstrip(" -–").endswith(
        (":", "that", "to", "Council", "Panel", "Board", "Committee", "Cabinet")
    )


def _bare(text: str) -> bool:
    return _BARE_AGREED.match(text) is not None


def _goes_on(block: Block, lead: _Lead) -> bool:
    """Whether a paragraph is a point of the list that a sentence introduced."""
    paragraph, own = block.paragraph, lead.block.paragraph
    if paragraph.is_heading:
        return False
    if _VOTING.match(block.text):
        return False
    if block.is_point or paragraph.continues:
        return not (own.label is not None and _same_style(own.label, paragraph.label))
    if re.match(r"^\W*(?:That|To)\b", block.text):
        return True
    return lead.points == 0


def _style(label: str | None) -> str:
    """What a label counts with: roman or common numerals, letters, or nothing."""
    if label is None:
        return ""
    kinds = {"roman": r"[ivx]+", "letter": r"[a-zA-Z]", "number": r"\d+"}
    return next((kind for kind, pattern in kinds.items() if re.fullmatch(pattern, label)), "other")


def _same_style(own: str, label: str | None) -> bool:
    if label is None:
        return False
    return re.sub(r"\d+", "0", own) == re.sub(r"\d+", "0", label) and any(map(str.isdigit, own))


def _inline(sentence: Sentence, start: int) -> list[tuple[int, int]]:
    """The points of a list that is printed inside its sentence, from ``(a)`` on."""
    marks = list(_POINT.finditer(sentence.text, start))
    if len(marks) < _SHORTEST_LIST or marks[0]["label"] not in _FIRST_POINTS:
        return []
    if not re.match(r"^[^.;]{0,60}(?:that|to|:)\W*$", sentence.text[start : marks[0].start()]):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(sentence.text)]
    return [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _add_point(block: Block, lead: _Lead, number: int, state: _Item) -> None:
    label = block.paragraph.label
    spans = block.whole.cut()
    if lead.points and _style(label) != lead.style:  # a list inside the last point
        decision, weak, text = state.found[-1]
        state.found[-1] = (replace(decision, spans=(*decision.spans, *spans)), weak, text)
        return
    lead.points += 1
    lead.style = _style(label)
    state.votes += [(len(state.found), vote) for vote in read_votes(block.text, state.people)]
    _add(lead.verdict, spans, number, state, text=block.text, lead=lead.sentence.cut())


def _add(
    verdict: Verdict,
    spans: tuple[Span, ...],
    number: int,
    state: _Item,
    *,
    text: str,
    lead: tuple[Span, ...] = (),
) -> None:
    if spans:
        decision = Decision(part=number, spans=spans, verb=verdict.verb, item=state.item.number, lead=lead)
        state.found.append((decision, verdict.weak, text))


def _settled(state: _Item) -> list[Decision]:
    """The decisions of an item with the votes that belong to each; weak ones only if there is no other."""
    strong = any(not weak for _, weak, _ in state.found)
    chosen = [
        (place, decision, text)
        for place, (decision, weak, text) in enumerate(state.found)
        if not (weak and strong)
    ]
    settled: list[Decision] = []
    previous = -1
    for _, group in groupby(enumerate(chosen), key=lambda pair: pair[1][1].lead or pair[0]):
        points = [one for _, one in group]
        first, last = points[0][0], points[-1][0]
        after = last + 1 if last == chosen[-1][0] else None
        vote = _vote(state.votes, range(previous + 1, first + 1), after, points[0][2])
        settled += [_with(decision, vote) for _, decision, _ in points]
        previous = last
    return settled


def _vote(votes: Sequence[tuple[int, Vote]], near: range, after: int | None, text: str) -> Vote:
    """The votes told near a decision, the nearest first, then those behind it; of an election the winner's."""
    first, last = (bisect_left(votes, at, key=lambda pair: pair[0]) for at in (near.start, near.stop))
    told = [vote for _, vote in votes[first:last]][::-1]
    if after is not None:
        told += [vote for at, vote in votes[last:] if at == after]
    joined = Vote()
    for vote in told:
        if vote.candidate is None or vote.candidate.casefold() in text.casefold():
            joined = joined.joined(replace(vote, candidate=None))
    return joined


def _with(decision: Decision, vote: Vote) -> Decision:
    return replace(
        decision,
        unanimous=vote.unanimous,
        votes_for=vote.votes_for,
        votes_against=vote.votes_against,
        abstentions=vote.abstentions,
        names_for=vote.names_for,
        names_against=vote.names_against,
        names_abstained=vote.names_abstained,
        proposer=vote.proposer,
        seconder=vote.seconder,
    )


def _of_table(paper: Paper, body: Body) -> Iterator[Decision]:
    for item in paper.part.items:
        for block in paper.blocks(item):
            if block.paragraph.is_heading:
                continue
            state = _Item(item, paper.people, formal=True)
            for sentence in block.sentences:
                start = _clause(sentence.text)
                verdict = decides(sentence.text[start:], body, formal=True, chooses=False)
                if verdict is not None:
                    state.votes += [
                        (len(state.found), vote) for vote in read_votes(sentence.text, paper.people)
                    ]
                    spans = sentence.cut(start + verdict.start)
                    _add(verdict, spans, paper.number, state, text=sentence.text)
            row = block.paragraph.label
            yield from (replace(decision, item=row or decision.item) for decision in _settled(state))


def _clause(text: str) -> int:
    """Where the sentence proper begins in a row: behind its number and title."""
    match = re.search(
        r"(?:(?<=\s)|^)(?:(?:Following|Having)\b[^.;]{3,120}?\s)?(?:[Tt]he\s+(?:Panel|Board|Committee|Council)|[Ii]t\s+was|RESOLVED|AGREED)\s",
        text,
    )
    return match.start() if match else 0


__all__ = ["read_decisions"]
