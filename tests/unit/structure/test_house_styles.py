"""How particular houses number and lay out their minutes, each sample the smallest that shows it."""

from __future__ import annotations

from kb.structure.outline import parse
from tests.structure_sources import text_source
from tests.unit.structure.test_oddities import HEAD, items, labels, outline


def numbered(first: int, *business: str, mark: str = ". ") -> str:
    """Items numbered on from ``first``: title and text in turn."""
    pairs = zip(business[::2], business[1::2], strict=True)
    return "".join(f"{first + place}{mark}{title}\n\n{text}\n\n" for place, (title, text) in enumerate(pairs))


def test_minutes_counted_on_over_the_years() -> None:
    """Numbers of four figures; titles that run into their text at a colon; a year is none of them."""
    text = HEAD + (
        "2381. Police Report: Attached. No officer was there.\n2382. Public Forum: No one present.\n"
        "2383. Approval of minutes of previous meeting: Approved and signed as correct.\n"
        "2384. Updates:- The hall is to be painted in June and the Clerk will ask for prices before\n"
        "2018. The last price was too high.\n2385. Any Other Business: None.\n2386. Date of next meeting: 8 June.\n"
    )
    assert items(text) == [
        ("2381", "Police Report"),
        ("2382", "Public Forum"),
        ("2383", "Approval of minutes of previous meeting"),
        ("2384", "Updates"),
        ("2385", "Any Other Business"),
        ("2386", "Date of next meeting"),
    ]


def test_years_number_nothing() -> None:
    """Years that happen to follow one another at the start of lines."""
    text = HEAD + (
        "1. Apologies\n\nNone.\n\n2. Trends\n\nRecorded crime was said to have been lowest in the year\n"
        "2018. The force had then seen it rise, at first by a tenth, through the whole of the year\n"
        "2019. The rise had been put down to better recording.\n\n3. Close\n\nAt nine.\n"
    )
    assert [number for number, _ in items(text)] == ["1", "2", "3"]


def test_a_tab_between_a_number_and_its_title_makes_no_table() -> None:
    """Text saved from a word processor."""
    text = HEAD + (
        "1.\tApologies for absence\n\nNone.\n\n2.\tRevenue budget monitoring\n\nThe report was received.\n\n"
        "Resolved:\n1.\tThat it be noted.\n2.\tThat a further report be brought.\n\n"
        "3.\tLocal transport plan\n\nNoted.\n"
    )
    assert items(text) == [
        ("1", "Apologies for absence"),
        ("2", "Revenue budget monitoring"),
        ("3", "Local transport plan"),
    ]
    assert labels(text, "2") == ["1", "2"]


def test_titles_of_few_capitals_stand_alone() -> None:
    """A short line between white space is a title without capitals too, at the end of the paper as well."""
    text = HEAD + numbered(
        104,
        "Apologies for absence",
        "None.",
        "Quarterly budget monitoring",
        "The Treasurer spoke to the report.",
        "Future work programme",
        "It was noted.",
    )
    assert items(text) == [
        ("104", "Apologies for absence"),
        ("105", "Quarterly budget monitoring"),
        ("106", "Future work programme"),
    ]


def test_the_agendas_number_on_a_line_below_the_title() -> None:
    """It is part of the heading, as it is where it stands beside the title."""
    text = HEAD + (
        "245. Apologies and Substitutes\n(Item 2)\n\nNone.\n\n246. Contact Management\n(Item B1)\n\n"
        "1. The Commissioner spoke.\n\n2. It was noted.\n\n247. Future work programme\n(Item C1)\n\nNoted.\n"
    )
    assert items(text) == [
        ("245", "Apologies and Substitutes (Item 2)"),
        ("246", "Contact Management (Item B1)"),
        ("247", "Future work programme (Item C1)"),
    ]
    assert labels(text, "246") == ["1", "2"]


def test_a_dash_after_the_number() -> None:
    """Fire authorities print "3 - Budget"."""
    text = HEAD + numbered(
        1,
        "Declaration of Interests",
        "None were made.",
        "Minutes of the Meeting held on 4 April 2023",
        "They were agreed.",
        "Grading of Posts",
        "RESOLVED – That it be approved.",
        mark=" - ",
    )
    assert [number for number, _ in items(text)] == ["1", "2", "3"]
    assert items(text)[2] == ("3", "Grading of Posts")


def test_titles_in_mixed_print_end_at_a_colon() -> None:
    """Minutes of a society: every item is a paragraph that opens with its title."""
    text = HEAD + (
        "1. Welcome: The Chair welcomed all.\n\n2. Apologies: None.\n\n"
        "3. Treasurer’s Report: MP reported that there was £412 in the bank and that all was paid.\n\n"
        "4. Events Report: Two new helpers had joined, and a quiz was planned for the autumn.\n\n"
        "5. Date of next meeting: 22 November.\n"
    )
    assert [title for _, title in items(text)] == [
        "Welcome",
        "Apologies",
        "Treasurer’s Report",
        "Events Report",
        "Date of next meeting",
    ]


def test_marks_that_keep_markdown_from_making_lists() -> None:
    r"""Converters write "1\. Apologies"; the mark belongs to no number and no title."""
    text = HEAD + (
        "1\\. Apologies\n\nNone.\n\n2\\. Matters Arising:\n\na) The gate\\_post is mended.\n\nb) Noted.\n\n"
        "3\\. Planning\n\nNoted.\n"
    )
    assert items(text) == [("1", "Apologies"), ("2", "Matters Arising"), ("3", "Planning")]
    assert labels(text, "2") == ["a", "b"]
    assert outline(text).parts[0].kind == "minutes"


def test_blank_lines_part_what_long_lines_would_join() -> None:
    """An attendance list below a full line; names and values one below the other; who signs below the close."""
    text = (
        "LARKHAM PANEL\n\nMinutes of the meeting held in the Hall at Larkham on 3 May 2023 at 10am\n\nPresent:\n\n"
        "Councillors Able, Baker, Cole and Dell, who had come at short notice\n\nApologies:\n\nCouncillor East\n\n"
        "1. Precept\n\nThe Panel voted:\n\nFor: Councillors Able and Baker\nAgainst: Councillor Cole\nAbstain: None\n\n"
        "2. Close\n\nMeeting ended at: 12.31 pm\n______\nChairman\n"
    )
    source = text_source(text)
    paragraphs = [
        " ".join(" ".join(source.text[span.start : span.end] for span in paragraph.spans).split())
        for item in parse(source).parts[0].items
        for paragraph in item.paragraphs
    ]
    assert paragraphs[-6:] == [
        "The Panel voted:",
        "For: Councillors Able and Baker",
        "Against: Councillor Cole",
        "Abstain: None",
        "Meeting ended at: 12.31 pm",
        "Chairman",
    ]
    assert {"Present:", "Apologies:", "Councillor East"} <= set(paragraphs)


def test_names_and_resolutions_head_no_sections() -> None:
    """Short lines between white space in minutes that number nothing."""
    text = (
        "Northmark Parish Meeting\n\nMinutes of the meeting held on 4 May 2021\n\nPresent:\n\nCouncillor Able\n\n"
        "Mr Trevor Manley - Borough Councillor\n\nMatters Arising\n\nThe gate had been mended by the landowner.\n\n"
        "RESOLVED –\n\n(a) that he be thanked.\n\nOther Business\n\nA resident asked about the verges in the lane.\n"
    )
    assert [title for _, title in items(text)] == ["Matters Arising", "Other Business"]


def test_items_of_one_paragraph_each() -> None:
    """Where the titles of the first ones cannot be told from their text, their numbers still can."""
    text = HEAD + (
        "1. PUBLIC FORUM There was a question about the lane.\n\n2. APOLOGIES FOR ABSENCE There were none.\n\n"
        "3. MEMBERS’ INTERESTS and dispensations for items on the agenda. Nothing was declared by any of them.\n\n"
        "4. The plans to widen the lane have been seen by all and a reply is awaited from the county.\n\n"
        "5. The hall roof has been looked at and estimates are on the way, to come to the next meeting.\n\n"
        + "".join(
            f"{n}. {title} It was noted.\n\n"
            for n, title in enumerate(("ROADS", "TREES", "PONDS", "FENCES"), 6)
        )
    )
    assert [number for number, _ in items(text)] == [str(number) for number in range(1, 10)]
    assert items(text)[1] == ("2", "APOLOGIES FOR ABSENCE")


def test_a_committee_between_year_and_number() -> None:
    """Fire authorities print "23-24/FRA/1" above the title."""
    text = HEAD + "".join(
        f"23-24/FRA/{number}\n\n{title}\n\nIt was noted.\n\n"
        for number, title in enumerate(("Election of Chair", "Apologies", "Minutes", "Communications"), 1)
    )
    assert [number for number, _ in items(text)] == [f"23-24/FRA/{number}" for number in range(1, 5)]


def test_figures_without_a_mark_above_their_titles() -> None:
    """Numbers alone on their lines, paragraphs "1.1" below; a figure that breaks off a sentence is none."""
    text = HEAD + (
        "1\nApologies for absence\n\n1.1 None.\n\n2\nDeclarations of Interest\n\n2.1 None.\n\n3\nWritten Questions\n\n"
        "3.1 It was asked how many posts were filled of\n60\nPosts were said to be hard to fill.\n\n"
        "4\nDate of next meeting\n\n4.1 In June.\n"
    )
    assert items(text) == [
        ("1", "Apologies for absence"),
        ("2", "Declarations of Interest"),
        ("3", "Written Questions"),
        ("4", "Date of next meeting"),
    ]
    assert labels(text, "3") == ["3.1"]


def test_minutes_with_a_column_of_actions_are_no_table_of_them() -> None:
    """The heads "Item" and "Action" are those of the minutes themselves where numbered business follows."""
    text = (
        "VALE HEALTH BOARD\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\nPresent: Ann Ash\n\nItem\tAction\n\n"
        + "".join(
            f"VHB/05/21/{number}\n{title}\n\nIt was noted.\n\n"
            for number, title in enumerate(("Welcome", "Patient Story", "Minutes of the last meeting"), 1)
        )
    )
    [part] = outline(text).parts
    assert [item.number for item in part.items if item.number] == [
        f"VHB/05/21/{number}" for number in (1, 2, 3)
    ]
