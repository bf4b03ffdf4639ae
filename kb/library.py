"""The one door to a library: the command line, the page, the API and the evaluation all call these methods.

Opens what `kb.ingest` built and only wires: documents and passages come from `kb.store`, rankings from the engine.
The embedding model is loaded with the first question, so that looking at papers needs none. Safe to use from several
threads.
"""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from index import Encoder, EncoderError
from kb.errors import LibraryFormatError, ModelError, QuestionError
from kb.records import Filters, Hit, Outline, Page, Passage
from kb.store import DocumentSummary, Facets, LibraryFolder, Manifest, PartSummary
from kb.store.encoders import make_encoder, require_same_model
from kb.store.generation import Generation, open_current

__all__ = ["DocumentSummary", "Facets", "Library", "PartSummary"]

_NO_FILTERS: Final = Filters()


class Library:
    """A library, open for reading; it stays as it was opened, also while a later run of ingestion replaces it.

    Make one with `Library.open`. As a context manager it closes itself.
    """

    def __init__(
        self, folder: LibraryFolder, generation: Generation, *, encoder: Encoder | None = None
    ) -> None:
        self._folder = folder
        self._generation = generation
        self._contents = generation.contents
        self._engine = generation.engine
        self._given_encoder = encoder
        self._encoder_lock = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, encoder: Encoder | None = None) -> Self:
        """Open the library in a folder.

        Args:
            folder: As given to ingestion.
            encoder: The model it was built with; by default it is found by its name, at the first question.

        Raises:
            LibraryMissingError: If there is none.
            LibraryFormatError: If it is damaged, of another format, or was built with another model than the one given.
        """
        place = LibraryFolder(folder)
        generation = open_current(place)
        if encoder is not None:
            try:
                require_same_model(encoder, generation.manifest.encoder, library=folder)
            except LibraryFormatError:
                generation.contents.close()
                raise
        return cls(place, generation, encoder=encoder)

    def search(self, query: str, *, k: int = 10, filters: Filters = _NO_FILTERS) -> tuple[Hit, ...]:
        """Return the passages that match a query best, best first.

        Args:
            query: Words or a question.
            k: How many at most.
            filters: What may be returned at all.

        Raises:
            QuestionError: If the query is empty.
            ModelError: If the embedding model cannot be loaded.
        """
        if not query.strip():
            raise QuestionError("The question is empty.", next_step="Type a question or a few words.")
        try:
            vector = self.encoder.encode_query(query).vector
        except EncoderError as error:
            raise ModelError(error.message, next_step=error.next_step) from error
        found = self._engine.search(query, vector, k, self._contents.mask(filters))
        passages = self._contents.passages([scored.row for scored in found])
        return tuple(
            Hit(
                rank=rank,
                passage=passage,
                score=scored.score,
                bm25_score=scored.bm25_score,
                cosine=scored.cosine,
            )
            for rank, (scored, passage) in enumerate(zip(found, passages, strict=True), start=1)
        )

    def documents(self) -> tuple[DocumentSummary, ...]:
        """Return what is known of every document, by name."""
        return self._contents.documents()

    def outline(self, document: str) -> Outline:
        """Return the structure of a document; raises `UsageError` if there is none of this name."""
        return self._contents.outline(document)

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

    def passage(self, passage_id: str) -> Passage:
        """Return a passage; raises `UsageError` if there is none of this id."""
        return self._contents.passage(self._contents.row(passage_id))

    def context(self, passage_id: str) -> tuple[Passage, ...]:
        """Return all passages of the item in which a passage stands, in order; `UsageError` as for `passage`."""
        return self._contents.context(passage_id)

    def facets(self) -> Facets:
        """Return the values that filters can take."""
        return self._contents.facets()

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
        with self._encoder_lock:
            if self._given_encoder is None:
                known = self._generation.manifest.encoder
                encoder = make_encoder(known.name)
                require_same_model(encoder, known, library=self._folder.path)
                self._given_encoder = encoder
            return self._given_encoder

    def close(self) -> None:
        """Close the files; passages, outlines and hits already read stay usable."""
        self._contents.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
