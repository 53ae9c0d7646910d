"""Continued training on plain text, with a tiny encoder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from msgspec.structs import replace  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

from kyket.errors import KyketError  # noqa: E402
from kyket_training.config import PretrainConfig  # noqa: E402
from kyket_training.pretrain import _only_rows, _WordGuesser, pretrain  # noqa: E402


@pytest.fixture(scope="module")
def recipe(base: Path, tmp_path_factory: pytest.TempPathFactory) -> PretrainConfig:
    """Thirty steps of 4 × 24 tokens."""
    text = tmp_path_factory.mktemp("text") / "news.txt"
    text.write_text(
        "\n\n".join(f"Hội làm vườn huyện số {n} họp.\nHai bên ký bản ghi nhớ hợp tác." for n in range(120))
    )
    return PretrainConfig(
        name="tiny",
        base=str(base),
        text=(str(text),),
        near=("hợp tác",),
        tokens=30 * 4 * 24,
        window=24,
        batch_size=4,
        learning_rate=3e-3,
        checkpoint_tokens=10 * 4 * 24,
        snapshot_tokens=15 * 4 * 24,
        precision="fp32",
    )


@pytest.fixture(scope="module")
def encoder(recipe: PretrainConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pretrain(recipe, tmp_path_factory.mktemp("pretrained") / "tiny")


def test_the_loss_on_held_out_text_falls(encoder: Path) -> None:
    losses = list(json.loads((encoder / "pretraining.json").read_text())["held_out_loss_by_tokens"].values())
    assert len(losses) == 2
    assert losses[1] < losses[0] < 6  # ln of the vocabulary is more
    assert (encoder / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_encoder_and_snapshots_are_bases_to_fine_tune(encoder: Path) -> None:
    assert not list(encoder.glob("checkpoint-*"))
    snapshots = list((encoder / "snapshots").iterdir())
    assert [folder.name for folder in snapshots] == [str(15 * 4 * 24)]
    for folder in (encoder, *snapshots):
        model, told = transformers.AutoModelForTokenClassification.from_pretrained(
            folder, num_labels=3, output_loading_info=True
        )
        assert set(told["missing_keys"]) == {"classifier.weight", "classifier.bias"}
        assert model.config.hidden_size == 128
        assert (folder / "tokenizer.json").is_file()


def test_a_run_that_was_cut_off_ends_as_an_undisturbed_one(
    recipe: PretrainConfig, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die_at_23(self: _WordGuesser, *args: object, **kwargs: object) -> object:
        if self.state.global_step == 23:
            raise Killed
        return original(self, *args, **kwargs)

    original = _WordGuesser.training_step
    monkeypatch.setattr(_WordGuesser, "training_step", die_at_23)
    with pytest.raises(Killed):
        pretrain(recipe, tmp_path / "run")
    monkeypatch.undo()
    assert (tmp_path / "run" / "checkpoint-20").is_dir()
    with pytest.raises(KyketError, match="another recipe"):
        pretrain(replace(recipe, seed=2), tmp_path / "run")
    pretrain(recipe, tmp_path / "run")
    left, right = load_file(encoder / "model.safetensors"), load_file(tmp_path / "run" / "model.safetensors")
    assert left.keys() == right.keys()
    assert all(torch.equal(left[name], right[name]) for name in left)


def test_the_head_on_hidden_tokens_alone_gives_the_loss_of_the_whole(encoder: Path) -> None:
    model = transformers.AutoModelForMaskedLM.from_pretrained(encoder, dtype=torch.float32).eval()
    ids = torch.randint(5, model.config.vocab_size, (3, 16))
    labels = torch.where(torch.rand(3, 16) < 0.3, ids, -100)
    labels[0, 0] = 7
    whole = model(input_ids=ids, labels=labels).loss
    with _only_rows(model, labels != -100):
        part = model(input_ids=ids, labels=labels[labels != -100][None]).loss
    assert torch.allclose(whole, part, atol=1e-5)


def test_what_cannot_be_trained_further_is_named(recipe: PretrainConfig, tmp_path: Path) -> None:
    with pytest.raises(KyketError, match="nowhere: no tokenizer there"):
        pretrain(replace(recipe, base="nowhere"), tmp_path / "a")
    with pytest.raises(KyketError, match="cannot be read"):
        pretrain(replace(recipe, text=("nowhere.txt",)), tmp_path / "b")
    shutil.rmtree(tmp_path / "a")
