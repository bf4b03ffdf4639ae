"""An answer as people read it: in short first, then its sources by meeting, then the other places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from kb.interfaces.rendering import words
from kb.interfaces.rendering.html.cards import PlaceAddress, card, citation
from kb.interfaces.rendering.html.markup import NOTHING, Html, join, tag
from kb.records import Answer, Citation, Conflict, Hit, Quote, Understood

ChipAddress = Callable[[Understood], str]
"""The address of the same question with a reading switched off, or on again."""


def before(pieces: Iterable[Understood], *, suggestion: tuple[str, str] | None, chip_at: ChipAddress) -> Html:
    """What stands above results: the question that may have been meant, and what was understood of this one."""
    return join(
        tag(
            "p",
            "Did you mean ",
            tag("a", suggestion[0], href=suggestion[1], data_go=True),
            "?",
            class_="kb-suggestion",
        )
        if suggestion
        else NOTHING,
        _chips(list(pieces), chip_at),
    )


def limits(documents: Sequence[str], without: Callable[[str], str]) -> Html:
    """The papers that results are limited to, each a button that takes the limit away."""
    return (
        tag(
            "ul",
            (
                tag(
                    "li",
                    tag(
                        "button",
                        f"Only in {name}",
                        tag("span", "×", class_="kb-chip-sign", aria_hidden="true"),
                        type="button",
                        class_="kb-chip",
                        data_go=without(name),
                        aria_label=f"Search in all papers, not only in {name}",
                    ),
                )
                for name in documents
            ),
            class_="kb-understood",
        )
        if documents
        else NOTHING
    )


def answer(found: Answer, *, open_at: PlaceAddress, searched: str, timeline: str = "") -> Html:
    """An answer with its sources as cards, then more places; or that nothing was found, with the nearest places."""
    if found.abstained:
        return not_found(found, open_at=open_at, searched=searched)
    places = words.sources(found)
    count = len(places)
    more = words.other_hits(found)
    announced = f"Answer with {count} source{'' if count == 1 else 's'} and {len(more)} more places."
    return join(
        tag(
            "section",
            tag("h2", "Answer", id="kb-answer-title"),
            tag("div", first, class_="kb-short") if (first := words.first_words(found)) else NOTHING,
            (tag("p", words.said(source), "\N{NO-BREAK SPACE}", _reference(source)) for source in places),
            _folded(found.more, open_at),
            _tools(timeline),
            class_="kb-answer",
            aria_labelledby="kb-answer-title",
            data_announce=announced,
        ),
        (_conflict(each) for each in found.conflicts),
        _section("Sources", _by_meeting(places, found.question, open_at)),
        more_places(more, found.question, first=count + 1, open_at=open_at),
    )


def passages(hits: Sequence[Hit], question: str, *, open_at: PlaceAddress) -> Html:
    """The ranked passages while the answer is being drawn from them."""
    return join(
        tag("p", "Reading what was found…", class_="kb-working"),
        _section(f"Places found ({len(hits)})", _cards(hits, question, first=1, open_at=open_at)),
    )


def not_found(found: Answer, *, open_at: PlaceAddress, searched: str) -> Html:
    """The papers do not answer: say so first, then what was searched, then what comes nearest."""
    nearest = _cards(found.hits, found.question, first=1, open_at=open_at)
    return join(
        tag(
            "section",
            tag("h2", words.NOT_FOUND, id="kb-answer-title"),
            tag("p", found.why_not or "No passage answers the question well enough to be quoted."),
            tag("p", f"Searched: {searched}."),
            tag("p", "Other words may help, or fewer filters; the nearest places are below."),
            class_="kb-state",
            aria_labelledby="kb-answer-title",
            data_announce=words.NOT_FOUND,
        ),
        _section("Nearest places", nearest) if found.hits else NOTHING,
    )


def more_places(hits: Sequence[Hit], question: str, *, first: int, open_at: PlaceAddress) -> Html:
    """Further passages; their numbers go on where those of the sources end, so that none is there twice."""
    if not hits:
        return NOTHING
    cards = _cards(hits, question, first=first, open_at=open_at)
    return _section(f"More places ({len(hits)})", cards)


def _by_meeting(places: Sequence[words.Source], question: str, open_at: PlaceAddress) -> Html:
    """Cards under the meetings they come from, in the order in which the answer names these."""
    first: dict[str, int] = {}
    for source in places:
        first.setdefault(_meeting(source.passage.citation), source.number)
    ordered = sorted(places, key=lambda source: (first[_meeting(source.passage.citation)], source.number))
    return join(
        join(
            tag("h3", meeting),
            tag(
                "ol",
                (
                    card(source.passage, question, number=source.number, open_at=open_at, is_source=True)
                    for source in sources
                ),
                class_="kb-cards",
            ),
        )
        for meeting, sources in groupby(ordered, key=lambda source: _meeting(source.passage.citation))
    )


def _meeting(place: Citation) -> str:
    date = words.day(place.meeting_date) if place.meeting_date else "No date"
    return ", ".join(filter(None, (date, place.body, words.kind(place.kind))))


def _cards(hits: Iterable[Hit], question: str, *, first: int, open_at: PlaceAddress) -> Html:
    return tag(
        "ol",
        (
            card(hit.passage, question, number=number, open_at=open_at)
            for number, hit in enumerate(hits, first)
        ),
        class_="kb-cards",
    )


def _conflict(conflict: Conflict) -> Html:
    """What papers of one meeting print differently, side by side, dates first."""
    return tag(
        "section",
        tag("h2", "The papers disagree"),
        tag(
            "div",
            (
                tag(
                    "div",
                    tag("h3", _meeting(quote.passage.citation)),
                    tag("blockquote", words.plain(quote.text)),
                    citation(quote.passage.citation),
                )
                for quote in conflict.quotes
            ),
            class_="kb-sides",
        ),
        class_="kb-section",
    )


def _folded(quotes: Sequence[Quote], open_at: PlaceAddress) -> Html:
    """What further quotes say, folded so that the answer stays short; each leads to its place."""
    if not quotes:
        return NOTHING
    return tag(
        "details",
        tag("summary", f"More of what these papers say ({len(quotes)})"),
        tag(
            "ul",
            (
                tag(
                    "li",
                    words.plain(quote.text),
                    " ",
                    tag(
                        "a",
                        tag("cite", words.keep_together(quote.passage.citation.label)),
                        href=open_at(quote.passage.id),
                    ),
                )
                for quote in quotes
            ),
        ),
        class_="kb-details kb-more",
    )


def _reference(source: words.Source) -> Html:
    return tag(
        "a",
        f"[{source.number}]",
        class_="kb-ref",
        href=f"#kb-source-{source.number}",
        aria_label=f"Source {source.number}: {source.passage.citation.label}",
    )


def _tools(timeline: str) -> Html:
    return tag(
        "div",
        tag("a", "Follow this topic over time", href=timeline) if timeline else NOTHING,
        tag("button", "Copy link to this answer", type="button", data_copy="address"),
        tag("button", "Print", type="button", data_print=True),
        class_="kb-actions kb-tools",
    )


def _chips(pieces: Sequence[Understood], chip_at: ChipAddress) -> Html:
    """What was read in the question, each piece a button that leaves it out or puts it back."""
    if not pieces:
        return NOTHING
    return tag(
        "div",
        tag("span", "Understood as:", id="kb-understood"),
        tag(
            "ul", (tag("li", _chip(each, chip_at(each))) for each in pieces), aria_labelledby="kb-understood"
        ),
        class_="kb-understood",
    )


def _chip(piece: Understood, address: str) -> Html:
    doing = "Leave out" if piece.is_used else "Put back"
    return tag(
        "button",
        tag("span", f"{words.reading(piece.kind)}: ", class_="kb-chip-kind"),
        piece.meaning if piece.kind != "expansion" else f"{piece.words}, {piece.meaning}",
        tag("span", "×" if piece.is_used else "+", class_="kb-chip-sign", aria_hidden="true"),
        type="button",
        class_="kb-chip" if piece.is_used else "kb-chip kb-ignored",
        data_go=address,
        data_id=piece.id,
        aria_label=f"{doing}: {piece.words}, understood as {piece.meaning}",
    )


def _section(title: str, body: Html) -> Html:
    return tag("section", tag("h2", title), body, class_="kb-section")
