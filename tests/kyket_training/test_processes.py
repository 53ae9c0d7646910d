"""Training in several processes, as `accelerate launch` starts them."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

pytest.importorskip("onnxscript")
accelerate = pytest.importorskip("accelerate")
torch = pytest.importorskip("torch")

from accelerate.commands.launch import launch_command_parser  # noqa: E402
from accelerate.state import PartialState  # noqa: E402

from kyket.labels import LABELS  # noqa: E402
from kyket.tagging import TextTokenizer  # noqa: E402
from kyket_training.base import load_tokenizer  # noqa: E402
from kyket_training.corpus import read_articles  # noqa: E402
from kyket_training.encode import ArticleEncoder  # noqa: E402

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


def _train() -> None:
    """What each process does, of which one has to write what both have learned."""
    torch.set_num_threads(1)  # those of OpenMP do not come along in a fork
    PartialState._reset_state()  # of this process alone, which the tests before have set
    sys.argv[1:] = ["train", "r.yaml", "--run", "run", "--out", "out"]
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("kyket_training", run_name="__main__")
    assert not ended.value.code


def test_the_documented_command_starts_these_processes() -> None:
    """As `accelerate launch` reads it. To run it takes 15 seconds, mostly to import torch thrice."""
    page = (Path(__file__).parents[2] / "docs" / "training.md").read_text("utf-8")
    [command] = [line for line in page.splitlines() if line.startswith("accelerate launch ")]
    launch = launch_command_parser().parse_args(command.split()[2:])
    assert (launch.multi_gpu, launch.num_processes) == (True, 2)
    assert (launch.module, launch.training_script) == (True, "kyket_training")
    assert launch.training_script_args == ["train", "configs/small.yaml"]


@pytest.mark.skipif(
    sys.platform != "linux" or torch.cuda.is_available(), reason="only Linux forks torch, and not with a GPU"
)
def test_two_processes_train_one_model(
    shallow: Path, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are forked, so that torch is not imported three times more."""
    (tmp_path / "r.yaml").write_text(RECIPE.format(base=shallow, articles=articles))
    monkeypatch.chdir(tmp_path)
    accelerate.debug_launcher(_train, num_processes=2)
    steps = [int(folder.name.split("-")[1]) for folder in (tmp_path / "run").glob("checkpoint-*")]
    assert max(steps) == -(-_windows(shallow, articles) // 2)  # each takes half
    assert (tmp_path / "out" / "model.onnx").is_file()
    assert (tmp_path / "out" / "README.md").read_text().startswith("---")
