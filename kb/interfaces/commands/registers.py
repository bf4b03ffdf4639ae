"""``kb decisions``, ``kb actions``, ``kb people`` and their kin: what the papers record, kind by kind."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from kb.interfaces.commands import output, shared

_PEOPLE: Final = "people"


class _Command(NamedTuple):
    """A command, the kind of its rows, and what it lists."""

    name: str
    kind: str
    summary: str


COMMANDS: Final = (
    _Command(
        "decisions", "decision", "list what was agreed, noted, resolved or approved, with votes and movers"
    ),
    _Command("recommendations", "recommendation", "list what was recommended, by a body and to it"),
    _Command("actions", "action", "list who was to do what by when, and what became of it"),
    _Command(
        "undertakings", "undertaking", "list what was promised in answers, and where it was taken up again"
    ),
    _Command("attendance", "attendance", "list who was at which meeting, with apologies and substitutes"),
    _Command("declarations", "declaration", "list the interests that were declared"),
    _Command("meetings", "meeting", "list the meetings of which there are minutes, with times and venue"),
    _Command("records", "record", "list the numbered decision records"),
    _Command("plan", "plan", "list the future meetings of agenda plans, with their topics"),
    _Command(
        _PEOPLE, _PEOPLE, "list the people of the attendance lists, with meetings, statements and motions"
    ),
)


def registrations() -> dict[str, Callable[[Any], None]]:
    """What adds each command, by its name."""
    return {command.name: partial(_register, command) for command in COMMANDS}


def _register(command: _Command, subparsers: Any) -> None:
    parser = shared.add_command(
        subparsers,
        command.name,
        summary=command.summary,
        examples=f"  kb {command.name}\n  kb {command.name} precept --from 2023 --csv > {command.name}.csv\n",
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help="words that a row, its title or its paragraph must have, all of them",
    )
    parser.add_argument("--csv", action="store_true", help="print a table for spreadsheets")
    shared.add_filter_options(parser)
    parser.set_defaults(run=partial(run, command))


def run(command: _Command, args: argparse.Namespace) -> int:
    """Print the rows, oldest first, with ``-k`` at most so many; none is no failure."""
    from kb.interfaces import answer_json  # noqa: PLC0415
    from kb.interfaces.rendering import terminal  # noqa: PLC0415
    from kb.register.records import RowKind  # noqa: PLC0415

    with shared.open_library(args) as library:
        # Who is named in a row need not be a speaker: people are matched with the row, not looked up.
        filters = shared.filters_of(argparse.Namespace(**{**vars(args), "person": []}), library)
        chosen: dict[str, Any] = {
            "filters": filters,
            "people": tuple(args.person),
            "words": " ".join(args.words),
        }
        if command.kind == _PEOPLE:
            people = library.people(**chosen)[: args.k]
            data, text = answer_json.people_to_json(people), partial(terminal.people, people)
        else:
            rows = library.register(RowKind(command.kind), **chosen)[: args.k]
            data, text = answer_json.register_to_json(command.kind, rows), partial(terminal.register, rows)
    if args.json:
        output.print_json(data)
    elif args.csv:
        output.print_csv([_flat(row) for row in data["rows"]])
    elif data["rows"]:
        output.print_text(text(width=output.width()))
    else:
        output.print_note("The papers record nothing of this kind; try other words or fewer filters.")
    return 0


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row as cells: its place first, several values in one cell, later places by their id."""
    if "citation" not in row:
        return row
    citation, followed = row["citation"], row["followed"]
    place = {
        "date": citation["meeting_date"],
        "body": citation["body"],
        "item": citation["item"] or citation["agenda_item"],
        "title": citation["item_title"],
    }
    facts = {
        name if name not in place else f"own_{name}": value
        for name, value in row.items()
        if name not in {"citation", "followed"}
    }
    return {
        **place,
        **facts,
        "followed": followed and followed["id"],
        "document": citation["document"],
        "page": citation["page"],
        "passage": citation["id"],
    }
