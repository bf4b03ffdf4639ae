"""Nothing is reached without passing the gate; what it lets through, and what it adds to every answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.routing import Mount
from starlette.testclient import TestClient

from kb.errors import UsageError
from kb.interfaces.server import rules
from kb.interfaces.server.users import Role, Users
from tests.unit.interfaces.server.conftest import Site

Serve = Callable[..., Site]
EVERYWHERE = "0.0.0.0"  # noqa: S104


def every_route(routes: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of all routes, through mounts and routers, parameters filled in."""
    for route in routes:
        inner = getattr(route, "original_router", None) or (route.app if isinstance(route, Mount) else None)
        if inner is not None and hasattr(inner, "routes"):
            yield from every_route(inner.routes, prefix + getattr(route, "path", ""))
        elif hasattr(route, "path"):
            path = prefix + route.path
            while "{" in path:
                path = path[: path.index("{")] + "1" + path[path.index("}") + 1 :]
            for method in getattr(route, "methods", None) or ("GET", "POST", "DELETE"):
                yield method, path


def routes_of(app: FastAPI) -> list[tuple[str, str]]:
    """All there is to ask for, Gradio's routes included."""
    return sorted(set(every_route(app.routes)))


@pytest.mark.usefixtures("whole_page")
def test_no_route_answers_without_signing_in(serve: Serve, tokens: dict[Role, str], stranger: str) -> None:
    """Ours, Gradio's, the tools'; with no token and with a wrong one."""
    site = serve()
    found = routes_of(site.behind)
    paths = {path for _, path in found}
    assert {"/", "/api/v1/ask", "/api/v1/openapi.json", "/gradio_api/queue/join", "/config", "/mcp"} <= paths
    assert {
        "/files/1",
        "/files/1/pages/1.png",
        "/api/v1/papers",
        "/api/v1/users",
        "/gradio_api/upload",
    } <= paths
    client = site.client()
    for method, path in found:
        for headers in ({}, {"Authorization": f"Bearer {stranger}"}, {"Cookie": f"kb-session={stranger}"}):
            answer = client.request(method, path, headers=headers)
            if path in rules.PUBLIC:
                assert answer.status_code != 401, path
            else:
                assert answer.status_code == 401, f"{method} {path}"


def test_what_is_public_is_only_the_way_in(serve: Serve, tokens: dict[Role, str]) -> None:
    """A path that merely looks like it is not."""
    client = serve().client()
    assert set(rules.PUBLIC) == {"/sign-in", "/sign-in.css"}
    for path in (
        "/sign-in/",
        "/sign-in/x",
        "/Sign-in",
        "/sign-in.css/x",
        "/sign-inx",
        "/%2fsign-in",
        "/sign-in%2f..",
    ):
        assert client.get(path).status_code in {400, 401}, path


def test_browsers_are_led_to_the_form(serve: Serve, tokens: dict[Role, str]) -> None:
    """And back to where they wanted to go."""
    answer = serve().client().get("/?q=a&b=c", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2F%3Fq%3Da%26b%3Dc"


def test_roles_are_held_at_the_gate(serve: Serve, tokens: dict[Role, str]) -> None:
    """Readers read, editors upload, admins keep users."""
    client = serve().client()

    def status(method: str, path: str, role: Role) -> int:
        return client.request(method, path, headers={"Authorization": f"Bearer {tokens[role]}"}).status_code

    assert status("GET", "/api/v1/glossary", Role.READER) == 200
    for method, path in (
        ("POST", "/gradio_api/upload"),
        ("POST", rules.UPLOADS),
        ("DELETE", f"{rules.UPLOADS}/x"),
    ):
        assert status(method, path, Role.READER) == 403
        assert status(method, path, Role.EDITOR) != 403
    for role in (Role.READER, Role.EDITOR):
        assert status("GET", "/api/v1/users", role) == 403
    assert status("GET", "/api/v1/users", Role.ADMIN) != 403


def test_every_role_may_do_what_the_ones_before_it_may() -> None:
    """In the order reader, editor, admin."""
    assert [[a.includes(b) for b in Role] for a in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_without_users_this_machine_is_open(serve: Serve) -> None:
    """Everybody is an editor, nobody an admin."""
    client = serve().client()
    assert client.get("/api/v1/glossary").status_code == 200
    assert client.get("/api/v1/users").status_code == 403


def test_the_first_user_closes_an_open_server(serve: Serve, users: Users) -> None:
    """At once, and for good: a users file that is lost lets nobody in."""
    client = serve().client()
    assert client.get("/api/v1/glossary").status_code == 200
    users.add("ada", Role.ADMIN, None)
    assert client.get("/api/v1/glossary").status_code == 401
    users.path.unlink()
    assert client.get("/api/v1/glossary").status_code == 401


@pytest.mark.parametrize(
    "settings",
    [{"host": EVERYWHERE}, {"host": "::"}, {"host": "192.0.2.1"}, {"public_hosts": ("papers.example.org",)}],
)
def test_beyond_this_machine_users_are_needed(
    serve: Serve, users: Users, settings: dict[str, object]
) -> None:
    """The error says which command adds one."""
    with pytest.raises(UsageError, match="kb users add"):
        serve(**settings)
    users.add("ada", Role.ADMIN, None)
    serve(**settings)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "[::1"]
)
def test_other_names_are_not_answered(serve: Serve, host: str) -> None:
    """A page elsewhere cannot have its name point here (DNS rebinding)."""
    client = serve().client()
    assert client.get("/api/v1/glossary", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860", "LOCALHOST"])
def test_own_names_are_answered(serve: Serve, host: str) -> None:
    """With any port."""
    assert serve().client().get("/api/v1/glossary", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/../../etc/passwd", "/a//b", "/assets/..", "/a\\b", "/./x", "/a\0b", "", "a"]
)
def test_addresses_that_can_be_read_in_two_ways_are_refused(path: str) -> None:
    """Before any route sees them."""
    assert not rules.is_plain(path)


def test_an_encoded_way_up_is_refused(serve: Serve) -> None:
    """As the server decodes it."""
    assert serve().client().get("/assets/%2e%2e/%2e%2e/etc/passwd").status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:8000"},
    ],
)
def test_other_sites_cannot_send_for_a_visitor(serve: Serve, headers: dict[str, str]) -> None:
    """Not even to an open server on this machine."""
    client = serve().client()
    body = {"question": "What do speed cameras cost?"}
    assert client.post("/api/v1/ask", json=body, headers=headers).status_code == 403
    assert client.post("/api/v1/ask", json=body).status_code == 200
    own = {"Origin": "http://127.0.0.1:7860", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/v1/ask", json=body, headers=own).status_code == 200


def test_too_much_is_refused(serve: Serve) -> None:
    """Whether the size is told or hidden."""
    client = serve().client()
    assert client.post("/api/v1/ask", content=b"x" * 1_100_000).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    answer = client.post("/api/v1/ask", content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert "error" in answer.json()


def test_every_answer_carries_the_security_headers(serve: Serve, tokens: dict[Role, str]) -> None:
    """Pages, data, files, refusals."""
    client = serve().client()
    admin = {"Authorization": f"Bearer {tokens[Role.ADMIN]}"}
    for path, headers in (
        ("/", admin),
        ("/config", admin),
        ("/api/v1/glossary", admin),
        ("/api/v1/nothing", admin),
        ("/gradio_api/proxy=x", admin),
        ("/sign-in", {}),
        ("/sign-in.css", {}),
        ("/api/v1/glossary", {}),
    ):
        answer = client.get(path, headers=headers)
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert not {each for each in ("http:", "https:", "*") if each in policy}, path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "server" not in answer.headers


@pytest.mark.usefixtures("whole_page")
def test_the_page_allows_its_own_scripts_by_hash_alone(serve: Serve) -> None:
    """No inline script that the page did not bring."""
    answer = serve().client().get("/", headers={"Accept": "text/html"})
    scripts = answer.headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "unsafe-inline" not in scripts
    assert scripts.count("sha256-") == answer.text.count("<script>") + answer.text.count(
        "<script data-gradio-mode>"
    )


def test_gradio_lets_no_other_page_read_its_answers(serve: Serve) -> None:
    """It would let any page of this machine, at any port."""
    answer = serve().client().get("/config", headers={"Origin": "http://localhost:9999"})
    assert "access-control-allow-origin" not in answer.headers


def test_what_gradio_brings_and_nobody_needs_is_closed(serve: Serve) -> None:
    """Fetching other addresses, developers' tools, monitoring, its own sign-in."""
    client = serve().client()
    for path in ("/gradio_api/proxy=x", "/monitoring", "/login", "/gradio_api/runs"):
        assert client.get(path).status_code == 404
    assert client.post("/gradio_api/vibe-edit").status_code == 404


def test_faults_are_told_without_their_inside(serve: Serve) -> None:
    """A reference for the log, nothing else."""
    client = TestClient(serve().gate, base_url="http://127.0.0.1:7860", raise_server_exceptions=False)
    answer = client.get("/api/v1/ask", params={"question": "break the cameras"})
    assert answer.status_code == 500
    assert "cheese" not in answer.text
    assert "reference" in answer.json()["error"]["message"]
