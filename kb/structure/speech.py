"""Who says each sentence of minutes.

Takes sentences in order and the `People` of the meeting; gives one `Attribution` each. Minutes report speech: "Councillor
Sharp asked ... The Commissioner explained ...". A sentence is its subject's if the verb is one of speaking or thinking;
otherwise it goes on with whoever has the floor. What cannot be known is marked doubtful or left to nobody: nothing is
guessed. `statements` walks a whole paper; here is what one paragraph needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.structure import speech_words as words
from kb.structure.lines import plain_text
from kb.structure.names import whole_name
from kb.structure.people import Capacity, Mention, People
from kb.structure.roles import OFFICE_WORDS
from kb.structure.sentences import sentences_of

_LABEL = re.compile(r"^\W{0,3}(?:\(?(?:\d{1,3}(?:\.\d{1,2})?|[a-z]{1,4})[.)]\s+|[•●▪·–—*-]\s+)+")
_CLAUSE = re.compile(
    r",\s+(?:and\s+|but\s+|to\s+which\s+)?|;\s+(?:and\s+|to\s+which\s+)?|\s[–—-]\s|:\s+|\.\s+|\bto\s+which\s+|\band\s+(?=he\b|she\b)"
    r"|(?<=[a-z])\s+(?=The\s+[A-Z])"
)
_MAX_SUBJECT = 130
_PRONOUN = re.compile(r"(?:he|she|they|who)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence: a full name or a role, the role, and whether that is open.

    ``speaker`` is ``None`` where nobody is said to speak; ``named`` are all whom the sentence itself names as speaking.
    """

    speaker: str | None = None
    role: str | None = None
    doubtful: bool = False
    named: tuple[str, ...] = ()


NOBODY = Attribution()


@dataclass(frozen=True, slots=True)
class _Said:
    """One subject with its verb."""

    who: Mention
    verb: words.Verb
    start: int


def attribute(text: str, people: People) -> tuple[str, ...]:
    """The speakers of a passage of minutes in order of first appearance, as full names or roles."""
    found: dict[str, None] = {}
    for attribution in attribute_sentences(sentences_of(text), people):
        for speaker in attribution.named:
            found.setdefault(speaker)
        if attribution.speaker and not attribution.doubtful:
            found.setdefault(attribution.speaker)
    return tuple(found)


def attribute_sentences(
    sentences: Sequence[str], people: People, previous: Attribution | None = None, *, replying: bool = False
) -> tuple[Attribution, ...]:
    """Say for each sentence of a paragraph who says it.

    Args:
        sentences: In order, as printed.
        people: Of the meeting.
        previous: Who has the floor before the first sentence.
        replying: Whether the paragraph is an exchange in a list of questions and replies, where what comes before a reply
            without a subject is the question.
    """
    floor = previous or NOBODY
    given: list[Attribution] = []
    own: list[bool] = []
    before = ""
    for sentence in sentences:
        plain = plain_text(_LABEL.sub("", sentence))
        attribution = _attribute_one(plain, people, floor, before, replying=replying)
        own.append(bool(attribution.named))
        given.append(replace(attribution, role=attribution.role))
        if attribution.speaker is not None:
            floor = attribution
        elif words.ends_speech(plain):
            floor = NOBODY
        elif floor.speaker:
            floor = replace(floor, doubtful=True)
        before = plain
    if replying:
        _give_question(sentences, given, own, people)
    return tuple(given)


def _give_question(
    sentences: Sequence[str], given: list[Attribution], own: list[bool], people: People
) -> None:
    """What stands before a reply and has no subject is the question if any of it asks."""
    first = next((place for place, named in enumerate(own) if named), len(given))
    plain = [plain_text(_LABEL.sub("", sentence)) for sentence in sentences[:first]]
    asks = [place for place, sentence in enumerate(plain) if words.asks(sentence)]
    if asks and (first < len(given) or len(asks) == len(plain)):
        for place in range(first):
            given[place] = a_member(people)


def a_member(people: People) -> Attribution:
    """The asker of a question who is not named."""
    return Attribution(f"a {people.group} member", f"{people.group} member", doubtful=True)


def _attribute_one(
    sentence: str, people: People, floor: Attribution, before: str, *, replying: bool
) -> Attribution:
    if words.PASSIVE.match(sentence) and not words.agent(sentence):
        return replace(floor, doubtful=True, named=()) if floor.speaker else Attribution(doubtful=True)
    if not sentence or words.is_procedure(sentence):
        return NOBODY
    view = words.VIEW.match(sentence)
    if view is not None and (holder := _who(view["who"], sentence[view.end() :], people)) is not None:
        return Attribution(holder.speaker, holder.role, holder.doubtful, (holder.speaker,))
    agent = words.agent(sentence)
    if agent is not None and (by := people.mentioned(agent)) is not None and (by.person or not by.doubtful):
        return Attribution(by.speaker, by.role, by.doubtful, (by.speaker,))
    said = list(_subjects(sentence, people, floor, before))
    if said:
        return _choose(said, sentence, people, floor)
    if words.WITH_OTHERS.match(sentence):
        return Attribution(doubtful=True)
    if words.was_asked(sentence):
        return a_member(people)
    if replying and sentence.endswith("?") and words.asks(sentence) and not _is_member(floor, people):
        return a_member(people)
    doubtful = floor.speaker is not None and (floor.doubtful or _names_another(sentence, people, floor))
    return replace(floor, named=(), doubtful=doubtful)


def _is_member(floor: Attribution, people: People) -> bool:
    """Whether the one with the floor asks questions rather than answers them."""
    if floor.speaker is None:
        return False
    if (
        floor.role in {"Councillor", "Member", "Independent member", "Chair", "Vice-Chair"}
        or " member" in floor.speaker
    ):
        return True
    return any(
        person.display == floor.speaker and person.capacity is Capacity.MEMBER for person in people.persons
    )


def _choose(said: Sequence[_Said], sentence: str, people: People, floor: Attribution) -> Attribution:
    named = tuple(dict.fromkeys(one.who.speaker for one in said if one.who.speaker))
    first = said[0]
    if first.verb is words.Verb.WAS_ASKED:
        reply = next((one for one in said[1:] if one.verb is not words.Verb.WAS_ASKED), None)
        if reply is None:
            return a_member(people)
        return Attribution(reply.who.speaker, reply.who.role, reply.who.doubtful, (reply.who.speaker,))
    others = [one for one in said[1:] if one.who.speaker != first.who.speaker]
    reply = next((one for one in others if one.verb is words.Verb.SAYS), None)
    if (
        first.start > 0
        and words.asks(sentence[: first.start])
        and "to which" in sentence[: first.start].casefold()
    ):
        return Attribution(first.who.speaker, first.who.role, doubtful=True, named=named)
    if reply is not None and first.verb is words.Verb.ASKS:
        return Attribution(reply.who.speaker, reply.who.role, doubtful=True, named=named)
    return Attribution(first.who.speaker, first.who.role, first.who.doubtful or bool(reply), named)


def _subjects(sentence: str, people: People, floor: Attribution, before: str) -> Iterator[_Said]:
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
            own = Attribution(said.who.speaker, said.who.role, said.who.doubtful)
            yield said


def _subject(
    sentence: str, start: int, people: People, floor: Attribution, before: str, *, first: bool
) -> tuple[_Said, int] | None:
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
            return _Said(who, verb, start), start + match.end()
        who = _who(subject, window[match.start() :], people)
        if who is not None:
            return _Said(who, verb, start), start + match.end()
    return None


def _who(subject: str, verb: str, people: People) -> Mention | None:
    """Who is meant by the words before a verb, if they are a subject."""
    body = words.BODY.fullmatch(subject)
    if body:
        noun = body["body"].capitalize()
        if words.PROCEDURAL_VERB.match(verb):
            return None
        return Mention("Members", "Member") if noun == "Members" else Mention(f"the {noun}", noun)
    office = words.OFFICE.fullmatch(subject)
    if office:
        return Mention(words.office_name(subject), "OPCC")
    plain = words.APPOSITION.sub("", subject).strip(" ,")
    source = words.SUBMITTED.match(plain)
    plain = source["who"] if source else plain
    if not plain[:1].isupper() and not plain.startswith("the "):
        return None
    if words.NO_SUBJECT.search(plain):
        return None
    apposition = subject[len(plain) :].strip(" ,()")
    office = plain.casefold().startswith("the ")
    who = people.mentioned(f"{plain} ({apposition})" if apposition and office else plain)
    if who is not None and who.person is None and not words.IS_TITLE.fullmatch(plain):
        return None
    if (
        who is not None
        and who.role is not None
        and not office
        and not _is_name(plain)
        and not _starts_office(plain)
    ):
        return None
    return who


def _is_name(text: str) -> bool:
    return whole_name(text) is not None or " " not in text


def _starts_office(text: str) -> bool:
    """Whether words without "the" can still be an office: "Thornmere Police and Crime Commissioner"."""
    return any(word.casefold() in OFFICE_WORDS for word in text.split()[:2])


def _names_another(sentence: str, people: People, floor: Attribution) -> bool:
    """Whether a sentence without a verb of speaking is about another person than the one with the floor."""
    who = opening_person(sentence, people)
    return who is not None and who.speaker != floor.speaker


def opening_person(sentence: str, people: People) -> Mention | None:
    """The person of the list, or the office, with whom a sentence begins, whatever its verb."""
    opening = re.sub(r"['’]s\b", " ", plain_text(_LABEL.sub("", sentence))).split()[: words.MAX_OPENING]
    for size in range(len(opening), 0, -1):
        start = " ".join(opening[:size])
        if words.IS_TITLE.fullmatch(start) and (who := people.mentioned(start)) is not None:
            return who if who.person is not None else None
    return None


def _pronoun(subject: str, floor: Attribution, before: str, people: People) -> Mention | None:
    """He, she or they: whoever has the floor; who is named alone in the sentence before if nobody has it."""
    plural = subject.casefold() == "they"
    if floor.speaker is None or plural != (floor.speaker.startswith("the ") or floor.speaker == "Members"):
        if plural:
            return None
        others = {
            person.display
            for person in people.persons
            if re.search(rf"\b{re.escape(person.name.surname)}\b", before)
        }
        if len(others) == 1:
            name = others.pop()
            person = next(person for person in people.persons if person.display == name)
            return Mention(name, person.role, doubtful=True, person=person)
        return None
    return Mention(floor.speaker, floor.role, floor.doubtful)


__all__ = ["NOBODY", "Attribution", "a_member", "attribute", "attribute_sentences", "opening_person"]
