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
from kb.answers.weights import named_by_kind
from kb.library import Library
from kb.retrieval import RetrievalSettings
from kb.retrieval.features import FEATURES

RANKER_PENALTY = 3e-4
SENTENCE_PENALTY = 1e-2
CONFIDENCE_PENALTY = 3e-4
"""L2 penalties, each the best of 1e-4, 3e-4, 1e-3, 3e-3 and 1e-2 in cross-validation."""
FALSE_REFUSALS = 0.05
"""Share of answerable dev questions that may be refused; the threshold follows from it."""

_KB = Path(__file__).parent.parent / "kb"
RANKER_FILE = _KB / "retrieval" / "weights.json"
ANSWER_FILE = _KB / "answers" / "weights.json"


def fit_all(set_names: Sequence[str], *, write: bool, answers_only: bool = False) -> dict[str, Any]:
    """Fit ranker, sentences and confidence, in this order: each is fitted on what the one before it gives.

    Args:
        set_names: The sets whose dev splits are fitted on.
        write: Whether to write the weights where `kb` reads them.
        answers_only: Leave the ranker as it is shipped.

    Returns:
        Cross-validated qualities, by name.
    """
    with ExitStack() as stack:
        opened = [stack.enter_context(_material(name)) for name in set_names]
        weights, ranking = (None, {}) if answers_only else _fit_ranker(opened)
        shipped = [materials(RetrievalSettings(), weights) for materials in opened]
        topics = [topic for material in shipped for topic in material.topics]
        answers, answering = _fit_answers(shipped)
    note = {
        "made_by": "kb eval fit --write",
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "sets": list(set_names),
        "topics": len(topics),
        "topics_hash": topics_hash(topics)[:16],
    }
    if write:
        if weights is not None:
            _write(RANKER_FILE, {**note, "weights": fitting.named(FEATURES, weights)})
        _write(ANSWER_FILE, {**note, **answers})
    return {**note, **ranking, **answering}


def _fit_ranker(opened: Sequence[Any]) -> tuple[fitting.Matrix, dict[str, Any]]:
    """The ranker's weights, and what they are worth."""
    plain = RetrievalSettings(rerank=False)
    groups = [group for materials in opened for group in fitting.candidates(materials(plain), plain)]
    unfitted = fitting.success(
        [fitting.first_rank(group, -np.arange(len(group.grades)).astype(np.float64)) for group in groups]
    )
    return fitting.fit_ranker(groups, penalty=RANKER_PENALTY), {
        "unfitted fusion": _rounded(unfitted),
        "ranker, cross-validated": _rounded(fitting.ranker_quality(groups, penalty=RANKER_PENALTY)),
    }


def _fit_answers(shipped: Sequence[fitting.Material]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The weights of sentences and of the confidence with its threshold, and what they are worth."""
    sentences = [group for material in shipped for group in fitting.sentence_groups(material)]
    weights, unseen_weights = fitting.held_out_weights(sentences, penalty=SENTENCE_PENALTY)
    signals = [
        group
        for material in shipped
        for group in fitting.confidence_groups(
            material,
            [topic for other in shipped if other is not material for topic in other.topics],
            lambda topic: unseen_weights.get(topic, weights),
        )
    ]
    quality = fitting.confidence_quality(signals, penalty=CONFIDENCE_PENALTY)
    fits = fitting.fit_confidence(signals, penalty=CONFIDENCE_PENALTY)
    threshold = threshold_at([chance for chance, worth in quality.pairs if worth == 1.0], FALSE_REFUSALS)
    stored = {
        "sentences": named_by_kind(weights),
        "confidence": {
            doubt.value: {
                "weights": fitting.named(CONFIDENCE_FEATURES, own),
                "bias": round(bias, 4),
            }
            for doubt, (own, bias) in fits.items()
        },
        "threshold": round(threshold, 4),
    }
    return stored, {
        "confidence AUROC, near misses, cross-validated": round(quality.near_misses, 3),
        "confidence AUROC, questions of other libraries": round(quality.strangers, 3),
        "near misses refused at that threshold": round(quality.refused(threshold, fitting.NEAR_MISS), 3),
        "questions of other libraries refused": round(quality.refused(threshold, fitting.STRANGER), 3),
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
            retriever = library.retriever(settings, weights=weights)
            return fitting.Material(
                retriever=retriever,
                encoder=library.encoder,
                judge=judge,
                topics=topics,
                understand=library.understand,
                gather=lambda question: library.gather(question, retriever=retriever),
            )

        yield materials


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in values.items()}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
