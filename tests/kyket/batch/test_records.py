"""A place in a file is the number of items before it, whatever the file and whatever is wrong with it."""

import gzip
import json
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from kyket.batch.items import Item
from kyket.batch.plan import Planned
from kyket.batch.records import items
from kyket.batch.rows import article_of_row
from kyket.batch.settings import Columns, Settings
from kyket.errors import ReadingError

SETTINGS = Settings(max_bytes=2000)
LINES = [json.dumps({"text": f"ký {number}" * (1000 if number == 5 else 1)}) for number in range(40)]
LINES[7] = ""


def jsonl(path):
    path.write_text("\n".join(LINES))


def packed(path):
    path.write_bytes(gzip.compress("\n".join(LINES).encode()))


def cut_short(path):
    noise = random.Random(1).randbytes(60_000).hex()
    lines = [*LINES, *(json.dumps({"text": noise[i : i + 1000]}) for i in range(0, 120_000, 1000))]
    path.write_bytes(gzip.compress("\n".join(lines).encode())[:-20_000])


def zst_in_frames(path):
    path.write_bytes(b"".join(zstandard.compress((line + "\n").encode()) for line in LINES))


def table(path):
    pq.write_table(pa.table({"text": [*LINES, None]}), path, row_group_size=7)


def damaged_table(path):
    noise = random.Random(1).randbytes(20_000).hex()
    pq.write_table(
        pa.table({"text": [noise[i : i + 400] for i in range(0, 40_000, 400)]}), path, row_group_size=1
    )
    data = bytearray(path.read_bytes())
    middle = len(data) // 3
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "make", "least", "faults"),
    [
        ("a.jsonl", jsonl, 39, 1),
        ("a.jsonl.gz", packed, 39, 1),
        ("b.jsonl.gz", cut_short, 50, 2),
        ("a.jsonl.zst", zst_in_frames, 39, 1),
        ("a.parquet", table, 41, 1),
        ("b.parquet", damaged_table, 20, 1),
    ],
)
def test_skipping_gives_what_comes_after(tmp_path, name, make, least, faults):
    path = tmp_path / name
    make(path)
    kind, _, packing = name.partition(".")[2].partition(".")
    file = Planned(str(path), kind, packing, size=path.stat().st_size)
    whole = list(items(file, str(path), SETTINGS))
    assert least <= len(whole) and sum(bool(item.fault) for item, _ in whole) == faults
    assert [read for _, read in whole] == sorted(read for _, read in whole)
    for skip in range(len(whole) + 2):
        assert list(items(file, str(path), SETTINGS, skip)) == whole[skip:], skip


def test_an_endless_line_is_passed_over_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("kyket.batch.records._MOST_SKIPPED", 5_000_000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "a"}\n' + bytes(20_000_000) + b'\n{"text": "b"}\n'))
    file = Planned(str(path), "jsonl", "gz")
    faults = [item.fault[:7] for item, _ in items(file, str(path), SETTINGS)]
    assert faults == ["", "larger ", "damaged"]


def read_table(path, columns):
    pq.write_table(pa.table(columns), path)
    return [
        item
        for item, _ in items(Planned(str(path), "parquet", size=path.stat().st_size), str(path), SETTINGS)
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"text": pa.array([b"a", b"\xff\xfe", b"c"]).view(pa.binary()).view(pa.string())},
        {"text": ["a", "b", "c"], "published": pa.array([0, 2**62, None], pa.timestamp("us"))},
        {"text": ["a", "b", "c"], "published": pa.array([0, 2**31 - 1, None], pa.date32())},
    ],
)
def test_one_bad_cell_costs_one_row(tmp_path, columns):
    found = read_table(tmp_path / "a.parquet", columns)
    assert [item.source.rpartition(":")[2] for item in found] == ["1", "2", "3"]
    assert [item.fault[:27] for item in found] == ["", "a value that cannot be read", ""]
    assert [json.loads(item.data)["text"] for item in found if item.data] == ["a", "c"]


@pytest.mark.parametrize("zone", [None, "Asia/Ho_Chi_Minh"])
def test_days_of_nanoseconds_are_read(tmp_path, zone):
    noon = 1_638_856_800_000_000_001  # 2021-12-07T06:00:00.000000001Z
    days = pa.array([noon, None], pa.timestamp("ns", zone))
    found = read_table(tmp_path / "a.parquet", {"text": ["a", "b"], "published": days})
    articles = [article_of_row(item, SETTINGS) for item in found]
    assert [(article.text, article.published) for article in articles] == [("a", "2021-12-07"), ("b", None)]


def test_a_damaged_archive_says_why(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"no archive\n")
    [(item, _)] = items(Planned(str(path), "warc"), str(path), SETTINGS)
    assert "ArchiveLoadFailed: Unknown archive format" in item.fault


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"body": None}, "no text: field 'body' is null"),
        (
            {"text": "a", "n": 1, "url": "b"},
            "no text: field 'body' is not in the row, which has 'text', 'url'; name the one",
        ),
        (dict.fromkeys("abcdefghi", ""), "no text: .* 'a', 'b', .* 'h', …; name"),
        ({}, "no text: field 'body' is not in the row$"),
        ({"body": "a", "published": "7.2024"}, "published: '7.2024' is not a day"),
    ],
)
def test_a_row_says_what_it_lacks(row, said):
    settings = Settings(columns=Columns(text="body"))
    with pytest.raises(ReadingError, match=f"^{said}"):
        article_of_row(Item("a", "row", data=json.dumps(row).encode()), settings)


def test_a_day_with_slashes_begins_with_the_day():
    row = {"text": "a", "published": "06/07/2024"}
    assert article_of_row(Item("a", "row", data=json.dumps(row).encode()), SETTINGS).published == "2024-07-06"
