"""What hypothesis draws: texts of any kind, minutes as a printer might have set them, questions."""

from __future__ import annotations

import datetime as dt
import hashlib

from hypothesis import strategies as st

from kb.records import Source
from kb.sources.text import split_lines

_NAMES = ("Councillor Hale", "Cllr Imogen Frayne", "The Commissioner", "The Chair", "Mr Osei", "The Panel")
_VERBS = ("asked whether", "reported that", "explained that", "felt that", "was assured that", "noted that")
_MATTERS = (
    "the ferry road was closed",
    "speed cameras cost £1.2m",
    "52% of calls were answered in 10 seconds",
    "the pilot at St. Aldhelm's, i.e. the second one, went on",
    "no date had been set (see paragraph 3.1)",
    "rural crime had risen since 2019/20",
)
_TITLES = (
    "ROAD SAFETY",
    "Declarations of Interest",
    "Police and Crime Plan",
    "PRECEPT 2024/25",
    "Any Other Business",
)
_LABELS = ("{}.", "{})", "({})", "9.{}")
_LETTERS = ("{})", "({})", "{}.")
_BULLETS = ("•", "-", "*", "o", "–")
_ROWS = (
    "Item\tAction\tWho",
    "3\tCirculate the figures\tMr Osei",
    "Burglary 120 134 12% -3%",
    "Month Apr-23 May-23 Jun-23",
)
_BODIES = ("FENWOLD POLICE AND CRIME PANEL", "Fenwold Business Coordination Board", "")
_ASKED = (
    "what did the commissioner say about speed cameras",
    "Who was absent on 19 July 2023?",
    "last summer",
    'item 9 "Vision Zero" para 3.1',
    "how much £",
    "in September",
    "Cllr O'Hara",
)

any_texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0") | st.sampled_from("\n\n\n \t\f.:•-()1aA"),
    max_size=400,
)
"""Any characters that a text file may hold, with more line ends than chance would give."""


@st.composite
def minutes_texts(draw: st.DrawFn) -> str:
    """Text that looks like minutes, or like what is left of them after text was drawn out of a page."""
    day = draw(st.dates(dt.date(2009, 1, 1), dt.date(2029, 12, 31)))
    lines = [
        draw(st.sampled_from(_BODIES)),
        draw(st.sampled_from(["MINUTES", "DRAFT MINUTES", "AGENDA", "REPORT", "Agenda Item No: 7", ""])),
        f"Held on {day.day} {day:%B %Y}",
        draw(st.sampled_from(["", "Present: Councillors A Hale (Chair), I Frayne and Mr K Osei"])),
    ]
    for number in range(1, draw(st.integers(0, 4)) + 1):
        lines += ["", f"{number}. {draw(st.sampled_from(_TITLES))}", ""]
        for block in draw(st.lists(_blocks(), max_size=5)):
            lines += block
            lines += [""] * draw(st.integers(0, 2))
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["\f", "Page 3 of 9", "3"])))
    return "\n".join(lines)


def _sentences() -> st.SearchStrategy[str]:
    sentence = st.tuples(*map(st.sampled_from, (_NAMES, _VERBS, _MATTERS))).map(" ".join)
    return st.lists(sentence.map("{}.".format), min_size=1, max_size=9).map(" ".join)


@st.composite
def _blocks(draw: st.DrawFn) -> list[str]:
    kind = draw(st.sampled_from(["plain", "numbers", "letters", "bullets", "rows", "heading", "lead-in"]))
    if kind == "rows":
        return draw(st.lists(st.sampled_from(_ROWS), min_size=1, max_size=4))
    if kind == "heading":
        return [f"**{draw(st.sampled_from(_TITLES))}**"]
    if kind == "lead-in":
        return [
            "The Panel:",
            *(
                f"{bullet} {draw(_sentences())}"
                for bullet in draw(st.lists(st.sampled_from(_BULLETS), max_size=3))
            ),
        ]
    texts = draw(st.lists(_sentences(), min_size=1, max_size=4))
    if kind == "numbers":
        label = draw(st.sampled_from(_LABELS))
        texts = [f"{label.format(place)} {text}" for place, text in enumerate(texts, draw(st.integers(1, 3)))]
    if kind == "letters":
        label = draw(st.sampled_from(_LETTERS))
        texts = [f"{label.format(chr(96 + place))} {text}" for place, text in enumerate(texts, 1)]
    if kind == "bullets":
        texts = [f"{draw(st.sampled_from(_BULLETS))} {text}" for text in texts]
    return [line for text in texts for line in _wrapped(text, draw(st.sampled_from([40, 80, 10_000])))]


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def source_of(text: str, *, name: str = "minutes.txt") -> Source:
    """The text as a file that has been read; equal texts are equal files."""
    lines, pages = split_lines(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Source(name=name, sha256=sha256, media_type="text/plain", text=text, lines=lines, pages=pages)


sources = (any_texts | minutes_texts()).map(source_of)
"""Files of any text, and of minutes."""

questions = st.lists(st.sampled_from(_ASKED) | st.text(max_size=60), min_size=1, max_size=5).map(" ".join)
"""Questions, half-questions and noise."""
