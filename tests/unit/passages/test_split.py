"""What stands together in one passage, and where a long one is cut."""

from __future__ import annotations

import pytest

from kb.passages import PassageSettings
from kb.records import PartKind
from tests.outlines import Paper, words

SETTINGS = PassageSettings(max_words=40, small_words=10, group_words=25, lead_words=5)


def test_a_labelled_paragraph_is_one_passage() -> None:
    """However short it is and whatever stands beside it."""
    paper = Paper().item("9", "Annual Report").say("Noted.", label="1").say("The Panel", "agreed.", label="2")
    assert paper.texts() == ["Noted.", "The Panel agreed."]
    assert [passage.citation.paragraph for passage in paper.passages()] == ["1", "2"]


def test_labels_are_not_quoted() -> None:
    """They stand in the citation."""
    [passage] = Paper().item("1", "Apologies").say("None.", label="1").passages()
    assert passage.text == "None."


def test_what_continues_a_paragraph_stays_with_it() -> None:
    """A second text block, or a list within it; the label is the first one's."""
    paper = Paper().item("9", "Annual Report").say("The Panel asked two things:", label="5")
    paper.say("how much it cost;", continues=True).say("and when.", continues=True).say("Agreed.", label="6")
    assert paper.texts() == ["The Panel asked two things: how much it cost; and when.", "Agreed."]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """Into passages of at most ``max_words``, all under its label."""
    text = " ".join(words(15, of=word) for word in ("ferry", "road", "camera", "budget", "panel"))
    passages = Paper().item("9", "Annual Report").say(text, label="5").passages(SETTINGS)
    assert [len(passage.text.split()) for passage in passages] == [30, 30, 15]
    assert [passage.text.split()[0] for passage in passages] == ["Ferry", "Camera", "Panel"]
    assert {passage.citation.paragraph for passage in passages} == {"5"}


def test_a_paragraph_of_max_words_is_whole() -> None:
    """The limit is inclusive."""
    assert len(Paper().item("9", "A").say(f"{words(20)} {words(20)}").texts(SETTINGS)) == 1
    assert len(Paper().item("9", "A").say(f"{words(20)} {words(21)}").texts(SETTINGS)) == 2


def test_a_long_list_is_cut_between_its_paragraphs() -> None:
    """Not within one of them."""
    paper = Paper().item("9", "Annual Report").say(words(30), label="5")
    paper.say(words(8, of="first"), words(8, of="second"), continues=True)
    assert paper.texts(SETTINGS) == [words(30), f"{words(8, of='first')} {words(8, of='second')}"]


def test_what_has_no_sentences_is_cut_by_lines() -> None:
    """Such as a list without full stops."""
    line = "one two three four five six seven eight nine ten"
    assert [len(text.split()) for text in Paper().item("9", "A").say(*[line] * 9).texts(SETTINGS)] == [
        40,
        40,
        10,
    ]


def test_small_paragraphs_are_grouped() -> None:
    """Unlabelled ones of one item, up to ``group_words``."""
    paper = Paper().item("1", "Apologies")
    for _ in range(4):
        paper.say(words(8))
    assert [len(text.split()) for text in paper.texts(SETTINGS)] == [24, 8]


def test_large_paragraphs_are_not_grouped() -> None:
    """Each stands for itself."""
    assert len(Paper().item("1", "A").say(words(12)).say(words(12)).texts(SETTINGS)) == 2


def test_a_passage_never_crosses_items() -> None:
    """Even if both sides are tiny."""
    paper = Paper().say("Present").item("1", "Apologies").say("None.").item("2", "Minutes").say("Agreed.")
    assert paper.texts() == ["Present", "None.", "Agreed."]
    assert [passage.citation.item for passage in paper.passages()] == [None, "1", "2"]


@pytest.mark.parametrize("end", [":", ": ", ":**"])
def test_a_lead_in_stands_with_what_it_opens(end: str) -> None:
    """The list below it makes no sense alone; what precedes is another matter."""
    lead = f"The conference, which was held in the spring, covered matters such as{end}"
    paper = (
        Paper()
        .item("4", "Updates")
        .say(words(15))
        .say(lead)
        .say(words(9, of="ferry"))
        .say(words(9, of="road"))
    )
    [before, opened] = paper.texts()
    assert before == words(15)
    assert opened == f"{lead.strip()} {words(9, of='ferry')} {words(9, of='road')}"


def test_rows_stand_alone() -> None:
    """With their column heads in the header, which is searched but not quoted."""
    heads = "Measure | Target | Actual"
    paper = Paper(kind=PartKind.DASHBOARD, title="Performance").item(None, "Calls").say("Calls answered")
    paper.say("999 calls\t90%\t88%", is_row=True, context=heads).say(
        "101 calls\t80%\t52%", is_row=True, context=heads
    )
    below, first, second = paper.passages()
    assert (first.text, second.text) == ("999 calls 90% 88%", "101 calls 80% 52%")
    assert first.header.endswith(heads)
    assert heads not in below.header
    assert heads not in first.text


def test_a_heading_stands_with_what_follows() -> None:
    """And its words are not said twice, in the text and in the header."""
    paper = Paper().item("9", "Annual Report").say(words(30, of="before"))
    paper.say("Road Safety", is_heading=True).say(words(30, of="camera"), context="Road Safety")
    before, headed = paper.passages()
    assert before.text == words(30, of="before")
    assert headed.text == f"Road Safety {words(30, of='camera')}"
    assert "Road Safety" not in headed.header
    paper.say(words(30, of="ferry"), context="Road Safety")
    assert paper.passages()[-1].header.endswith("Road Safety")


def test_a_heading_is_not_cut_off() -> None:
    """From a paragraph that has to be cut."""
    paper = Paper().item("9", "Annual Report").say("Road Safety", is_heading=True)
    texts = paper.say(f"{words(39)} {words(39)}").texts(SETTINGS)
    assert texts == [f"Road Safety {words(39)}", words(39)]


def test_headings_with_nothing_below_are_kept() -> None:
    """No visible text is lost."""
    paper = Paper().item("9", "Annual Report").say("Road Safety", is_heading=True)
    assert paper.say("Cameras", is_heading=True).texts() == ["Road Safety Cameras"]
    assert Paper().item("9", "Annual Report").say("Noted.").say("End", is_heading=True).texts() == [
        "Noted. End"
    ]


def test_front_matter_stands_together() -> None:
    """Title, date and place of a paper, although some of it looks like headings."""
    paper = (
        Paper()
        .say("FENWOLD POLICE AND CRIME PANEL")
        .say("MINUTES", is_heading=True)
        .say("19 July 2023", is_heading=True)
    )
    paper.say("County Hall, Fenwold")
    assert paper.texts() == ["FENWOLD POLICE AND CRIME PANEL MINUTES 19 July 2023 County Hall, Fenwold"]


def test_the_header_says_where_it_stands() -> None:
    """Body, date, kind and item of minutes; a report's title too."""
    [minutes] = Paper().item("9", "Annual Report").say("Noted.").passages()
    assert minutes.header == "Fenwold Police and Crime Panel. 19 July 2023. minutes. Annual Report"
    [report] = Paper(kind=PartKind.REPORT, title="Precept").item("2", "Background").say("Given.").passages()
    assert report.header == "Fenwold Police and Crime Panel. 19 July 2023. report. Precept. Background"
    [bare] = Paper(kind=PartKind.OTHER, body=None, meeting_date=None).say("Given.").passages()
    assert bare.header == "paper"


def test_attendance_can_be_found_by_the_word() -> None:
    """Lists of names seldom say what they are."""
    [names] = Paper().say("Present: Councillors Hale and Frayne").passages()
    assert "attendance" in names.header


def test_speakers_are_those_of_minutes() -> None:
    """Reports speak for themselves."""
    said = "The Commissioner reported that the number was 7."
    [minutes] = Paper().item("9", "Annual Report").say(said).passages()
    [report] = Paper(kind=PartKind.REPORT).item("9", "Annual Report").say(said).passages()
    assert any("Commissioner" in speaker for speaker in minutes.speakers)
    assert report.speakers == ()


def test_what_prints_nothing_is_no_passage() -> None:
    """A label without text, an item without paragraphs."""
    assert Paper().item("1", "Apologies").item("2", "Minutes").say(label="1").texts() == []


def test_short_rows_of_words_stand_together() -> None:
    """Names and offices are too little to be found by alone; rows of figures are rows of their own."""
    paper = Paper().item("6", "Governance").say("Ada Fenn\tClerk", is_row=True)
    paper.say("Ben Mere\tAccounts", is_row=True).say("Silt\t12%\t14%", is_row=True).say(
        "Gates\t3\t4", is_row=True
    )
    assert paper.texts() == ["Ada Fenn Clerk Ben Mere Accounts", "Silt 12% 14%", "Gates 3 4"]


def test_labelled_rows_stand_alone() -> None:
    """Each is cited by its own reference."""
    paper = Paper().item("6", "Plan").say("Mend the gates", is_row=True, label="V5")
    paper.say("Paint the boats", is_row=True, label="V6")
    assert paper.texts() == ["Mend the gates", "Paint the boats"]


def test_a_question_is_not_cut_from_its_reply() -> None:
    """The cut is made before the question."""
    question = "The Panel asked what the gates were for."
    text = f"{words(25)} {question} {words(12, of='answer')}"
    first, second = Paper().item("26", "Decisions").say(text).texts(SETTINGS)
    assert first == words(25)
    assert second == f"{question} {words(12, of='answer')}"


def test_later_pieces_of_a_list_tell_what_opens_it() -> None:
    """The words that open a long list are context of what is cut from it, and no quote."""
    paper = Paper().item("9", "Annual Report").say("The calls of the year were:", label="5")
    paper.say(words(30, of="first"), continues=True).say(words(30, of="second"), continues=True)
    first, second = paper.passages(SETTINGS)
    assert "The calls of the year were:" not in first.header
    assert "The calls of the year were:" in second.header
    assert "calls" not in second.text


def test_the_end_of_a_meeting_is_found_by_any_word_for_it() -> None:
    """Minutes say "ended", people ask when it finished."""
    paper = Paper().item("27", "Meeting Dates").say("The plan was noted by all of the members.", label="1")
    passages = paper.say("The meeting began at 2pm and ended at 4pm").passages()
    assert ["finished" in passage.header for passage in passages] == [False, True]
