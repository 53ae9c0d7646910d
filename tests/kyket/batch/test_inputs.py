"""What an input names, and when it counts as changed."""

import io
import os
from collections import Counter
from pathlib import Path

import pytest

from kyket.batch import plan
from kyket.batch.errors import BatchError
from kyket.batch.inputs import Found, find


def test_a_folder_is_walked_by_name_and_gives_what_it_knows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "b/2.txt",
        "b/10.txt",
        "a.HTM",
        "c.Jsonl.GZ",
        "d.jpg",
        ".git/x.txt",
        "out/shard.jsonl",
        "e.txt.zst",
    ):
        Path("in", name).parent.mkdir(parents=True, exist_ok=True)
        Path("in", name).touch()
    Path("in/b/up").symlink_to("..")
    passed_over = Counter()
    found = list(find(["in"], None, Path("in/out"), passed_over))
    assert passed_over == {".jpg": 1}
    assert [(f.path, f.kind, f.packing) for f in found] == [
        ("in/a.HTM", "html", ""),
        ("in/b/10.txt", "txt", ""),
        ("in/b/2.txt", "txt", ""),
        ("in/c.Jsonl.GZ", "jsonl", "gz"),
        ("in/e.txt.zst", "txt", "zst"),
    ]
    assert "in/d.jpg" in [f.path for f in find(["in"], "txt", Path("in/out"))]
    assert [f.path for f in find(["in/**/*.txt", "in/d.jpg", "no*"], None, Path("in/out"))] == [
        *("in/b/10.txt", "in/b/2.txt", "in/d.jpg", "no*"),
    ]


def planned(*found: Found) -> list[plan.Planned]:
    out = io.BytesIO()
    plan.write(found, out)
    path = Path("plan")
    path.write_bytes(out.getvalue())
    return list(plan.read(path))


@pytest.mark.parametrize("name", ["a.txt", os.fsdecode(b"\xff\xfe.txt"), "tin tức\n.txt"])
def test_a_plan_is_kept_and_compared(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("ký")
    found = [Found(name, "txt"), Found("gone.txt", "txt")]
    then = planned(*found)
    assert [file.path for file in then] == [name, "gone.txt"] and then[1].fault.startswith("no such file")
    plan.check(then, found)
    os.utime(name, (1, 1))
    plan.check(then, found)
    for change in (
        lambda: Path(name).write_text("kí"),
        lambda: Path(name).write_text("ký ký"),
        lambda: Path(name).unlink(),
        lambda: found.pop(),
    ):
        change()
        with pytest.raises(BatchError, match="changed since") as refusal:
            plan.check(then, found)
        str(refusal.value).encode()
