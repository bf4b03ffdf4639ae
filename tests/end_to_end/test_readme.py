"""The README cannot lie: its commands run, and print what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.interfaces.cli import build_parser
from tests import readme


@pytest.mark.slow
def test_the_commands_print_what_the_readme_says(tmp_path: Path) -> None:
    """In order, in a fresh folder with the sample papers. ``python -m tests.readme`` writes the blocks anew."""
    folder = readme.prepare(tmp_path)
    found = readme.blocks()
    assert len(found) >= 5
    for block in found:
        printed = readme.run(block.command, folder)
        assert readme.matches(block.shown, printed), f"$ {block.command}\n{printed}"


def test_every_command_is_in_the_readme() -> None:
    """A command added must be described."""
    described = set(re.findall(r"^\| `kb (\w+)", readme.README.read_text("utf-8"), re.MULTILINE))
    shown = build_parser(["ask"]).format_help()
    offered = set(re.findall(r"^ {4}(\w+)  ", shown, re.MULTILINE))
    assert offered
    assert offered <= described


def test_every_setting_is_in_the_readme() -> None:
    """A variable that scripts or code read must be described."""
    told = readme.README.read_text("utf-8")
    folders = ("kb/**/*.py", "eval/**/*.py", "scripts/*")
    sources = [path for folder in folders for path in readme.ROOT.glob(folder) if path.is_file()]
    read = {name for path in sources for name in re.findall(r"\bKB_[A-Z]+\b", path.read_text("utf-8"))}
    assert read
    assert not {name for name in read if name not in told}


def test_elided_lines_match_anything_else_does_not() -> None:
    """``...`` is any lines, durations and counts of passages are free, other differences are differences."""
    assert readme.matches("a\n...\nz in 1.0 s\n", "a\nb\nc\nz in 22.5 s\n")
    assert not readme.matches("a\n...\nz\n", "a\nb\nc\ny\n")
    assert not readme.matches("a\n", "a\nb\n")
    assert readme.matches("added x (3 passages)\n", "added x (31 passages)\n")
