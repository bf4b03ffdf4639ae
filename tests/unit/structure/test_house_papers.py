"""Of what kind a paper is, of which body and day, in the ways that particular houses say it."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.records import PartKind
from kb.structure.outline import parse
from tests.structure_sources import text_source
from tests.unit.structure.test_oddities import HEAD, items, outline


@pytest.mark.parametrize(
    "head",
    [
        "LARKHAM COUNCIL\n\nMINUTES of a meeting of the Larkham Audit Committee held in the Hall on 3 May 2023.",
        "LARKHAM COUNCIL\n\nAt a meeting of the Larkham Audit Committee held in the Hall on\nWednesday, 3 May 2023.",
        "Minutes\n\nName of meeting: LARKHAM AUDIT COMMITTEE\nDate and Time: WEDNESDAY 3 MAY 2023, 2.00 PM",
        "Agenda and minutes\n\nLarkham Audit Committee - Wednesday, 3rd May, 2023 10.00 am",
        "MINUTES OF THE LARKHAM AUDIT COMMITTEE OF THE COUNCIL MEETING IN THE SHIRE HALL ON 3RD\nMAY 2023.",
    ],
)
def test_whose_minutes_and_of_what_day(head: str) -> None:
    """A committee beside its council's name, in a sentence, in a field, before a time; a day cut by a line's end."""
    text = (
        f"{head}\n\nPresent: Councillors Able and Baker\n\n1. Apologies\n\nNone.\n\n2. Audit Plan\n\nNoted.\n"
    )
    [part] = outline(text).parts
    assert (part.kind, part.body, part.meeting_date) == (
        PartKind.MINUTES,
        "Larkham Audit Committee",
        dt.date(2023, 5, 3),
    )


def test_a_list_of_business_is_an_agenda() -> None:
    """Whatever the sheet calls itself, and though one item is a report."""
    text = (
        "Larkham Society Annual General Meeting\nThursday 29 September 2022\nThe Shire Hall\n\n"
        "1. Chair’s welcome, apologies for absence and minutes\n2. Annual Report of the Trustees\n3. Accounts\n"
        "4. Appointment of auditors\n5. Guest Speaker\n"
    )
    [part] = outline(text).parts
    assert (part.kind, part.meeting_date) == (PartKind.AGENDA, dt.date(2022, 9, 29))
    assert len([item for item in part.items if item.number]) == 5


def test_minutes_without_the_word_are_no_list_of_meetings() -> None:
    """A committee's name, a day, a place; but people were present."""
    text = (
        "HOMES SUB-COMMITTEE\n\nMonday, 12th June, 2023\nat 5.00pm\n\nVenue: Committee Room 1\n\n"
        "Members present: Councillor Hart (Chair)\n\nApologies: Councillor Neal\n\n1. Declarations of Interest\n\n"
        "There were none.\n\n2. Minutes\n\nThey were agreed.\n\n3. Repairs\n\nNoted.\n"
    )
    assert outline(text).parts[0].kind == PartKind.MINUTES


def test_what_a_website_writes_over_a_page_is_furniture() -> None:
    """Its date is the day of putting up, not of the meeting."""
    text = (
        '---\ntitle: "Minutes of Larkham Parish Council"\ndate: "2021-06-30"\ncategories:\n  - "councils"\n---\n\n'
        "Minutes of Larkham Parish Council\n\nHeld on 4 May 2021\n\n1\\. Present:\n\nMrs Able and Mr Baker\n\n"
        "2\\. Minutes It was proposed by R. Drew that they be signed.\n\n3\\. Planning: None.\n"
    )
    [part] = outline(text).parts
    assert (part.kind, part.meeting_date) == (PartKind.MINUTES, dt.date(2021, 5, 4))
    assert items(text) == [("1", "Present"), ("2", "Minutes"), ("3", "Planning")]


def test_pages_of_an_agenda_system_copied_as_text() -> None:
    """Numbers above their titles, also such as could count pages; files and buttons; what was said below "Minutes:"."""
    text = (
        "Agenda and minutes\n\nLarkham Police and Crime Panel - Tuesday, 15 September 2020 10.30 am\n\nItems\n\n"
        "9/20\n\nAPOLOGIES FOR ABSENCE\n\n    • Share this item\n\n    To receive apologies.\n\n    Minutes:\n\n"
        "    None were received.\n\n10/20\n\nMINUTES pdf icon PDF 135 KB\n\n    Minutes:\n\n    They were agreed.\n\n"
        "21/20\n\nPUBLIC QUESTIONS pdf icon PDF 1.2 MB\n\n    Minutes:\n\n    There were none.\n\n"
    )
    [part] = outline(text.replace("21/20", "11/20")).parts
    assert (part.kind, part.body) == (PartKind.MINUTES, "Larkham Police and Crime Panel")
    assert items(text.replace("21/20", "11/20")) == [
        ("9/20", "APOLOGIES FOR ABSENCE"),
        ("10/20", "MINUTES"),
        ("11/20", "PUBLIC QUESTIONS"),
    ]


def test_numbers_with_a_nought_before_them() -> None:
    """A list on a page of the web: "01 Apologies"; what is to be done is no speech."""
    text = (
        "Northmark Fire and Rescue Authority\n\n3 May 2016\n\nItem no. Agenda Item Details Status\n01 Apologies\n"
        "02 Disclosable Pecuniary Interests\n\nMembers are reminded that they must not vote where they have one.\n\n"
        "03 Minutes\n\nTo agree the minutes.\n04 Public Questions\n\nTo receive questions.\n05 Employment Panel\n\n"
        "To receive its minutes.\n"
    )
    assert [number for number, _ in items(text)] == ["01", "02", "03", "04", "05"]
    assert outline(text).parts[0].kind == PartKind.AGENDA


def test_an_agenda_in_sentences_under_letters_set_apart() -> None:
    """Items that say what is to be done, the word above them spaced out."""
    text = (
        "JOINT POLICING COMMITTEE\n\nTuesday 20 September 2016\n\nA G E N D A\n\n1.\n\nConfirmation of Minutes.\n\n"
        "2.\n\nTo receive an update on the plan.\n\n3.\n\nTo note activities under way.\n\n4.\n\n"
        "To consider the following motion by Councillor Able:\n\n“That more be done.”\n\n5.\n\nDate of next meeting.\n"
    )
    assert outline(text).parts[0].kind == PartKind.AGENDA
    assert [number for number, _ in items(text)] == ["1", "2", "3", "4", "5"]


def test_minutes_with_an_introduction_are_no_report() -> None:
    """Reports begin with an introduction too, but here people were present."""
    text = (
        "MEETING OF LARKHAM POLICE AND CRIME PANEL\n\nThursday 25 October 2012\n\nPresent: Cllr Able, Cllr Baker\n\n"
        "1 INTRODUCTION AND WELCOME\n\nAll were welcomed.\n\n2 MINUTES OF THE PREVIOUS MEETING\n\nAgreed.\n\n"
        "3 MATTERS ARISING\n\nNone.\n"
    )
    assert outline(text).parts[0].kind == PartKind.MINUTES


def test_the_cabinet() -> None:
    """A body of one word, beside its council's name or a time of day."""
    for head in (
        "Sallow County Council\nMinutes of the Cabinet\n12 December 2023",
        "Cabinet - 12 December 2023 10.00 a.m.",
    ):
        text = f"{head}\n\nPresent:\nCouncillor P Adair\n\n1. Apologies\n\nNone.\n\n2. Minutes\n\nAgreed.\n"
        part = outline(text).parts[0]
        assert (part.body, part.meeting_date) == ("Cabinet", dt.date(2023, 12, 12))


def test_two_agendas_on_one_sheet() -> None:
    """Each is a part with numbers of its own; the second says no day again."""
    text = (
        "QUENBY PARISH COUNCIL\nAnnual Parish Meeting in the Village Hall\non Tuesday 8 May 2018 at 7.30pm\n\n"
        "ANNUAL PARISH MEETING AGENDA\n1. To approve the minutes\n2. To receive the report\n3. To hear electors\n\n"
        "A.G.M. AGENDA\n1. To elect a chairman\n2. To receive apologies\n3. To register interests\n4. Finance\n"
    )
    found = [(part.kind, part.meeting_date, len(part.items) - 1) for part in outline(text).parts]
    assert found == [(PartKind.AGENDA, dt.date(2018, 5, 8), 3), (PartKind.AGENDA, dt.date(2018, 5, 8), 4)]


def test_a_pack_whose_body_has_a_comma_in_its_name() -> None:
    """Agenda with bare numbers and pages in columns, minutes, a report with its title in a field."""
    panel = "Wexmoor Police, Fire and Crime Panel"
    text = (
        f"{panel}\n\nDate: Thursday 1 February 2024\n\nAGENDA\n\nItem\tPage\n1\tApologies\n2\tMinutes\t3 - 8\n"
        "3\tProposed precept 2024/25\t9 - 20\n4\tWork programme\t25 - 26\n\nPage 3\n\n"
        f"{panel}\n\nMINUTES of a meeting of the {panel} held on 30 November 2023\n\nPRESENT: Councillor Able\n\n"
        "23/31. APOLOGIES\n\nNone.\n\n23/32. MINUTES\n\nAgreed.\n\nPage 9\n\nAgenda Item 3\n\n"
        f"Report to: {panel}\nDate of meeting: 1 February 2024\nTitle: Proposed Precept 2024/25\n"
        "\n1.0 Purpose of report\n\n1.1 To notify the Panel.\n\n2.0 Recommendation\n\n2.1 That it be noted.\n"
    )
    found = outline(text).parts
    assert [(part.kind, part.body, part.meeting_date) for part in found] == [
        (PartKind.AGENDA, panel, dt.date(2024, 2, 1)),
        (PartKind.MINUTES, panel, dt.date(2023, 11, 30)),
        (PartKind.REPORT, panel, dt.date(2024, 2, 1)),
    ]
    assert [item.title for item in found[0].items if item.number] == [
        "Apologies",
        "Minutes",
        "Proposed precept 2024/25",
        "Work programme",
    ]
    assert (found[2].title, found[2].agenda_item) == ("Proposed Precept 2024/25", "3")


def test_actions_and_the_next_meeting_stand_apart() -> None:
    """Neither goes on the numbered paragraph above, however long its line."""
    text = HEAD + (
        "1. Estates\n1.1 The garage is to be sold as soon as may be.\nAction: Head of Estates to report in April.\n\n"
        "2. Any Other Business\n2.1 None.\n\nDate of next meeting: 8 February 2024\n"
    )
    last = outline(text).parts[0].items[-1].paragraphs
    assert [(paragraph.label, paragraph.continues) for paragraph in last] == [("2.1", False), (None, False)]
    assert len(outline(text).parts[0].items[1].paragraphs) == 2


def test_a_year_in_a_title_is_no_page_number() -> None:
    """More pages than there are: "2023/24" on a line of its own between blank lines."""
    text = (
        HEAD
        + "1. Apologies\n\nNone.\n\n2. Precept Report\n\n\n2023/24\n\n\nIt was noted.\n\n3. Close\n\nAt nine.\n"
    )
    source = text_source(text)
    assert "2023/24" not in [source.text[span.start : span.end] for span in parse(source).furniture]


def test_what_is_resolved_stands_apart_from_a_full_line_above() -> None:
    """The word in capitals begins anew; governors are a body."""
    text = (
        "BOARD OF GOVERNORS\n\nMINUTES OF THE BOARD MEETING HELD ON 5 DECEMBER 2023\n\nPRESENT: Mrs Able (Chair)\n\n"
        "1. PRECEPT\nThe Principal said that reserves would fall this year.\nRESOLVED:\n(1) That it be noted.\n\n"
        "2. CLOSE\nAt nine.\n"
    )
    [part] = outline(text).parts
    assert part.body == "Board of Governors"
    assert len(part.items[1].paragraphs) == 3


def test_sections_without_numbers_over_numbered_paragraphs() -> None:
    """A report whose paragraphs run on from section to section; "None" is no section."""
    text = (
        "Report to: Northmark Police and Crime Panel\nDate: 6 July 2023\nTitle of report: Annual Report\n\n"
        "Introduction\n\n1. The annual report must be published.\n\n2. The draft is at Appendix 1.\n\n"
        "Financial implications\n\n3. There are none.\n\nRecommendations\n\n4. The Panel is asked to note it.\n\n"
        "Background papers\n\nNone\n\nAppendix 1: Draft\n"
    )
    [part] = outline(text).parts
    assert part.title == "Annual Report"
    assert [title for _, title in items(text)] == [
        "Introduction",
        "Financial implications",
        "Recommendations",
        "Background papers",
    ]


def test_the_subject_of_a_letter_in_plain_print() -> None:
    """A short line between white space below the salutation."""
    text = (
        "Office of the Commissioner\nShire Hall, Kerrow\n\n14 February 2024\n\nDear Councillor Able,\n\n"
        "Proposed precept 2024/25\n\nThank you for your letter of 9 February, which I have read with care.\n\n"
        "Yours sincerely,\n\nPat North\n"
    )
    assert outline(text).parts[0].title == "Proposed precept 2024/25"


def test_a_commissioner_writes_to_the_panel() -> None:
    """Which panel is told by whose commissioner writes, though the letter names another board too."""
    text = (
        "Pat North\nNorthmark Police and Crime Commissioner\n\n14 February 2024\n\nCouncillor Able\n"
        "Chair of the Police and Crime Panel\n\nDear Councillor Able,\n\nPrecept\n\nThank you for the letter that the "
        "Estates Board has read.\n\nYours sincerely,\n\nPat North\n"
    )
    assert outline(text).parts[0].body == "Northmark Police and Crime Panel"
