"""Bytes of a file on disk, or a `SourceError` that says why there are none."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kb.errors import SourceError, SourceFault


def require_file(path: Path) -> None:
    """Raise a `SourceError` unless ``path`` is a file that exists."""
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be opened ({error}).", next_step="Check the path.") from error
    if is_folder:
        raise SourceError(
            f"{path} is a folder, not a file.",
            next_step="Name the files inside it.",
            fault=SourceFault.UNSUPPORTED,
        )
    if not is_file:
        raise SourceError(f"There is no file {path}.", next_step="Check the path.", fault=SourceFault.MISSING)


def read_bytes(path: Path) -> tuple[bytes, str]:
    """Read a whole file.

    Returns:
        Its bytes, and their SHA-256 in hex.

    Raises:
        SourceError: If it is missing, a folder, or may not be read.
    """
    require_file(path)
    try:
        data = path.read_bytes()
    except PermissionError as error:
        raise SourceError(
            f"{path.name} may not be read.", next_step="Give your user permission to read it."
        ) from error
    except OSError as error:
        raise SourceError(
            f"{path.name} could not be read ({error.strerror or error}).",
            next_step="Check the disk or the connection, then try again.",
        ) from error
    if not data:
        raise SourceError(
            f"{path.name} is empty (0 bytes).", next_step="Fetch or save it again.", fault=SourceFault.EMPTY
        )
    return data, hashlib.sha256(data).hexdigest()
