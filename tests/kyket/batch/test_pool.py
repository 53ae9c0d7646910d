"""What becomes of workers that die while loading, and of those that were stopped with us."""

from multiprocessing import Pipe
from types import SimpleNamespace

import msgspec
import pytest

from kyket.batch import pool, worker
from kyket.batch.errors import BatchError
from kyket.batch.items import Chunk, Item, Position, Result
from kyket.batch.settings import Resources, Settings


class Played:
    """Stands for multiprocessing: workers that do as they are told, in this process.

    Args:
        loads: For each worker that is started, whether it can load the model.
    """

    def __init__(self, loads):
        self.loads, self.theirs = list(loads), []

    def Pipe(self):  # noqa: N802 - as multiprocessing has it
        ours, theirs = Pipe()
        self.theirs.append(Kept(theirs))
        return ours, self.theirs[-1]

    def Process(self, **_):  # noqa: N802
        return self

    def start(self):
        assert self.loads, "one too many was started"
        if self.loads.pop(0):
            self.theirs[-1].send_bytes(worker.READY)
        else:
            self.theirs[-1].end()

    def kill(self):
        pass

    join = kill


class Kept:
    """A worker's end of a pipe, which stays open here, as it would there."""

    def __init__(self, connection):
        self.send_bytes, self.end = connection.send_bytes, connection.close

    def close(self):
        pass


def made(monkeypatch, loads, **settings):
    monkeypatch.setattr(pool, "_TICK", 0.01)
    one = pool.Pool(Settings(**settings), Resources(), 1)
    one._context = Played(loads)
    return one


def chunk(number):
    return Chunk(number, number, [Item(f"{number}")], Position(0, number + 1), 0)


def test_workers_that_die_while_loading_are_not_started_for_ever(monkeypatch):
    one = made(monkeypatch, [False, False, True, False, False, False])
    results = one.run(map(chunk, range(2)), lambda: one._context.theirs[-1].end() if one._workers else None)
    assert next(results)[1] == [Result(reason="the process that read it died")]
    with pytest.raises(BatchError, match="do not start"):
        next(results)


@pytest.mark.parametrize("stopped", [True, False])
def test_time_in_which_all_was_stopped_does_not_count(monkeypatch, stopped):
    clock = [0.0]
    # Not that of `time` itself, by which multiprocessing waits.
    monkeypatch.setattr(pool, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    one = made(monkeypatch, [True], time_limit=60)
    ticks = iter(range(1000))

    def tick():
        if not one._workers or not one._workers[0].task:
            return
        number = next(ticks)
        if number < 130:
            clock[0] += 1000.0 if stopped and number == 0 else 0.0 if stopped else 0.5
        else:
            one._context.theirs[-1].send_bytes(msgspec.msgpack.encode((0, Result(document=b"{}"))))

    [(_, [result])] = one.run(map(chunk, range(1)), tick)
    assert result.reason == ("" if stopped else "took longer than the limit of 60 s")
