"""Sentences of the best passages, and what speaks for each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import numpy as np

from kb.answers.describing import INTENT_GROUPS, SENTENCE_FEATURES, by_kind, describe
from kb.answers.evidence import Evidence
from kb.answers.sentences import Sentence, cut
from kb.questions import understand
from kb.records import Passage
from kb.retrieval.features import FEATURES
from tests.outlines import Paper


def sentences(*papers: Paper) -> list[Sentence]:
    """The sentences of one-passage papers, best first."""
    passages: list[Passage] = []
    sources: dict[str, str] = {}
    for paper in papers:
        [passage] = paper.passages()
        passages.append(passage)
        sources[passage.citation.document] = paper.source.text
    return cut(passages, sources)


def paper(*lines: str, name: str = "minutes.txt") -> Paper:
    """A paper of one paragraph."""
    return Paper(name=name).item("9", "Annual Report").say(*lines, label="1")


def described(question: str, *papers: Paper) -> list[dict[str, float]]:
    """The features of each sentence by name; the first passage's score is 5, each further one's 1 less."""
    found = sentences(*papers)
    ranked = Evidence(
        scores=tuple(5.0 - place for place in range(len(papers))),
        features=np.zeros((len(papers), len(FEATURES))),
    )
    understood = understand(question, today=dt.date(2024, 1, 1))
    rows = describe(understood, found, ranked, defaultdict(lambda: 1.0))
    assert rows.shape == (len(found), len(SENTENCE_FEATURES))
    assert np.isfinite(rows).all()
    return [dict(zip(SENTENCE_FEATURES, row, strict=True)) for row in rows.tolist()]


def described_each(question: str, *texts: str) -> list[dict[str, float]]:
    """The features of sentences, each in a paper of its own."""
    return described(question, *(paper(text, name=f"{place}.txt") for place, text in enumerate(texts)))


def test_sentences_are_verbatim() -> None:
    """As they are printed, lines joined, with their places."""
    source = paper("The ferry was late  again on that", "day.  Nobody complained about it at all.").source
    found = sentences(paper("The ferry was late  again on that", "day.  Nobody complained about it at all."))
    assert [sentence.text for sentence in found] == [
        "The ferry was late again on that day.",
        "Nobody complained about it at all.",
    ]
    assert [sentence.place for sentence in found] == [0, 1]
    for sentence in found:
        pieces = " ".join(source.text[span.start : span.end] for span in sentence.spans)
        assert " ".join(pieces.split()) == sentence.text


def test_a_run_in_heading_is_joined_to_what_it_heads() -> None:
    """It says nothing alone."""
    [first, second] = sentences(
        paper("Road Safety. The cameras were switched on in May. Nobody complained about it at all.")
    )
    assert first.text == "Road Safety. The cameras were switched on in May."
    assert second.text == "Nobody complained about it at all."


def test_a_short_end_is_kept() -> None:
    """There is nothing for it to head; several short ones are one."""
    found = sentences(paper("The cameras were switched on in May. Noted. Agreed."))
    assert [sentence.text for sentence in found] == ["The cameras were switched on in May.", "Noted. Agreed."]


def test_ranks_are_those_of_the_passages() -> None:
    """From 0; each passage's sentences are counted anew."""
    found = sentences(
        paper("The ferry was late again that day."), paper("The road was closed all that day.", name="b.txt")
    )
    assert [(sentence.rank, sentence.place) for sentence in found] == [(0, 0), (1, 0)]
    assert [sentence.passage.citation.document for sentence in found] == ["minutes.txt", "b.txt"]
    assert found[0].n_words == 7


def test_what_speaks_for_a_sentence() -> None:
    """Words of the question, its place, its passage's rank and score."""
    first, second, other = described(
        "when was the ferry late",
        paper("The ferry was late again in May. Nobody complained about it at all."),
        paper("The road was closed all that day.", name="b.txt"),
    )
    assert (first["coverage"], second["coverage"]) == (1.0, 0.0)
    assert (first["relative_coverage"], first["pairs"]) == (1.0, 1.0)
    assert (first["opens_passage"], first["ends_passage"]) == (1.0, 0.0)
    assert (second["opens_passage"], second["ends_passage"]) == (0.0, 1.0)
    assert (second["after_match"], other["after_match"]) == (1.0, 0.0)
    assert (first["first_passage"], other["first_passage"]) == (1.0, 0.0)
    assert (first["passage_gap"], other["passage_gap"]) == (0.0, 0.2)
    assert (first["rank"], other["rank"]) == (0.0, 0.2)
    assert (first["value_wanted"], second["value_wanted"]) == (1.0, 0.0)


def test_what_a_sentence_does() -> None:
    """It asks, replies, decides or leads in."""
    question = "what did the commissioner say and what was agreed"
    asks, replies, decides, leads_in, doubts = described_each(
        question,
        "Councillor Hale asked what the Commissioner thought.",
        "The Commissioner explained that it was so.",
        "The Panel unanimously approved all of it.",
        "It then turned to the following:",
        "Was it so, all things considered?",
    )
    assert (asks["asks"], asks["replies"], asks["speaker"]) == (1.0, 0.0, 0.0)
    assert (replies["asks"], replies["replies"], replies["speaker"]) == (0.0, 1.0, 1.0)
    assert (decides["decides"], replies["decides"]) == (1.0, 0.0)
    assert (leads_in["is_lead_in"], replies["is_lead_in"]) == (1.0, 0.0)
    assert (doubts["is_question"], replies["is_question"]) == (1.0, 0.0)


def test_values_are_wanted_or_not() -> None:
    """A figure speaks for a sentence if the question wants one."""
    text = "The cameras were paid for with £5 million."
    [wanted] = described_each("how much did the cameras cost", text)
    [unasked] = described_each("what about the cameras", text)
    assert (wanted["value_wanted"], wanted["number_unasked"]) == (1.0, 0.0)
    assert (unasked["value_wanted"], unasked["number_unasked"]) == (0.0, 1.0)


def test_a_reason_and_a_reply_speak_for_a_sentence() -> None:
    """Where a reason is wanted, and behind what was asked."""
    asked, replied = described(
        "why was the ferry late",
        paper("Councillor Hale asked why the ferry was late. It was late because of the fog, he was told."),
    )
    assert (asked["reason_wanted"], replied["reason_wanted"]) == (0.0, 1.0)
    assert (asked["after_question"], replied["after_question"]) == (0.0, 1.0)
    assert (asked["is_followed"], replied["is_followed"]) == (1.0, 0.0)


def test_figures_that_the_question_brought_are_no_news() -> None:
    """The year in the question is not the number that it asks for."""
    [old] = described_each("ferries in 2023", "The ferry was late in 2023 on many days.")
    [new] = described_each("ferries in 2023", "The ferry was late on 17 days in all.")
    assert (old["new_figure"], new["new_figure"]) == (0.0, 1.0)


def test_kinds_of_question_weigh_in_their_own_way() -> None:
    """The features stand once for all and once for each kind that the question is of."""
    asked = understand("how many ferries were late", today=dt.date(2024, 1, 1))
    block = np.ones((2, len(SENTENCE_FEATURES)))
    told = by_kind(asked, block).reshape(2, 1 + len(INTENT_GROUPS), len(SENTENCE_FEATURES))
    assert told[:, 0].all()
    of_kind = dict(zip(INTENT_GROUPS, told[0, 1:, 0].tolist(), strict=True))
    assert of_kind["number"] == 1.0
    assert of_kind["statement"] == of_kind["name"] == 0.0


def test_points_of_a_list_are_sentences() -> None:
    """A bullet begins one, and a number stands with its words; a figure at the end of a sentence stays there."""
    aims = "The aims are these three points: 1. Reduce every murder and homicide 2. Reduce all other violence"
    assert [sentence.text for sentence in sentences(paper(aims))] == [
        "The aims are these three points:",
        "1. Reduce every murder and homicide",
        "2. Reduce all other violence",
    ]
    bullets = sentences(
        paper("• Cyber checks had been made in ten parishes • Call handlers were all in post")
    )
    assert [sentence.text[:2] for sentence in bullets] == ["• ", "• "]
    figure = sentences(paper("The number of them rose to 12. Nobody complained of it at all."))
    assert [sentence.text for sentence in figure] == [
        "The number of them rose to 12.",
        "Nobody complained of it at all.",
    ]
