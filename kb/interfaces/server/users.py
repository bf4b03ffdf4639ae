"""The users file: who there is, what each may do. Read and written here alone.

A JSON file that only its owner can read (mode 0600), replaced atomically under a lock, so that ``kb users`` and a
running server can both change it. It holds hashes of passwords and tokens, never the secrets themselves.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import re
import secrets
import stat
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kb.errors import KbError, UsageError
from kb.interfaces.server.passwords import PasswordHash, new_token, token_hash

_FORMAT: Final = 1
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")
_MAX_LABEL: Final = 80


class Role(StrEnum):
    """What a user may do; each role may do what the ones before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Whether this role may do what ``other`` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A program's token: known by its hash, told apart by its id."""

    id: str
    label: str
    sha256: str
    expires: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or program. Without a password they come through the proxy or with a token."""

    name: str
    role: Role
    password: PasswordHash | None = None
    tokens: tuple[Token, ...] = ()


class UsersFileError(KbError):
    """The users file cannot be trusted or read; nobody is let in meanwhile."""


class Users:
    """The users of a file that may change, or not be there yet. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._users: dict[str, User] = {}

    def all(self) -> dict[str, User]:
        """Users by name, as the file says now; none if there is no file.

        Raises:
            UsersFileError: If it can be read by others, or is none.
        """
        with self._lock:
            try:
                found = self.path.stat()
            except FileNotFoundError:
                self._seen, self._users = None, {}
                return {}
            stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
            if stamp != self._seen:
                self._users = _read(self.path, found)
                self._seen = stamp
            return dict(self._users)

    def find(self, name: str) -> User | None:
        """The user of this name, in any case."""
        return self.all().get(name.casefold())

    def find_token(self, token: str) -> User | None:
        """Whose token this is, if it has not expired."""
        digest, now = token_hash(token), dt.datetime.now(dt.UTC)
        for user in self.all().values():
            for known in user.tokens:
                if secrets.compare_digest(known.sha256, digest) and now < known.expires:
                    return user
        return None

    def add(self, name: str, role: Role, password: PasswordHash | None) -> User:
        """Add a user; raises `UsageError` if the name cannot be one or is taken."""
        name = name.casefold()
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} cannot be a user's name.",
                next_step="Use letters, digits and . _ @ + -, at most 64, beginning with a letter or digit.",
            )
        with self._changing() as users:
            if name in users:
                raise UsageError(
                    f"There is already a user {name}.", next_step="Choose another name, or change that user."
                )
            users[name] = User(name=name, role=role, password=password)
            return users[name]

    def remove(self, name: str) -> None:
        """Remove a user with all tokens; raises `UsageError` if there is none, or it is the last admin of several."""
        with self._changing() as users:
            gone = _require(users, name)
            del users[gone.name]
            if users and gone.role is Role.ADMIN and not any(u.role is Role.ADMIN for u in users.values()):
                raise UsageError(
                    f"{gone.name} is the last admin.",
                    next_step="Make somebody else one first: kb users role.",
                )

    def change(self, name: str, *, role: Role | None = None, password: PasswordHash | None = None) -> User:
        """Give a user another role or password; raises `UsageError` if there is none of this name."""
        with self._changing() as users:
            user = _require(users, name)
            users[user.name] = replace(user, role=role or user.role, password=password or user.password)
            return users[user.name]

    def add_token(self, name: str, *, label: str, days: int) -> tuple[Token, str]:
        """Make a token; gives it as stored, and its secret, which is not kept."""
        secret = new_token()
        token = Token(
            id=secrets.token_hex(4),
            label=label[:_MAX_LABEL],
            sha256=token_hash(secret),
            expires=dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=days),
        )
        with self._changing() as users:
            user = _require(users, name)
            users[user.name] = replace(user, tokens=(*user.tokens, token))
        return token, secret

    def revoke_token(self, name: str, token_id: str) -> None:
        """Take a token back; raises `UsageError` if the user has none of this id."""
        with self._changing() as users:
            user = _require(users, name)
            kept = tuple(token for token in user.tokens if token.id != token_id)
            if len(kept) == len(user.tokens):
                raise UsageError(
                    f"{user.name} has no token {token_id}.", next_step="List them: kb users list."
                )
            users[user.name] = replace(user, tokens=kept)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, User]]:
        """The users, to be changed; written when the block ends well."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self.path.with_name(f".{self.path.name}.lock"), "a", encoding="utf-8") as lock:  # noqa: PTH123
            fcntl.flock(lock, fcntl.LOCK_EX)
            users = self.all()
            yield users
            _write(self.path, users)


def _require(users: dict[str, User], name: str) -> User:
    user = users.get(name.casefold())
    if user is None:
        raise UsageError(f"There is no user {name!r}.", next_step="List them: kb users list.")
    return user


def _read(path: Path, found: os.stat_result) -> dict[str, User]:
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsersFileError(
            f"The users file {path} can be read by others.", next_step=f"Close it: chmod 600 {path}"
        )
    try:
        users = _users_from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsersFileError(
            f"The users file {path} cannot be read ({type(error).__name__}).",
            next_step="Bring back a copy of it, or remove it and add the users anew: kb users add.",
        ) from error
    return {user.name: user for user in users}


def _write(path: Path, users: dict[str, User]) -> None:
    data = {"format": _FORMAT, "users": [_user_to_json(user) for _, user in sorted(users.items())]}
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp gives mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _user_to_json(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role.value,
        "password": user.password.to_json() if user.password else None,
        "tokens": [
            {
                "id": token.id,
                "label": token.label,
                "sha256": token.sha256,
                "expires": token.expires.isoformat(),
            }
            for token in user.tokens
        ],
    }


def _users_from_json(data: dict[str, Any]) -> list[User]:
    if data["format"] != _FORMAT:
        raise ValueError("unknown format")
    return [_user_from_json(each) for each in data["users"]]


def _user_from_json(data: dict[str, Any]) -> User:
    name = data["name"]
    if not _NAME.fullmatch(name):
        raise ValueError("not a name")
    tokens = []
    for token in data["tokens"]:
        expires = dt.datetime.fromisoformat(token["expires"])
        if expires.tzinfo is None:
            raise ValueError("a time without zone")
        tokens.append(Token(id=token["id"], label=token["label"], sha256=token["sha256"], expires=expires))
    return User(
        name=name,
        role=Role(data["role"]),
        password=PasswordHash.from_json(data["password"]) if data["password"] else None,
        tokens=tuple(tokens),
    )
