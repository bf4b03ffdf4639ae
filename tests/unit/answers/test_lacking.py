"""What the likeliest sentences have not."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from kb.answers.evidence import Evidence
from kb.answers.lacking import LACKS, lacks
from kb.answers.sentences import Sentence
from kb.questions import understand
from kb.retrieval.features import FEATURES
from tests.outlines import make_passage


def lacking(question: str, *texts: str, header: str = "") -> dict[str, float]:
    """By name, of sentences in passages of their own, the likeliest first."""
    found = tuple(
        Sentence(make_passage(text, header=header), rank, 0, (), text) for rank, text in enumerate(texts)
    )
    evidence = Evidence(
        scores=(1.0,) * len(texts), features=np.zeros((len(texts), len(FEATURES))), sentences=found
    )
    asked = understand(question, today=dt.date(2024, 1, 1))
    logits = -np.arange(len(texts), dtype=np.float64)
    return dict(zip(LACKS, lacks(asked, evidence, logits), strict=True))


@pytest.mark.parametrize(
    ("question", "with_it", "without"),
    [
        ("what is the salary of the clerk", "The clerk earns £41,000.", "The clerk earns a salary."),
        ("charge rate for burglary", "It stood at 6.1%.", "The charge rate for burglary was low."),
        ("which company won the lease", "The lease went to Larkfield Optics.", "The company won the lease."),
    ],
)
def test_a_value_that_is_asked_for(question: str, with_it: str, without: str) -> None:
    """The likeliest sentence has one or not; all together have it by their likelihood."""
    assert lacking(question, with_it)["best_lacks_value"] == 0.0
    assert lacking(question, without)["best_lacks_value"] == 1.0
    assert lacking(question, without, with_it)["sentences_lack_value"] == pytest.approx(0.731, abs=0.001)
    assert set(lacking("what was said of ferries", without).values()) == {0.0}


def test_who_speaks_answers_nothing() -> None:
    """A name in front of "asked" is not that of the company."""
    assert lacking("which company won", "Councillor Ada Hale asked who had won.")["best_lacks_value"] == 1.0


def test_things_are_counted_by_the_figure_before_them() -> None:
    """A figure of something else is none of theirs."""
    question = "How many sessions took place in Ludwick?"
    assert lacking(question, "In all 14 knife awareness sessions took place.")["lacks_count"] == 0.0
    assert lacking(question, "Sessions took place on 15 July.")["lacks_count"] == 1.0


def test_a_row_without_the_month() -> None:
    """A table of other months is told from one that has it."""
    heads = "Board. 21 September 2023. Indicator | Apr-23 | May-23 | Target"
    assert lacking("burglaries in September 2023", "Burglary 141 137", header=heads)["lacks_column"] == 1.0
    assert lacking("burglaries in May 2023", "Burglary 141 137", header=heads)["lacks_column"] == 0.0
    assert lacking("burglaries", "Burglary 141 137", header=heads)["lacks_column"] == 0.0


def test_no_sentence_lacks_nothing() -> None:
    """There is nothing to look at."""
    assert set(lacking("how many bicycles").values()) == {0.0}
