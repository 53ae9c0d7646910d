"""Training in several processes, as `accelerate launch` starts them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("accelerate")
pytest.importorskip("onnxscript")

from kyket.labels import LABELS
from kyket.tagging import TextTokenizer
from kyket_training.base import load_tokenizer
from kyket_training.corpus import read_articles
from kyket_training.encode import ArticleEncoder

RECIPE = """\
name: two
base: {base}
train: {articles}
dev: {articles}
window: 64
overlap: 16
epochs: 1
batch_size: 1
learning_rate: 1.0e-3
average: 0.9
precision: fp32
"""


def _windows(base: Path, articles: Path) -> int:
    tokenizer = TextTokenizer(load_tokenizer(str(base)).backend_tokenizer)
    encoder = ArticleEncoder(tokenizer, LABELS, window=64, overlap=16)
    return sum(len(encoder.windows(article)) for article in read_articles(articles))


def test_two_processes_train_one_model(shallow: Path, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(RECIPE.format(base=shallow, articles=articles))
    launched = subprocess.run(
        [
            *(sys.executable, "-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2"),
            *("--main_process_port", "0"),  # any that is free
            *("--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no"),
            *("-m", "kyket_training", "train", "r.yaml", "--run", "run", "--out", "out"),
        ],
        cwd=tmp_path,
        env=os.environ | {"OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert launched.returncode == 0, launched.stderr[-3000:]
    steps = [int(folder.name.split("-")[1]) for folder in (tmp_path / "run").glob("checkpoint-*")]
    assert max(steps) == -(-_windows(shallow, articles) // 2)  # each takes half
    assert (tmp_path / "out" / "model.onnx").is_file()
    assert (tmp_path / "out" / "README.md").read_text().startswith("---")
