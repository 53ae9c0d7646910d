"""From articles to a document: a tiny model, trained, resumed, exported, loaded."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("datasets")

from safetensors.torch import load_file, save_file  # noqa: E402

import kyket  # noqa: E402
from kyket import schema  # noqa: E402
from kyket.bundle import Layout, read_manifest  # noqa: E402
from kyket.errors import KyketError  # noqa: E402
from kyket_training.base import load_model  # noqa: E402
from kyket_training.card import write_card  # noqa: E402
from kyket_training.config import Augment, TrainConfig, read_config  # noqa: E402
from kyket_training.corpus import read_articles  # noqa: E402
from kyket_training.export import export  # noqa: E402
from kyket_training.measure import final_figures, measure  # noqa: E402
from kyket_training.train import ArticleTrainer, train  # noqa: E402

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "models" / "kyket-small"


@pytest.fixture(scope="module")
def recipe(base: Path, articles: Path) -> TrainConfig:
    """Two epochs of five steps, with all that is random in training turned on."""
    return TrainConfig(
        name="tiny",
        base=str(base),
        train=str(articles),
        dev=str(articles),
        window=64,
        overlap=16,
        epochs=2,
        batch_size=2,
        learning_rate=1e-3,
        layer_decay=0.9,
        label_smoothing=0.05,
        mask_tokens=0.1,
        shift_positions=0.5,
        average=0.9,
        precision="fp32",
        augment=Augment(people=0.5, places=0.5, dashes=0.5, join_lines=0.3),
    )


@pytest.fixture(scope="module")
def run(recipe: TrainConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "tiny"
    train(recipe, folder)
    return folder


@pytest.fixture(scope="module")
def bundle(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnxscript")
    return export(run, tmp_path_factory.mktemp("bundle") / "tiny")


def last_checkpoint(run: Path) -> Path:
    return max(run.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[1]))


def same_weights(one: Path, other: Path) -> bool:
    left, right = load_file(one), load_file(other)
    return left.keys() == right.keys() and all(torch.equal(left[name], right[name]) for name in left)


def test_a_run_leaves_a_checkpoint_a_recipe_and_a_curve(run: Path, recipe: TrainConfig) -> None:
    assert msgspec.yaml.decode((run / Layout.RECIPE).read_bytes(), type=TrainConfig) == recipe
    assert (run / Layout.CURVE).read_bytes().startswith(b"\x89PNG")
    assert json.loads((run / "best" / "dev.json").read_text())["epoch"] in {1, 2}
    assert (run / "best" / "tokenizer.json").is_file()


def test_training_teaches(recipe: TrainConfig, often: Callable[[int], Path], tmp_path: Path) -> None:
    train(msgspec.structs.replace(recipe, train=str(often(3))), tmp_path / "run")
    state = json.loads((last_checkpoint(tmp_path / "run") / "trainer_state.json").read_text())
    losses = [entry["loss"] for entry in state["log_history"] if "loss" in entry]
    assert len(losses) >= 3  # means of ten steps each
    assert losses[-1] < 0.85 * losses[0]


def test_a_killed_run_goes_on_as_if_nothing_had_been(
    run: Path, recipe: TrainConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(Exception):
        pass

    def die_after(save: Callable[..., None]) -> Callable[..., None]:
        def save_and_die(trainer: Any, folder: Path) -> None:
            save(trainer, folder)
            raise KilledError

        return save_and_die

    with monkeypatch.context() as patch:
        patch.setattr(ArticleTrainer, "save_average", die_after(ArticleTrainer.save_average))
        with pytest.raises(KilledError):
            train(recipe, tmp_path / "run")
    killed_at = last_checkpoint(tmp_path / "run").name
    train(recipe, tmp_path / "run")
    resumed, undisturbed = last_checkpoint(tmp_path / "run"), last_checkpoint(run)
    assert killed_at != resumed.name == undisturbed.name
    assert same_weights(resumed / "model.safetensors", undisturbed / "model.safetensors")
    one, other = (torch.load(folder / "average.pt", weights_only=True) for folder in (resumed, undisturbed))
    assert all(torch.equal(one[name], other[name]) for name in other)
    assert same_weights(tmp_path / "run" / "best" / "model.safetensors", run / "best" / "model.safetensors")


def test_a_run_of_another_recipe_is_not_gone_on_with(run: Path, recipe: TrainConfig) -> None:
    with pytest.raises(KyketError, match="another recipe"):
        train(msgspec.structs.replace(recipe, seed=2), run)


def test_articles_to_measure_on_are_read_before_the_work(
    run: Path, recipe: TrainConfig, articles: Path, tmp_path: Path
) -> None:
    wrong = msgspec.structs.replace(recipe, test=str(tmp_path / "nowhere"))
    with pytest.raises(KyketError, match="nowhere"):
        train(wrong, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    train(msgspec.structs.replace(recipe, test=str(articles)), copy)  # goes on, which is to do nothing
    assert read_config(copy / Layout.RECIPE).test == str(articles)
    assert same_weights(copy / "best" / "model.safetensors", run / "best" / "model.safetensors")


def test_a_run_on_other_data_is_not_gone_on_with(
    recipe: TrainConfig, run: Path, articles: Path, tmp_path: Path
) -> None:
    copy, data = tmp_path / "run", tmp_path / "data"
    shutil.copytree(run, copy)
    shutil.copytree(articles, data)
    found = json.loads((copy / "data.json").read_bytes())
    (copy / "data.json").write_text(json.dumps({str(data): found[str(articles)]}))
    moved = msgspec.structs.replace(recipe, train=str(data), dev=str(data))
    (copy / Layout.RECIPE).write_bytes(msgspec.yaml.encode(moved))
    train(moved, copy)
    (data / "one.txt").write_text("---\nid: one\n---\n[[PER:Lò Na]]\n", "utf-8")
    for again in (lambda: train(moved, copy), lambda: export(copy, tmp_path / "out")):
        with pytest.raises(KyketError, match="was trained on other data"):
            again()


def test_no_base(recipe: TrainConfig, tmp_path: Path) -> None:
    nowhere = msgspec.structs.replace(recipe, base=str(tmp_path / "nowhere"))
    with pytest.raises(KyketError, match="nowhere") as caught:
        train(nowhere, tmp_path / "run")
    assert "\n" not in str(caught.value)


def test_a_base_without_weights_of_an_encoder_is_told(
    base: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = tmp_path / "other"
    shutil.copytree(base, other)
    weights = load_file(other / "model.safetensors")
    save_file({name: w for name, w in weights.items() if "layer.1." not in name}, other / "model.safetensors")
    with caplog.at_level(logging.WARNING):
        load_model(transformers.AutoModelForTokenClassification, str(base), "none", tags={0: "O"})
        assert "begin anew" not in caplog.text
        load_model(transformers.AutoModelForTokenClassification, str(other), "none", tags={0: "O"})
    assert "weights of the encoder are not there and begin anew: bert.encoder.layer.1." in caplog.text


def test_a_bundle_is_measured(bundle: Path, recipe: TrainConfig, run: Path) -> None:
    measure(bundle)
    metrics = json.loads((bundle / Layout.METRICS).read_bytes())
    assert metrics["data"] == recipe.dev
    assert metrics["articles"] == 5
    assert metrics["robustness"]["as written"]["entities"] >= 0
    assert {"error", "error_without_temperature"} < metrics["calibration"].keys()
    assert (bundle / Layout.RELIABILITY).read_bytes().startswith(b"\x89PNG")
    card = (bundle / Layout.CARD).read_text("utf-8")
    assert f"| entities | {metrics['figures']['entities']['precision']:.3f} |" in card
    assert Layout.RELIABILITY in card
    assert card.startswith("---\nlibrary_name: transformers\n")  # of licence and language nothing is known
    assert "press" not in card and "The figures are optimistic" in card
    figures = final_figures(run, bundle)
    assert f"{metrics['figures']['all']['f1']:.3f} of the bundle" in figures and "optimistic" in figures
    (bundle / Layout.METRICS).write_text(json.dumps({**metrics, "data": "elsewhere"}))
    write_card(bundle)
    assert "optimistic" not in (bundle / Layout.CARD).read_text("utf-8") + final_figures(run, bundle)


@pytest.mark.skipif(not (BUNDLE / "metrics.json").is_file(), reason="models/kyket-small is not measured")
def test_the_card_that_ships_is_what_the_command_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for name in (Layout.METRICS, Layout.RECIPE, Layout.MANIFEST, Layout.NETWORK, Layout.TOKENIZER):
        shutil.copyfile(BUNDLE / name, tmp_path / name)
    write_card(tmp_path)
    assert (tmp_path / Layout.CARD).read_bytes() == (BUNDLE / Layout.CARD).read_bytes()


def test_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(KyketError, match="no trained model there"):
        export(tmp_path, tmp_path / "out")


def test_the_bundle_describes_the_model(bundle: Path, recipe: TrainConfig) -> None:
    manifest = read_manifest(bundle)
    assert (manifest.name, manifest.window, manifest.overlap) == ("tiny", 64, 16)
    assert len(manifest.tags) == 1 + 2 * len(recipe.labels)
    assert 0.05 <= manifest.temperature <= 10


def test_the_bundle_reads_articles(bundle: Path, articles: Path) -> None:
    extractor = kyket.load(bundle)
    validator = jsonschema.Draft202012Validator(schema.load())
    for article in read_articles(articles):
        text = article.text * 4
        doc = extractor(text)
        validator.validate(doc.to_dict())
        assert doc.text == text
        assert all(text[span.start : span.end] == span.text for span in doc.spans)


def test_the_network_of_the_bundle_is_the_checkpoint(bundle: Path, run: Path, articles: Path) -> None:
    transformers = pytest.importorskip("transformers")
    checkpoint = transformers.AutoModelForTokenClassification.from_pretrained(
        run / "best", dtype=torch.float32
    ).eval()
    tagger = kyket.load(bundle).tagger
    for article in read_articles(articles):
        tokens = tagger.tokenizer(article.text)
        ids = torch.tensor([*tagger.tokenizer.prefix, *tokens.ids, *tagger.tokenizer.suffix])[:64]
        with torch.inference_mode():
            expected = checkpoint(ids[None]).logits[0]
        got = torch.from_numpy(tagger._network(ids.numpy()))
        assert torch.allclose(got, expected, rtol=0, atol=0.05 * float(expected.std()))


def test_a_checkpoint_that_a_kill_left_unfinished_is_passed_over(
    run: Path, recipe: TrainConfig, tmp_path: Path
) -> None:
    copy = tmp_path / "run"
    shutil.copytree(run, copy)
    newest = last_checkpoint(copy)
    (newest / "average.pt").unlink()
    train(recipe, copy)
    assert same_weights(newest / "model.safetensors", last_checkpoint(run) / "model.safetensors")
    assert (newest / "average.pt").is_file()


def test_other_families_of_encoders_train(recipe: TrainConfig, base: Path, tmp_path: Path) -> None:
    other = tmp_path / "distilbert"
    shutil.copytree(base, other)
    vocabulary = transformers.AutoTokenizer.from_pretrained(base).vocab_size
    shape = transformers.DistilBertConfig(
        vocab_size=vocabulary, dim=128, n_layers=1, n_heads=2, hidden_dim=64
    )
    (other / "config.json").unlink()
    (other / "model.safetensors").unlink()
    transformers.DistilBertModel(shape).save_pretrained(other)
    once = msgspec.structs.replace(recipe, base=str(other), epochs=1, shift_positions=0.0)
    assert (train(once, tmp_path / "run") / "model.safetensors").is_file()


def test_in_bf16_padding_is_hidden_too(base: Path, recipe: TrainConfig, run: Path, tmp_path: Path) -> None:
    """The loss of a step in bf16, with its own mask, is that in fp32 but for rounding."""
    rough = msgspec.structs.replace(recipe, epochs=1, precision="bf16")
    losses = {}
    for name, config in (("fp32", msgspec.structs.replace(rough, precision="fp32")), ("bf16", rough)):
        train(config, tmp_path / name)
        state = json.loads((last_checkpoint(tmp_path / name) / "trainer_state.json").read_text())
        losses[name] = [entry["loss"] for entry in state["log_history"] if "loss" in entry]
    assert losses["bf16"] == pytest.approx(losses["fp32"], rel=0.02)
