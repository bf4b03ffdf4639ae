"""The manifest of a generation: what it was built from, by what, and how to tell that it is whole.

Takes and gives `Manifest` records; refuses, with `LibraryFormatError`, a file that is none or is of another format.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from kb.errors import LibraryFormatError
from kb.ids import document_id
from kb.records import DocumentId
from kb.store.codec import DECODING_ERRORS
from kb.store.steps import rebuild_step, upgrade_step

FORMAT_VERSION: Final = 5
"""Of everything in a generation folder; raised whenever an older program could not read it."""

MANIFEST_NAME: Final = "manifest.json"
LIBRARIES: Final = ("numpy", "faiss-cpu", "rank-bm25", "sentence-transformers", "torch")

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderInfo:
    """The embedding model a library was built with; ``fingerprint`` tells its weights and its settings apart."""

    name: str
    fingerprint: str
    dimension: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document of a generation, as much as deciding what to do with a file takes.

    ``suffix`` is that of the original, in lower case; ``origin`` where the file stood, relative to the library folder;
    ``recipe`` the versions and settings its passages were made with.
    """

    name: str
    sha256: str
    suffix: str
    origin: str
    recipe: str
    passages: int

    @property
    def id(self) -> DocumentId:
        """The document's id."""
        return document_id(self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One generation of a library.

    ``settings`` holds what was chosen (passages, BM25), ``versions`` the stages' own, ``libraries`` those of the
    packages used, ``files`` the size in bytes and SHA-256 of every other file. ``content_hash`` is equal on any machine
    for equal documents, settings, stages and model.
    """

    created: dt.datetime
    encoder: EncoderInfo
    settings: Mapping[str, JsonValue]
    versions: Mapping[str, int]
    libraries: Mapping[str, str]
    content_hash: str
    documents: tuple[DocumentEntry, ...]
    files: Mapping[str, tuple[int, str]]

    @property
    def passages(self) -> int:
        """How many passages the generation has."""
        return sum(document.passages for document in self.documents)


def content_hash(
    sha256s: Iterable[str],
    *,
    settings: Mapping[str, JsonValue],
    versions: Mapping[str, int],
    fingerprint: str,
) -> str:
    """Return a SHA-256, in hex, of all that decides what a library finds; the order of documents does not matter."""
    content = {
        "documents": sorted(sha256s),
        "settings": settings,
        "versions": versions,
        "encoder": fingerprint,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def installed_versions() -> dict[str, str]:
    """Return the versions of the packages that shape a library; one that is not installed is left out."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def encode_manifest(manifest: Manifest) -> str:
    """Return a manifest as JSON text."""
    value = {
        "format": FORMAT_VERSION,
        "created": manifest.created.isoformat(),
        "encoder": {
            "name": manifest.encoder.name,
            "fingerprint": manifest.encoder.fingerprint,
            "dimension": manifest.encoder.dimension,
        },
        "settings": manifest.settings,
        "versions": manifest.versions,
        "libraries": manifest.libraries,
        "content_hash": manifest.content_hash,
        "documents": [
            {
                "name": entry.name,
                "sha256": entry.sha256,
                "suffix": entry.suffix,
                "origin": entry.origin,
                "recipe": entry.recipe,
                "passages": entry.passages,
            }
            for entry in manifest.documents
        ],
        "files": {name: {"size": size, "sha256": sha} for name, (size, sha) in manifest.files.items()},
    }
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(path: Path, *, library: Path) -> Manifest:
    """Read the manifest of a generation.

    Raises:
        LibraryFormatError: If it is missing, damaged, or of another format version.
    """
    value = read_json(path, library=library)
    check_format(value, library=library)
    try:
        return _decode(value)
    except DECODING_ERRORS as error:
        raise damaged(library, f"{path.name} is incomplete") from error


def read_json(path: Path, *, library: Path) -> dict[str, Any]:
    """Read a JSON object of a library.

    Raises:
        LibraryFormatError: If it is missing or is no JSON object.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(library, f"{path.name} cannot be read") from error
    if not isinstance(value, dict):
        raise damaged(library, f"{path.name} is no manifest")
    return value


def check_format(value: Mapping[str, Any], *, library: Path) -> None:
    """Raise a `LibraryFormatError` unless a manifest is of the format this program reads."""
    found = value.get("format")
    if found == FORMAT_VERSION:
        return
    if isinstance(found, int) and found > FORMAT_VERSION:
        raise NewerLibraryError(
            f"The library at {library} has format {found}; this program reads format {FORMAT_VERSION}.",
            next_step=upgrade_step(),
        )
    raise LibraryFormatError(
        f"The library at {library} has format {found}; this program reads format {FORMAT_VERSION}.",
        next_step=rebuild_step(library),
    )


class NewerLibraryError(LibraryFormatError):
    """A library of a later format: to be left alone, not built again over."""


def damaged(library: Path, what: str) -> LibraryFormatError:
    """Return the error that a library is damaged, naming the command that mends it."""
    return LibraryFormatError(
        f"The library at {library} is damaged: {what}.", next_step=rebuild_step(library)
    )


def _decode(value: Mapping[str, Any]) -> Manifest:
    encoder = value["encoder"]
    return Manifest(
        created=dt.datetime.fromisoformat(value["created"]),
        encoder=EncoderInfo(
            name=encoder["name"], fingerprint=encoder["fingerprint"], dimension=int(encoder["dimension"])
        ),
        settings=dict(value["settings"]),
        versions=dict(value["versions"]),
        libraries=dict(value["libraries"]),
        content_hash=value["content_hash"],
        documents=tuple(
            DocumentEntry(
                name=entry["name"],
                sha256=entry["sha256"],
                suffix=entry["suffix"],
                origin=entry["origin"],
                recipe=entry["recipe"],
                passages=int(entry["passages"]),
            )
            for entry in value["documents"]
        ),
        files={name: (int(stamp["size"]), stamp["sha256"]) for name, stamp in value["files"].items()},
    )
