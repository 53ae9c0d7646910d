"""The engine of a cluster: actors of Ray that read chunks, and results in the order of the input.

The same chunks in the same order as the local engine's, so that either goes on where the other stopped. Each
actor has one worker process of its own, as the local engine has them, so an article that ends a process or
takes too long costs itself and no actor. An actor that dies has lost its machine or its memory: another reads
what it had. Only what has been with several dead actors is read alone, and given up when that ends alike.

Why actors and not Ray Data: its actors are told to try a block without end, or to drop it whole; its input is
listed before it begins; and it knows no place in a file from which a run goes on.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from kyket.batch.errors import BatchError
from kyket.batch.items import Chunk, Item, Position, Result
from kyket.batch.order import Crew, Task
from kyket.batch.pool import DIED, Pool
from kyket.batch.settings import Resources, Settings, model_fingerprint, tables_fingerprint
from kyket.errors import KyketError, MissingExtraError
from kyket.language import gettext as _

if find_spec("ray") is None:
    raise MissingExtraError("ray")

_AT_ONCE = 2  # chunks an actor has: one to read, one to read next
_TICK = 0.5  # seconds between two looks
_START_LIMIT = 900.0  # seconds without any actor; a cluster may have to find machines first
_MOST_DEATHS = 3  # of actors with the same task, or as often as there are actors while starting

_encode = msgspec.msgpack.encode
_items = msgspec.msgpack.Decoder(list[Item]).decode
_results = msgspec.msgpack.Decoder(list[Result]).decode


def results(
    chunks: Iterator[Chunk],
    settings: Settings,
    resources: Resources,
    workers: int | None,
    address: str | None,
    tick: Callable[[], None] = lambda: None,
) -> Generator[tuple[Chunk, list[Result]], None, None]:
    """The chunks in their order, each with the results of its items.

    Args:
        chunks: Of the run, from where it begins.
        settings: Of the run.
        resources: What the actors load.
        workers: How many actors at most; None for as many as the cluster has processors.
        address: Of the cluster, as `ray.init` takes it.
        tick: Called at least every half second while there is nothing to give.

    Raises:
        BatchError: there is no cluster, or its machines have another kyket or model, or cannot load it.
    """
    with _connected(address) as ray:
        # A head may have none, and an autoscaler brings machines only to actors that wait for one.
        processors = max(1, int(ray.cluster_resources().get("CPU", 0)))
        actors = _Actors(ray, settings, resources, workers or processors)
        try:
            yield from actors.run(chunks, tick)
        finally:
            actors.close()


@contextmanager
def _connected(address: str | None) -> Iterator[Any]:
    """Ray, connected; a connection that was there before stays."""
    import ray

    if ray.is_initialized():
        yield ray
        return
    try:
        ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        reason = " ".join(str(error).split())[:200]
        message = _("{address}: no Ray cluster there ({reason})")
        raise BatchError(message.format(address=address or "RAY_ADDRESS", reason=reason)) from None
    try:
        yield ray
    finally:
        ray.shutdown()


class ArticleReader:
    """An actor: a worker process that has the model, on some machine of the cluster."""

    def __init__(self, settings: bytes, resources: bytes) -> None:
        self._settings = msgspec.msgpack.decode(settings, type=Settings)
        self._resources = msgspec.msgpack.decode(resources, type=Resources)
        # A process that is spawned runs the file of the main module, which here is Ray's and of no use to it.
        vars(sys.modules["__main__"]).pop("__file__", None)
        self._pool = Pool(self._settings, self._resources, 1, threads=1)

    def fault(self) -> str:
        """Why this machine is not fit for the run; empty where it is."""
        model, tables = (path and Path(path) for path in msgspec.structs.astuple(self._resources))
        settings = self._settings
        try:
            if settings.model and model_fingerprint(model) != settings.model:
                return _("a machine of the cluster has another model; give all the same")
            if settings.tables and tables and tables_fingerprint(tables) != settings.tables:
                return _("a machine of the cluster has other tables; give all the same")
        except (KyketError, OSError) as error:
            return str(error)
        return ""

    def read(self, items: bytes) -> tuple[str, bytes]:
        """The results of some items; or why the run cannot go on."""
        chunk = Chunk(0, 0, _items(items), Position(), 0)
        try:
            [(_chunk, found)] = self._pool.run(iter([chunk]), lambda: None)
        except BatchError as error:
            return str(error), b""
        return "", _encode(found)


@dataclass
class _Actor:
    """An actor, and what it is at: its references with their tasks."""

    handle: Any
    starting: Any
    tasks: dict[Any, Task] = field(default_factory=dict)


class _Actors(Crew):
    def __init__(self, ray: Any, settings: Settings, resources: Resources, size: int) -> None:
        super().__init__(size)
        self._ray = ray
        self._class = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(ArticleReader)
        self._arguments = _encode(settings), _encode(resources)
        self._actors: list[_Actor] = []
        self._deaths = 0
        self._heard = time.monotonic()

    def close(self) -> None:
        """End all actors, at once."""
        for one in self._actors:
            self._ray.kill(one.handle)
        self._actors = []

    def _staff(self, tasks: int) -> None:
        """Have as many actors as there is work for, and give it to those that have least."""
        while len(self._actors) < min(self._size, tasks):
            handle = self._class.remote(*self._arguments)
            self._actors.append(_Actor(handle, handle.fault.remote()))
        for most in range(_AT_ONCE):
            for one in self._actors:
                if self._waiting and one.starting is None and len(one.tasks) <= most:
                    task = self._waiting.popleft()
                    one.tasks[one.handle.read.remote(_encode(task.items))] = task

    def _hear(self) -> None:
        """Take what the actors say, and replace those that are dead."""
        speakers = {one.starting: one for one in self._actors if one.starting is not None}
        speakers |= {reference: one for one in self._actors for reference in one.tasks}
        speaking, _silent = self._ray.wait(list(speakers), timeout=_TICK)
        if speaking:
            speaking, _silent = self._ray.wait(list(speakers), num_returns=len(speakers), timeout=0)
        for reference in speaking:
            one = speakers[reference]
            if one not in self._actors:  # it died a moment ago
                continue
            try:
                self._take(one, reference, self._ray.get(reference))
            except self._ray.exceptions.RayTaskError as error:
                raise BatchError(" ".join(str(error.cause).split())[:300]) from error
            except self._ray.exceptions.RayError:
                self._replace(one)
        if speaking or any(one.starting is None for one in self._actors):
            self._heard = time.monotonic()
        elif time.monotonic() - self._heard > _START_LIMIT:
            raise BatchError(_("the workers do not start; try fewer with --workers"))

    def _take(self, one: _Actor, reference: Any, said: Any) -> None:
        if reference == one.starting:
            if said:
                raise BatchError(said)
            one.starting, self._deaths = None, 0
            return
        fault, found = said
        if fault:
            raise BatchError(fault)
        task = one.tasks.pop(reference)
        task.open.results.update(zip(task.indices, _results(found), strict=True))

    def _replace(self, one: _Actor) -> None:
        """Let another actor have the work of a dead one."""
        self._ray.kill(one.handle)
        self._actors.remove(one)
        self._deaths += one.starting is not None
        if self._deaths == _MOST_DEATHS * self._size:  # as many as one machine may take with it
            raise BatchError(_("the workers do not start; try fewer with --workers"))
        for task in reversed(one.tasks.values()):
            self._waiting.extendleft(reversed(after_death(task)))


def after_death(task: Task) -> list[Task]:
    """What is still to be done of a task whose actor died: all of it, or each item alone, or nothing."""
    task.deaths += 1
    if task.deaths < _MOST_DEATHS:
        return [task]
    if len(task.indices) > 1:
        return [Task(task.open, [index]) for index in task.indices]
    task.open.results[task.indices[0]] = Result(reason=DIED)
    return []
