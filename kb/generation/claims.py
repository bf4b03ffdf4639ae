"""A model's reply read: forgiving in how the JSON is wrapped, strict in what it must hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from kb.generation.injections import visible

MOST_CLAIMS: Final = 8
LONGEST_CLAIM: Final = 400
"""Characters; what is longer is no short sentence, and is not read."""
_MOST_IDS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RawClaim:
    """A claim as the model made it: its text and the ids it names, neither of them checked."""

    text: str
    ids: tuple[str, ...]


def read_claims(reply: str) -> tuple[RawClaim, ...] | None:
    """Read the claims of a reply, each once; ``None`` if it holds no such JSON at all.

    JSON may stand in a code fence or between sentences. What is not a claim of the agreed form is left out.
    """
    for value in _objects(reply):
        listed = value.get("claims") if isinstance(value, dict) else None
        if isinstance(listed, list):
            read = (_claim(each) for each in listed[:MOST_CLAIMS])
            return tuple(dict.fromkeys(claim for claim in read if claim is not None))
    return None


def _objects(reply: str) -> Iterator[Any]:
    """Every JSON object that begins anywhere in the text, the first first."""
    decoder = json.JSONDecoder()
    at = reply.find("{")
    while at != -1:
        try:
            value, end = decoder.raw_decode(reply, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield value
        at = reply.find("{", end)


def _claim(value: object) -> RawClaim | None:
    if not isinstance(value, dict):
        return None
    text, ids = value.get("text"), value.get("ids")
    ids = [ids] if isinstance(ids, str) else ids
    if not isinstance(text, str) or not isinstance(ids, list):
        return None
    text = visible(text)
    if not text or len(text) > LONGEST_CLAIM or not all(isinstance(each, str) for each in ids):
        return None
    return RawClaim(text=text, ids=tuple(dict.fromkeys(visible(each) for each in ids))[:_MOST_IDS])
