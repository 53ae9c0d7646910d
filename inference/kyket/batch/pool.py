"""The local engine: worker processes, whatever becomes of them, and results in the order of the input.

A worker that dies, or says nothing for the time limit, is replaced. If it had one article, that one is given
up; if it had several, those without a result are tried again alone, so that only those to blame are given up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import msgspec

from kyket.batch import worker
from kyket.batch.errors import BatchError
from kyket.batch.items import Chunk, Result
from kyket.batch.order import Crew, Task
from kyket.batch.settings import Resources, Settings
from kyket.language import gettext as _

_START_LIMIT = 300.0  # seconds for loading the model
_TICK = 0.5  # seconds between two looks at the clock
_PAUSE = 2.0  # seconds without a look after which all of this was stopped, as by Ctrl-Z
_MOST_DEATHS = 3  # one after the other, while loading the model
DIED = "the process that read it died"

_decode = msgspec.msgpack.Decoder(tuple[int, Result]).decode


def results(
    chunks: Iterator[Chunk],
    settings: Settings,
    resources: Resources,
    workers: int,
    tick: Callable[[], None] = lambda: None,
) -> Generator[tuple[Chunk, list[Result]]]:
    """The chunks in their order, each with the results of its items.

    Args:
        chunks: Of the run, from where it begins.
        settings: Of the run.
        resources: What they load.
        workers: How many processes at most.
        tick: Called at least every half second while there is nothing to give.

    Raises:
        BatchError: the workers cannot load the model.
    """
    pool = Pool(settings, resources, workers)
    try:
        yield from pool.run(chunks, tick)
    finally:
        pool.close()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Worker:
    """A process, and what it is at."""

    process: BaseProcess
    connection: Connection
    heard: float = field(default_factory=time.monotonic)  # seconds of the monotonic clock
    is_ready: bool = False
    task: Task | None = None


class Pool(Crew):
    """Worker processes, and what they are at.

    Args:
        settings: Of the run.
        resources: What the workers load.
        workers: How many at most.
        threads: Of each worker's model.
    """

    def __init__(
        self, settings: Settings, resources: Resources, workers: int, threads: int | None = None
    ) -> None:
        super().__init__(workers)
        self._settings = settings
        self._resources = resources
        self._threads = threads or max(1, processors() // workers)
        # Spawned, so that nothing of this process is in the workers: no lock, no file, no thread.
        self._context = get_context("spawn")
        self._workers: list[_Worker] = []
        self._deaths = 0
        self._looked = time.monotonic()

    def close(self) -> None:
        """End all workers, at once."""
        for one in self._workers:
            one.process.kill()
        for one in self._workers:
            one.process.join()
            one.connection.close()
        self._workers = []

    def _staff(self, tasks: int) -> None:
        """Have as many workers as there is work for, and give it to those that are idle."""
        while len(self._workers) < min(self._size, tasks):
            ours, theirs = self._context.Pipe()
            process = self._context.Process(
                target=worker.work, args=(theirs, self._settings, self._resources, self._threads), daemon=True
            )
            process.start()
            theirs.close()  # so that its end is seen here when the process ends
            self._workers.append(_Worker(process, ours))
        for one in self._workers:
            if self._waiting and one.is_ready and one.task is None:
                one.task, one.heard = self._waiting.popleft(), time.monotonic()
                with suppress(OSError):  # it has died, which is seen when it is heard
                    one.connection.send_bytes(msgspec.msgpack.encode(one.task.items))

    def _hear(self) -> None:
        """Take what the workers say, and look after those that are silent or dead."""
        connections = {one.connection: one for one in self._workers}
        speaking = wait(list(connections), _TICK)
        now, before = time.monotonic(), self._looked
        self._looked = now
        if now - before > _PAUSE:  # the workers were stopped too, or had to wait for us
            for one in self._workers:
                one.heard = now
        for connection in speaking:
            one = connections[connection]  # type: ignore[index]
            try:
                self._take(one, one.connection.recv_bytes())
            except (EOFError, OSError):
                self._replace(one, DIED)
        for connection, one in connections.items():
            # One that was heard just now may have been waiting for us, however long.
            if connection not in speaking:
                silence = now - one.heard
                if one.task and silence > self._settings.time_limit:
                    self._replace(one, f"took longer than the limit of {self._settings.time_limit:g} s")
                elif not one.is_ready and silence > _START_LIMIT:
                    raise BatchError(_("the workers do not start; try fewer with --workers"))

    def _take(self, one: _Worker, message: bytes) -> None:
        one.heard = time.monotonic()
        if not one.is_ready:
            if message != worker.READY:
                raise BatchError(message.decode())
            one.is_ready, self._deaths = True, 0
            return
        assert one.task is not None
        index, result = _decode(message)
        if index == worker.REFUSED:
            raise BatchError(result.reason)
        one.task.open.results[one.task.indices[index]] = result
        if not one.task.left:
            one.task = None

    def _replace(self, one: _Worker, reason: str) -> None:
        """End a worker; its articles are given up or tried again alone."""
        one.process.kill()
        one.process.join()
        one.connection.close()
        self._workers.remove(one)
        self._deaths += not one.is_ready
        if self._deaths == _MOST_DEATHS:
            raise BatchError(_("the workers do not start; try fewer with --workers"))
        if one.task is None:
            return
        left = one.task.left
        if len(one.task.indices) == 1:
            for index in left:
                one.task.open.results[index] = Result(reason=reason)
        else:
            self._waiting.extendleft(Task(one.task.open, [index]) for index in reversed(left))
