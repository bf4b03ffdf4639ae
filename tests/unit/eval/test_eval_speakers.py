"""The measure of speakers: when two names are one, and how a label finds its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.speakers import SpeakerLabel, judge, read_labels, report, same_speaker, summary

MINUTES = """MINUTES OF A MEETING OF THE OUSEDALE POLICE AND CRIME PANEL
ON 3 MAY 2023

Members Present: Councillors A Sharp, C Dunn
Others Present: Una Frost, Police and Crime Commissioner

1. Costs

Councillor Sharp asked why. The
Commissioner said that it rose.

The Panel NOTED the report.
"""


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ("Alan Sharp", "Councillor A Sharp", True),
        ("Alan Sharp", "Alan Sharp", True),
        ("Alan Sharp", "Councillor B Sharp", False),
        ("the Panel", "the Panel", True),
        ("the Panel", None, False),
        (None, None, True),
    ],
)
def test_same_speaker(wanted: str | None, given: str | None, same: bool) -> None:
    """An initial agrees with a name; nobody agrees with nobody only."""
    assert same_speaker(wanted, given) is same


def test_judge(tmp_path: Path) -> None:
    """A label finds its sentence though its words go on in the next line; errors are listed."""
    (tmp_path / "minutes.txt").write_text(MINUTES, encoding="utf-8")

    def label(line: int, start: str, speaker: str | None) -> SpeakerLabel:
        return SpeakerLabel(
            document="minutes.txt",
            line=line,
            sentence_start=start,
            speaker=speaker,
            role=None,
            doubtful=False,
        )

    labels = [
        label(9, "Councillor Sharp", "Alan Sharp"),
        label(9, "The Commissioner", "Una Frost"),
        label(12, "The Panel", "Una Frost"),
    ]
    judged = judge(labels, tmp_path)
    assert [one.is_right for one in judged] == [True, True, False]
    assert summary(judged)["all"] == {"sure": 3, "sure_right": 2, "all": 3, "all_right": 2}
    assert "minutes.txt:12 wanted Una Frost, got None" in report(judged, errors=True)


def test_labels_are_read() -> None:
    """At least 200 hand-labelled sentences stand in the project."""
    assert len(read_labels()) >= 200
