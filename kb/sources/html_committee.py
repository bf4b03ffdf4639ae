"""Pages of the agenda system that most English councils run ("Agenda and minutes", "Printed minutes").

Each item is a table row: its number in a cell of its own (``mgItemNumberCell``), beside it the title
(``mgAiTitleTxt``), links to the reports (``mgActionList``, "View the background to item 4."), and the text under the
words "Decision:" or "Minutes:" (``mgSubItemTitleTxt``). The titles are paragraphs, not headings, and the files attached
are named with their size ("Report of the Treasurer PDF 132 KB").
Sample: ``tests/unit/sources/pages/agenda_system.html``.
"""

from __future__ import annotations

from typing import Any, Final

TITLES: Final = frozenset({"mgAiTitleTxt", "mgSubItemTitleTxt"})
"""Classes of paragraphs that are headings."""
LINKS: Final = frozenset({"mgActionList", "mgFileSize", "mgHide", "mgLinks"})
"""Classes of what leads elsewhere or is not shown."""


def is_item_title(element: Any) -> bool:
    """Tell a paragraph that is the heading of an item or of a piece of it."""
    return not TITLES.isdisjoint(element.get("class", "").split())


def is_link_list(element: Any) -> bool:
    """Tell what is no text of the item."""
    return not LINKS.isdisjoint(element.get("class", "").split())
