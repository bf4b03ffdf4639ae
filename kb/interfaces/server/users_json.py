"""Users as JSON, schema version 1: never a hash of a password or token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kb.interfaces.answer_json import SCHEMA_VERSION
from kb.interfaces.server.users import User


def users_to_json(users: Iterable[User]) -> dict[str, Any]:
    """The users by name, each with the tokens that were made for it."""
    return {"schema": SCHEMA_VERSION, "users": [user_to_json(user) for user in users]}


def user_to_json(user: User) -> dict[str, Any]:
    """One user."""
    return {
        "name": user.name,
        "role": user.role.value,
        "has_password": user.password is not None,
        "tokens": [
            {"id": token.id, "label": token.label, "expires": token.expires.isoformat()}
            for token in user.tokens
        ],
    }
