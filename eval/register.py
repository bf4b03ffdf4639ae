"""How well the register is read from papers, kind by kind, against hand labels.

Takes ``eval/labels/register.jsonl`` and the labelled papers; gives counts, precision, recall and F1 of each kind, and
the errors. A ``read`` line says which kinds of a document (or of some of its parts) were labelled completely:
only there do other rows count as wrong. A decision is right if its verb is the label's and its words cover the label's
line; of an attendance list a person is right with the same name and capacity. What else a label says (votes, names,
substitutes, times) is counted as fields. Papers are named, never quoted. Run ``kb eval register --set S``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.records import PartKind, Source
from kb.register.reading import read_register
from kb.register.records import Row, RowKind
from kb.sources import read_source
from kb.structure import parse
from kb.structure.names import whole_name

LABELS = Path(__file__).parent / "labels" / "register.jsonl"
READ = "read"
_PLACES = frozenset({"document", "kind", "line", "item", "parts"})

Label = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one kind; ``errors`` say where a row is missing, wrong or too many."""

    wanted: int = 0
    given: int = 0
    right: int = 0
    fields: int = 0
    fields_right: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was given that is right; 1 if nothing was."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was given; 1 if nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.wanted + self.given
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class _Given:
    """A row with the lines, from 1, that its words cover."""

    row: Row
    first: int
    last: int


def read_labels(path: Path = LABELS) -> list[dict[str, Any]]:
    """Read the labels, in order."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def judge(labels: Iterable[Label], papers: Sequence[Path]) -> dict[RowKind, Tally]:
    """Read the labelled papers among some files and count each kind.

    Args:
        labels: As `read_labels` gives them.
        papers: Files; those without labels are passed over.
    """
    known = list(labels)
    tallies: dict[RowKind, Tally] = {}
    for path in papers:
        scopes = [label for label in known if label["kind"] == READ and label["document"] == path.name]
        if not scopes:
            continue
        source = read_source(path)
        given = _given(source)
        for scope in scopes:
            for name in scope["kinds"]:
                kind = RowKind(name)
                wanted = [
                    label for label in known if label["document"] == path.name and label["kind"] == kind.value
                ]
                rows = [one for one in given[kind] if _is_within(one.row, scope)]
                _compare(kind, path.name, wanted, rows, tallies.setdefault(kind, Tally()))
    return tallies


def _given(source: Source) -> dict[RowKind, list[_Given]]:
    outline = parse(source)
    given: dict[RowKind, list[_Given]] = {kind: [] for kind in RowKind}
    for row in read_register(source, outline):
        # What reports ask of a body is not labelled.
        if row.KIND is RowKind.RECOMMENDATION and outline.parts[row.part].kind is not PartKind.MINUTES:
            continue
        first = source.text.count("\n", 0, row.spans[0].start) + 1
        last = source.text.count("\n", 0, row.spans[-1].end) + 1
        given[row.KIND].append(_Given(row, first, last))
    return given


def _is_within(row: Row, scope: Label) -> bool:
    return row.part in scope["parts"] if "parts" in scope else True


def _compare(
    kind: RowKind, document: str, wanted: Sequence[Label], given: Sequence[_Given], tally: Tally
) -> None:
    left = list(given)
    tally.wanted += len(wanted)
    tally.given += len(given)
    for label in wanted:
        match = next((one for one in left if _matches(kind, label, one)), None)
        if match is None:
            tally.errors.append(f"{document}: {kind} missing: {_told(label)}")
            continue
        left.remove(match)
        tally.right += 1
        for name, value in label.items():
            if name in _PLACES or value is None:
                continue
            tally.fields += 1
            if _agrees(value, _value(match.row, name)):
                tally.fields_right += 1
            else:
                tally.errors.append(
                    f"{document}: {kind} at line {match.first}: {name} is {_value(match.row, name)!r}, wanted {value!r}"
                )
    for one in left:
        name = getattr(one.row, "name", None) or getattr(one.row, "verb", None) or ""
        tally.errors.append(f"{document}: {kind} too many at line {one.first}: {name}".rstrip(": "))


def _matches(kind: RowKind, label: Label, one: _Given) -> bool:
    if kind is RowKind.ATTENDANCE:
        return label["capacity"] == _value(one.row, "capacity") and _agrees(
            label["name"], _value(one.row, "name")
        )
    if kind is RowKind.MEETING:
        return True
    if kind is RowKind.DECISION and label["verb"] != _value(one.row, "verb"):
        return False
    if kind is RowKind.RECORD:
        return bool(label["number"] == _value(one.row, "number"))
    return bool(one.first <= label["line"] <= one.last)


def _value(row: Row, name: str) -> Any:
    if name == "role" and row.KIND is RowKind.ATTENDANCE:
        return getattr(row, "roles", ())
    return getattr(row, name, None)


def _agrees(wanted: Any, given: Any) -> bool:
    """Whether a value is the label's: equal, names of one person, or words of which the label's are some."""
    if isinstance(wanted, list):
        return len(wanted) == len(given) and all(
            any(_agrees(one, other) for other in given) for one in wanted
        )
    if isinstance(given, tuple):
        return any(_agrees(wanted, one) for one in given)
    if not isinstance(wanted, str):
        return bool(wanted == given)
    if given is None:
        return False
    left, right = whole_name(wanted, lone=True), whole_name(str(given), lone=True)
    if left is not None and right is not None and left.agrees(right):
        return True
    wanted_words, given_words = _words(wanted), _words(str(given))
    return " ".join(wanted_words) in " ".join(given_words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _told(label: Label) -> str:
    return ", ".join(
        f"{name} {value}"
        for name, value in label.items()
        if name not in {"document", "kind"} and value is not None
    )


def table(tallies: Mapping[RowKind, Tally], *, errors: bool = False) -> str:
    """The counts, one line a kind, and the errors if wanted."""
    lines = [
        f"{'kind':<16}{'labels':>7}{'given':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}  fields"
    ]
    for kind in RowKind:
        tally = tallies.get(kind)
        if tally is None:
            continue
        fields = f"{tally.fields_right}/{tally.fields}" if tally.fields else "-"
        lines.append(
            f"{kind.value:<16}{tally.wanted:>7}{tally.given:>7}{tally.right:>7}{tally.precision:>11.3f}"
            f"{tally.recall:>8.3f}{tally.f1:>7.3f}  {fields}"
        )
    if errors:
        lines += ["", *(error for tally in tallies.values() for error in tally.errors)]
    return "\n".join(lines)


def to_json(tallies: Mapping[RowKind, Tally]) -> dict[str, dict[str, float | int]]:
    """The counts as plain values."""
    return {
        kind.value: {
            "labels": tally.wanted,
            "given": tally.given,
            "right": tally.right,
            "precision": tally.precision,
            "recall": tally.recall,
            "f1": tally.f1,
            "fields": tally.fields,
            "fields_right": tally.fields_right,
        }
        for kind, tally in tallies.items()
    }
