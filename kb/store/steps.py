"""The next steps that errors about a library name: each a command to type."""

from __future__ import annotations

import shlex
from pathlib import Path


def build_step(library: Path) -> str:
    """Say how to build a library where there is none."""
    return f"Build it with: kb ingest PATH --library {shlex.quote(str(library))}"


def rebuild_step(library: Path) -> str:
    """Say how to mend a library; the copies of the papers that it keeps are used."""
    return f"Build it again, from the copies it keeps, with: kb ingest PATH --library {shlex.quote(str(library))}"


def upgrade_step() -> str:
    """Say what to do about a library of a later version."""
    return "Update this program, or choose another folder with --library."
