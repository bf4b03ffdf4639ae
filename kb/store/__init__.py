"""What is kept on disk: documents, their structure, their passages, and the embeddings of these.

Takes records and gives them back. `LibraryFolder` knows where things stand and swaps generations, `Manifest` says what
a generation was built from, `Contents` reads one. Nothing here knows how papers are read or searched.
"""

from __future__ import annotations

from kb.store.contents import Contents
from kb.store.folder import LibraryFolder
from kb.store.manifest import DocumentEntry, EncoderInfo, Manifest
from kb.store.refused import RefusedFile
from kb.store.summaries import DocumentSummary, Facets, Paper, PartSummary

__all__ = [
    "Contents",
    "DocumentEntry",
    "DocumentSummary",
    "EncoderInfo",
    "Facets",
    "LibraryFolder",
    "Manifest",
    "Paper",
    "PartSummary",
    "RefusedFile",
]
