"""Chunks under way: results come as workers have them, and leave in the order of the input."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kyket.batch.items import Chunk, Item, Result

_AHEAD = 4  # chunks a reader that may be under way, those waiting for an earlier one included


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


class Crew(ABC):
    """Readers of chunks, and the tasks that wait for one of them.

    Args:
        size: How many readers at most.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._waiting: deque[Task] = deque()

    def run(self, chunks: Iterator[Chunk], tick: Callable[[], None]) -> Iterator[tuple[Chunk, list[Result]]]:
        """The chunks in their order, each with the results of its items; may be called again when it ended.

        Chunks are taken as they are needed: memory is bounded by the number of readers.

        Args:
            chunks: Of the run, from where it begins.
            tick: Called time and again while the first chunk under way is not done.
        """
        order: deque[Open] = deque()
        more = True
        while more or order:
            while more and len(order) < _AHEAD * self._size and len(self._waiting) < self._size:
                chunk = next(chunks, None)
                if chunk is None:
                    more = False
                else:
                    order.append(Open(chunk))
                    self._waiting.append(Task(order[-1], list(range(len(chunk.items)))))
            while order and order[0].is_done:
                done = order.popleft()
                yield done.chunk, done.in_order
            if order:
                self._staff(len(order))
                self._hear()
                tick()

    @abstractmethod
    def close(self) -> None:
        """End all readers, at once."""

    @abstractmethod
    def _staff(self, tasks: int) -> None:
        """Have as many readers as there is work for, and give out what waits."""

    @abstractmethod
    def _hear(self) -> None:
        """Take the results that there are, or wait a moment; look after readers that are silent or dead."""
