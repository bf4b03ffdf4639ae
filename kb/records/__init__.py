"""The nouns of the job, as plain frozen records.

Data flows ``Source -> Outline -> Passage -> Ranking -> Answer``. A `Source` is one file as text with its lines; an
`Outline` is its structure (parts, items, paragraphs); a `Passage` is the unit retrieved; an `Answer` quotes passages.

Every record that shows text also says where it stands: a `Span` counts characters of ``Source.text``, end exclusive.
``None`` always means "the source does not say".
"""

from kb.records.answers import Answer, Conflict, Filters, Hit, Quote, Understood
from kb.records.outlines import Doubt, DoubtKind, Item, ItemType, Outline, Paragraph, Part, PartKind
from kb.records.passages import Citation, Link, LinkKind, Passage, PassageId, Place, PlaceKind, PlaceStatus
from kb.records.sources import Box, DocumentId, Line, Page, PageBox, PlacedWord, Source, Span, Struck
from kb.records.written import Claim, Written

__all__ = [
    "Answer",
    "Box",
    "Citation",
    "Claim",
    "Conflict",
    "DocumentId",
    "Doubt",
    "DoubtKind",
    "Filters",
    "Hit",
    "Item",
    "ItemType",
    "Line",
    "Link",
    "LinkKind",
    "Outline",
    "Page",
    "PageBox",
    "Paragraph",
    "Part",
    "PartKind",
    "Passage",
    "PassageId",
    "Place",
    "PlaceKind",
    "PlaceStatus",
    "PlacedWord",
    "Quote",
    "Source",
    "Span",
    "Struck",
    "Understood",
    "Written",
]
