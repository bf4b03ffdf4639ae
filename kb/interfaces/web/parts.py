"""The pieces that pages are put together from, as Gradio components."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import gradio as gr

from kb.errors import KbError, LibraryMissingError, UsageError
from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import frame, states
from kb.interfaces.web.asking import TITLE
from kb.interfaces.web.opening import OpenLibrary

PRIVATE: Final[dict[str, Any]] = {"show_progress": "hidden", "api_visibility": "private"}
"""How events of a page are declared: no spinner over what is being read, and no entry among the endpoints."""

IS_SEARCH: Final = "() => window.location.search"
"""What tells the server of the address."""
_SCRIPTS: Final = Path(__file__).with_name("scripts")


def script(*names: str) -> str:
    """Scripts for a component, one after the other."""
    return "\n".join((_SCRIPTS / f"{name}.js").read_text("utf-8") for name in names)


def html(value: str = "", *, scripts: tuple[str, ...] = (), **options: Any) -> Any:
    """A piece of a page that is made in Python; ``scripts`` say what its links and buttons do."""
    return gr.HTML(
        value,
        js_on_load=script(*scripts) if scripts else None,
        apply_default_css=False,
        **options,
    )


def address_box() -> Any:
    """What holds the address's query, so that the server is told of it."""
    return gr.Textbox(visible="hidden", label="Address", elem_id="kb-address")


def top(opened: OpenLibrary, current: str) -> Any:
    """The top of a page, with our navigation instead of Gradio's."""
    gr.Navbar(visible=False)
    return html(masthead(opened, current), elem_id="kb-masthead")


def masthead(opened: OpenLibrary, current: str) -> str:
    """The top of a page, with how far the library reaches now."""
    return frame.masthead(TITLE, extent(opened), current=current)


def extent(opened: OpenLibrary) -> str:
    """How far the library reaches, or why it does not."""
    try:
        library = opened.current()
        facets = library.facets()
        count = len(library.documents())
    except LibraryMissingError:
        return "No papers yet"
    except KbError:
        return "The library cannot be opened"
    return words.extent(count, facets.first_date, facets.last_date) if count else "No papers yet"


def address_page(
    opened: OpenLibrary,
    page: gr.Blocks,
    *,
    current: str,
    title: str,
    render: Callable[[str], str],
    csv: Callable[[str], str] | None = None,
) -> Any:
    """A page whose content follows from its address alone.

    Args:
        opened: The library.
        page: The route it stands on.
        current: The path of the route.
        title: Its heading.
        render: Makes the content of an address's query; never raises.
        csv: Makes the table of an address's query as comma-separated values.

    Returns:
        The content's component.
    """
    head = top(opened, current)
    html(frame.heading(title))
    address = address_box()
    content = html(
        states.status("Looking at the papers…"),
        scripts=("common", "page"),
        elem_id="kb-page",
        elem_classes="kb-page",
        server_functions=[_named_csv(csv)] if csv else None,
    )

    def show(search: str) -> tuple[str, str]:
        return masthead(opened, current), render(search)

    for event in (page.load, content.moved):
        event(None, None, address, js=IS_SEARCH, show_progress="hidden").then(
            show, address, [head, content], **PRIVATE
        )
    return content


def _named_csv(make: Callable[[str], str]) -> Callable[[str], str]:
    def csv(asked: Any) -> str:
        [search] = arguments(asked, 1)
        return make(search)

    return csv


def arguments(given: Any, count: int) -> list[str]:
    """What a script gave a function of the server: Gradio hands over one value, of several a list.

    Raises:
        UsageError: If it gave other than so many texts.
    """
    values = given if isinstance(given, list) else [given]
    if len(values) != count or not all(isinstance(value, str) for value in values):
        raise UsageError(
            "The page asked for something that does not exist.", next_step="Load the page again."
        )
    return values
