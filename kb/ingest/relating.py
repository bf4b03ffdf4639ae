"""What the papers of all documents are to each other: worked out anew for every generation, from the rows it keeps.

A new paper can confirm, replace or repeat any of the old ones, so nothing is carried over. The cost is linear in the
text, and small beside that of the index.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from kb.store.codec import decode_outline
from kb.store.rows import DocumentRow, decode_passage
from kb.versions import Relations, read_papers, relate


def relate_documents(documents: Sequence[DocumentRow]) -> Relations:
    """Find out what the papers of documents are to each other."""
    return relate(
        [
            paper
            for document in documents
            for paper in read_papers(
                document.entry.name,
                decode_outline(json.loads(document.outline)),
                [decode_passage(row, document=document.entry.name) for row in document.passages],
            )
        ]
    )
