"""Papers that have nothing to do with any question: minutes of made-up committees, as many as wanted.

Takes a number of paragraphs and a seed, gives papers as text, always the same ones. Each paragraph has 25 to 60 words
with dates, names and sums of its own; subjects, phrases and names stand in ``distractors.toml``, a small grammar whose
sentences rarely come out alike. The papers are read as any others are: nothing below `kb.library` knows of them.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

FEWEST_WORDS: Final = 25
MOST_WORDS: Final = 60
PARAGRAPHS_A_PAPER: Final = 48
_PARAGRAPHS_AN_ITEM: Final = 4
_MEMBERS: Final = 7
_FIRST_YEAR: Final = 2009
_LAST_YEAR: Final = 2026
_SHARE_OF_QUESTIONS: Final = 0.25
_SHARE_OF_OUTCOMES: Final = 0.3
_SLOT: Final = re.compile(r"\{(\w+)\}")
_MONTHS: Final = tuple(f"{dt.date(2000, month, 1):%B}" for month in range(1, 13))

Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distractor:
    """One paper; ``name`` is its file name, ``body`` the committee that met."""

    name: str
    body: str
    text: str


def make_distractors(paragraphs: int, *, seed: int = 1) -> Iterator[Distractor]:
    """Make papers with at least this many paragraphs together, 48 in each.

    Args:
        paragraphs: How many, at least 0; attendance and headings don't count.
        seed: The first papers of one seed are the same, however many are made.
    """
    for number in range(-(-paragraphs // PARAGRAPHS_A_PAPER)):
        yield _paper(number, random.Random(f"{seed} {number}"))  # noqa: S311 - nothing secret


def write_distractors(paragraphs: int, folder: Path, *, seed: int = 1) -> list[str]:
    """Write the papers of `make_distractors` as text files into a folder; give the bodies, each once."""
    folder.mkdir(parents=True, exist_ok=True)
    bodies: dict[str, None] = {}
    for paper in make_distractors(paragraphs, seed=seed):
        (folder / paper.name).write_text(paper.text, encoding="utf-8")
        bodies[paper.body] = None
    return list(bodies)


@cache
def _grammar() -> tuple[Words, tuple[tuple[str, Words], ...]]:
    """The words that all subjects share, and every subject with its own."""
    tables = tomllib.loads(resources.files(__package__).joinpath("distractors.toml").read_text("utf-8"))
    shared: Words = tables.pop("shared")
    return shared, tuple(
        (name, {key: [value] if isinstance(value, str) else value for key, value in table.items()})
        for name, table in tables.items()
    )


def _paper(number: int, rng: random.Random) -> Distractor:
    shared, subjects = _grammar()
    name, own = rng.choice(subjects)
    writer = _Writer({**shared, **own}, rng)
    place, council = rng.choice(shared["place"]), rng.choice(shared["council"])
    body = f"{place} {own['body'][0]}"
    day = dt.date(rng.randint(_FIRST_YEAR, _LAST_YEAR - 1), rng.randint(1, 12), rng.randint(1, 28))
    members = [f"Councillor {writer.person()}" for _ in range(_MEMBERS)]
    lines = [
        f"{place} {council}",
        "",
        body,
        "",
        f"Minutes of the meeting held on {_long(day)}",
        "",
        f"Present: {members[0]} (Chair), {', '.join(members[1:])}",
        "",
        "1. Apologies for absence",
        "",
        f"1.1 Apologies were received from Councillors {writer.fill('{surname} and {surname}')}.",
    ]
    for item in range(PARAGRAPHS_A_PAPER // _PARAGRAPHS_AN_ITEM):
        lines += ["", f"{item + 2}. {writer.fill('{title}')}"]
        for paragraph in range(_PARAGRAPHS_AN_ITEM):
            lines += ["", f"{item + 2}.{paragraph + 1} {writer.paragraph()}"]
    return Distractor(name=f"{name}-{number:05}-{day}.txt", body=body, text="\n".join([*lines, ""]))


class _Writer:
    """Expands slots until none is left."""

    def __init__(self, words: Words, rng: random.Random) -> None:
        self._words = words
        self._rng = rng

    def paragraph(self) -> str:
        """A few sentences, together within the limits on words."""
        while True:
            sentences: list[str] = []
            while (size := _size(sentences)) < FEWEST_WORDS:
                sentences.append(self.fill(f"{{{self._kind(first=not sentences)}}}"))
            if size <= MOST_WORDS:
                return " ".join(sentences)

    def fill(self, text: str) -> str:
        """Text with every slot drawn; a slot with a capital letter begins with one."""
        while match := _SLOT.search(text):
            drawn = self._draw(match[1])
            text = text[: match.start()] + drawn + text[match.end() :]
        return text

    def person(self) -> str:
        """A first name and a surname."""
        return self.fill("{given} {surname}")

    def _kind(self, *, first: bool) -> str:
        draw = self._rng.random()
        if first or draw > _SHARE_OF_QUESTIONS + _SHARE_OF_OUTCOMES:
            return "sentence"
        return "ask" if draw < _SHARE_OF_QUESTIONS else "outcome"

    def _draw(self, slot: str) -> str:  # noqa: PLR0911 - one kind of slot after the other
        rng = self._rng
        match slot:
            case "count":
                return f"{rng.randint(11, 4_999):,}"
            case "small":
                return str(rng.randint(2, 9))
            case "percent":
                return f"{rng.uniform(0.5, 60):.1f}%"
            case "sum":
                return rng.choice(
                    (f"£{rng.randint(4, 980)},{rng.randint(0, 9)}00", f"£{rng.uniform(1.1, 38):.1f} million")
                )
            case "month":
                return rng.choice(_MONTHS)
            case "year":
                return str(rng.randint(_FIRST_YEAR, _LAST_YEAR))
            case "date":
                return _long(
                    dt.date(rng.randint(_FIRST_YEAR, _LAST_YEAR), rng.randint(1, 12), rng.randint(1, 28))
                )
            case "reference":
                return f"{rng.choice('ABCDEFGHJK')}/{rng.randint(9, 26):02}/{rng.randint(100, 9999):04}"
            case "person":
                return self.person()
        chosen = rng.choice(self._words[slot.lower()])
        return self.fill(chosen[:1].upper() + chosen[1:] if slot[0].isupper() else chosen)


def _size(sentences: Sequence[str]) -> int:
    return len(" ".join(sentences).split())


def _long(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
