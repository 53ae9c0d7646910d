"""A training recipe: one YAML file is the whole experiment, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
import regex
import yaml

from kyket.errors import KyketError
from kyket.labels import LABELS
from kyket_training.formats import FormatError
from kyket_training.formats.registry import reading

Chance = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=1)]
Factor = Annotated[float, msgspec.Meta(ge=0)]
Rate = Annotated[float, msgspec.Meta(gt=0, lt=1)]
Seed = Annotated[int, msgspec.Meta(ge=0, lt=2**32)]  # what numpy takes
Labels = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class ConfigError(KyketError):
    """A recipe with an unknown key or a value of the wrong kind; the message names both."""


class Augment(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Chances, from 0 to 1, of the changes made to a training article each time it is seen.

    Attributes:
        people: To give every person of the article another name, the same in all mentions.
        places: To move every place of the article, inside organisations' names too.
        abbreviations: For each long form or abbreviation of the general table to be written the other way.
        upper_title: To set the first line in capitals.
        case: To set the whole article in capitals, or in small letters (each half of the chance).
        join_lines: To lose the line breaks, as pages that were scraped do.
        dashes: To change the kind and spacing of dashes between figures and names.
        typos: To mistype one letter in fifty.
    """

    people: Chance = 0.0
    places: Chance = 0.0
    abbreviations: Chance = 0.0
    upper_title: Chance = 0.0
    case: Chance = 0.0
    join_lines: Chance = 0.0
    dashes: Chance = 0.0
    typos: Chance = 0.0


class TrainConfig(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """Everything that decides how a model comes out.

    Attributes:
        name: Name of the model.
        base: Folder or Hub name of the encoder to start from.
        train: Annotated articles to learn from: a folder, file or dataset.
        dev: Annotated articles on which the best epoch is chosen.
        test: Annotated articles that the finished model is scored on, for its card.
        format: What these three are, as `kyket_training.formats` names it; None goes by the suffix, and else
            takes `inline`.
        labels: What to tag, in the order of the model's outputs; `auto` for what the training data has.
        window: Most tokens that the encoder sees at once, special tokens included.
        overlap: Least tokens that the windows of a sentence longer than one share, about.
        read_window: Most tokens of a window for the finished model, which may read faster in shorter ones;
            None for `window`.
        epochs: Passes over the training articles.
        batch_size: Windows a step.
        learning_rate: Of the classifier and the top layer, at its peak.
        layer_decay: Factor on the learning rate from each layer to the one below it.
        weight_decay: AdamW's.
        warmup: Share of all steps in which the learning rate rises; then it falls linearly to 0.
        label_smoothing: Probability mass spread over the other tags.
        dropout: Of hidden states; without it a CPU trains a fifth faster.
        attention_dropout: Of attention weights; without it a CPU trains half as fast again.
        mask_tokens: Chance of each input piece to be hidden while training.
        shift_positions: Chance of a window to be read as if it stood further down a page, so that all
            position embeddings learn the task.
        average: Decay of the moving average of weights that is kept; 0 keeps the weights themselves.
        precision: `bf16`, `fp32`, or `auto`: bf16 where the hardware has it.
        seed: Of initialisation, order and augmentation.
        augment: What is varied in the text.
        notes: What a reader of the card must know of how the model came about, beyond the recipe.
    """

    name: str
    base: str
    train: str
    dev: str
    test: str | None = None
    format: str | None = None
    labels: Labels | Literal["auto"] = LABELS
    window: int = 510
    overlap: int = 128
    read_window: Count | None = None
    epochs: Count = 12
    batch_size: Count = 8
    learning_rate: Rate = 3e-4
    layer_decay: Chance = 1.0
    weight_decay: Factor = 0.01
    warmup: Chance = 0.1
    label_smoothing: Chance = 0.0
    dropout: Chance = 0.1
    attention_dropout: Chance = 0.0
    mask_tokens: Chance = 0.0
    shift_positions: Chance = 0.0
    average: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.0
    precision: Literal["auto", "bf16", "fp32"] = "auto"
    seed: Seed = 1
    augment: Augment = msgspec.field(default_factory=Augment)
    notes: str = ""

    def __post_init__(self) -> None:
        for window in {self.window, self.read_window or self.window}:
            if window < 8 or not 0 <= self.overlap < window / 2:
                raise ValueError("a window needs 8 pieces or more, and `overlap` less than half of it")
        if self.read_window is not None and self.read_window > self.window:
            raise ValueError("`read_window` is at most `window`, which the encoder has learned from")
        if twice := sorted({label for label in self.labels if self.labels.count(label) > 1}):
            raise ValueError(f"`labels` has {', '.join(twice)} twice")
        if self.format is not None:
            try:
                reading(self.format)
            except FormatError as error:
                raise ValueError(str(error)) from None


class TextConfig(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """What decides a run over plain text, whatever is learned from it.

    Attributes:
        name: Name of the model that comes out.
        text: Files and folders of plain text; a blank line ends a document.
        near: Words of the field; documents that contain one of them come first.
        tokens: How many tokens to read in all, passes over a shorter text counted each time.
        window: Tokens that the encoder sees at once, special tokens included.
        batch_size: Windows a step.
        hidden: Share of the tokens that the model does not see.
        learning_rate: At its peak.
        weight_decay: AdamW's.
        warmup: Share of all steps in which the learning rate rises; then it falls linearly to 0.
        checkpoint_tokens: A run that was stopped goes on from the last multiple of so many tokens.
        snapshot_tokens: After each so many tokens the loss on held-out text is measured and the model kept.
        precision: `bf16`, `fp32`, or `auto`: bf16 where the hardware has it.
        seed: Of the order of the text and of what is hidden.
    """

    name: str
    text: tuple[str, ...]
    near: tuple[str, ...] = ()
    tokens: Count
    window: Count = 128
    batch_size: Count = 24
    hidden: Annotated[float, msgspec.Meta(gt=0, lt=1)] = 0.2
    learning_rate: Rate = 3e-4
    weight_decay: Factor = 0.01
    warmup: Chance = 0.05
    checkpoint_tokens: Count = 1_000_000
    snapshot_tokens: Count = 2_500_000
    precision: Literal["auto", "bf16", "fp32"] = "auto"
    seed: Seed = 1


class PretrainConfig(TextConfig, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """A recipe of continued masked-language-model training.

    Attributes:
        base: Folder or Hub name of the encoder to start from.
    """

    base: str


class DistilConfig(TextConfig, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """A recipe of distillation: one student learns the tags that its teachers give a text.

    Student and teachers have one vocabulary, teachers the same tags.

    Attributes:
        student: Folder or Hub name of the checkpoint to start from: a teacher, or an encoder without tags.
        layers: How many of its layers to keep, evenly spaced and the last among them; or which, counted from
            1; None for all.
        frozen: How many of the layers kept, from the embeddings on, do not learn; nor do the embeddings, and
            with 0 they alone do not. None has everything learn. They may be of any checkpoint: the
            teacher's tags and states are asked of what follows them.
        settings: Fields of its configuration, as transformers names them, that are to be other than in the
            checkpoint, whose weights it keeps: `hidden_act: relu`, `num_attention_heads: 4`.
        teachers: Folders of trained checkpoints, `RUN/best`; what they say is averaged.
        states: For layers of the student, of those kept, the layer of its one teacher whose states they come
            to have; both counted from 1.
    """

    student: str
    layers: Count | Annotated[tuple[Count, ...], msgspec.Meta(min_length=1)] | None = None
    frozen: Annotated[int, msgspec.Meta(ge=0)] | None = None
    settings: dict[str, bool | int | float | str] = msgspec.field(default_factory=dict)
    teachers: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    states: dict[Count, Count] = msgspec.field(default_factory=dict)
    hidden: Annotated[float, msgspec.Meta(gt=0, lt=1)] = 0.05

    def __post_init__(self) -> None:
        if isinstance(self.layers, tuple) and list(self.layers) != sorted(set(self.layers)):
            raise ValueError(f"`layers` {list(self.layers)} do not ascend; name each once, in their order")
        if self.states and len(self.teachers) > 1:
            raise ValueError("`states` are those of one teacher; name one in `teachers`, or set no `states`")


Recipe = TypeVar("Recipe", bound=msgspec.Struct)


class _Loader(yaml.SafeLoader):
    """YAML in which `3e-4` is a number, as in YAML 1.2 and JSON; to PyYAML it is one with a point only."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    regex.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+\Z"),
    list("-+0123456789"),
)


def read_config(path: Path) -> TrainConfig:
    """Reads a recipe of `kyket train`.

    Raises:
        ConfigError: it cannot be read, has an unknown key, or a value of the wrong kind.
    """
    return read_recipe(path, TrainConfig)


def read_pretrain_config(path: Path) -> PretrainConfig:
    """Reads a recipe of `kyket pretrain`; raises as `read_config` does."""
    return read_recipe(path, PretrainConfig)


def read_distil_config(path: Path) -> DistilConfig:
    """Reads a recipe of `kyket distil`; raises as `read_config` does."""
    return read_recipe(path, DistilConfig)


def changed(recipe: Recipe, values: Mapping[str, object]) -> Recipe:
    """The recipe with other values for some of its keys, checked as it was itself.

    Raises:
        ConfigError: an unknown key or a value of the wrong kind.
    """
    try:
        return msgspec.convert({**msgspec.to_builtins(recipe), **values}, type(recipe))
    except msgspec.ValidationError as error:
        raise ConfigError(_reason(error, type(recipe))) from None


def _reason(error: Exception, kind: type[Recipe]) -> str:
    """What is wrong with a recipe, on one line; for a key that there is none of, the key that it is like."""
    text = " ".join(str(error).split())
    unknown = regex.match(r"Object contains unknown field `(.+?)`(?: - at `\$\.(.+)`)?$", text)
    if unknown is None:
        return text
    key, within = unknown[1], unknown[2]
    keys = Augment.__struct_fields__ if within == "augment" else kind.__struct_fields__
    like = get_close_matches(key, keys, n=1)
    return f"no key {key}" + (f" in {within}" if within else "") + (f"; is it {like[0]}?" if like else "")


def parse_settings(settings: Iterable[str]) -> dict[str, object]:
    """The keys and values of `KEY=VALUE`, each value as YAML has it.

    Raises:
        ConfigError: a value that is not YAML.

    Example:
        >>> parse_settings(["epochs=3", "learning_rate=5e-5", "labels=[PER, LOC]"])
        {'epochs': 3, 'learning_rate': 5e-05, 'labels': ['PER', 'LOC']}
    """
    values: dict[str, object] = {}
    for setting in settings:
        key, _, value = setting.partition("=")
        try:
            values[key.strip()] = yaml.load(value, _Loader)
        except (yaml.YAMLError, ValueError):
            raise ConfigError(f"{setting}: the value is not YAML") from None
    return values


def read_recipe(path: Path, kind: type[Recipe]) -> Recipe:
    """Reads a recipe of the kind named; raises as `read_config` does."""
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), _Loader), kind)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except (msgspec.ValidationError, yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{path}: {_reason(error, kind)}") from None
