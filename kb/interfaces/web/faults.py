"""What people see when something goes wrong: the state of it, in place of what they asked for."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from kb.errors import KbError, LibraryMissingError
from kb.interfaces.rendering.html import states
from kb.interfaces.rendering.html.markup import Html
from kb.interfaces.web.opening import OpenLibrary

_Shown = TypeVar("_Shown")
_LOG: Final = logging.getLogger(__name__)


def told(steps: Iterator[_Shown], opened: OpenLibrary, wrap: Callable[[Html], _Shown]) -> Iterator[_Shown]:
    """Go through steps of showing something; a failure becomes the last of them.

    Args:
        steps: What is shown, one after the other.
        opened: The library, named where it is missing.
        wrap: Makes what is shown of a state.
    """
    try:
        yield from steps
    except LibraryMissingError:
        yield wrap(states.empty_library(str(opened.folder)))
    except KbError as error:
        yield wrap(states.error(error))
    except Exception:  # noqa: BLE001 - the page must say something; the log says more
        reference = secrets.token_hex(4)
        _LOG.exception("a page failed, reference %s", reference)
        fault = KbError("Something went wrong.", next_step="Try again, or ask in other words.")
        yield wrap(states.error(fault, reference=reference))


def shown(make: Callable[[], Html], opened: OpenLibrary) -> Html:
    """What a function shows, or the state of its failure."""
    return next(told((make() for _ in range(1)), opened, lambda state: state))
