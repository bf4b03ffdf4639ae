"""The gate: key measures may not fall more than a stated margin below the committed baseline.

Takes a run's summary and ``eval/baseline.json``, gives what failed; nothing means that the gate is open. A
measure that the run does not have, or that is not a number, fails: a gate that cannot fail would be a
defect. A run over another number of questions than the baseline's fails too, as the two cannot be compared.

Raising the baseline is a deliberate commit of the file that ``kb eval gate --update`` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.measures import ALL_TYPES
from eval.storage import read_json, write_json
from kb.errors import UsageError

BASELINE = Path(__file__).parent / "baseline.json"

# Key measures with their margins, absolute. Rankings are a function of their inputs, so the margins only leave room for
# other versions of the libraries; what must hold always has none.
MARGINS: Mapping[str, float] = {
    "nDCG@10": 0.01,
    "RR@10": 0.01,
    "Success@1": 0.02,
    "Success@5": 0.02,
    "R@10": 0.01,
    "Evidence@300w": 0.02,
    "Cite-paragraph": 0.02,
    "FactsAll": 0.02,
    "Verbatim": 0.0,
    "abstention.recall": 0.03,
    "abstention.auroc": 0.02,
}
# Rounding of stored values.
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One measure at the gate; ``value`` is ``None`` if the run does not have it."""

    measure: str
    baseline: float
    margin: float
    value: float | None

    @property
    def passes(self) -> bool:
        """Whether the value is at or above the floor; nothing else passes, least of all NaN."""
        return self.value is not None and self.value >= self.baseline - self.margin - TOLERANCE


def key(summary: Mapping[str, Any]) -> str:
    """Return the name of a run's entry in the baseline file: its set and split."""
    return f"{summary['set']}/{summary['split']}"


def check(summary: Mapping[str, Any], baseline: Mapping[str, Any]) -> tuple[Check, ...]:
    """Hold a run against the baseline.

    Args:
        summary: Of the run, see `eval.runs`.
        baseline: The whole baseline file.

    Raises:
        UsageError: If the baseline knows nothing of the set and split, or was made with another number of
            questions.
    """
    entry = baseline.get(key(summary))
    if not entry or not entry.get("measures"):
        raise UsageError(
            f"The baseline holds nothing for {key(summary)}.",
            next_step="Set it with `kb eval gate RUN --update` and commit eval/baseline.json.",
        )
    if entry["topics"] != summary["topics"]:
        raise UsageError(
            f"The run has {summary['topics']} questions, the baseline of {key(summary)} {entry['topics']}.",
            next_step="Run the whole split; if the set has changed, set the baseline anew with --update.",
        )
    return tuple(
        Check(
            measure=name,
            baseline=floor["value"],
            margin=floor["margin"],
            value=value_of(summary, name),
        )
        for name, floor in entry["measures"].items()
    )


def update(summary: Mapping[str, Any], path: Path = BASELINE) -> dict[str, Any]:
    """Write a run's key measures as the new baseline of its set and split.

    Returns:
        The new entry.
    """
    stored = read_json(path) if path.exists() else {}
    entry = {
        "run": summary["run"],
        "date": summary["date"],
        "topics": summary["topics"],
        "measures": {
            name: {"value": round(value, 6), "margin": margin}
            for name, margin in MARGINS.items()
            if (value := value_of(summary, name)) is not None
        },
    }
    write_json(path, dict(sorted({**stored, key(summary): entry}.items())))
    return entry


def value_of(summary: Mapping[str, Any], name: str) -> float | None:
    """Return a run's value of a measure over all types; ``abstention.`` leads to the measures of abstention."""
    if name.startswith("abstention."):
        value = summary["abstention"].get(name.removeprefix("abstention."))
        return None if value is None else float(value)
    estimate = summary["measures"].get(ALL_TYPES, {}).get(name)
    return None if estimate is None else float(estimate["mean"])
