"""The mean of several runs."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from safetensors.torch import load_file  # noqa: E402

from kyket.errors import KyketError  # noqa: E402
from kyket_training.averaging import average  # noqa: E402
from kyket_training.base import load_tokenizer  # noqa: E402


def _run(base: Path, folder: Path, seed: int, tags: tuple[str, ...] = ("O", "B-ORG", "I-ORG")) -> Path:
    torch.manual_seed(seed)
    model = transformers.AutoModelForTokenClassification.from_pretrained(
        base, id2label=dict(enumerate(tags)), label2id={tag: i for i, tag in enumerate(tags)}
    )
    with torch.no_grad():
        for weight in model.parameters():
            weight += torch.randn_like(weight)
    model.save_pretrained(folder / "best")
    load_tokenizer(str(base)).save_pretrained(folder / "best")
    (folder / "config.yaml").write_text(f"name: run-{seed}")
    (folder / "curve.png").write_bytes(b"png")
    return folder


def test_every_weight_is_the_mean_of_the_runs(base: Path, tmp_path: Path) -> None:
    runs = [_run(base, tmp_path / str(seed), seed) for seed in (1, 2, 3)]
    out = average(runs, tmp_path / "out")
    weights = [load_file(run / "best" / "model.safetensors") for run in runs]
    got = load_file(out / "best" / "model.safetensors")
    assert got.keys() == weights[0].keys()
    for name, value in got.items():
        assert torch.allclose(value, torch.stack([w[name] for w in weights]).mean(0), atol=1e-5)
    assert (out / "config.yaml").read_text() == "name: run-1" and (out / "curve.png").is_file()
    assert transformers.AutoTokenizer.from_pretrained(out / "best").is_fast


def test_what_cannot_be_averaged_is_told(base: Path, tmp_path: Path) -> None:
    one = _run(base, tmp_path / "one", 1)
    with pytest.raises(KyketError, match="two runs or more"):
        average([one], tmp_path / "out")
    with pytest.raises(KyketError, match="nowhere: no trained model there"):
        average([one, tmp_path / "nowhere"], tmp_path / "out")
    other = _run(base, tmp_path / "other", 2, ("O", "B-PER", "I-PER"))
    with pytest.raises(KyketError, match="not of the same shape and tags"):
        average([one, other], tmp_path / "out")
    with pytest.raises(KyketError, match="is one of the runs"):
        average([one, other], one)
    assert not (tmp_path / "out").exists()
