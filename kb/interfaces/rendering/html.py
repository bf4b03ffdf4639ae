"""Answers, passages and states of the page as HTML.

Every string that comes from a paper, a question or a file name passes `text` or `marked`, which escape it; nothing else
puts such a string into markup. Class names start with ``kb-`` and are styled in ``web/page.css``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from kb.errors import KbError
from kb.interfaces.rendering import versions, words
from kb.records import Answer, Citation, Hit, Passage, Understood


def text(value: str) -> str:
    """Text as HTML shows it, exactly."""
    return escape(value, quote=True)


def marked(value: str, question: str) -> str:
    """Text with the question's words in ``<mark>``."""
    return "".join(
        f"<mark>{text(piece.text)}</mark>" if piece.is_marked else text(piece.text)
        for piece in words.marked(value, question)
    )


def masthead(title: str, extent: str) -> str:
    """The top of the page: what it is, and how far the library reaches."""
    return (
        f'<header class="kb-masthead"><h1>{text(title)}</h1><p class="kb-extent">{text(extent)}</p></header>'
    )


def answer(found: Answer) -> str:
    """An answer with its sources as cards, then more places; or that nothing was found, with the nearest places.

    Before it, the question that may have been meant; after it, what was understood.
    """
    body = not_found(found) if found.abstained else _found(found)
    return _suggestion(found.suggestion) + body + _understood(found.understood)


def not_found(found: Answer) -> str:
    """The papers do not answer: say so first, then show what comes nearest."""
    nearest = "".join(card(hit.passage, found.question, number=hit.rank) for hit in found.hits)
    places = _section("Nearest places", f'<ol class="kb-cards">{nearest}</ol>') if nearest else ""
    lead = "<p>No passage answers the question well enough to be quoted. Other words may help, or fewer filters.</p>"
    return (
        '<section class="kb-state" aria-labelledby="kb-answer-title">'
        f'<h2 id="kb-answer-title">{text(words.NOT_FOUND)}</h2>{lead}</section>{places}'
    )


def card(passage: Passage, question: str, *, number: int, anchor: str = "") -> str:
    """A passage: the quote first, then who said it, then where it stands."""
    name = f' id="{text(anchor)}" tabindex="-1"' if anchor else ""
    said = words.speakers(passage.speakers)
    by = f'<p class="kb-speaker">{text(said[:1].upper() + said[1:])}</p>' if said else ""
    return (
        f'<li class="kb-card"{name}><span class="kb-number" aria-hidden="true">{number}</span>'
        f"<blockquote>{_words(passage, question)}</blockquote>"
        f"{by}{citation(passage.citation)}</li>"
    )


def _words(passage: Passage, question: str) -> str:
    """What a passage says, with what was struck through in it shown so."""
    return "".join(
        f"<del>{text(each.text)}</del>" if each.is_struck else marked(each.text, question)
        for each in words.stretches(passage)
    )


def citation(place: Citation) -> str:
    """The citation in one line, with its status where it is not confirmed, and the file it stands in."""
    status = words.unsaid_status(place)
    badge = f' <span class="kb-status">{text(status.capitalize())}</span>' if status else ""
    page = words.page(place)
    # A paper that names no body is cited by its file already.
    document = (
        "" if place.document in place.label else f'<span class="kb-document">{text(place.document)}</span>'
    )
    where = f", {page}" if page and page not in place.label else ""
    line = f"<cite>{text(words.keep_together(place.label + where))}</cite>{badge}{document}"
    return f'<p class="kb-citation">{line}</p>{links(place)}'


def links(place: Citation) -> str:
    """Where else the words stand, and what has replaced or amended them."""
    entries = "".join(
        f"<li>{text(line.relation)}: <cite>{text(words.keep_together(line.place))}</cite>"
        + (f" – {text(words.plain(line.note))}" if line.note else "")
        + "</li>"
        for line in versions.link_lines(place)
    )
    return f'<ul class="kb-links">{entries}</ul>' if entries else ""


def error(problem: KbError, *, reference: str = "") -> str:
    """What went wrong, what to do, and under which reference the log has it."""
    step = f"<p>{commands(problem.next_step)}</p>" if problem.next_step else ""
    note = f'<p class="kb-reference">Nothing was lost. Reference: {text(reference)}</p>' if reference else ""
    return f'<section class="kb-state" role="alert"><h2>{text(problem.message)}</h2>{step}{note}</section>'


def status(message: str) -> str:
    """A word about what is going on, for eyes and screen readers alike."""
    return f'<p class="kb-working" role="status">{text(message)}</p>'


def empty_library(folder: str) -> str:
    """There is no paper yet: the command that puts some in."""
    return (
        '<section class="kb-state"><h2>No papers yet</h2>'
        "<p>Put a folder of meeting papers into the library, then load this page again:</p>"
        f"<pre><code>kb ingest --library {text(folder)} PAPERS</code></pre></section>"
    )


def commands(sentence: str) -> str:
    """A sentence with its command, quoted by backquotes or standing last after a colon, shown as code."""
    return re.sub(
        r"`([^`]+)`|(?<=: )(kb .+)$", lambda found: f"<code>{found[1] or found[2]}</code>", text(sentence)
    )


def _found(found: Answer) -> str:
    places = words.sources(found)
    said = "".join(
        f"<p>{_sentences(source)}&nbsp;<a class='kb-ref' href='#kb-source-{source.number}' "
        f"aria-label='Source {source.number}: {text(source.passage.citation.label)}'>[{source.number}]</a></p>"
        for source in places
    )
    cards = "".join(
        card(source.passage, found.question, number=source.number, anchor=f"kb-source-{source.number}")
        for source in places
    )
    return (
        '<section class="kb-answer" aria-labelledby="kb-answer-title">'
        f'<h2 id="kb-answer-title">Answer</h2>{said}</section>'
        + _section("Sources", f'<ol class="kb-cards">{cards}</ol>')
        + _more(words.other_hits(found), found.question, first=len(places) + 1)
    )


def _suggestion(question: str | None) -> str:
    return f'<p class="kb-suggestion">{text(words.suggestion(question))}</p>' if question else ""


def _understood(pieces: Iterable[Understood]) -> str:
    """What was read in the question, each piece with the id that switches it off."""
    items = "".join(
        f'<li data-id="{text(each.id)}"{"" if each.is_used else " class=kb-ignored"}>'
        f"<q>{text(each.words)}</q> {text(each.meaning)}</li>"
        for each in pieces
    )
    return _section("Understood", f'<ul class="kb-understood">{items}</ul>') if items else ""


def _sentences(source: words.Source) -> str:
    return text(" ".join(words.plain(quote.text) for quote in source.quotes))


def _more(hits: Iterable[Hit], question: str, *, first: int) -> str:
    """Further passages; their numbers go on where those of the sources end, so that none is there twice."""
    cards = [card(hit.passage, question, number=number) for number, hit in enumerate(hits, first)]
    if not cards:
        return ""
    return _section(f"More places ({len(cards)})", f'<ol class="kb-cards">{"".join(cards)}</ol>')


def _section(title: str, body: str) -> str:
    return f'<section class="kb-section"><h2>{text(title)}</h2>{body}</section>'
