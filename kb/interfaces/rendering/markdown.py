"""Answers as Markdown, for reports and e-mails: quotes as quotations, sources as a numbered list.

Paper text is escaped, so that an asterisk or a hash in a paper stays one.
"""

from __future__ import annotations

import re
from typing import Final

from kb.interfaces.rendering import versions, words
from kb.records import Answer, Hit

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST_START: Final = re.compile(r"^(\s*)(\d+)([.)])(?=\s)|^(\s*)([-+])(?=\s)", re.MULTILINE)


def answer(found: Answer, *, limit: int = 5) -> str:
    """An answer with its question as heading."""
    lines = [f"### {escape(found.question)}", ""]
    if found.abstained:
        lines += [f"**{words.NOT_FOUND}**", ""]
        lines += [escape(found.why_not), ""] if found.why_not else []
        lines += _nearest(found.hits[:limit])
        return words.join_lines(lines)
    if found.written is not None:
        lines += [escape(words.written_by(found.written)), ""]
        for claim in found.written.claims:
            said = escape(words.claim(claim))
            lines.append(f"- {said}" if claim.is_proven else f"- ~~{said}~~")
        lines += [escape(found.written.note), "", f"{words.OWN_WORDS}:", ""]
    if first := words.first_words(found):
        lines += [f"**{escape(first)}**", ""]
    for source in words.sources(found):
        said = " ".join(words.plain(quote.text) for quote in source.quotes)
        lines += [f"> {escape(said)} [{source.number}]", ""]
    for conflict in words.conflicts(found):
        lines += [escape(conflict), ""]
    lines += ["Sources:", ""]
    for source in words.sources(found):
        lines.append(f"{source.number}. {escape(words.citation_line(source.passage.citation))}")
        lines += [f"   - {escape(text)}" for text in versions.link_texts(source.passage.citation)]
    return words.join_lines(lines)


def escape(text: str) -> str:
    """Escape what Markdown would read as markup."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _LIST_START.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", text)


def _nearest(hits: tuple[Hit, ...]) -> list[str]:
    if not hits:
        return []
    lines = ["Nearest places:", ""]
    return lines + [f"{hit.rank}. {escape(words.citation_line(hit.passage.citation))}" for hit in hits]
