"""The command line keeps its promises: streams, exit codes, words for errors, quick help."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import time
import types
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from kb.interfaces import cli
from kb.interfaces.commands import batch, output
from kb.records import ItemType, PartKind
from tests.unit.interfaces.fake_library import BODY, FakeLibrary

ROOT = Path(__file__).parents[3]
COMMANDS = [
    "ingest",
    "ask",
    "search",
    "outline",
    "inspect",
    "documents",
    "show",
    "facets",
    "glossary",
    "serve",
]
QUESTION = "What do speed cameras cost?"


def run_kb(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kb", *words], cwd=ROOT, capture_output=True, text=True, check=False, **options
    )


def test_help_is_quick() -> None:
    """`kb --help` answers in under half a second, the best of three on a shared machine."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        shown = run_kb("--help", env=plain)
        seconds.append(time.perf_counter() - start)
        assert shown.returncode == 0
    assert min(seconds) < 0.5
    assert all(f"\n    {command} " in shown.stdout for command in COMMANDS)


def test_help_brings_nothing_heavy() -> None:
    """The model, the index and the page are imported by the commands that need them."""
    heavy = {
        "torch",
        "transformers",
        "sentence_transformers",
        "faiss",
        "gradio",
        "pdfplumber",
        "numpy",
        "pandas",
    }
    code = (
        "import sys; from kb.interfaces.cli import build_parser; build_parser(['ask']).format_help();"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help ends with a command to copy, and names the options that stand everywhere."""
    with pytest.raises(SystemExit) as caught:
        cli.main([command, "--help"])
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert f"  kb {command}" in shown.split("examples:")[1]
    assert "--library" in shown
    assert "--json" in shown


def test_an_answer_goes_to_stdout_alone(capsys: pytest.CaptureFixture[str], library: FakeLibrary) -> None:
    """Data on stdout, nothing on stderr, exit 0; words need no quotes."""
    assert cli.main(["ask", *QUESTION.split()]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("The Commissioner said that speed cameras cost")
    assert shown.err == ""
    assert library.asked[0][:2] == (QUESTION, 10)


@pytest.mark.parametrize("words", [["--json", "ask", QUESTION], ["ask", QUESTION, "--json"]])
def test_json_may_stand_before_or_after(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The common options are understood on both sides of the command."""
    assert cli.main(words) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["schema"], data["id"], data["question"]) == (1, None, QUESTION)


@pytest.mark.parametrize("before", [True, False])
def test_the_library_option_beats_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, before: bool
) -> None:
    """``--library``, else KB_LIBRARY, else ``library/``; the error names the folder and the next command."""
    monkeypatch.setenv("KB_LIBRARY", "elsewhere")
    option = ["--library", "some/missing"]
    assert cli.main([*option, "documents"] if before else ["documents", *option]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("kb: There is no library at some/missing. Build one: kb ingest")
    assert "Traceback" not in shown.err


def test_filters_reach_the_library(library: FakeLibrary) -> None:
    """Options become `Filters`; names are completed, years widened."""
    words = [
        "--body",
        "fenwold",
        "--kind",
        "minutes",
        "--document",
        "minutes",
        "--person",
        "frayne",
        "--item-type",
        "business",
        "--from",
        "2023",
        "--to",
        "2023",
        "-k",
        "2",
    ]
    assert cli.main(["search", "cameras", *words]) == 0
    query, k, filters = library.asked[-1]
    assert (query, k) == ("cameras", 2)
    assert (filters.bodies, filters.kinds, filters.documents) == (
        (BODY,),
        (PartKind.MINUTES,),
        ("minutes.txt",),
    )
    assert (filters.people, filters.item_types) == (("Imogen Frayne",), (ItemType.BUSINESS,))
    assert (str(filters.date_from), str(filters.date_to)) == ("2023-01-01", "2023-12-31")


@pytest.mark.parametrize(
    "words",
    [
        ["ask"],
        ["ask", "  "],
        ["ask", QUESTION, "--from", "yesterday"],
        ["ask", QUESTION, "--from", "2023", "--to", "2022"],
        ["ask", QUESTION, "--body", "Mordor"],
        ["ask", QUESTION, "--kind", "novel"],
        ["ask", QUESTION, "-k", "0"],
        ["ask", QUESTION, "--batch", "questions.jsonl", "--out", "-"],
        ["ask", "--batch", "questions.jsonl"],
        ["ask", QUESTION, "--out", "answers.jsonl"],
        ["search", ""],
        ["serve", "--port", "http"],
        ["dance"],
        [],
    ],
)
def test_misuse_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong request is told apart from a failure, and answered on stderr."""
    assert cli.main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err
    assert "Traceback" not in shown.err


def test_a_failure_is_told_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    """With ``--json`` a program reads the error on stdout, a person on stderr."""
    assert cli.main(["--json", "documents", "--library", "missing"]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["error"]["message"] == "There is no library at missing."
    assert shown.err.startswith("kb: ")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["ask", QUESTION, "--kind", "gossip", "--json"], "gossip"),
        (["--json", "search", "cost", "--from", "2023-13"], "2023-13"),
        (["--json", "gossip"], "gossip"),
    ],
)
def test_misuse_is_told_in_json_too(words: list[str], fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that asked for JSON reads an object even if its options were wrong."""
    assert cli.main(words) == 2
    shown = capsys.readouterr()
    error = json.loads(shown.out)["error"]
    assert fault in error["message"]
    assert error["next_step"].endswith("--help")
    assert "usage: kb" in shown.err
    assert fault in shown.err


def test_the_unexpected_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of ours shows no traceback unless asked for."""
    assert cli.main(["ask", "please break"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("kb: Unexpected error (RuntimeError: out of cheese).")
    assert "--debug" in shown
    assert cli.main(["ask", "please break", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_ends_with_a_word(
    capsys: pytest.CaptureFixture[str], library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C gives 130 and no traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(library, "ask", interrupted)
    assert cli.main(["ask", QUESTION]) == 130
    assert capsys.readouterr().err == "kb: stopped.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break differently there")
def test_a_closed_pipe_is_quiet() -> None:
    """``kb ... | head`` complains about nothing."""
    code = (
        "import sys, types; from tests.unit.interfaces.fake_library import FakeLibrary;"
        "sys.modules['kb.library'] = types.SimpleNamespace(Library=FakeLibrary);"
        "from kb.interfaces.cli import main; sys.exit(main(['documents']))"
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_documents_and_outline_print_for_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """The same facts both ways."""
    assert cli.main(["documents"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("minutes.txt  (4 pages, 3 passages)")
    assert "Not in the library:\n  - locked.pdf (password protected): locked.pdf is protected" in shown
    assert cli.main(["documents", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["documents"][0]["parts"][0]["meeting_date"] == "2023-03-22"
    assert listed["refused"][0]["fault"] == "password_protected"
    assert cli.main(["outline", "minutes.txt"]) == 0
    assert "6. Road safety" in capsys.readouterr().out
    assert cli.main(["outline", "minutes.txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["parts"][0]["items"][0]["paragraphs"] == ["1", "a"]


def test_doubts_print_for_people_and_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of one document, of all, and of a file that is not in the library."""
    for words in ([], ["minutes.txt"]):
        assert cli.main(["doubts", *words]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("minutes.txt\n  - minutes, 19 July 2023, item 9, p. 2: Item 9 follows 7")
    assert cli.main(["doubts", "--json"]) == 0
    [doubt] = json.loads(capsys.readouterr().out)["doubts"]
    assert (doubt["document"], doubt["kind"], doubt["page"]) == ("minutes.txt", "numbering_gap", 2)
    path = tmp_path / "letter.txt"
    path.write_text("Dear Councillor\n\nThank you for your letter.\n\nYours sincerely\n")
    assert cli.main(["doubts", str(path)]) == 0
    assert capsys.readouterr().err == "Nothing is doubtful.\n"


def test_facets_are_counted_for_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """The same numbers both ways; fields without values are left out for people."""
    assert cli.main(["facets"]) == 0
    shown = capsys.readouterr().out
    assert "Speakers\n      1  Imogen Frayne" in shown
    assert "Status" not in shown
    assert cli.main(["facets", "speed", "cameras", "--json"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted["years"] == [{"value": 2023, "passages": 3}]
    assert counted["statuses"] == []


def test_the_glossary_is_for_people_programs_and_spreadsheets(capsys: pytest.CaptureFixture[str]) -> None:
    """A comma in an expansion is no column."""
    assert cli.main(["glossary"]) == 0
    assert "PCP      Police, and Crime Panel (minutes/1)" in capsys.readouterr().out
    assert cli.main(["glossary", "--csv"]) == 0
    [head, row] = csv.reader(capsys.readouterr().out.splitlines())
    assert head == ["abbreviation", "expansion", "passage", "passages"]
    assert row == ["PCP", "Police, and Crime Panel", "minutes/1", "2"]
    assert cli.main(["glossary", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["abbreviations"][0]["passages"] == 2


@pytest.mark.parametrize("command", ["ask", "search"])
def test_what_was_understood_is_said_and_switched_off(
    command: str, library: FakeLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only if asked for, except a suggestion; JSON has both always."""
    question = "cammeras and camera sites in July 2023"
    assert cli.main([command, question]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Did you mean: cameras and camera sites in July 2023")
    assert "Understood" not in shown
    assert cli.main([command, question, "--explain", "--ignore", "date"]) == 0
    assert "July 2023: July 2023 [date, ignored]" in capsys.readouterr().out
    assert library.ignored[-1] == ("date",)
    assert cli.main([command, question, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["suggestion"] == "cameras and camera sites in July 2023"
    assert [(each["id"], each["used"]) for each in data["understood"] if each["kind"] == "date"] == [
        ("date", True)
    ]


def test_a_batch_ignores_for_every_question(library: FakeLibrary, tmp_path: Path) -> None:
    """What is switched off on the command line is off on each line."""
    lines = [json.dumps({"id": name, "question": f"cameras in {name}"}) for name in ("2022", "2023")]
    (tmp_path / "asked.jsonl").write_text("\n".join(lines))
    words = [
        "ask",
        "--batch",
        str(tmp_path / "asked.jsonl"),
        "--out",
        str(tmp_path / "out.jsonl"),
        "--ignore",
        "date",
    ]
    assert cli.main(words) == 0
    assert library.ignored == [("date",), ("date",)]


@pytest.mark.parametrize("folder", ["library", "missing"])
def test_an_unknown_document_is_answered_with_the_next_step(
    folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither file nor document: say how to list them."""
    assert cli.main(["outline", "nothing.pdf", "--library", folder]) == 1
    assert f"kb documents --library {folder}" in capsys.readouterr().err


def test_a_folder_has_no_outline(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One file is asked for."""
    assert cli.main(["outline", str(tmp_path)]) == 1
    assert "is a folder" in capsys.readouterr().err


def test_a_missing_path_is_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    """The model is not loaded for a typing error."""
    assert cli.main(["ingest", "no/such/folder"]) == 1
    assert "no/such/folder" in capsys.readouterr().err


def test_markdown_is_a_format(capsys: pytest.CaptureFixture[str]) -> None:
    """An answer to paste into a report."""
    assert cli.main(["ask", QUESTION, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("### What do speed cameras cost?")


def run_batch(tmp_path: Path, questions: str | bytes, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """Run a batch through files."""
    given, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    given.write_bytes(questions if isinstance(questions, bytes) else questions.encode())
    code = cli.main(["ask", "--batch", str(given), "--out", str(out), *options])
    return code, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_a_batch_answers_in_order(
    tmp_path: Path, library: FakeLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line out for each question, blank lines skipped, nothing on stdout."""
    lines = '\ufeff{"id": "b", "question": "cameras one"}\n\n   \n{"id": 7, "question": "cameras two", "note": "x"}\r\n'
    code, answers = run_batch(tmp_path, lines)
    assert code == 0
    assert [(answer["id"], answer["question"]) for answer in answers] == [
        ("b", "cameras one"),
        ("7", "cameras two"),
    ]
    assert all("error" not in answer for answer in answers)
    assert capsys.readouterr().out == ""
    assert len(library.asked) == 2


def test_errors_stand_on_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line, an impossible question or a fault costs that line only; the exit code tells."""
    lines = [
        b'{"id": "ok", "question": "cameras"}',
        b"{not json",
        b'["a list"]',
        b'{"id": "empty", "question": " "}',
        b'{"id": "none"}',
        b'{"id": "fault", "question": "break"}',
        b'{"id": "latin", "question": "caf\xe9"}',
        b'{"id": "last", "question": "cameras"}',
    ]
    code, answers = run_batch(tmp_path, b"\n".join(lines))
    assert code == 1
    assert [answer["id"] for answer in answers] == ["ok", None, None, "empty", "none", "fault", None, "last"]
    messages = [answer.get("error", {}).get("message", "") for answer in answers]
    assert messages[0] == messages[7] == ""
    assert messages[1].startswith("Line 2 is not JSON")
    assert messages[2] == "Line 3 is not a JSON object."
    assert messages[3] == "The question is empty."
    assert messages[4] == 'Line 5 has no "question" text.'
    assert "out of cheese" in messages[5]
    assert messages[6] == "Line 7 is not UTF-8 text."
    assert "6 of 8 questions failed" in capsys.readouterr().err


def test_a_batch_goes_through_pipes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``-`` is stdin and stdout."""
    stdin = types.SimpleNamespace(buffer=io.BytesIO(b'{"id": "q", "question": "cameras"}'))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert cli.main(["ask", "--batch", "-", "--out", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "q"


def test_an_interrupted_batch_keeps_what_was_done(
    tmp_path: Path, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line is on disk as soon as it is answered."""
    ask = library.ask

    def ask_once(question: str, **options: Any) -> object:
        if library.asked:
            raise KeyboardInterrupt
        return ask(question, **options)

    monkeypatch.setattr(library, "ask", ask_once)
    code, answers = run_batch(
        tmp_path, '{"id": "1", "question": "cameras"}\n{"id": "2", "question": "cameras"}\n'
    )
    assert code == 130
    assert [answer["id"] for answer in answers] == ["1"]


def test_unreadable_and_unwritable_files_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library is not asked for what cannot be read or kept."""
    assert cli.main(["ask", "--batch", str(tmp_path / "none.jsonl"), "--out", "-"]) == 1
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    (tmp_path / "questions.jsonl").write_text("")
    out = str(tmp_path / "no" / "folder.jsonl")
    assert cli.main(["ask", "--batch", str(tmp_path / "questions.jsonl"), "--out", out]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_batch_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    """Blank lines count, though they are skipped."""
    path = tmp_path / "questions.jsonl"
    path.write_text('\n\n{"question": "x"}\n')
    (line,) = batch.read_questions(path)
    assert (line.number, line.id, line.error) == (3, None, None)


@pytest.mark.parametrize("as_json", [True, False])
def test_a_poor_terminal_gets_likenesses(*, as_json: bool) -> None:
    """What an encoding lacks becomes ASCII, or an escape in JSON; nothing fails."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    if as_json:
        assert json.loads(output.showable('{"a": "“£5”"}', stream, json_escapes=True)) == {"a": "“£5”"}
    else:
        assert output.showable("“£5” – 好", stream) == '"GBP 5" - ?'


def test_other_packages_add_commands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The entry point group is read for help and for commands that are not ours; a broken one is passed over."""
    module = types.ModuleType("guest_commands")

    def register(subparsers: Any) -> None:
        parser = subparsers.add_parser("guest", help="a guest")
        parser.set_defaults(run=lambda args: 3 if isinstance(args, argparse.Namespace) else 4)

    module.register = register
    monkeypatch.setitem(sys.modules, "guest_commands", module)
    points = [
        EntryPoint("guest", "guest_commands:register", cli.ENTRY_POINT_GROUP),
        EntryPoint("broken", "no_such_module:register", cli.ENTRY_POINT_GROUP),
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)
    assert cli.main(["guest"]) == 3
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "a guest" in capsys.readouterr().out
