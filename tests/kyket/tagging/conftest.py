from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from kyket.tagging.tokens import TextTokenizer, prepare


@pytest.fixture(scope="session")
def tokenizer(tokenizer_json: str) -> TextTokenizer:
    return TextTokenizer(prepare(Tokenizer.from_str(tokenizer_json)))
