"""``kb eval fit``: open the libraries of the sets, fit on their dev splits, write the weights where `kb` reads them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from eval import baselines, fitting, workspace
from eval.places import Judge
from eval.topics import load_set, topics_hash
from kb.answers.confidence import CONFIDENCE_FEATURES, threshold_at
from kb.answers.sentences import SENTENCE_FEATURES
from kb.library import Library
from kb.retrieval import RetrievalSettings
from kb.retrieval.features import FEATURES

RANKER_PENALTY = 1e-3
SENTENCE_PENALTY = 1e-4
CONFIDENCE_PENALTY = 1e-3
"""L2 penalties, each the best of 1e-4, 3e-4, 1e-3, 3e-3 and 1e-2 in cross-validation."""
FALSE_REFUSALS = 0.05
"""Share of answerable dev questions that may be refused; the threshold follows from it."""

_KB = Path(__file__).parent.parent / "kb"
RANKER_FILE = _KB / "retrieval" / "weights.json"
ANSWER_FILE = _KB / "answers" / "weights.json"


def fit_all(set_names: Sequence[str], *, write: bool) -> dict[str, Any]:
    """Fit ranker, sentences and confidence, in this order: each is fitted on what the one before it gives.

    Returns:
        Cross-validated qualities, by name.
    """
    plain = RetrievalSettings(rerank=False)
    with ExitStack() as stack:
        opened = [stack.enter_context(_material(name)) for name in set_names]
        groups = [group for materials in opened for group in fitting.candidates(materials(plain), plain)]
        unfitted = fitting.success(
            [fitting.first_rank(group, -np.arange(len(group.grades)).astype(np.float64)) for group in groups]
        )
        weights = fitting.fit_ranker(groups, penalty=RANKER_PENALTY)
        shipped = [materials(RetrievalSettings(), weights) for materials in opened]
        sentences = [group for material in shipped for group in fitting.sentence_groups(material)]
        sentence_weights, sentence_bias = fitting.fit_logistic(sentences, penalty=SENTENCE_PENALTY)
        own = [group for material in shipped for group in fitting.confidence_groups(material)]
        signals = [
            group
            for material in shipped
            for group in fitting.confidence_groups(
                material, [topic for other in shipped if other is not material for topic in other.topics]
            )
        ]
        area, pairs = fitting.confidence_quality(signals, penalty=CONFIDENCE_PENALTY)
        near_area, _ = fitting.confidence_quality(own, penalty=CONFIDENCE_PENALTY)
        signal_weights, signal_bias = fitting.fit_logistic(
            signals, penalty=CONFIDENCE_PENALTY, bounds=fitting.confidence_bounds(), balanced=True
        )
        threshold = threshold_at([chance for chance, worth in pairs if worth], FALSE_REFUSALS)
        topics = [topic for material in shipped for topic in material.topics]
    note = {
        "made_by": "kb eval fit --write",
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "sets": list(set_names),
        "topics": len(topics),
        "topics_hash": topics_hash(topics)[:16],
    }
    if write:
        _write(RANKER_FILE, {**note, "weights": fitting.named(FEATURES, weights)})
        answer = {
            "sentences": fitting.named(SENTENCE_FEATURES, sentence_weights),
            "sentences_bias": round(sentence_bias, 4),
            "confidence": fitting.named(CONFIDENCE_FEATURES, signal_weights),
            "confidence_bias": round(signal_bias, 4),
            "threshold": round(threshold, 4),
        }
        _write(ANSWER_FILE, {**note, **answer})
    return {
        **note,
        "unfitted fusion": _rounded(unfitted),
        "ranker, cross-validated": _rounded(fitting.ranker_quality(groups, penalty=RANKER_PENALTY)),
        "confidence AUROC, cross-validated": round(near_area, 3),
        "the same with questions of other libraries": round(area, 3),
        "unanswerable refused at that threshold": round(
            float(np.mean([chance < threshold for chance, worth in pairs if not worth])), 3
        ),
    }


@contextmanager
def _material(set_name: str) -> Iterator[Any]:
    """A function from settings to the set's material, over its library, which is built if it must be."""
    files = baselines.paper_files(workspace.papers_folder(set_name))
    folder = workspace.LIBRARIES / f"{set_name}-{baselines.files_hash(files)[:12]}"
    baselines.build_library(files, folder)
    topics = load_set(workspace.set_folder(set_name), split="dev")
    with Library.open(folder, today=lambda: fitting.TODAY) as library:
        papers = baselines.LibrarySystem(name="fit", library=library, settings={}, timings={}).papers()
        judge = Judge(papers)

        def materials(settings: RetrievalSettings, weights: fitting.Matrix | None = None) -> fitting.Material:
            return fitting.Material(
                retriever=library.retriever(settings, weights=weights),
                encoder=library.encoder,
                judge=judge,
                topics=topics,
                understand=library.understand,
                sources=library.source_text,
            )

        yield materials


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in values.items()}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
