"""Time left is reckoned from what this run did, not an earlier one."""

import io
from collections import Counter

from kyket.batch import pool, run
from kyket.batch.items import Result
from kyket.batch.report import Report
from kyket.batch.run import Job
from kyket.batch.settings import Settings

from .outputs import write_rows


def test_time_left_after_a_resume(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("kyket.batch.report.time.monotonic", lambda: clock[0])
    report = Report(1000, stream := io.StringIO())
    for clock[0], articles, bytes_read in ((50.0, 100, 900), (100.0, 110, 910)):
        report.show(articles, 0, bytes_read)
    assert stream.getvalue() == "kyket: articles 110, without a result 0, 0.2 a second, 0:07:30 left\n"


def test_what_is_passed_over_is_counted_by_suffix():
    report = Report(1000, stream := io.StringIO())
    report.passed_over(Counter())
    report.passed_over(Counter({".doc": 1200, "": 3, **{f".{letter}": 1 for letter in "abcdefgh"}}))
    said = "files in folders passed over for their suffix, 1,211: .doc 1,200, without suffix 3, .a 1, .b 1"
    assert stream.getvalue() == f"kyket: {said}, .c 1, .d 1, .e 1, .f 1, …\n"
    report.passed_over(Counter({".\x1b[31m\n\udcff": 1}))
    assert stream.getvalue().endswith("suffix, 1: .\\x1b[31m\\n\\udcff 1\n")


def test_nothing_is_said_of_a_resumed_run_before_its_first_chunk(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    write_rows(path, ["ký"] * 4)
    left = [2, 4]

    def results(chunks, settings, resources, workers, tick):
        for chunk in chunks:
            if not left[0]:
                raise InterruptedError
            tick()
            yield chunk, [Result(document=b"{}")]
            left[0] -= 1

    shown = []
    monkeypatch.setattr(pool, "results", results)
    monkeypatch.setattr(Report, "show", lambda _, *numbers: shown.append(numbers))
    job = Job((str(path),), tmp_path / "out", Settings(shard_size=1))
    for _ in range(2):
        try:
            run(job)
        except InterruptedError:
            shown.clear()
            left.pop(0)
    assert shown[0] == (3, 0, path.stat().st_size * 3 // 4)
