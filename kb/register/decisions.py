"""What was decided: the decisions of minutes and of the action tables behind them.

Takes a part; gives `Decision` records in reading order. A decision is a sentence, or one point of a list that follows
"RESOLVED that:". Votes, proposer and seconder are looked for in the sentence, then before it in the item, then behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.records import Item, Part, PartKind, Span
from kb.register.decision_words import Body, Verdict, body_of, decides
from kb.register.records import Decision
from kb.register.votes import Vote, read_votes
from kb.register.words import Block, Sentence, blocks_of, business
from kb.structure.people import People

_HEADS = re.compile(
    r"^\W*(?:ACTIONS?|Actions?|DECISIONS?|Decisions?|RESOLVED|Resolutions?|RESOLUTIONS?|AGREED|OUTCOME)\b\W*$"
)
_REASONS = re.compile(r"^\W*(?:Reasons?|REASONS?|Background|BACKGROUND|Notes?)\b")
_OPEN_LIST = re.compile(
    r"^\W*(?:(?:unanimously|to|that|as\s+follows|the\s+following(?:\s+\w+)?|(?:it\s+be\s+)?resolved\s+that|that\s+the\s+following)\W*)*$",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?:(?<=\s)|^|(?<=:))\(?(?P<label>[a-h]|i{1,3}|iv|vi{0,3}|\d)\)\s+")
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


def read_decisions(
    text: str, number: int, part: Part, people: People, struck: Sequence[Span] = ()
) -> tuple[Decision, ...]:
    """Read the decisions of one paper of a document; ``number`` is its place among them."""
    body = body_of(part.body, part.title)
    if part.kind is PartKind.ACTION_TABLE:
        return tuple(_of_table(text, number, part, body, people, struck))
    if part.kind is not PartKind.MINUTES:
        return ()
    found: list[Decision] = []
    for item in business(part):
        found += _of_item(blocks_of(text, item, struck), number, _Item(item, people), body)
    return tuple(found)


def _of_item(blocks: Sequence[Block], number: int, state: _Item, body: Body) -> list[Decision]:
    lead: tuple[Verdict, Sentence, Block] | None = None
    points = 0
    for block in blocks:
        if block.paragraph.is_row:
            lead = None
            continue
        if lead is not None:
            if _goes_on(block, lead, points):
                points += 1
                _add_point(block, lead, number, state)
                continue
            if not points:
                _add(lead[0], lead[1].cut(), number, state, text=lead[1].text)
            lead, points = None, 0
        if block.paragraph.is_heading or _HEADS.match(block.text):
            if _HEADS.match(block.text):
                state.formal = True
                if re.search(r"RESOLVED|AGREED|Resolution", block.text):
                    lead = (
                        Verdict("resolved" if "AGREED" not in block.text else "agreed", 0, len(block.text)),
                        block.sentences[-1],
                        block,
                    )
                continue
            if _REASONS.match(block.text):
                state.formal = False
            if not re.match(r"^\W*(?:RESOLVED|AGREED)\b", block.text):
                continue
        lead = _of_block(block, number, state, body)
    if lead is not None and not points and not _HEADS.match(lead[2].text):
        _add(lead[0], lead[1].cut(), number, state, text=lead[1].text)
    return _settled(state)


def _of_block(block: Block, number: int, state: _Item, body: Body) -> tuple[Verdict, Sentence, Block] | None:
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
        rest = sentence.text[verdict.end :]
        if (
            sentence.last
            and _OPEN_LIST.match(rest)
            and (rest.rstrip().endswith((":", "that", "to")) or not _bare(sentence.text))
        ):
            return verdict, sentence, block
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


def _bare(text: str) -> bool:
    return _BARE_AGREED.match(text) is not None


def _goes_on(block: Block, lead: tuple[Verdict, Sentence, Block], points: int) -> bool:
    """Whether a paragraph is a point of the list that a sentence introduced."""
    paragraph, own = block.paragraph, lead[2].paragraph
    if paragraph.is_heading or paragraph.is_row:
        return False
    if block.is_point or paragraph.continues:
        return not (own.label is not None and _same_style(own.label, paragraph.label))
    if re.match(r"^\W*(?:That|To)\b", block.text):
        return True
    return points == 0 and not re.match(r"^(?:For|Against|Abstained|A\s+recorded)\b", block.text)


def _same_style(own: str, label: str | None) -> bool:
    if label is None:
        return False
    return re.sub(r"\d+", "0", own) == re.sub(r"\d+", "0", label) and any(map(str.isdigit, own))


def _inline(sentence: Sentence, start: int) -> list[tuple[int, int]]:
    """The points of a list that is printed inside its sentence, from ``(a)`` on."""
    marks = list(_POINT.finditer(sentence.text, start))
    if len(marks) < 2 or marks[0]["label"] not in _FIRST_POINTS:
        return []
    if not re.match(r"^[^.;]{0,60}(?:that|to|:)\W*$", sentence.text[start : marks[0].start()]):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(sentence.text)]
    return [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]


def _add_point(block: Block, lead: tuple[Verdict, Sentence, Block], number: int, state: _Item) -> None:
    verdict, sentence, _ = lead
    state.votes += [(len(state.found), vote) for vote in read_votes(block.text, state.people)]
    _add(verdict, block.whole.cut(), number, state, text=block.text, lead=sentence.cut())


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
    shared = Vote()
    for order, (place, decision, text) in enumerate(chosen):
        lead = decision.lead
        if not (lead and order and chosen[order - 1][1].lead == lead):
            last = max(at for at, each, _ in chosen if each is decision or (lead and each.lead == lead))
            alone = last == chosen[-1][0]
            shared = _vote(state.votes, previous, place, last, text, alone=alone)
        settled.append(_with(decision, shared))
        previous = place
    return settled


def _vote(
    votes: Sequence[tuple[int, Vote]], previous: int, place: int, last: int, text: str, *, alone: bool
) -> Vote:
    """The votes told since the decision before, then those told after the last one; of an election the winner's."""
    near = [vote for at, vote in votes if previous < at <= place]
    after = [vote for at, vote in votes if at == last + 1 and alone]
    joined = Vote()
    for vote in [*reversed(near), *after]:
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


def _of_table(
    text: str, number: int, part: Part, body: Body, people: People, struck: Sequence[Span]
) -> Iterator[Decision]:
    for item in part.items:
        for block in blocks_of(text, item, struck):
            if block.paragraph.is_heading:
                continue
            state = _Item(item, people, formal=True)
            for sentence in block.sentences:
                start = _clause(sentence.text)
                verdict = decides(sentence.text[start:], body, formal=True, chooses=False)
                if verdict is not None:
                    state.votes += [(len(state.found), vote) for vote in read_votes(sentence.text, people)]
                    _add(verdict, sentence.cut(start + verdict.start), number, state, text=sentence.text)
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
