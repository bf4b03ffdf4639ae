"""What a follow-up question takes over: the dialogues of ``dialogues.txt``, and the laws that hold for all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.questions import Question, When, understand
from kb.questions.threads import PieceKind
from tests.unit.questions.library import KNOWLEDGE, TODAY

FIRST = "What did the Fenwold panel say about speed cameras on 19 July 2023?"


def _rows() -> list[tuple[str, dict[str, str]]]:
    rows = []
    for line in Path(__file__).with_name("dialogues.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            dialogue, *cells = (cell.strip() for cell in line.split("|"))
            rows.append((dialogue, dict(cell.split("=", 1) for cell in cells)))
    return rows


def _follow(*turns: str, ignore: tuple[str, ...] = ()) -> Question:
    """The last of several questions; ``ignore`` holds for it alone."""
    question = None
    for text in turns:
        off = ignore if text is turns[-1] else ()
        question = understand(text, today=TODAY, knowledge=KNOWLEDGE, previous=question, ignore=off)
    assert question is not None
    return question


def _period(when: When) -> str:
    return f"{when.first.isoformat()}..{when.last.isoformat()}"


def _observed(question: Question) -> dict[str, str]:
    found = {}
    for piece in question.carried:
        values = [reading.value for reading in piece.readings]
        if piece.kind is PieceKind.DATE:
            found["date"] = ", ".join(
                _period(value) if isinstance(value, When) else "recent" for value in values
            )
        elif piece.kind is PieceKind.BODY:
            found["body"] = ", ".join(body for value in values for body in value)
        else:
            found[piece.kind.value] = piece.meaning
    return found


@pytest.mark.parametrize(("dialogue", "expected"), _rows(), ids=[dialogue for dialogue, _ in _rows()])
def test_dialogues(dialogue: str, expected: dict[str, str]) -> None:
    """Every piece that is expected is carried over, and no other."""
    question = _follow(*(turn.strip() for turn in dialogue.split(" > ")))
    asks = expected.pop("asks", None)
    assert _observed(question) == expected
    assert asks is None or question.intent.value == asks


def test_there_are_many_dialogues() -> None:
    """At least 60, with every kind of piece, longer ones, and new threads."""
    rows = _rows()
    assert len({dialogue for dialogue, _ in rows}) == len(rows) >= 60
    assert {key for _, expected in rows for key in expected} >= {kind.value for kind in PieceKind}
    assert any(not expected for _, expected in rows)
    assert any(dialogue.count(" > ") > 1 for dialogue, _ in rows)


def test_what_is_carried_is_said_and_searched() -> None:
    """Each piece has an id, its words and its meaning; its words and values are those of the question."""
    question = _follow(FIRST, "and what was agreed?")
    said = {each.id: each for each in question.understood if each.kind == "carried"}
    assert set(said) == {"carried-topic", "carried-date", "carried-body"}
    assert said["carried-topic"].words == "speed cameras"
    assert said["carried-date"].meaning == "date carried over from the question before"
    [body] = [piece.meaning for piece in question.carried if piece.kind is PieceKind.BODY]
    assert said["carried-body"].meaning == f"body carried over from the question before: {body}"
    assert all(each.is_used and not each.is_limit for each in said.values())
    assert {"speed", "camera"} <= set(question.terms) & set(question.topic)
    assert [when.first for when in question.whens] == [dt.date(2023, 7, 19)]
    assert question.bodies == ("Fenwold Police and Crime Panel",)
    assert question.intent.value == "decision"


@pytest.mark.parametrize("piece", ["topic", "date", "body"])
def test_each_piece_is_switched_off_alone(piece: str) -> None:
    """It is still shown, no longer used, and the next question does not take it over either."""
    question = _follow(FIRST, "and what was agreed?", ignore=(f"carried-{piece}",))
    used = {each.id: each.is_used for each in question.understood if each.kind == "carried"}
    assert used == {f"carried-{kind}": kind != piece for kind in ("topic", "date", "body")}
    assert ("speed" in question.topic) is (piece != "topic")
    assert bool(question.whens) is (piece != "date")
    assert bool(question.bodies) is (piece != "body")
    following = understand("and who voted against?", today=TODAY, knowledge=KNOWLEDGE, previous=question)
    assert f"carried-{piece}" not in {each.id for each in following.understood}


def test_all_that_is_carried_is_switched_off_by_its_kind() -> None:
    """Then the question is what it would be alone."""
    alone = _follow("and what was agreed?")
    question = _follow(FIRST, "and what was agreed?", ignore=("carried",))
    assert (question.text, question.terms, question.whens, question.bodies) == (
        alone.text,
        alone.terms,
        alone.whens,
        alone.bodies,
    )


def test_a_kind_of_body_means_the_one_spoken_of() -> None:
    """As in "the board", where there are two."""
    first = "What did the Business Coordination Board discuss on 12 June 2024?"
    assert len(_follow("what did the board agree?").bodies) == 2
    assert _follow(first, "what did the board agree?").bodies == ("Fenwold Business Coordination Board",)


def test_a_topic_beside_another_counts_less() -> None:
    """To ask "what about thefts?" is to ask for thefts first."""
    question = _follow("How many robberies were there in 2023?", "what about thefts?")
    weights = question.weighted_terms
    assert 0 < weights["robberi"] < weights["theft"]
    assert "robberi" not in question.terms


def test_exclusions_and_quotation_marks_are_not_handed_on() -> None:
    """They limit what is found, and a limit nobody typed would hide things; the quoted words are topic."""
    question = _follow('What was said about "hare coursing" -drones?', "and what was decided?")
    assert (question.phrases, question.excluded) == ((), ())
    assert "drone" not in question.terms
    assert {"hare", "cours"} <= set(question.terms)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_follows_any_other(first: str, second: str) -> None:
    """Nothing fails; what is carried is said, and what is said is unique."""
    if not first.split() or not second.split():
        return
    question = _follow(first, second)
    ids = [each.id for each in question.understood]
    assert len(ids) == len(set(ids))
    assert {piece.id for piece in question.carried} <= set(ids)


@given(
    st.lists(
        st.sampled_from(["and in 2018?", "what about thefts?", "who seconded it?", "and why?"]), max_size=30
    )
)
def test_a_long_conversation_stays_short(turns: list[str]) -> None:
    """What is handed on does not grow without end."""
    question = _follow(FIRST, *turns)
    assert len(question.text) < 300
