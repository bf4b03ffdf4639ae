"""Decisions: what minutes decide, in which words, with which votes, and what only looks like a decision."""

from __future__ import annotations

import pytest

from kb.register.decision_words import body_of, decides
from kb.register.records import RowKind
from tests.unit.register.reading import minutes, rows, text_of

PANEL = body_of("Ousedale Police and Crime Panel", "Minutes of the Panel")


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("The Panel AGREED to NOTE the report.", "noted"),
        ("Following discussions the Panel AGREED to note the report.", "noted"),
        ("Having reviewed the Report of the Commissioner the Panel AGREED to NOTE it.", "noted"),
        ("The Panel unanimously AGREED to NOT exercise its veto.", "not to veto"),
        ("The Panel RESOLVED to veto the proposed precept.", "to veto"),
        ("The Panel considered the accounts and approved them.", "approved"),
        ("It was agreed that the fee be raised.", "agreed"),
        ("It was proposed by Cllr Dunn, seconded by Cllr Finch and RESOLVED to buy a bench.", "resolved"),
        ("The minutes of the meeting held on 1 March were agreed as a correct record.", "agreed"),
        ("The agenda plan was noted.", "noted"),
        ("Agreed as a correct record.", "agreed"),
        ("RESOLVED that the bench be bought.", "resolved"),
        ("Resolution: That the bench be bought.", "resolved"),
        ("The motion was put to the vote and lost.", "lost"),
        ("Members voted unanimously to support the bid.", "supported"),
        ("The Chair thanked all and the Panel noted the report.", "noted"),
        ("The Panel endorsed the strategy.", "endorsed"),
        (
            "It was proposed by Cllr. Dunn, seconded by Cllr. E. Finch and RESOLVED that it be signed.",
            "resolved",
        ),
        ("The bank balances at 30 April were noted.", "noted"),
        ("Amendment lost", "lost"),
    ],
)
def test_these_decide(sentence: str, verb: str) -> None:
    """Each stock phrase is a decision, by its usual verb."""
    found = decides(sentence, PANEL, formal=False, chooses=False)
    assert found is not None
    assert found.verb == verb


@pytest.mark.parametrize(
    "sentence",
    [
        "The Panel agreed with Councillor Dunn.",
        "The Panel agreed that this was a concern.",
        "The Panel agreed this would be welcomed.",
        "The Panel noted sickness had fallen.",
        "The Panel noted the figures were better.",
        "The Fire Authority agreed to sell the site.",
        "The Panel had agreed the plan in March.",
        "The Panel was recommended to approve the plan.",
        "The budget was approved by the Commissioner.",
        "The plan will be updated once the drafts were agreed.",
        "It was authorised by an inspector.",
        "The Commissioner agreed to provide a note.",
        "Members supported the idea.",
        "Councillor Dunn was appointed to the post of clerk in Ouseby.",
        "The Panel received a report.",
        "The Panel made no recommendation.",
        "Agreed actions",
    ],
)
def test_these_do_not_decide(sentence: str) -> None:
    """Opinions, reports of others and undertakings are no decisions of the body."""
    assert decides(sentence, PANEL, formal=False, chooses=False) is None


def test_points_of_a_list_are_decisions_of_their_own() -> None:
    """Each point stands alone and keeps the sentence that introduces it."""
    source = minutes(
        "1. Rules\n\nIt was proposed by Councillor Dunn, seconded by Councillor Finch, and RESOLVED that:\n\n"
        "(a) the quorum be four; and\n\n(b) the Clerk write to the Commissioner by 9 June 2023.\n\n"
        "2. Close\n\nThe meeting closed.\n"
    )
    found = rows(source, RowKind.DECISION)
    assert [text_of(source, row) for row in found] == [
        "the quorum be four; and",
        "the Clerk write to the Commissioner by 9 June 2023.",
    ]
    assert {row.verb for row in found} == {"resolved"}
    assert {(row.proposer, row.seconder) for row in found} == {("Councillor C Dunn", "Councillor E Finch")}
    assert all(row.lead for row in found)


def test_a_list_inside_a_point_and_the_count_of_votes_are_no_points() -> None:
    """Sub-points belong to their point, and "Votes:" tells of the list."""
    source = minutes(
        "1. Rules\n\nRESOLVED that the Panel:\n\n(a) ask for two changes:\n\n(i) to the quorum; and\n\n"
        "(ii) to the fee;\n\n(b) thank the Clerk.\n\nVotes: 3 for, 1 against.\n"
    )
    found = rows(source, RowKind.DECISION)
    assert [text_of(source, row) for row in found] == [
        "ask for two changes: to the quorum; and to the fee;",
        "thank the Clerk.",
    ]


def test_the_votes_of_an_amendment_are_its_own() -> None:
    """What is resolved after it has none of them."""
    source = minutes(
        "1. Rules\n\nA recorded vote on the amendment was taken.\n\nFor (1): Councillor Dunn.\n\n"
        "Against (2): Councillors Sharp and Finch.\n\nAmendment lost\n\nRESOLVED that the rules be adopted.\n"
    )
    lost, resolved = rows(source, RowKind.DECISION)
    assert (lost.verb, lost.votes_for, lost.votes_against) == ("lost", 1, 2)
    assert (resolved.verb, resolved.votes_for) == ("resolved", None)


def test_points_inside_a_sentence() -> None:
    """The points may stand in one sentence."""
    source = minutes("1. Shops\n\nThe Panel RESOLVED that: (a) the talk be noted; and (b) a visit be made.\n")
    assert [text_of(source, row) for row in rows(source, RowKind.DECISION)] == [
        "the talk be noted; and",
        "a visit be made.",
    ]


def test_amendments_are_no_decisions() -> None:
    """What follows "subject to:" belongs to the decision before it."""
    source = minutes(
        "1. Minutes\n\nThe minutes were agreed subject to these changes:\n\n- Item 4: read five.\n\n"
        "- Item 5: read six.\n"
    )
    assert len(rows(source, RowKind.DECISION)) == 1


def test_a_recorded_vote() -> None:
    """Numbers are those printed, and names come with them."""
    source = minutes(
        "1. Precept\n\nIt was proposed by Councillor Dunn, seconded by Councillor Finch, that it be supported.\n\n"
        "A recorded vote was taken:\n\nFor (2): Councillors Dunn and Finch.\n\nAgainst (1): Councillor Sharp.\n\n"
        "Abstained (1): G Hale.\n\nThe Panel therefore RESOLVED that the precept be supported.\n"
    )
    [row] = rows(source, RowKind.DECISION)
    assert (row.votes_for, row.votes_against, row.abstentions) == (2, 1, 1)
    assert row.names_for == ("Councillor C Dunn", "Councillor E Finch")
    assert row.names_against == ("Councillor A Sharp",)
    assert row.names_abstained == ("G Hale",)
    assert not row.unanimous


@pytest.mark.parametrize(
    ("words", "votes"),
    [
        ("by seven votes to two with one abstention", (7, 2, 1)),
        ("by 7 votes to 2", (7, 2, None)),
        ("(4 in favour, 1 against)", (4, 1, None)),
        ("unanimously", (None, None, None)),
    ],
)
def test_votes_in_the_sentence(words: str, votes: tuple[int | None, ...]) -> None:
    """Votes are read in figures and words; who is unanimous is not counted."""
    source = minutes(f"1. Bench\n\nThe Panel RESOLVED {words} that the bench be bought.\n")
    [row] = rows(source, RowKind.DECISION)
    assert (row.votes_for, row.votes_against, row.abstentions) == votes
    assert row.unanimous is (words == "unanimously")


def test_an_election_has_the_winner_s_proposer() -> None:
    """Of several nominations that of the one elected counts."""
    source = minutes(
        "1. Election of Chair\n\nCouncillor Dunn was nominated by Councillor Finch and seconded by Councillor Sharp; "
        "Councillor Hale was nominated by Councillor Dunn.\n\nRESOLVED that Councillor Dunn be Chair for 2023/24.\n"
    )
    [row] = rows(source, RowKind.DECISION)
    assert (row.proposer, row.seconder) == ("Councillor E Finch", "Councillor A Sharp")


def test_a_bare_agreed_takes_the_proposal_before_it() -> None:
    """The word alone says nothing; what was agreed stands before it."""
    source = minutes("1. Reserve\n\nThe Clerk proposed that it go to the reserve. Agreed.\n")
    [row] = rows(source, RowKind.DECISION)
    assert text_of(source, row) == "The Clerk proposed that it go to the reserve. Agreed."


def test_noting_that_counts_only_where_nothing_else_is_decided() -> None:
    """To note that something is so ends an item, or is talk."""
    alone = minutes("1. Grant\n\nThe Panel noted that £500 had been received.\n")
    beside = minutes(
        "1. Grant\n\nThe Panel noted that £500 had come.\n\nThe Panel AGREED to NOTE the report.\n"
    )
    assert len(rows(alone, RowKind.DECISION)) == 1
    assert [text_of(beside, row) for row in rows(beside, RowKind.DECISION)] == [
        "The Panel AGREED to NOTE the report."
    ]


def test_points_behind_a_named_body_and_a_dash() -> None:
    """A colon with a dash opens a list as a colon does: "RESOLVED that the Sub-Committee:-"."""
    source = minutes(
        "1. Repairs\n\nRESOLVED that the Sub-Committee:-\n\n1) Note the report.\n\n2) Ask for more.\n"
    )
    assert [text_of(source, row) for row in rows(source, RowKind.DECISION)] == [
        "Note the report.",
        "Ask for more.",
    ]


def test_a_tab_behind_the_word_that_decides() -> None:
    """Text from a word processor sets what was resolved apart by a tab; it is no row of a table."""
    source = minutes("1. Plan\n\nResolved:\tThat the plan be adopted.\n\n2. Close\n\nThe meeting ended.\n")
    assert [text_of(source, row) for row in rows(source, RowKind.DECISION)] == [
        "Resolved: That the plan be adopted."
    ]


def test_a_resolution_in_quotation_marks_behind_its_mover_and_seconder() -> None:
    """Some councils end with "And Resolved:" and the words."""
    source = minutes(
        "1. Minutes\n\nProposed by: Councillor Dunn\n\nSeconded by: Councillor Finch\n\nAnd Resolved:\n\n"
        "“That the draft minutes be adopted and signed.”\n"
    )
    [row] = rows(source, RowKind.DECISION)
    assert text_of(source, row) == "“That the draft minutes be adopted and signed.”"
