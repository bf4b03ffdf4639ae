"""Registers: what was decided, who is to do what, and what was promised, each row leading to its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kb.interfaces.rendering import words
from kb.interfaces.rendering.html import addresses, forms
from kb.interfaces.rendering.html.markup import NOTHING, Html, tag
from kb.interfaces.rendering.html.tables import Column, table
from kb.records import Citation
from kb.register.records import RowKind

if TYPE_CHECKING:
    from kb.proceedings import Recorded

KINDS: Final = {
    RowKind.DECISION: "Decisions",
    RowKind.ACTION: "Actions",
    RowKind.UNDERTAKING: "Undertakings",
    RowKind.RECOMMENDATION: "Recommendations",
}
"""The registers that are shown, and their names."""

_BEGINNING: Final = (Column(heading="Date", sorts_by="date"), Column(heading="Body", sorts_by="body"))
_ITEM: Final = Column(heading="Item", sorts_by="item")
_WORDING: Final = Column(heading="Wording", sorts_by="words")
_COLUMNS: Final = {
    RowKind.DECISION: (*_BEGINNING, _ITEM, _WORDING, Column(heading="Vote", sorts_by="vote")),
    RowKind.RECOMMENDATION: (*_BEGINNING, _ITEM, _WORDING),
}
_TO_DO: Final = (
    *_BEGINNING,
    Column(heading="Who", sorts_by="who"),
    _WORDING,
    Column(heading="Due", sorts_by="due"),
    Column(heading="State", sorts_by="state"),
)


def filtering(fields: Mapping[str, str], bodies: Sequence[str], *, kind: RowKind) -> Html:
    """Which register, of which body and time, with which words; and whether only what is open."""
    can_be_open = kind in {RowKind.ACTION, RowKind.UNDERTAKING}
    return tag(
        "form",
        tag(
            "div",
            forms.select("kind", "Show", [(each.value, name) for each, name in KINDS.items()], kind.value),
            forms.select(
                "body", "Body", [("", "all"), *((body, body) for body in bodies)], fields.get("body", "")
            ),
            forms.select("open", "State", [("", "all"), ("yes", "still open")], fields.get("open", ""))
            if can_be_open
            else NOTHING,
            forms.typed("from", "Meetings from", fields.get("from", "")),
            forms.typed("to", "Meetings to", fields.get("to", "")),
            forms.typed("words", "With the words", fields.get("words", "")),
            tag("button", "Show", type="submit", class_="kb-button"),
            class_="kb-fields",
        ),
        class_="kb-form",
    )


def register(
    rows: Sequence[Recorded],
    kind: RowKind,
    *,
    sorted_by: str,
    is_descending: bool,
    sort_at: Callable[[str, bool], str],
) -> Html:
    """The table, with its number of rows and a button that saves it."""
    count = len(rows)
    name = KINDS[kind].lower()
    said = f"{count} {name.removesuffix('s') if count == 1 else name}"
    if not rows:
        return tag(
            "section",
            tag("h2", f"No {name} here"),
            tag("p", "None is recorded within these limits. Take a filter away, or choose another register."),
            class_="kb-state",
            data_announce=said,
        )
    return tag(
        "section",
        tag(
            "div",
            tag("h2", said),
            tag(
                "button",
                "Download CSV",
                type="button",
                class_="kb-button kb-button-quiet",
                data_csv=f"{name}.csv",
                id="kb-csv",
            ),
            class_="kb-bar-of-tools",
        ),
        table(
            f"{KINDS[kind]}; a date opens the place",
            _COLUMNS.get(kind, _TO_DO),
            (_cells(row) for row in rows),
            sorted_by=sorted_by,
            is_descending=is_descending,
            sort_at=sort_at,
        ),
        data_announce=said,
    )


def sort_key(row: Recorded, name: str) -> tuple[bool, str]:
    """What rows are sorted by; rows that have nothing there come last."""
    value = _values(row).get(name, "")
    return (not value, value.casefold())


def as_csv(rows: Sequence[Recorded]) -> str:
    """The table as comma-separated values; nothing in a cell is taken for a formula by a spreadsheet."""
    written = io.StringIO()
    out = csv.writer(written)
    names = list(_values(rows[0])) if rows else ["date", "body", "item", "words"]
    out.writerow([*names, "citation", "id"])
    for row in rows:
        place = row.passage.citation
        cells = [*_values(row).values(), words.citation_line(place), place.id]
        out.writerow([f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell for cell in cells])
    return written.getvalue()


def _values(row: Recorded) -> dict[str, str]:
    """The cells of a row as plain text, by the names they are sorted by."""
    place = row.passage.citation
    values = {
        "date": place.meeting_date.isoformat() if place.meeting_date else "",
        "body": place.body or "",
        "item": _item(place),
        "words": _wording(row),
    }
    if row.kind is RowKind.DECISION:
        values["vote"] = _vote(row.row)
    elif row.kind in {RowKind.ACTION, RowKind.UNDERTAKING}:
        values |= {
            "who": getattr(row.row, "who", None) or "",
            "due": getattr(row.row, "due", None) or "",
            "state": row.status or "open",
        }
    return values


def _cells(row: Recorded) -> list[str]:
    values = _values(row)
    place = row.passage.citation
    day = words.day(place.meeting_date) if place.meeting_date else "No date"
    values["date"] = tag(
        "a", day, href=addresses.place(place.id), aria_label=f"Open the place: {place.label}"
    )
    if row.followed is not None:
        values["state"] = tag("a", values.get("state") or "followed", href=addresses.place(row.followed.id))
    columns = _COLUMNS.get(row.kind, _TO_DO)
    return [values[column.sorts_by] for column in columns]


def _wording(row: Recorded) -> str:
    text = words.plain(row.text)
    return f"{words.plain(row.lead)} {text}" if row.lead else text


def _item(place: Citation) -> str:
    number = place.item or place.agenda_item or place.section
    return " ".join(filter(None, (number, words.plain(place.item_title or ""))))


def _vote(row: Any) -> str:
    """How it was voted, in words: "for 7, against 2"; "unanimous"; empty where the paper does not say."""
    counts = (("for", row.votes_for), ("against", row.votes_against), ("abstained", row.abstentions))
    said = [f"{word} {number}" for word, number in counts if number is not None]
    return ", ".join(said) or ("unanimous" if row.unanimous else "")
