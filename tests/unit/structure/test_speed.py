"""Structure and passages take time linear in the text, whatever stands in it: a megabyte takes seconds, not hours.

Each text is read at two sizes; four times the text may take some eight times as long (short measurements waver), where
a quadratic step would take sixteen.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kb.passages import split
from kb.structure import parse
from kb.structure.doubts import find_doubts
from tests.unit.structure.test_doubts import source_of

SMALL = 60_000
TIMES = 4
MOST = 9.0
_HEAD = "MINUTES of the meeting held on 19 July 2023\n\n"


def _names(number: int) -> str:
    return f"Councillor {chr(65 + number % 26)}{'aeiou'[number % 5]}{'bdfgklmnprst'[number // 26 % 12]}er\n"


KINDS: dict[str, Callable[[int], str]] = {
    "digits": lambda _: "1234567890",
    "brackets": lambda _: "([{<",
    "closing brackets": lambda _: ")]}>",
    "tags": lambda _: "<a ",
    "links": lambda _: "[a](",
    "quotation marks": lambda _: "'a ",
    "spaces": lambda _: "  ",
    "one line": lambda _: "the panel noted the report of the Commissioner ",
    "one sentence": lambda _: "The Commissioner said that Councillor Stone asked. ",
    "letters": lambda _: "a\n",
    "short lines": lambda _: "abc def\n",
    "prose": lambda _: "the panel noted the report of the Commissioner on the roads of the county\n",
    "sentences": lambda number: f"{number}. Words were said about it.\n",
    "numbers": lambda number: f"{number}.\n",
    "the same number": lambda _: "1.\n",
    "numbered lines": lambda _: "1. Words about it\n",
    "labels": lambda number: f"{'abcdefgh'[number % 8]})\n",
    "years": lambda _: "2018. The force has drafted\n",
    "capitals": lambda _: "ROADS AND BRIDGES\n",
    "lead-ins": lambda _: "Word:\n",
    "rows": lambda _: "1\t2\t3\n",
    "dates": lambda _: "19 July 2023\n",
    "bullets": lambda _: "• word\n",
    "contents": lambda _: f"Item {'.' * 60} 3\n",
    "names": _names,
    "attendance": lambda number: (_HEAD + "Present:\n" if number == 0 else "") + _names(number),
    "pages": lambda number: f"some text\nPage {number} of 9000\n\f",
    "minutes": lambda number: (
        (_HEAD if number == 0 else "")
        + f"{number // 20 + 1}. ROADS\n\nThe Commissioner reported on it. Councillor Stone asked why.\n\n"
    ),
    "reports": lambda _: "REPORT OF THE CHIEF EXECUTIVE\n\n1. PURPOSE\n\n1.1 The purpose is this.\n",
    "agendas": lambda _: "AGENDA\n1. Apologies\n2. Minutes\n",
}


def seconds(kind: str, size: int) -> float:
    """How long a text of a kind takes, in time of the processor."""
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(KINDS[kind](len(pieces)))
        length += len(pieces[-1])
    source = source_of("".join(pieces) + "x")
    started = time.process_time()
    outline = parse(source)
    split(source, outline)
    find_doubts(source, outline)
    return time.process_time() - started


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_as_the_text_does(kind: str) -> None:
    """The best of two, since other work on the machine can only make it longer."""
    small = min(seconds(kind, SMALL) for _ in range(2))
    large = seconds(kind, SMALL * TIMES)
    if large > MOST * small:
        large = min(large, seconds(kind, SMALL * TIMES))
    assert large <= MOST * small + 0.05
