"""The users file, and the command that keeps it."""

from __future__ import annotations

import io
import json
import stat
import threading
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.interfaces import cli
from kb.interfaces.server.passwords import MAX_PASSWORD, MIN_PASSWORD, PasswordHash, hash_password
from kb.interfaces.server.users import Role, Users, UsersFileError
from tests.unit.interfaces.server.conftest import PASSWORD


def run(*words: str) -> int:
    """The command line."""
    return cli.main(["users", *words])


@pytest.fixture
def path(users: Users, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command finds the users."""
    monkeypatch.setenv("KB_USERS", str(users.path))
    return users.path


def test_users_are_added_changed_and_removed(
    path: Path, users: Users, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command; a user of the file sees it at once."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\nanother long sentence\n"))
    assert run("add", "Ada", "--role", "admin", "--password-stdin") == 0
    assert run("add", "bot", "--no-password") == 0
    first = users.all()["ada"]
    assert first.role is Role.ADMIN
    assert first.password is not None
    assert first.password.matches(PASSWORD)
    assert run("passwd", "ada", "--password-stdin") == 0
    assert run("role", "bot", "editor") == 0
    assert users.all()["ada"].password != first.password
    assert users.all()["bot"].role is Role.EDITOR
    assert run("remove", "bot") == 0
    assert list(users.all()) == ["ada"]
    capsys.readouterr()
    assert run("list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["users"] == [{"name": "ada", "role": "admin", "has_password": True, "tokens": []}]


def test_a_token_is_shown_once_and_kept_as_a_hash(
    path: Path, users: Users, capsys: pytest.CaptureFixture[str]
) -> None:
    """And can be taken back by its id."""
    users.add("bot", Role.READER, None)
    assert run("token", "bot", "--label", "weekly report") == 0
    token = capsys.readouterr().out.strip()
    assert token not in path.read_text("utf-8")
    found = users.find_token(token)
    assert found is not None
    assert found.name == "bot"
    assert run("list") == 0
    assert "weekly report" in capsys.readouterr().out
    assert run("token", "bot", "--revoke", found.tokens[0].id) == 0
    assert users.find_token(token) is None


def test_the_file_is_its_owners_alone(users: Users) -> None:
    """It is made so, and refused otherwise."""
    users.add("ada", Role.ADMIN, hash_password(PASSWORD))
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert PASSWORD not in users.path.read_text("utf-8")
    users.path.chmod(0o640)
    with pytest.raises(UsersFileError, match="chmod 600"):
        Users(users.path).all()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 2, "users": []}', '{"format": 1, "users": [{"name": "../x"}]}', "\x00"],
)
def test_a_broken_file_lets_nobody_in(users: Users, text: str) -> None:
    """It is an error, not an empty list of users."""
    users.path.parent.mkdir()
    users.path.write_text(text, "utf-8")
    users.path.chmod(0o600)
    with pytest.raises(UsersFileError):
        users.all()


@pytest.mark.parametrize("name", ["", " ", "a b", "../x", "-x", "ä", "x" * 65, "a\nb"])
def test_names_that_are_none_are_refused(users: Users, name: str) -> None:
    """They travel in logs, headers and addresses."""
    with pytest.raises(UsageError):
        users.add(name, Role.READER, None)


@pytest.mark.parametrize("password", ["", "short", "x" * (MIN_PASSWORD - 1), "x" * (MAX_PASSWORD + 1)])
def test_weak_passwords_are_refused(password: str) -> None:
    """Too short, or long enough to keep the server busy."""
    with pytest.raises(UsageError):
        hash_password(password)


def test_a_name_is_no_password() -> None:
    """In any case."""
    with pytest.raises(UsageError):
        hash_password("Commissioner.Ashdown", name="commissioner.ashdown")


def test_what_is_misused_is_told(path: Path, users: Users, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 2."""
    users.add("ada", Role.ADMIN, None)
    users.add("bot", Role.READER, None)
    for words in (
        ("remove", "nobody"),
        ("remove", "ada"),
        ("add", "ADA", "--no-password"),
        ("role", "nobody", "editor"),
        ("passwd", "nobody", "--password-stdin"),
        ("token", "nobody"),
        ("token", "ada", "--revoke", "x"),
        ("add", "x", "--role", "king"),
        (),
    ):
        assert run(*words) == 2, words
    assert "last admin" in capsys.readouterr().err


def test_password_hashes_survive_the_file() -> None:
    """And costs that nobody chose are refused."""
    made = hash_password(PASSWORD)
    assert PasswordHash.from_json(made.to_json()) == made
    with pytest.raises(ValueError, match="unknown"):
        PasswordHash.from_json({**made.to_json(), "n": 2**30})


def test_two_may_change_the_file_at_once(users: Users) -> None:
    """Nobody is lost."""
    threads = [
        threading.Thread(target=Users(users.path).add, args=(f"user{number}", Role.READER, None))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(users.all()) == 8
