"""Where places, papers, people and topics are shown, as addresses within the application."""

from __future__ import annotations

from urllib.parse import urlencode


def place(place_id: str) -> str:
    """The permanent address of a place."""
    return "./?" + urlencode({"place": place_id})


def question(text: str) -> str:
    """A question, asked."""
    return "./?" + urlencode({"q": text})


def meetings(**fields: str) -> str:
    """The page of meetings: all of them, or one ``paper``, ``person`` or topic (``q``)."""
    return "./meetings" + (f"?{urlencode(fields)}" if fields else "")


def paper(paper_id: str) -> str:
    """A paper to be read."""
    return meetings(paper=paper_id)


def person(name: str) -> str:
    """What somebody said."""
    return meetings(person=name)


def within(document: str) -> str:
    """The front page, limited to one document."""
    return "./?" + urlencode({"paper": document})
