"""Who may change the papers, and under which names files are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.interfaces.server.audit import AuditLog
from kb.interfaces.server.papers import Papers, safe_name
from kb.interfaces.server.settings import Limits
from kb.interfaces.server.users import Role
from kb.interfaces.server.visitors import ForbiddenError, Visitor


def visitor(role: Role) -> Visitor:
    """Somebody of a role."""
    return Visitor(name="rita", role=role, address="192.0.2.1", via="session")


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    """Papers that take two files at once."""
    return Papers(tmp_path / "library", limits=Limits(upload_files=2), audit=AuditLog(tmp_path / "audit"))


def test_readers_change_nothing(papers: Papers, tmp_path: Path) -> None:
    """Whoever calls: the page's functions come here, too."""
    for change in (
        lambda: papers.add(visitor(Role.READER), [tmp_path / "a.txt"]),
        lambda: papers.remove(visitor(Role.READER), ["a.txt"]),
        lambda: papers.rebuild(visitor(Role.READER)),
    ):
        with pytest.raises(ForbiddenError, match="role editor"):
            change()
    assert not (tmp_path / "audit").exists()


@pytest.mark.parametrize(("count", "replacing"), [(0, None), (3, None), (2, "a.txt")])
def test_what_cannot_be_meant_is_refused(papers: Papers, count: int, replacing: str | None) -> None:
    """Before a process is started for it."""
    with pytest.raises(UsageError):
        papers.add(visitor(Role.EDITOR), [Path(f"{n}.txt") for n in range(count)], replacing=replacing)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\papers\\Minutes 5 May.DOCX", "Minutes 5 May.DOCX"),
        ("a\nb\x00.txt", "ab.txt"),
        ("<img src=x>.txt", "<img src=x>.txt"),
        (" .hidden.txt", "hidden.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_files_are_kept_under_their_last_name(given_name: str, kept: str) -> None:
    """Wherever they claim to come from."""
    assert safe_name(given_name) == kept


@pytest.mark.parametrize("given_name", ["", None, ".", "..", "/", "../", "\n", " . "])
def test_names_that_are_none_are_refused(given_name: str | None) -> None:
    """Instead of being made up."""
    with pytest.raises(UsageError):
        safe_name(given_name)


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder(given_name: str) -> None:
    """Whatever it is made of."""
    try:
        kept = safe_name(given_name)
    except UsageError:
        return
    assert Path("/folder", kept).parent == Path("/folder")
    assert Path("/folder", kept).resolve().parent == Path("/folder")
    assert len(kept) <= 240
    assert kept.isprintable()
