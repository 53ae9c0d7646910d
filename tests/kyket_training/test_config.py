from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from kyket.labels import LABELS
from kyket_training.config import (
    ConfigError,
    TrainConfig,
    changed,
    parse_settings,
    read_config,
    read_distil_config,
    read_pretrain_config,
)

CONFIGS = Path(__file__).parents[2] / "configs"
LEAST = "name: tiny\nbase: b\ntrain: t\ndev: d\n"


def test_what_a_recipe_leaves_out_has_a_default(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(LEAST)
    config = read_config(path)
    assert config == TrainConfig(name="tiny", base="b", train="t", dev="d")
    assert config.labels == LABELS
    assert config.augment.people == 0


def test_a_recipe_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(LEAST + "learning_rate: 3.0e-4\nlabels: [ORG, PER]\naugment: {people: 0.5}\n")
    config = read_config(path)
    path.write_bytes(msgspec.yaml.encode(config))
    assert read_config(path) == config


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.name)
def test_the_recipes_that_ship_can_be_read(path: Path) -> None:
    if path.stem == "pretrain":
        assert read_pretrain_config(path).tokens > 10_000_000
    elif path.stem == "distil":
        assert len(read_distil_config(path).teachers) == 3
    elif path.stem == "lean":
        assert list(read_distil_config(path).states) == list(range(1, 13))
    elif path.stem == "fast":
        recipe = read_distil_config(path)
        assert isinstance(recipe.layers, tuple) and max(recipe.states) == len(recipe.layers)
    else:
        config = read_config(path)
        assert config.overlap < config.window / 2


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("learning_rat: 1\n", "learning_rat"),
        ("augment: {peple: 1}\n", "peple"),
        ("epochs: many\n", "epochs"),
        ("augment: 3\n", "augment"),
        ("labels: ORG\n", "labels"),
        ("window: 1.5\n", "window"),
        ("window: 64\noverlap: 16\nread_window: 128\n", "read_window"),
        ("window: 64\noverlap: 16\nread_window: 32\n", "overlap"),
        ("learning_rate: 0\n", "learning_rate"),
        ("learning_rate: -1e-4\n", "learning_rate"),
        ("learning_rate: .nan\n", "learning_rate"),
        ("labels: []\n", "labels"),
        ("labels: [PER, PER]\n", "labels"),
        ("average: 1\n", "average"),
        ("average: -0.1\n", "average"),
        ("weight_decay: -1\n", "weight_decay"),
        ("layer_decay: -0.5\n", "layer_decay"),
        ("epochs: 0\n", "epochs"),
        ("seed: -1\n", "seed"),
    ],
)
def test_an_unknown_key_or_a_wrong_value_is_named(tmp_path: Path, more: str, named: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(LEAST + more)
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    message = str(caught.value)
    assert named in message
    assert str(path) in message
    assert "\n" not in message


@pytest.mark.parametrize("written", ["3e-4", "3.0e-4", "3E-4", "0.0003", "+3.e-4", "300e-6"])
def test_a_number_is_one_however_it_is_written(tmp_path: Path, written: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(LEAST + f"learning_rate: {written}\n")
    assert read_config(path).learning_rate == pytest.approx(3e-4)


def test_values_given_beside_a_recipe_are_checked_like_its_own() -> None:
    recipe = TrainConfig(name="tiny", base="b", train="t", dev="d")
    given = parse_settings(["epochs=3", "learning_rate=5e-5", "labels=auto", "augment={people: 0.5}"])
    other = changed(recipe, given)
    assert (other.epochs, other.learning_rate, other.labels) == (3, 5e-5, "auto")
    assert other.augment.people == 0.5
    assert changed(recipe, {"test": None}) == recipe
    for wrong, named in (
        ("epochs=0", "epochs"),
        ("epohcs=3", "no key epohcs; is it epochs"),
        ("augment={poeple: 1}", "no key poeple in augment; is it people"),
        ("colour=1", "no key colour$"),
        ("overlap=500", "overlap"),
        ("seed=-1", "seed"),
    ):
        with pytest.raises(ConfigError, match=named):
            changed(recipe, parse_settings([wrong]))
    with pytest.raises(ConfigError, match="is not YAML"):
        parse_settings(["epochs=["])


@pytest.mark.parametrize("content", ["", "- a\n", "name: [\n", "name: tiny\n", "\x00"])
def test_what_is_no_recipe_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(content)
    with pytest.raises(ConfigError, match=r"r\.yaml"):
        read_config(path)


def test_a_recipe_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml"):
        read_config(tmp_path / "none.yaml")


def test_each_step_of_the_whole_begins_where_the_one_before_ended() -> None:
    steps = (CONFIGS / "kyket-small.sh").read_text("utf-8")
    assert (CONFIGS.parent / read_config(CONFIGS / "small.yaml").base / "config.json").is_file()
    distilled = read_distil_config(CONFIGS / "distil.yaml")
    assert distilled.student in distilled.teachers
    assert [f"runs/teacher-{seed}/best" for seed in (1, 2, 3)] == list(distilled.teachers)
    assert f"distil.yaml {read_config(CONFIGS / 'small-last.yaml').base} " in steps


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("layers: [2, 1]\n", r"`layers` \[2, 1\] do not ascend"),
        ("states: {1: 2}\n", "`states` are those of one teacher"),
    ],
)
def test_what_no_distillation_can_do_is_refused(tmp_path: Path, more: str, said: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("name: a\nstudent: b\nteachers: [b, c]\ntext: [d]\ntokens: 9\n" + more)
    with pytest.raises(ConfigError, match=said):
        read_distil_config(path)
