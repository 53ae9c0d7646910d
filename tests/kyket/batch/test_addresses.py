"""Input and output at addresses of fsspec: memory, and S3 as a mock server plays it."""

import gzip
import json
import os
import threading
import uuid
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kyket import batch
from kyket.batch import locks
from kyket.batch.errors import BatchError, UnreachableError
from kyket.batch.folder import RemoteFolder
from kyket.batch.inputs import find
from kyket.batch.items import Item
from kyket.batch.settings import Settings
from kyket.batch.worker import Reader

from .fake_kyket import FakeExtractor
from .outputs import outcome

SETTINGS = Settings(shard_size=4, kind=None)


@pytest.fixture(scope="module")
def server():
    """A mock of S3 on this machine; gives its address."""
    pytest.importorskip("s3fs")
    made = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


@pytest.fixture(params=["memory", "s3"])
def place(request, monkeypatch):
    """An empty folder at an address."""
    if request.param == "s3":
        settings = {
            "AWS_ENDPOINT_URL": request.getfixturevalue("server"),
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "NO_PROXY": "*",
        }
        monkeypatch.delenv("AWS_PROFILE", raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        bucket = f"b-{uuid.uuid4().hex[:8]}"
        fsspec.filesystem("s3", use_listings_cache=False).mkdir(bucket)
        yield f"s3://{bucket}/tin"
        fsspec.get_filesystem_class("s3").clear_instance_cache()
    else:
        yield f"memory://{uuid.uuid4().hex[:8]}/tin"


@pytest.fixture
def hasty(monkeypatch):
    """Leases that show signs of life more often, and are waited for less long."""
    monkeypatch.setattr(locks, "_BEAT", 0.05)
    monkeypatch.setattr(locks, "_PATIENCE", 3.0)


def put(place, name, data):
    system, root = fsspec.core.url_to_fs(place)
    system.pipe_file(f"{root}/{name}", data)


def copied(place, folder: Path) -> dict[str, bytes]:
    """What a run left at an address."""
    system, root = fsspec.core.url_to_fs(place, use_listings_cache=False)
    folder.mkdir()
    for path in system.ls(root, detail=False):
        (folder / path.rpartition("/")[2]).write_bytes(system.cat_file(path))
    return outcome(folder)


def news(write):
    """The same articles, wherever `write` writes them."""
    rows = "".join(json.dumps({"text": f"Bài {n}: hai bên ký."}) + "\n" for n in range(9)).encode()
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": ["ký f", "ký g"]}), sink)
    write("a.txt", "Hai bên ký kết.".encode())
    write("b/1.jsonl.gz", gzip.compress(rows))
    write("b/2.txt.gz", gzip.compress("Đã ký.".encode()))
    write("b/3.txt", b"BUG")
    write("c.parquet", sink.getvalue().to_pybytes())
    write(".hidden.txt", b"no")
    write("photo.jpg", b"no")


def sources(files: dict[str, bytes], base: str) -> dict[str, bytes]:
    """Outcomes without the address in them, and without the times and lengths that come from it."""
    plain = {name: data.replace(base.encode(), b"") for name, data in files.items()}
    del plain["inputs.jsonl"], plain["progress.json"], plain["shards.jsonl"]
    return plain


def test_an_address_gives_what_a_folder_gives(quick, place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(name, data):
        path = tmp_path / "tin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    news(write)
    news(lambda name, data: put(place, name, data))
    here = batch.run(batch.Job(("tin",), tmp_path / "out", SETTINGS))
    there = batch.run(batch.Job((place,), f"{place}/out", SETTINGS))
    assert (there.articles, there.errors) == (here.articles, here.errors) == (14, 1)
    left = copied(f"{place}/out", tmp_path / "copy")
    assert sources(left, place) == sources(outcome(tmp_path / "out"), "tin")
    assert not left.keys() & {".lock", "shard.tmp"}
    # Its output lies in its input, and is left out.
    again = batch.run(batch.Job((place,), f"{place}/out", SETTINGS))
    assert again == there
    put(place, "a.txt", "Hai bên kí kết.".encode())
    with pytest.raises(BatchError, match=r"a\.txt: changed since"):
        batch.run(batch.Job((place,), f"{place}/out", SETTINGS))


def test_patterns(place):
    news(lambda name, data: put(place, name, data))
    found = list(find([f"{place}/**/*.txt", f"{place}/no*.txt", f"{place}/a.txt"], None, f"{place}/out"))
    assert [file.path.removeprefix(place) for file in found] == ["/a.txt", "/b/3.txt", "/no*.txt", "/a.txt"]


class Killed(BaseException):
    pass


def test_ended_before_or_after_any_write_it_goes_on_to_the_same_end(quick, unsynced, tmp_path, monkeypatch):
    base = f"memory://{uuid.uuid4().hex[:8]}"
    news(lambda name, data: put(f"{base}/in", name, data))
    batch.run(batch.Job((f"{base}/in",), f"{base}/whole", SETTINGS))
    whole = copied(f"{base}/whole", tmp_path / "whole")
    send = RemoteFolder._send
    for step in range(1, 100):
        left = [step]

        def ending(self, *args, left=left, step=step):
            left[0] -= 1
            if left[0] == 0 and step % 2:
                raise Killed
            send(self, *args)
            if left[0] == 0:
                raise Killed

        job = batch.Job((f"{base}/in",), f"{base}/{step}", SETTINGS)
        with monkeypatch.context() as patch:
            patch.setattr(RemoteFolder, "_send", ending)
            try:
                batch.run(job)
            except Killed:
                pass
            else:
                break
        batch.run(job)
        assert copied(f"{base}/{step}", tmp_path / f"{step}") == whole, step
    assert 15 < step < 99


def test_a_second_run_is_refused_and_a_dead_one_is_not_waited_for_long(hasty):
    place = f"memory://{uuid.uuid4().hex[:8]}/out"
    refused = pytest.raises(BatchError, match="another run is writing there")
    with locks.locked(place), refused, locks.locked(place):
        pass
    put(place, ".lock", b"of one that was killed")
    with locks.locked(place):
        pass


def test_a_run_that_lost_its_folder_commits_no_more(hasty):
    place = f"memory://{uuid.uuid4().hex[:8]}/out"
    with locks.locked(place) as folder:
        put(place, ".lock", b"of another")
        (folder.path / "shard.tmp").write_bytes(b"{}\n")
        with pytest.raises(BatchError, match="another run is writing there"):
            for _ in range(100):
                threading.Event().wait(0.05)
                folder.publish("shard.tmp", "shard-000000.jsonl")
                (folder.path / "shard.tmp").write_bytes(b"{}\n")
        with pytest.raises(BatchError, match="another run"), folder.write("progress.json"):
            pass
        assert folder.size("progress.json") is None
    assert folder.size(".lock") is not None  # which is the other's


def test_a_lock_that_another_run_has_taken_meanwhile_stays(monkeypatch):
    monkeypatch.setattr(locks, "_BEAT", 600)
    place = f"memory://{uuid.uuid4().hex[:8]}/out"
    with locks.locked(place) as folder:
        put(place, ".lock", b"of another")
    assert folder.size(".lock") == len(b"of another")


def test_an_address_that_does_not_answer_ends_the_run_and_costs_no_article(quick, monkeypatch, tmp_path):
    place = f"memory://{uuid.uuid4().hex[:8]}/tin"
    news(lambda name, data: put(place, name, data))
    job = batch.Job((place,), tmp_path / "out", SETTINGS)
    from fsspec.implementations.memory import MemoryFile

    reads = [0]

    def broken(self, *args):
        reads[0] += 1
        if reads[0] > 14:
            raise RuntimeError("the wire is cut")
        return super(MemoryFile, self).read(*args)

    with monkeypatch.context() as patch:
        patch.setattr(MemoryFile, "read", broken)
        with pytest.raises(UnreachableError, match=r"cannot be reached \(the wire is cut\)"):
            batch.run(job)
    assert batch.run(job).errors == 1


def test_a_folder_that_may_not_be_listed_ends_the_run(quick, monkeypatch, tmp_path):
    place = f"memory://{uuid.uuid4().hex[:8]}/tin"
    put(place, "a.txt", b"k")

    def denied(self, *args, **options):
        raise PermissionError("Access Denied")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "ls", denied)
    with pytest.raises(UnreachableError, match=rf"{place}: cannot be reached \(Access Denied\)"):
        batch.run(batch.Job((place,), tmp_path / "out", SETTINGS))


@pytest.mark.filterwarnings("error")  # also of what is closed that never was open
def test_a_machine_that_cannot_open_addresses_costs_no_article():
    items = [Item("a", path=b"nosuch://x/a.txt")]
    with pytest.raises(BatchError, match="nosuch"):
        list(Reader(FakeExtractor(), SETTINGS).results(items))


def test_what_is_refused(quick, tmp_path):
    settings = Settings(dedup=True)
    with pytest.raises(BatchError, match="needs an OUTPUT on this machine"):
        batch.run(batch.Job(("a.txt",), "memory://x", settings))
    for address in ("nosuch://x/y", "file:///tmp"):
        with pytest.raises(BatchError, match=address):
            batch.run(batch.Job(("a.txt",), address, SETTINGS))
