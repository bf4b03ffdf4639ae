"""The one door to a library: the command line, the page, the API and the evaluation all call these methods.

Opens what `kb.ingest` built and only wires: documents and passages come from `kb.store`, rankings from the engine.
The embedding model is loaded with the first question, so that looking at papers needs none. Safe to use from several
threads.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from index import Encoder
from kb.asking import Asker, Gathered
from kb.errors import UsageError
from kb.generation import ModelSettings, write
from kb.proceedings import PersonSummary, Recorded, Register
from kb.questions import Question
from kb.records import Answer, Doubt, Filters, Hit, Outline, Page, Passage, Place
from kb.register.records import RowKind
from kb.retrieval import RetrievalSettings, Retriever, settings_from_environment
from kb.retrieval.explain import Explanation
from kb.retrieval.timeline import MOST_PASSAGES, TopicMeeting, by_meeting, mentions_of
from kb.store import DocumentSummary, Facets, LibraryFolder, Manifest, Paper, PartSummary, RefusedFile
from kb.store.encoders import require_same_model
from kb.store.generation import Generation, open_current
from kb.store.resolving import resolve
from kb.versions import PaperStanding
from kb.vocabulary import Abbreviation

__all__ = ["DocumentSummary", "Facets", "Library", "Paper", "PartSummary", "RefusedFile"]

_NO_FILTERS: Final = Filters()


class Library:
    """A library, open for reading; it stays as it was opened, also while a later run of ingestion replaces it.

    Make one with `Library.open`. As a context manager it closes itself.
    """

    def __init__(
        self,
        folder: LibraryFolder,
        generation: Generation,
        *,
        encoder: Encoder | None = None,
        settings: RetrievalSettings | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._folder = folder
        self._generation = generation
        self._contents = generation.contents
        self._register = Register(generation.contents)
        self._asker = Asker(
            generation,
            library=folder.path,
            encoder=encoder,
            settings=settings or settings_from_environment(),
            today=today,
        )

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        encoder: Encoder | None = None,
        settings: RetrievalSettings | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> Self:
        """Open the library in a folder.

        Args:
            folder: As given to ingestion.
            encoder: The model it was built with; by default it is found by its name, at the first question.
            settings: How to rank; by default as usual, with the cross-encoder that ``KB_RERANKER`` names, if any.
            today: The clock that "last year" counts from.

        Raises:
            LibraryMissingError: If there is none.
            LibraryFormatError: If it is damaged, of another format, or was built with another model than the one given.
            ModelError: If a cross-encoder is named that is not on this machine.
        """
        place = LibraryFolder(folder)
        generation = open_current(place)
        try:
            if encoder is not None:
                require_same_model(encoder, generation.manifest.encoder, library=folder)
            return cls(place, generation, encoder=encoder, settings=settings, today=today)
        except BaseException:
            generation.close()
            raise

    def search(
        self, query: str, *, k: int = 10, filters: Filters = _NO_FILTERS, ignore: Collection[str] = ()
    ) -> tuple[Hit, ...]:
        """Return the passages that match a query best, best first.

        Args:
            query: Words or a question.
            k: How many at most.
            filters: What may be returned at all.
            ignore: Ids or kinds of what is not to be understood, as `understand` gives them.

        Raises:
            QuestionError: If the query is empty.
            ModelError: If the embedding model cannot be loaded.
        """
        return self._asker.search(query, k=k, filters=filters, ignore=ignore)

    def understand(
        self,
        question: str,
        *,
        filters: Filters = _NO_FILTERS,
        ignore: Collection[str] = (),
        previous: Question | None = None,
    ) -> Question:
        """Return what is understood of a question; its ``understood`` says it in plain English.

        Args:
            question: As typed.
            filters: What may be returned at all.
            ignore: Ids or kinds of what is not to be understood.
            previous: The question before it in a conversation (`kb.conversation`); what is taken over from it is said.

        Raises:
            QuestionError: If the question is empty or too long.
        """
        return self._asker.understand(question, filters=filters, ignore=ignore, previous=previous)

    def suggest(self, question: str) -> str | None:
        """Return the question with words mended that no paper has, or ``None``; nothing is ever changed unasked."""
        return self._asker.suggest(question)

    def glossary(self) -> tuple[Abbreviation, ...]:
        """Return the abbreviations that the papers explain, in alphabetical order."""
        return self._asker.glossary()

    def ask(
        self,
        question: str,
        *,
        k: int = 10,
        filters: Filters = _NO_FILTERS,
        ignore: Collection[str] = (),
        previous: Question | None = None,
        model: ModelSettings | None = None,
    ) -> Answer:
        """Answer a question from the papers, or say that they don't.

        Args:
            question: As typed.
            k: How many passages to return with the answer, at most.
            filters: What may be returned or quoted at all.
            ignore: Ids or kinds of what is not to be understood, as `understand` gives them.
            previous: The question before it in a conversation, as `understand` gave it.
            model: The language model to ask as well (`kb.generation`); by default none is.

        Raises:
            QuestionError: If the question is empty or too long.
            ModelError: If the embedding model cannot be loaded.
        """
        answer = self._asker.ask(question, k=k, filters=filters, ignore=ignore, previous=previous)
        if model is None:
            return answer
        asked = self.understand(question, filters=filters, ignore=ignore, previous=previous)
        return write(answer, asked.text, model)

    def retriever(
        self, settings: RetrievalSettings, *, weights: NDArray[np.float64] | None = None
    ) -> Retriever:
        """Return a ranker of these passages with other settings or weights: what fitting and experiments need."""
        return self._asker.retriever(settings, weights=weights)

    def gather(self, question: str, *, retriever: Retriever | None = None) -> Gathered:
        """Return what `ask` would draw an answer from, perhaps by another ranker: what fitting and experiments need."""
        return self._asker.gather(question, retriever=retriever)

    def register(
        self, kind: RowKind, *, filters: Filters = _NO_FILTERS, people: Sequence[str] = (), words: str = ""
    ) -> tuple[Recorded, ...]:
        """Return what the papers record of a kind (decisions, actions, attendance, ...), oldest first.

        Args:
            kind: What to list.
            filters: What papers may say it; for people use ``people``.
            people: Names or parts of them, of which a row must name one.
            words: All must stand in the row or its paragraph.
        """
        return self._register.rows(kind, filters=filters, people=people, words=words)

    def people(
        self, *, filters: Filters = _NO_FILTERS, people: Sequence[str] = (), words: str = ""
    ) -> tuple[PersonSummary, ...]:
        """Return the people of the attendance lists, by surname; ``words`` must stand in name, roles or bodies."""
        return self._register.people(filters=filters, people=people, words=words)

    def explain(
        self, query: str, *, k: int = 10, filters: Filters = _NO_FILTERS, ignore: Collection[str] = ()
    ) -> tuple[tuple[Hit, Explanation], ...]:
        """Return what `search` returns, each hit with the reasons for its score; raises as `search` does."""
        return self._asker.explain(query, k=k, filters=filters, ignore=ignore)

    def timeline(
        self, topic: str, *, per_meeting: int = 3, filters: Filters = _NO_FILTERS
    ) -> tuple[TopicMeeting, ...]:
        """Return the meetings at which a topic came up, oldest first.

        Args:
            topic: A word, a phrase or a question.
            per_meeting: How many passages to keep of each meeting, at least 1.
            filters: What may be returned at all.

        Raises:
            QuestionError: If the topic is empty or too long.
            ModelError: If the embedding model cannot be loaded.
        """
        hits = self.search(topic, k=MOST_PASSAGES, filters=filters)
        return by_meeting(mentions_of(topic, hits), item_of=self.context, per_meeting=per_meeting)

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return what is known of every document, by name."""
        return self._contents.documents()

    def papers(self) -> tuple[Paper, ...]:
        """Return every paper that has text, by its stable id, in the order of the documents."""
        return self._contents.papers()

    def within(self, filters: Filters) -> tuple[Passage, ...]:
        """Return all passages within some limits, in the order of the documents: nothing is ranked."""
        return self._contents.within(filters)

    def outline(self, document: str) -> Outline:
        """Return the structure of a document; raises `UsageError` if there is none of this name."""
        return self._contents.outline(document)

    def refused(self) -> tuple[RefusedFile, ...]:
        """Return the files that were offered and could not be read, with what can be done about each."""
        return self._folder.refused()

    def doubts(self, document: str) -> tuple[Doubt, ...]:
        """Return what should be looked at again in a document; raises `UsageError` if there is none of this name."""
        return self._contents.doubts(document)

    def source_text(self, document: str) -> str:
        """Return the text that spans count in; raises `UsageError` if there is no document of this name."""
        return self._contents.source_text(document)

    def pages(self, document: str) -> tuple[Page, ...]:
        """Return the pages of a document; raises `UsageError` if there is none of this name."""
        return self._contents.pages(document)

    def original_path(self, document: str) -> Path:
        """Return where the library keeps the bytes of a document; raises `UsageError` if there is none of this name."""
        identity = self._contents.document_id(document)
        [entry] = [entry for entry in self._generation.manifest.documents if entry.id == identity]
        return self._folder.original(entry.sha256, entry.suffix)

    def resolve(self, place_id: str) -> Place:
        """Say what an id that this library gave once stands for now: a paper, an item or a passage of one.

        Raises:
            UsageError: If it never gave the id; the error names others that are near.
        """
        return resolve(place_id, contents=self._contents, places=self._generation.places)

    def passage(self, passage_id: str) -> Passage:
        """Return the passage that an id stands for, also where it has moved.

        Raises:
            UsageError: If there never was one of this id, or it has been removed.
        """
        return self._contents.passage(self._row(passage_id))

    def context(self, passage_id: str) -> tuple[Passage, ...]:
        """Return all passages of the item in which a passage stands, in order; `UsageError` as for `passage`."""
        return self._contents.context(self._contents.ids[self._row(passage_id)])

    def _row(self, passage_id: str) -> int:
        row = self._contents.find(passage_id)
        if row is not None:
            return row
        place = self.resolve(passage_id)
        if place.passage is None:
            raise UsageError(
                f"There is no passage {passage_id} any more. {place.note}".strip(),
                next_step=f"See what is known of it: kb show {shlex.quote(passage_id)}",
            )
        return self._contents.row(place.passage.id)

    def versions(self, document: str | None = None) -> tuple[PaperStanding, ...]:
        """Return the papers that have a status or stand in relation to others, by document and part.

        Args:
            document: Only those of this document.

        Raises:
            UsageError: If there is no document of this name.
        """
        if document is not None:
            self._contents.document_id(document)
        return tuple(
            paper for paper in self._contents.standings() if document is None or paper.document == document
        )

    def facets(self, query: str | None = None, *, filters: Filters = _NO_FILTERS) -> Facets:
        """Return the values that filters can take, with their numbers of passages.

        Args:
            query: Count only passages that match it (`kb.retrieval.matching`); ``None`` counts all.
            filters: Each field is counted under the limits on the other fields, so that its own can be widened.

        Raises:
            QuestionError: If the query is empty or too long.
        """
        return self._asker.facets(query, filters=filters)

    @property
    def content_hash(self) -> str:
        """A hash of documents, settings, stages and model: equal for equal libraries on any machine."""
        return self._generation.manifest.content_hash

    @property
    def manifest(self) -> Manifest:
        """What the library was built from, and by what."""
        return self._generation.manifest

    @property
    def encoder(self) -> Encoder:
        """The embedding model the library was built with; found at the first use.

        Raises:
            ModelError: If it is not on this machine.
            LibraryFormatError: If the model of its name now is another one.
        """
        return self._asker.encoder

    def close(self) -> None:
        """Close the files; passages, outlines and hits already read stay usable."""
        self._generation.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
