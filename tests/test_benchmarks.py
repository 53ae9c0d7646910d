"""`python -m benchmarks`: its parts, and the command itself on two articles."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

from benchmarks import worker
from benchmarks.articles import LENGTH, one_of, take
from benchmarks.figures import floor_figures, row_figures
from benchmarks.floor import Encoder, plain_products, read_encoder
from benchmarks.pipelines import checkpoint
from benchmarks.rounds import Runs
from benchmarks.rows import ROWS, Reader, Row
from benchmarks.worker import search
from benchmarks.workload import Text, Workload, read_workload

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "data" / "articles" / "dev"
BUNDLE = ROOT / "models" / "kyket-small"

with_bundle = pytest.mark.skipif(not (BUNDLE / "model.onnx").is_file(), reason="the model is not there")


@with_bundle
def test_the_command_prints_a_table_and_writes_json(tmp_path: Path) -> None:
    rows = ("--only", "batch", "--only", "rules", "--only", "underthesea")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks", "--quick", *rows),
            *("--data", str(ARTICLES)),
            *("--underthesea", str(tmp_path / "nowhere"), "--json", str(tmp_path / "figures.json")),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    table = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    assert [cells[0].strip("| ") for cells in table[2:]] == [
        ROWS[name].title for name in ("batch", "rules", "underthesea")
    ]
    assert table[-1][1].startswith("not available: ")
    told = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert told["figures"].keys() == {"batch", "rules"}
    assert told["figures"]["batch"]["times"] == [1, 1, 1]
    assert 0 < told["figures"]["rules"]["share"][0] < 1
    assert told["figures"]["batch"]["start"][0] > 0
    assert told["figures"]["batch"]["memory"][0] > 50e6
    assert told["machine"]["cores"] >= 1


def test_articles_are_of_real_length_and_the_same_each_time(tmp_path: Path) -> None:
    articles = take(ARTICLES, 5)
    assert articles == take(ARTICLES, 5)
    assert len({article.text for article in articles}) == 5
    assert min(len(article.text.split()) for article in articles) >= 250
    assert "[[" not in articles[0].text
    alone = one_of(articles)
    assert len(alone.split()) == LENGTH
    assert max((article.text for article in articles), key=len).startswith(alone[:100])
    with pytest.raises(ValueError, match="100000 are wanted"):
        take(ARTICLES, 100_000)
    work = Workload(articles, alone, "model", calls=3)
    work.write(tmp_path / "work.json")
    assert read_workload(tmp_path / "work.json") == work


def measured(seconds: float, cpu: float) -> dict[str, Any]:
    return {"seconds": seconds, "cpu_seconds": cpu, "latency": 0.05, "start": 1.0, "memory": 10**8}


def test_rows_are_compared_round_by_round() -> None:
    """A busy minute slows all rows of its round: ratios are of one round each, not of medians."""
    base = Runs([measured(1, 2), measured(2, 2), measured(4, 2)])
    other = Runs([measured(3, 1), measured(6, 1), measured(20, 1)])
    work = Workload((Text("một hai ba bốn"), Text("năm sáu")), "một", "model")
    figures = row_figures({"batch": base, "single": other, "rules": other}, work)
    times, share = figures["single"]["times"], figures["single"]["share"]
    assert (times.median, times.low, times.high) == (3, 3, 5)
    assert share.median == 0.5
    assert figures["batch"]["syllables"].high == 6
    assert figures["batch"]["articles"].median == 1
    assert "latency" in figures["single"]
    assert "latency" not in figures["rules"]


def test_a_row_that_reads_a_part_is_compared_by_the_syllable() -> None:
    work = Workload(tuple(Text("một hai ba bốn") for _ in range(6)), "một", "model", calls=5)
    assert (len(work.every(3).articles), work.every(3).calls) == (2, 2)
    runs = {"batch": Runs([measured(6, 6)]), "checkpoint": Runs([measured(4, 8)])}
    found = row_figures(runs, work)["checkpoint"]
    assert (found["times"].median, found["share"].median) == (2, 4)
    assert (found["articles"].median, found["syllables"].median) == (0.5, 2)


def test_the_share_of_the_floor_is_the_encoders_rate_by_that_of_the_products() -> None:
    rates = {"integer": 10.0, "both": 5.0, "encoder": 2.5}
    found: dict[str, Any] = {name: {"one": rate, "all": 2 * rate} for name, rate in rates.items()}
    counted = {"tokens": 100, "operations": 1000, "attention": 200}
    figures = floor_figures({"floor": Runs([found | counted])})
    assert figures["rate_one"].median == 10 * 100 * 1000
    assert figures["floor_all"].median == pytest.approx(1200 / (20 * 100 * 1000))
    assert figures["share_weights_one"].median == 0.25
    assert figures["share_one"].median == pytest.approx(0.25 * 1.2)
    assert figures["share_floats_all"].median == 0.5
    assert floor_figures({"floor": Runs(unavailable="no such thing")}) == {}


def test_batch_sizes_are_tried_until_one_is_plainly_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    clock = [0.0]

    def load(_: Workload, batch: int) -> Reader:
        def read(articles: object) -> None:
            clock[0] += {1: 0.03, 2: 0.01, 4: 0.1}[batch]

        tried.append(batch)
        return Reader(read, lambda text: None)

    monkeypatch.setattr(worker, "time", SimpleNamespace(perf_counter=lambda: clock[0]))

    found = search(Row("a row", load, batches=(1, 2, 4, 8, 16)), Workload((Text("một"),), "một", "model"))
    assert tried == list(found) == [1, 2, 4]
    assert min(found, key=found.__getitem__) == 2


@with_bundle
def test_all_products_of_the_network_are_found() -> None:
    shape = json.loads((BUNDLE / "config.json").read_text())
    width, inner, layers = (shape[k] for k in ("hidden_size", "intermediate_size", "num_hidden_layers"))
    encoder = read_encoder(BUNDLE / "model.onnx")
    assert encoder.operations == 2 * layers * (4 * width**2 + 2 * width * inner)
    assert encoder.attentions == (shape["num_attention_heads"],) * layers
    assert encoder.attention(10) == layers * 4 * 10 * width


def test_plain_products_are_computed() -> None:
    kept = plain_products(Encoder(((16, 48), (48, 16)), (2, 2)), tokens=7, attention=True)()
    assert isinstance(kept, list)
    assert [array.shape for array in kept] == [(1, 48), (1, 16), (2, 1, 8), (2, 1, 8)]
    assert all(array.any() for array in kept)


@with_bundle
def test_the_pipelines_read_all_of_a_long_text() -> None:
    text = "Các hội viên bàn việc trồng cây ăn quả trên đất đồi của xã. " * 40
    text += "Hội Làm vườn tỉnh Thái Bình ký thỏa thuận hợp tác với Hội Nuôi ong tỉnh Lai Châu."
    found = checkpoint(BUNDLE)(text)
    assert any(text.index("Hội Làm") <= entity["start"] for entity in found)
