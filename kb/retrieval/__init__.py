"""Question to ranking: candidates from the index, re-scored by what the question and each passage say.

`Retriever` is made once per open library. `settings` names the fusion and whether candidates are re-scored; `profiles`
holds what is known of a passage, `features` compares it with a question, `weights` holds the fitted combination.
"""

from __future__ import annotations

from kb.retrieval.ranker import Ranked, Retriever
from kb.retrieval.settings import RetrievalSettings, settings_from_environment

__all__ = ["Ranked", "RetrievalSettings", "Retriever", "settings_from_environment"]
