"""Whether the likeliest sentences hold the value asked for: a near miss speaks of the topic and gives no such value.

`lacks` gives the values of `LACKS`. Only sentences that would be quoted are looked at, without the words that say who
speaks ("Councillor Hale asked whether"), which name somebody and answer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.tokens import tokenize
from kb.answers import closeness
from kb.answers.absences import THING
from kb.answers.evidence import Evidence
from kb.answers.sentences import Sentence
from kb.questions import DateRange, Question
from kb.questions.values import NUMBER_WORD, printed_month

LACKS: Final = ("best_lacks_value", "sentences_lack_value", "lacks_count", "lacks_column")

_MONEY: Final = re.compile(
    r"£|\bhow much\b|\bcosts?\b|\bprice\b|\bsalary\b|\bwages?\b|\brent\b|\bfee\b|\bbudget\b|\bspen[dt]\b"
    r"|\bcharged?\b(?! rate)|\bgrants?\b|\bfunding\b|\bworth\b|\bpaid\b",
    re.IGNORECASE,
)
_NO_SUM: Final = re.compile(r"\brate\b|\bhow many\b", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"\bhow (?:many|often|far|fast|long|big|large|old|busy)\b|\bnumbers?\b|\bper ?cent|\bpercentage|\bproportion"
    r"|\brates?\b|\bfigures?\b|\btotals?\b|\baverage\b|\bshare of\b|\bcount\b|\blevels?\b|\bhours\b|\bdays per\b"
    r"|\bby how much\b",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\bhow many\s+(?:of (?:the|them|our|its) )?((?:[\w'’-]+\s+){0,3}?[\w'’-]+)", re.IGNORECASE
)
_FIGURE: Final = re.compile(rf"\d[\d,.]*%?|{NUMBER_WORD.pattern}", re.IGNORECASE)
_SPEAKER: Final = re.compile(
    r"^(?:In (?:response|reply)[^,]*, )?"
    r"(?:(?:The|Councillors?|Cllr|Mr|Mrs|Ms|Dr|Professor|Deputy|Assistant|Chief|Superintendent|Inspector) )*"
    r"(?:[A-Z][\w’'-]*\.? ?){0,4}(?:, [^,]{3,60},)? ?"
    r"(?:said|stated|asked|explained|added|replied|reported|confirmed|commented|thanked|noted|answered|wanted|felt|advised"
    r"|assured|reassured|agreed|suggested|queried|raised|enquired|referred|informed|highlighted|responded|told|apologised"
    r"|described|hoped|thought|put)\b"
)
_MONTH_HEAD: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -](?:20)?\d\d\b", re.IGNORECASE
)
_DAY: Final = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
_BEST: Final = 3
_BEHIND: Final = 3
"""Words behind a figure among which the things counted stand."""


def lacks(
    question: Question, evidence: Evidence, logits: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    """What the likeliest sentences have not, each between 0 and 1, in the order of `LACKS`.

    Args:
        question: Understood.
        evidence: With its sentences.
        logits: How much speaks for each of them.
    """
    sentences = evidence.sentences
    if not sentences:
        return 0.0, 0.0, 0.0, 0.0
    order = np.argsort(-logits, kind="stable").tolist()
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    best = without = 0.0
    for finds in _wanted(question):
        has = [bool(finds(_SPEAKER.sub(" ", sentence.text).split())) for sentence in sentences]
        best += float(not has[order[0]])
        without += 1.0 - float(chances[has].sum())
    around = sorted({place for number in order[:_BEST] for place in _beside(sentences, number)})
    return (
        best,
        without,
        _lacks_count(question, [sentences[place] for place in around]),
        _lacks_column(question, sentences[order[0]]),
    )


def _wanted(question: Question) -> list[closeness.FindsWords]:
    text = question.text
    asked = frozenset(closeness.bare(word) for word in text.split())
    finders: list[closeness.FindsWords] = []
    if _MONEY.search(text) and not _NO_SUM.search(text):
        finders.append(closeness.finds_figures(asked, money=True))
    elif _NUMBER.search(text):
        finders.append(closeness.finds_figures(asked, money=False))
    if THING.search(text):
        finders.append(closeness.finds_names(asked))
    return finders


def _beside(sentences: Sequence[Sentence], number: int) -> list[int]:
    """A sentence with those before and after it in its passage."""
    rank = sentences[number].rank
    near = range(max(0, number - 1), min(len(sentences), number + 2))
    return [place for place in near if sentences[place].rank == rank]


def _lacks_count(question: Question, sentences: Sequence[Sentence]) -> float:
    """Whether things are to be counted, and no figure stands right before them."""
    counted = _COUNTED.search(question.text)
    if counted is None:
        return 0.0
    things = set([term for word in counted[1].split() for term in tokenize(word)][-2:])
    for sentence in sentences:
        words = sentence.text.split()
        for place, word in enumerate(words):
            if _FIGURE.fullmatch(word.strip("().,;:*")) and things & set(
                tokenize(" ".join(words[place + 1 : place + 1 + _BEHIND]))
            ):
                return 0.0
    return 1.0


def _lacks_column(question: Question, sentence: Sentence) -> float:
    """Whether a row stands under the heads of several months, and none is the one asked about."""
    months = [when.first for when in question.whens if when.precision is not DateRange.SPAN]
    heads = _DAY.sub(" ", sentence.passage.header)
    if not months or len(_MONTH_HEAD.findall(heads)) < 2:  # noqa: PLR2004 - one month is no table of months
        return 0.0
    printed = f"{heads} {sentence.text}"
    return float(not any(printed_month(first.year, first.month).search(printed) for first in months))
