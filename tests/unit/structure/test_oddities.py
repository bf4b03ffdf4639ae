"""The smallest samples of layouts that once were read wrongly, each named for its oddity."""

from __future__ import annotations

import datetime as dt

from kb.records import Outline, PartKind
from kb.structure.outline import parse
from tests.structure_sources import check_cover, text_source

HEAD = (
    "NORTHSHIRE SCRUTINY PANEL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\n"
    "Present: Councillors Able and Baker\n\n"
)


def outline(text: str) -> Outline:
    """Parse and check that nothing is lost."""
    source = text_source(text)
    result = parse(source)
    check_cover(source, result)
    return result


def items(text: str, part: int = 0) -> list[tuple[str | None, str]]:
    """Numbers and titles of a part's items, the opening left out."""
    found = outline(text).parts[part].items
    return [(item.number, item.title) for item in found if item.number or item.title]


def labels(text: str, number: str) -> list[str]:
    """The labels of one item."""
    found = next(item for item in outline(text).parts[0].items if item.number == number)
    return [paragraph.label for paragraph in found.paragraphs if paragraph.label]


def test_body_and_date_of_minutes() -> None:
    """The heading block tells body, date and title."""
    part = outline(HEAD + "1. Apologies\nNone.\n\n2. Budget\nIt was noted.\n").parts[0]
    assert (part.kind, part.body, part.meeting_date) == (
        PartKind.MINUTES,
        "Northshire Scrutiny Panel",
        dt.date(2021, 5, 4),
    )


def test_paragraph_numbers_restart_in_each_item() -> None:
    """Running item numbers; paragraphs from 1 again; the clerk's "(Item 1)" stays in the title."""
    text = HEAD + (
        "84. Apologies for Absence (Item 1)\n\n1. None were received by the clerk.\n\n2. All were there.\n\n"
        "85. Winter Pressures (Item 2)\n\n1. The Director spoke at length.\n\n2. RESOLVED that:\n\n"
        "(a) it be noted; and\n\n(b) a report come in June.\n"
    )
    assert items(text) == [("84", "Apologies for Absence (Item 1)"), ("85", "Winter Pressures (Item 2)")]
    assert labels(text, "85") == ["1", "2"]


def test_item_numbers_with_years() -> None:
    """Parish councils number "39/20" and letter their points "a."."""
    text = HEAD + (
        "39/20 Apologies\nNone.\n\n40/20 Planning\n"
        "a. 20/01234/FUL 3 Mill Lane. No objection.\nb. Old Forge. Object.\n"
    )
    assert items(text) == [("39/20", "Apologies"), ("40/20", "Planning")]
    assert labels(text, "40/20") == ["a", "b"]


def test_item_numbers_with_year_and_month() -> None:
    """Parish councils number "21.01.05"; one item out of order is kept."""
    text = HEAD + (
        "21.01.04 Matters Arising\nNone.\n\n21.01.06 Roads\nNoted.\n\n21.01.05 Finance\n"
        "Paid.\n\n21.01.07 Any Other Business\nNone.\n"
    )
    assert [number for number, _ in items(text)] == ["21.01.04", "21.01.06", "21.01.05", "21.01.07"]


def test_numbers_below_their_titles() -> None:
    """Numbers on lines of their own after the heading."""
    text = HEAD + "".join(
        f"{title}\n{number}.\nIt was said at some length that nothing much had happened since March.\n\n"
        for number, title in enumerate(
            ["Apologies for Absence", "Declarations of Interest", "Date of Next Meeting"], start=1
        )
    )
    assert items(text) == [
        ("1", "Apologies for Absence"),
        ("2", "Declarations of Interest"),
        ("3", "Date of Next Meeting"),
    ]


def test_numbers_above_their_titles() -> None:
    """Numbers on lines of their own before the heading."""
    text = (
        HEAD
        + "1.\nApologies for Absence\nNone were received by the clerk.\n\n2.\nBudget Report\nIt was noted.\n"
    )
    assert items(text) == [("1", "Apologies for Absence"), ("2", "Budget Report")]


def test_named_items_and_a_mention_of_one() -> None:
    """The line "Item 3: Title" heads an item; "Item 4 of the last minutes" in a sentence does not."""
    text = HEAD + (
        "Item 1: Welcome\nThe Chair spoke.\n\nItem 2: Dredging\nIt went well. Item 4 of the last minutes had asked.\n"
        "1. Cost was £40,000.\n2. Time was three weeks.\n"
    )
    assert items(text) == [("1", "Welcome"), ("2", "Dredging")]
    assert labels(text, "2") == ["1", "2"]


def test_terms_of_reference_that_name_items() -> None:
    """The line "2.1 Item 6 - to review" is paragraph 2.1, and a contents page heads nothing."""
    text = (
        "Report to the Audit Committee\nDate: 3 June 2022\n\nContents\n1. Introduction ........ 3\n"
        "2. Terms of reference ........ 4\n\n"
        "1. Introduction\n\n1.1 This is the year's report, as asked.\n\n2. Terms of reference\n\n"
        "2.1 Item 6 - to review the annual report.\n\n2.2 Item 7 - to review appointments.\n"
    )
    assert items(text) == [("1", "Introduction"), ("2", "Terms of reference")]
    assert labels(text, "2") == ["2.1", "2.2"]


def test_years_and_figures_at_line_starts() -> None:
    """Lines such as "2018. The trust" and "12 wards" at the start of a wrapped line are text."""
    text = HEAD + (
        "1. Budget\n\n1. The Director said that three hospitals had been closed since the spring of the year\n"
        "2018. The trust had set up a hub, and of the wards that had been closed there were still\n"
        "12 wards in use.\n\n"
        "2. It was noted.\n\n2. Close\n\nThe meeting ended.\n"
    )
    assert labels(text, "1") == ["1", "2"]


def test_page_number_inside_a_sentence() -> None:
    """A number alone between the halves of a sentence is the page's."""
    source = text_source(
        HEAD
        + "1. Staff\n\nOfficers were said by the Commissioner to have received\n\n27\n\nspecialised training in it.\n"
    )
    result = parse(source)
    assert "27" in [source.text[span.start : span.end] for span in result.furniture]


def test_more_labels_than_texts() -> None:
    """Two labels before one text: the last has it, the other stands alone."""
    text = HEAD + (
        "1. Budget\n\n1.1\n\nFirst text of it ends here.\n\n1.2\n\n1.3\n\n"
        "Second text of it ends here.\n\n2. Close\n\n2.1 It ended.\n"
    )
    assert labels(text, "1") == ["1.1", "1.2", "1.3"]


def test_label_block_before_its_texts() -> None:
    """Labels "a) b) c)" in a block, then three texts."""
    text = HEAD + (
        "1. Budget\nThe Panel asked the following.\na)\nb)\nc)\nFirst point made.\n"
        "Second point made.\nThird point made.\n\n2. Close\nIt ended.\n"
    )
    assert labels(text, "1") == ["a", "b", "c"]


def test_title_that_runs_into_its_text() -> None:
    """A line "2. ROLL CALL: Present: ...", and an item whose line is only a sentence."""
    text = HEAD + (
        "1. The meeting was called to order at 5:07 pm by President Able.\n\n"
        "2. ROLL CALL: Members Able and Baker were there.\n\n"
        "3. CONSENT CALENDAR\n\nApproved.\n\n4. ADJOURNMENT\n\nAt 8 pm.\n"
    )
    assert items(text) == [("1", ""), ("2", "ROLL CALL"), ("3", "CONSENT CALENDAR"), ("4", "ADJOURNMENT")]


def test_capital_subheading_below_a_capital_title() -> None:
    """The line "REASONS FOR THE DECISION" is no second line of the title; "MILL LANE" after "AT" is."""
    text = HEAD + (
        "1. BUDGET\nREASONS FOR THE DECISION\nIt must balance by law.\n\n2. SALE OF LAND AT\n"
        "MILL LANE\nIt was agreed.\n"
    )
    assert items(text) == [("1", "BUDGET"), ("2", "SALE OF LAND AT MILL LANE")]


def test_dotted_roman_list() -> None:
    """The numerals "i. ii. iii." are labels."""
    text = (
        HEAD
        + "1. Funds\nThese were named:\ni. Met Office;\nii. Land Registry; and\niii. others.\n\n2. Close\nIt ended.\n"
    )
    assert labels(text, "1") == ["i", "ii", "iii"]


def test_date_in_figures_is_no_item() -> None:
    """The line "15.09.10" under the title is the meeting's date."""
    text = (
        "Harbour Board Minutes\n15.09.10\n\nPresent:\nA Able\n\nDATASETS\n"
        "The Board had an update on what was done.\n\nLICENCE\nIt was praised by all.\n"
    )
    part = outline(text).parts[0]
    assert part.meeting_date == dt.date(2010, 9, 15)
    assert items(text) == [(None, "DATASETS"), (None, "LICENCE")]


def test_two_papers_with_one_line_between() -> None:
    """A report right below a one-line appendix is a paper of its own."""
    report = (
        "NORTHSHIRE SCRUTINY PANEL\nAgenda Item No. {0}\nPublic Report\nReport of the Clerk\n"
        "TITLE {0}\n\n1. PURPOSE\n\n1.1 To say it at length.\n\n"
    )
    kinds = [
        part.kind
        for part in outline(report.format(6) + " Appendix 1\nPicture of it\n" + report.format(7)).parts
    ]
    assert kinds == [PartKind.REPORT, PartKind.APPENDIX, PartKind.REPORT]


def test_attendance_behind_the_first_number() -> None:
    """A number alone over an attendance list: its title is the apologies printed behind the list."""
    text = (
        "NORTHSHIRE SCRUTINY PANEL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\n16.\n\nMembers Present:\n\n"
        "Councillors Able and Baker\n\nOfficers Present:\n\nAda Fenn\n\nApologies for Absence\n"
        "Apologies were received from Councillor Cole.\n\n17.\n\nDeclarations of Interest\nThere were none.\n\n"
        "18.\n\nBudget Report\nIt was noted by the members.\n"
    )
    assert items(text)[:2] == [("16", "Apologies for Absence"), ("17", "Declarations of Interest")]


def test_sections_called_alike_part_from_the_title_above() -> None:
    """A title in capitals runs into the first section, whose name begins as the next one's does."""
    text = (
        "Appendix 4\nNORTHSHIRE GATES\nUPDATE SINCE THE LAST MEETING OF THE SCRUTINY PANEL IN SEPTEMBER\n"
        "GATES OUT OF USE\nThe upper gate is shut. It was painted in the spring of this year.\n\n"
        "GATES UNDER REPAIR\nThe lower gate is open. It has a new lock and a new keeper.\n"
    )
    assert items(text) == [(None, "GATES OUT OF USE"), (None, "GATES UNDER REPAIR")]


def test_capitals_with_a_remark_head_a_section() -> None:
    """A remark in brackets behind capitals does not make a heading a sentence."""
    text = (
        "Appendix 3\nAREAS OF WORK AHEAD FOR THE PANEL\n\nESTATES\nThe old hall is for sale. Bids are in.\n\n"
        "RIVER GATES (listed as ‘Weirs and Sluices’ in the last of the reports to the panel in March)\n"
        "The gates are to be shut. It will take a year.\n"
    )
    assert [title for _, title in items(text)][-1].startswith("RIVER GATES (listed as")


def test_a_colon_over_text_heads_a_section_and_over_a_list_leads_in() -> None:
    """A short line with a colon is a heading where running text follows it."""
    text = (
        "APPENDIX A\n\nRivers Group Report\n\nFrom: Ada Fenn\n\nUpdate on works:\n\n"
        "The works were begun in March and will go on for as long as the weather lets them go on.\n\n"
        "Summary data:\n\nTwelve gates have been opened and seven have been shut in the year to March.\n\n"
        "These included:\n\n- the upper gate\n- the lower gate\n"
    )
    assert items(text) == [(None, "Update on works"), (None, "Summary data")]


def test_a_body_named_in_full_only_in_the_text() -> None:
    """The heading says what the panel is for, the text whose it is; two answers are none."""
    text = (
        "POLICE AND CRIME PANEL\nAgenda Item No. 5\n4 MAY 2021\nPublic Report\n\nRIVER GATES\n\n1. PURPOSE\n\n"
        "1.1 This is for the Mereshire Police and Crime Panel to note.\n\n2. RECOMMENDATION\n\n2.1 To note.\n"
    )
    assert outline(text).parts[0].body == "Mereshire Police and Crime Panel"
    two = text.replace("2.1 To note.", "2.1 To ask the Northshire Police and Crime Panel.")
    assert outline(two).parts[0].body == "Police and Crime Panel"


def test_a_letter_of_its_own_names_its_panel_in_the_text() -> None:
    """The first sentence of a letter says whom it answers."""
    text = (
        "Ada Fenn\nThe Old Hall\nMere\n\n3 February 2021\n\nDear Councillor\n\n"
        "I write in answer to the Mereshire Scrutiny Panel and thank the Panel for its report.\n\n"
        "Yours sincerely\n\nAda Fenn\n"
    )
    (part,) = outline(text).parts
    assert (part.kind, part.body) == (PartKind.LETTER, "Mereshire Scrutiny Panel")


def contexts(text: str, number: str) -> list[str]:
    """The contexts of one item's paragraphs."""
    found = next(item for item in outline(text).parts[0].items if item.number == number)
    return [paragraph.context for paragraph in found.paragraphs]


def test_members_of_a_list_stand_under_the_words_that_open_it() -> None:
    """The last sentence before the colon is their context, and ends with the list."""
    text = HEAD + (
        "1. Apologies\n\nNone.\n\n2. Budget\n\nThe clerk spoke. The Panel asked for:\n\n"
        "a) a report on silt;\n\nb) a map of the gates.\n\nThe meeting thanked the clerk for all of this work.\n"
    )
    assert contexts(text, "2") == ["", "The Panel asked for:", "The Panel asked for:", ""]


def test_bullets_stand_under_the_words_that_open_them() -> None:
    """Bullets without a label too; a list that nothing opens has no context."""
    text = HEAD + (
        "1. Apologies\n\nNone.\n\n2. Budget\n\nThe Panel asked for:\n\n- a report on silt\n\n- a map of the gates\n\n"
        "3. Rivers\n\nThe clerk spoke about the rivers.\n\n- one of them is long\n"
    )
    assert contexts(text, "2") == ["", "The Panel asked for:", "The Panel asked for:"]
    assert contexts(text, "3") == ["", ""]


def test_stock_words_that_open_every_list_are_no_context() -> None:
    """Under them stands all that was said, so they tell nothing of any of it."""
    text = HEAD + (
        "1. Apologies\n\nNone.\n\n2. Budget\n\nThe Panel asked questions, these included:\n\n"
        "a) what silt costs;\n\nb) where the map is.\n"
    )
    assert contexts(text, "2") == ["", "", ""]


def test_a_postcode_is_no_heading() -> None:
    """Capitals in an address head nothing."""
    text = (
        "Ada Fenn\nThe Old Hall\n\nPE29 9LA\n\nTelephone 01632 960001\n\n3 February 2021\n\nDear Councillor\n\n"
        "I write to the Mereshire Scrutiny Panel.\n\nYours sincerely\n\nAda Fenn\n"
    )
    (part,) = outline(text).parts
    headings = [one.spans[0] for item in part.items for one in item.paragraphs if one.is_heading]
    assert "PE29 9LA" not in {text[span.start : span.end] for span in headings}


def test_a_date_beside_the_page_number_is_furniture() -> None:
    """The footer holds both, far apart; a sentence that names a page does not."""
    text = (
        HEAD
        + "1. Apologies\n\nNone, see Page 2 of 3\n\n4 May 2021  Page 2 of 3\n\n2. Budget\n\nIt was noted.\n"
    )
    left_out = [text[span.start : span.end] for span in outline(text).furniture]
    assert left_out == ["4 May 2021  Page 2 of 3"]
