"""The pieces that pages are put together from, as Gradio components."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import gradio as gr

from kb.errors import KbError, LibraryMissingError
from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import frame
from kb.interfaces.web.asking import TITLE
from kb.interfaces.web.opening import OpenLibrary

PRIVATE: Final[dict[str, Any]] = {"show_progress": "hidden", "api_visibility": "private"}
"""How events of a page are declared: no spinner over what is being read, and no entry among the endpoints."""

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
