"""A library of three passages that meets the facade's signatures, without a model or a disk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from kb.errors import LibraryMissingError, QuestionError, SourceFault, UsageError
from kb.generation import ModelSettings, write
from kb.proceedings import PersonSummary, Recorded
from kb.questions import Question, understand
from kb.records import (
    Answer,
    Box,
    Citation,
    DocumentId,
    Doubt,
    DoubtKind,
    Filters,
    Hit,
    Item,
    Outline,
    Page,
    PageBox,
    Paragraph,
    Part,
    PartKind,
    Passage,
    PassageId,
    Place,
    PlaceKind,
    PlaceStatus,
    Quote,
    Span,
    Struck,
)
from kb.register.records import Action, Attendance, Decision, Row, RowKind
from kb.retrieval.explain import Explanation, Share
from kb.retrieval.timeline import Closeness, Mention, TopicMeeting
from kb.store import RefusedFile
from kb.store.summaries import Facets, Paper
from kb.vocabulary import Abbreviation

BODY = "Fenwold Police and Crime Panel"
DAY = dt.date(2023, 3, 22)


class PartSummary(NamedTuple):
    """A part in the list of documents."""

    kind: PartKind
    body: str | None
    meeting_date: dt.date | None
    title: str


class DocumentSummary(NamedTuple):
    """A line of the list of documents."""

    document: str
    id: str
    sha256: str
    pages: int
    passages: int
    parts: tuple[PartSummary, ...]
    issues: tuple[str, ...] = ()
    doubts: int = 1


def make_citation(paragraph: str, *, status: str | None = None, document: str = "minutes.txt") -> Citation:
    """A citation of the Fenwold minutes, item 6."""
    return Citation(
        id=PassageId(f"fenwold/2023-03-22/item-6/para-{paragraph}"),
        document=document,
        body=BODY,
        meeting_date=DAY,
        kind=PartKind.MINUTES,
        agenda_item=None,
        item="6",
        section=None,
        item_title="Road safety",
        paragraph=paragraph,
        page=3,
        page_label="5",
        status=status,
        label=f"{BODY}, 22 March 2023, minutes, item 6 Road safety, para {paragraph}",
    )


def make_passage(
    paragraph: str,
    text: str,
    *,
    speakers: Sequence[str] = (),
    struck: Sequence[Struck] = (),
    status: str | None = None,
    document: str = "minutes.txt",
) -> Passage:
    """A passage of one span, printed in one place."""
    return Passage(
        citation=make_citation(paragraph, status=status, document=document),
        document_id=DocumentId("0123456789abcdef"),
        text=text,
        spans=(Span(0, len(text)),),
        header=f"{BODY}, 22 March 2023, minutes, Road safety",
        speakers=tuple(speakers),
        struck=tuple(struck),
        boxes=(PageBox(3, Box(72.0, 100.0, 523.0, 126.5), 595.3, 841.9),),
    )


PASSAGES = (
    make_passage(
        "1", "The Commissioner said that **speed cameras** cost £1.2m a year.", speakers=["the Commissioner"]
    ),
    make_passage(
        "2", "Councillor Hale asked for a review <script>alert('paper')</script> of cameras.", status="draft"
    ),
    make_passage("3", "The Panel noted the report.", speakers=["the Chair", "Councillor Hale"]),
)


def make_hits(passages: Sequence[Passage] = PASSAGES) -> tuple[Hit, ...]:
    """Passages as a ranking."""
    return tuple(
        Hit(rank=rank, passage=passage, score=1 / rank, bm25_score=2.0, cosine=0.5)
        for rank, passage in enumerate(passages, 1)
    )


def make_answer(question: str = "What do speed cameras cost?", *, abstained: bool = False) -> Answer:
    """An answer quoting the first passage, or an abstention."""
    first = PASSAGES[0]
    return Answer(
        question=question,
        text="Not found in these papers." if abstained else first.text,
        abstained=abstained,
        confidence=0.1 if abstained else 0.9,
        kind="fact",
        quotes=() if abstained else (Quote(text=first.text, passage=first, spans=first.spans),),
        hits=make_hits(),
        latency_ms=1.23456,
    )


OUTLINE = Outline(
    parts=(
        Part(
            kind=PartKind.MINUTES,
            body=BODY,
            meeting_date=DAY,
            title="Minutes",
            agenda_item=None,
            page=1,
            status="draft",
            items=(
                Item(number=None, title="", page=1, heading=(), paragraphs=()),
                Item(
                    number="6",
                    title="Road safety",
                    page=3,
                    heading=(Span(0, 11),),
                    paragraphs=(
                        Paragraph(label="1", spans=(Span(12, 20),)),
                        Paragraph(label=None, spans=(Span(21, 30),)),
                        Paragraph(label="a", spans=(Span(31, 40),)),
                    ),
                ),
            ),
        ),
    ),
    furniture=(),
)


def recorded(row: Row, text: str = "RESOLVED to note <b>it</b>.", status: str | None = None) -> Recorded:
    """A row of the register at the first passage."""
    return Recorded(row=row, passage=PASSAGES[0], number=0, text=text, status=status)


@dataclass
class FakeLibrary:
    """Answers every question that mentions cameras."""

    asked: list[tuple[str, int, Filters]] = field(default_factory=list)
    ignored: list[tuple[str, ...]] = field(default_factory=list)
    encoder: object = None

    @classmethod
    def open(cls, folder: Path, **_: object) -> Self:
        """Open anything but a folder called ``missing``."""
        if folder.name == "missing":
            raise LibraryMissingError(
                f"There is no library at {folder}.",
                next_step=f"Build one: kb ingest --library {folder} PAPERS",
            )
        return cls()

    def explain(
        self,
        query: str,
        *,
        k: int = 10,
        filters: Filters = Filters(),  # noqa: B008
        ignore: Collection[str] = (),
    ) -> tuple[tuple[Hit, Explanation], ...]:
        """Everything, for one reason."""
        hits = self.search(query, k=k, filters=filters, ignore=ignore)
        return tuple(
            (
                hit,
                Explanation(
                    score=hit.score,
                    shares=(Share(reason="its words", points=hit.score),),
                    matches=(),
                    cosine=hit.cosine,
                    bm25_rank=hit.rank,
                    dense_rank=None,
                ),
            )
            for hit in hits
        )

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        filters: Filters = Filters(),  # noqa: B008
        ignore: Collection[str] = (),
    ) -> tuple[Hit, ...]:
        """Everything, whatever is asked."""
        self.asked.append((query, k, filters))
        self.ignored.append(tuple(ignore))
        return make_hits()[:k]

    def understand(
        self,
        question: str,
        *,
        filters: Filters = Filters(),  # noqa: B008, ARG002
        ignore: Collection[str] = (),
    ) -> Question:
        """By its words alone."""
        return understand(question, today=DAY, ignore=ignore)

    def suggest(self, question: str) -> str | None:
        """One word is known to be misspelt."""
        return question.replace("cammeras", "cameras") if "cammeras" in question else None

    def glossary(self) -> tuple[Abbreviation, ...]:
        """One abbreviation."""
        return (Abbreviation(short="PCP", long="Police, and Crime Panel", passage_id="minutes/1", count=2),)

    def ask(
        self,
        question: str,
        *,
        k: int = 10,
        filters: Filters = Filters(),  # noqa: B008
        ignore: Collection[str] = (),
        model: ModelSettings | None = None,
    ) -> Answer:
        """Answer, abstain, refuse or break, by the words of the question."""
        self.asked.append((question, k, filters))
        self.ignored.append(tuple(ignore))
        if not question.strip():
            raise QuestionError("The question is empty.", next_step="Ask something.")
        if "break" in question:
            raise RuntimeError("out of cheese")
        found = make_answer(question, abstained="camera" not in question)
        understood = self.understand(question, ignore=ignore).understood
        found = replace(found, understood=understood, suggestion=self.suggest(question))
        return found if model is None else write(found, question, model)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """One document."""
        part = PartSummary(PartKind.MINUTES, BODY, DAY, "Minutes")
        return (DocumentSummary("minutes.txt", "0123456789abcdef", "0" * 64, 4, 3, (part,)),)

    def refused(self) -> tuple[RefusedFile, ...]:
        """One file that could not be read."""
        return (
            RefusedFile(
                origin="../papers/locked.pdf",
                name="locked.pdf",
                fault=SourceFault.PASSWORD_PROTECTED,
                reason="locked.pdf is protected by a password.",
                next_step="Save a copy without a password and add that.",
            ),
        )

    def doubts(self, document: str) -> tuple[Doubt, ...]:
        """One place to look at again."""
        assert document == "minutes.txt"
        return (
            Doubt(
                kind=DoubtKind.NUMBERING_GAP,
                place="minutes, 19 July 2023, item 9",
                page=2,
                message="Item 9 follows 7: 8 is missing.",
            ),
        )

    def outline(self, document: str) -> Outline:
        """The one outline."""
        assert document == "minutes.txt"
        return OUTLINE

    def facets(self, query: str | None = None, *, filters: Filters = Filters()) -> Facets:  # noqa: B008, ARG002
        """One body, one kind, one speaker."""
        return Facets(
            bodies=((BODY, 3),),
            kinds=((PartKind.MINUTES, 3),),
            documents=(("minutes.txt", 3),),
            first_date=DAY,
            last_date=DAY,
            years=((2023, 3),),
            people=(("Imogen Frayne", 1),),
        )

    def papers(self) -> tuple[Paper, ...]:
        """One paper."""
        first = PASSAGES[0].citation
        return (
            Paper(id=PassageId("fenwold/2023-03-22/minutes"), label=first.label, first=first, passages=3),
        )

    def within(self, filters: Filters) -> tuple[Passage, ...]:
        """What somebody said."""
        return tuple(each for each in PASSAGES if set(filters.people) & set(each.speakers))[:1]

    def timeline(
        self,
        topic: str,
        *,
        per_meeting: int = 3,  # noqa: ARG002
        filters: Filters = Filters(),  # noqa: B008, ARG002
    ) -> tuple[TopicMeeting, ...]:
        """Cameras came up, nothing else did."""
        if "break" in topic:
            raise RuntimeError("out of cheese")
        if "camera" not in topic:
            return ()
        mentions = tuple(Mention(hit=hit, closeness=Closeness.WORDS) for hit in make_hits()[:2])
        return (
            TopicMeeting(body=BODY, meeting_date=DAY, mentions=mentions, outcome=PASSAGES[2], n_mentions=3),
        )

    def register(
        self,
        kind: RowKind,
        *,
        filters: Filters = Filters(),  # noqa: B008, ARG002
        people: Sequence[str] = (),
        words: str = "",
    ) -> tuple[Recorded, ...]:
        """One decision, one open action, one that is done, one attendant."""
        assert not people
        rows: dict[RowKind, list[Recorded]] = {
            RowKind.DECISION: [
                recorded(Decision(part=0, spans=(), verb="noted", item="6", votes_for=7, votes_against=2)),
            ],
            RowKind.ACTION: [
                recorded(Action(part=0, spans=(), who="Councillor Hale", due="July"), text="=review"),
                recorded(Action(part=0, spans=(), who="Clerk"), text="Write", status="Completed"),
            ],
            RowKind.ATTENDANCE: [
                recorded(Attendance(part=0, spans=(), name="Imogen Frayne", capacity="member"))
            ],
        }
        return tuple(row for row in rows.get(kind, []) if words.casefold() in row.text.casefold())

    def people(self, *, people: Sequence[str]) -> tuple[PersonSummary, ...]:
        """Nobody is known."""
        assert people
        return ()

    def resolve(self, place_id: str) -> Place:
        """A passage as it was, one that has moved, one that is gone."""
        if place_id == "gone":
            return Place(
                kind=PlaceKind.PASSAGE,
                status=PlaceStatus.REMOVED,
                id=None,
                passages=(),
                redirected_from=None,
                label="Fenwold Panel, item 9",
                similarity=None,
                earlier_text="What it said.",
                note="Its paper is no longer in the library.",
            )
        found = self.passage(place_id.removeprefix("old/"))
        has_moved = place_id.startswith("old/")
        return Place(
            kind=PlaceKind.PASSAGE,
            status=PlaceStatus.MOVED if has_moved else PlaceStatus.SAME,
            id=found.id,
            passages=(found,),
            redirected_from=PassageId(place_id) if has_moved else None,
            label=found.citation.label,
            similarity=1.0,
            earlier_text=None,
            note="It stands elsewhere now." if has_moved else "",
        )

    def passage(self, place_id: str) -> Passage:
        """One of the three."""
        found = [passage for passage in PASSAGES if passage.id == place_id]
        if not found:
            raise UsageError(f"There is no place {place_id}.", next_step="Search for it.")
        return found[0]

    def context(self, place_id: str) -> tuple[Passage, ...]:
        """The one item."""
        assert self.passage(place_id)
        return PASSAGES

    def pages(self, document: str) -> tuple[Page, ...]:
        """Four pages, as of a PDF file."""
        assert document == "minutes.txt"
        return tuple(
            Page(number=number, label=str(number + 2), span=Span(0, 0), width=595.3, height=841.9)
            for number in range(1, 5)
        )

    def source_text(self, document: str) -> str:
        """Three lines."""
        assert document == "minutes.txt"
        return "one\ntwo\nthree"

    @property
    def content_hash(self) -> str:
        """Of nothing."""
        return "f" * 64

    def close(self) -> None:
        """Nothing to close."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
