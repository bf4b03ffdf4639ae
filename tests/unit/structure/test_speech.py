"""Who says each sentence."""

from __future__ import annotations

import pytest

from kb.structure import attribute, attribute_sentences, read_people
from kb.structure.people import People
from kb.structure.speech import Attribution
from kb.structure.statements import Spoken, read_statements
from tests.unit.structure.minutes_samples import minutes_part

OPENING = (
    "Members Present: Nora Vale (Chair), Councillors Alan Sharp, C Dunn\n"
    "Officers Present: Tess Hale, Clerk\n"
    "Others Present: Una Frost, Police and Crime Commissioner; Ida Penn, Chief Executive, OPCC;\n"
    "Ben Lark, Chief Constable;\n"
    "Superintendent Ann Cole; Guy Hart (GH), Director of Commissioning, OPCC"
)


def _people() -> People:
    text, part = minutes_part(OPENING)
    return read_people(text, part)


def _said(*sentences: str, previous: Attribution | None = None, replying: bool = False) -> list[str | None]:
    """The speakers; a question mark after those in doubt."""
    given = attribute_sentences(sentences, _people(), previous, replying=replying)
    return [f"{one.speaker} ?" if one.speaker and one.doubtful else one.speaker for one in given]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The Commissioner explained that it was late.", "Una Frost"),
        ("Cllr Sharp asked why.", "Alan Sharp"),
        ("a) Councillor A Sharp also queried the cost.", "Alan Sharp"),
        ("Councillor Dunn was concerned about the cost.", "Councillor C Dunn"),
        ("Councillor Swift thanked the officers.", "Councillor Swift"),
        ("Guy Hart, OPCC, added that it was open.", "Guy Hart"),
        ("Ida Penn, Chief Executive of the OPCC explained the rule.", "Ida Penn"),
        ("The Chief Executive (OPCC) stated this would be looked into.", "Ida Penn"),
        ("Superintendent Cole said that it was.", "Ann Cole"),
        ("The Superintendent said that it was.", "Ann Cole"),
        ("GH reported a forecast.", "Guy Hart"),
        ("The Monitoring Officer advised Members.", "Monitoring Officer"),
        ("The Panel suggested another wording.", "the Panel"),
        ("The Panel's view was that it should stay.", "the Panel"),
        ("Members asked about costs.", "Members"),
        ("The Commissioner’s Office confirmed that it was published.", "the Commissioner's Office"),
        ("In response to a statement by Councillor Dunn, the Commissioner said that it would.", "Una Frost"),
        ("It was nine, the Chief Constable replied.", "Ben Lark"),
        ("Road Safety – The Commissioner stated that it fell.", "Una Frost"),
        ("A statement was read out by Mrs Joan Field on behalf of Road Watch.", "Joan Field"),
        ("A question from Mr Lee Cobb of Ousby asked how many.", "Lee Cobb"),
        ("The Commissioner was asked about mergers and she explained that there was no case.", "Una Frost"),
        ("The Commissioner was asked why.", "a Panel member ?"),
        ("Councillor Dunn asked what it was, Ida Penn explained there was a rule.", "Ida Penn ?"),
        ("The Panel received a report.", None),
        ("The Panel AGREED to NOTE the report.", None),
        ("Apologies were received from Councillor Eames.", None),
        ("Councillor Dunn was nominated by Councillor Sharp.", None),
        ("The report explained the costs.", None),
        ("An officer was not needed after all, which was thought to have saved an hour.", None),
        ("(At this point the Commissioner left the meeting.)", None),
        ("It was explained that costs rose.", None),
        ("", None),
    ],
)
def test_one_sentence(sentence: str, speaker: str | None) -> None:
    """A sentence is its subject's if the verb is one of speaking; procedure is nobody's."""
    assert _said(sentence) == [speaker]


def test_question_and_reply_in_one_paragraph() -> None:
    """The reply, and what goes on from it, is not the asker's."""
    assert _said(
        "Councillor Sharp asked why.",
        "What was lost?",
        "The Commissioner stated nothing was.",
        "Costs had fallen.",
        replying=True,
    ) == ["Alan Sharp", "Alan Sharp", "Una Frost", "Una Frost"]


def test_question_without_an_asker() -> None:
    """Everything before the reply is a member's, in doubt."""
    assert _said(
        "The plan had no date.", "Did this mean it was late?", "The Commissioner explained.", replying=True
    ) == [
        "a Panel member ?",
        "a Panel member ?",
        "Una Frost",
    ]


def test_pronouns() -> None:
    """A pronoun is whoever has the floor; somebody only mentioned is in doubt; two mentioned are nobody."""
    assert _said("The Commissioner spoke.", "She added that it fell.") == ["Una Frost", "Una Frost"]
    assert _said("RESOLVED that Councillor Dunn be Chair.", "He thanked the Clerk.") == [
        None,
        "Councillor C Dunn ?",
    ]
    assert _said("RESOLVED that Councillor Dunn and Councillor Sharp go.", "He thanked all.") == [None, None]


def test_doubt() -> None:
    """What was told in the passive goes on from the floor, in doubt; so does what is about somebody else."""
    floor = Attribution("Una Frost", "Commissioner")
    assert _said("The Board were informed that it rose.", previous=floor) == ["Una Frost ?"]
    assert _said("It was explained that it rose.", previous=floor) == ["Una Frost ?"]
    assert _said("The Chief Constable had moved officers.", previous=floor) == ["Una Frost ?"]
    assert _said("It had moved officers.", previous=floor) == ["Una Frost"]


def test_role_as_mentioned() -> None:
    """The role is that of the mention, else the first of the list."""
    given = attribute_sentences(
        ["The Chair spoke.", "Councillor Sharp asked.", "Nora Vale asked."], _people()
    )
    assert [one.role for one in given] == ["Chair", "Councillor", "Chair"]


def test_attribute_passage() -> None:
    """A passage's speakers stand in order of first appearance, each once."""
    text = "Cllr Sharp asked why. The Commissioner said so. Councillor Alan Sharp thanked her."
    assert attribute(text, _people()) == ("Alan Sharp", "Una Frost")
    assert attribute("The Commissioner said so.", People()) == ("Commissioner",)


def _item(content: str) -> list[tuple[str, str | None]]:
    text, part = minutes_part(OPENING, ("Report", content))
    return [
        (one.text, f"{one.attribution.speaker} ?" if one.attribution.doubtful else one.attribution.speaker)
        for one in read_statements(text, part, read_people(text, part))
    ]


def test_list_under_a_speaker() -> None:
    """What a speaker introduces is the speaker's, to the end of the list."""
    assert _item(
        "The Commissioner made the following points:\n\n• Crime had fallen.\n\n"
        "• Costs – Guy Hart said that they rose.\n\n"
        "• Vans were late.\n\nThe Panel NOTED the report."
    ) == [
        ("The Commissioner made the following points:", "Una Frost"),
        ("• Crime had fallen.", "Una Frost"),
        ("• Costs – Guy Hart said that they rose.", "Guy Hart"),
        ("• Vans were late.", "Una Frost"),
        ("The Panel NOTED the report.", None),
    ]


def test_exchange_and_action() -> None:
    """Below a heading of questions each paragraph is an exchange; below ACTION nobody speaks."""
    assert [
        speaker
        for _, speaker in _item(
            "The Panel asked questions and received responses from the Commissioner:\n\n"
            "a) Could it be done? It could be\n"
            "done in May, the Commissioner replied.\n\nb) Crime had fallen.\n\nACTION\n\n"
            "The Chief Executive to write to Members."
        )
    ] == [None, "a Panel member ?", "Una Frost", "Una Frost ?", None, None]


def test_quotation() -> None:
    """A wording that is proposed is the proposer's."""
    assert [speaker for _, speaker in _item(
        "Councillor Dunn proposed the following recommendation:\n\nThis haste is a concern.\n\nWe consider it wrong."
    )] == ["Councillor C Dunn"] * 3  # fmt: skip


def test_speakers_of_spans() -> None:
    """Of doubtful sentences only those named in them count."""
    text, part = minutes_part(OPENING, ("Report", "Guy Hart presented it.\n\nThe Board were told more."))
    statements = read_statements(text, part, read_people(text, part))
    assert Spoken(statements).speakers(statements[0].spans) == ("Guy Hart",)
    assert statements[1].attribution.doubtful
    assert Spoken(statements).speakers(statements[1].spans) == ()
