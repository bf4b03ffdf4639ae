"""Who says each sentence of minutes.

Takes sentences in order and the `People` of the meeting; gives one `Attribution` each. Minutes report speech:
"Councillor Sharp asked ... The Commissioner explained ...". A sentence is its subject's if the verb is one of
speaking or thinking; otherwise it goes on with whoever has the floor. What cannot be known is marked doubtful or left
to nobody: nothing is guessed. `statements` walks a whole paper; here is what one paragraph needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.structure import speech_words as words
from kb.structure.people import Capacity, Mention, People
from kb.structure.sentences import sentences_of
from kb.structure.subjects import Said, find_subjects, opening_person, subject_meant, without_label


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
        replying: Whether the paragraph is an exchange in a list of questions and replies, where what comes before a
            reply without a subject is the question.
    """
    floor = previous or NOBODY
    given: list[Attribution] = []
    own: list[bool] = []
    before = ""
    for sentence in sentences:
        plain = without_label(sentence)
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
    plain = [without_label(sentence) for sentence in sentences[:first]]
    asks = [place for place, sentence in enumerate(plain) if words.asks(sentence)]
    if asks and (first < len(given) or len(asks) == len(plain)):
        for place in range(first):
            given[place] = a_member(people)


def a_member(people: People) -> Attribution:
    """The asker of a question who is not named."""
    article = "an" if people.group[:1] in "AEIO" else "a"
    return Attribution(f"{article} {people.group} member", f"{people.group} member", doubtful=True)


def _attribute_one(
    sentence: str, people: People, floor: Attribution, before: str, *, replying: bool
) -> Attribution:
    if words.PASSIVE.match(sentence) and not words.agent(sentence):
        return replace(floor, doubtful=True, named=()) if floor.speaker else Attribution(doubtful=True)
    if not sentence or words.is_procedure(sentence):
        return NOBODY
    holder = _holder(sentence, people)
    if holder is not None:
        return Attribution(holder.speaker, holder.role, holder.doubtful, (holder.speaker,))
    has_floor = Mention(floor.speaker, floor.role, floor.doubtful) if floor.speaker else None
    said = list(find_subjects(sentence, people, has_floor, before))
    if said:
        return _choose(said, sentence, people)
    return _without_subject(sentence, people, floor, replying=replying)


def _holder(sentence: str, people: People) -> Mention | None:
    """Whose view a sentence gives, or by whom in the passive: "The Panel's view was", "explained by the Clerk"."""
    view = words.VIEW.match(sentence)
    if view is not None:
        return subject_meant(view["who"], sentence[view.end() :], people)
    agent = words.agent(sentence)
    by = people.mentioned(agent) if agent is not None else None
    return by if by is not None and (by.person or not by.doubtful) else None


def _without_subject(sentence: str, people: People, floor: Attribution, *, replying: bool) -> Attribution:
    if words.WITH_OTHERS.match(sentence):
        return Attribution(doubtful=True)
    asked = replying and sentence.endswith("?") and not _is_member(floor, people)
    if asked or words.was_asked(sentence):
        return a_member(people)
    about = opening_person(sentence, people)
    another = about is not None and about.speaker != floor.speaker
    return replace(floor, named=(), doubtful=floor.speaker is not None and (floor.doubtful or another))


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


def _choose(said: Sequence[Said], sentence: str, people: People) -> Attribution:
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


__all__ = ["NOBODY", "Attribution", "a_member", "attribute", "attribute_sentences"]
