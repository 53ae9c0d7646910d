"""The real command with the model that ships."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from kyket import schema

ROOT = Path(__file__).parents[3]
ARTICLE = (
    "Ngày 18/7, Liên đoàn Lao động tỉnh Nghệ An và Công đoàn Viên chức Lào ký kết Bản ghi nhớ hợp tác "
    "giai đoạn 2022-2025."
)


@pytest.mark.skipif(
    not (ROOT / "models/kyket-small/model.onnx").exists(), reason="the model is not built yet"
)
def test_an_article_is_read():
    done = subprocess.run(
        [sys.executable, "-m", "kyket", "extract", "-", "--published", "2022-07-19"],
        input=ARTICLE.encode(),
        capture_output=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema.load())
    text = document["text"]
    assert text == ARTICLE
    assert all(text[x["start"] : x["end"]] == x["text"] for x in document["spans"] + document["dates"])
    assert {date["value"] for date in document["dates"]} >= {"2022-07-18", "2022/2025"}
    [agreement] = document["agreements"]
    assert (agreement["instrument"], agreement["period"], len(agreement["parties"])) == (
        "memorandum",
        "2022/2025",
        2,
    )
