"""A passage as a card: the quote first, then who said it, then where it stands, then what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kb.interfaces.rendering import markdown, versions, words
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, marked, tag
from kb.records import Citation, Passage

PlaceAddress = Callable[[str], str]
"""The address that opens a place beside the present results."""


def card(
    passage: Passage, question: str, *, number: int, open_at: PlaceAddress, is_source: bool = False
) -> Html:
    """One passage; ``number`` is how the answer or the list calls it."""
    said = words.speakers(passage.speakers)
    name = f"source-{number}" if is_source else f"place-{number}"
    return tag(
        "li",
        tag("span", str(number), class_="kb-number", aria_hidden="true"),
        tag("blockquote", quoted(passage, question)),
        tag("p", said[:1].upper() + said[1:], class_="kb-speaker") if said else NOTHING,
        citation(passage.citation),
        actions(passage, number=number, open_at=open_at),
        class_="kb-card",
        id=f"kb-{name}",
        tabindex="-1",
    )


def quoted(passage: Passage, question: str) -> Html:
    """What a passage says, with what was struck through in it shown so."""
    return join(
        tag("del", each.text) if each.is_struck else marked(each.text, question)
        for each in words.stretches(passage)
    )


def citation(place: Citation) -> Html:
    """The citation in one line, with its status where it is not confirmed, and the file it stands in."""
    status = words.unsaid_status(place)
    page = words.page(place)
    where = f", {page}" if page and page not in place.label else ""
    return join(
        tag(
            "p",
            tag("cite", words.keep_together(place.label + where)),
            join(" ", tag("span", status.capitalize(), class_="kb-status")) if status else NOTHING,
            # A paper that names no body is cited by its file already.
            NOTHING if place.document in place.label else tag("span", place.document, class_="kb-document"),
            class_="kb-citation",
        ),
        links(place),
    )


def links(place: Citation) -> Html:
    """Where else the words stand, and what has replaced or amended them."""
    entries = [
        tag(
            "li",
            f"{line.relation}: ",
            tag("cite", words.keep_together(line.place)),
            f" – {words.plain(line.note)}" if line.note else NOTHING,
        )
        for line in versions.link_lines(place)
    ]
    return tag("ul", join(entries), class_="kb-links") if entries else NOTHING


def actions(passage: Passage, *, number: int, open_at: PlaceAddress) -> Html:
    """Open the place, copy its citation, learn why it was found, say whether it is right."""
    place = passage.citation
    named = f"source {number}"
    return tag(
        "div",
        tag(
            "a",
            "Show page" if passage.boxes else "Show in context",
            href=open_at(place.id),
            data_open=True,
            data_place=place.id,
            aria_label=f"{'Show page' if passage.boxes else 'Show in context'}, {named}",
        ),
        copying(place, named=named),
        _unfolding("Why this result", "why", place.id, named=named),
        _unfolding("Is this right?", "judge", place.id, named=named),
        class_="kb-actions",
    )


def copying(place: Citation, *, named: str) -> Html:
    """The citation for other papers, in three forms."""
    line = words.citation_line(place)
    forms: Sequence[tuple[str, str, str]] = (
        ("Plain text", "text", line),
        ("Markdown", "markdown", markdown.escape(line)),
        ("Link", "link", ""),
    )
    return tag(
        "details",
        tag("summary", "Copy citation", aria_label=f"Copy citation, {named}"),
        tag(
            "div",
            (
                tag("button", label, type="button", data_copy=form, data_text=said, data_place=place.id)
                for label, form, said in forms
            ),
            class_="kb-unfolded",
        ),
        class_="kb-details",
    )


def judging(place_id: str) -> Html:
    """What a reader may say of a place: a file of such words makes the next evaluation better."""
    choices: Iterable[tuple[str, str]] = (
        ("up", "This answers it"),
        ("down", "This does not"),
        ("right_place", "This is the right place"),
    )
    return tag(
        "div",
        (
            tag("button", label, type="button", data_verdict=verdict, data_place=place_id)
            for verdict, label in choices
        ),
        class_="kb-unfolded",
    )


def _unfolding(label: str, purpose: str, place_id: str, *, named: str) -> Html:
    """A part whose content is fetched or shown when it is opened."""
    content = judging(place_id) if purpose == "judge" else tag("div", class_="kb-unfolded")
    return tag(
        "details",
        tag("summary", label, aria_label=f"{label}, {named}"),
        content,
        class_="kb-details",
        data_why=place_id if purpose == "why" else None,
    )
