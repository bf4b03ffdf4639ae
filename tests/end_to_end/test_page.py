"""The served page answers programs as the command line does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from gradio_client import Client

from tests.command import ROOT, read_json
from tests.served import served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the client's own
]

SCHEMA = json.loads((ROOT / "kb/interfaces/answer.schema.json").read_text("utf-8"))
QUESTION = "How much would the average speed camera system on the A1431 cost?"


@pytest.fixture(scope="module")
def client(sample_library: Path) -> Iterator[Client]:
    """A client of the served sample library."""
    with served(sample_library) as address:
        yield Client(address, verbose=False)


def test_the_endpoint_answers_as_the_command_line_does(client: Client, sample_library: Path) -> None:
    """The same JSON, time apart."""
    data = client.predict(QUESTION, api_name="/ask")
    jsonschema.validate(data, SCHEMA)
    told = read_json("ask", QUESTION, library=sample_library)
    del data["latency_ms"], told["latency_ms"]
    assert data == told


def test_the_endpoint_takes_filters(client: Client) -> None:
    """By name, as described by the endpoint itself."""
    data = client.predict(
        question=QUESTION, k=3, bodies=["Fenwold Police and Crime Panel"], date_from="2024", api_name="/ask"
    )
    assert len(data["passages"]) == 3
    assert all(passage["citation"]["meeting_date"] >= "2024" for passage in data["passages"])


def test_a_bad_request_is_an_error_in_the_schema(client: Client) -> None:
    """No exception crosses the wire."""
    data = client.predict("", api_name="/ask")
    jsonschema.validate(data, SCHEMA)
    assert data["error"]["next_step"]


def test_only_asking_is_offered(client: Client) -> None:
    """What the page's own parts do is nobody else's interface."""
    described = client.view_api(return_format="dict", print_info=False)
    assert list(described["named_endpoints"]) == ["/ask"]
    assert not described["unnamed_endpoints"]
