"""A smaller encoder: a multilingual one without the vocabulary of other languages.

Most of a small multilingual encoder is its embedding table. Keeping the rows of the pieces that a language
needs changes nothing in what the network computes for a text made of them (Abdaoui et al. 2020, Load What
You Need: Smaller Versions of Multilingual BERT).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerFast

from kyket.errors import KyketError


def trim(base: str, vocabulary: Path, out: Path) -> int:
    """Cuts an encoder with a Unigram tokenizer down to a list of pieces, and saves it with its tokenizer.

    Args:
        base: Folder or Hub name.
        vocabulary: The pieces to keep, one a line, in the order of their new indices.
        out: Folder for the result.

    Returns:
        The number of pieces kept.

    Raises:
        KyketError: no such encoder, another kind of tokenizer, or a piece that it does not have.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(base)
        model = AutoModel.from_pretrained(base)
    except (OSError, ValueError) as error:
        raise KyketError(f"{base}: no encoder there: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise KyketError(f"{base}: its tokenizer is not a fast one (tokenizer.json)")
    state = json.loads(tokenizer.backend_tokenizer.to_str())
    if state["model"]["type"] != "Unigram":
        raise KyketError(f"{base}: only Unigram tokenizers can be trimmed; this is {state['model']['type']}")
    pieces = vocabulary.read_text("utf-8").split("\n")
    if pieces[-1] == "":
        pieces.pop()
    index = tokenizer.get_vocab()
    if unknown := [piece for piece in pieces if piece not in index]:
        raise KyketError(f"{vocabulary}: {base} has no piece {unknown[0]!r} ({len(unknown)} such)")
    rows = torch.tensor([index[piece] for piece in pieces])
    tokenizer._tokenizer = Tokenizer.from_str(json.dumps(_keep(state, pieces, index), ensure_ascii=False))
    old = model.get_input_embeddings()
    padding = pieces.index(tokenizer.pad_token)
    new = torch.nn.Embedding(len(pieces), old.embedding_dim, padding_idx=padding)
    new.weight.data = old.weight.data[rows].clone()
    model.set_input_embeddings(new)
    model.config.vocab_size = len(pieces)
    model.config.pad_token_id = padding
    model.half().save_pretrained(out)
    tokenizer.save_pretrained(out)
    return len(pieces)


def _keep(state: dict[str, Any], pieces: list[str], index: dict[str, int]) -> dict[str, Any]:
    """The tokenizer's state with the kept pieces alone, at their new indices."""
    place = {piece: i for i, piece in enumerate(pieces)}
    scores = dict(state["model"]["vocab"])
    unknown = state["model"]["vocab"][state["model"]["unk_id"]][0]
    for needed in (unknown, *(token["content"] for token in state["added_tokens"] if token["special"])):
        if needed not in place:
            raise KyketError(f"the vocabulary must keep the special piece {needed!r}")
    state["model"]["vocab"] = [[piece, scores[piece]] for piece in pieces if piece in scores]
    state["model"]["unk_id"] = place[unknown]
    state["added_tokens"] = [
        {**token, "id": place[token["content"]]}
        for token in state["added_tokens"]
        if token["content"] in place
    ]
    for token in state.get("post_processor", {}).get("special_tokens", {}).values():
        token["ids"] = [place[name] for name in token["tokens"]]
    return state
