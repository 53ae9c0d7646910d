"""What docs/batch.md says of `kyket batch`: what it reads and writes, survives and refuses."""

import datetime
import errno
import gzip
import io
import json
import os
import resource
import signal
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kyket.batch.settings import model_fingerprint
from kyket.bundle import FORMAT, Layout
from kyket.document import Document

from .outputs import documents, lives, outcome, rows, wait_for, write_rows


def warc(path, pages):
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for number, (status, type, body) in enumerate(pages):
            headers = StatusAndHeaders(f"{status} X", [("Content-Type", type)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"http://tin.example/{number}",
                    "response",
                    payload=io.BytesIO(body),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:page-{number}>"},
                )
            )


@pytest.fixture
def news(tmp_path):
    """A folder with one article or more of every kind that needs no other extra."""
    folder = tmp_path / "news"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text("Hai bên ký kết.\r\n", "utf-8", newline="")
    (folder / "b" / "1.md").write_text("---\ntitle: Lễ ký\npublished: 2020-02-03\n---\nHọ ký.\n", "utf-8")
    (folder / "b" / "2.html").write_text("<html><body><p>Họ ký kết.</p></body></html>", "utf-8")
    (folder / "b" / "3.txt.gz").write_bytes(gzip.compress("Đã ký.".encode()))
    (folder / "b" / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / ".hidden.txt").write_text("ký")
    lines = [
        {"id": 7, "text": "Ký bảy.", "published": "2021-12-07T10:00:00+07:00", "title": "Bảy"},
        {"text": "Ký tám.", "source": "http://tin.example/8"},
    ]
    packed = "\n\n".join(json.dumps(line) for line in lines).encode()
    (folder / "c.jsonl").write_bytes(packed)
    (folder / "d.jsonl.gz").write_bytes(gzip.compress(packed))
    (folder / "e.jsonl.zst").write_bytes(zstandard.compress(packed))
    table = {"text": ["ký f", "ký g"], "published": [datetime.date(2021, 12, 7), None], "other": [1, 2]}
    pq.write_table(pa.table(table), folder / "f.parquet", row_group_size=1)
    page = "<html><body><p>Trang ký.</p></body></html>".encode("utf-16")
    pages = [("200", "text/html; charset=utf-16", page), ("404", "text/html", b""), ("200", "image/png", b"")]
    warc(folder / "g.warc", pages)
    warc(folder / "h.warc.gz", pages)
    return folder


EXPECTED = [
    ("a", "news/a.txt", "Hai bên ký kết.\r\n", None),
    ("1", "news/b/1.md", "Họ ký.\n", "2020-02-03"),
    ("2", "news/b/2.html", "Họ ký kết.", None),
    ("3.txt", "news/b/3.txt.gz", "Đã ký.", None),
    *(
        line
        for name in ("c.jsonl", "d.jsonl.gz", "e.jsonl.zst")
        for line in (
            ("7", f"news/{name}:1", "Ký bảy.", "2021-12-07"),
            (f"{name[0]}-3", "http://tin.example/8", "Ký tám.", None),
        )
    ),
    ("f-1", "news/f.parquet:1", "ký f", "2021-12-07"),
    ("f-2", "news/f.parquet:2", "ký g", None),
    ("page-0", "http://tin.example/0", "Trang ký.", None),
    ("page-0", "http://tin.example/0", "Trang ký.", None),
]


def test_every_kind_of_input_in_the_order_of_the_names(run, news, tmp_path):
    status, err = run("news", "out", "--workers", "2", "--shard-size", "5")
    assert status == 0, err
    found = documents(tmp_path / "out")
    assert [(d["id"], d["source"], d["text"], d["published"]) for d in found] == EXPECTED
    assert [len(rows(path)) for path in sorted((tmp_path / "out").glob("shard-*"))] == [5, 5, 4]
    assert "articles 14, documents 14, shards 3" in err


def test_parquet_shards_hold_the_same_documents(invoke, news, tmp_path):
    assert invoke("news", "out")[0] == invoke("news", "table", "--format", "parquet")[0] == 0
    table = pq.read_table(tmp_path / "table" / "shard-000000.parquet").to_pylist()
    assert table == documents(tmp_path / "out")
    assert [Document.from_dict(row).to_dict() for row in table] == table


def test_columns_patterns_and_standard_input(run, tmp_path):
    line = json.dumps({"body": "ký", "url": "http://tin.example/1"}).encode() + b"\n"
    for name in ("2.x", "1.x", "3.y"):
        (tmp_path / name).write_bytes(line)
    columns = ("--input", "jsonl", "--column", "text=body", "--column", "id=url")
    assert run("*.x", "-", "out", *columns, stdin=line * 2)[0] == 0
    sources = ["1.x:1", "2.x:1", "-:1", "-:2"]
    found = documents(tmp_path / "out")
    assert [(d["source"], d["id"]) for d in found] == [(source, "http://tin.example/1") for source in sources]


def test_an_input_in_the_output_folder_is_not_read(invoke, tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "ký"}')
    for _ in range(2):
        assert invoke(".", "out")[0] == 0
    assert len(documents(tmp_path / "out")) == 1


def test_poison_is_named_and_the_rest_is_done_in_order(run, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    good = "Hai bên ký."
    lines = [json.dumps({"text": text}).encode() for text in (good, good, "CRASH", good, "BUG", good)]
    lines[2:2] = [b'{"text": "' + b"a" * 10_000_000 + b'"}', b"{no", b"[1]", b'{"text": 1}', b"\xff"]
    (news / "1.jsonl").write_bytes(b"\n".join(lines))
    (news / "2.html").write_text("<div>" * 100_000 + good)
    (news / "3.jsonl.gz").write_bytes(gzip.compress(b'{"text": "' + bytes(50_000_000)))
    (news / "4.txt.zst").write_bytes(zstandard.compress(bytes(50_000_000)))
    (news / "5.jsonl.gz").write_bytes(
        gzip.compress(b'{"text": "one"}\n' * 3 + os.urandom(100_000).hex().encode())[:-9]
    )
    (news / "6.parquet").write_bytes(b"PAR1 no table PAR1")
    (news / "7.warc.gz").write_bytes(b"\x1f\x8b no archive")
    pq.write_table(pa.table({"body": ["ký"]}), news / "8.parquet")
    (news / "9.txt").write_text(good)
    status, err = run("news", "gone.txt", "out", "--workers", "2", "--max-size", "5")
    errors = {
        row["source"].removeprefix("news/"): row["reason"] for row in rows(tmp_path / "out/errors.jsonl")
    }
    assert {name: reason[:18] for name, reason in errors.items()} == {
        "1.jsonl:3": "larger than the li",
        "1.jsonl:4": "not JSON (JSON is ",
        "1.jsonl:5": "not a JSON object",
        "1.jsonl:6": "text: field 'text'",
        "1.jsonl:7": "not JSON (JSON is ",
        "1.jsonl:8": "the process that r",
        "1.jsonl:10": "this is a fault of",
        "2.html": "nested too deeply ",
        "3.jsonl.gz:1": "larger than the li",
        "4.txt.zst": "larger than the li",
        "5.jsonl.gz": "damaged after its ",
        "6.parquet": "damaged after row ",
        "7.warc.gz": "damaged after its ",
        "8.parquet": "no column 'text'; ",
        "gone.txt": "no such file; chec",
    }
    done = [document["source"].removeprefix("news/") for document in documents(tmp_path / "out")]
    lines = [f"1.jsonl:{line}" for line in (1, 2, 9, 11)]
    assert done == [*lines, *(f"5.jsonl.gz:{line}" for line in (1, 2, 3)), "9.txt"]
    assert status == 1 and err.splitlines()[-1].startswith(f"kyket: {len(errors)} could not be read")


def test_an_article_that_takes_too_long_is_given_up(run, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký", "HANG", "ký"])
    assert run("a.jsonl", "out", "--workers", "1", "--time-limit", "3")[0] == 1
    errors = {row["source"]: row["reason"] for row in rows(tmp_path / "out" / "errors.jsonl")}
    assert errors["a.jsonl:2"].startswith("took longer than the limit of 3 s")
    found = {document["source"] for document in documents(tmp_path / "out")}
    # A machine that stands still for seconds may cost the others too; none is lost.
    assert found | set(errors) == {"a.jsonl:1", "a.jsonl:2", "a.jsonl:3"} and not found & set(errors)


def test_a_second_run_is_refused_and_the_lock_ends_with_the_first(start, again, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký"] * 200)
    with start("a.jsonl", "out", slowly=0.5) as first:
        wait_for(tmp_path / "out" / "manifest.json", first)
        status, [line] = again("a.jsonl", "out")
        first.kill()
    assert status == 2 and "another run is writing there" in line
    assert "--dedup" in again("a.jsonl", "out", "--dedup")[1][0]


def test_other_settings_other_input_and_other_folders_are_refused(invoke, again, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký"])
    assert invoke("a.jsonl", "out")[0] == 0
    before = outcome(tmp_path / "out")

    def refusal(*args):
        status, [line] = again(*args)
        assert status == 2
        return line

    assert "--shard-size" in refusal("a.jsonl", "out", "--shard-size", "9")
    assert "--dedup, INPUT" in refusal("./a.jsonl", "out", "--dedup")
    os.utime(tmp_path / "a.jsonl", (0, 0))
    assert again("a.jsonl", "out", "--workers", "3")[0] == 0  # neither changes what comes out
    write_rows(tmp_path / "a.jsonl", ["kí"])
    assert "a.jsonl: changed" in refusal("a.jsonl", "out")
    (tmp_path / "a.jsonl").unlink()
    assert "a.jsonl: changed" in refusal("a.jsonl", "out")
    assert outcome(tmp_path / "out") == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear")
    assert "letter.txt" in refusal("a.jsonl", "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    assert refusal("a.jsonl", "new", "--model", "nowhere") and not (tmp_path / "new").exists()


def test_standard_input_is_compared_too(invoke, again, tmp_path):
    assert invoke("-", "out", stdin="Hai bên ký.".encode())[0] == 0
    assert documents(tmp_path / "out")[0]["source"] is None
    assert again("-", "out", stdin="Hai bên ký.".encode())[0] == 0
    for other in ("Hai bên kí.", ""):  # the first is as long
        status, [line] = again("-", "out", stdin=other.encode())
        assert status == 2 and "changed" in line


def test_standard_input_named_twice_is_refused(again, tmp_path):
    status, [line] = again("-", "-", "out", stdin=b"a")
    assert status == 2 and "only once" in line and not (tmp_path / "out").exists()


def test_a_device_that_is_not_here_is_told_before_anything_is_read(again, tmp_path, monkeypatch):
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: ["CPUExecutionProvider"])
    (tmp_path / "a.txt").write_text("ký", "utf-8")
    (bundle := tmp_path / "bundle").mkdir()
    tags = {"tags": ["O", "B-ORG", "I-ORG"], "window": 32, "overlap": 8}
    manifest = {"format": FORMAT, "name": "tiny", "version": "0", **tags}
    (bundle / Layout.MANIFEST).write_text(json.dumps(manifest))
    for name in (Layout.NETWORK, Layout.TOKENIZER):
        (bundle / name).write_bytes(b"not read")
    args = ("a.txt", "out", "--model", "bundle", "--device", "cuda")
    for said in (Layout.FLOATS, "pip install onnxruntime-gpu"):
        status, [line] = again(*args)
        assert status == 2 and said in line
        (bundle / Layout.FLOATS).write_bytes(b"in floats")
    assert model_fingerprint(bundle, "cuda") != model_fingerprint(bundle)
    status, [line] = again(*args, "--engine", "ray")
    assert status == 2 and "only with --engine local" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("last", ["b.txt", "b.txt/out"])
def test_an_output_that_is_a_file_is_refused(again, tmp_path, last):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("ký", "utf-8")
    status, [line] = again("a.txt", last)
    assert status == 2 and "b.txt: is a file; the last argument is the folder for the shards" in line


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EFBIG, "make room"),
        (errno.EIO, "mend"),
    ],
)
def test_only_a_full_disk_is_to_be_emptied(again, tmp_path, monkeypatch, reason, advice):
    def refuse(*_: object) -> None:
        raise OSError(reason, os.strerror(reason))

    (tmp_path / "a.txt").write_text("ký", "utf-8")
    monkeypatch.setattr("kyket.batch.files.sync", refuse)
    status, [first, *_] = again("a.txt", "out")
    assert status == 1 and f"{os.strerror(reason)}; {advice}" in first


def test_a_full_disk_ends_the_run_and_the_same_command_goes_on(run, invoke, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký " * 60] * 40 + ["ký " * 8000] + ["ký"] * 20)

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    args = ("a.jsonl", "out", "--shard-size", "10")
    status, err = run(*args, preexec_fn=little_room)
    assert status == 1 and "cannot write to out" in err and "articles 40," in err
    assert len(documents(tmp_path / "out")) == 40 and not list((tmp_path / "out").glob("*.tmp"))
    assert invoke(*args)[0] == invoke("a.jsonl", "whole", "--shard-size", "10")[0] == 0
    assert outcome(tmp_path / "out") == outcome(tmp_path / "whole")


def test_ctrl_c_stops_with_one_line_and_no_worker_stays(start, invoke, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký"] * 60)
    with start("a.jsonl", "out", "--shard-size", "4", slowly=0.1, start_new_session=True) as process:
        wait_for(tmp_path / "out" / "progress.json", process)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert (
        err.decode().splitlines()[-1] == "kyket: stopped; the same command goes on after the last whole shard"
    )
    deadline = time.monotonic() + 300  # for the helper of multiprocessing that sees its pipe close
    while lives(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert invoke("a.jsonl", "out", "--shard-size", "4")[0] == 0
    assert len(documents(tmp_path / "out")) == 60


def test_duplicates_are_folded_into_the_first_and_keep_their_source(invoke, tmp_path):
    words = [f"từ{number}" for number in range(300)]
    near = " ".join([*words[:150], "khác", *words[151:]])
    texts = [
        " ".join(words),
        "Bài khác hẳn, không trùng với bài nào.",
        near,
        " ".join(words).upper() + ".",
        "",
    ]
    write_rows(tmp_path / "a.jsonl", [*texts, *texts])
    args = ("a.jsonl", "out", "--dedup", "--shard-size", "3")
    assert invoke(*args)[0] == 0
    assert [d["id"] for d in documents(tmp_path / "out")] == ["a-1", "a-2", "a-5", "a-10"]  # empty ones stay
    folded = rows(tmp_path / "out" / "duplicates.jsonl")
    assert [(row["source"], row["of"]["id"]) for row in folded] == [
        *(("a.jsonl:3", "a-1"), ("a.jsonl:4", "a-1"), ("a.jsonl:6", "a-1")),
        *(("a.jsonl:7", "a-2"), ("a.jsonl:8", "a-1"), ("a.jsonl:9", "a-1")),
    ]
    assert folded[0]["of"]["similarity"] < 1 and folded[1]["of"]["similarity"] == 1


def test_a_damaged_output_is_refused(invoke, again, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký"] * 3)
    assert invoke("a.jsonl", "out", "--shard-size", "1")[0] == 0
    (tmp_path / "out" / "shard-000001.jsonl").unlink()
    status, [line] = again("a.jsonl", "out", "--shard-size", "1")
    assert status == 2 and "shard-000001.jsonl" in line


@pytest.mark.parametrize("inputs", [["nosuch"], ["nosuch/*.txt"], ["a.txt", "b/**/*.html"]])
def test_where_nothing_of_the_input_is_there_nothing_is_written(invoke, tmp_path, inputs):
    status, err = invoke(*inputs, "out")
    assert status == 2 and err == f"kyket: {', '.join(inputs)}: no such file or folder; check the path\n"
    assert not (tmp_path / "out").exists()


def test_one_article_is_told_without_a_plural(run, tmp_path):
    write_rows(tmp_path / "a.jsonl", ["ký"])
    status, err = run("a.jsonl", "out", "--workers", "1")
    assert (status, err) == (0, "kyket: in out: articles 1, documents 1, shards 1\n")
