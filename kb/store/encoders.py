"""The embedding model a library was built with, found again by its name."""

from __future__ import annotations

from pathlib import Path

from index import Encoder, EncoderError, SentenceEncoder
from index.weights import DEFAULT_NAME
from kb.errors import LibraryFormatError, ModelError
from kb.store.manifest import EncoderInfo
from kb.store.steps import rebuild_step


def make_encoder(name: str | None) -> Encoder:
    """Make the encoder of a name, or the default one; its weights are hashed, the model is loaded with the first text.

    Raises:
        ModelError: If it is not on this machine.
    """
    try:
        return SentenceEncoder(None if name in {None, DEFAULT_NAME} else name)
    except EncoderError as error:
        raise ModelError(error.message, next_step=error.next_step) from error


def require_same_model(encoder: Encoder, built_with: EncoderInfo, *, library: Path) -> None:
    """Refuse an encoder whose vectors cannot be compared with those of a library.

    Raises:
        LibraryFormatError: If its fingerprint is another one.
    """
    if encoder.fingerprint != built_with.fingerprint:
        made, asked = built_with.fingerprint[:12], encoder.fingerprint[:12]
        raise LibraryFormatError(
            f"The library at {library} was built with the embedding model {built_with.name} ({made}),"
            f" not with {encoder.name} ({asked}).",
            next_step=rebuild_step(library),
        )
