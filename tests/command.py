"""Run ``kb`` as its users do, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAPERS = ROOT / "papers"


def run_kb(
    *words: str | Path, library: Path | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a command; the environment decides nothing but what is given here."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "COLUMNS": "100"}
    environment.pop("KB_LIBRARY", None)
    if library is not None:
        environment["KB_LIBRARY"] = str(library)
    return subprocess.run(
        [sys.executable, "-m", "kb", *map(str, words)],
        cwd=options.pop("cwd", ROOT),
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        **options,
    )


def read_json(*words: str | Path, library: Path, code: int = 0) -> dict[str, Any]:
    """Run a command with ``--json``; its exit code must be the one given."""
    done = run_kb(*words, "--json", library=library)
    assert done.returncode == code, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    return data
