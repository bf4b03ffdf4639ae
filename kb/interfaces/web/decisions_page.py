"""The page of decisions, actions and undertakings: tables that follow from the address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import gradio as gr

from kb.errors import UsageError
from kb.interfaces.rendering.html import frame, registers, states
from kb.interfaces.rendering.html.markup import Html, join
from kb.interfaces.web import parts
from kb.interfaces.web.asking import Narrowing, filters_of
from kb.interfaces.web.faults import shown
from kb.interfaces.web.opening import OpenLibrary
from kb.proceedings import Recorded
from kb.register.records import RowKind


def build(opened: OpenLibrary, page: gr.Blocks) -> None:
    """Put the page together."""
    parts.address_page(
        opened,
        page,
        current="decisions",
        title="Decisions and actions",
        render=lambda search: render(opened, search),
        csv=lambda search: as_csv(opened, search),
    )
    parts.html(frame.foot())


def render(opened: OpenLibrary, search: str) -> Html:
    """What the address asks for; a fault is shown as such."""
    return shown(lambda: _content(opened, _fields(search)), opened)


def as_csv(opened: OpenLibrary, search: str) -> str:
    """The same table as comma-separated values.

    Raises:
        KbError: If there is no such table.
    """
    return registers.as_csv(_rows(opened, _fields(search)))


def _content(opened: OpenLibrary, fields: dict[str, str]) -> Html:
    library = opened.current()
    if not library.documents():
        return states.empty_library(str(opened.folder))
    bodies = [name for name, _ in library.facets().bodies]
    form = registers.filtering(fields, bodies, kind=_kind(fields))

    def sort_at(name: str, is_descending: bool) -> str:  # noqa: FBT001
        kept = {key: value for key, value in fields.items() if key not in {"sort", "down"}}
        return "?" + urlencode({**kept, "sort": name} | ({"down": "yes"} if is_descending else {}))

    sorted_by, is_descending = _order(fields)
    table = registers.register(
        _rows(opened, fields),
        _kind(fields),
        sorted_by=sorted_by,
        is_descending=is_descending,
        sort_at=sort_at,
    )
    return join(form, table)


def _rows(opened: OpenLibrary, fields: dict[str, str]) -> list[Recorded]:
    library = opened.current()
    bodies = [fields["body"]] if fields.get("body") else []
    filters = filters_of(Narrowing(bodies, (), fields.get("from"), fields.get("to")), library)
    found = library.register(_kind(fields), filters=filters, words=fields.get("words", ""))
    if fields.get("open"):
        found = tuple(row for row in found if row.followed is None and not row.status)
    sorted_by, is_descending = _order(fields)
    have = [row for row in found if not registers.sort_key(row, sorted_by)[0]]
    lack = [row for row in found if registers.sort_key(row, sorted_by)[0]]
    have.sort(key=lambda row: registers.sort_key(row, sorted_by), reverse=is_descending)
    return [*have, *lack]


def _order(fields: dict[str, str]) -> tuple[str, bool]:
    """The latest first, unless something else was chosen."""
    return fields.get("sort", "date"), "down" in fields or "sort" not in fields


def _kind(fields: dict[str, str]) -> RowKind:
    wanted = fields.get("kind", RowKind.DECISION.value)
    for kind in registers.KINDS:
        if kind.value == wanted:
            return kind
    raise UsageError(
        f"There is no register of {wanted!r}.",
        next_step=f"Choose from: {', '.join(kind.value for kind in registers.KINDS)}.",
    )


def _fields(search: str) -> dict[str, str]:
    return {name: values[0].strip() for name, values in parse_qs(search.removeprefix("?")).items()}
