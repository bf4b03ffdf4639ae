"""The package's public list and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import index
from index.encoder import Encoder
from tests.fakes import HashingEncoder


def test_every_public_name_is_there() -> None:
    """The list is true, sorted, and complete for what is loaded late."""
    assert all(hasattr(index, name) for name in index.__all__)
    assert sorted(index.__all__) == sorted(index._HOMES)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = index.nothing


def test_importing_the_engine_loads_no_heavy_library() -> None:
    """Commands that do not search start at once."""
    heavy = ("torch", "transformers", "sentence_transformers", "faiss", "rank_bm25", "scipy")
    program = (
        f"import sys, index.engine, index.encoder; print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_fake_encoder_meets_the_protocol() -> None:
    """What tests stand on is what the real one promises."""
    encoder: Encoder = HashingEncoder()
    assert encoder.encode([]).shape == (0, encoder.dimension)
    vector, token_vectors, tokens = encoder.encode_query("Vision Zero")
    assert vector.shape == (encoder.dimension,)
    assert token_vectors.shape == (len(tokens), encoder.dimension)
