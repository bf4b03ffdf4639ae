"""Versions: which papers are copies or states of each other, which of them counts, and what later papers prove.

Takes the papers of all documents, each part with its passages, and gives `Relations`: passages of the same words with
the one that counts first, the status of every paper (draft, confirmed, corrected, superseded), and links to the places
that confirm, replace or amend a passage. Pure functions; nothing is read again and nothing is lost: only the same
words are ever counted as one.
"""

from __future__ import annotations

from kb.versions.papers import Paper, read_papers
from kb.versions.relate import relate
from kb.versions.relations import PaperRelation, PaperStanding, PassageRelation, Relations

VERSIONS_VERSION = 1
"""Raised whenever the same papers would be related another way, so that libraries know to do it again."""

__all__ = [
    "VERSIONS_VERSION",
    "Paper",
    "PaperRelation",
    "PaperStanding",
    "PassageRelation",
    "Relations",
    "read_papers",
    "relate",
]
