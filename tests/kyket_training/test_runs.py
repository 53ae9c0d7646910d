from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from kyket_training.runs import uses_bf16  # noqa: E402


def test_a_torch_without_mkldnn_trains_in_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_operator() -> bool:
        raise AttributeError

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    monkeypatch.setattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", no_such_operator, raising=False)
    assert uses_bf16("auto") is False
    assert uses_bf16("bf16") is True
