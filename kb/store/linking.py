"""A passage as its paper prints it, with what the rest of the library knows of it: status, label by that, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.records import Link, Passage
from kb.store.relations import LinkedRow, RowRelations
from kb.versions.labels import label_with_status


def related(row: int, printed: Mapping[int, Passage], relations: RowRelations) -> Passage:
    """Return the passage of a row with its status and its links.

    Args:
        row: Of the passage.
        printed: The passage and all that it is linked to, by row, as their papers alone print them.
        relations: Of the library.
    """
    passage = printed[row]
    status = _status(row, passage, relations)
    citation = replace(
        passage.citation,
        status=status,
        label=label_with_status(passage.citation, status),
        links=tuple(_link(link, printed[link.row], relations) for link in relations.links(row)),
    )
    return replace(passage, citation=citation)


def _link(link: LinkedRow, passage: Passage, relations: RowRelations) -> Link:
    citation = passage.citation
    return Link(
        kind=link.kind,
        id=citation.id,
        document=citation.document,
        label=label_with_status(citation, _status(link.row, passage, relations)),
        page=citation.page,
        page_label=citation.page_label,
        spans=passage.spans,
        note=link.note,
    )


def _status(row: int, passage: Passage, relations: RowRelations) -> str | None:
    """What the library knows of a paper, else what it prints."""
    return relations.status(row) or passage.citation.status
