"""Arrays and JSON in a folder, never pickle: the one place that reads and writes the files of a saved index.

Whatever is missing or damaged is an `IndexFormatError` that names the file.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexFormatError

REBUILD = "Build the index again from the papers."


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON in UTF-8; the file appears whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part.replace(path)


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises:
        IndexFormatError: If it is missing or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexFormatError(f"{path} cannot be read ({error}).", next_step=REBUILD) from error


def write_array(path: Path, array: NDArray[Any]) -> None:
    """Write one array in NumPy's own format."""
    np.save(path, array, allow_pickle=False)


def read_array(path: Path, dtype: type[np.generic]) -> NDArray[Any]:
    """Read one array of one dimension.

    Raises:
        IndexFormatError: If it is missing, damaged, or of another type or number of dimensions.
    """
    try:
        array: NDArray[Any] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise IndexFormatError(f"{path} cannot be read ({error}).", next_step=REBUILD) from error
    if array.dtype != np.dtype(dtype) or array.ndim != 1:
        found = f"{array.ndim}-dimensional {array.dtype}"
        raise IndexFormatError(f"{path} holds {found}, not a row of {np.dtype(dtype)}.", next_step=REBUILD)
    return array


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex.

    Raises:
        IndexFormatError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IndexFormatError(f"{path} cannot be read ({error}).", next_step=REBUILD) from error
