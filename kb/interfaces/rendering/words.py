"""What every form of rendering shares: text fit for display, the words to mark, the lines of a card.

Takes records and questions, gives plain strings; knows no markup.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from index import tokens
from kb.records import Answer, Citation, Claim, Hit, Passage, Quote, Understood, Written

NOT_FOUND: Final = "Not found in these papers."
OWN_WORDS: Final = "In the papers' own words"
"""The heading of the quotes, where something else stands before them."""
CLOSENESS: Final = {"phrase": "word for word", "words": "all its words", "meaning": "near in meaning"}
"""How a passage comes to speak of a topic."""

_READINGS: Final = {
    "role": "about",
    "person": "about",
    "expansion": "also searched",
    "phrase": "word for word",
    "exclusion": "without",
    "omission": "left out",
    "recent": "time",
    "latest": "time",
}
_TAG: Final = re.compile(
    r"</?(?:b|i|u|p|br|em|strong|sub|sup|span|div|table|thead|tbody|tr|td|th|ul|ol|li)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAKING_TAG: Final = re.compile(r"</?(?:p|br|div|tr|td|th|li)\b[^<>]*>", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"(?<![*\w])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![*\w])", re.DOTALL)
_LONE_ASTERISKS: Final = re.compile(r"\*{2,}")
_NUMBERED: Final = re.compile(r"\b(item|section|para|p\.) (?=\S)")
_BULLET: Final = re.compile(r"^[•●▪◦‣·-]\s+(?=\S)")
_HEADING: Final = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_ASCII: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "•": "*",
        "·": "-", "£": "GBP ", "€": "EUR ", "\u00a0": " ", "├": "|", "└": "`", "│": "|", "─": "-", "×": "x",
    }
)  # fmt: skip


class Piece(NamedTuple):
    """A stretch of text, and whether it holds a word of the question."""

    text: str
    is_marked: bool


class Stretch(NamedTuple):
    """A stretch of a passage, and whether it is printed struck through."""

    text: str
    is_struck: bool


class Source(NamedTuple):
    """A place an answer stands on: its number in the answer, the passage, and the quotes taken from it."""

    number: int
    passage: Passage
    quotes: tuple[Quote, ...]


def plain(text: str) -> str:
    """Drop Markdown emphasis, HTML tags and a leading bullet that text extraction left in a paper; all else stays.

    Only known tags go, so that "a < b" and a tag a paper really writes about, such as ``<script>``, remain to be read.
    """
    text = _TAG.sub("", _BREAKING_TAG.sub(" ", text))
    previous = None
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    text = _HEADING.sub("", _LONE_ASTERISKS.sub("", text))
    return _BULLET.sub("", " ".join(text.split()))


def stretches(passage: Passage) -> tuple[Stretch, ...]:
    """A passage's text for display, with what is printed struck through at the places where it would stand."""
    found: list[Stretch] = []
    done = 0
    for struck in passage.struck:
        parted = passage.text[struck.at : struck.at + 1] in {"", " "}
        found.append(Stretch(plain(passage.text[done : struck.at]), is_struck=False))
        found.append(Stretch(" " if parted and struck.at else "", is_struck=False))
        found.append(Stretch(plain(struck.text), is_struck=True))
        found.append(Stretch(" " if not struck.at or parted else "", is_struck=False))
        done = struck.at
    found.append(Stretch(plain(passage.text[done:]), is_struck=False))
    return tuple(each for each in found if each.text)


def marked(text: str, question: str) -> tuple[Piece, ...]:
    """Split display text into pieces, marking the words that share a stem with the question's."""
    wanted = frozenset(tokens.tokenize(question))
    pieces: list[Piece] = []
    end = 0
    for lexeme in tokens.lexemes(text):
        if wanted.isdisjoint(lexeme.terms):
            continue
        if lexeme.start > end:
            pieces.append(Piece(text[end : lexeme.start], is_marked=False))
        pieces.append(Piece(text[lexeme.start : lexeme.end], is_marked=True))
        end = lexeme.end
    if end < len(text):
        pieces.append(Piece(text[end:], is_marked=False))
    return tuple(pieces)


def understood(pieces: Iterable[Understood]) -> tuple[str, ...]:
    """What was read in a question, a line each: "2022/23: financial year ... [year]"; what was switched off says so."""
    return tuple(
        f"{each.words}: {each.meaning} [{each.id}{'' if each.is_used else ', ignored'}]" for each in pieces
    )


def written_by(found: Written) -> str:
    """Who wrote it, from what, and how far it can be trusted."""
    wrote = (
        f"Written by a language model ({plain(found.model)}) from the quoted passages; every claim checked"
    )
    struck = sum(not claim.is_proven for claim in found.claims)
    if not found.text:
        return f"A language model ({plain(found.model)}) was asked; nothing that it wrote is used."
    return f"{wrote}, {struck} struck out." if struck else f"{wrote}."


def claim(found: Claim) -> str:
    """A claim with the places it names; one that is not proven says so before anything else, and why."""
    said = plain(found.text)
    if not found.is_proven:
        return f"Struck out, not proven: “{said}” ({'; '.join(found.faults)})"
    places = "; ".join(citation_line(passage.citation) for passage in found.passages)
    return f"{said} ({places})"


def suggestion(text: str) -> str:
    """The question that may have been meant."""
    return f"Did you mean: {text}"


def day(date: dt.date) -> str:
    """A date as people write it: "19 July 2023"."""
    return f"{date.day} {date:%B %Y}"


def extent(documents: int, first: dt.date | None, last: dt.date | None) -> str:
    """How far the library reaches: "5 papers, 6 September 2017 to 20 September 2023"."""
    papers = f"{documents} paper{'' if documents == 1 else 's'}"
    if first is None or last is None:
        return papers
    return f"{papers}, {day(first)}" if first == last else f"{papers}, {day(first)} to {day(last)}"


def kind(value: str) -> str:
    """A kind of paper or question in words: "action table"."""
    return value.replace("_", " ")


def sources(answer: Answer) -> tuple[Source, ...]:
    """The places an answer stands on, each once, numbered from 1 in the order its quotes come."""
    grouped: dict[str, list[Quote]] = {}
    for quote in answer.quotes:
        grouped.setdefault(quote.passage.id, []).append(quote)
    return tuple(
        Source(number, quotes[0].passage, tuple(quotes)) for number, quotes in enumerate(grouped.values(), 1)
    )


def first_words(answer: Answer) -> str:
    """The short answer that stands before the quotes: "Yes.", "£41,000"; empty if there is none."""
    return " ".join(
        [
            *([f"{answer.verdict.capitalize()}."] if answer.verdict else []),
            *([plain(answer.short)] if answer.short else []),
        ]
    )


def conflicts(answer: Answer) -> tuple[str, ...]:
    """A line for each conflict between papers: both quotes with their citations."""
    return tuple(
        "The papers differ: "
        + "; ".join(
            f"“{plain(quote.text)}” ({citation_line(quote.passage.citation)})" for quote in each.quotes
        )
        for each in answer.conflicts
    )


def said(source: Source) -> str:
    """What an answer takes from one place."""
    return " ".join(plain(quote.text) for quote in source.quotes)


def reading(kind_of_reading: str) -> str:
    """What was read in a question, by its kind, for people: "role" is "said by or about"."""
    return _READINGS.get(kind_of_reading, kind_of_reading.replace("_", " "))


def other_hits(answer: Answer) -> tuple[Hit, ...]:
    """The ranked passages the answer does not already quote."""
    quoted = {quote.passage.id for quote in answer.quotes}
    return tuple(hit for hit in answer.hits if hit.passage.id not in quoted)


def speakers(names: Sequence[str]) -> str:
    """Who said it: "the Commissioner", "the Commissioner and Councillor Jamil"."""
    if len(names) < 2:  # noqa: PLR2004 - one name needs no "and"
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def page(citation: Citation) -> str:
    """The page as found in the file, with what is printed on it where that differs: "p. 7 (printed 5)"."""
    if citation.page is None:
        return ""
    if citation.page_label and citation.page_label != str(citation.page):
        return f"p. {citation.page} (printed {citation.page_label})"
    return f"p. {citation.page}"


def citation_line(citation: Citation) -> str:
    """The citation with its page and, where it is not confirmed, its status."""
    status = unsaid_status(citation).capitalize()
    return ", ".join(
        part for part in (citation.label, _unless_said(page(citation), citation.label)) if part
    ) + (f" [{status}]" if status else "")


def unsaid_status(citation: Citation) -> str:
    """The status, where the paper is not confirmed and its label does not say so; else empty."""
    status = citation.status or ""
    said = status == "confirmed" or status.casefold() in citation.label.casefold()
    return "" if said else status


def keep_together(line: str) -> str:
    """Join what should not be torn apart at a line's end, such as "para 2" and "p. 3", by no-break spaces."""
    return _NUMBERED.sub("\\1\N{NO-BREAK SPACE}", line)


def to_ascii(text: str) -> str:
    """The nearest ASCII for typographic characters; accents are dropped, what has no likeness stays."""
    text = text.translate(_ASCII)
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def join_lines(lines: Iterable[str]) -> str:
    """Lines as one text, without white space at line ends."""
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _unless_said(part: str, label: str) -> str:
    return "" if part and label.endswith(part) else part
