"""What the papers of a library record together: the rows of all documents, each once, at its citable place.

Takes an open generation; gives `Recorded` rows, oldest first. `locating` ties rows to passages, `repeats` lists once
what several papers say, `following` finds what became of actions and undertakings, `persons` tells who the people are.
Never: reads a paper; what a document records was read when it was taken in.
"""

from __future__ import annotations

from kb.proceedings.locating import Recorded
from kb.proceedings.persons import PersonSummary
from kb.proceedings.register import Register

__all__ = ["PersonSummary", "Recorded", "Register"]
