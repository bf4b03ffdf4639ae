"""Files that were offered to a library and could not be read: kept beside it, so that nobody takes them for read.

They are no part of a generation: what cannot be read changes nothing of what can be found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from kb.errors import SourceFault
from kb.store.codec import DECODING_ERRORS

REFUSED_NAME: Final = "refused.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that is not in the library, and why; ``origin`` is where it stands, relative to the library folder."""

    origin: str
    name: str
    fault: SourceFault
    reason: str
    next_step: str


def encode_refused(files: Iterable[RefusedFile]) -> bytes:
    """Return the content of `REFUSED_NAME`."""
    return (json.dumps({"refused": [asdict(file) for file in files]}, indent=1) + "\n").encode()


def decode_refused(data: bytes) -> tuple[RefusedFile, ...]:
    """Return the files of a content; none of one that is damaged, since it only repeats what a next run will say."""
    try:
        return tuple(
            RefusedFile(**{**value, "fault": SourceFault(value["fault"])})
            for value in json.loads(data)["refused"]
        )
    except DECODING_ERRORS:
        return ()
