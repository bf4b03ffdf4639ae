"""Lines to structure: document > part (minutes, report, ...) > item > paragraph.

`parse` takes a `Source` and gives its `Outline`. Stages, each in a module: `furniture` (what is not text), `lines` (what
is), `parts` (papers inside a file), `items` (headings), `paragraphs` (labels and wrapped lines), `headings` (body, date,
title), `packs` (what parts of one pack tell of each other), `people` (who speaks). Never: reads files, ranks, or guesses
a date that is not printed.
"""

from __future__ import annotations

from kb.structure.outline import STRUCTURE_VERSION, parse
from kb.structure.people import People, attribute, read_people

__all__ = ["STRUCTURE_VERSION", "People", "attribute", "parse", "read_people"]
