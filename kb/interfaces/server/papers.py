"""Papers put in, replaced, taken out, read anew: by editors only, written down, and never in the way of questions.

`Papers` runs each change in a process of its own (`keeping`), with less of the processor than questions get; the served
library is opened anew when the change is complete. REST calls it; the page has `web.uploading`. One change at a time.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kb.errors import KbError, UsageError
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.problems import BusyError
from kb.interfaces.server.settings import Limits
from kb.interfaces.server.users import Role
from kb.interfaces.server.visitors import Visitor, require

_LOG: Final = logging.getLogger(__name__)
_MAX_NAME: Final = 120
_GENTLY: Final = 10
"""By how much a change is nicer than questions (nice(2))."""

Tell = Callable[[Mapping[str, Any]], None]
"""Is told how far a change is: ``stage``, ``done``, ``total`` and the ``name`` at hand."""


class Papers:
    """The papers of a library, for those who may change them. Safe to use from several threads."""

    def __init__(self, folder: Path, *, limits: Limits, audit: AuditLog) -> None:
        self.folder = folder
        self.limits = limits
        self._audit = audit
        self._turn = threading.Lock()

    def add(
        self,
        visitor: Visitor,
        files: Sequence[Path],
        *,
        replacing: str | None = None,
        progress: Tell | None = None,
    ) -> dict[str, Any]:
        """Put files in; gives what became of each, as ``kb ingest --json`` does.

        Args:
            visitor: Who asks.
            files: As uploaded, under the names they are to have; they are copied.
            replacing: The name of the document whose place the one file takes.
            progress: Told how far it is.

        Raises:
            ForbiddenError: If the visitor is no editor.
            UsageError: If there is no file, there are too many, or one replaces a document that is not there.
            BusyError: If another change takes too long.
        """
        require(visitor, Role.EDITOR)
        if not files:
            raise UsageError("No file came with this.", next_step="Choose at least one.")
        if len(files) > self.limits.upload_files:
            raise UsageError(
                f"{len(files)} files are too many at once.",
                next_step=f"Send at most {self.limits.upload_files}.",
            )
        if replacing is not None and len(files) != 1:
            raise UsageError("One document is replaced by one file.", next_step="Send that file alone.")
        report = self._change({"paths": [str(file) for file in files], "replacing": replacing}, progress)
        for result in report["results"]:
            result["path"] = Path(
                result["path"]
            ).name  # where the server kept it meanwhile is nobody's business
            self._note(
                "upload", visitor, document=result["document"] or result["path"], status=result["status"]
            )
        return report

    def remove(self, visitor: Visitor, names: Sequence[str]) -> dict[str, Any]:
        """Take documents out, by their names; raises as `add` does."""
        require(visitor, Role.EDITOR)
        report = self._change({"removing": list(names)}, None)
        for name in names:
            self._note("removal", visitor, document=name)
        return report

    def rebuild(self, visitor: Visitor, *, progress: Tell | None = None) -> dict[str, Any]:
        """Read all papers anew from the copies the library keeps; raises as `add` does."""
        require(visitor, Role.EDITOR)
        report = self._change({}, progress)
        self._note("rebuild", visitor)
        return report

    def _note(self, event: str, visitor: Visitor, **details: Any) -> None:
        self._audit.write(event, user=visitor.name, address=visitor.address, via=visitor.via, **details)

    def _change(self, job: dict[str, Any], progress: Tell | None) -> dict[str, Any]:
        if not self._turn.acquire(timeout=self.limits.wait):
            raise BusyError(
                "The papers are being changed by somebody else.", next_step="Try again in a minute."
            )
        try:
            return _run({"library": str(self.folder), **job}, progress or _tell_nobody)
        finally:
            self._turn.release()


def safe_name(given: str | None) -> str:
    """The name an uploaded file is kept under: its last part, without what no file name should have.

    Raises:
        UsageError: If nothing is left.
    """
    last = PurePosixPath((given or "").replace("\\", "/")).name
    name = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    path = PurePosixPath(name)
    if not path.stem or name != path.name:
        raise UsageError(f"A file cannot be called {given!r}.", next_step="Give it a name and send it again.")
    return path.stem[: _MAX_NAME - len(path.suffix)] + path.suffix[:_MAX_NAME]


def _run(job: Mapping[str, Any], progress: Tell) -> dict[str, Any]:
    """Run one change in a process of its own, and give its report."""
    command = [sys.executable, "-m", "kb.interfaces.server.keeping"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(  # noqa: S603 - this interpreter, our own module; what visitors chose goes in as JSON
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    ) as process:
        assert process.stdin and process.stdout  # noqa: S101, PT018 - both are pipes
        json.dump(job, process.stdin)
        process.stdin.close()
        told: dict[str, Any] = {}
        for line in process.stdout:
            told = json.loads(line)
            if "progress" in told:
                progress(told["progress"])
    if "report" in told:
        return dict(told["report"])
    if "error" in told:
        kind = UsageError if told.get("misused") else KbError
        raise kind(**told["error"])
    _LOG.error("changing the papers ended with code %s", process.returncode)
    raise KbError(
        "The papers could not be changed.", next_step="The library is as it was; the log says more."
    )


def _tell_nobody(_: Mapping[str, Any]) -> None:
    """For changes that nobody watches."""


def gently() -> None:
    """Let questions go first; where the system knows no such thing, all are equal."""
    if hasattr(os, "nice"):
        os.nice(_GENTLY)
