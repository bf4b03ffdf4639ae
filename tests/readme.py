"""The README's console blocks: run them, compare them, write them anew.

``python -m tests.readme`` replaces what the blocks print by what the commands print now. In a block, ``...`` alone on a
line stands for any lines; durations and counts of passages are not compared.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
README: Final = ROOT / "README.md"
_BLOCK: Final = re.compile(r"^```console\n\$ (?P<command>.+)\n(?P<shown>(?:(?!```).*\n)*)```$", re.MULTILINE)
_MAX_LINES: Final = 24


class Block(NamedTuple):
    """A command, and what the README says it prints."""

    command: str
    shown: str


def blocks() -> list[Block]:
    """The blocks of the README, in order."""
    return [Block(found["command"], found["shown"]) for found in _BLOCK.finditer(README.read_text("utf-8"))]


def run(command: str, folder: Path) -> str:
    """Run a command of the README in a folder that holds the sample papers; it must succeed."""
    words = shlex.split(command)
    assert words[0] == "kb", command
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    environment.pop("KB_LIBRARY", None)
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def prepare(folder: Path) -> Path:
    """A fresh folder with the sample papers in ``papers/``."""
    (folder / "papers").symlink_to(ROOT / "papers")
    return folder


def matches(shown: str, printed: str) -> bool:
    """Whether a block says what the command printed."""
    pattern = r"(?s:.*?)".join(
        re.escape(_comparable(piece)) for piece in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)
    )
    return re.fullmatch(pattern, _comparable(printed)) is not None


def rewrite() -> None:
    """Run every block and put in what it prints, its middle left out where it is long."""
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(Path(name))
        text = _BLOCK.sub(_replacement(folder), README.read_text("utf-8"))
    README.write_text(text, "utf-8")


def _replacement(folder: Path) -> Callable[[re.Match[str]], str]:
    def replace(found: re.Match[str]) -> str:
        lines = run(found["command"], folder).splitlines()
        if len(lines) > _MAX_LINES:
            lines = [*lines[: _MAX_LINES - 4], "...", *lines[-1:]]
        return "\n".join(["```console", f"$ {found['command']}", *lines, "```"])

    return replace


def _comparable(text: str) -> str:
    text = re.sub(r"\bin \d+\.\d s\b", "in 0.0 s", text)
    return re.sub(r"\b\d+ (passages|embedded)\b", r"0 \1", text)


if __name__ == "__main__":
    rewrite()
