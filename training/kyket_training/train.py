"""Fine-tuning an encoder on annotated articles."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
import numpy.typing as npt
import torch
from accelerate import PartialState
from seqeval.metrics import f1_score, precision_score, recall_score
from seqeval.scheme import IOB2
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader
from transformers import (
    AutoModelForTokenClassification,
    PreTrainedModel,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
    set_seed,
)

from kyket.bundle import Layout
from kyket.tagging import Tagger
from kyket.tagging.tokens import TextTokenizer
from kyket.tagging.windows import Scores
from kyket_training.base import fit_encoder, load_model, load_tokenizer, positions
from kyket_training.batches import Collator, LengthGroupedBatches, TrainingWindows
from kyket_training.config import TrainConfig
from kyket_training.corpus import AnnotatedArticle
from kyket_training.curve import draw_curve
from kyket_training.encode import ArticleEncoder
from kyket_training.runs import DATA, check_data, fingerprint, last_checkpoint, uses_bf16
from kyket_training.splits import read_split, tell_absent, tell_losses, with_labels

_ADD_A_MASK = {"bert", "roberta", "xlm-roberta"}
_LOADERS = 3
"""Processes that vary and encode articles where a GPU would otherwise wait for them."""
AVERAGE = "average.pt"
"""The file of a checkpoint that holds the moving average; written whole or not at all."""


def train(config: TrainConfig, run: Path, *, resume: bool = True) -> Path:
    """Fine-tunes an encoder; the folder `run` then holds everything about it.

    Several processes, as `accelerate launch -m kyket_training train` starts them, share each step: each takes
    batches of its own, and the first one writes.

    Args:
        config: The recipe.
        run: Folder for checkpoints, the recipe, `curve.png` and the result, `best/`.
        resume: Go on from the last checkpoint in `run`, if there is one of the same recipe.

    Returns:
        `run/best`: a transformers checkpoint with its tokenizer, of the epoch that did best on dev.

    Raises:
        KyketError: no such base, bad articles, no span that can be learned, or `run` holds another recipe or
            a run on other data.
    """
    processes = PartialState(cpu=not torch.cuda.is_available())
    quiet = not processes.is_main_process
    config = with_labels(config)
    articles, dev = (
        read_split(location, config.format, quiet=quiet) for location in (config.train, config.dev)
    )
    if config.test is not None:
        read_split(config.test, config.format, quiet=True)  # what is wrong with it is known before the work
    data = {config.train: fingerprint(articles), config.dev: fingerprint(dev)}
    run.mkdir(parents=True, exist_ok=True)
    last_file = AVERAGE if config.average else "trainer_state.json"
    last = last_checkpoint(run, config, last_file) if resume else None
    if last is not None:
        check_data(run, data)
    processes.wait_for_everyone()  # before one of them changes what the others look at
    if processes.is_main_process:
        if last is None:
            shutil.rmtree(run / "best", ignore_errors=True)  # of an earlier run: not the one to beat
            (run / DATA).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (run / Layout.RECIPE).write_bytes(msgspec.yaml.encode(config))
    set_seed(config.seed)
    tokenizer = load_tokenizer(config.base)
    encoder = ArticleEncoder(
        TextTokenizer(tokenizer.backend_tokenizer), config.labels, config.window, config.overlap
    )
    for location, split in ((config.train, articles), (config.dev, dev)):
        tell_losses(location, split, encoder, quiet=quiet)
    if not quiet:
        tell_absent(config.train, articles, config.labels)
    model = load_model(
        AutoModelForTokenClassification,
        config.base,
        "no encoder to start from",
        dropout=config.dropout,
        attention_dropout=config.attention_dropout,
        tags=dict(enumerate(encoder.tags)),
    )
    fit_encoder(model, tokenizer, config.base, config.window)
    windows = TrainingWindows(articles, encoder, config)
    trainer = ArticleTrainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(run),
            num_train_epochs=config.epochs,
            per_device_train_batch_size=config.batch_size,
            learning_rate=config.learning_rate,
            weight_decay=config.weight_decay,
            warmup_steps=config.warmup,
            label_smoothing_factor=config.label_smoothing,
            bf16=uses_bf16(config.precision),
            use_cpu=not torch.cuda.is_available(),
            seed=config.seed,
            eval_strategy="epoch",
            save_strategy="epoch",
            save_total_limit=2,  # a kill may leave the newest one unfinished
            logging_steps=10,
            report_to="none",
            disable_tqdm=not sys.stderr.isatty(),
            remove_unused_columns=False,
        ),
        recipe=config,
        windows=windows,
        encoder=encoder,
        dev=dev,
        best=run / "best",
    )
    trainer.train(resume_from_checkpoint=str(last) if last else None)
    if processes.is_main_process:
        tokenizer.save_pretrained(run / "best")
    processes.wait_for_everyone()
    return run / "best"


class ArticleTrainer(Trainer):
    """The transformers trainer, scoring whole articles with the decoder that inference uses.

    After each epoch the weights (or their moving average) are scored on dev, and kept in `best` when no
    epoch before did better.
    """

    def __init__(
        self,
        *,
        recipe: TrainConfig,
        windows: TrainingWindows,
        encoder: ArticleEncoder,
        dev: list[AnnotatedArticle],
        best: Path,
        model: PreTrainedModel,
        args: TrainingArguments,
    ) -> None:
        vocabulary = encoder.tokenizer.vocabulary
        mask = vocabulary.get("<mask>", vocabulary.get("[MASK]"))
        special = frozenset(
            [
                *encoder.tokenizer.prefix.tolist(),
                *encoder.tokenizer.suffix.tolist(),
                model.config.pad_token_id,
            ]
        )
        self.collator = Collator(recipe, model.config.pad_token_id, mask, special, positions(model))
        super().__init__(
            model=model,
            args=args,
            train_dataset=windows.dataset,
            eval_dataset=windows.dataset,  # asked for, never read: `evaluate` scores whole articles
            data_collator=self.collator,
        )
        self._recipe, self._windows, self._encoder = recipe, windows, encoder
        self._dev, self._best = dev, best
        self._average = (
            AveragedModel(model, multi_avg_fn=_moving_average(recipe.average)) if recipe.average else None
        )
        self.add_callback(_EpochCallback(self, windows))

    def get_train_dataloader(self) -> DataLoader[Any]:
        """Batches of like length."""
        batches = LengthGroupedBatches(self._windows, self._recipe.batch_size, self._recipe.seed)
        loader: DataLoader[Any] = DataLoader(
            self._windows.dataset,
            batch_sampler=batches,
            collate_fn=self.data_collator,
            num_workers=min(_LOADERS, os.cpu_count() or 1) if torch.cuda.is_available() else 0,
        )
        prepared: DataLoader[Any] = self.accelerator.prepare(loader)
        return prepared

    def _prepare_inputs(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """Batches as the model takes them; BERT and RoBERTa on a CPU in bf16 get the mask they would make.

        Their own is in fp32 with a row for each token: attention would leave bf16 and take a sixth longer.
        Other families do more with a mask than to add it.
        """
        prepared: dict[str, Any] = super()._prepare_inputs(inputs)
        adds_a_mask = self._trained.config.model_type in _ADD_A_MASK
        if adds_a_mask and self.args.bf16 and not torch.cuda.is_available():
            hidden = prepared["attention_mask"][:, None, None, :] == 0
            lowest = torch.finfo(torch.bfloat16).min
            prepared["attention_mask"] = torch.zeros(hidden.shape, dtype=torch.bfloat16).masked_fill(
                hidden, lowest
            )
        return prepared

    def create_optimizer(self, model: torch.nn.Module | None = None) -> torch.optim.Optimizer:
        """AdamW, with smaller steps the lower the layer (Howard & Ruder 2018, ULMFiT)."""
        if self.optimizer is None:
            model = self._trained
            rates = _layer_rates(model, self._recipe)
            groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
            for name, parameter in model.named_parameters():
                if parameter.requires_grad:
                    decay = 0.0 if parameter.ndim == 1 else self._recipe.weight_decay
                    groups.setdefault((rates[name], decay), []).append(parameter)
            self.optimizer = torch.optim.AdamW(
                [{"params": g, "lr": rate, "weight_decay": decay} for (rate, decay), g in groups.items()],
                lr=self._recipe.learning_rate,
                fused=True,
            )
        return self.optimizer

    @property
    def _trained(self) -> PreTrainedModel:
        return cast(PreTrainedModel, self.model)  # `__init__` takes no other

    @property
    def kept_model(self) -> PreTrainedModel:
        """The weights that count: the moving average where there is one."""
        if self._average is None:
            return self._trained
        return cast(PreTrainedModel, self._average.module)

    def evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
        """Strict span scores on dev (seqeval, IOB2); keeps the weights if they are the best so far."""
        gold, predicted = [], []
        tagger = Tagger(
            self._encoder.tokenizer,
            torch_network(self.kept_model),
            self._encoder.tags,
            window=self._recipe.window,
            overlap=self._recipe.overlap,
        )
        for article in self._dev:
            tokens = self._encoder.tokenizer(article.text)
            logits = tagger.unit_logits(tokens)
            gold.append([self._encoder.tags[t] for t in self._encoder.unit_tags(article, tokens)])
            predicted.append([self._encoder.tags[t] for t in tagger.decoder.best_tags(logits)])
        strict = {"mode": "strict", "scheme": IOB2, "zero_division": 0}
        scores = {
            "eval_f1": float(f1_score(gold, predicted, **strict)),
            "eval_precision": float(precision_score(gold, predicted, **strict)),
            "eval_recall": float(recall_score(gold, predicted, **strict)),
        }
        self.log(dict(scores))
        if self.is_world_process_zero():
            self._keep_if_best(scores["eval_f1"])
            draw_curve(self.state.log_history, _folder(self.args) / Layout.CURVE)
        return scores

    def _keep_if_best(self, f1: float) -> None:
        record = self._best / "dev.json"
        if record.exists() and json.loads(record.read_bytes())["f1"] >= f1:
            return
        self.kept_model.save_pretrained(self._best)
        record.write_text(json.dumps({"f1": f1, "epoch": self.state.epoch, "step": self.state.global_step}))

    def average_step(self) -> None:
        """Takes the weights of this step into the moving average."""
        if self._average is not None:
            self._average.update_parameters(self._trained)

    def save_average(self, folder: Path) -> None:
        """Writes the moving average beside a checkpoint."""
        if self._average is not None and self.is_world_process_zero():
            unfinished = folder / f"{AVERAGE}.part"
            torch.save(self._average.state_dict(), unfinished)
            unfinished.replace(folder / AVERAGE)

    def load_average(self, folder: Path) -> None:
        """Reads what `save_average` wrote."""
        if self._average is not None:
            self._average.load_state_dict(torch.load(folder / AVERAGE, weights_only=True))


class _EpochCallback(TrainerCallback):
    """Tells the windows which epoch it is, and keeps the moving average."""

    def __init__(self, trainer: ArticleTrainer, windows: TrainingWindows) -> None:
        self._trainer, self._windows = trainer, windows

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        checkpoint = _folder(args) / f"checkpoint-{state.global_step}"
        if state.global_step and checkpoint.exists():
            self._trainer.load_average(checkpoint)

    def on_epoch_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._windows.epoch = round(state.epoch or 0)
        self._trainer.collator.start_epoch(self._windows.epoch)

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        torch.manual_seed(args.seed * 1_000_003 + state.global_step)  # dropout: the same in a resumed run

    def on_optimizer_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._trainer.average_step()

    def on_save(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **kwargs: Any
    ) -> None:
        self._trainer.save_average(_folder(args) / f"checkpoint-{state.global_step}")


def _folder(args: TrainingArguments) -> Path:
    return Path(cast(str, args.output_dir))  # transformers fills it in where it is None


def _moving_average(decay: float) -> Any:
    """An exponential moving average that forgets the first, untrained weights soon: its decay starts low."""

    def update(kept: list[torch.Tensor], new: list[torch.Tensor], steps: torch.Tensor | int) -> None:
        done = int(steps)
        torch._foreach_lerp_(kept, new, 1 - min(decay, (1 + done) / (10 + done)))

    return update


def torch_network(model: PreTrainedModel) -> Any:
    """A torch checkpoint as the network of a `Tagger`: ids (tokens,) to logits (tokens, tags)."""
    model.eval()  # type: ignore[no-untyped-call]  # transformers leaves it untyped

    def run(ids: npt.NDArray[np.int64]) -> Scores:
        with torch.inference_mode():
            logits = model(input_ids=torch.from_numpy(ids)[None].to(model.device)).logits[0]
        scores: Scores = logits.float().cpu().numpy()
        return scores

    return run


def _layer_rates(model: PreTrainedModel, config: TrainConfig) -> dict[str, float]:
    """The learning rate of each parameter: `layer_decay` once for each layer that lies above it."""
    depth: int = model.config.num_hidden_layers
    rates = {}
    for name, _ in model.named_parameters():
        parts = name.split(".")
        numbers = [int(part) for part in parts if part.isdigit()]
        below_top = (
            0
            if "classifier" in parts
            else depth
            if "embeddings" in parts
            else depth - 1 - numbers[0]
            if numbers
            else 0
        )
        rates[name] = config.learning_rate * config.layer_decay**below_top
    return rates
