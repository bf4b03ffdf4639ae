"""Outline to passages: the units that are indexed, ranked, quoted and cited.

`split` takes a `Source` and its `Outline`, gives `Passage` records in reading order; `citing` writes their citations
and ids. Every visible character of an outline's paragraphs is in exactly one passage; a sub-heading stands with the
passage below it.
"""

from __future__ import annotations

from kb.passages.quoting import quote
from kb.passages.sizes import PassageSettings
from kb.passages.split import PASSAGES_VERSION, split
from kb.structure.sentences import sentence_spans

__all__ = ["PASSAGES_VERSION", "PassageSettings", "quote", "sentence_spans", "split"]
