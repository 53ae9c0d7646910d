"""The encoder to start from."""

from __future__ import annotations

from transformers import AutoTokenizer, PreTrainedTokenizerFast

from kyket.errors import KyketError
from kyket.tagging.tokens import is_prepared, prepare


def load_tokenizer(base: str) -> PreTrainedTokenizerFast:
    """The tokenizer of a folder or Hub model, made to split where labels may change.

    Raises:
        KyketError: there is none, or it is not a fast one, so it gives no offsets.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(base)
    except (OSError, ValueError) as error:
        raise KyketError(f"{base}: no tokenizer there: {' '.join(str(error).split())[:200]}") from None
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise KyketError(f"{base}: its tokenizer gives no offsets; kyket needs a fast one (tokenizer.json)")
    if not is_prepared(tokenizer.backend_tokenizer):
        prepare(tokenizer.backend_tokenizer)
    return tokenizer
