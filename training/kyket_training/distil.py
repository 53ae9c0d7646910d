"""Distillation: one student learns the tags that its teachers give a text nobody has annotated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import torch
from torch.nn.functional import mse_loss
from transformers import AutoModelForTokenClassification, PreTrainedModel

from kyket.errors import KyketError
from kyket_training.base import fit_encoder, load_model, load_tokenizer
from kyket_training.config import DistilConfig
from kyket_training.plain_text import TextTrainer, compile_layers, run_over_text
from kyket_training.text import MaskedWindows


def distil(config: DistilConfig, out: Path, *, resume: bool = True) -> Path:
    """Trains a student on what its teachers say of plain text, averaged (Hinton et al. 2015).

    The teachers see all words, the student has some hidden from it (Xie et al. 2020, Noisy Student). With
    `states` it also comes to have those of its teacher's layers (Jiao et al. 2020, TinyBERT), from which a
    student that began as some of these layers learns much faster.

    Args:
        config: The recipe.
        out: Folder for the student, which `kyket train --base` takes to end on annotated articles; while the
            run goes on its checkpoints lie there, and snapshots stay in `out/snapshots`.
        resume: Go on from the last checkpoint in `out`, if there is one of the same recipe; a finished run of
            it stays as it is.

    Returns:
        `out`.

    Raises:
        KyketError: no such student or teacher, a teacher with other tags than the first, with other pieces
            than the student or too few positions, a student whose layers cannot be left out or whose
            settings do not go with its weights, layers or states that student or teacher does not have,
            states of several teachers or of another width, too little text, several processes or GPUs, or
            `out` holds another recipe.
    """
    teachers = _teachers(config)
    return run_over_text(
        config,
        out,
        result="distillation.json",
        base=config.student,
        load=lambda: _student(config, teachers[0]),
        trainer=partial(_Pupil, teachers=teachers, states=config.states),
        resume=resume,
    )


class _Pupil(TextTrainer):
    """Compares tags at the first piece of each unit, as training on articles does, and states at all."""

    def __init__(
        self, *args: Any, teachers: Sequence[PreTrainedModel], states: Mapping[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._teachers, self._states = teachers, states
        for teacher in teachers:
            teacher.to(self.args.device)  # type: ignore[arg-type]  # transformers hides what its `to` takes
            teacher.eval()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
            compile_layers(teacher)

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, *_: Any, **__: Any
    ) -> Any:
        """The mean cross-entropy of the student's tags against the teachers' mean probabilities.

        With states to learn, the mean squared error of each layer's is added to it.
        """
        seen, hidden, firsts = inputs["input_ids"], inputs["labels"], inputs["firsts"]
        with_states = bool(self._states)
        with torch.no_grad(), self.accelerator.autocast():  # which prepares the student alone for bf16
            whole = torch.where(hidden == MaskedWindows.IGNORED, seen, hidden)
            told = [teacher(input_ids=whole, output_hidden_states=with_states) for teacher in self._teachers]
            wanted = torch.stack([each.logits[firsts].float().softmax(-1) for each in told]).mean(0)
        output = model(input_ids=seen, output_hidden_states=with_states)
        got = output.logits[firsts].float().log_softmax(-1)
        loss = -(wanted * got).sum(-1).mean()
        if with_states:
            errors = [
                mse_loss(output.hidden_states[own].float(), told[0].hidden_states[theirs].float())
                for own, theirs in self._states.items()
            ]
            loss = loss + torch.stack(errors).sum()
        return (loss, output) if return_outputs else loss


def _teachers(config: DistilConfig) -> list[PreTrainedModel]:
    """The teachers; they are given the student's pieces, so theirs must be the same ones."""
    teachers = [
        load_model(AutoModelForTokenClassification, folder, "no teacher there") for folder in config.teachers
    ]
    pieces = load_tokenizer(config.student).get_vocab()
    for folder, teacher in zip(config.teachers, teachers, strict=True):
        if teacher.config.id2label != teachers[0].config.id2label:
            raise KyketError(f"{folder}: not of the same tags as {config.teachers[0]}")
        tokenizer = load_tokenizer(folder)
        if tokenizer.get_vocab() != pieces:
            raise KyketError(f"{folder}: not of the same pieces as {config.student}")
        fit_encoder(teacher, tokenizer, folder, config.window)
    return teachers


def _student(config: DistilConfig, teacher: PreTrainedModel) -> PreTrainedModel:
    model = load_model(
        AutoModelForTokenClassification,
        config.student,
        "no student to teach",
        # Dropout is noise that the teacher's states do not have.
        dropout=0.0 if config.states else None,
        attention_dropout=0.0 if config.states else None,
        settings=config.settings,
        tags=cast(dict[int, str], teacher.config.id2label),
    )
    if config.layers is not None:
        _keep_layers(model, config.layers, config.student)
    _check_states(config, model, teacher)
    if config.frozen is not None:
        _freeze(model, config.frozen, config.student)
    return model


def _keep_layers(model: PreTrainedModel, wanted: int | Sequence[int], name: str) -> None:
    """Leaves the layers wanted, counted from 1.

    A number alone stands for layers evenly spaced, the last among them (Sanh et al. 2019, DistilBERT).
    """
    depth: int = model.config.num_hidden_layers
    most = wanted if isinstance(wanted, int) else max(wanted)
    if most > depth:
        raise KyketError(f"{name}: has {depth} layers; `layers` asks for {most}: ask for {depth} or less")
    kept = [(i + 1) * depth // wanted for i in range(wanted)] if isinstance(wanted, int) else list(wanted)
    if not _are_alike(model) or not _leave(model, kept, depth):
        raise KyketError(f"{name}: layers of {model.config.model_type} cannot be left out; set no `layers`")


def _are_alike(model: PreTrainedModel) -> bool:
    """Whether no layer is of another kind than the next, which a checkpoint would tell by their number."""
    return len(set(getattr(model.config, "layer_types", None) or ())) <= 1


def _leave(model: PreTrainedModel, kept: Sequence[int], depth: int) -> bool:
    """Takes all other layers away; gives whether a checkpoint of what is left can be read.

    In some families it cannot, as a layer is not as the next one: T5's first holds the positions of all.
    """
    for part, child, layers in _stacks(model, depth):
        setattr(part, child, torch.nn.ModuleList(layers[i - 1] for i in kept))
    model.config.num_hidden_layers = len(kept)
    try:
        with torch.device("meta"):
            again = type(model)(model.config)
    except (NotImplementedError, ValueError):
        return False
    return again.state_dict().keys() == model.state_dict().keys()


def _stacks(model: PreTrainedModel, depth: int) -> list[tuple[torch.nn.Module, str, torch.nn.ModuleList]]:
    """The lists of a model's layers, each with the module that has it and its name there."""
    return [
        (part, child, layers)
        for part in model.base_model.modules()
        for child, layers in part.named_children()
        if isinstance(layers, torch.nn.ModuleList) and len(layers) == depth
    ]


def _check_states(config: DistilConfig, student: PreTrainedModel, teacher: PreTrainedModel) -> None:
    if not config.states:
        return
    for model, name, layers in (
        (student, "student", config.states.keys()),
        (teacher, "teacher", config.states.values()),
    ):
        if max(layers) > (depth := model.config.num_hidden_layers):
            raise KyketError(f"`states` names layer {max(layers)} of the {name}, which has {depth}")
    if (own := student.config.hidden_size) != (theirs := teacher.config.hidden_size):
        raise KyketError(f"`states` want one width; the student has {own}, the teacher {theirs}: set none")


def _freeze(model: PreTrainedModel, layers: int, name: str) -> None:
    """Has the embeddings and the first layers stay as they are."""
    depth: int = model.config.num_hidden_layers
    stacks = _stacks(model, depth)
    if layers and (layers > depth or not stacks):
        raise KyketError(f"{name}: {layers} of its {depth} layers cannot be frozen; set a smaller `frozen`")
    model.get_input_embeddings().requires_grad_(False)
    embeddings = getattr(model.base_model, "embeddings", None)
    if isinstance(embeddings, torch.nn.Module):  # with positions and what follows them
        embeddings.requires_grad_(False)
    for _, _, stack in stacks:
        for layer in stack[:layers]:
            layer.requires_grad_(False)
