"""What a reader gets: evidence within the first words shown, answers, quotes, speakers.

Takes an answer and a topic's gold places, gives measures in [0, 1], or ``None`` where a measure does not
apply. Measures of answers apply to answerable questions only; abstention is measured in `eval.abstention`.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.places import Judge
from eval.speakers import same_speaker
from eval.topics import Topic
from eval.wording import contains_folded, fold, missing_facts, without_space, words
from kb.records import Answer, Passage, Quote

# Words. A short paragraph, what a screen shows without scrolling, and about two printed pages.
BUDGETS = (150, 300, 600)

_COUNCIL_TITLES = {"cllr", "councillor", "councillors", "cc", "pcc", "dpcc"}
_TITLES = _COUNCIL_TITLES | {
    *(
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "the",
        "rev",
        "revd",
        "prof",
        "professor",
    )
}


def evidence_within(judge: Judge, topic: Topic, passages: Sequence[Passage], budget: int) -> bool:
    """Say whether a reader of the first words shown has read the evidence.

    The passages' texts are read in rank order, without their headers, until ``budget`` words (parted by
    white space) are read. The evidence is read if a passage that hits a place of the best grade begins
    within the budget, and those of the question's facts that stand at that place are among the words read of
    it. If none of them can be found at the place (its text is unknown), all of the question's facts must
    have been read.

    Args:
        judge: Knows the papers.
        topic: An answerable question.
        passages: Best first.
        budget: Words, at least 1.
    """
    best = topic.best_places
    read: dict[str, str] = {}
    left = budget
    for passage in passages:
        if left <= 0:
            break
        shown = passage.text.split()
        text = " ".join(shown[:left])
        left -= len(shown)
        for hit in judge.hits(topic, passage):
            if hit.place in best:
                read[hit.place.id] = f"{read.get(hit.place.id, '')} {text}"
                if not missing_facts(read[hit.place.id], _facts_at(judge.text_of(hit.place), topic)):
                    return True
    return False


def _facts_at(place_text: str, topic: Topic) -> tuple[str, ...]:
    folded = fold(place_text)
    return tuple(fact for fact in topic.facts if contains_folded(folded, fact)) or topic.facts


def facts_share(text: str, topic: Topic) -> float | None:
    """Return the share of the question's facts that a text contains, ``None`` if there are none."""
    if not topic.facts:
        return None
    return 1 - len(missing_facts(text, topic.facts)) / len(topic.facts)


def answers_fully(answer: Answer, topic: Topic) -> bool:
    """Say whether an answer is right: given, to an answerable question, and holding all of its facts."""
    return topic.is_answerable and not answer.abstained and not missing_facts(answer.text, topic.facts)


def is_verbatim(judge: Judge, quoted: Quote) -> bool:
    """Say whether a quote is what the source says at its spans, white space aside, inside its passage."""
    passage = quoted.passage
    source = judge.source_at(passage.citation.document, quoted.spans)
    if source is None or not quoted.spans or without_space(source) != without_space(quoted.text):
        return False
    return all(
        any(outer.start <= span.start and span.end <= outer.end for outer in passage.spans)
        for span in quoted.spans
    )


def verbatim_share(judge: Judge, answer: Answer) -> float | None:
    """Return the share of the quoted words that are verbatim at the cited spans; must be 1.0.

    ``None`` if nothing is quoted.
    """
    counts = [(len(words(quoted.text)), is_verbatim(judge, quoted)) for quoted in answer.quotes]
    total = sum(count for count, _ in counts)
    return sum(count for count, proven in counts if proven) / total if total else None


def quoted_share(judge: Judge, answer: Answer) -> float | None:
    """Return the share of the answer's own words that stand in proven quotes; ``None`` on abstention.

    An extractive answer has 1.0; words between the quotes ("The Panel said:") lower it.
    """
    total = len(words(answer.text))
    if answer.abstained or not total:
        return None
    rest = " ".join(answer.text.split())
    for text in sorted({q.text for q in answer.quotes if is_verbatim(judge, q)}, key=len, reverse=True):
        rest = rest.replace(" ".join(text.split()), "\n")
    return 1 - len(words(rest)) / total


def names_agree(gold: str, given: str) -> bool:
    """Say whether two names can be the same person's: equal, or one's words among the other's, titles aside.

    "Councillor Sharp" agrees with "Edna Sharp", and so does "Councillor E Sharp": initials count for names. "Edna
    Sharp" does not agree with "Edna Shaw".
    """
    if same_speaker(gold, given):
        return True
    left, right = (frozenset(words(name)) for name in (gold, given))
    if left == right:
        return True
    left, right = left - _TITLES, right - _TITLES
    return bool(left and right) and (left <= right or right <= left)


def speakers_right(topic: Topic, passage: Passage | None) -> bool | None:
    """Say whether everybody who said it is named as a speaker of the passage.

    Args:
        topic: With ``said_by``, else the measure does not apply.
        passage: The first one that hits a place; without one the measure does not apply either: that loss is
            the ranking's.
    """
    if topic.said_by is None or passage is None:
        return None
    return all(any(names_agree(name, speaker) for speaker in passage.speakers) for name in topic.said_by)
