"""The audit log: who signed in, uploaded, removed, changed users. JSON lines, appended; never a password or token.

Questions are not logged unless that was set: what a member looks for is the member's own business.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import threading
from pathlib import Path
from typing import Any, Final

_LOG: Final = logging.getLogger(__name__)


class AuditLog:
    """Writes events to a file, or nowhere. Safe to use from several threads."""

    def __init__(self, path: Path | None, *, questions: bool = False) -> None:
        self._path = path
        self._questions = questions
        self._lock = threading.Lock()

    def write(self, event: str, *, user: str | None, address: str | None, **details: Any) -> None:
        """Append one event; that the disk is full is logged and stops nobody.

        Args:
            event: What happened, such as ``sign_in``.
            user: Who did it; ``None`` on an open server.
            address: From where.
            details: What else is known, ready for JSON.
        """
        if self._path is None:
            return
        time = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"time": time, "event": event, "user": user, "address": address, **details})
        with self._lock:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(line + "\n")
            except OSError:
                _LOG.exception("the audit log cannot be written")

    def question(self, question: str, *, user: str | None, address: str | None, via: str) -> None:
        """Append a question, if that was set."""
        if self._questions:
            self.write("question", user=user, address=address, via=via, question=question)
