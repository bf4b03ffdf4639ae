"""What stands on every page: title, navigation, extent, the way past them, and the region that is read aloud."""

from __future__ import annotations

from typing import Final, NamedTuple

from kb.interfaces.rendering.html.markup import Html, join, tag


class Destination(NamedTuple):
    """A page by its path below the root, and the word for it."""

    path: str
    name: str


PAGES: Final = (
    Destination("", "Ask"),
    Destination("decisions", "Decisions"),
    Destination("meetings", "Meetings"),
    Destination("papers", "Papers"),
    Destination("evaluation", "Evaluation"),
)


def masthead(title: str, extent: str, *, current: str) -> Html:
    """The top of a page; ``current`` is the path of the page it stands on."""
    links = (
        tag("a", page.name, href=f"./{page.path}", aria_current="page" if page.path == current else None)
        for page in PAGES
    )
    return join(
        tag("a", "Skip to the content", href="#kb-content", class_="kb-skip"),
        tag(
            "header",
            tag("p", title, class_="kb-title"),
            tag("nav", join(links), aria_label="Pages"),
            tag("p", extent, class_="kb-extent"),
            class_="kb-masthead",
        ),
        tag("p", "", id="kb-live", role="status", aria_live="polite", class_="kb-unseen"),
    )


def heading(title: str, lead: str = "", *, is_unseen: bool = False) -> Html:
    """The heading of a page, at which its content begins; unseen where the page says by itself what it is."""
    said = tag("p", lead, class_="kb-lead") if lead else None
    return tag(
        "div",
        tag("h1", title, class_="kb-unseen" if is_unseen else None),
        said,
        id="kb-content",
        tabindex="-1",
    )


def foot() -> Html:
    """The bottom of a page."""
    return tag("footer", tag("a", "Accessibility", href="./accessibility"), class_="kb-foot")
