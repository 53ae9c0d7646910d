from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from kyket.errors import KyketError  # noqa: E402
from kyket_training.base import load_model, positions  # noqa: E402


def test_an_encoder_without_a_limit_takes_windows_of_any_length() -> None:
    xlnet = transformers.XLNetConfig(vocab_size=32, d_model=8, n_layer=1, n_head=2, d_inner=8)
    t5 = transformers.T5Config(vocab_size=32, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2)
    for model in (transformers.XLNetModel(xlnet), transformers.T5EncoderModel(t5)):
        assert len(positions(model)) > 1_000_000


def test_a_family_without_another_activation_is_refused(tmp_path: Path) -> None:
    transformers.XLMConfig(vocab_size=32, emb_dim=8, n_layers=1, n_heads=2).save_pretrained(tmp_path)
    kind = transformers.AutoModelForTokenClassification
    with pytest.raises(KyketError, match="set no `activation`"):
        load_model(kind, str(tmp_path), "nothing there", activation="relu")
