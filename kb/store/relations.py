"""The relations of a library's papers: how they are kept in its database, and how they are looked up.

Written with the documents, never changed. Groups of passages of the same words, statuses and links are few, so that all
are held in memory, by row.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from kb.records import LinkKind, PartKind, PassageId
from kb.store.codec import decode_date, dumps, encode_date
from kb.store.columns import Mask
from kb.versions import PaperRelation, PaperStanding, Relations

RELATIONS_SCHEMA: Final = """
CREATE TABLE same_text (  -- passages of the same words; place 0 counts, the others say the same elsewhere
    passage TEXT PRIMARY KEY REFERENCES passages (id),
    text_group INTEGER NOT NULL,
    place INTEGER NOT NULL
) STRICT;
CREATE TABLE relations (
    kind TEXT NOT NULL,
    passage TEXT NOT NULL REFERENCES passages (id),
    other TEXT NOT NULL REFERENCES passages (id),
    note TEXT
) STRICT;
CREATE TABLE statuses (passage TEXT PRIMARY KEY REFERENCES passages (id), status TEXT NOT NULL) STRICT;
CREATE TABLE standings (document TEXT NOT NULL, part INTEGER NOT NULL, standing TEXT NOT NULL) STRICT;
"""

_GROUPED: Final = "SELECT text_group, passage FROM same_text ORDER BY text_group, place"
_RELATIONS: Final = "SELECT kind, passage, other, note FROM relations ORDER BY rowid"
_STATUSES: Final = "SELECT passage, status FROM statuses"
_STANDINGS: Final = "SELECT standing FROM standings ORDER BY document, part"


Query = Callable[[str], list[Any]]


class LinkedRow(NamedTuple):
    """A link by the row of the passage it leads to."""

    kind: LinkKind
    row: int
    note: str | None


class RowRelations:
    """What passages are to each other, by row.

    Args:
        rows: The row of every passage id.
        groups: ``(group, passage id)``, by group and place.
        relations: ``(kind, passage id, other id, note)``.
        statuses: ``(passage id, status)``.

    Raises:
        KeyError: If a passage is unknown.
        ValueError: If a kind is unknown.
    """

    def __init__(
        self,
        rows: Mapping[str, int],
        *,
        groups: Iterable[tuple[int, str]],
        relations: Iterable[tuple[str, str, str, str | None]],
        statuses: Iterable[tuple[str, str]],
    ) -> None:
        grouped = [(group, rows[passage]) for group, passage in groups]
        self._groups = np.array([group for group, _ in grouped], np.int64)
        self._grouped_rows = np.array([row for _, row in grouped], np.int64)
        self._statuses = {rows[passage]: status for passage, status in statuses}
        self._links: dict[int, list[LinkedRow]] = defaultdict(list)
        members: dict[int, list[int]] = defaultdict(list)
        for group, row in grouped:
            members[group].append(row)
        for same in members.values():
            for row in same:
                self._links[row] += [
                    LinkedRow(LinkKind.ALSO_IN, other, None) for other in same if other != row
                ]
        self._successors: dict[int, int] = {}
        for kind, passage, other, note in relations:
            self._links[rows[passage]].append(LinkedRow(LinkKind(kind), rows[other], note))
            if kind == LinkKind.SUPERSEDES:
                self._successors[rows[other]] = rows[passage]

    @property
    def successors(self) -> Mapping[int, int]:
        """For every passage that a later state has in other words, the row of that state."""
        return self._successors

    def status(self, row: int) -> str | None:
        """The status of the paper a passage stands in."""
        return self._statuses.get(row)

    def links(self, row: int) -> Sequence[LinkedRow]:
        """The other places that belong to a passage: first where the same words stand."""
        return self._links.get(row, ())

    def each_text_once(self, allowed: Mask | None, *, n_rows: int) -> Mask | None:
        """Let one passage of each text through: of those allowed, the one that counts first.

        Args:
            allowed: ``(n_rows,)`` bool; ``None`` for all.
            n_rows: Of the library.

        Returns:
            ``(n_rows,)`` bool, or ``None`` if nothing is kept back.
        """
        if not len(self._groups):
            return allowed
        mask = np.ones(n_rows, np.bool_) if allowed is None else allowed.copy()
        present = np.flatnonzero(mask[self._grouped_rows])
        groups = self._groups[present]
        is_first = np.ones(len(groups), np.bool_)
        is_first[1:] = groups[1:] != groups[:-1]
        mask[self._grouped_rows[present[~is_first]]] = False
        return mask


def write_relations(connection: sqlite3.Connection, relations: Relations) -> None:
    """Write what papers are to each other."""
    connection.executescript(RELATIONS_SCHEMA)
    connection.executemany(
        "INSERT INTO same_text VALUES (?, ?, ?)",
        (
            (passage, number, place)
            for number, group in enumerate(relations.same)
            for place, passage in enumerate(group)
        ),
    )
    connection.executemany(
        "INSERT INTO relations VALUES (?, ?, ?, ?)",
        ((each.kind.value, each.passage, each.other, each.note) for each in relations.passages),
    )
    connection.executemany("INSERT INTO statuses VALUES (?, ?)", relations.statuses)
    connection.executemany(
        "INSERT INTO standings VALUES (?, ?, ?)",
        ((paper.document, paper.part, dumps(_encode_standing(paper))) for paper in relations.papers),
    )


def read_row_relations(query: Query, rows: Mapping[str, int]) -> RowRelations:
    """Read the relations of passages.

    Args:
        query: Runs a statement and gives its rows.
        rows: The row of every passage id.
    """
    return RowRelations(rows, groups=query(_GROUPED), relations=query(_RELATIONS), statuses=query(_STATUSES))


def read_standings(query: Query) -> tuple[PaperStanding, ...]:
    """Read what every paper is to others, by document and part; ``query`` as for `read_row_relations`."""
    return tuple(_decode_standing(json.loads(value)) for (value,) in query(_STANDINGS))


def _encode_standing(paper: PaperStanding) -> dict[str, Any]:
    return {
        "document": paper.document,
        "part": paper.part,
        "kind": paper.kind.value,
        "body": paper.body,
        "meeting_date": encode_date(paper.meeting_date),
        "title": paper.title,
        "page": paper.page,
        "status": paper.status,
        "relations": [
            {
                "kind": each.kind.value,
                "document": each.document,
                "part": each.part,
                "page": each.page,
                "title": each.title,
                "meeting_date": encode_date(each.meeting_date),
                "same": each.same,
                "changed": each.changed,
                "passage": each.passage,
                "note": each.note,
            }
            for each in paper.relations
        ],
    }


def _decode_standing(value: dict[str, Any]) -> PaperStanding:
    return PaperStanding(
        document=value["document"],
        part=value["part"],
        kind=PartKind(value["kind"]),
        body=value["body"],
        meeting_date=decode_date(value["meeting_date"]),
        title=value["title"],
        page=value["page"],
        status=value["status"],
        relations=tuple(
            PaperRelation(
                kind=LinkKind(each["kind"]),
                document=each["document"],
                part=each["part"],
                page=each["page"],
                title=each["title"],
                meeting_date=decode_date(each["meeting_date"]),
                same=each["same"],
                changed=each["changed"],
                passage=None if each["passage"] is None else PassageId(each["passage"]),
                note=each["note"],
            )
            for each in value["relations"]
        ),
    )
