"""What a language model wrote, for a terminal: each claim with its places, struck ones with the reason."""

from __future__ import annotations

from kb.interfaces.rendering import words
from kb.interfaces.rendering.terminal.lines import labelled
from kb.records import Written


def written(found: Written, *, width: int) -> list[str]:
    """Lines that stand before the quotes, and the heading of the quotes."""
    lines = labelled("", words.written_by(found), width)
    for claim in found.claims:
        lines += labelled("  -", words.claim(claim), width)
    if found.note:
        lines += labelled("", found.note, width)
    return [*lines, "", words.OWN_WORDS]
