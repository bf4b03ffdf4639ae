"""Laws of attendance and speech: any text is read without failing; every sentence gets one attribution."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.structure import attribute, attribute_sentences, read_people
from kb.structure.sentences import sentences_of
from kb.structure.statements import read_statements
from tests.unit.structure.minutes_samples import minutes_part

_WORDS = """Present: Members Officers Apologies Councillor Cllrs Cllr A B Sharp Alan and , ; ( ) (Chair) The
    Commissioner Chief Constable
    Executive said asked explained that to which he she they Panel Board noted received report ? . :
    ACTION - • a) 1. by from was were Office of the OPCC (SV) SV | ** Dr"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n", "\n\n", "\t", "   "]) | st.text(max_size=4)
_TEXTS = st.lists(_PIECES, max_size=40).map(" ".join)


@given(_TEXTS, _TEXTS)
def test_any_text_is_read(opening: str, content: str) -> None:
    """No attendance list and no item makes the readers fail; names are never empty."""
    text, part = minutes_part(opening, ("Apologies", content))
    people = read_people(text, part)
    assert all(name.strip() for name in people.names)
    for statement in read_statements(text, part, people):
        assert all(0 <= span.start < span.end <= len(text) for span in statement.spans)
    assert isinstance(attribute(content, people), tuple)


@given(_TEXTS)
def test_one_attribution_a_sentence(content: str) -> None:
    """Every sentence has one attribution; a speaker that is not in doubt is somebody."""
    sentences = sentences_of(content)
    text, part = minutes_part("Present: Councillor Alan Sharp; Una Frost (UF), Commissioner")
    given_ = attribute_sentences(sentences, read_people(text, part))
    assert len(given_) == len(sentences)
    assert all(one.speaker != "" for one in given_)
