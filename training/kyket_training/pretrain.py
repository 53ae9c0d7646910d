"""Continued masked-language-model training of an encoder on plain text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from torch.utils.data import Dataset, SequentialSampler
from transformers import (
    AutoConfig,
    AutoModelForMaskedLM,
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
from kyket_training.config import PretrainConfig
from kyket_training.curve import draw_losses
from kyket_training.runs import check_recipe, last_checkpoint, uses_bf16
from kyket_training.text import MaskedWindows, TokenStream, nearest_first, read_documents

_HELD_OUT = 50
"""One in so many documents is not learned from but measured on, until there are `_MOST_HELD_OUT`."""
_MOST_HELD_OUT = 100
_HELD_OUT_TOKENS = 30_000
_RESULT = "pretraining.json"
"""The file of a finished run, with its losses."""


def pretrain(config: PretrainConfig, out: Path, *, resume: bool = True) -> Path:
    """Trains an encoder further to guess hidden words of a text.

    Gururangan et al. 2020, Don't Stop Pretraining, show what that brings a task of the same field.

    Args:
        config: The recipe.
        out: Folder for the encoder, which `kyket train --base` takes; checkpoints of the run lie in it while
            it goes on, and snapshots stay in `out/snapshots`.
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
            "pretrain runs in one process on one GPU; start it without `accelerate launch`, "
            "and where there are several GPUs with CUDA_VISIBLE_DEVICES=0"
        )
    if resume and (out / _RESULT).is_file():
        check_recipe(out, config)
        return out
    out.mkdir(parents=True, exist_ok=True)
    last = last_checkpoint(out, config, "trainer_state.json") if resume else None
    (out / _RESULT).unlink(missing_ok=True)
    (out / Layout.RECIPE).write_bytes(msgspec.yaml.encode(config))
    set_seed(config.seed)
    tokenizer = load_tokenizer(config.base)
    text_tokenizer = TextTokenizer(tokenizer.backend_tokenizer)
    learned, held_out = _streams(config, text_tokenizer)
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
    model = _load_model(config)
    fit_encoder(model, tokenizer, config.base, config.window)
    trainer = _WordGuesser(
        model=model,
        args=arguments,
        train_dataset=_TorchWindows(windows),
        eval_dataset=_TorchWindows(unseen),
        callbacks=[_Snapshots(out / "snapshots", tokenizer, a_step)],
    )
    trainer.train(resume_from_checkpoint=str(last) if last else None)
    history = trainer.state.log_history
    if not any("eval_loss" in entry and entry["step"] == steps for entry in history):
        trainer.evaluate()  # the last step is seldom one of those after which the trainer does so
    _save(trainer.model, tokenizer, out)
    draw_losses(history, out / Layout.CURVE, a_step)
    losses = {
        str(entry["step"] * a_step): round(entry["eval_loss"], 4) for entry in history if "eval_loss" in entry
    }
    (out / _RESULT).write_text(json.dumps({"held_out_loss_by_tokens": losses}, indent=1) + "\n")
    for checkpoint in out.glob("checkpoint-*"):
        shutil.rmtree(checkpoint)
    return out


def _arguments(config: PretrainConfig, out: Path, steps: int) -> TrainingArguments:
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
        remove_unused_columns=False,
    )


def _streams(config: PretrainConfig, tokenizer: TextTokenizer) -> tuple[TokenStream, TokenStream]:
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


def _load_model(config: PretrainConfig) -> PreTrainedModel:
    try:
        shape = AutoConfig.from_pretrained(config.base)
        for name in ("hidden_dropout_prob", "attention_probs_dropout_prob", "dropout", "attention_dropout"):
            if hasattr(shape, name):  # every window is seen once or twice: nothing to learn by heart
                setattr(shape, name, 0.0)
        model: PreTrainedModel = AutoModelForMaskedLM.from_pretrained(
            config.base,
            config=shape,
            dtype=torch.float32,
            attn_implementation=None if torch.cuda.is_available() else "eager",
        )
    except (OSError, ValueError) as error:
        raise KyketError(
            f"{config.base}: no encoder to train further: {' '.join(str(error).split())[:200]}"
        ) from None
    return model


class _TorchWindows(Dataset[dict[str, torch.Tensor]]):
    def __init__(self, windows: MaskedWindows) -> None:
        self._windows = windows

    def __len__(self) -> int:
        return len(self._windows)

    def __getitem__(self, item: int) -> dict[str, torch.Tensor]:
        return {name: torch.from_numpy(np.asarray(value)) for name, value in self._windows[item].items()}


class _WordGuesser(Trainer):
    """The transformers trainer; scores over the vocabulary are worked out for hidden tokens only."""

    def _get_train_sampler(self, *_: Any) -> SequentialSampler:
        return SequentialSampler(self.train_dataset)  # type: ignore[arg-type]  # the order lies in the windows

    def compute_loss(self, model: Any, inputs: dict[str, torch.Tensor], *args: Any, **kwargs: Any) -> Any:
        """The mean cross-entropy of the hidden tokens."""
        hidden = inputs["labels"] != MaskedWindows.IGNORED
        with _only_rows(self.accelerator.unwrap_model(model), hidden):
            selected = {**inputs, "labels": inputs["labels"][hidden][None]}
            return super().compute_loss(model, selected, *args, **kwargs)


@contextmanager
def _only_rows(model: PreTrainedModel, rows: torch.Tensor) -> Iterator[None]:
    """While it lasts, the encoder hands on the states of `rows` only: few tokens need the costly head."""

    def select(module: torch.nn.Module, args: Any, output: Any) -> Any:
        output.last_hidden_state = output.last_hidden_state[rows][None]
        return output

    handle = model.base_model.register_forward_hook(select)
    try:
        yield
    finally:
        handle.remove()


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
    model.save_pretrained(
        folder,
        state_dict={
            name: value.half() if value.is_floating_point() else value
            for name, value in model.state_dict().items()
        },
    )
    tokenizer.save_pretrained(folder)
