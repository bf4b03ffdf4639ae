"""What all of the JSON shares: its version, its digits, its dates."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from kb.errors import KbError

SCHEMA_VERSION: Final = 1
SCORE_DIGITS: Final = 6


def error_to_json(error: KbError, **also: Any) -> dict[str, Any]:
    """What went wrong, in place of the data asked for; ``also`` adds fields, such as the ``id`` of a batch line."""
    detail = {"message": error.message, "next_step": error.next_step or None}
    return {"schema": SCHEMA_VERSION, **also, "error": detail}


def day(date: dt.date | None) -> str | None:
    """Give a date as YYYY-MM-DD."""
    return date.isoformat() if date else None
