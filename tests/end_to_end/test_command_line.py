"""Papers in, cited answers out: the sample papers through the real command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from tests.command import PAPERS, ROOT, read_json, run_kb

pytestmark = pytest.mark.slow

SCHEMA = json.loads((ROOT / "kb/interfaces/answer.schema.json").read_text("utf-8"))
QUESTION = "How much would the average speed camera system on the A1431 cost?"
UNANSWERABLE = "What is the recipe for bouillabaisse?"


def test_an_answer_is_cited_to_the_paragraph(sample_library: Path) -> None:
    """Valid JSON, ten passages, and the sentence with the sum from the minutes that hold it."""
    data = read_json("ask", QUESTION, library=sample_library)
    jsonschema.validate(data, SCHEMA)
    assert not data["abstained"]
    assert "£415,000" in data["answer"]
    assert len(data["passages"]) >= 10
    citation = data["citations"][0]
    assert citation["document"] == "2023-07-19-panel-minutes.pdf"
    assert (citation["meeting_date"], citation["item"], citation["paragraph"]) == ("2023-07-19", "7", "2")


def test_an_answer_reads_well_in_a_terminal(sample_library: Path) -> None:
    """Data on stdout only: the answer, its numbered sources, further passages."""
    done = run_kb("ask", QUESTION, library=sample_library)
    assert (done.returncode, done.stderr) == (0, "")
    answer, rest = done.stdout.split("\nSources\n")
    assert "£415,000" in answer
    assert rest.startswith("[1] Fenwold Police and Crime Panel, 19 July 2023, minutes, item 7")
    assert "Other passages" in rest


def test_what_the_papers_do_not_say_is_not_answered(sample_library: Path) -> None:
    """An abstention is a value: exit 0, no citation, the nearest places."""
    data = read_json("ask", UNANSWERABLE, library=sample_library)
    jsonschema.validate(data, SCHEMA)
    assert (data["abstained"], data["citations"]) == (True, [])
    assert len(data["passages"]) >= 10
    assert run_kb("ask", UNANSWERABLE, library=sample_library).stdout.startswith("Not found in these papers.")


def test_a_batch_gives_what_single_questions_give(sample_library: Path, tmp_path: Path) -> None:
    """In order, one line each, errors where they belong, the model loaded once."""
    questions = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": "cost", "question": QUESTION}),
        "",
        "not json",
        json.dumps({"id": "empty", "question": ""}),
        json.dumps({"id": "long", "question": "why " * 2_500}),
        json.dumps({"id": "none", "question": UNANSWERABLE}),
    ]
    questions.write_text("\n".join(lines), "utf-8")
    out = tmp_path / "answers.jsonl"
    done = run_kb("ask", "--batch", questions, "--out", out, library=sample_library)
    assert done.returncode == 1, done.stderr
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    for answer in answers:
        jsonschema.validate(answer, SCHEMA)
    assert [answer["id"] for answer in answers] == ["cost", None, "empty", "long", "none"]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False]
    single = read_json("ask", QUESTION, library=sample_library)
    for data in (single, answers[0]):
        del data["latency_ms"], data["id"]
    assert answers[0] == single


def test_filters_narrow_the_passages(sample_library: Path) -> None:
    """Every passage keeps to body, kind and dates."""
    options = ["--body", "strategic assurance", "--kind", "minutes", "--from", "2023-09", "--to", "2023-12"]
    passages = read_json("search", "budget", *options, library=sample_library)["passages"]
    assert passages
    for passage in passages:
        citation = passage["citation"]
        assert "Assurance Board" in citation["body"]
        assert (citation["kind"], citation["meeting_date"]) == ("minutes", "2023-09-21")


def test_a_score_is_explained_and_a_topic_followed(sample_library: Path) -> None:
    """Shares add up to the score; meetings come oldest first, each with the words asked for."""
    for passage in read_json("search", "speed", "cameras", "--explain", library=sample_library)["passages"]:
        shares = passage["explanation"]["shares"]
        assert abs(sum(share["points"] for share in shares) - passage["score"]) < 1e-5
    meetings = read_json("timeline", "precept", library=sample_library)["meetings"]
    days = [meeting["meeting_date"] for meeting in meetings if meeting["meeting_date"]]
    assert len(days) > 2
    assert days == sorted(days)
    assert all(passage["closeness"] for meeting in meetings for passage in meeting["passages"])


def test_documents_and_outlines_are_listed(sample_library: Path) -> None:
    """Every paper is there; an outline from the library is that of the file."""
    listed = read_json("documents", library=sample_library)["documents"]
    assert sorted(document["document"] for document in listed) == sorted(
        path.name for path in PAPERS.iterdir()
    )
    name = "2023-07-19-panel-minutes.pdf"
    kept = read_json("outline", name, library=sample_library)
    assert kept == read_json("outline", PAPERS / name, library=sample_library)
    items = [item for part in kept["parts"] for item in part["items"]]
    (item,) = [item for item in items if item["number"] == "7"]
    assert item["title"] == "Public Questions/Statements"
    assert "2" in item["paragraphs"]
    assert "7. Public Questions/Statements" in run_kb("outline", name, library=sample_library).stdout


def test_a_second_run_embeds_nothing(sample_library: Path) -> None:
    """Unchanged papers are recognised by content, under any name."""
    report = read_json("ingest", PAPERS, library=sample_library)
    assert {result["status"] for result in report["results"]} == {"unchanged"}
    assert report["embedded"] == 0


def test_bad_files_are_named_and_stop_nothing(tmp_path: Path) -> None:
    """A missing page of text, a false PDF, a wrong encoding: each with its reason; the good paper is in."""
    papers, library = tmp_path / "papers", tmp_path / "library"
    papers.mkdir()
    shutil.copy(PAPERS / "2022-11-30-panel-minutes.txt", papers / "good.txt")
    (papers / "empty.txt").write_bytes(b"")
    (papers / "false.pdf").write_bytes(b"This is no PDF.")
    (papers / "binary.txt").write_bytes(bytes(range(256)) * 20)
    report = read_json("ingest", papers, library=library, code=1)
    statuses = {Path(result["path"]).name: result["status"] for result in report["results"]}
    assert statuses == {
        "good.txt": "added",
        "empty.txt": "failed",
        "false.pdf": "failed",
        "binary.txt": "failed",
    }
    for result in report["results"]:
        if result["status"] == "failed":
            assert result["reason"]
            assert result["next_step"]
    listed = read_json("documents", library=library)["documents"]
    assert [document["document"] for document in listed] == ["good.txt"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ask", ""], 2, "kb ask"),
        (["ask", "x" * 10_000], 2, "characters"),
        (["ingest", "no/such/paper.pdf"], 1, "no/such/paper.pdf"),
        (["outline", "no-such-paper.pdf"], 1, "kb documents"),
        (["ask", "Who?", "--library", "/nonexistent/library"], 1, "kb ingest"),
        (["documents", "--library", "/nonexistent/library"], 1, "kb ingest"),
    ],
)
def test_impossible_requests_name_the_next_step(
    sample_library: Path, words: list[str], code: int, said: str
) -> None:
    """One line on stderr, nothing on stdout, no traceback, and the library as it was."""
    done = run_kb(*words, library=sample_library)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
