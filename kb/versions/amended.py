"""Which paragraph of the earlier minutes does an amendment mean?

Takes an amendment and a copy of the minutes it amends, gives the passage, or ``None`` where only the minutes as a
whole are certain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.records import Passage
from kb.versions.amendments import Amendment
from kb.versions.papers import Paper
from kb.versions.wording import contains

_LISTS = {
    "attendance": "present",
    "attendees": "present",
    "those present": "present",
    "members present": "present",
}


def amended_passage(amendment: Amendment, minutes: Paper) -> Passage | None:
    """Find the passage that an amendment changes.

    The printed label comes first, then the words that go or come, then the count of paragraphs; "paragraph 25" is the
    item of that number where items are numbered so.
    """
    item, paragraph = amendment.item, amendment.paragraph or amendment.section
    if item is None and amendment.paragraph is not None and _of_item(minutes, amendment.paragraph):
        item, paragraph = amendment.paragraph, amendment.section
    passages: Sequence[Passage] = _of_item(minutes, item) if item is not None else minutes.passages
    if paragraph is not None:
        labelled = [each for each in passages if _same_label(each.citation.paragraph, paragraph)]
        found = _with_words(labelled, amendment) or labelled
        if found and (item is not None or len(found) == 1):
            return found[0]
    if amendment.list_name is not None and item is None:
        return _of_list(minutes, amendment.list_name)
    quoted = _with_words(passages, amendment)
    if len(quoted) == 1:
        return quoted[0]
    if item is None or not passages:
        return None
    if amendment.nth is not None and -1 <= amendment.nth <= len(passages):
        return passages[amendment.nth - 1 if amendment.nth > 0 else -1]
    return passages[0] if len(passages) == 1 else None


def is_made(amendment: Amendment, passage: Passage) -> bool:
    """Whether a passage already reads as amended.

    The new words must be there and the old ones gone. A lone new word proves nothing: it may be the one whose spelling
    is to be put right.
    """
    if amendment.old is not None and contains(passage.text, amendment.old):
        return False
    if amendment.new is None:
        return amendment.old is not None
    telling = amendment.old is not None or len(amendment.new.split()) > 1
    return telling and contains(passage.text, amendment.new)


def _of_item(minutes: Paper, number: str) -> list[Passage]:
    return [passage for passage in minutes.passages if _same_label(passage.citation.item, number)]


def _same_label(printed: str | None, named: str) -> bool:
    return printed is not None and printed.strip("().").casefold() == named.strip("().").casefold()


def _with_words(passages: Sequence[Passage], amendment: Amendment) -> list[Passage]:
    """The passages with the words that go, else those with the words that come."""
    for words in (amendment.old, amendment.new):
        found = [passage for passage in passages if words is not None and contains(passage.text, words)]
        if found:
            return found
    return []


def _of_list(minutes: Paper, name: str) -> Passage | None:
    """The list of apologies, of those present: an item of that title, else a passage that says so, at the beginning."""
    word = _LISTS.get(name, name)
    by_title: Callable[[Passage], bool] = lambda each: word in (each.citation.item_title or "").casefold()  # noqa: E731
    by_text: Callable[[Passage], bool] = lambda each: word in each.text.casefold()  # noqa: E731
    titled = [each for each in minutes.passages if each.citation.item is not None and by_title(each)]
    return next(iter(titled), None) or next(filter(by_text, minutes.passages), None)
