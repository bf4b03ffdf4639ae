"""The real server over the sample papers: signed in and not, files, pictures, REST and the tools."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import anyio
import httpx2
import jsonschema
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from PIL import Image

from eval import load_test
from kb.interfaces.server.users import Role, Users
from tests.command import PAPERS, ROOT, read_json, run_kb
from tests.served import served

pytestmark = pytest.mark.slow

QUESTION = "How much would the average speed camera system on the A1431 cost?"
MINUTES = "2023-07-19-panel-minutes.pdf"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    """A users file."""
    return Users(tmp_path_factory.mktemp("config") / "users.json")


@pytest.fixture(scope="module")
def token(users: Users) -> str:
    """A reader's token."""
    users.add("rita", Role.READER, None)
    return users.add_token("rita", label="", days=1)[1]


@pytest.fixture(scope="module")
def address(sample_library: Path, users: Users, token: str) -> Iterator[str]:
    """The server's address, without a slash at its end."""
    with served(sample_library, "--users", str(users.path)) as found:
        yield found.rstrip("/")


@pytest.fixture(scope="module")
def client(address: str, token: str) -> Iterator[httpx2.Client]:
    """A program that has signed in."""
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=address, headers=headers, timeout=60) as made:
        yield made


@pytest.fixture(scope="module")
def documents(client: httpx2.Client) -> dict[str, str]:
    """Ids of the documents, by name."""
    found = client.get("/api/v1/documents").json()["documents"]
    return {each["document"]: each["id"] for each in found}


def raw(address: str, request: str) -> str:
    """What the server says to a request that no client would write; its first line."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        return connection.makefile("rb").readline().decode("latin-1")


def about(data: Any) -> Any:
    """What other JSON may equal that differs in the last figures of fractions alone."""
    if isinstance(data, dict):
        return {key: about(value) for key, value in data.items()}
    if isinstance(data, list):
        return [about(value) for value in data]
    return pytest.approx(data, abs=1e-5) if isinstance(data, float) else data


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"/api/v1/ask?question={quote(QUESTION)}&k=3", ("ask", QUESTION, "-k", "3")),
        (
            "/api/v1/search?query=cameras&kinds=minutes&date_from=2023",
            ("search", "cameras", "--kind", "minutes", "--from", "2023"),
        ),
        ("/api/v1/timeline?topic=precept&bodies=panel", ("timeline", "precept", "--body", "panel")),
        ("/api/v1/documents", ("documents",)),
        (f"/api/v1/documents/{MINUTES}/outline", ("outline", MINUTES)),
        ("/api/v1/facets?query=cameras", ("facets", "cameras")),
        ("/api/v1/glossary", ("glossary",)),
        (
            "/api/v1/decisions?words=report&date_from=2023&k=5",
            ("decisions", "report", "--from", "2023", "-k", "5"),
        ),
        ("/api/v1/meetings", ("meetings",)),
        ("/api/v1/people?words=chair", ("people", "chair")),
    ],
)
def test_rest_answers_as_the_command_line_does(
    client: httpx2.Client, sample_library: Path, path: str, words: tuple[str, ...]
) -> None:
    """The same JSON, time apart; a score's last figure depends on how many threads add it up."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    data, told = answer.json(), read_json(*words, library=sample_library)
    for each in (data, told):
        each.pop("latency_ms", None)
    assert data == about(told)


def test_places_are_found_by_their_ids(client: httpx2.Client, sample_library: Path) -> None:
    """An id with slashes is one path."""
    found = client.get("/api/v1/search", params={"query": "cameras", "k": 1}).json()
    place = found["passages"][0]["citation"]["id"]
    assert client.get(f"/api/v1/places/{place}").json() == read_json("show", place, library=sample_library)
    gone = client.get("/api/v1/places/nowhere/2023-01-01")
    assert gone.status_code == 404
    assert gone.json()["error"]["next_step"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/ask", 422),
        ("GET", "/api/v1/ask?question=", 422),
        ("GET", f"/api/v1/ask?question={'x' * 2001}", 422),
        ("GET", "/api/v1/ask?question=x&k=0", 422),
        ("GET", "/api/v1/ask?question=x&surprise=1", 422),
        ("GET", "/api/v1/ask?question=%20", 400),
        ("GET", "/api/v1/ask?question=x&bodies=atlantis", 400),
        ("GET", "/api/v1/ask?question=x&date_from=soon", 400),
        ("GET", "/api/v1/documents/nothing/outline", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/files/nothing", 404),
        ("POST", "/api/v1/papers", 403),
        ("GET", "/api/v1/users", 403),
        ("POST", "/api/v1/ask", 422),
    ],
)
def test_what_is_wrong_is_told_in_the_schema(
    client: httpx2.Client, method: str, path: str, status: int
) -> None:
    """With the status that fits, and what to do next."""
    answer = client.request(method, path)
    assert answer.status_code == status, answer.text
    schema = json.loads((ROOT / "kb/interfaces/answer.schema.json").read_text("utf-8"))
    jsonschema.validate(answer.json(), schema)
    assert answer.json()["error"]["message"]


def test_the_description_describes_what_there_is(client: httpx2.Client) -> None:
    """OpenAPI 3.1, with every route for programs and nothing of Gradio."""
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    paths = described["paths"]
    names = ("ask", "search", "timeline", "facets", "meetings", "documents", "glossary", "places/{place_id}")
    assert {f"/api/v1/{name}" for name in names} <= set(paths)
    assert all(path.startswith(("/api/v1/", "/files/")) for path in paths)
    for operations in paths.values():
        for operation in operations.values():
            assert operation["summary"]
            assert {"400", "401", "403", "404", "422", "503"} <= set(operation["responses"])
    for reference in re.findall(r'"#/([^"]+)"', json.dumps(described)):
        found: Any = described
        for step in reference.split("/"):
            found = found[step]


def test_files_go_out_by_their_ids(client: httpx2.Client, documents: dict[str, str]) -> None:
    """A PDF file to be looked at, any other to be kept; each as it was added, and unable to run."""
    for name, kind in ((MINUTES, "inline"), ("2022-11-30-panel-minutes.txt", "attachment")):
        answer = client.get(f"/files/{documents[name]}")
        assert answer.content == (PAPERS / name).read_bytes()
        assert answer.headers["content-disposition"] == f'{kind}; filename="{name}"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert client.get(f"/files/{documents[MINUTES]}").headers["content-type"] == "application/pdf"


def test_pages_are_drawn(client: httpx2.Client, documents: dict[str, str]) -> None:
    """With a passage framed on request; pages that are not there are not."""
    identity = documents[MINUTES]
    plain = client.get(f"/files/{identity}/pages/2.png")
    assert plain.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(plain.content)).width == 1_000
    found = client.get("/api/v1/search", params={"query": "cameras", "documents": MINUTES, "k": 5}).json()[
        "passages"
    ]
    passage = next(each for each in found if each["boxes"] and each["boxes"][0]["page"] == 2)
    framed = client.get(
        f"/files/{identity}/pages/2.png", params={"boxes": passage["citation"]["id"], "scale": 2}
    )
    picture = Image.open(io.BytesIO(framed.content))
    assert picture.width == 2_000
    box = passage["boxes"][0]
    scale = picture.width / box["page_width"]
    middle = ((box["x0"] + box["x1"]) / 2 * scale, (box["top"] - 3.0) * scale)
    assert picture.getpixel((int(middle[0]), int(middle[1]) + 1)) == (20, 80, 107)
    for page, status in ((0, 422), (99, 404), ("x", 422)):
        assert client.get(f"/files/{identity}/pages/{page}.png").status_code == status
    assert client.get(f"/files/{documents['2022-11-30-panel-minutes.txt']}/pages/1.png").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/../../etc/passwd",
            "/files/../../../etc/passwd",
            "/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "//etc/passwd",
        ),
        *(
            "/files//etc/passwd",
            "/files/..%5c..%5cetc",
            "/gradio_api/file=/etc/passwd",
            "/assets/..%2f..%2fx",
        ),
        *("/gradio_api/file=../../pyproject.toml", "/static/%2e%2e/%2e%2e/app.py", "/files/%00"),
    ],
)
def test_no_path_leads_out(address: str, token: str, path: str) -> None:
    """Even for those who have signed in, as bytes on the wire."""
    said = raw(
        address, f"GET {path} HTTP/1.1\nHost: localhost\nAuthorization: Bearer {token}\nConnection: close\n\n"
    )
    assert re.search(r" 40[034] ", said), said


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:7860", "127.0.0.1@evil.example"])
def test_other_names_are_not_answered(address: str, token: str, host: str) -> None:
    """A page elsewhere cannot have its name point here."""
    said = raw(address, f"GET / HTTP/1.1\nHost: {host}\nAuthorization: Bearer {token}\nConnection: close\n\n")
    assert " 400 " in said


def test_nobody_is_let_in_without_a_token(address: str, documents: dict[str, str]) -> None:
    """Neither to files nor to the page, its parts and its queue."""
    identity = documents[MINUTES]
    for path in (
        f"/files/{identity}",
        f"/files/{identity}/pages/1.png",
        "/",
        "/config",
        "/gradio_api/info",
        "/mcp",
    ):
        assert httpx2.get(address + path).status_code == 401
    assert httpx2.post(f"{address}/gradio_api/queue/join", json={}).status_code == 401
    assert httpx2.get(address, headers={"Accept": "text/html"}).status_code == 303


async def _call(transport: Any, name: str, arguments: dict[str, Any]) -> Any:
    async with Client(transport) as client:
        return (await client.call_tool(name, arguments)).structured_content


def test_the_tools_answer_as_the_command_line_does(address: str, token: str, sample_library: Path) -> None:
    """Over HTTP, and started by the assistant itself."""

    async def ask() -> tuple[Any, Any]:
        arguments = {"question": QUESTION, "k": 2}
        async with httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as http_client:
            served_answer = await _call(
                streamable_http_client(f"{address}/mcp", http_client=http_client), "ask", arguments
            )
        started = StdioServerParameters(
            command=sys.executable, args=["-m", "kb", "mcp", "--library", str(sample_library)], cwd=str(ROOT)
        )
        return served_answer, await _call(started, "ask", arguments)

    async def listed(name: str) -> Any:
        async with httpx2.AsyncClient(
            headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as http_client:
            return await _call(
                streamable_http_client(f"{address}/mcp", http_client=http_client), name, {"k": 3}
            )

    for name in ("decisions", "meetings"):
        found = anyio.run(listed, f"list_{name}")
        assert len(found["rows"]) == 3
        assert found == read_json(name, "-k", "3", library=sample_library)
    told = read_json("ask", QUESTION, "-k", "2", library=sample_library)
    del told["latency_ms"]
    for answer in anyio.run(ask):
        del answer["latency_ms"]
        assert answer == told


def _readme_blocks() -> list[tuple[str, str]]:
    text = (ROOT / "README.md").read_text("utf-8").split("## For programs")[1].split("\n## ")[0]
    return re.findall(r"^```(sh|python)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("number", range(3))
def test_the_examples_of_the_readme_run(address: str, token: str, number: int) -> None:
    """As they stand, but for where this server is."""
    language, code = _readme_blocks()[number]
    command = ["sh", "-c"] if language == "sh" else [sys.executable, "-c"]
    done = subprocess.run(
        [*command, code.replace("http://127.0.0.1:7860", address)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KB_TOKEN": token},
    )
    assert done.returncode == 0, done.stderr
    expected = ("415,000", "image/png", "2023-07-19")
    assert expected[number] in done.stdout


def test_all_examples_of_the_readme_are_run() -> None:
    """The number of the test above."""
    assert len(_readme_blocks()) == 3


def test_the_server_is_ready_within_8_seconds(sample_library: Path) -> None:
    """Until the page answers, the model included in the first question."""
    started = time.monotonic()
    with served(sample_library) as address:
        ready = time.monotonic() - started
        httpx2.get(address)
    assert ready < 8


def test_32_ask_at_once(sample_library: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """For a few seconds, on a machine that does other things too; `eval.load_test` does it for two minutes."""
    code = load_test.main([str(sample_library), "--seconds", "8", "--p95", "5000", "--growth", "0.3"])
    assert code == 0, capfd.readouterr().err


def test_beyond_this_machine_it_does_not_start_without_users(sample_library: Path, tmp_path: Path) -> None:
    """Misused, not failed: exit code 2 and the command that adds one."""
    everywhere = "0.0.0.0"  # noqa: S104
    users = str(tmp_path / "users.json")
    done = run_kb("serve", "--library", sample_library, "--host", everywhere, "--users", users)
    assert done.returncode == 2
    assert "kb users add" in done.stderr


def test_a_certificate_makes_it_speak_tls(sample_library: Path, tmp_path: Path) -> None:
    """With the chain and key given."""
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(
        [*made, "-keyout", "key.pem", "-out", "cert.pem"], cwd=tmp_path, check=True, capture_output=True
    )
    options = ("--certificate", str(tmp_path / "cert.pem"), "--private-key", str(tmp_path / "key.pem"))
    with served(sample_library, *options) as address:
        assert address.startswith("https://")
        assert httpx2.get(address, verify=False).status_code == 200
