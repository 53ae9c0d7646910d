"""The encoder to start from."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Any, cast

import torch
from transformers import AutoConfig, AutoTokenizer, PhobertTokenizer, PreTrainedModel, PreTrainedTokenizerFast

from kyket.errors import KyketError
from kyket.tagging.tokens import is_prepared, prepare
from kyket_training.phobert import fast_phobert

_log = logging.getLogger(__name__)


_NO_SETTINGS = ("num_labels", "id2label", "label2id", "num_hidden_layers")
"""What is not said of a checkpoint by `settings`: its tags and its depth."""


def load_tokenizer(base: str) -> PreTrainedTokenizerFast:
    """The tokenizer of a folder or Hub model, made to split where labels may change.

    Raises:
        KyketError: there is none, or it gives no offsets: it is neither a fast one nor PhoBERT's.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(base)
    except (OSError, ValueError) as error:
        raise KyketError(f"{base}: no tokenizer there: {' '.join(str(error).split())[:200]}") from None
    if isinstance(tokenizer, PhobertTokenizer):
        tokenizer = fast_phobert(tokenizer)
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise KyketError(f"{base}: its tokenizer gives no offsets; kyket needs a fast one (tokenizer.json)")
    if not is_prepared(tokenizer.backend_tokenizer):
        prepare(tokenizer.backend_tokenizer)
    return tokenizer


def load_model(
    kind: Any,
    name: str,
    lacking: str,
    *,
    dropout: float | None = None,
    attention_dropout: float | None = None,
    settings: Mapping[str, object] | None = None,
    tags: dict[int, str] | None = None,
) -> PreTrainedModel:
    """A checkpoint to train or to learn from, in float32.

    Args:
        kind: The automatic class of transformers that gives it its head.
        name: Folder or Hub name.
        lacking: What to say is not there, where there is none.
        dropout: Of hidden states, instead of its own.
        attention_dropout: Of attention weights, instead of its own.
        settings: Fields of its configuration, and what they are to be instead; weights stay as they are.
        tags: What its outputs are to stand for; a head for others begins anew.

    Raises:
        KyketError: there is no such checkpoint, or one of `settings` does not go with it.
    """
    labels: dict[str, Any] = {}
    if tags is not None:
        labels = {"id2label": tags, "label2id": {tag: i for i, tag in tags.items()}}
    try:
        shape = AutoConfig.from_pretrained(name, **labels)
        for fields, value in (  # as the family of the checkpoint calls them
            (("attention_probs_dropout_prob", "attention_dropout"), attention_dropout),
            (("hidden_dropout_prob", "dropout"), dropout),
        ):
            for field in fields:
                if value is not None and hasattr(shape, field):
                    setattr(shape, field, value)
        for setting, own in (settings or {}).items():
            if setting in _NO_SETTINGS or not hasattr(shape, setting):
                raise KyketError(f"{name}: {shape.model_type} has no setting {setting}")
            setattr(shape, setting, own)
        model: PreTrainedModel
        model, told = kind.from_pretrained(
            name,
            config=shape,
            output_loading_info=True,
            ignore_mismatched_sizes=tags is not None,
            dtype=torch.float32,
            # On a CPU the plain form is the faster one to train.
            attn_implementation=None if torch.cuda.is_available() else "eager",
        )
    except (OSError, ValueError) as error:
        raise KyketError(f"{name}: {lacking}: {' '.join(str(error).split())[:200]}") from None
    except Exception as error:  # each family has its own ways to say that a setting cannot be
        if not settings:
            raise
        raise KyketError(f"{name}: one of its settings cannot be so: {error}") from None
    prefix = f"{model.base_model_prefix}."
    if settings and any(key.startswith(prefix) for key, *_ in told["mismatched_keys"]):
        raise KyketError(f"{name}: its weights have other shapes than {', '.join(settings)} would have them")
    if anew := sorted(key for key in told["missing_keys"] if key.startswith(prefix)):
        _log.warning(
            "%s: %d weights of the encoder are not there and begin anew: %s, …", name, len(anew), anew[0]
        )
    return model


def fit_encoder(model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, base: str, window: int) -> None:
    """Gives an encoder a row for each piece of its tokenizer; new ones begin as that of the unknown piece.

    Args:
        model: Changed in place where its tokenizer has more pieces.
        tokenizer: From `load_tokenizer`.
        base: Where both came from, for the message.
        window: Tokens that it is to see at once, special tokens included.

    Raises:
        KyketError: it has no positions for so long a window.
    """
    if window > (most := len(positions(model))):
        raise KyketError(f"{base}: it reads {most} tokens at once; `window` is {window}: set {most} or less")
    known = _rows(model).shape[0]
    if len(tokenizer) > known:
        model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
        with torch.no_grad():
            rows = _rows(model)
            rows[known:] = rows[tokenizer.unk_token_id]


def _rows(model: PreTrainedModel) -> torch.Tensor:
    return cast(torch.Tensor, model.get_input_embeddings().weight)


def positions(model: PreTrainedModel) -> range:
    """The positions that tokens can have; RoBERTa and its kin count from behind the index of padding."""
    for name, part in model.base_model.named_modules():
        if name.endswith("position_embeddings") and isinstance(part, torch.nn.Embedding):
            return range(0 if part.padding_idx is None else part.padding_idx + 1, part.num_embeddings)
    most = getattr(model.config, "max_position_embeddings", None) or 0
    return range(most if most > 0 else sys.maxsize)  # T5 names no limit and XLNet -1: they have none
