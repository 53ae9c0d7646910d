"""A cluster of two nodes gives the files that one machine gives, whatever becomes of an actor."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import kyket
from kyket import batch
from kyket.batch.items import Chunk, Item, Position, Result
from kyket.batch.order import Open, Task
from kyket.batch.settings import Resources

from .outputs import documents, outcome, rows, write_rows

SETTINGS = batch.Settings(shard_size=20)


def test_without_ray_one_line_says_what_to_install(again, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.delitem(__import__("sys").modules, "kyket.batch.cluster", raising=False)
    monkeypatch.delattr(kyket.batch, "cluster", raising=False)
    (tmp_path / "a.txt").write_text("ký", "utf-8")
    status, [line] = again("a.txt", "out", "--engine", "ray")
    assert status == 2 and 'pip install "kyket[ray]"' in line and not (tmp_path / "out").exists()


def test_an_address_is_only_for_a_cluster(again):
    status, [line] = again("a.txt", "out", "--address", "auto")
    assert status == 2 and "--address" in line and "only with --engine ray" in line


def test_what_was_with_three_dead_actors_is_read_alone_and_then_given_up():
    pytest.importorskip("ray")
    from kyket.batch import cluster

    task = Task(Open(Chunk(0, 0, [Item("a"), Item("b")], Position(), 0)), [0, 1])
    for _ in range(2):
        assert cluster.after_death(task) == [task]
    one, other = cluster.after_death(task)
    assert (one.indices, other.indices) == ([0], [1])
    assert [cluster.after_death(one) for _ in range(3)] == [[one], [one], []]
    assert task.open.results == {0: Result(reason="the process that read it died")}


def test_a_cluster_that_has_no_processor_yet_gets_one_actor(monkeypatch):
    pytest.importorskip("ray")
    from kyket.batch import cluster

    sizes = []

    class Actors:
        def __init__(self, ray, settings, resources, size):
            sizes.append(size)

        def run(self, chunks, tick):
            return chunks

        def close(self):
            pass

    ray = SimpleNamespace(cluster_resources=lambda: {"memory": 8e9})
    monkeypatch.setattr(cluster, "_connected", lambda address: nullcontext(ray))
    monkeypatch.setattr(cluster, "_Actors", Actors)
    assert list(cluster.results(iter(()), SETTINGS, Resources(), None, None)) == []
    assert sizes == [1]


@pytest.fixture
def cluster(monkeypatch):
    """Two nodes of a processor each, on which the fake extractor is installed."""
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    fake = Path(__file__).with_name("fake_site")
    monkeypatch.setenv("PYTHONPATH", f"{fake}{os.pathsep}{Path(kyket.__file__).parents[1]}")
    monkeypatch.setenv("KYKET_FAKE_SECONDS", "0.02")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    made = _two_nodes(Cluster)
    yield made
    made.shutdown()


def _two_nodes(cluster: Callable[[], Any]) -> Any:
    """A cluster of a head and another; a busy machine may need longer than Ray gives a node to start."""
    for tries_left in reversed(range(5)):
        made = cluster()
        try:
            made.add_node(num_cpus=1, include_dashboard=False)
            made.add_node(num_cpus=1)
        except Exception:
            made.shutdown()
            if not tries_left:
                raise
        else:
            break
    return made


def actors() -> list[int]:
    """The processes of all actors that read, of this test's cluster and no other on the machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        pid = int(path.parent.name)
        with suppress(OSError):  # it has just ended
            if path.read_bytes().startswith(b"ray::ArticleReader") and descends(pid):
                found.append(pid)
    return found


def descends(pid: int) -> bool:
    """Whether a process was started by this one, or by one that was."""
    while pid > 1 and pid != os.getpid():
        status = Path(f"/proc/{pid}/status").read_text()
        pid = int(status.partition("\nPPid:")[2].split()[0])
    return pid == os.getpid()


def kill_an_actor(folder: Path, killed: list[int]) -> None:
    """Kill one as soon as the first shard is there."""
    while not (folder / "progress.json").exists():
        time.sleep(0.02)
    killed.extend(actors()[:1])
    os.kill(killed[0], signal.SIGKILL)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")
def test_local_and_cluster_are_the_same_with_an_actor_killed(run, cluster, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = [f"Bài {number}: hai bên ký kết văn bản số {number}." for number in range(200)]
    texts[30], texts[31] = "BUG", "CRASH"
    write_rows(tmp_path / "a.jsonl", texts)
    (tmp_path / "b.txt").write_text("Một bài ký.", "utf-8")  # which the actor opens itself
    inputs = ("a.jsonl", "b.txt")
    out, killed = tmp_path / "ray", []
    threading.Thread(target=kill_an_actor, args=(out, killed), daemon=True).start()
    done = batch.run(batch.Job(inputs, out, SETTINGS, engine="ray", address=cluster.address))
    assert len(killed) == 1 and killed[0] not in actors()
    assert (done.articles, done.errors) == (201, 2) and len(documents(out)) == 199
    assert [row["article"] for row in rows(out / "errors.jsonl")] == [30, 31]

    assert run(*inputs, "local", "--shard-size", "20")[0] == 1
    assert outcome(out) == outcome(tmp_path / "local")
