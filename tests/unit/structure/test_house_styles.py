"""How particular houses lay out their minutes and agendas, each sample the smallest that shows it."""

from __future__ import annotations

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
