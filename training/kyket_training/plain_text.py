"""A run over plain text, as pre-training and distillation make it: tokens, steps, snapshots, result."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from torch.utils._triton import has_triton
from torch.utils.data import Dataset, SequentialSampler
from transformers import (
    PreTrainedModel,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
    set_seed,
)

from kyket.bundle import Layout
from kyket.errors import KyketError
from kyket.tagging.tokens import TextTokenizer
from kyket_training.base import fit_encoder, load_tokenizer
from kyket_training.config import TextConfig
from kyket_training.curve import draw_losses
from kyket_training.runs import check_recipe, last_checkpoint, uses_bf16
from kyket_training.text import MaskedWindows, TokenStream, nearest_first, read_documents

_HELD_OUT = 50
"""One in so many documents is not learned from but measured on, until there are `_MOST_HELD_OUT`."""
_MOST_HELD_OUT = 100
_HELD_OUT_TOKENS = 30_000
_TOKENS = "tokens.npz"
"""The tokenized text: a run that goes on, be it on another machine, needs neither the text nor the time."""
_LOADERS = 8
"""Processes that hide words where a GPU would otherwise wait for them."""


class TextTrainer(Trainer):
    """The transformers trainer, on windows in the order in which they lie."""

    def _get_train_sampler(self, *_: Any) -> SequentialSampler:
        return SequentialSampler(self.train_dataset)  # type: ignore[arg-type]  # the order lies in the windows


def run_over_text(
    config: TextConfig,
    out: Path,
    *,
    result: str,
    base: str,
    load: Callable[[], PreTrainedModel],
    trainer: Callable[..., TextTrainer],
    resume: bool,
) -> Path:
    """Trains a model on windows of plain text, some words of which are hidden from it.

    Args:
        config: The recipe.
        out: Folder for the model; checkpoints of the run lie in it while it goes on, and snapshots stay in
            `out/snapshots`.
        result: Name of the file with the losses of a finished run.
        base: Folder or Hub name of the tokenizer, for messages too.
        load: Gives the model to begin with.
        trainer: Makes the trainer of a model, from the arguments of the transformers one.
        resume: Go on from the last checkpoint in `out`, if there is one of the same recipe; a finished run of
            it stays as it is.

    Returns:
        `out`.

    Raises:
        KyketError: no such base, too little text, several processes or GPUs, or `out` holds another recipe.
    """
    a_step = config.batch_size * config.window
    steps = max(1, config.tokens // a_step)
    arguments = _arguments(config, out, steps)
    if arguments.world_size > 1 or arguments.n_gpu > 1:  # tokens would be counted, and files written, by each
        raise KyketError(
            "a run over text takes one process on one GPU; start it without `accelerate launch`, "
            "and where there are several GPUs with CUDA_VISIBLE_DEVICES=0"
        )
    if resume and (out / result).is_file():
        check_recipe(out, config)
        return out
    out.mkdir(parents=True, exist_ok=True)
    if not resume:
        (out / _TOKENS).unlink(missing_ok=True)  # the text may have changed since
    last = last_checkpoint(out, config, "trainer_state.json") if resume else None
    (out / result).unlink(missing_ok=True)
    (out / Layout.RECIPE).write_bytes(msgspec.yaml.encode(config))
    set_seed(config.seed)
    tokenizer = load_tokenizer(base)
    text_tokenizer = TextTokenizer(tokenizer.backend_tokenizer)
    learned, held_out = _kept_streams(config, base, text_tokenizer, out / _TOKENS)
    windows = MaskedWindows(
        learned,
        text_tokenizer,
        window=config.window,
        count=steps * config.batch_size,
        share=config.hidden,
        seed=config.seed,
    )
    unseen = MaskedWindows(
        held_out,
        text_tokenizer,
        window=config.window,
        count=max(1, len(held_out) // config.window - 1),
        share=config.hidden,
        seed=0,  # the same words are hidden whatever the recipe, so that losses can be compared
    )
    model = load()
    fit_encoder(model, tokenizer, base, config.window)
    compile_layers(model)
    text_trainer = trainer(
        model=model,
        args=arguments,
        train_dataset=_TorchWindows(windows),
        eval_dataset=_TorchWindows(unseen),
        callbacks=[_Snapshots(out / "snapshots", tokenizer, a_step)],
    )
    text_trainer.train(resume_from_checkpoint=str(last) if last else None)
    history = text_trainer.state.log_history
    if not any("eval_loss" in entry and entry["step"] == steps for entry in history):
        text_trainer.evaluate()  # the last step is seldom one of those after which the trainer does so
    _save(text_trainer.model, tokenizer, out)
    draw_losses(history, out / Layout.CURVE, a_step)
    losses = {
        str(entry["step"] * a_step): round(entry["eval_loss"], 4) for entry in history if "eval_loss" in entry
    }
    (out / result).write_text(json.dumps({"held_out_loss_by_tokens": losses}, indent=1) + "\n")
    for checkpoint in out.glob("checkpoint-*"):
        shutil.rmtree(checkpoint)
    (out / _TOKENS).unlink()
    return out


def _arguments(config: TextConfig, out: Path, steps: int) -> TrainingArguments:
    a_step = config.batch_size * config.window
    return TrainingArguments(
        output_dir=str(out),
        max_steps=steps,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=config.batch_size,
        learning_rate=config.learning_rate,
        weight_decay=config.weight_decay,
        warmup_steps=config.warmup,
        adam_beta2=0.98,
        optim="adamw_torch_fused",
        bf16=uses_bf16(config.precision),
        use_cpu=not torch.cuda.is_available(),
        seed=config.seed,
        eval_strategy="steps",
        eval_steps=min(max(1, config.snapshot_tokens // a_step), steps),
        save_strategy="steps",
        save_steps=min(max(1, config.checkpoint_tokens // a_step), steps),
        save_total_limit=2,  # a kill may leave the newest one unfinished
        logging_steps=10,
        report_to="none",
        prediction_loss_only=True,
        remove_unused_columns=False,
        dataloader_num_workers=min(_LOADERS, os.cpu_count() or 1) if torch.cuda.is_available() else 0,
    )


def _kept_streams(
    config: TextConfig, base: str, tokenizer: TextTokenizer, file: Path
) -> tuple[TokenStream, TokenStream]:
    """`_streams`, from `file` where that holds those of this recipe; else they are put there."""
    recipe = msgspec.json.encode(
        [base, config.text, config.near, config.tokens, config.window, len(tokenizer.vocabulary)]
    )
    if file.is_file():
        with np.load(file) as kept:
            if kept["recipe"].tobytes() == recipe:
                return TokenStream.from_arrays(kept, "learned"), TokenStream.from_arrays(kept, "held_out")
    learned, held_out = _streams(config, tokenizer)
    unfinished = file.with_suffix(".part.npz")
    arrays: dict[str, Any] = {
        "recipe": np.frombuffer(recipe, dtype=np.uint8),
        **learned.arrays("learned"),
        **held_out.arrays("held_out"),
    }
    np.savez(unfinished, **arrays)
    unfinished.replace(file)
    return learned, held_out


def _streams(config: TextConfig, tokenizer: TextTokenizer) -> tuple[TokenStream, TokenStream]:
    """The text to learn from and the text to measure on; a document is in one of them.

    Raises:
        KyketError: one of them is shorter than two windows; says which.
    """
    least = 2 * config.window
    documents = nearest_first(read_documents([Path(path) for path in config.text]), config.near)
    held_out: list[str] = []

    def learned() -> Iterator[str]:
        tokens = 0  # of the text to measure on
        for number, document in enumerate(documents):
            if tokens < least or (number % _HELD_OUT == 0 and len(held_out) < _MOST_HELD_OUT):
                held_out.append(document)
                tokens += len(tokenizer(document).ids)
            else:
                yield document

    to_learn = TokenStream.of(learned(), tokenizer, most=max(config.tokens, least))
    to_measure = TokenStream.of(held_out, tokenizer, most=max(_HELD_OUT_TOKENS, least))
    for stream, purpose in ((to_measure, "held out to measure on"), (to_learn, "to learn from")):
        if len(stream) < least:
            raise KyketError(
                f"{', '.join(config.text)}: the text {purpose} has {len(stream)} tokens, and two windows, "
                f"{least}, are the least; give more text or a smaller `window`. "
                "A blank line ends a document, and the first documents are held out"
            )
    return to_learn, to_measure


def compile_layers(model: PreTrainedModel) -> None:
    """Fuses the small steps of each layer into few, on a GPU: windows of one length repay that."""
    if not (torch.cuda.is_available() and has_triton()):
        return
    for part in model.base_model.modules():
        if isinstance(part, torch.nn.ModuleList):
            for layer in part:
                layer.compile()


class _TorchWindows(Dataset[dict[str, torch.Tensor]]):
    def __init__(self, windows: MaskedWindows) -> None:
        self._windows = windows

    def __len__(self) -> int:
        return len(self._windows)

    def __getitem__(self, item: int) -> dict[str, torch.Tensor]:
        return {name: torch.from_numpy(np.asarray(value)) for name, value in self._windows[item].items()}


class _Snapshots(TrainerCallback):
    """Keeps the encoder at every evaluation, to see on the task what more text buys."""

    def __init__(self, folder: Path, tokenizer: Any, tokens_a_step: int) -> None:
        self._folder, self._tokenizer, self._tokens_a_step = folder, tokenizer, tokens_a_step

    def on_evaluate(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        if state.global_step < state.max_steps:  # the last one is the result
            _save(
                kwargs["model"], self._tokenizer, self._folder / str(state.global_step * self._tokens_a_step)
            )


def _save(model: Any, tokenizer: Any, folder: Path) -> None:
    """A checkpoint in fp16, which is as much as fine-tuning needs and half as large."""
    halves: dict[object, torch.Tensor] = {}  # what shares its memory still does, and is saved once
    state = {
        name: halves.setdefault((value.data_ptr(), value.shape), value.half())
        if value.is_floating_point()
        else value
        for name, value in model.state_dict().items()
    }
    model.save_pretrained(folder, state_dict=state)
    tokenizer.save_pretrained(folder)
