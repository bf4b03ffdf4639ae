"""Lines to structure: document > part (minutes, report, ...) > item > paragraph.

`parse` takes a `Source` and gives its `Outline`. Stages, each in a module: `furniture` (what is not text), `lines`
(what is), `footnotes` (marks and notes), `parts` (papers inside a file), `items` (headings), `paragraphs` (labels and
wrapped lines), `headings` (body, date, title), `packs` (what parts of one pack tell of each other),
`annexes` and `closings` (what stands behind reports and minutes). Of minutes,
`attendance` tells who was there and `speech` who says what. Never: reads files, ranks, or guesses a date that is not
printed.
"""

from __future__ import annotations

from kb.structure.attendance import read_people
from kb.structure.outline import STRUCTURE_VERSION, parse
from kb.structure.people import People
from kb.structure.speech import attribute, attribute_sentences

__all__ = ["STRUCTURE_VERSION", "People", "attribute", "attribute_sentences", "parse", "read_people"]
