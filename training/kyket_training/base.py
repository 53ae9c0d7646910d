"""The encoder to start from."""

from __future__ import annotations

import sys
from typing import cast

import torch
from transformers import AutoTokenizer, PhobertTokenizer, PreTrainedModel, PreTrainedTokenizerFast

from kyket.errors import KyketError
from kyket.tagging.tokens import is_prepared, prepare
from kyket_training.phobert import fast_phobert


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
