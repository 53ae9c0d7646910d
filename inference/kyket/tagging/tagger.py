"""The tagger: a bundle's tokenizer, network and decoder, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from kyket.document import Span
from kyket.tagging.decoding import BioDecoder
from kyket.tagging.tokens import TextTokenizer, Tokens
from kyket.tagging.windows import Scores, unit_scores

Network = Callable[[npt.NDArray[np.int64]], Scores]


class Tagger:
    """Finds labelled spans in a text of any length.

    Args:
        tokenizer: Text to tokens.
        network: Token ids (tokens,), special tokens included, to logits (tokens, tags).
        tags: Names of the network's outputs; the first is `O`.
        window: Most tokens that go through the network at once, special tokens included.
        overlap: Least tokens that neighbouring windows share, about.
        temperature: Divides the logits before they become scores.
        threshold: Least score of a span that is kept; below it, leaving it out is the better guess.
    """

    def __init__(
        self,
        tokenizer: TextTokenizer,
        network: Network,
        tags: Sequence[str],
        *,
        window: int,
        overlap: int,
        temperature: float = 1.0,
        threshold: float = 0.0,
    ) -> None:
        self.tokenizer = tokenizer
        self.decoder = BioDecoder(tags, temperature)
        self._network = network
        self._window = window
        self._overlap = overlap
        self._threshold = threshold

    def unit_logits(self, tokens: Tokens) -> Scores:
        """What the network says of each unit, whatever the length of the text. *Shape:* (units, tags)."""
        return unit_scores(
            tokens,
            self._network,
            prefix=self.tokenizer.prefix,
            suffix=self.tokenizer.suffix,
            size=self._window,
            overlap=self._overlap,
        )

    def __call__(self, text: str) -> list[Span]:
        """The spans of `text`, sorted, not overlapping, with offsets into `text` as it is given."""
        tokens = self.tokenizer(text)
        return self.spans(text, tokens, self.unit_logits(tokens))

    def spans(self, text: str, tokens: Tokens, logits: Scores) -> list[Span]:
        """The spans that `logits` make of `text`: the second half of a call, for who needs the first too."""
        spans: list[Span] = []
        for unit_span in self.decoder(logits):
            if unit_span.score < self._threshold:
                continue
            start, end = int(tokens.starts[unit_span.first]), int(tokens.ends[unit_span.last - 1])
            # A line break is a unit too, and white space is no part of a name.
            end = start + len(text[start:end].rstrip())
            start = end - len(text[start:end].lstrip())
            if start == end:
                continue
            spans.append(
                Span(
                    start=start,
                    end=end,
                    text=text[start:end],
                    label=unit_span.label,
                    score=round(unit_span.score, 4),
                )
            )
        return spans
