"""A place in its paper: the page as a picture with the passage boxed, and the whole item as text with it marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import files
from kb.interfaces.rendering.html.cards import citation, copying, quoted
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, tag
from kb.records import Page, PageBox, Passage, Place, PlaceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is needed to show a place.

    ``context`` are all passages of its item; ``pages`` those of its document (empty where the file has none) and
    ``page`` the number of the one to show, from 1. ``is_pdf`` says whether pages can be drawn; ``is_chosen`` whether a
    reader opened the place, rather than the page of its own accord.
    """

    place: Place
    context: Sequence[Passage]
    pages: Sequence[Page]
    page: int | None
    is_pdf: bool
    is_chosen: bool = True


Turn = Callable[[int | None], str]
"""The address that shows another page of the same document; ``None`` closes the place."""


def panel(sight: Sight, question: str, *, turn: Turn) -> Html:
    """The place beside the results."""
    passage = sight.place.passage
    return tag(
        "section",
        tag(
            "div",
            tag("h2", "The page" if sight.is_pdf else "The place", id="kb-panel-title", tabindex="-1"),
            tag("a", "Close", href=turn(None), data_open=True, class_="kb-close")
            if sight.is_chosen
            else NOTHING,
            class_="kb-panel-head",
        ),
        standing(sight.place),
        join(
            citation(passage.citation),
            tag("div", copying(passage.citation, named="this place"), class_="kb-actions"),
            _picture(sight, passage, turn) if sight.is_pdf and sight.page else _original(passage, None),
            item_text(sight.context, sight.place, question),
        )
        if passage
        else NOTHING,
        class_=" ".join(
            filter(
                None, ("kb-panel", "" if sight.is_chosen else "kb-offered", "" if question else "kb-alone")
            )
        ),
        aria_labelledby="kb-panel-title",
    )


def standing(place: Place) -> Html:
    """What became of a place since its id was given, if anything."""
    if place.status is PlaceStatus.SAME:
        return NOTHING
    title = {
        PlaceStatus.CHANGED: "The words here have changed",
        PlaceStatus.MOVED: "This place has moved",
        PlaceStatus.REMOVED: "This place is no longer in the library",
    }[place.status]
    earlier = (
        tag(
            "details",
            tag("summary", "What stood here when the link was made"),
            tag("blockquote", words.plain(place.earlier_text)),
            class_="kb-details",
        )
        if place.earlier_text
        else NOTHING
    )
    return tag(
        "div",
        tag("h3", title),
        tag("p", place.note),
        tag("p", place.label, class_="kb-citation") if not place.passages else NOTHING,
        earlier,
        class_="kb-note",
        role="note",
    )


def item_text(context: Sequence[Passage], place: Place, question: str) -> Html:
    """The whole item as readable text, each paragraph a link to itself, the place marked by a rule and a word."""
    wanted = {passage.id for passage in place.passages}
    first = context[0].citation if context else None
    title = ""
    if first is not None:
        title = " ".join(filter(None, (first.item or first.section, first.item_title)))
    return tag(
        "section",
        tag("h3", f"In context: {words.plain(title)}" if title else "In context", id="kb-context"),
        (_paragraph(passage, question, is_wanted=passage.id in wanted) for passage in context),
        class_="kb-item-text",
    )


def _paragraph(passage: Passage, question: str, *, is_wanted: bool) -> Html:
    label = passage.citation.paragraph
    return tag(
        "div",
        tag("span", label, class_="kb-label") if label else NOTHING,
        tag(
            "p",
            tag("span", "This place: ", class_="kb-unseen") if is_wanted else NOTHING,
            quoted(passage, question),
        ),
        class_="kb-paragraph kb-wanted" if is_wanted else "kb-paragraph",
        aria_current="true" if is_wanted else None,
    )


def _picture(sight: Sight, passage: Passage, turn: Turn) -> Html:
    page, last = sight.page or 1, len(sight.pages)
    boxes = [box for box in passage.boxes if box.page == page]
    shown = next((each for each in sight.pages if each.number == page), None)
    printed = f", printed {shown.label}" if shown and shown.label and shown.label != str(page) else ""
    height = f"{shown.width} / {shown.height}" if shown and shown.width and shown.height else "210 / 297"
    described = f"Page {page} of {passage.citation.document}"
    boxed = ", with the passage boxed" if boxes else ""
    return join(
        tag(
            "div",
            _turning("Previous page", "‹", turn(page - 1) if page > 1 else None),
            tag("span", f"p. {page} of {last}{printed}"),
            _turning("Next page", "›", turn(page + 1) if page < last else None),
            _original(passage, page),
            class_="kb-turn",
        ),
        tag(
            "div",
            tag(
                "img",
                src=files.picture(passage.document_id, page),
                alt=f"{described}{boxed}. Its text follows below.",
                loading="lazy",
            ),
            (_box(box) for box in boxes),
            class_="kb-sheet",
            style=f"aspect-ratio: {height}",
        ),
    )


def _turning(label: str, sign: str, address: str | None) -> Html:
    if address is None:
        return tag("span", sign, class_="kb-turn-off", aria_hidden="true")
    return tag("a", sign, href=address, data_open=True, aria_label=label, class_="kb-turn-on")


def _original(passage: Passage, page: int | None) -> Html:
    name = passage.citation.document
    kind = name.rsplit(".", 1)[-1].upper() if "." in name else "file"
    return tag(
        "a",
        f"Open {kind}",
        href=files.original(passage.document_id, page),
        target="_blank",
        rel="noopener",
        class_="kb-original",
        aria_label=f"Open {name}{f' at page {page}' if page else ''} in a new tab",
    )


def _box(place: PageBox) -> Html:
    """A box in shares of the page, so that it fits a picture of any size."""
    box = place.box
    left, top = 100 * box.x0 / place.width, 100 * box.top / place.height
    width, height = 100 * (box.x1 - box.x0) / place.width, 100 * (box.bottom - box.top) / place.height
    return tag(
        "span",
        class_="kb-box",
        style=f"left:{left:.2f}%;top:{top:.2f}%;width:{width:.2f}%;height:{height:.2f}%",
    )
