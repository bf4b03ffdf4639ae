"""Check question sets for retrieval and answering against the agreed format.

Usage: python eval/check_sets.py --papers DIR SET.jsonl ...
Prints every error with its question's id; the exit status is 1 if there was any.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# fmt: off
TYPES = {"statement", "decision", "action", "fact", "attendance", "table", "report", "list", "unanswerable"}
KINDS = {"minutes", "agenda", "report", "letter", "action_table", "agenda_plan", "delivery_plan",
         "dashboard", "decision", "appendix", "slides", "other"}
QUESTION_KEYS = {"id", "question", "type", "said_by", "facts", "split", "places"}
PLACE_KEYS = {"document", "lines", "page", "anchor", "kind", "body", "meeting_date", "agenda_item", "item",
              "section", "paragraph", "grade"}
# fmt: on
OPTIONAL_TEXT = ("anchor", "meeting_date", "agenda_item", "item", "section", "paragraph")
MAX_FACTS = 4
MAX_FACT_WORDS = 4
FULL_ANSWER = 3
Record = dict[str, Any]


def fold(text: str) -> str:
    """Lower the case, drop HTML tags and Markdown asterisks, fold white space."""
    return " ".join(re.sub(r"<[^<>]*>|\*", " ", text).lower().split())


class Papers:
    """The folders that hold the papers; text files are read once."""

    def __init__(self, folders: list[Path]) -> None:
        self._folders = folders
        self._lines: dict[str, list[str]] = {}

    def find(self, name: str) -> Path | None:
        """Return the path of a document given by its file name, if it is there."""
        return next((f / name for f in self._folders if (f / name).is_file()), None)

    def lines(self, name: str) -> list[str]:
        """Return the physical lines of a text file (split at line feeds only)."""
        if name not in self._lines:
            path = self.find(name)
            text = path.read_text(encoding="utf-8") if path else ""
            self._lines[name] = text.removesuffix("\n").split("\n")
        return self._lines[name]

    def words(self, place: Record) -> str:
        """Return the text of a place whose lines are known to be right."""
        first, last = place["lines"]
        return "\n".join(self.lines(place["document"])[first - 1 : last])


def is_text(value: object) -> bool:
    """Say whether the value is a string with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_texts(value: object) -> bool:
    """Say whether the value is a list of non-empty strings."""
    return isinstance(value, list) and all(is_text(member) for member in value)


def is_number(value: object) -> bool:
    """Say whether the value is a whole number from 1."""
    return type(value) is int and value >= 1


def check_evidence(place: Record, papers: Papers) -> Iterator[str]:
    """Check the part of a place that finds the words: lines of a text file, or page and anchor."""
    name, lines = place["document"], place["lines"]
    if papers.find(name) is None:
        yield f"no such document: {name}"
        return
    if name.lower().endswith(".pdf"):
        if lines is not None or not is_number(place["page"]):
            yield f"{name}: a PDF has a page and no lines"
        return
    if place["page"] is not None or place["anchor"] is not None:
        yield f"{name}: a text file has neither page nor anchor"
    if not (isinstance(lines, list) and len(lines) == 2 and all(is_number(n) for n in lines)):
        yield f"{name}: lines is not [first, last]"
    elif not lines[0] <= lines[1] <= len(papers.lines(name)):
        yield f"{name}: lines {lines} outside the file"
    elif not all(papers.lines(name)[n - 1].strip() for n in lines):
        yield f"{name}: lines {lines} begin or end with an empty line"


def check_place(place: object, papers: Papers) -> Iterator[str]:
    """Check one place of a question."""
    if not isinstance(place, dict) or place.keys() != PLACE_KEYS or not is_text(place["document"]):
        yield "a place does not have exactly the agreed keys, or no document"
        return
    where = f"{place['document']} {place['lines']}"
    for key in OPTIONAL_TEXT:
        if place[key] is not None and not is_text(place[key]):
            yield f"{where}: {key} is neither null nor text"
    if place["kind"] not in KINDS or not is_text(place["body"]):
        yield f"{where}: unknown kind {place['kind']}, or no body"
    if place["grade"] not in (1, 2, FULL_ANSWER):
        yield f"{where}: grade is not 1, 2 or 3"
    if is_text(place["meeting_date"]) and not re.fullmatch(r"\d{4}-\d\d-\d\d", place["meeting_date"]):
        yield f"{where}: meeting_date is not a date"
    unused = {"minutes": ("agenda_item", "section"), "report": ("item",)}.get(place["kind"], ())
    yield from (f"{where}: {place['kind']} with {key}" for key in unused if place[key] is not None)
    yield from check_evidence(place, papers)


def check_facts(question: Record, papers: Papers) -> Iterator[str]:
    """Check the number and length of the facts and that the full answers hold them."""
    facts, places = question["facts"], question["places"]
    if not facts or (len(facts) > MAX_FACTS and question["type"] != "list"):
        yield f"{len(facts)} facts"
    full = [p for p in places if p["grade"] == FULL_ANSWER]
    if not full:
        yield "no place of grade 3"
    if any(p["lines"] is None for p in full):
        full = []  # the words of a PDF are not read here
    text = fold("\n".join(papers.words(place) for place in full))
    for fact in facts:
        if len(fact.split()) > MAX_FACT_WORDS:
            yield f"fact of more than {MAX_FACT_WORDS} words: {fact}"
        if full and fold(fact) not in text:
            yield f"fact not found at the places of grade 3: {fact}"


def check_head(question: Record) -> Iterator[str]:
    """Check the words, the type, the id and the split of a question."""
    if not is_text(question["question"]):
        yield "no question"
    if question["type"] not in TYPES:
        yield f"unknown type {question['type']}"
    number = re.fullmatch(r"[a-z0-9-]+-([0-9]+)", str(question["id"]))
    if number is None:
        yield "id does not end in a number"
    elif question["split"] != ("dev" if int(number[1]) % 2 else "test"):
        yield f"split {question['split']} against the rule"


def check_body(question: Record, papers: Papers) -> Iterator[str]:
    """Check what a question asks for: the speakers, the facts and the places."""
    speakers, facts, places = question["said_by"], question["facts"], question["places"]
    if speakers is not None and not (is_texts(speakers) and speakers):
        yield "said_by is neither null nor a list of names"
    if not is_texts(facts) or not isinstance(places, list):
        yield "facts or places is not a list as agreed"
    elif question["type"] == "unanswerable":
        yield from ["unanswerable, but has places, facts or said_by"] * bool(places or facts or speakers)
    elif errors := [error for place in places for error in check_place(place, papers)]:
        yield from errors
    else:
        yield from check_facts(question, papers)
        if speakers and all(place["kind"] != "minutes" for place in places):
            yield "said_by, but no place in minutes"


def check_set(path: Path, papers: Papers, seen: set[str]) -> Iterator[str]:
    """Check one file, line by line; ids seen so far are kept in `seen`."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            question = json.loads(line)
        except json.JSONDecodeError as error:
            yield f"{path.name}:{number}: not JSON: {error}"
            continue
        if not isinstance(question, dict) or question.keys() != QUESTION_KEYS:
            yield f"{path.name}:{number}: does not have exactly the agreed keys"
            continue
        if question["id"] in seen:
            yield f"{question['id']}: id used twice"
        seen.add(question["id"])
        yield from (
            f"{question['id']}: {error}" for error in (*check_head(question), *check_body(question, papers))
        )


def main() -> int:
    """Read the arguments, print the errors, return the exit status."""
    parser = argparse.ArgumentParser(description="Check question sets against the agreed format.")
    parser.add_argument("--papers", type=Path, action="append", required=True, help="folder, repeatable")
    parser.add_argument("sets", type=Path, nargs="+", help="question sets")
    arguments = parser.parse_args()
    papers, seen = Papers(arguments.papers), set[str]()
    errors = [error for path in arguments.sets for error in check_set(path, papers, seen)]
    for error in errors:
        print(error)  # noqa: T201
    print(f"{len(seen)} questions, {len(errors)} errors", file=sys.stderr)  # noqa: T201
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
