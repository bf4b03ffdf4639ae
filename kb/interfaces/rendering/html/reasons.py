"""Why a passage was found: the parts of its score in words, largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.interfaces.rendering.html.markup import NOTHING, Html, tag

if TYPE_CHECKING:
    from kb.retrieval.explain import Explanation

_MOST: Final = 6


def why(reason: Explanation | None) -> Html:
    """The shares of a score as a list; what weighs for the passage and what against it."""
    if reason is None:
        return tag("p", "This place is not among the best for this question any more.")
    words_found = list(dict.fromkeys(match.term for match in reason.matches))
    return tag(
        "div",
        tag(
            "ul",
            (
                tag("li", f"{share.reason}: {'+' if share.points >= 0 else '−'}{abs(share.points):.2f}")
                for share in reason.shares[:_MOST]
            ),
            class_="kb-shares",
        ),
        tag("p", f"Words found (as searched): {', '.join(words_found)}") if words_found else NOTHING,
        tag("p", f"Nearness in meaning: {reason.cosine:.2f} of 1. All parts together: {reason.score:.2f}."),
    )
