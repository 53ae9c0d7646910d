"""Distillation: one student learns the tags that its teachers give a text nobody has annotated."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from kyket.errors import KyketError
from kyket_training.base import fit_encoder, load_model, load_tokenizer
from kyket_training.config import DistilConfig
from kyket_training.plain_text import TextTrainer, compile_layers, run_over_text
from kyket_training.text import MaskedWindows


def distil(config: DistilConfig, out: Path, *, resume: bool = True) -> Path:
    """Trains a student on what its teachers say of plain text, averaged (Hinton et al. 2015).

    The teachers see all words, the student has some hidden from it (Xie et al. 2020, Noisy Student).

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
            than the student or too few positions, a student whose layers cannot be left out, too little text,
            several processes or GPUs, or `out` holds another recipe.
    """
    teachers = _teachers(config)
    return run_over_text(
        config,
        out,
        result="distillation.json",
        base=config.student,
        load=lambda: _student(config, cast(dict[int, str], teachers[0].config.id2label)),
        trainer=partial(_Pupil, teachers=teachers),
        resume=resume,
    )


class _Pupil(TextTrainer):
    """Compares tags at the first piece of each unit, as training on articles does."""

    def __init__(self, *args: Any, teachers: Sequence[PreTrainedModel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teachers = teachers
        for teacher in teachers:
            teacher.to(self.args.device)  # type: ignore[arg-type]  # transformers hides what its `to` takes
            teacher.eval()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
            compile_layers(teacher)

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, *_: Any, **__: Any
    ) -> Any:
        """The mean cross-entropy of the student's tags against the teachers' mean probabilities."""
        seen, hidden, firsts = inputs["input_ids"], inputs["labels"], inputs["firsts"]
        with torch.no_grad(), self.accelerator.autocast():  # which prepares the student alone for bf16
            whole = torch.where(hidden == MaskedWindows.IGNORED, seen, hidden)
            told = [teacher(input_ids=whole).logits[firsts].float().softmax(-1) for teacher in self._teachers]
            wanted = torch.stack(told).mean(0)
        output = model(input_ids=seen)
        got = output.logits[firsts].float().log_softmax(-1)
        loss = -(wanted * got).sum(-1).mean()
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


def _student(config: DistilConfig, tags: dict[int, str]) -> PreTrainedModel:
    model = load_model(AutoModelForTokenClassification, config.student, "no student to teach", tags=tags)
    if config.layers is not None:
        _keep_layers(model, config.layers, config.student)
    return model


def _keep_layers(model: PreTrainedModel, count: int, name: str) -> None:
    """Leaves `count` layers, evenly spaced, the last among them (as Sanh et al. 2019, DistilBERT, do)."""
    depth: int = model.config.num_hidden_layers
    if count > depth:
        raise KyketError(f"{name}: has {depth} layers; `layers` is {count}: set {depth} or less")
    for part in model.base_model.modules():
        for child, layers in part.named_children():
            if isinstance(layers, torch.nn.ModuleList) and len(layers) == depth:
                kept = [layers[(i + 1) * depth // count - 1] for i in range(count)]
                setattr(part, child, torch.nn.ModuleList(kept))
    try:
        model.config.num_hidden_layers = count
        with torch.device("meta"):
            again = type(model)(model.config)
    except (NotImplementedError, ValueError):
        again = None
    # In some families a layer is not as the next one: T5's first holds the positions of all.
    if again is None or again.state_dict().keys() != model.state_dict().keys():
        raise KyketError(f"{name}: layers of {model.config.model_type} cannot be left out; set no `layers`")
