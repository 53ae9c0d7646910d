"""A run that is killed at random moments and given again leaves the files of one that was not."""

import json
import random
import shutil
import signal
import subprocess
import time

from .outputs import outcome, rows

KILLS = 20
TEXTS = 400
COMMAND = ("news", "out", "--workers", "2", "--shard-size", "15")


def write_news(folder):
    folder.mkdir()
    texts = [f"Bài {number}: hai bên ký kết văn bản số {number % 97} về hợp tác." for number in range(TEXTS)]
    texts[50] = "BUG"
    texts[51] = None
    lines = [json.dumps({"text": text}) for text in texts]
    (folder / "a.jsonl").write_text("\n".join(lines[:250]))
    (folder / "b.txt").write_text("Một bài ký.", "utf-8")
    (folder / "c.jsonl").write_text("\n".join(lines[250:]))


def shards(folder):
    return len(list(folder.glob("shard-*.jsonl")))


def test_twenty_kills_leave_no_trace(start, run, tmp_path):
    write_news(tmp_path / "news")
    out = tmp_path / "out"
    assert run(*COMMAND)[0] == 1
    whole = outcome(out)
    assert len(rows(out / "errors.jsonl")) == 2 and shards(out) == 27
    shutil.rmtree(out)

    moments = random.Random(20)
    kills = partly = 0
    while kills < KILLS:
        # So many shards later, and a moment; counted in shards, as machines are of different speed.
        later = shards(out) + moments.randrange(4)
        with start(*COMMAND, slowly=0.002, stderr=subprocess.DEVNULL) as process:
            while shards(out) < later and process.poll() is None:
                time.sleep(0.002)
            time.sleep(moments.uniform(0, 0.1))
            ended = process.poll() is not None
            process.send_signal(signal.SIGKILL)
        kills += not ended
        partly += not ended and 0 < shards(out) < 27
        if ended:
            assert outcome(out) == whole
            shutil.rmtree(out)
    assert run(*COMMAND)[0] == 1
    assert outcome(out) == whole
    assert partly >= KILLS / 2
