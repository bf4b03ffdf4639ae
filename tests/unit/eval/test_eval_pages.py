"""Reports and tables: safe, complete, and only between their markers."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval import report, svg, tables
from eval.pool import pool
from eval.runs import Plan, open_run, run
from eval.storage import read_json
from kb.errors import UsageError
from kb.records import Answer
from tests.unit.eval.eval_fakes import PASSAGES, TOPICS, FakeSystem, answer, broken_reply, good_reply

VOID = {"meta", "path", "rect"}


class Checker(HTMLParser):
    """Follows open elements and collects what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.tags.append(tag)
        self.outside += [value for name, value in attrs if name in {"src", "href"} and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's
        """Take an element that closes itself for one without content."""
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open.pop() == tag


def page(folder: Path) -> str:
    """Return the page of a run."""
    summary, rows = open_run(folder)
    return report.render(summary, rows, read_json(folder / "config.json"))


def test_a_page_is_whole_and_needs_nothing_from_outside(tmp_path: Path) -> None:
    """Elements are closed; there is no script, link or image."""
    run(Plan(set_name="fen", split="dev", topics=TOPICS, system=FakeSystem(good_reply)), tmp_path / "run")
    checker = Checker()
    checker.feed(page(tmp_path / "run"))
    assert checker.open == []
    assert checker.outside == []
    assert not {"script", "link", "img", "iframe"} & set(checker.tags)
    assert checker.tags.count("details") == len(TOPICS) + 1
    assert {"caption", "th", "svg", "title", "main"} <= set(checker.tags)


def test_text_of_papers_is_escaped(tmp_path: Path) -> None:
    """A paper cannot put elements on the page."""

    def hostile(question: str) -> Answer:
        given = answer(question, PASSAGES[:1])
        return Answer(
            **{
                **{name: getattr(given, name) for name in ("question", "abstained", "confidence", "kind")},
                **{name: getattr(given, name) for name in ("quotes", "hits", "latency_ms")},
                "text": "<script>alert(1)</script>",
            }
        )

    run(Plan(set_name="fen", split="dev", topics=TOPICS, system=FakeSystem(hostile)), tmp_path / "run")
    assert "<script" not in page(tmp_path / "run")
    assert "&lt;script&gt;" in page(tmp_path / "run")


def test_the_worst_question_comes_first(tmp_path: Path) -> None:
    """The page is read to find out what went wrong."""

    def mixed(question: str) -> Answer:
        return answer(question, PASSAGES[:1]) if question.endswith("fen-5") else good_reply(question)

    run(Plan(set_name="fen", split="dev", topics=TOPICS, system=FakeSystem(mixed)), tmp_path / "run")
    text = page(tmp_path / "run")
    assert text.index("<code>fen-5</code>") < text.index("<code>fen-1</code>")


def test_plots_tell_their_content() -> None:
    """Every plot has a title for those who do not see it, and escapes its labels."""
    drawn = svg.bars("a & b", [svg.Bar("<type>", 0.5, 0.4, 0.6)])
    assert "<title>a &amp; b</title>" in drawn
    assert "&lt;type&gt;" in drawn
    assert 'role="img"' in svg.curve("c", [], x_label="x", y_label="y")
    assert svg.columns("h", [1, 3], ["a", "b"]).count("<rect") == 2


def test_the_table_stands_between_its_markers_only() -> None:
    """Everything else in the document stays; writing twice changes nothing."""
    other = "<!-- eval:table:fen --> x <!-- /eval:table -->"
    document = "before\n<!-- eval:table:cam -->\nold\n<!-- /eval:table -->\nafter " + other
    once = tables.put_between_markers(document, "cam", "| new \\1 |")
    assert once.startswith("before\n<!-- eval:table:cam -->\n| new \\1 |\n<!-- /eval:table -->\nafter")
    assert once.endswith(other)
    assert tables.put_between_markers(once, "cam", "| new \\1 |") == once
    with pytest.raises(UsageError, match="no markers"):
        tables.put_between_markers("nothing", "cam", "")


def test_tables_hold_every_system_and_type(tmp_path: Path) -> None:
    """With the date and the run, so that a number can be found again."""
    summary = run(
        Plan(set_name="fen", split="dev", topics=TOPICS, system=FakeSystem(good_reply)), tmp_path / "run"
    )
    text = tables.systems_table([summary])
    assert "`run`" in text
    assert summary["date"] in text
    assert "1.000 (1.000–1.000)" in text
    assert tables.types_table(summary).count("\n") == 4


def test_the_pool_holds_unjudged_passages_once(tmp_path: Path) -> None:
    """From all runs, not saying from which; judged ones are left out."""
    for name, reply in (("a", good_reply), ("b", broken_reply)):
        run(Plan(set_name="fen", split="dev", topics=TOPICS, system=FakeSystem(reply)), tmp_path / name)
    rows = [open_run(tmp_path / name)[1] for name in ("a", "b")]
    found = pool([*rows, *rows], depth=5)
    assert found
    assert len({(row["topic"], row["text"]) for row in found}) == len(found)
    assert not any(row["topic"] == "fen-1" and row["text"].startswith("1. The Comm") for row in found)
    assert all(row["lines"] is not None and row["grade"] is None for row in found)
