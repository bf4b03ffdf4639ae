"""Where things are: question sets, the papers they ask about, libraries built for evaluation, runs.

Takes names and options, gives paths; refuses names that would leave their folder and sets that do not exist.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from pathlib import Path

from eval.runs import RUNS
from eval.topics import SETS
from kb.errors import UsageError

ROOT = Path(__file__).parent.parent
OUTLINES = Path(__file__).parent / "outlines"
CANDIDATES = RUNS / "candidates"
LIBRARIES = RUNS / "libraries"

# The papers of a set; where ``None``, they are not in the repository and `CORPUS` leads to them.
PAPERS: Mapping[str, Path | None] = {
    "fenwold": ROOT / "papers",
    "cambridgeshire": None,
}
# Papers with outlines and without questions.
OUTLINED: Mapping[str, Path] = {"councils": ROOT / "tests" / "golden" / "councils"}
CORPUS_VARIABLE = "KB_CORPUS"
CORPUS = ROOT.parent / "shared" / "corpus"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


def papers_folder(set_name: str, given: Path | None = None) -> Path:
    """Find the papers of a set: the folder given, the project's own, ``KB_CORPUS``, or ``../shared/corpus``.

    Raises:
        UsageError: If there is no such folder.
    """
    folder = (
        given
        or PAPERS.get(set_name)
        or OUTLINED.get(set_name)
        or Path(os.environ.get(CORPUS_VARIABLE) or CORPUS)
    )
    if not folder.is_dir():
        raise UsageError(
            f"The papers of {set_name} are not in {folder}.",
            next_step=f"Name their folder: --papers DIR, or {CORPUS_VARIABLE}.",
        )
    return folder


def set_folder(set_name: str) -> Path:
    """Return the folder of a set's questions."""
    folder = SETS / checked(set_name)
    if not folder.is_dir():
        known = ", ".join(sorted(path.name for path in SETS.iterdir() if path.is_dir()))
        raise UsageError(f"There is no set {set_name}.", next_step=f"Choose one of {known}.")
    return folder


def run_folder(name: str) -> Path:
    """Return the folder of a run, by name or by path."""
    path = Path(name)
    return path if path.is_dir() and path.name != name else RUNS / checked(path.name)


def new_run_name(set_name: str, split: str, system: str) -> str:
    """Name a run after what it is and when it began, in UTC."""
    return f"{set_name}-{split}-{system.replace('*', '+')}-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}"


def checked(name: str) -> str:
    """Refuse names that are no plain folder names."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} is no name.", next_step="Use letters, digits, dots, dashes and underscores."
        )
    return name
