"""How councils number their business, and what at a line's start is no number: every style, every trap."""

from __future__ import annotations

import pytest

from kb.records import PartKind
from tests.unit.structure.test_oddities import HEAD, items, labels, outline

TITLES = (
    "Apologies for Absence",
    "Declarations of Interest",
    "Village Green",
    "Finance",
    "Date of Next Meeting",
)
STYLES = {
    "running through the year": ("40. ", "41. ", "42. ", "43. ", "44. "),
    "no space": ("58.", "59.", "60.", "61.", "62."),
    "bracket": ("1) ", "2) ", "3) ", "4) ", "5) "),
    "item and year": ("39/20 ", "40/20 ", "41/20 ", "42/20 ", "43/20 "),
    "year and item": ("21/045 ", "21/046 ", "21/047 ", "21/048 ", "21/049 "),
    "year and item of two digits": ("21/45 ", "21/46 ", "21/47 ", "21/48 ", "21/49 "),
    "full year": ("2023/45 ", "2023/46 ", "2023/47 ", "2023/48 ", "2023/49 "),
    "financial year": ("19/20-056 ", "19/20-057 ", "19/20-058 ", "19/20-059 ", "19/20-060 "),
    "month first": ("01/25/01 – ", "01/25/02 – ", "01/25/03 – ", "01/25/04 – ", "01/25/05 – "),
    "committee": ("F21/001 ", "F21/002 ", "F21/003 ", "F21/004 ", "F21/005 "),
    "committee, item, year": (
        "Cou/8/07-08 ",
        "Cou/9/07-08 ",
        "Cou/10/07-08 ",
        "Cou/11/07-08 ",
        "Cou/12/07-08 ",
    ),
    "committee, year, item": (
        "GB/2223/001: ",
        "GB/2223/002: ",
        "GB/2223/003: ",
        "GB/2223/004: ",
        "GB/2223/005: ",
    ),
    "committee's letter": ("C123. ", "C124. ", "C125. ", "C126. ", "C127. "),
    "dates": ("21.01.01 ", "21.01.02 ", "21.01.03 ", "21.01.04 ", "21.01.05 "),
    "year, dot": ("21.44 ", "21.45 ", "21.46 ", "21.47 ", "21.48 "),
    "Roman": ("I. ", "II. ", "III. ", "IV. ", "V. "),
    "item": ("Item 1: ", "Item 2: ", "Item 3: ", "Item 4: ", "Item 5: "),
    "item without a mark": ("Item 1 ", "Item 2 ", "Item 3 ", "Item 4 ", "Item 5 "),
    "minute": ("Minute 45: ", "Minute 46: ", "Minute 47: ", "Minute 48: ", "Minute 49: "),
    "bare": ("334 ", "335 ", "336 ", "337 ", "338 "),
}
TEXTS = (
    "Apologies were received from Councillor Dell.",
    "Councillor Able declared an interest in the green.",
    "The grass had been cut twice. Members asked when the\n{trap}\nThe Clerk would find out.",
    "It was RESOLVED to pay the accounts.",
    "The Council would meet again in June.",
)
TRAPS = (
    "2018 report would be brought to them.",
    "12 March 2024 meeting would be held.",
    "7.30 pm start would be kept to.",
    "£412.50 would be paid back.",
    "01632 960412 line would be mended.",
    "PE90 1AB was to be added to the round.",
    "22/01544/FUL would be decided.",
    "14 Mill Row would be let again.",
    "Item 6 – to review the charges",
    "2023/24 Budget would be settled.",
    "A47 Trunk Road would be closed.",
)


def numbers(prefixes: tuple[str, ...]) -> list[str]:
    """What is cited of printed prefixes: no word, no mark at the end."""
    return [prefix.strip(" –.:)").removeprefix("Item ").removeprefix("Minute ") for prefix in prefixes]


def minutes(prefixes: tuple[str, ...], trap: str, *, apart: bool = False) -> str:
    """Minutes of five items, a line inside one of them a trap."""
    between = "\n" if apart else ""
    business = (
        f"{prefix.rstrip() if apart else prefix}{between}{title}\n{text.format(trap=trap)}\n"
        for prefix, title, text in zip(prefixes, TITLES, TEXTS, strict=True)
    )
    return HEAD + "\n".join(business)


@pytest.mark.parametrize("style", STYLES)
def test_a_style_of_numbers_heads_the_items(style: str) -> None:
    """Numbers and titles of all items."""
    prefixes = STYLES[style]
    assert items(minutes(prefixes, "work would begin.")) == list(zip(numbers(prefixes), TITLES, strict=True))


@pytest.mark.parametrize("style", ["running through the year", "year and item", "committee"])
def test_numbers_on_lines_of_their_own(style: str) -> None:
    """The number stands above its title."""
    prefixes = STYLES[style]
    found = items(minutes(prefixes, "work would begin.", apart=True))
    assert found == list(zip(numbers(prefixes), TITLES, strict=True))


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("style", ["running through the year", "year and item", "Roman"])
def test_what_looks_like_a_number_is_none(style: str, trap: str) -> None:
    """Years, dates, times, money, telephone numbers, postcodes, references and addresses at a line's start."""
    prefixes = STYLES[style]
    text = minutes(prefixes, trap)
    assert items(text) == list(zip(numbers(prefixes), TITLES, strict=True))
    assert labels(text, numbers(prefixes)[2]) == []


def test_numbers_inside_a_quotation_are_the_writers_own() -> None:
    """A question read out numbers its points; the minute's own paragraphs go on behind it."""
    text = HEAD + (
        "1. Apologies\n\nNone.\n\n2. Public Questions\n\n(1) Ms Pell asked:\n\n"
        "“Will the Panel say when it will decide?\n\n1. Is it to be in May?\n\n2. Is it to be in June?”\n\n"
        "(2) The Chair replied that it was not known.\n\n3. Close\n\nThe meeting ended.\n"
    )
    assert [number for number, _ in items(text)] == ["1", "2", "3"]
    assert labels(text, "2") == ["1", "2"]


def test_a_quotation_that_is_never_closed_hides_no_label() -> None:
    """A lost mark costs nothing below it."""
    text = HEAD + (
        '1. Apologies\n\nNone.\n\n2. Letters\n\n(1) The Clerk read: "the road is worn\n\n(2) The next said "no".\n\n'
        "(3) They were noted.\n\n3. Close\n\nThe meeting ended.\n"
    )
    assert labels(text, "2") == ["1", "2", "3"]


def test_a_number_printed_twice_heads_two_items() -> None:
    """The clerk's slip is kept as printed."""
    text = HEAD + "".join(
        f"{number}. {title}\n\n{said}\n\n"
        for number, title, said in (
            ("1", "Apologies", "None."),
            ("2", "Declarations of Interest", "None."),
            ("2", "Minutes of the Last Meeting", "They were signed."),
            ("3", "Correspondence", "A letter was read."),
        )
    )
    assert [number for number, _ in items(text)] == ["1", "2", "2", "3"]


def test_words_before_a_title_are_part_of_it() -> None:
    """No title whose text follows is "EXEMPT:"."""
    text = (
        HEAD
        + "1. Apologies\n\nNone.\n\n2. EXEMPT: Disposal of Land at Saltings Lane\n\nAgreed.\n\n3. Close\n\nDone.\n"
    )
    assert ("2", "EXEMPT: Disposal of Land at Saltings Lane") in items(text)


def test_neither_attendance_nor_votes_nor_resolutions_head_sections() -> None:
    """Words in bold between the headings of a paper that numbers nothing."""
    text = (
        "# Northshire Fire Authority\n\n## Minutes of the meeting held on 4 May 2021\n\n**Members Present**\n\n"
        "Councillors Able and Baker\n\n**Apologies for Absence**\n\nThere were none to be reported to the meeting.\n\n"
        "**Budget**\n\nThe Treasurer presented the budget for the year and answered questions.\n\n"
        "**RESOLVED that:**\n\n(a) it be noted.\n\n**For**\n\nCouncillor Able\n\n**Against**\n\nCouncillor Baker\n\n"
        "**Date of Next Meeting**\n\nThe Authority would meet again in July at ten.\n"
    )
    assert [title for _, title in items(text)] == ["Apologies for Absence", "Budget", "Date of Next Meeting"]
    assert outline(text).parts[0].kind == "minutes"


RUN_IN = {
    "97/20 Apologies for Absence Apologies were received from Cllr Dell.": "Apologies for Absence",
    "97/20 Openness and Transparency Notice The Chair read the notice.": "Openness and Transparency Notice",
    "97/20 To Receive Declarations of Interest from Members Cllr Able declared an interest.": (
        "To Receive Declarations of Interest from Members"
    ),
    "97/20 To Approve: Revised Retention Policy The Clerk shared a change which was agreed.": (
        "To Approve: Revised Retention Policy"
    ),
    "97/20 To Receive Forward Items • Cllr Baker asked for the road to be mended.": "To Receive Forward Items",
    "97/20 ACCEPTANCE OF APOLOGIES FOR ABSENCE There were none.": "ACCEPTANCE OF APOLOGIES FOR ABSENCE",
    "97/20 **Finance Report.** The balance stood at £4,120.": "Finance Report",
    "97/20To Approve: Play Equipment It was agreed to wait until May.": "To Approve: Play Equipment",
}


@pytest.mark.parametrize("line", RUN_IN)
def test_a_title_runs_into_its_text(line: str) -> None:
    """A whole item on one line: the title ends where bold print, capitals or the title's own words end."""
    text = (
        f"{HEAD}96/20 Fire Exits\n\nThey were pointed out.\n\n{line}\n\n"
        "98/20 Village Green\n\nThe grass had been cut.\n\n99/20 Close\n\nAt nine.\n"
    )
    found = outline(text).parts[0].items[2]
    assert (found.number, found.title, len(found.paragraphs)) == ("97/20", RUN_IN[line], 1)


def test_a_numbered_sentence_is_an_item_without_a_title() -> None:
    """A number that nothing but items has needs no title: the sentence is the item's text."""
    said = "The Clerk pointed out the fire exits to all who had come and asked that coats be kept away from them."
    text = f"{HEAD}96/20 Apologies\n\nNone.\n\n97/20 {said}\n\n98/20 Close\n\nAt nine.\n"
    assert items(text) == [("96/20", "Apologies"), ("97/20", ""), ("98/20", "Close")]


def test_earlier_numbers_in_an_action_log_head_nothing() -> None:
    """Actions carry the numbers of the minutes they come from."""
    text = HEAD + (
        "23/101 Apologies\n\nNone.\n\n23/102 Action Log\n\n23/071 Car Parking\n\n23/079 Winter Plan\n\n"
        "23/103 Finance\n\nIt was noted.\n"
    )
    assert [number for number, _ in items(text)] == ["23/101", "23/102", "23/103"]


def test_a_long_heading_line_names_the_body() -> None:
    """Body, kind, date and place on one line of a paper that has one line for each paragraph."""
    text = (
        "SALTBY PARISH COUNCIL Draft Minutes of the Ordinary Meeting held on Wednesday 7 November 2018 at 7.00pm in "
        "the Village Hall\n\nPresent: Cllr Able (Chair), Cllr Baker\n\n1. Apologies\n\nNone.\n\n2. Finance\n\nNoted.\n"
    )
    assert outline(text).parts[0].body == "Saltby Parish Council"


@pytest.mark.parametrize(
    "heading", ["A.G.M. Agenda", "AGM AGENDA", "ANNUAL PARISH MEETING AGENDA", "SPECIAL MEETING AGENDA"]
)
def test_an_agenda_names_its_kind_of_meeting(heading: str) -> None:
    """It is an agenda all the same, called as it is printed."""
    text = (
        f"QUENBY PARISH COUNCIL\n\nTuesday 8 May 2018 at 7.30pm in the Village Hall\n\n{heading}\n"
        "1. To elect a chairman\n2. To receive apologies\n3. To approve the minutes\n4. Date of next meeting\n"
    )
    [part] = outline(text).parts
    assert (part.kind, part.title) == (PartKind.AGENDA, heading)
    assert [item.number for item in part.items if item.number] == ["1", "2", "3", "4"]
