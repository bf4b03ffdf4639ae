"""Minutes written line by line, for tests of the register."""

from __future__ import annotations

from typing import Any

from kb.records import Source
from kb.register.reading import read_register
from kb.register.records import Row, RowKind
from kb.structure import parse
from tests.strategies import source_of

HEAD = """MINUTES OF A MEETING OF THE OUSEDALE POLICE AND CRIME PANEL
HELD AT THE CORN HALL, OUSEBY, ON 3 MAY 2023

Members Present: Councillors A Sharp (Chair), C Dunn, E Finch; G Hale (Vice-Chair)
Officers Present: Ivy Jones, Clerk
Others Present: Una Frost, Police and Crime Commissioner; Kit Lane, Chief Constable

"""


def minutes(body: str, *, head: str = HEAD) -> Source:
    """Minutes with these items under an attendance list."""
    return source_of(head + body, name="minutes.txt")


def rows(source: Source, kind: RowKind) -> list[Any]:
    """The rows of one kind."""
    return [row for row in read_register(source, parse(source)) if row.KIND is kind]


def text_of(source: Source, row: Row) -> str:
    """The words of a row, white space folded."""
    return " ".join(" ".join(source.text[start:end].split()) for start, end in row.spans)
