"""``kb users``: who may use the served library, and what each may do."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING, Any, Final

from kb.errors import UsageError
from kb.interfaces.commands import output, shared

if TYPE_CHECKING:
    from kb.interfaces.server.users import Users

_EXAMPLES: Final = """\
  kb users add ada --role admin
  echo "$PASSWORD" | kb users add report-bot --role reader --password-stdin
  kb users token report-bot --label "weekly report" --days 90
  kb users list

A role may do what the ones before it may: reader asks, editor puts papers in and takes them out, admin keeps users.
"""
_ROLES: Final = ("reader", "editor", "admin")
_DAYS: Final = 365


def register(subparsers: Any) -> None:
    """Add the command with its own commands."""
    parser = shared.add_command(
        subparsers, "users", summary="say who may use the served library", examples=_EXAMPLES
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)

    add = _action(actions, "add", "add a user", _add)
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=_ROLES, default="reader", help="what they may do (default: reader)")
    _password_options(add)
    add.add_argument(
        "--no-password", action="store_true", help="they come by a token, or signed in at a trusted proxy"
    )

    remove = _action(actions, "remove", "remove a user, with sessions and tokens", _remove)
    remove.add_argument("name", metavar="NAME")

    _action(actions, "list", "list the users and their tokens", _list)

    change = _action(actions, "passwd", "change a password; signs the user out everywhere", _change)
    change.add_argument("name", metavar="NAME")
    _password_options(change)

    role = _action(actions, "role", "give a user another role", _give_role)
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=_ROLES, metavar="ROLE")

    token = _action(actions, "token", "make a token for a program, or take one back", _token)
    token.add_argument("name", metavar="NAME")
    token.add_argument("--label", default="", help="what it is for")
    token.add_argument(
        "--days",
        type=shared.positive,
        default=_DAYS,
        metavar="N",
        help=f"how long it holds (default {_DAYS})",
    )
    token.add_argument("--revoke", metavar="ID", help="take this token back instead")


def _action(actions: Any, name: str, summary: str, run: Any) -> argparse.ArgumentParser:
    parser = shared.add_command(actions, name, summary=summary, examples=f"  kb users {name} --help")
    shared.add_users_option(parser)
    parser.set_defaults(run=run)
    return parser


def _password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from stdin instead of asking for it"
    )


def _add(args: argparse.Namespace) -> int:
    from kb.interfaces.server.passwords import hash_password  # noqa: PLC0415
    from kb.interfaces.server.users import Role  # noqa: PLC0415

    password = None if args.no_password else hash_password(_ask_password(args), name=args.name)
    user = _users(args).add(args.name, Role(args.role), password)
    return _done(args, f"Added {user.name}, {user.role}.", user=user.name, role=user.role.value)


def _remove(args: argparse.Namespace) -> int:
    _users(args).remove(args.name)
    return _done(args, f"Removed {args.name.casefold()}.", user=args.name.casefold())


def _change(args: argparse.Namespace) -> int:
    from kb.interfaces.server.passwords import hash_password  # noqa: PLC0415

    users = _users(args)
    if users.find(args.name) is None:
        raise UsageError(f"There is no user {args.name!r}.", next_step="List them: kb users list.")
    user = users.change(args.name, password=hash_password(_ask_password(args), name=args.name))
    return _done(args, f"{user.name} has a new password and is signed out everywhere.", user=user.name)


def _give_role(args: argparse.Namespace) -> int:
    from kb.interfaces.server.users import Role  # noqa: PLC0415

    user = _users(args).change(args.name, role=Role(args.role))
    return _done(args, f"{user.name} now has the role {user.role}.", user=user.name, role=user.role.value)


def _token(args: argparse.Namespace) -> int:
    users = _users(args)
    if args.revoke:
        users.revoke_token(args.name, args.revoke)
        return _done(args, f"Token {args.revoke} holds no longer.", user=args.name, id=args.revoke)
    token, secret = users.add_token(args.name, label=args.label, days=args.days)
    if not args.json:
        output.print_note(
            f"Token {token.id}, valid until {token.expires.date()}. It is shown this once and kept nowhere:"
        )
    return _done(args, secret, user=args.name, id=token.id, token=secret, expires=token.expires.isoformat())


def _list(args: argparse.Namespace) -> int:
    users = _users(args).all().values()
    if args.json:
        from kb.interfaces.server.users_json import users_to_json  # noqa: PLC0415

        output.print_json(users_to_json(users))
        return 0
    for user in users:
        output.print_text(f"{user.name}  {user.role}{'' if user.password else ', without password'}")
        for token in user.tokens:
            output.print_text(f"   token {token.id} until {token.expires.date()}  {token.label}".rstrip())
    if not users:
        output.print_note("There are no users. Add one: kb users add NAME --role admin")
    return 0


def _users(args: argparse.Namespace) -> Users:
    from kb.interfaces.server.settings import default_users_path  # noqa: PLC0415
    from kb.interfaces.server.users import Users  # noqa: PLC0415

    return Users(args.users or default_users_path())


def _ask_password(args: argparse.Namespace) -> str:
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError(
            "There is no terminal to ask for the password.", next_step="Give it with --password-stdin."
        )
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise UsageError("The two passwords differ.", next_step="Try again; nothing was changed.")
    return password


def _done(args: argparse.Namespace, text: str, **data: Any) -> int:
    if args.json:
        from kb.interfaces.answer_json import SCHEMA_VERSION  # noqa: PLC0415

        output.print_json({"schema": SCHEMA_VERSION, **data})
    else:
        output.print_text(text)
    return 0
