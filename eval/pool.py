"""Pooled judging: the best passages of several systems that nobody has judged yet.

Questions are judged from the papers before any system runs, so a good passage that nobody thought of counts
as wrong. Pooling (Spärck Jones and van Rijsbergen, 1975; Voorhees, "The philosophy of information retrieval
evaluation", CLEF 2001) finds those: takes the answers of several runs, gives for each question the passages
among the first few of any run that hit no gold place, without saying which run they come from. Whoever
judges them adds places to the set; the rest is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def pool(runs: Sequence[Sequence[Row]], *, depth: int) -> tuple[dict[str, Any], ...]:
    """List the passages that are to be judged.

    Args:
        runs: Each run's rows, as in its ``per_topic.jsonl``.
        depth: How many passages of each run's ranking are looked at, at least 1.

    Returns:
        One object for each question and unjudged passage, ordered by question, then label; ``"grade": null``
        is to be filled in with 0 to 3.
    """
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for rows in runs:
        for row in rows:
            for hit in row["returned"][:depth]:
                if not hit["grade"]:
                    found.setdefault(
                        (row["topic"], hit["label"], hit["text"]),
                        {
                            "topic": row["topic"],
                            "question": row["question"],
                            "facts": row["facts"],
                            "label": hit["label"],
                            "lines": hit["lines"],
                            "text": hit["text"],
                            "grade": None,
                        },
                    )
    return tuple(found[where] for where in sorted(found))
