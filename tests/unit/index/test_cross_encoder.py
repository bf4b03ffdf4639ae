"""The optional reranking model: a tiny one is built here, with the real library's own classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import CrossEncoder, EncoderError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ferry", "road", "cost", "what", "does", "the"]


def build(folder: Path, *, labels: int = 1) -> Path:
    """Write a BERT of a few hundred weights, untrained but the same every time."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_pairs_are_scored_one_number_each(tmp_path: Path) -> None:
    """In the order of the texts, the same each time, whatever stands beside them."""
    model = CrossEncoder(build(tmp_path / "model"))
    texts = ["the ferry cost", "the road", "ferry road " * 60]
    scores = model.scores("what does the ferry cost", texts)
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    for text, score in zip(texts, scores, strict=True):
        assert model.scores("what does the ferry cost", [text])[0] == pytest.approx(score, abs=1e-5)
    assert model.scores("what", []).shape == (0,)


@pytest.mark.slow
def test_a_model_of_classes_is_refused(tmp_path: Path) -> None:
    """It gives no order; the error says what would."""
    model = CrossEncoder(build(tmp_path / "model", labels=3))
    with pytest.raises(EncoderError, match="one number") as caught:
        model.scores("what", ["the road", "the ferry"])
    assert caught.value.next_step


@pytest.mark.slow
def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """At the first query; a name that is nowhere on disk at once."""
    (tmp_path / "config.json").write_text("{}")
    np.savez(tmp_path / "model.safetensors")
    with pytest.raises(EncoderError):
        CrossEncoder(tmp_path).scores("what", ["the road"])
    with pytest.raises(EncoderError, match="no folder"):
        CrossEncoder("no-such/model")
