"""Signing in: by form, token, proxy; how often one may try; what is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kb.errors import UsageError
from kb.interfaces.server.sessions import IDLE, LIFETIME, Attempts, Sessions
from kb.interfaces.server.users import Role, User, Users
from tests.unit.interfaces.server.conftest import PASSWORD, Site

Serve = Callable[..., Site]
ASKED = "/api/v1/glossary"


def sign_in(client: TestClient, name: str = "rita", password: str = PASSWORD, *, wanted: str = "/") -> object:
    """Fill in the form as a browser does."""
    shown = client.get("/sign-in", params={"next": wanted})
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown.text))
    return client.post("/sign-in", data={**fields, "name": name, "password": password})


def test_people_sign_in_and_out(serve: Serve, tokens: dict[Role, str]) -> None:
    """The cookie cannot be read by scripts or sent from other sites' forms; signing out ends the session itself."""
    client = serve().client()
    answer = sign_in(client, wanted="/?q=cameras")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?q=cameras"
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("kb-session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert client.get(ASKED).status_code == 200
    kept = client.cookies["kb-session"]
    assert client.get("/sign-out").text.count("rita") == 1
    assert client.post("/sign-out").status_code == 303
    assert client.get(ASKED, headers={"Cookie": f"kb-session={kept}"}).status_code == 401


def test_behind_tls_the_cookie_is_bound_to_it(serve: Serve, tokens: dict[Role, str]) -> None:
    """Secure, and with the prefix that binds it to the host."""
    answer = sign_in(serve().client(tls=True))
    cookie = next(each for each in answer.headers.get_list("set-cookie") if "kb-session=" in each)
    assert cookie.startswith("__Host-kb-session=")
    assert "Secure" in cookie


@pytest.mark.parametrize(
    ("name", "password"), [("rita", "wrong"), ("nobody", PASSWORD), ("rita", ""), ("", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    serve: Serve, tokens: dict[Role, str], name: str, password: str
) -> None:
    """Nobody learns which names there are."""
    answer = sign_in(serve().client(), name, password)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "The user name or the password is wrong." in answer.text


def test_a_user_without_password_does_not_sign_in_with_none(serve: Serve, users: Users) -> None:
    """They come by token or proxy."""
    users.add("bot", Role.READER, None)
    assert sign_in(serve().client(), "bot", "").status_code == 401


def test_the_form_must_be_our_own(serve: Serve, tokens: dict[Role, str]) -> None:
    """Another site cannot sign a visitor in as somebody else."""
    client = serve().client()
    answer = client.post("/sign-in", data={"name": "rita", "password": PASSWORD, "form": "x", "next": "/"})
    assert answer.status_code == 403
    assert "kb-session" not in client.cookies


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "//["],
)
def test_nobody_is_led_elsewhere(serve: Serve, tokens: dict[Role, str], wanted: str) -> None:
    """After signing in one is here."""
    assert sign_in(serve().client(), wanted=wanted).headers["location"] == "/"


def test_what_was_typed_stays_text(serve: Serve, tokens: dict[Role, str]) -> None:
    """In the form shown again."""
    answer = sign_in(serve().client(), '"><script>x', "wrong", wanted='/"><script>y')
    assert "<script" not in answer.text


def test_guessing_is_slowed_down(serve: Serve, tokens: dict[Role, str]) -> None:
    """After five failures one waits, the right password included; elsewhere its owner does not."""
    site = serve()
    client = site.client()
    assert [sign_in(client, password="wrong").status_code for _ in range(6)] == [401] * 5 + [429]  # noqa: S106
    locked = sign_in(client)
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) >= 1
    assert sign_in(site.client(address="192.0.2.7")).status_code == 303


def test_waits_double_and_end() -> None:
    """From a second to a quarter of an hour; forgotten after an hour."""
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    waits = []
    for _ in range(20):
        attempts.failed("rita", "192.0.2.1")
        waits.append(attempts.wait("rita", "192.0.2.1"))
    assert waits[:8] == [0, 0, 0, 0, 1, 2, 4, 8]
    assert max(waits) == 900
    assert attempts.wait("rita", "192.0.2.2") == 0
    assert attempts.wait("ada", "192.0.2.1") > 0, "one address that fails for many names"
    now = 4_000.0
    assert attempts.wait("rita", "192.0.2.1") == 0
    attempts.failed("rita", "192.0.2.1")
    assert attempts.wait("rita", "192.0.2.1") == 0


def test_those_who_succeed_are_not_counted() -> None:
    """An office behind one address signs in all day."""
    attempts = Attempts(clock=lambda: 0.0)
    for number in range(100):
        attempts.failed(f"user{number}", "192.0.2.1")
        attempts.succeeded(f"user{number}", "192.0.2.1")
    assert attempts.wait("rita", "192.0.2.1") == 0


def test_sessions_end() -> None:
    """After their time, when unused, with the user, and with the password."""
    now = 0.0
    sessions = Sessions(clock=lambda: now)
    rita = User(name="rita", role=Role.READER)
    known = {"rita": rita}
    token = sessions.begin(rita)
    assert sessions.find(token, known) == rita
    now = IDLE + 1
    assert sessions.find(token, known) is None
    token = sessions.begin(rita)
    while now < IDLE + LIFETIME:
        assert sessions.find(token, known) == rita
        now += IDLE - 1
    now += IDLE - 1
    assert sessions.find(token, known) is None
    token = sessions.begin(rita)
    assert sessions.find(token, {}) is None
    assert sessions.find(token, known) is None


def test_a_new_password_and_a_new_role_take_effect_at_once(
    serve: Serve, users: Users, tokens: dict[Role, str]
) -> None:
    """Sessions opened with the old password end."""
    from kb.interfaces.server.passwords import hash_password

    client = serve().client()
    sign_in(client)
    users.change("rita", role=Role.ADMIN)
    assert client.get("/api/v1/users").status_code != 403
    users.change("rita", password=hash_password("another long sentence"))
    assert client.get(ASKED).status_code == 401


def test_tokens_end(serve: Serve, users: Users, tokens: dict[Role, str]) -> None:
    """Taken back, run out, or the user removed."""
    client = serve().client()

    def status(token: str) -> int:
        return client.get(ASKED, headers={"Authorization": f"Bearer {token}"}).status_code

    assert status(tokens[Role.READER]) == 200
    users.revoke_token("rita", users.all()["rita"].tokens[0].id)
    assert status(tokens[Role.READER]) == 401
    assert status(users.add_token("rita", label="", days=0)[1]) == 401
    users.remove("edgar")
    assert status(tokens[Role.EDITOR]) == 401


def test_the_proxy_is_believed_at_its_address_alone(serve: Serve, tokens: dict[Role, str]) -> None:
    """Anybody can send a header."""
    site = serve(trusted_proxies=("10.0.0.0/24",), proxy_user_header="X-Remote-User")
    header = {"X-Remote-User": "Rita"}
    assert site.client(address="10.0.0.5").get(ASKED, headers=header).status_code == 200
    assert site.client(address="10.0.0.5").get("/api/v1/users", headers=header).status_code == 403
    assert site.client(address="10.0.1.5").get(ASKED, headers=header).status_code == 401
    assert site.client(address="127.0.0.1").get(ASKED, headers=header).status_code == 401
    unknown = site.client(address="10.0.0.5").get(ASKED, headers={"X-Remote-User": "mallory"})
    assert unknown.status_code == 403
    assert "kb users add" in unknown.json()["error"]["next_step"]


def test_forwarded_addresses_are_believed_from_the_proxy_alone(
    serve: Serve, tokens: dict[Role, str], tmp_path: Path
) -> None:
    """What stands in the audit log, and whether the visitor came over TLS."""
    log = tmp_path / "audit.jsonl"
    site = serve(trusted_proxies=("10.0.0.5",), audit_log=log)
    for address in ("10.0.0.5", "10.0.0.6"):
        client = site.client(address=address, tls=True)
        client.headers = {"X-Forwarded-For": "1.1.1.1, 192.0.2.9", "X-Forwarded-Proto": "https"}
        sign_in(client, password="wrong")  # noqa: S106
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [event["address"] for event in events] == ["192.0.2.9", "10.0.0.6"]


@pytest.mark.parametrize(
    "settings",
    [
        {"proxy_user_header": "X-Remote-User"},
        {"trusted_proxies": ("proxy.example",)},
        {"certificate": Path("cert.pem")},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(serve: Serve, settings: dict[str, object]) -> None:
    """Before anything is served."""
    with pytest.raises(UsageError):
        serve(**settings)


def test_sign_ins_are_written_down_questions_are_not(
    serve: Serve, tokens: dict[Role, str], tmp_path: Path
) -> None:
    """Never a password; questions only where that is set."""
    log = tmp_path / "logs" / "audit.jsonl"
    asked = {"question": "What do speed cameras cost?"}
    for audit_questions in (False, True):
        client = serve(audit_log=log, audit_questions=audit_questions).client()
        sign_in(client, password="a wrong one")  # noqa: S106
        sign_in(client)
        assert client.post("/api/v1/ask", json=asked).status_code == 200
        client.post("/sign-out")
    text = log.read_text("utf-8")
    events = [json.loads(line) for line in text.splitlines()]
    assert [event["event"] for event in events] == [
        *("sign_in_failed", "sign_in", "sign_out"),
        *("sign_in_failed", "sign_in", "question", "sign_out"),
    ]
    assert {event["user"] for event in events} == {"rita"}
    assert PASSWORD not in text
    assert "a wrong one" not in text
    assert log.stat().st_mode & 0o077 == 0
