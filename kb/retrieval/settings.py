"""How passages are ranked, as one small record; the evaluation compares its variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fusion = Literal["convex", "rrf", "bm25", "dense"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSettings:
    """Settings of ranking.

    ``expand`` also matches by other words for the question's own (`kb.questions.expansion`), with lower weights.
    ``fusion`` joins words and vectors in the index; ``rerank`` re-scores the best ``candidates`` of the convex fusion
    by the fitted features (`kb.retrieval.features`) and is ignored for the other fusions, which serve as baselines.
    """

    fusion: Fusion = "convex"
    rerank: bool = True
    expand: bool = True
    candidates: int = 60

    @property
    def reranks(self) -> bool:
        """Whether candidates are re-scored."""
        return self.rerank and self.fusion == "convex"
