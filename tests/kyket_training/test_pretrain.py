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
    """Thirty steps of 4 × 24 tokens, measured after each 13."""
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
        snapshot_tokens=13 * 4 * 24,
        precision="fp32",
    )


@pytest.fixture(scope="module")
def encoder(recipe: PretrainConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pretrain(recipe, tmp_path_factory.mktemp("pretrained") / "tiny")


def test_the_loss_on_held_out_text_falls(encoder: Path) -> None:
    measured = json.loads((encoder / "pretraining.json").read_text())["held_out_loss_by_tokens"]
    assert list(measured) == [str(steps * 4 * 24) for steps in (13, 26, 30)]  # the result among them
    losses = list(measured.values())
    assert losses[2] < losses[0] < 6  # ln of the vocabulary is more
    assert (encoder / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_encoder_and_snapshots_are_bases_to_fine_tune(encoder: Path) -> None:
    assert not list(encoder.glob("checkpoint-*"))
    snapshots = sorted((encoder / "snapshots").iterdir())
    assert [folder.name for folder in snapshots] == [str(13 * 4 * 24), str(26 * 4 * 24)]
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


def test_a_run_that_goes_on_needs_the_text_no_more(
    recipe: PretrainConfig, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "news.txt"
    text.write_bytes(Path(recipe.text[0]).read_bytes())
    own = replace(recipe, text=(str(text),))

    def no_training(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_WordGuesser, "train", no_training)
    with pytest.raises(KeyboardInterrupt):
        pretrain(own, tmp_path / "run")
    monkeypatch.undo()
    text.unlink()
    pretrain(own, tmp_path / "run")
    left, right = load_file(encoder / "model.safetensors"), load_file(tmp_path / "run" / "model.safetensors")
    assert all(torch.equal(left[name], right[name]) for name in left)
    assert not (tmp_path / "run" / "tokens.npz").exists()


def test_tied_weights_are_saved_once(encoder: Path) -> None:
    names = load_file(encoder / "model.safetensors").keys()
    assert "cls.predictions.decoder.weight" not in names and "bert.embeddings.word_embeddings.weight" in names


def test_a_finished_run_stays_as_it_is_and_takes_no_other_recipe(
    recipe: PretrainConfig, encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_training(*args: object, **kwargs: object) -> None:
        raise AssertionError("trained again")

    monkeypatch.setattr(_WordGuesser, "train", no_training)
    files = sorted(path for path in encoder.rglob("*") if path.is_file())
    before = {path: path.read_bytes() for path in files}
    assert pretrain(recipe, encoder) == encoder
    with pytest.raises(KyketError, match="another recipe"):
        pretrain(replace(recipe, tokens=recipe.tokens * 2), encoder)
    assert {path: path.read_bytes() for path in sorted(encoder.rglob("*")) if path.is_file()} == before
    (encoder / "config.yaml").write_text("name: 3")
    try:
        with pytest.raises(KyketError, match="another recipe"):
            pretrain(recipe, encoder)
    finally:
        (encoder / "config.yaml").write_bytes(before[encoder / "config.yaml"])


@pytest.mark.parametrize("count", ["world_size", "n_gpu"])
def test_several_processes_or_gpus_are_refused_before_anything_is_written(
    recipe: PretrainConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: str
) -> None:
    monkeypatch.setattr(transformers.TrainingArguments, count, property(lambda self: 2))
    with pytest.raises(KyketError, match="one process on one GPU"):
        pretrain(recipe, tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (["Hội họp."], "held out to measure on has"),
        (["Hội làm vườn huyện họp bàn chuyện trồng chè, nuôi ong. " * 40], "to learn from has 0 tokens"),
    ],
    ids=["short", "one document"],
)
def test_a_text_too_short_is_told_with_what_it_is_too_short_for(
    recipe: PretrainConfig, tmp_path: Path, documents: list[str], said: str
) -> None:
    (tmp_path / "few.txt").write_text("\n\n".join(documents), "utf-8")
    with pytest.raises(KyketError, match=said) as caught:
        pretrain(replace(recipe, text=(str(tmp_path / "few.txt"),)), tmp_path / "run")
    assert "few.txt" in str(caught.value) and "A blank line ends a document" in str(caught.value)


def test_few_short_documents_are_enough_where_each_text_has_two_windows(
    recipe: PretrainConfig, tmp_path: Path
) -> None:
    (tmp_path / "few.txt").write_text("\n\n".join(f"Hội số {n} họp ở Huế." for n in range(30)), "utf-8")
    done = pretrain(replace(recipe, text=(str(tmp_path / "few.txt"),), tokens=2 * 4 * 24), tmp_path / "run")
    assert (done / "pretraining.json").is_file()


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
