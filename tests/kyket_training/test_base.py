from __future__ import annotations

import pytest

pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from kyket_training.base import positions  # noqa: E402


def test_an_encoder_without_a_limit_takes_windows_of_any_length() -> None:
    xlnet = transformers.XLNetConfig(vocab_size=32, d_model=8, n_layer=1, n_head=2, d_inner=8)
    t5 = transformers.T5Config(vocab_size=32, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2)
    for model in (transformers.XLNetModel(xlnet), transformers.T5EncoderModel(t5)):
        assert len(positions(model)) > 1_000_000
