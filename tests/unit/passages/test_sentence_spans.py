"""Sentences and their places."""

from __future__ import annotations

import pytest

from kb.passages import quote, sentence_spans
from kb.records import Span


def sentences(*lines: str) -> list[str]:
    """The sentences of a text printed in these lines."""
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    spans = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    return [quote(text, each) for each in sentence_spans(text, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He agreed. She did not.", ["He agreed.", "She did not."]),
        ("Was it so? It was! “Yes.” £3m more.", ["Was it so?", "It was!", "“Yes.”", "£3m more."]),
        ("It fell (by 3%.) Then it rose.", ["It fell (by 3%.)", "Then it rose."]),
        (
            "Crime fell by 3.5 per cent. See 4.2 for more.",
            ["Crime fell by 3.5 per cent.", "See 4.2 for more."],
        ),
        ("Cllr. Hale, Mr. Osei and Dr. A. Frayne met at St. Aldhelm's.", None),
        ("Some of them, e.g. Fenwold, etc. But i.e. All.", None),
        ("See No. 7 of the list", None),
        ("it ended. and went on", None),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str] | None) -> None:
    """After a full stop before a capital, a figure or a sum; not after abbreviations and initials."""
    assert sentences(text) == ([text] if expected is None else expected)


def test_a_sentence_may_go_over_lines() -> None:
    """It then has several spans; what stands between lines belongs to none."""
    assert sentences("He agreed. She", "did not. Nobody", "else came.") == [
        "He agreed.",
        "She did not.",
        "Nobody else came.",
    ]


def test_a_sentence_may_end_with_its_line() -> None:
    """The next one begins with the next."""
    assert sentences("He agreed.", "She did not.") == ["He agreed.", "She did not."]


def test_spans_hold_no_white_space_at_their_ends() -> None:
    """So that they can be marked as they are."""
    text = "  He agreed.   She did not. "
    assert sentence_spans(text, [Span(0, len(text))]) == [(Span(2, 12),), (Span(15, 27),)]
