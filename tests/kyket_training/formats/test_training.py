"""A user's own columns with labels of their own, from the generic recipe to a measured bundle."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

pytest.importorskip("torch")
pytest.importorskip("onnxscript")

import kyket
from kyket.bundle import Layout, read_manifest
from kyket.cli.app import app
from kyket_training.config import TrainConfig, read_config
from kyket_training.formats import Ledger, read_data, write_data

ROOT = Path(__file__).parents[3]
FORMAT = "conll:scheme=BIOES,separator=space"


def test_the_generic_recipe_learns_any_labels(shallow: Path, articles: Path, tmp_path: Path) -> None:
    given = read_data(str(articles), "inline", Ledger())
    for article in given:
        article.spans = [span for span in article.spans if span.label in ("PER", "LOC")]
    columns = tmp_path / "columns.txt"
    write_data(given, columns, FORMAT, Ledger())
    renamed = columns.read_text("utf-8").replace("-PER", "-Người").replace("-LOC", "-Nơi")
    columns.write_text(renamed, "utf-8")
    recipe = msgspec.structs.replace(
        read_config(ROOT / "configs" / "generic.yaml"), name="mine", window=64, overlap=16, epochs=1
    )
    (tmp_path / "r.yaml").write_bytes(msgspec.yaml.encode(recipe))
    data = ["--train", str(columns), "--dev", str(columns), "--format", FORMAT]
    folders = ["--run", str(tmp_path / "run"), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(
        app, ["train", str(tmp_path / "r.yaml"), "--base", str(shallow), *data, *folders]
    )
    assert done.exit_code == 0, (done.output, done.exception)
    manifest = read_manifest(tmp_path / "out")
    assert manifest.tags == ("O", "B-Người", "I-Người", "B-Nơi", "I-Nơi")
    kept = msgspec.yaml.decode((tmp_path / "out" / Layout.RECIPE).read_bytes(), type=TrainConfig)
    assert (kept.labels, kept.format) == (("Người", "Nơi"), FORMAT)
    figures = json.loads((tmp_path / "out" / Layout.METRICS).read_bytes())["figures"]
    assert figures["all"]["gold"] == sum(len(article.spans) for article in given)
    assert "entities" not in figures
    card = (tmp_path / "out" / Layout.CARD).read_text("utf-8")
    assert "Tags text: Người, Nơi." in card and "co-operation" not in card
    doc = kyket.load(tmp_path / "out")("Ông Trịnh Văn Bến ở Mai Hạ giai đoạn 2018-2023.")
    assert {span.label for span in doc.spans} <= {"Người", "Nơi"}
    again = CliRunner().invoke(
        app,
        ["evaluate", str(tmp_path / "out"), str(columns), "--format", FORMAT, "--json", str(tmp_path / "f")],
    )
    assert again.exit_code == 0, (again.output, again.exception)
    assert json.loads((tmp_path / "f").read_bytes())["figures"] == figures


def test_an_unknown_format_ends_before_the_work(tmp_path: Path) -> None:
    recipe = str(ROOT / "configs" / "generic.yaml")
    for args in (["train", recipe, "--format", "conl"], ["evaluate", str(tmp_path), "x", "--format", "conl"]):
        done = CliRunner().invoke(app, args)
        assert done.exit_code == 2
        assert "unknown format “conl”" in done.stderr
