"""How many sentences of minutes are given to the right speaker, against hand labels.

Takes ``eval/labels/speakers.jsonl`` and the folder of the labelled papers; gives counts and the list of errors. A label
says where a sentence begins (document, line from 1, first words), who says it (``null``: nobody) and whether that is
doubtful even for a reader. It is right if both name nobody, or names that can be one person's; labels use the fullest
name known from any paper, so "Councillor A Sharp" is right for "Alan Sharp". Run ``python -m eval.speakers PAPERS``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.records import PartKind, Source
from kb.sources import read_source
from kb.structure import parse, read_people
from kb.structure.names import whole_name
from kb.structure.roles import role_of
from kb.structure.speech import Attribution
from kb.structure.statements import Statement, read_statements

LABELS = Path(__file__).parent / "labels" / "speakers.jsonl"
_NEXT_LINE = 80  # characters in which a sentence's first words may go on, on the next line


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLabel:
    """One labelled sentence; ``speaker`` is ``None`` if nobody is said to speak."""

    document: str
    line: int
    sentence_start: str
    speaker: str | None
    role: str | None
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A label with what was given for it; ``given`` is ``None`` if the sentence was not found."""

    label: SpeakerLabel
    sentence: str
    given: Attribution | None

    @property
    def is_right(self) -> bool:
        """Whether the speaker is right."""
        return self.given is not None and same_speaker(self.label.speaker, self.given.speaker)

    @property
    def role_is_right(self) -> bool:
        """Whether the role is the same office, whatever words name it."""
        given = self.given.role if self.given else None
        return _office(self.label.role) == _office(given)


def read_labels(path: Path = LABELS) -> list[SpeakerLabel]:
    """Read the labels, in order."""
    with path.open(encoding="utf-8") as lines:
        return [SpeakerLabel(**json.loads(line)) for line in lines if line.strip()]


def same_speaker(wanted: str | None, given: str | None) -> bool:
    """Say whether two speakers can be one: nobody twice, the same words, or names that agree."""
    if wanted is None or given is None:
        return wanted is given
    if _plain(wanted) == _plain(given):
        return True
    left, right = whole_name(wanted), whole_name(given)
    return left is not None and right is not None and left.agrees(right)


def judge(labels: Iterable[SpeakerLabel], papers: Path) -> list[Judged]:
    """Attribute the sentences of the labelled papers and put each label beside what was given."""
    judged: list[Judged] = []
    sources: dict[str, tuple[Source, list[int], list[Statement]]] = {}
    for label in labels:
        if label.document not in sources:
            source = read_source(papers / label.document)
            sources[label.document] = (source, _line_starts(source.text), _statements(source))
        source, starts, statements = sources[label.document]
        judged.append(_judge_one(label, source.text, starts, statements))
    return judged


def _statements(source: Source) -> list[Statement]:
    found: list[Statement] = []
    for part in parse(source).parts:
        if part.kind is PartKind.MINUTES:
            found += read_statements(source.text, part, read_people(source.text, part))
    return found


def _judge_one(
    label: SpeakerLabel, text: str, starts: Sequence[int], statements: Sequence[Statement]
) -> Judged:
    start = starts[label.line - 1]
    end = starts[label.line] if label.line < len(starts) else len(text)
    opening = re.compile(r"[\s>*-]+".join(map(re.escape, label.sentence_start.split())))
    places = [
        match.start() for match in opening.finditer(text, start, end + _NEXT_LINE) if match.start() < end
    ]
    holding = [
        (place, one) for place in places for one in statements if any(s <= place < e for s, e in one.spans)
    ]
    if not holding:
        return Judged(label=label, sentence=text[start:end].strip(), given=None)
    _, best = min(holding, key=lambda pair: (pair[0] - pair[1].spans[0].start, pair[0]))
    return Judged(label=label, sentence=best.text, given=best.attribution)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return starts


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").replace("’", "'")


def _office(role: str | None) -> str | None:
    return None if role is None else (role_of(role) or role).casefold()


def _share(judged: Sequence[Judged]) -> str:
    right = sum(one.is_right for one in judged)
    return f"{right / len(judged):6.1%} ({right}/{len(judged)})" if judged else "-"


def summary(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Count the right ones of each document and of all: of labels that are not doubtful, and of all labels."""
    counts: dict[str, dict[str, int]] = {}
    for name in [*dict.fromkeys(one.label.document for one in judged), "all"]:
        own = [one for one in judged if name in {one.label.document, "all"}]
        sure = [one for one in own if not one.label.doubtful]
        counts[name] = {
            "sure": len(sure),
            "sure_right": sum(one.is_right for one in sure),
            "all": len(own),
            "all_right": sum(one.is_right for one in own),
        }
    return counts


def report(judged: Sequence[Judged], *, errors: bool = False) -> str:
    """Accuracy over all labels and those not doubtful, in all and for each document; the errors if wanted."""
    lines = [f"{'document':<28} {'not doubtful':<17} {'spoken':<17} {'all':<17} {'role':<8}"]
    for name in [*dict.fromkeys(one.label.document for one in judged), "all"]:
        own = [one for one in judged if name in {one.label.document, "all"}]
        sure = [one for one in own if not one.label.doubtful]
        spoken = [one for one in sure if one.label.speaker is not None]
        roles = [one for one in sure if one.is_right]
        role = f"{sum(one.role_is_right for one in roles) / len(roles):6.1%}" if roles else "-"
        lines.append(f"{name:<28} {_share(sure):<17} {_share(spoken):<17} {_share(own):<17} {role:<8}")
    certain = [
        one for one in judged if one.given is not None and one.given.speaker and not one.given.doubtful
    ]
    lines.append(f"given without doubt, right: {_share(certain)}")
    if errors:
        for one in judged:
            if not one.is_right:
                given = f"{one.given.speaker}{' ?' * one.given.doubtful}" if one.given else "not found"
                wanted = f"{one.label.speaker}{' ?' * one.label.doubtful}"
                lines.append(f"\n{one.label.document}:{one.label.line} wanted {wanted}, got {given}")
                lines.append(f"    {one.sentence[:160]}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.speakers", description="measure who says each sentence"
    )
    parser.add_argument("papers", type=Path, metavar="DIR", help="the labelled papers")
    parser.add_argument("--labels", type=Path, default=LABELS, metavar="FILE")
    parser.add_argument("--errors", action="store_true", help="list every error")
    chosen = parser.parse_args(arguments)
    sys.stdout.write(report(judge(read_labels(chosen.labels), chosen.papers), errors=chosen.errors) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
