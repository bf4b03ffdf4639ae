"""A citation's label, once it is known what became of the paper."""

from __future__ import annotations

import re

from kb.passages.citing import KIND_NAMES
from kb.records import Citation


def label_with_status(citation: Citation, status: str | None) -> str:
    """The label with the status before the kind of paper: "superseded draft minutes", "corrected report".

    A confirmed paper is called by its kind alone, also if "draft" was still printed on it.

    Args:
        citation: As the paper alone says it.
        status: What the library knows.
    """
    name = KIND_NAMES[citation.kind]
    printed = f"draft {name}" if citation.status == "draft" else name
    wanted = {
        "superseded": f"superseded {printed}",
        "corrected": f"corrected {name}",
        "confirmed": name,
    }.get(status or "", printed)
    return re.sub(
        rf"(^|, ){re.escape(printed)}(?=,|$)", lambda found: found[1] + wanted, citation.label, count=1
    )
