"""How passages are ranked, as one small record; the evaluation compares its variants."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final, Literal

Fusion = Literal["convex", "rrf", "bm25", "dense"]
RERANKER_VARIABLE: Final = "KB_RERANKER"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """Settings of ranking.

    ``expand`` also matches by other words for the question's own (`kb.questions.expansion`), with lower weights.
    ``fusion`` joins words and vectors in the index; ``rerank`` re-scores the best ``candidates`` of the convex fusion
    by the fitted features (`kb.retrieval.features`) and is ignored for the other fusions, which serve as baselines.
    ``reranker`` names a cross-encoder (a folder, or a model in the local cache) that puts the best ``reranked`` of them
    in its own order; ``None``, the default, uses none: reading every pair takes far longer than all else together.
    """

    fusion: Fusion = "convex"
    rerank: bool = True
    expand: bool = True
    candidates: int = 60
    reranker: str | None = None
    reranked: int = 20

    @property
    def reranks(self) -> bool:
        """Whether candidates are re-scored."""
        return self.rerank and self.fusion == "convex"


def settings_from_environment() -> RetrievalSettings:
    """The usual settings, with the cross-encoder that `RERANKER_VARIABLE` names, if it names one."""
    return RetrievalSettings(reranker=os.environ.get(RERANKER_VARIABLE, "").strip() or None)
