"""Rows of tables printed line by line: decision records, delivery plans, agenda plans, actions."""

from __future__ import annotations

from kb.passages import quote, split
from kb.records import Outline, Part, PartKind
from kb.structure.outline import parse
from tests.structure_sources import check_cover, text_source

DECISIONS = (
    "Appendix 1\nDecision Records notified to the Mereshire Scrutiny Panel\n\nDate\n\n21st September 2021\n\n"
    "Decision Record\nNPCC\n2021-020\n\nSubject\n\nDecision\n\n"
    "Gates on the upper river To pass the gates to the board of\n"
    "the drainage district.\n\nTo pay £15k a year.\n\n21st September 2021\n\nNPCC\n2021-021\n\nThe old hall\n\n"
    "To sell it.\n\n3rd October 2021\n\nNPCC\n2021-022\n\nA boat for the wardens To buy a boat.\n"
)
PLAN_BELOW = (
    "WORK IN PROGRESS\nTheme\nPriority Actions\nDelivery Lead\n\n"
    "Ensure that the wardens of all the reaches are seen by people who walk along the river.\n\nRivers\n\n"
    "NP\n\nR1\n\n"
    "Wardens\n\nR1.\n\n"
    "Eight wardens walk each reach twice a week and write to the clerk of all that they have seen there.\n\n"
    "Reduce the silt at the mouth of the river by working with all of the farmers on the upper reaches.\n\n"
    "Rivers\n\nNP\n\n"
    "R2\n\nBoard\n\nR2.\n\n"
    "The farmers met in March and agreed to leave a strip of grass along the water for two years.\n\n"
    "WORK IN PROGRESS\nTheme\nPriority Actions\nDelivery Lead\n\n"
    "Keep the bridges in good repair and tell the councils when there is more to do than money for it.\n\n"
    "Rivers\n\nNP\n\nR3\n\n"
    "Board\n\nR3.\n\n"
    "Two bridges were painted in the summer and a third one is to be painted in the autumn of the year.\n"
)
PLAN_BESIDE = (
    "WORK IN PROGRESS\nTheme Priority Actions Delivery Lead Activities\n\n"
    "Rivers R1\nEnsure that the wardens of all the reaches are seen.\nNP Wardens R1.1\n"
    "Eight wardens walk each reach.\n\n"
    "Rivers R2\nReduce the silt at the mouth of the river.\nNP Board R2.\nThe farmers met in March.\nSee also R1\n\n"
    "WORK IN PROGRESS\nTheme Priority Actions Delivery Lead Activities\n\n"
    "Rivers R10\nKeep the bridges in good repair.\nNP Board R10.\nTwo bridges were painted.\n"
)
AGENDA_PLAN = (
    "MERESHIRE SCRUTINY PANEL\nDRAFT AGENDA PLAN 2021-2022\n\nDATES\n\nITEMS\n\n15 MARCH 2021\n2pm\nThe Guildhall\n\n"
    "Public Questions\nSilt Report\n\n19 JULY 2021 - AGM\n2pm\nTown Hall\n\nPublic Questions\nBridges\n\n"
    "BUDGET MEETING\nWednesday 2 February 2022\nThe Guildhall\n\nPrecept\n"
)
MINUTES = (
    "NORTHSHIRE SCRUTINY PANEL\nMINUTES OF THE MEETING HELD ON 4 MAY 2021\n\nPresent: Councillors Able and Baker\n\n"
    "1. Apologies\n\nNone.\n\n2. Meeting Dates and Agenda Plan\n\nThe plan was received.\n\n"
    "15 JUNE 2021\n2pm\n\nPublic Questions\nSilt Report\n\n19 JULY 2021\n2pm\n\nBridges\n\n"
    "The Panel agreed to meet more often than this.\n\nThe meeting closed at 4 pm\n"
)


def read(text: str) -> Outline:
    """Parse and check that nothing is lost."""
    source = text_source(text)
    result = parse(source)
    check_cover(source, result)
    return result


def rows(text: str, part: Part) -> dict[str, str]:
    """The words of each labelled row with all that goes on it."""
    found: dict[str, str] = {}
    label: str | None = None
    for item in part.items:
        for one in item.paragraphs:
            label = one.label or (label if one.continues else None)
            if label is not None:
                found[label] = f"{found.get(label, '')} {quote(text, one.spans)}".strip()
    return found


def test_decision_records_are_rows() -> None:
    """A number over two lines is the row's label; date, subject and decision are the row; heads are context."""
    (part,) = read(DECISIONS).parts
    assert part.kind is PartKind.DECISION
    assert rows(DECISIONS, part) == {
        "NPCC 2021-020": "21st September 2021 NPCC 2021-020 Gates on the upper river To pass the gates to the board of"
        " the drainage district. To pay £15k a year.",
        "NPCC 2021-021": "21st September 2021 NPCC 2021-021 The old hall To sell it.",
        "NPCC 2021-022": "3rd October 2021 NPCC 2021-022 A boat for the wardens To buy a boat.",
    }
    first = next(one for item in part.items for one in item.paragraphs if one.label)
    assert first.context.endswith("Date Decision Record Subject Decision")


def test_a_decision_record_is_one_passage() -> None:
    """Cited by its number, found by its subject."""
    source = text_source(DECISIONS)
    found = [one for one in split(source, read(DECISIONS)) if one.citation.paragraph == "NPCC 2021-021"]
    assert [one.text for one in found] == ["21st September 2021 NPCC 2021-021 The old hall To sell it."]
    assert found[0].id.endswith("/para-npcc-2021-021")


def test_a_record_named_in_a_sentence_opens_no_row() -> None:
    """Nor does a single number make a table."""
    text = MINUTES.replace("None.", "NPCC 2021-020\n\nThe record NPCC 2021-021 was read.")
    assert "NPCC 2021-020" not in rows(text, read(text).parts[0])


def test_plan_references_below_their_texts() -> None:
    """A reference alone on its line labels the text over the short cells above it, up to the next row."""
    (part,) = read(PLAN_BELOW).parts
    assert part.kind is PartKind.DELIVERY_PLAN
    found = rows(PLAN_BELOW, part)
    assert list(found) == ["R1", "R2", "R3"]
    assert found["R1"].startswith("Ensure that the wardens")
    assert found["R1"].endswith("all that they have seen there.")
    assert found["R2"].startswith("Reduce the silt")
    assert found["R3"].startswith("Keep the bridges")


def test_plan_references_at_the_end_of_a_line() -> None:
    """A line of cells that ends in a reference opens its row."""
    (part,) = read(PLAN_BESIDE).parts
    found = rows(PLAN_BESIDE, part)
    assert list(found) == ["R1", "R1.1", "R2", "R10"]
    assert (
        found["R2"]
        == "Rivers R2 Reduce the silt at the mouth of the river. NP Board R2. The farmers met in March. See also R1"
    )


def test_column_heads_printed_again_are_furniture() -> None:
    """Once they are read with the table, after that they only stand between rows."""
    outline = read(PLAN_BESIDE)
    left_out = [PLAN_BESIDE[span.start : span.end] for span in outline.furniture]
    assert left_out == ["WORK IN PROGRESS", "Theme Priority Actions Delivery Lead Activities"]


def test_planned_meetings_are_rows() -> None:
    """All that is planned for a date stands with it, as does the name of the meeting over it."""
    source = text_source(AGENDA_PLAN)
    texts = [one.text for one in split(source, read(AGENDA_PLAN))]
    assert any(
        text.endswith("DATES ITEMS 15 MARCH 2021 2pm The Guildhall Public Questions Silt Report")
        for text in texts
    )
    assert "19 JULY 2021 - AGM 2pm Town Hall Public Questions Bridges" in texts
    assert "BUDGET MEETING Wednesday 2 February 2022 The Guildhall Precept" in texts


def test_a_plan_inside_minutes_ends_where_they_go_on() -> None:
    """Rows of dates, then a sentence of its own."""
    source = text_source(MINUTES)
    texts = [one.text for one in split(source, read(MINUTES)) if one.citation.item == "2"]
    assert "15 JUNE 2021 2pm Public Questions Silt Report" in texts
    assert "19 JULY 2021 2pm Bridges" in texts
    assert any(text.startswith("The Panel agreed to meet more often") for text in texts)


def test_actions_are_rows() -> None:
    """The numbers of an action table count actions; what was agreed stands with its item."""
    text = (
        MINUTES
        + "\nITEM ACTION\n\n1. Silt Report\n\nThe clerk to write to the farmers.\n\n2. Bridges\n\nNone.\n"
    )
    table = read(text).parts[-1]
    assert table.kind is PartKind.ACTION_TABLE
    assert rows(text, table) == {
        "1": "1. Silt Report The clerk to write to the farmers.",
        "2": "2. Bridges None.",
    }


def test_months_of_column_heads_are_written_out_for_search() -> None:
    """People ask for March 2017, the column says Mar-17; heads that name a section end the one before."""
    text = (
        "PERFORMANCE DASHBOARD\n\nVICTIMS\n\nRIVERS Current Month Mar-17 Mar-16 FYTD\n"
        "Silt removed 82.5% 88.6% 88.4% Lower\nGates mended 12 14 16 Higher\n"
    )
    (part,) = read(text).parts
    found = {
        quote(text, one.spans): one.context for item in part.items for one in item.paragraphs if one.is_row
    }
    assert found["Gates mended 12 14 16 Higher"] == "RIVERS Current Month March 2017 March 2016 FYTD"


def test_an_agenda_plan_is_called_by_its_plan_or_its_body() -> None:
    """Not by the first meeting in it."""
    assert read(AGENDA_PLAN).parts[0].title == "DRAFT AGENDA PLAN 2021-2022"
    diary = (
        "Mereshire Scrutiny\nPanel\n\nTRAINING - PRIVATE\nTuesday 10 October 2021, 10am\nThe Guildhall\n\n"
        "Wednesday 3 November 2021, 2pm\nTown Hall\n\nBridges\n"
    )
    (part,) = read(diary).parts
    assert (part.kind, part.title) == (PartKind.AGENDA_PLAN, "Mereshire Scrutiny Panel")
