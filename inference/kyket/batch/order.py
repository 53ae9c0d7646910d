"""Chunks under way: results come as workers have them, and leave in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kyket.batch.items import Chunk, Item, Result

_AHEAD = 4  # chunks a worker that may be under way, those waiting for an earlier one included


@dataclass
class Open:
    """A chunk under way."""

    chunk: Chunk
    results: dict[int, Result] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether every item has its result."""
        return len(self.results) == len(self.chunk.items)

    @property
    def in_order(self) -> list[Result]:
        """The results, by the order of the items."""
        return [self.results[index] for index in range(len(self.chunk.items))]


@dataclass
class Task:
    """Items of one chunk for one worker, by their index in the chunk."""

    open: Open
    indices: list[int]
    deaths: int = 0  # of actors that had it; of processes none is forgiven

    @property
    def items(self) -> list[Item]:
        """What is to be read."""
        return [self.open.chunk.items[index] for index in self.indices]

    @property
    def left(self) -> list[int]:
        """The indices without a result."""
        return [index for index in self.indices if index not in self.open.results]


def in_order(
    chunks: Iterator[Chunk], waiting: deque[Task], workers: int, step: Callable[[int], None]
) -> Iterator[tuple[Chunk, list[Result]]]:
    """The chunks in their order, each with the results of its items.

    Chunks are taken as they are needed: memory is bounded by the number of workers.

    Args:
        chunks: Of the run, from where it begins.
        waiting: Gets each chunk as a task, for a worker to take.
        workers: How many at most.
        step: Called with the number of chunks under way while the first of them is not done; gives
            out tasks and takes results, and waits a moment where there is neither.
    """
    order: deque[Open] = deque()
    more = True
    while more or order:
        while more and len(order) < _AHEAD * workers and len(waiting) < workers:
            chunk = next(chunks, None)
            if chunk is None:
                more = False
            else:
                order.append(Open(chunk))
                waiting.append(Task(order[-1], list(range(len(chunk.items)))))
        while order and order[0].is_done:
            done = order.popleft()
            yield done.chunk, done.in_order
        if order:
            step(len(order))
