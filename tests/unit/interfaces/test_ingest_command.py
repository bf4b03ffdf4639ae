"""``kb ingest``: progress where it can be seen, an exit code that tells, a model that can be chosen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.ingest import FileResult, FileStatus, IngestReport, IngestSettings, Progress, ReadingSettings
from kb.interfaces import cli


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Ingestion that reads nothing: a file called ``bad`` fails."""
    made: list[dict[str, Any]] = []

    def ingest(
        paths: list[Path],
        library: Path,
        *,
        encoder: object,
        settings: IngestSettings,
        progress: Callable[[Progress], None],
    ) -> object:
        made.append({"paths": paths, "library": library, "encoder": encoder, "reading": settings.reading})
        for done in range(3):
            progress(Progress(stage="reading", done=done, total=2, name="a.txt"))
        progress(Progress(stage="writing", done=1, total=1))
        status = {True: FileStatus.FAILED, False: FileStatus.ADDED}
        results = tuple(
            FileResult(path=path, status=status[path.name == "bad"], reason="Bad.") for path in paths
        )
        return IngestReport(results=results, passages=1, embedded=1, seconds=0.1)

    monkeypatch.setattr("kb.ingest.ingest", ingest)
    monkeypatch.setattr("kb.store.encoders.make_encoder", lambda name: f"encoder {name}")
    return made


def test_progress_goes_to_stderr_when_asked_for(
    tmp_path: Path, calls: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Bars for each stage, none of it on stdout; none at all when stderr is no terminal."""
    assert cli.main(["ingest", str(tmp_path), "--progress", "--library", "there"]) == 0
    shown = capsys.readouterr()
    assert "reading" in shown.err
    assert "writing" in shown.err
    assert shown.out.startswith("added")
    assert cli.main(["ingest", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""
    assert [call["library"] for call in calls] == [Path("there"), Path("library")]
    assert calls[0]["encoder"] is None


def test_a_failed_file_is_told_by_the_exit_code(
    tmp_path: Path, calls: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """1 if any failed, with every result in the JSON."""
    (tmp_path / "bad").touch()
    (tmp_path / "good").touch()
    assert cli.main(["ingest", "--json", str(tmp_path / "bad"), str(tmp_path / "good")]) == 1
    results = json.loads(capsys.readouterr().out)["results"]
    assert [result["status"] for result in results] == ["failed", "added"]


def test_another_model_is_a_choice(tmp_path: Path, calls: list[dict[str, Any]]) -> None:
    """By name or folder."""
    assert cli.main(["ingest", str(tmp_path), "--model", "some/model"]) == 0
    assert calls[0]["encoder"] == "encoder some/model"


@pytest.mark.parametrize(
    "words",
    [
        ["A", "--library", "L", "B"],
        ["--library", "L", "A", "B"],
        ["A", "B", "--library", "L"],
        ["--library=L", "--", "A", "B"],
    ],
)
def test_options_may_stand_between_the_paths(
    tmp_path: Path, calls: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """As in any other program; after ``--`` there are only paths."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "A").touch()
    (tmp_path / "B").touch()
    assert cli.main(["ingest", *words]) == 0
    assert (calls[0]["paths"], calls[0]["library"]) == ([Path("A"), Path("B")], Path("L"))


def test_limits_can_be_set(tmp_path: Path, calls: list[dict[str, Any]]) -> None:
    """How many files at once, and how long one may take."""
    assert cli.main(["ingest", str(tmp_path), "--workers", "3", "--seconds", "20"]) == 0
    assert cli.main(["ingest", str(tmp_path)]) == 0
    assert [call["reading"] for call in calls] == [
        ReadingSettings(workers=3, seconds=20.0),
        ReadingSettings(),
    ]
    assert cli.main(["ingest", str(tmp_path), "--seconds", "0"]) == 2
