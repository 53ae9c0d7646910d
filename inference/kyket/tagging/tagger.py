"""The tagger: a bundle's tokenizer, network and decoder, put together."""

from __future__ import annotations

import os
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from kyket.document import Span
from kyket.tagging.brackets import balance_brackets
from kyket.tagging.decoding import BioDecoder
from kyket.tagging.tokens import TextTokenizer, Tokens
from kyket.tagging.windows import Pass, Scores, joined, passes

Network = Callable[[npt.NDArray[np.int64]], Scores]

_AHEAD = 8
"""Windows for each thread that `pipe` has under way: enough that none waits while another text is read."""


class Tagger:
    """Finds labelled spans in a text of any length.

    Args:
        tokenizer: Text to tokens.
        network: Token ids (tokens,), special tokens included, to logits (tokens, tags).
        tags: Names of the network's outputs; the first is `O`.
        window: Most tokens that go through the network at once, special tokens included.
        overlap: Least tokens that the windows of a sentence longer than one share, about.
        temperature: Divides the logits before they become scores.
        threshold: Least score of a span that is kept; below it, leaving it out is the better guess.
        threads: How many windows go through the network side by side; with more than one, it is called
            from threads.
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
        threads: int = 1,
    ) -> None:
        self.tokenizer = tokenizer
        self.decoder = BioDecoder(tags, temperature)
        self._network = network
        self._window = window
        self._overlap = overlap
        self._threshold = threshold
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        _TAGGERS.add(self)

    def unit_logits(self, tokens: Tokens) -> Scores:
        """What the network says of each unit, whatever the length of the text. *Shape:* (units, tags)."""
        waiting = self._passes(tokens)
        if self._threads == 1 or len(waiting) < 2:
            return joined([self._read(one) for one in waiting])
        # The longest first, so that the threads are done at about the same time.
        order = sorted(range(len(waiting)), key=lambda i: -len(waiting[i].ids))
        parts = {i: self._workers().submit(self._read, waiting[i]) for i in order}
        return joined([parts[i].result() for i in range(len(waiting))])

    def __call__(self, text: str) -> list[Span]:
        """The spans of `text`, sorted, not overlapping, with offsets into `text` as it is given."""
        tokens = self.tokenizer(text)
        return self.spans(text, tokens, self.unit_logits(tokens))

    def pipe(self, texts: Iterable[str]) -> Iterator[list[Span]]:
        """What calls give for many texts, in order.

        While the spans of a text are read, the network already has the next ones; a few texts are held at a
        time, or one with a single thread.
        """
        if self._threads == 1:
            yield from map(self, texts)
            return
        workers = self._workers()
        ahead: deque[tuple[str, Tokens, list[Future[Scores]]]] = deque()
        windows = 0
        try:
            for text in texts:
                tokens = self.tokenizer(text)
                parts = [workers.submit(self._read, one) for one in self._passes(tokens)]
                ahead.append((text, tokens, parts))
                windows += len(parts)
                while windows > _AHEAD * self._threads or len(ahead) > _AHEAD * self._threads:
                    windows -= len(ahead[0][2])
                    yield self._finished(*ahead.popleft())
            while ahead:
                yield self._finished(*ahead.popleft())
        finally:
            for _, _, parts in ahead:
                for part in parts:
                    part.cancel()

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
        # What is left of a span may be the dash beside a name.
        return [span for span in balance_brackets(text, spans) if any(map(str.isalnum, span.text))]

    def _workers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, "kyket")
        return self._pool

    def _passes(self, tokens: Tokens) -> list[Pass]:
        return passes(
            tokens,
            prefix=self.tokenizer.prefix,
            suffix=self.tokenizer.suffix,
            size=self._window,
            overlap=self._overlap,
        )

    def _read(self, one: Pass) -> Scores:
        return self._network(one.ids)[one.rows]

    def _finished(self, text: str, tokens: Tokens, parts: list[Future[Scores]]) -> list[Span]:
        return self.spans(text, tokens, joined([part.result() for part in parts]))


_TAGGERS: weakref.WeakSet[Tagger] = weakref.WeakSet()


def _forget_workers() -> None:
    """In a forked child, where the parent's threads do not exist."""
    for tagger in _TAGGERS:
        tagger._pool = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_workers)
