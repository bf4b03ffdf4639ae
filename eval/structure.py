"""F1 of parts, items, titles and paragraphs against outlines made by hand.

Takes outlines as ``kb outline --json`` prints them (the format is in ``eval/README.md``), gives counts, F1
and the lists of what is missing and what is extra.

Parts are aligned in order. A part is right if its kind, agenda item and meeting date are. Parts that only
share a kind may still be aligned, so that one wrong date does not cost all the items below it; such a part
counts as wrong, its items for themselves. Items are aligned in order by number within aligned parts; a title
is right if its item is and the words are nearly the same; paragraphs are compared by label and occurrence
within aligned items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, TypeVar

from eval.wording import words
from kb.records import PartKind

# Share of matching characters; forgives a lost letter or a full stop, not another word in a short title.
MIN_TITLE_RATIO = 0.9
# Kinds of parts whose outlines hold no items, or no paragraphs.
WITHOUT_ITEMS = frozenset({PartKind.LETTER, PartKind.ACTION_TABLE, PartKind.DASHBOARD, PartKind.SLIDES})
WITHOUT_PARAGRAPHS = WITHOUT_ITEMS | {PartKind.AGENDA}

_EXACT, _SAME_KIND_AND_DATE, _SAME_KIND = 1000, 10, 1

OutlineDict = Mapping[str, Any]
_T = TypeVar("_T")


class Unit(StrEnum):
    """What is counted."""

    PARTS = "parts"
    ITEMS = "items"
    TITLES = "titles"
    PARAGRAPHS = "paragraphs"


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one unit; ``missing`` and ``extra`` name what was not found and what should not be there."""

    right: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1.0 if nothing was wanted and nothing given."""
        errors = len(self.missing) + len(self.extra)
        return 2 * self.right / (2 * self.right + errors) if self.right + errors else 1.0

    def add(self, other: Tally) -> None:
        """Add the counts of another document."""
        self.right += other.right
        self.missing += other.missing
        self.extra += other.extra


def compare_outlines(wanted: OutlineDict, given: OutlineDict) -> dict[Unit, Tally]:
    """Compare one document's outline with the one made by hand.

    Args:
        wanted: Made by hand.
        given: Made by the system, in the same format.
    """
    tallies = {unit: Tally() for unit in Unit}
    pairs = align(wanted["parts"], given["parts"], _part_likeness)
    for gold, got in pairs:
        if gold is not None and got is not None and _part_likeness(gold, got) == _EXACT:
            tallies[Unit.PARTS].right += 1
        else:
            _miss(tallies[Unit.PARTS], gold and _part_name(gold), got and _part_name(got))
        _compare_items(gold, got, tallies)
    return tallies


def micro(documents: Iterable[Mapping[Unit, Tally]]) -> dict[Unit, Tally]:
    """Add up the counts of several documents."""
    total = {unit: Tally() for unit in Unit}
    for tallies in documents:
        for unit, tally in tallies.items():
            total[unit].add(tally)
    return total


def align(
    wanted: Sequence[_T], given: Sequence[_T], likeness: Callable[[_T, _T], int]
) -> list[tuple[_T | None, _T | None]]:
    """Align two sequences in order so that the summed likeness is greatest.

    Args:
        wanted: The gold sequence.
        given: The other one.
        likeness: Of two members, at least 0; 0 forbids a pair.

    Returns:
        Pairs in order; ``None`` stands opposite a member without a partner.

    Source: Needleman and Wunsch, J. Mol. Biol. 48(3), 1970, doi:10.1016/0022-2836(70)90057-4, with free gaps.
    """
    rows, columns = len(wanted), len(given)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            like = likeness(wanted[i], given[j])
            pair = like + best[i + 1][j + 1] if like else 0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[_T | None, _T | None]] = []
    i = j = 0
    while i < rows and j < columns:
        like = likeness(wanted[i], given[j])
        if like and best[i][j] == like + best[i + 1][j + 1]:
            pairs.append((wanted[i], given[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((wanted[i], None))
            i += 1
        else:
            pairs.append((None, given[j]))
            j += 1
    return [*pairs, *((left, None) for left in wanted[i:]), *((None, right) for right in given[j:])]


def _part_likeness(gold: OutlineDict, got: OutlineDict) -> int:
    if gold["kind"] != got["kind"]:
        return 0
    same_date = gold["meeting_date"] == got["meeting_date"]
    if same_date and gold["agenda_item"] == got["agenda_item"]:
        return _EXACT
    return _SAME_KIND_AND_DATE if same_date else _SAME_KIND


def _item_likeness(gold: OutlineDict, got: OutlineDict) -> int:
    if gold["number"] != got["number"]:
        return 0
    if titles_agree(gold["title"], got["title"]):
        return 2
    return 0 if gold["number"] is None else 1


def titles_agree(wanted: str, given: str) -> bool:
    """Say whether two titles are the same or nearly so, case and punctuation aside."""
    left, right = " ".join(words(wanted)), " ".join(words(given))
    return left == right or SequenceMatcher(None, left, right, autojunk=False).ratio() >= MIN_TITLE_RATIO


def _compare_items(gold: OutlineDict | None, got: OutlineDict | None, tallies: Mapping[Unit, Tally]) -> None:
    for want, have in align(_items(gold), _items(got), _item_likeness):
        wanted_name, given_name = _item_name(gold, want), _item_name(got, have)
        if want is not None and have is not None:
            tallies[Unit.ITEMS].right += 1
        else:
            _miss(tallies[Unit.ITEMS], wanted_name, given_name)
        if want is not None and have is not None and titles_agree(want["title"], have["title"]):
            tallies[Unit.TITLES].right += 1
        else:
            _miss(tallies[Unit.TITLES], wanted_name, given_name)
        wanted = _paragraphs(gold, want)
        given = _paragraphs(got, have)
        tallies[Unit.PARAGRAPHS].right += (wanted & given).total()
        tallies[Unit.PARAGRAPHS].missing += [
            f"{wanted_name} ¶ {label}" for label in (wanted - given).elements()
        ]
        tallies[Unit.PARAGRAPHS].extra += [f"{given_name} ¶ {label}" for label in (given - wanted).elements()]


def _items(part: OutlineDict | None) -> list[OutlineDict]:
    """Return the items that outlines list: numbered ones, or titled ones in parts without any number."""
    if part is None or part["kind"] in WITHOUT_ITEMS:
        return []
    numbered = [item for item in part["items"] if item["number"] is not None]
    return numbered or [item for item in part["items"] if words(item["title"])]


def _paragraphs(part: OutlineDict | None, item: OutlineDict | None) -> Counter[str]:
    """Count the labels of an item: one entry for each occurrence."""
    if part is None or item is None or part["kind"] in WITHOUT_PARAGRAPHS:
        return Counter()
    return Counter(label for label in item["paragraphs"] if label is not None)


def _miss(tally: Tally, wanted: str | None, given: str | None) -> None:
    if wanted:
        tally.missing.append(wanted)
    if given:
        tally.extra.append(given)


def _part_name(part: OutlineDict) -> str:
    agenda_item = f", agenda item {part['agenda_item']}" if part["agenda_item"] else ""
    return f"{part['kind']} {part['meeting_date'] or 'undated'}{agenda_item}: {part['title']}"


def _item_name(part: OutlineDict | None, item: OutlineDict | None) -> str | None:
    if part is None or item is None:
        return None
    return f"{part['kind']} {part['meeting_date'] or 'undated'} > {item['number'] or '-'} {item['title']}"
