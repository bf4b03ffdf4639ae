"""From rows to a generation that is in use: embedded, written beside the old one, checked, swapped in.

Until the last step the library is what it was, whatever happens.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import Encoder, EncoderError, Engine, Entry
from kb.errors import KbError, LibraryError, LibraryFormatError, ModelError
from kb.ingest.relating import relate_documents
from kb.ingest.report import Progress
from kb.ingest.settings import IngestSettings, current_versions, encode_settings
from kb.store import EncoderInfo, LibraryFolder, Manifest
from kb.store.database import DATABASE_NAME, is_sound, write_database
from kb.store.embeddings import Embeddings, embedding_key, save_embeddings
from kb.store.folder import seal, write_generation_manifest
from kb.store.generation import INDEX_NAME, open_generation
from kb.store.ledger import LEDGER_NAME, PlaceEntry, write_ledger
from kb.store.manifest import content_hash, installed_versions
from kb.store.rows import DocumentRow, PassageRow
from kb.vocabulary import learn, save_vocabulary

logger = logging.getLogger(__name__)

Tell = Callable[[Progress], None]
Vectors = NDArray[np.float32]

_STEPS: Final = ("the documents", "the index", "the check")


def build_generation(
    folder: LibraryFolder,
    documents: Sequence[DocumentRow],
    *,
    places: Iterable[PlaceEntry],
    encoder: Encoder,
    known: Embeddings,
    settings: IngestSettings,
    tell: Tell,
) -> int:
    """Make documents the library's new generation.

    Args:
        folder: The library, locked by the caller.
        documents: All that it shall hold, in order, with the ids of their passages.
        places: The ledger that belongs to them.
        encoder: The model of its vectors.
        known: Vectors that need not be made again.
        settings: How to index.
        tell: Told of the progress.

    Returns:
        How many texts the encoder had to read.

    Raises:
        LibraryError: If it cannot be written, or what was written fails its check.
        ModelError: If the encoder fails.
    """
    passages = [passage for document in documents for passage in document.passages]
    try:
        keys = [embedding_key(passage.embedded_text, encoder.fingerprint) for passage in passages]
        vectors, embedded = _embed(passages, keys, encoder=encoder, known=known, tell=tell)
        info = EncoderInfo(name=encoder.name, fingerprint=encoder.fingerprint, dimension=vectors.shape[1])
    except EncoderError as error:
        raise ModelError(error.message, next_step=error.next_step) from error
    created = dt.datetime.now(dt.UTC)
    chosen = encode_settings(settings)
    identity = content_hash(
        (document.entry.sha256 for document in documents),
        settings=chosen,
        versions=current_versions(),
        fingerprint=info.fingerprint,
    )
    generation = folder.generations / f"{created:%Y%m%dT%H%M%S.%f}Z-{identity[:12]}"
    with _undone_on_failure(folder, generation):
        generation.mkdir(parents=True)
        tell(Progress(stage="writing", done=0, total=len(_STEPS), name=_STEPS[0]))
        write_database(generation / DATABASE_NAME, documents, relations=relate_documents(documents))
        write_ledger(generation / LEDGER_NAME, places)
        tell(Progress(stage="writing", done=1, total=len(_STEPS), name=_STEPS[1]))
        save_embeddings(generation, keys, vectors)
        save_vocabulary(generation, learn(documents))
        entries = [
            Entry(id=passage.id, fields={"text": passage.text, "header": passage.header})
            for passage in passages
        ]
        engine = Engine.build(entries, vectors, settings.engine)
        engine.save(generation / INDEX_NAME, vectors_from=info.fingerprint)
        tell(Progress(stage="writing", done=2, total=len(_STEPS), name=_STEPS[2]))
        manifest = Manifest(
            created=created,
            encoder=info,
            settings=chosen,
            versions=current_versions(),
            libraries=installed_versions(),
            content_hash=identity,
            documents=tuple(document.entry for document in documents),
            files=seal(generation),
        )
        write_generation_manifest(generation, manifest)
        check_generation(folder, generation)
        folder.swap_in(generation)
        tell(Progress(stage="writing", done=len(_STEPS), total=len(_STEPS)))
    return embedded


def check_generation(folder: LibraryFolder, generation: Path) -> None:
    """Open a generation as a reader would, and let SQLite look at every page.

    Raises:
        LibraryFormatError: If it is not whole.
    """
    for name in (DATABASE_NAME, LEDGER_NAME):
        if not is_sound(generation / name):
            raise LibraryFormatError(f"{name} of the new generation is damaged.")
    opened = open_generation(folder, generation)
    try:
        names = [summary.document for summary in opened.contents.documents()]
        if sorted(names) != sorted(entry.name for entry in opened.manifest.documents):
            raise LibraryFormatError("The new generation does not hold the documents it should.")
        if not opened.places.is_ledger_of(opened.contents.ids):
            raise LibraryFormatError("The new generation's places are not those of its passages.")
    finally:
        opened.close()


def _embed(
    passages: Sequence[PassageRow], keys: Sequence[bytes], *, encoder: Encoder, known: Embeddings, tell: Tell
) -> tuple[Vectors, int]:
    """Return the vector of every passage, and how many texts had to be encoded for them."""
    missing = {
        key: passage.embedded_text
        for key, passage in zip(keys, passages, strict=True)
        if key not in known.rows
    }
    dimension = encoder.dimension if missing or not keys else known.vectors.shape[1]
    made = np.zeros((0, dimension), np.float32)
    if missing:
        logger.info("embedding: texts=%d, kept=%d", len(missing), len(keys) - len(missing))
        tell(Progress(stage="embedding", done=0, total=len(missing)))
        made = encoder.encode(
            list(missing.values()),
            progress=lambda done, total: tell(Progress(stage="embedding", done=done, total=total)),
        )
    places = {key: number for number, key in enumerate(missing)}
    vectors = np.zeros((len(keys), dimension), np.float32)
    for row, key in enumerate(keys):
        vectors[row] = made[places[key]] if key in places else known.vectors[known.rows[key]]
    return vectors, len(missing)


@contextlib.contextmanager
def _undone_on_failure(folder: LibraryFolder, generation: Path) -> Iterator[None]:
    """Remove an unfinished generation, and report what the disk or SQLite refuse as a `LibraryError`."""
    try:
        yield
    except BaseException as error:
        if not _is_current(folder, generation):
            shutil.rmtree(generation, ignore_errors=True)
        if isinstance(error, (OSError, sqlite3.Error, LibraryFormatError)):
            raise LibraryError(
                f"The library at {folder.path} could not be written ({error}); it is as it was before.",
                next_step="See that the disk has room and may be written, then try again.",
            ) from error
        raise


def _is_current(folder: LibraryFolder, generation: Path) -> bool:
    try:
        return folder.current() == generation
    except KbError:
        return False
