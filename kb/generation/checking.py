"""Whether a claim stands in the passages it cites: its ids, dates, figures, codes, names, "not" and telling words.

This proves that nothing is named that the passages do not name. It cannot prove that a sentence puts their names and
numbers together as they do, so the passages' own words are always shown beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from index.tokens import stem, tokenize
from kb.generation.claims import RawClaim
from kb.generation.facts import NEGATION, Amount, Date, Facts, read_facts
from kb.generation.prompts import Evidence
from kb.records import Claim

_FEWEST_SHARED: Final = 0.6
"""The share of a claim's words that must stand in what it cites; the rest is room for other ways of putting it."""
_NEAR: Final = 0.75
"""A sentence that shares this much of the best one's words is as near to the claim."""
_TURNING_WORDS: Final = """
    abolish abandon accept adjourn agree amend appeal appoint approve ban breach cancel cease cleared close confirm
    criticise cut dead decline decrease defeat defer delay deny died dismiss double drop elect endorse exceed
    expand expel fail fall fell fewer fire freeze frozen grow guilty halt halve higher increase lapse less lose
    lost lower merge more oppose overspent overspend overturn postpone praise prohibit promote reduce refuse
    reject removed replace resign retire rise rose sack scrap stop strike support suspend terminate triple
    unanimous underspend uphold upheld veto withdraw withdrew wrongly
"""
_TURNING: Final = frozenset(_TURNING_WORDS.split())
"""Words that decide what a sentence says; each must stand in what is cited, in some form."""
_SAME: Final = tuple(
    frozenset(group.split())
    for group in (
        "rise rose risen increase increased grow grew higher more",
        "fall fell fallen decrease decreased reduce reduced reduction drop dropped lower fewer less cut",
        "approve approved approval agree agreed accept accepted endorse endorsed confirm confirmed",
        "refuse refused reject rejected decline declined",
        "withdraw withdrew withdrawn",
        "postpone postponed defer deferred delay delayed",
        "uphold upheld",
        "lose lost",
        "die died dead",
    )
)
_TITLES: Final[Mapping[str, frozenset[str]]] = {
    word: group
    for group in (
        frozenset({"cllr", "cllrs", "councillor", "councillors", "coun"}),
        frozenset({"chair", "chairman", "chairwoman", "chairperson"}),
    )
    for word in group
}
_CAPITAL: Final = re.compile(r"[^\W\d_](?:[\w’'&-]*[^\W_])?")
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_a-z]|\d)|\n")
_OPENS_WORDS: Final = """
    according additionally after all although any around as at because before both but by councillors despite during
    each every few five following for four from half how however if in it its later many members most no none
    not of officers on once one only other overall over people police residents several she since six some ten
    that the their then there these they this those three to two under until upon was were what when where which
    while who with within would you he a an and also
"""
_OPENS: Final = frozenset(_OPENS_WORDS.split())
"""Words that a sentence may open with, where their capital means nothing."""
_LINK: Final = re.compile(r"https?://|www\.|\b[\w.+-]+@[\w-]+\.|\]\(|<[a-z/!]", re.IGNORECASE)
_SHORTEST_INITIALS: Final = 2
_PLURAL: Final = re.compile(r"['’]s?$")


def check(raw: RawClaim, evidence: Sequence[Evidence]) -> Claim:
    """Check a claim against the passages it names.

    Args:
        raw: As the model made it.
        evidence: All that it was shown.

    Returns:
        The claim, with a fault for everything that does not stand in the passages it names.
    """
    known = {each.id: each for each in evidence}
    named = [known[name] for name in raw.ids if name in known]
    faults = [f"it names a passage that was not given ({name[:20]})" for name in raw.ids if name not in known]
    if not raw.ids:
        faults.append("it names no passage")
    if named:
        faults += _faults(raw.text, _Cited(named))
    return Claim(
        text=raw.text,
        passages=tuple(each.passage for each in named),
        faults=tuple(dict.fromkeys(faults)),
    )


@dataclass(frozen=True)
class _Cited:
    """The passages a claim names, read once."""

    evidence: Sequence[Evidence]

    @cached_property
    def text(self) -> str:
        return "\n".join(f"{each.source}\n{each.text}" for each in self.evidence)

    @cached_property
    def facts(self) -> Facts:
        return read_facts(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(tokenize(self.text)) | frozenset(stem(word.casefold()) for word in self.words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(_bare(match[0]) for match in _CAPITAL.finditer(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital, in lower case."""
        return frozenset(word.casefold() for word in self.words if word[0].isupper())

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(part for each in self.evidence for part in _SENTENCE.split(each.text) if part.strip())

    @cached_property
    def initials(self) -> str:
        """First letters of all words with a capital, runs of them parted by a space."""
        letters: list[str] = []
        end = 0
        for match in _CAPITAL.finditer(self.text):
            between = self.text[end : match.start()]
            if match[0][0].isupper():
                letters.append(match[0][0].casefold() if between.isspace() else f" {match[0][0].casefold()}")
                end = match.end()
            elif match[0] in {"and", "of", "for", "the", "in"}:
                end = match.end()
        return "".join(letters)


def _faults(text: str, cited: _Cited) -> Iterator[str]:
    yield from _figures(text, cited)
    for word in _names(text):
        if not _is_named(word, text, cited):
            yield f"the name {word} does not stand there"
    if _LINK.search(text) and _LINK.search(cited.text) is None:
        yield "it holds a link that does not stand there"
    yield from _turning(text, cited)
    own = [term for term in dict.fromkeys(tokenize(text)) if term.isalpha()]
    shared = [term for term in own if not _alike(term).isdisjoint(cited.stems)]
    if own and len(shared) < _FEWEST_SHARED * len(own):
        yield "too few of its words stand there"
    elif not own:
        yield "it says nothing"
    yield from _negation(text, cited)


def _figures(text: str, cited: _Cited) -> Iterator[str]:
    facts = read_facts(text)
    there = cited.facts
    groups: tuple[tuple[str, Sequence[tuple[object, str]], Callable[[object], bool]], ...] = (
        ("date", facts.dates, lambda each: _is_dated(each, there)),
        ("year", facts.financial_years, lambda each: each in {value for value, _ in there.financial_years}),
        ("time", facts.times, lambda each: each in {value for value, _ in there.times}),
        ("reference", facts.codes, lambda each: each in {value for value, _ in there.codes}),
        ("number", facts.amounts, lambda each: _is_counted(each, there)),
    )
    for name, found, stands in groups:
        for value, words in found:
            if not stands(value):
                yield f"the {name} {words} does not stand there"


def _is_dated(value: object, there: Facts) -> bool:
    """Whether a date is said there as closely; a year may be said apart from its day."""
    if not isinstance(value, Date):
        return False
    if value.month is None:
        return value.year in there.years
    return any(
        (date.month, date.day if value.day else None) == (value.month, value.day)
        and (
            value.year is None or date.year == value.year or (date.year is None and value.year in there.years)
        )
        for date, _ in there.dates
    )


def _is_counted(value: object, there: Facts) -> bool:
    if not isinstance(value, Amount):
        return False
    return any(amount.unit == value.unit and amount.value == value.value for amount, _ in there.amounts)


def _names(text: str) -> Iterator[str]:
    """Words with a capital that are names, as far as their place in the sentence tells."""
    for sentence in _SENTENCE.split(text):
        for number, match in enumerate(_CAPITAL.finditer(sentence)):
            word = _bare(match[0])
            if word and word[0].isupper() and not (number == 0 and word.casefold() in _OPENS) and word != "I":
                yield word


def _is_named(word: str, text: str, cited: _Cited) -> bool:
    folded = word.casefold()
    if folded in cited.names or folded in {other.casefold() for other in cited.words}:
        return True
    if _TITLES.get(folded, frozenset()) & {other.casefold() for other in cited.words}:
        return True
    if word.isupper() and len(word) >= _SHORTEST_INITIALS:
        return any(folded in run for run in cited.initials.split())
    if text.startswith(word) and stem(folded) in cited.stems:
        return True  # a sentence's first word, in another form
    if _is_spelt_out(word, text, cited):
        return True
    # "Alan Sharp" where the passage prints "A Sharp", or the other way about: before the same surname.
    after = re.search(rf"\b{re.escape(word)}\.?\s+([^\W\d_][\w’'-]+)", text)
    given = re.escape(word[0]) + (r"[\w’'-]*" if len(word) == 1 else "")
    return after is not None and bool(
        re.search(rf"\b{given}\.?\s+{re.escape(_bare(after[1]))}\b", cited.text)
    )


def _is_spelt_out(word: str, text: str, cited: _Cited) -> bool:
    """Whether a word belongs to a name whose initials stand in the passages: "Police and Crime Panel", "PCP"."""
    for match in re.finditer(r"\b[A-Z][\w’'-]*(?:\s+(?:(?:and|of|for|the|in)\s+)*[A-Z][\w’'-]*)+", text):
        capitals = [part for part in match[0].split() if part[0].isupper()]
        if word not in {_bare(part) for part in capitals}:
            continue
        for start in range(len(capitals)):
            for end in range(start + _SHORTEST_INITIALS, len(capitals) + 1):
                part = capitals[start:end]
                letters = "".join(each[0] for each in part)
                if word in {_bare(each) for each in part} and letters in cited.words:
                    return True
    return False


def _turning(text: str, cited: _Cited) -> Iterator[str]:
    for match in _CAPITAL.finditer(text):
        folded = _bare(match[0]).casefold()
        base = stem(folded)
        if base not in _TURNING_STEMS:
            continue
        same = _alike(base)
        if same.isdisjoint(cited.stems):
            yield f"the word {match[0]} does not stand there"


def _alike(base: str) -> set[str]:
    """A stem and those of words that say the same here."""
    return {base}.union(*(group for group in _SAME_STEMS if base in group))


def _negation(text: str, cited: _Cited) -> Iterator[str]:
    """A "not" must stand in the sentence nearest to the claim, and must not be left out where it does."""
    claims = NEGATION.search(text)
    wanted = {term for term in tokenize(text) if not NEGATION.fullmatch(term)}
    shares = [(len(wanted & set(tokenize(sentence))), sentence) for sentence in cited.sentences]
    most = max((share for share, _ in shares), default=0)
    near = [sentence for share, sentence in shares if most and share >= _NEAR * most]
    negated = [sentence for sentence in near if NEGATION.search(sentence)]
    if claims is not None and not negated:
        yield f"the word {claims[0]} does not stand there"
    if claims is None and near and len(negated) == len(near):
        found = NEGATION.search(negated[0])
        if found is not None and _is_about(text, negated[0]):
            yield f"it leaves out the word {found[0]}"


def _is_about(text: str, sentence: str) -> bool:
    """Whether the part of a sentence that is negated is the part the claim repeats."""
    wanted = set(tokenize(text))
    for clause in re.split(r"[,;:–—]|\b(?:but|and|although|while|because|which|who)\b", sentence):
        if NEGATION.search(clause):
            terms = {term for term in tokenize(clause) if not NEGATION.fullmatch(term)}
            if terms and len(terms & wanted) * 2 >= len(terms):
                return True
    return False


def _bare(word: str) -> str:
    return _PLURAL.sub("", word)


_TURNING_STEMS: Final = frozenset(stem(word) for word in _TURNING)
_SAME_STEMS: Final = tuple(frozenset(map(stem, group)) for group in _SAME)
