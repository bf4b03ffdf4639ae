"""Editors change the papers of a served library while others ask; admins keep its users."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kb.interfaces.server.users import Role, Users
from tests.command import ROOT
from tests.served import served

pytestmark = pytest.mark.slow

PAPER = """Fenwold Police and Crime Panel

MINUTES OF A MEETING OF THE
FENWOLD POLICE AND CRIME PANEL
ON 5 OCTOBER 2024

1. Zebra crossings

1. The Commissioner said that zebra crossings would be painted in Ludwick at a cost of £{cost}.
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit log."""
    return tmp_path_factory.mktemp("log") / "audit.jsonl"


@pytest.fixture(scope="module")
def clients(
    sample_library: Path, tmp_path_factory: pytest.TempPathFactory, log: Path
) -> Iterator[dict[Role, httpx2.Client]]:
    """A client of each role, of one server over a library of its own."""
    folder = tmp_path_factory.mktemp("served")
    library, users = folder / "library", Users(folder / "users.json")
    shutil.copytree(sample_library, library)
    tokens = {}
    for role in Role:
        users.add(role.value, role, None)
        tokens[role] = users.add_token(role.value, label="", days=1)[1]
    with served(library, "--users", str(users.path), "--audit-log", str(log)) as address:
        made = {
            role: httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=300)
            for role, token in tokens.items()
        }
        yield made
        for client in made.values():
            client.close()


def names(client: httpx2.Client) -> set[str]:
    """The documents of the library."""
    return {each["document"] for each in client.get("/api/v1/documents").json()["documents"]}


def test_a_paper_is_put_in_replaced_and_taken_out(clients: dict[Role, httpx2.Client], log: Path) -> None:
    """Each is seen by readers at once; each is written down with who did it."""
    editor, reader = clients[Role.EDITOR], clients[Role.READER]
    asked = {"question": "What would painting zebra crossings in Ludwick cost?", "documents": ["zebra"]}
    sent = [("files", ("zebra.txt", PAPER.format(cost=900).encode())), ("files", ("bad.pdf", b"not a PDF"))]
    report = editor.post("/api/v1/papers", files=sent).json()
    assert [(each["path"], each["status"]) for each in report["results"]] == [
        ("zebra.txt", "added"),
        ("bad.pdf", "failed"),
    ]
    assert report["results"][1]["next_step"]
    assert "£900" in reader.post("/api/v1/ask", json=asked).json()["answer"]
    sent = [("files", ("corrected.txt", PAPER.format(cost=950).encode()))]
    replaced = editor.post("/api/v1/papers", files=sent, data={"replacing": "zebra.txt"})
    assert replaced.status_code == 200, replaced.text
    assert "£950" in reader.post("/api/v1/ask", json={**asked, "documents": []}).json()["answer"]
    [name] = [each for each in names(reader) if each in {"zebra.txt", "corrected.txt"}]
    assert editor.delete(f"/api/v1/papers/{name}").status_code == 200
    assert name not in names(reader)
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [each["event"] for each in events] == ["upload", "upload", "upload", "removal"]
    assert {each["user"] for each in events} == {"editor"}


def test_what_cannot_be_put_in_is_told(clients: dict[Role, httpx2.Client]) -> None:
    """With the status that fits; nothing is left behind."""
    before = names(clients[Role.READER])
    editor = clients[Role.EDITOR]
    many = [("files", (f"{number}.txt", b"x")) for number in range(21)]
    assert editor.post("/api/v1/papers", files=many).status_code == 400
    assert editor.post("/api/v1/papers", files=[("files", ("..", b"x"))]).status_code in {400, 422}
    assert editor.post("/api/v1/papers").status_code == 422
    one = [("files", ("a.txt", b"x"))]
    assert editor.post("/api/v1/papers", files=one, data={"replacing": "nothing.txt"}).status_code == 404
    assert editor.delete("/api/v1/papers/nothing.txt").status_code == 404
    assert clients[Role.READER].post("/api/v1/papers", files=one).status_code == 403
    assert names(clients[Role.READER]) == before


def test_a_slow_upload_does_not_block_questions(clients: dict[Role, httpx2.Client]) -> None:
    """Many are answered while it goes on."""
    packs = sorted((ROOT / "papers").glob("*.pdf"), key=lambda path: -path.stat().st_size)[:4]
    # Other bytes at the end make other papers of them, so that all of it is done.
    sent = [("files", (f"copy of {path.name}", path.read_bytes() + b"\n% copy\n")) for path in packs]
    done = threading.Event()

    def upload() -> None:
        answer = clients[Role.EDITOR].post("/api/v1/papers", files=sent)
        assert answer.status_code == 200, answer.text
        done.set()

    reader = clients[Role.READER]
    reader.get("/api/v1/ask", params={"question": "What do cameras cost?"})
    thread = threading.Thread(target=upload)
    thread.start()
    times = []
    while not done.is_set() and thread.is_alive():
        started = time.perf_counter()
        assert reader.get("/api/v1/ask", params={"question": "What do cameras cost?"}).status_code == 200
        times.append(time.perf_counter() - started)
        time.sleep(0.1)
    thread.join()
    assert done.is_set()
    assert len(times) >= 10
    assert sorted(times)[len(times) * 95 // 100] < 1.5


def test_admins_keep_the_users(clients: dict[Role, httpx2.Client], log: Path) -> None:
    """Adding and removing takes effect at once; no secret is given out."""
    admin = clients[Role.ADMIN]
    body = {"name": "new", "role": "reader", "password": "a long enough sentence"}
    assert admin.post("/api/v1/users", json=body).status_code == 201
    assert admin.post("/api/v1/users", json=body).status_code == 400
    assert admin.post("/api/v1/users", json={**body, "name": "x", "password": "short"}).status_code == 400
    listed = admin.get("/api/v1/users")
    assert {each["name"] for each in listed.json()["users"]} == {"reader", "editor", "admin", "new"}
    assert "hash" not in listed.text.replace("has_password", "")
    assert admin.delete("/api/v1/users/new").status_code == 200
    assert admin.delete("/api/v1/users/new").status_code == 400
    assert clients[Role.EDITOR].post("/api/v1/users", json=body).status_code == 403
    events = [json.loads(line)["event"] for line in log.read_text("utf-8").splitlines()]
    assert events[-2:] == ["user_added", "user_removed"]
