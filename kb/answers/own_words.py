"""Whose words a question asks for, and that the answer quotes theirs: not the question that was put to them.

Minutes print question and reply in one paragraph. "What did the Commissioner say about X" wants the reply alone;
"what did Councillor Hale ask about X" wants both, and is not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.answers.sentences import Sentence
from kb.questions import Question

_SPEECH: Final = (
    r"say|said|saying|state[ds]?|tell|told|think|thought|reply|replied|explain|explained|respond|responded"
    r"|comment|commented|promise|promised|claim|claimed|mention|mentioned|report|reported|advise|advised"
    r"|argue|argued|suggest|suggested|describe|described|answer|answered|feel|believe|stress"
)
_DID: Final = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<subject>(?:(?!\b(?:{_SPEECH}|ask(?:ed)?)\b)[^?]){{2,80}}?)\s+(?:{_SPEECH})\b",
    re.IGNORECASE,
)
_WORDS: Final = r"(?:views?|opinions?|stance|position|response|reply|answer|comments?|remarks?)"
_VIEW: Final = re.compile(
    rf"(?P<subject>[\w .’'-]{{2,60}}?)(?:['’]s?)?\s+{_WORDS}\s+(?:on|to|about|of|regarding)\b"
    rf"|\b{_WORDS} of (?P<owner>[\w .’'-]{{2,60}}?)(?:\s+(?:on|to|about)\b|\W*$)",
    re.IGNORECASE,
)


def asked_speakers(question: Question) -> frozenset[str]:
    """Last words of the names and offices of those whose words are asked for, in lower case; none if it is open."""
    known = (*question.people, *question.names, *question.roles)
    subjects = [
        found
        for pattern in (_DID, _VIEW)
        for match in pattern.finditer(question.text)
        for found in match.groupdict().values()
        if found
    ]
    asked = {
        name
        for name in known
        if name.split() and any(_last(name) in subject.casefold() for subject in subjects)
    }
    if asked & set(question.roles):  # whoever held the office then
        asked |= set(question.holders)
    return frozenset(_last(name) for name in asked)


def keep_own_words(
    question: Question,
    sentences: Sequence[Sentence],
    chances: NDArray[np.float64],
    speaker: Callable[[Sentence], str | None],
) -> NDArray[np.float64]:
    """The likelihoods, with nothing left to sentences that are undoubtedly somebody else's words.

    Args:
        question: Understood.
        sentences: Those read.
        chances: How likely each is the answer.
        speaker: Who says a sentence, ``None`` where nobody does or it is in doubt.

    Returns:
        ``(n_sentences,)``; unchanged if it is open whose words are asked for, or none of these are theirs.
    """
    asked = asked_speakers(question)
    if not asked:
        return chances
    speakers = [speaker(sentence) for sentence in sentences]
    if not any(name and _last(name) in asked for name in speakers):
        return chances
    foreign = np.array([name is not None and _last(name) not in asked for name in speakers])
    return np.where(foreign, 0.0, chances)


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()
