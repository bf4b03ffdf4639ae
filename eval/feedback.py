"""From feedback to candidate questions.

The interface writes feedback as JSON lines; each is an object with exactly these keys:

- ``version``: 1;
- ``time``: ISO 8601 with time zone;
- ``question``: as asked;
- ``verdict``: ``"up"`` (this answers it), ``"down"`` (this does not) or ``"right_place"`` (found by the
reader, or the best of several);
- ``passage``: the passage's id;
- ``citation``: the passage's citation as in the JSON of answers (``document``, ``body``, ``meeting_date``,
``kind``, ``agenda_item``, ``item``, ``section``, ``paragraph``, ``page``; more is allowed and ignored);
- ``lines``: first and last physical line in a text file, or ``null``;
- ``library``: the hash of the library that answered.

Takes such lines, gives candidate questions in the format of the question sets plus ``"status":
"candidate"``, one for each question, merged over all its lines. Candidates count for nothing until a person
has judged them: checked the places, written the facts and the type, removed ``status`` and ``feedback`` and
moved them into a set. Lines that cannot be read are returned with their number, text and reason, so that
nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eval.wording import fold
from kb.records import PartKind

VERSION = 1
KEYS = frozenset({"version", "time", "question", "verdict", "passage", "citation", "lines", "library"})
_CITED = ("document", "body", "meeting_date", "agenda_item", "item", "section", "paragraph", "page", "kind")
# The first guess of a grade, for the person who judges.
_GRADES = {"up": 2, "right_place": 3}


class Verdict(StrEnum):
    """What a reader said of a passage."""

    UP = "up"
    DOWN = "down"
    RIGHT_PLACE = "right_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A line that cannot be read, kept with its number (from 1) and the reason."""

    number: int
    reason: str
    text: str


def read_feedback(text: str) -> tuple[tuple[dict[str, Any], ...], tuple[Malformed, ...]]:
    """Read feedback lines.

    Args:
        text: Of the whole file; blank lines are skipped.

    Returns:
        The lines as objects, and those that cannot be read.
    """
    good: list[dict[str, Any]] = []
    bad: list[Malformed] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            good.append(_read_line(line))
        except (ValueError, KeyError, TypeError) as error:
            bad.append(Malformed(number=number, reason=str(error), text=line))
    return tuple(good), tuple(bad)


def _read_line(line: str) -> dict[str, Any]:
    record = json.loads(line)
    if not isinstance(record, dict) or record.keys() != KEYS:
        odd = sorted(KEYS ^ record.keys()) if isinstance(record, dict) else ["an object"]
        raise ValueError(f"missing or unknown: {', '.join(odd)}")
    if record["version"] != VERSION:
        raise ValueError(f"version {record['version']!r} is not {VERSION}")
    if dt.datetime.fromisoformat(record["time"]).tzinfo is None:
        raise ValueError("the time has no time zone")
    for name in ("question", "passage", "library"):
        if not isinstance(record[name], str) or not record[name].strip():
            raise ValueError(f"{name} is not a text")
    Verdict(record["verdict"])
    citation = record["citation"]
    if not isinstance(citation, dict) or not all(name in citation for name in _CITED):
        raise ValueError(f"the citation lacks one of {', '.join(_CITED)}")
    PartKind(citation["kind"])
    lines = record["lines"]
    if lines is not None and not (
        isinstance(lines, list)
        and len(lines) == 2
        and all(type(n) is int for n in lines)
        and 1 <= lines[0] <= lines[1]
    ):
        raise ValueError("lines is neither null nor [first, last]")
    return record


def candidates(feedback: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Turn feedback into candidate questions.

    Questions are the same if they differ in case, white space and marks only. A passage that somebody called
    wrong is listed under ``feedback``, never as a place; a place keeps its best grade.

    Returns:
        Candidates in the order of their first feedback; ids are hashes of the questions, so that importing
        the same feedback twice gives the same candidates.
    """
    found: dict[str, dict[str, Any]] = {}
    for line in feedback:
        wanted = fold(line["question"])
        candidate = found.setdefault(wanted, _candidate(line["question"], wanted))
        note = {name: line[name] for name in ("time", "verdict", "passage", "library")}
        if note not in candidate["feedback"]:
            candidate["feedback"].append(note)
        if line["verdict"] != Verdict.DOWN:
            _add_place(candidate["places"], line)
    return tuple(found.values())


def merge(
    stored: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, Any], ...]:
    """Add candidates to those imported before; what a person has written in them since is kept."""
    merged = {record["id"]: dict(record) for record in stored}
    for record in new:
        known = merged.setdefault(record["id"], dict(record))
        known["feedback"] = _union(known.get("feedback", []), record["feedback"])
        known["places"] = _union(known["places"], record["places"])
    return tuple(merged.values())


def _candidate(question: str, wanted: str) -> dict[str, Any]:
    return {
        "id": f"candidate-{hashlib.sha256(wanted.encode()).hexdigest()[:12]}",
        "status": "candidate",
        "question": question,
        "type": None,
        "said_by": None,
        "facts": [],
        "split": None,
        "places": [],
        "feedback": [],
    }


def _add_place(places: list[dict[str, Any]], line: Mapping[str, Any]) -> None:
    place = {name: line["citation"][name] for name in _CITED}
    place |= {"lines": line["lines"], "anchor": None}
    grade = _GRADES[line["verdict"]]
    for known in places:
        if {name: known[name] for name in place} == place:
            known["grade"] = max(known["grade"], grade)
            return
    places.append({**place, "grade": grade})


def _union(stored: Iterable[Any], new: Iterable[Any]) -> list[Any]:
    kept = list(stored)
    return [*kept, *(record for record in new if record not in kept)]
