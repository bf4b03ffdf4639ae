"""The page that describes a saved engine: what it holds, how it was made, and the hashes of its files.

It is written last and removed first, so a folder whose writing broke off is never opened.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from index.errors import IndexFormatError
from index.records import EngineSettings
from index.storage import REBUILD, read_json, sha256, write_json
from index.tokens import TOKENS_VERSION

FORMAT_VERSION: Final = 1
"""Raised whenever the files of a saved engine change their meaning."""

_NAME: Final = "engine.json"
_LIBRARIES: Final = ("numpy", "faiss-cpu", "rank-bm25", "PyStemmer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a saved engine says about itself; ``vectors_from`` is the fingerprint of the encoder, empty if unknown."""

    settings: EngineSettings
    ids: tuple[str, ...]
    dimension: int
    vectors_from: str


def remove(folder: Path) -> None:
    """Make a folder count as empty, before its files are written anew."""
    (folder / _NAME).unlink(missing_ok=True)


def write(folder: Path, manifest: Manifest) -> None:
    """Describe the files that now stand in a folder."""
    settings = asdict(manifest.settings)
    settings["field_weights"] = list(manifest.settings.field_weights.items())  # a list keeps their order
    write_json(
        folder / _NAME,
        {
            "format_version": FORMAT_VERSION,
            "tokens_version": TOKENS_VERSION,
            "bm25_variant": "rank-bm25 BM25Okapi",
            "settings": settings,
            "dimension": manifest.dimension,
            "vectors_from": manifest.vectors_from,
            "ids": list(manifest.ids),
            "sha256": {path.relative_to(folder).as_posix(): sha256(path) for path in _files(folder)},
            "libraries": {name: metadata.version(name) for name in _LIBRARIES},
        },
    )


def read(folder: Path, *, vectors_from: str | None = None) -> Manifest:
    """Read a manifest and check the files against it.

    Args:
        folder: Where the engine was saved.
        vectors_from: The fingerprint the vectors must come from; ``None`` does not check.

    Raises:
        IndexFormatError: If something is missing, damaged, of another format, or made with another encoder.
    """
    path = folder / _NAME
    found = read_json(path)
    try:
        _check_versions(path, found)
        _check_files(folder, found["sha256"])
        settings = dict(found["settings"], field_weights=dict(found["settings"]["field_weights"]))
        manifest = Manifest(
            settings=EngineSettings(**settings),
            ids=tuple(found["ids"]),
            dimension=int(found["dimension"]),
            vectors_from=found["vectors_from"],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise IndexFormatError(f"{path} is incomplete ({error!r}).", next_step=REBUILD) from error
    if vectors_from is not None and vectors_from != manifest.vectors_from:
        made, asked = manifest.vectors_from[:12] or "an unnamed model", vectors_from[:12]
        message = f"The vectors in {folder} were made by another embedding model ({made}, not {asked})."
        raise IndexFormatError(
            message, next_step="Build the index again, or use the model it was built with."
        )
    return manifest


def _check_versions(path: Path, found: dict[str, Any]) -> None:
    for name, expected in (("format_version", FORMAT_VERSION), ("tokens_version", TOKENS_VERSION)):
        if found[name] != expected:
            message = f"{path} has {name.replace('_', ' ')} {found[name]} where {expected} is read."
            raise IndexFormatError(message, next_step=REBUILD)


def _check_files(folder: Path, hashes: dict[str, str]) -> None:
    for name, expected in hashes.items():
        if sha256(folder / name) != expected:
            raise IndexFormatError(f"{folder / name} has changed since it was written.", next_step=REBUILD)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _NAME)
