"""The inside of a change to the papers: ``python -m kb.interfaces.server.keeping``, started by `papers`.

Reads one job as JSON from standard input; writes JSON lines to standard output: ``progress`` while it goes on, then the
``report`` or the ``error``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.errors import KbError, UsageError
from kb.interfaces.answer_json import ingest_to_json
from kb.interfaces.server.papers import gently


def main() -> int:
    """Do the job; 1 if it failed."""
    job = json.load(sys.stdin)
    # Whatever a library prints belongs to the log, not between our lines.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def tell(data: Mapping[str, Any]) -> None:
        out.write(json.dumps(data) + "\n")
        out.flush()

    gently()
    try:
        tell({"report": _change(job, tell)})
    except KbError as error:
        said = {"message": error.message, "next_step": error.next_step}
        tell({"error": said, "misused": isinstance(error, UsageError)})
        return 1
    return 0


def _change(job: dict[str, Any], tell: Any) -> dict[str, Any]:
    from kb.ingest import Progress, ingest  # noqa: PLC0415 - brings the model's library, after becoming gentle

    def progress(found: Progress) -> None:
        tell(
            {
                "progress": {
                    "stage": str(found.stage),
                    "done": found.done,
                    "total": found.total,
                    "name": found.name,
                }
            }
        )

    paths = [Path(path) for path in job.get("paths", ())]
    replacing = dict.fromkeys(paths, job["replacing"]) if job.get("replacing") else None
    report = ingest(
        paths,
        Path(job["library"]),
        replacing=replacing,
        removing=job.get("removing", ()),
        progress=progress,
    )
    return ingest_to_json(report)


if __name__ == "__main__":
    raise SystemExit(main())
