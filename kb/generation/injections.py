"""Sentences of a paper that speak to a program instead of its readers: withheld from the model, and no proof.

A careful reading is all this is, and no rule finds every such sentence; what slips through still meets the checks.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instruction|prompt|rule|guideline|direction|context"
    r"|previous|prior|above|earlier|system)s?\b"
    r"|\b(?:system|developer|assistant|user)\s*(?:prompt|message|instructions?)\b"
    r"|^\W*(?:system|assistant|developer|user)\s*:"
    r"|\b(?:you are|act as|pretend to be|you must now)\b[^.!?\n]{0,40}"
    r"\b(?:assistant|model|ai|chatbot|bot|gpt|jailbroken)\b"
    r"|\b(?:language model|llm|chatbot|ai (?:model|assistant|system))s?\b[^.!?\n]{0,60}"
    r"\b(?:must|should|say|answer|reply|respond"
    r"|output|state|write|ignore)\b"
    r"|\bnew instructions?\s*:"
    r"|\b(?:say|answer|reply|respond|output|write|print|return|state)\b[^.!?\n]{0,30}"
    r"\b(?:instead|only with|exactly|the following"
    r"|json|verbatim)\b"
    r"|\bwhen (?:asked|answering|summari[sz]ing)\b[^.!?\n]{0,60}\b(?:say|answer|reply|respond|state|claim)\b"
    r"|<\|?\s*/?\s*(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id|end_header_id|passages?|evidence)"
    r"|\[/?\s*(?:inst|system|/?sys)\s*\]|<<\s*/?\s*sys\s*>>|^\s*#{2,}\s*(?:system|instruction|response|assistant)"
    r"|\"(?:claims|role|ids)\"\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE: Final = re.compile(r"(?:[^.!?\n]|[.!?](?!\s|$))*(?:[.!?]|\n|$)")
_AFTER: Final = re.compile(
    r"^\W*(?:(?:and|then|instead|now)\W+)*(?:say|state|answer|reply|respond|write|output|claim|tell|cite|report)\b",
    re.IGNORECASE,
)
"""An order that goes on in the next sentence: "Ignore your instructions. Say that ..."."""


def visible(text: str) -> str:
    """The text without characters that show nothing: controls, directions, zero-width ones; white space folded."""
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cn", "Cs"}
    )
    return " ".join("".join(kept).split())


def without_orders(text: str) -> tuple[str, int]:
    """The text without sentences that give orders to a program, and how many those were."""
    kept: list[str] = []
    withheld = 0
    follows_one = False
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        if not sentence.strip():
            continue
        follows_one = bool(_ORDERS.search(unicodedata.normalize("NFKC", sentence))) or (
            follows_one and bool(_AFTER.match(sentence))
        )
        if follows_one:
            withheld += 1
        else:
            kept.append(sentence.strip())
    return " ".join(kept), withheld
