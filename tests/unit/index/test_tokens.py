"""What counts as the same word."""

from __future__ import annotations

import pytest

from index.tokens import lexemes, stem, tokenize, words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("£1.8m", ["£1.8m"]),
        ("£1.8 million", ["£1.8m"]),
        ("£1,800,000", ["£1.8m"]),
        ("£150,000", ["£150k"]),
        ("£0.5m", ["£500k"]),
        ("£634,285", ["£634.285k"]),
        ("£350.00, £0", ["£350", "£0"]),
        ("€2,000m", ["€2bn"]),
        ("1.8m", ["1.8m"]),
        ("12,345", ["12345"]),
        ("5.2%", ["5.2%"]),
        ("5.2 per cent", ["5.2%"]),
        ("22a", ["22a"]),
        ("22(a)", ["22a"]),
        ("4.2.1.", ["4.2.1"]),
        ("3rd", ["3"]),
        ("2.30pm", ["2.30pm"]),
        ("2:30 p.m", ["2.30pm"]),
        ("20mph", ["20mph"]),
        ("A14", ["a14"]),
        ("101 calls", ["101", "call"]),
    ],
)
def test_numbers_keep_what_they_measure(text: str, terms: list[str]) -> None:
    """Amounts, shares and section numbers are one term each, however they are written."""
    assert tokenize(text) == terms


@pytest.mark.parametrize("text", ["2023/24", "2023-24", "2023–24", "2023/2024", "2023-2024"])
def test_a_financial_year_has_one_spelling(text: str) -> None:
    """Every way of writing a financial year gives its years and one whole."""
    assert tokenize(text) == ["2023", "2024", "2023/24"]


def test_a_longer_span_of_years_is_no_financial_year() -> None:
    """A plan's years are kept apart from a financial year's, also over a century's end."""
    assert tokenize("2021-24") == ["2021", "2024", "2021-24"]
    assert tokenize("1999/00") == ["1999", "2000", "1999/00"]


@pytest.mark.parametrize(
    "text", ["19 July 2023", "19th July, 2023", "19th of July 2023", "19/07/2023", "19.7.2023", "2023-07-19"]
)
def test_a_date_gives_its_parts_and_its_whole(text: str) -> None:
    """Dates meet in every notation, and a year or month alone still finds them."""
    assert tokenize(text) == ["19", "juli", "2023", "2023-07-19"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("CPCC 2017-19", ["cpcc", "2017-019"]),
        ("CPCC 2017-019", ["cpcc", "2017-019"]),
        ("CPCC – 2017-008", ["cpcc", "2017-008"]),
        ("decision record 2017-19", ["decis", "record", "2017-019"]),
        ("2017-019", ["2017-019"]),
        ("decision notice 2017/020", ["decis", "notic", "2017-020"]),
        ("decision 2017/18", ["decis", "2017", "2018", "2017/18"]),
        ("the 2018-19 budget", ["2018", "2019", "2018/19", "budget"]),
    ],
)
def test_record_numbers_are_told_from_years(text: str, terms: list[str]) -> None:
    """Two digits after a year make a record number only where the words before say so."""
    assert tokenize(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Mar-16", ["march", "2016"]),
        ("Sept-17 and Sep’17", ["septemb", "2017", "septemb", "2017"]),
        ("sixteen officers", ["16", "offic"]),
        ("twenty-five", ["25"]),
        ("Twenty-one", ["21"]),
        ("no one of two", ["no", "one", "2"]),
        ("may-16-2017", ["may", "16", "2017", "may162017"]),
        ("two-tier", ["2", "tier", "twotier"]),
        ("Section 22A", ["section", "22a"]),
    ],
)
def test_numbers_and_months_meet_in_either_spelling(text: str, terms: list[str]) -> None:
    """In words or in figures; "one" stays a word."""
    assert tokenize(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("PEEL/HMICFRS", ["peel", "hmicfr"]),
        ("Co-ordination", ["co", "ordin", "coordin"]),
        ("Coordination", ["coordin"]),
        ("inter-\nvention", ["inter", "vention", "intervent"]),
        ("short- and long-term", ["short", "long", "term", "longterm"]),
        ("COVID-19", ["covid", "19", "covid19"]),
        ("co\u00adordinate", ["coordin"]),
    ],
)
def test_compounds_meet_in_either_spelling(text: str, terms: list[str]) -> None:
    """A compound gives its parts and its whole, also when broken at a line end."""
    assert tokenize(text) == terms


def test_a_lone_part_that_is_a_stop_word_still_counts_in_the_whole() -> None:
    """A hyphen before "being" does not hide "wellbeing", although "being" alone is left out."""
    assert stem("wellbeing") in tokenize("well-being")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("the Commissioner’s", ["commission"]),
        ("Councillors' questions", ["councillor", "question"]),
        ("O’Brien's", ["obrien"]),
        ("U.K., e.g. I.T. in London", ["uk", "it", "london"]),
        ("ﬁre–ﬁghters", ["fire", "fighter", "firefight"]),
        ("e\u0301tude", ["étude"]),
        ("**Vision** <b>Zero</b>", ["vision", "zero"]),
        ("law &amp; order", ["law", "order"]),
        ("what did the Panel say about it", ["panel"]),
        ("", []),
        ("- * – …", []),
    ],
)
def test_marks_endings_and_small_words_are_dropped(text: str, terms: list[str]) -> None:
    """Markup, possessives, ligatures and stop words do not keep words apart."""
    assert tokenize(text) == terms


def test_query_and_text_meet_whatever_their_case() -> None:
    """An acronym in lower case finds it in capitals."""
    assert tokenize("hmicfrs") == tokenize("HMICFRS")


def test_words_keep_their_place() -> None:
    """Words are given as written, in lower case, with the characters they stand at."""
    text = "<p>The Panel’s co-ordination cost £1.8m on 19 July 2023"
    found = words(text)
    assert [word.word for word in found] == [
        "the", "panel's", "co", "ordination", "cost", "£1.8m", "on", "19", "july", "2023",
    ]  # fmt: skip
    assert [text[word.start : word.end] for word in found[:4]] == ["The", "Panel’s", "co", "ordination"]
    assert stem(found[1].word) == "panel"


def test_lexemes_say_where_terms_stand() -> None:
    """Each piece of text comes with the terms it was indexed under."""
    text = "of **2023/24**, the Co-ordination"
    assert [(text[piece.start : piece.end], piece.terms) for piece in lexemes(text)] == [
        ("2023/24", ("2023", "2024", "2023/24")),
        ("Co-ordination", ("co", "ordin", "coordin")),
    ]
