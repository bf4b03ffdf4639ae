"""Ranking to answer: verbatim sentences with their places, or an honest "not found".

`compose` takes a `Question` and its passages; `sentences` cuts and scores, `confidence` says how likely the
evidence answers, `proof` checks every quote against the source before it is shown. Never: words that are not in
the papers.
"""

from __future__ import annotations

from kb.answers.compose import NOT_FOUND, Draft, compose

__all__ = ["NOT_FOUND", "Draft", "compose"]
