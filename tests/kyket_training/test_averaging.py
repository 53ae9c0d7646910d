"""The mean of several runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from safetensors.torch import load_file  # noqa: E402

from kyket.errors import KyketError  # noqa: E402
from kyket_training.averaging import average  # noqa: E402
from kyket_training.base import load_tokenizer  # noqa: E402
from kyket_training.config import TrainConfig, read_config  # noqa: E402


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
    recipe = TrainConfig(name="mine", base=str(base), train="", dev="", seed=seed, notes="Of two kinds.\n")
    (folder / "config.yaml").write_bytes(msgspec.yaml.encode(recipe))
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
    first, recipe = (read_config(folder / "config.yaml") for folder in (runs[0], out))
    told = "Of two kinds. The weights are the mean of those of 3 runs, with the seeds 1, 2, 3."
    assert recipe == replace(first, notes=told) and (out / "curve.png").is_file()
    assert transformers.AutoTokenizer.from_pretrained(out / "best").is_fast


def test_a_weight_with_two_names_is_averaged_once(base: Path, tmp_path: Path) -> None:
    """As T5's table of pieces, which its encoder shares."""
    runs = [_run(base, tmp_path / str(seed), seed) for seed in (1, 2)]
    shape = {"vocab_size": 30, "d_model": 8, "d_kv": 4, "d_ff": 8, "num_heads": 2, "num_layers": 1}
    for run in runs:
        transformers.T5ForTokenClassification(transformers.T5Config(**shape)).save_pretrained(run / "best")
    tables = [load_file(run / "best" / "model.safetensors")["transformer.shared.weight"] for run in runs]
    out = average(runs, tmp_path / "out")
    got = load_file(out / "best" / "model.safetensors")["transformer.shared.weight"]
    assert torch.allclose(got, (tables[0] + tables[1]) / 2)


def test_the_checkpoint_that_runs_began_at_may_count(base: Path, tmp_path: Path) -> None:
    """Also for one run alone."""
    start = _run(base, tmp_path / "start", 3) / "best"
    runs = [_run(start, tmp_path / str(seed), seed) for seed in (1, 2)]
    began, *weights = (load_file(run / "model.safetensors") for run in (start, *(r / "best" for r in runs)))
    told = (
        "The weights are the mean of those of 2 runs, with the seeds 1, 2, and by 25 % those at the start.",
        "The weights are the mean of those of one run, and by 25 % those at the start.",
    )
    for some, notes in zip((runs, runs[:1]), told, strict=True):
        out = average(some, tmp_path / "out", start=0.25)
        for name, value in load_file(out / "best" / "model.safetensors").items():
            mean = torch.stack([w[name] for w in weights[: len(some)]]).mean(0)
            assert torch.allclose(value, 0.25 * began[name] + 0.75 * mean, atol=1e-5)
        assert read_config(out / "config.yaml").notes.endswith(notes)


def test_a_start_that_cannot_count_is_told(base: Path, tmp_path: Path) -> None:
    runs = [_run(base, tmp_path / "1", 1), _run(tmp_path / "1" / "best", tmp_path / "2", 2)]
    with pytest.raises(KyketError, match="a share of the start wants the same one"):
        average(runs, tmp_path / "out", start=0.5)
    with pytest.raises(KyketError, match="not of the same shape and tags as the runs that began there"):
        average(runs[:1], tmp_path / "out", start=0.5)
    with pytest.raises(KyketError, match="holds the checkpoint that the runs began at"):
        average(runs[1:], tmp_path / "1", start=0.5)
    with pytest.raises(KyketError, match="the share of the start is 1"):
        average(runs[1:], tmp_path / "out", start=1.5)
    with pytest.raises(KyketError, match="two runs or more"):
        average([], tmp_path / "out", start=0.5)
    shutil.rmtree(tmp_path / "1")
    with pytest.raises(KyketError, match="not there, where the runs began"):
        average(runs[1:], tmp_path / "out", start=0.5)


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
