"""Subjects of reported speech: who asked, stated or explained in one sentence.

Takes a sentence and the `People`; gives each subject with its verb, at the start of the sentence or of a clause ("...,
the Commissioner stated"). A pronoun is whoever has the floor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.structure import speech_words as words
from kb.structure.lines import plain_text
from kb.structure.names import whole_name
from kb.structure.people import Mention, People
from kb.structure.roles import OFFICE_WORDS

_LABEL = re.compile(r"^\W{0,3}(?:\(?(?:\d{1,3}(?:\.\d{1,2})?|[a-z]{1,4})[.)]\s+|[•●▪·–—*-]\s+)+")
_CLAUSE = re.compile(
    r",\s+(?:and\s+|but\s+|to\s+which\s+)?|;\s+(?:and\s+|to\s+which\s+)?|\s[–—-]\s|:\s+|\.\s+|\bto\s+which\s+|\band\s+(?=he\b|she\b)"
    r"|(?<=[a-z])\s+(?=The\s+[A-Z])"
)
_MAX_SUBJECT = 130
_PRONOUN = re.compile(r"(?:he|she|they|who)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One subject with its verb; ``start`` is where its clause begins."""

    who: Mention
    verb: words.Verb
    start: int


def find_subjects(sentence: str, people: People, floor: Mention | None, before: str) -> Iterator[Said]:
    """Every subject with a verb of speaking, at the start of the sentence or of a clause."""
    starts = [0, *(match.end() for match in _CLAUSE.finditer(sentence))]
    done = 0
    own = floor
    for start in starts:
        if start < done:
            continue
        found = _subject(sentence, start, people, own, before, first=start == 0)
        if found is not None:
            said, done = found
            own = said.who
            yield said


def _subject(
    sentence: str, start: int, people: People, floor: Mention | None, before: str, *, first: bool
) -> tuple[Said, int] | None:
    window = sentence[start : start + _MAX_SUBJECT]
    for match in words.VERB.finditer(window):
        subject = words.ADVERBS.sub("", window[: match.start()]).strip()
        if not subject or len(subject.split()) > words.MAX_SUBJECT_WORDS:
            continue
        verb = words.kind_of(match[0])
        if _PRONOUN.fullmatch(subject):
            who = _pronoun(subject, floor, before, people)
            if who is None or (not first and verb is not words.Verb.SAYS):
                return None
            return Said(who, verb, start), start + match.end()
        who = subject_meant(subject, window[match.start() :], people)
        if who is not None:
            return Said(who, verb, start), start + match.end()
    return None


def subject_meant(subject: str, verb: str, people: People) -> Mention | None:
    """Who is meant by the words before a verb and what follows, if they are a subject."""
    body = words.BODY.fullmatch(subject)
    if body:
        noun = body["body"].capitalize()
        if words.PROCEDURAL_VERB.match(verb):
            return None
        return Mention("Members", "Member") if noun == "Members" else Mention(f"the {noun}", noun)
    if words.OFFICE.fullmatch(subject):
        return Mention(words.office_name(subject), "OPCC")
    plain = words.APPOSITION.sub("", subject).strip(" ,")
    source = words.SUBMITTED.match(plain)
    plain = source["who"] if source else plain
    if not (plain[:1].isupper() or plain.startswith("the ")) or words.NO_SUBJECT.search(plain):
        return None
    return _person_meant(plain, subject[len(plain) :].strip(" ,()"), people)


def _person_meant(plain: str, apposition: str, people: People) -> Mention | None:
    is_office = plain.casefold().startswith("the ")
    who = people.mentioned(f"{plain} ({apposition})" if apposition and is_office else plain)
    if who is None or not words.IS_TITLE.fullmatch(plain):
        return None
    if who.role is not None and not (is_office or _is_name(plain) or _starts_office(plain)):
        return None
    return who


def _is_name(text: str) -> bool:
    return whole_name(text) is not None or " " not in text


def _starts_office(text: str) -> bool:
    """Whether words without "the" can still be an office: "Thornmere Police and Crime Commissioner"."""
    return any(word.casefold() in OFFICE_WORDS for word in text.split()[:2])


def opening_person(sentence: str, people: People) -> Mention | None:
    """The person of the list, or the office, with whom a sentence begins, whatever its verb."""
    opening = re.sub(r"['’]s\b", " ", without_label(sentence)).split()[: words.MAX_OPENING]
    for size in range(len(opening), 0, -1):
        start = " ".join(opening[:size])
        if words.IS_TITLE.fullmatch(start) and (who := people.mentioned(start)) is not None:
            return who if who.person is not None else None
    return None


def _pronoun(subject: str, floor: Mention | None, before: str, people: People) -> Mention | None:
    """He, she or they: whoever has the floor; who is named alone in the sentence before if nobody has it."""
    plural = subject.casefold() == "they"
    if floor is not None and plural == (floor.speaker.startswith("the ") or floor.speaker == "Members"):
        return floor
    named = [
        person for person in people.persons if re.search(rf"\b{re.escape(person.name.surname)}\b", before)
    ]
    if plural or len({person.display for person in named}) != 1:
        return None
    return Mention(named[0].display, named[0].role, doubtful=True, person=named[0])


def without_label(sentence: str) -> str:
    """A sentence without its printed label, bullet and markup."""
    return plain_text(_LABEL.sub("", sentence))


__all__ = ["Said", "find_subjects", "opening_person", "subject_meant", "without_label"]
