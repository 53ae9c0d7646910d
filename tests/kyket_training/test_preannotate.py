"""Suggestions of a made-up tagger; with the shipped model, suggesting, correcting and reading back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tokenizers import Tokenizer
from typer.testing import CliRunner, Result

import kyket
from kyket.document import Article
from kyket.errors import BundleError, DeviceError, KyketError
from kyket.tagging import Tagger, TextTokenizer
from kyket.tagging.decoding import bio_tags
from kyket.tagging.tokens import prepare
from kyket_training.commands import data
from kyket_training.corpus import GoldSpan, read_articles
from kyket_training.formats import FormatError, Ledger, read_data
from kyket_training.preannotate import least_certain_first, suggest, write_project

TAGS = bio_tags(["ORG"])
ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "models" / "kyket-small"

with_bundle = pytest.mark.skipif(
    not (BUNDLE / "model.onnx").is_file(), reason="models/kyket-small is missing"
)


@pytest.fixture
def make(tokenizer_json: str) -> Any:
    """A tagger that gives each unit of a text, in turn, one of the rows of probabilities."""

    def made(*rows: tuple[float, float, float], threshold: float = 0.0) -> Tagger:
        tokenizer = TextTokenizer(prepare(Tokenizer.from_str(tokenizer_json)))

        def network(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
            firsts = tokenizer("Hội họp ở Huế").firsts + len(tokenizer.prefix)
            logits = np.zeros((len(ids), len(TAGS)), dtype=np.float32)
            logits[firsts] = np.log(np.array(rows, dtype=np.float32))
            return logits

        return Tagger(tokenizer, network, TAGS, window=32, overlap=8, threshold=threshold)

    return made


ARTICLE = Article(text="Hội họp ở Huế", id="a", published="2031-01-02", source="a.txt")
SURE = (0.98, 0.01, 0.01)


def test_certainty_is_the_probability_of_the_least_certain_decision(make: Any) -> None:
    found = suggest(make((0.1, 0.8, 0.1), (0.005, 0.005, 0.99), SURE, SURE), ARTICLE)
    assert found is not None
    assert found.article.spans == [GoldSpan(0, 7, "ORG")]
    assert found.scores == [pytest.approx(0.8, abs=1e-4)]
    assert found.certainty == pytest.approx(0.8, abs=1e-4)
    assert found.margin == pytest.approx((0.7 + 0.985 + 0.97 + 0.97) / 4, abs=1e-4)
    assert (found.article.id, found.article.published, found.article.meta) == (
        "a", "2031-01-02", {"source": "a.txt"},
    )  # fmt: skip
    outside = suggest(make((0.1, 0.8, 0.1), SURE, (0.55, 0.4, 0.05), SURE), ARTICLE)
    assert outside is not None and outside.certainty == pytest.approx(0.55, abs=1e-4)


def test_a_span_below_the_threshold_is_not_suggested_and_counts(make: Any) -> None:
    found = suggest(make((0.4, 0.5, 0.1), SURE, SURE, SURE, threshold=0.6), ARTICLE)
    assert found is not None
    assert found.article.spans == []
    assert found.certainty == pytest.approx(0.5, abs=1e-4)


def test_a_text_without_a_word_has_no_suggestion(make: Any) -> None:
    assert suggest(make(SURE), Article(text=" \n", id="a")) is None


def test_the_least_certain_come_first_and_the_margin_decides_among_equals(make: Any) -> None:
    def of(id: str, *rows: tuple[float, float, float]) -> Any:
        return suggest(make(*rows), Article(text=ARTICLE.text, id=id))

    low = (0.6, 0.2, 0.2)
    given = [
        of("sure", SURE, SURE, SURE, SURE),
        of("less", SURE, (0.5, 0.45, 0.05), SURE, SURE),
        of("one", low, SURE, SURE, SURE),
        of("two", low, low, SURE, SURE),
        of("same", low, SURE, SURE, SURE),
    ]
    assert [one.article.id for one in least_certain_first(given)] == ["less", "two", "one", "same", "sure"]


def test_a_project_holds_scores_for_label_studio_and_certainty_for_doccano(make: Any, tmp_path: Path) -> None:
    found = suggest(make((0.1, 0.8, 0.1), SURE, SURE, SURE), ARTICLE)
    ledger = Ledger(labels=("ORG", "PER"))
    write_project([found], tmp_path / "p.json", "label-studio:from_name=ner", "tiny 1", ledger)
    (task,) = json.loads((tmp_path / "p.json").read_bytes())
    (prediction,) = task["predictions"]
    assert "annotations" not in task
    assert (prediction["model_version"], prediction["score"]) == ("tiny 1", 0.8)
    (region,) = prediction["result"]
    assert (region["from_name"], region["score"], region["value"]["text"]) == ("ner", 0.8, "Hội")
    assert '<Label value="PER"' in (tmp_path / "p.xml").read_text("utf-8")
    write_project([found], tmp_path / "p.jsonl", "doccano", "tiny 1", ledger)
    row = json.loads((tmp_path / "p.jsonl").read_bytes())
    assert (row["label"], row["certainty"], row["article_id"]) == ([[0, 3, "ORG"]], 0.8, "a")
    with pytest.raises(FormatError, match="brat holds no project to correct; use label-studio or doccano"):
        write_project([found], tmp_path / "b", "brat", "tiny 1", ledger)


def kyket_data(*args: str | Path) -> Result:
    return CliRunner().invoke(data, [str(arg) for arg in args])


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "web").mkdir(parents=True)
    for sample in sorted((ROOT / "data" / "samples").glob("*.txt")):
        (folder / sample.name).write_bytes(sample.read_bytes())
    page = (
        "<html><head><title>x</title></head><body><article><p>Liên đoàn Lao động tỉnh Đồng Mây ký thỏa thuận "
    )
    (folder / "web" / "tin.html").write_text(
        f"{page}hợp tác với Hội Nuôi ong.</p></article></body></html>", "utf-8"
    )
    (folder / "web" / "tin.md").write_text(
        "---\npublished: 2031-02-03\n---\nBà Lò Thị Na thăm 😀 Lào.\n", "utf-8"
    )
    (folder / "empty.txt").write_text("\n")
    (folder / "notes.csv").write_text("not a text")
    return folder


@with_bundle
def test_label_studio_loop(texts: Path, tmp_path: Path) -> None:
    done = kyket_data("preannotate", BUNDLE, texts, tmp_path / "p.json", "--to", "label-studio")
    assert done.exit_code == 0, done.output
    samples = len(list((ROOT / "data" / "samples").glob("*.txt")))
    assert f"read {samples + 3} articles" in done.stderr
    assert f"wrote {samples + 2} articles" in done.stderr and "left out 1 articles (empty 1)" in done.stderr
    assert "not taken along: .csv files 1" in done.stderr
    tasks = json.loads((tmp_path / "p.json").read_bytes())
    scores = [task["predictions"][0]["score"] for task in tasks]
    assert scores == sorted(scores) and len(set(scores)) > 1
    assert {task["data"]["id"] for task in tasks} >= {"web/tin.html", "web/tin.md"}
    tagger = kyket.load(BUNDLE).tagger
    corrected = 0
    for number, task in enumerate(tasks, start=1):  # what a person does, and how Label Studio exports it
        (prediction,) = task.pop("predictions")
        suggested = [(r["value"]["start"], r["value"]["end"]) for r in prediction["result"]]
        assert suggested == [(span.start, span.end) for span in tagger(task["data"]["text"])]
        result = [{**region, "score": None} for region in prediction["result"]]
        for region in result:
            if region["value"]["labels"] == ["PER"]:
                region["value"]["labels"] = ["PERSON"]
                corrected += 1
        task |= {
            "id": number,
            "predictions": [7],
            "annotations": [{"id": number, "completed_by": 1, "result": result}],
        }
    assert corrected
    (tmp_path / "export.json").write_text(json.dumps(tasks), "utf-8")
    done = kyket_data(
        "convert", tmp_path / "export.json", tmp_path / "mine", "--from", "label-studio", "--to", "inline"
    )
    assert done.exit_code == 0, done.output
    back = {article.id: article for article in read_articles(tmp_path / "mine")}
    assert back.keys() == {task["data"]["id"] for task in tasks}
    assert sum(span.label == "PERSON" for article in back.values() for span in article.spans) == corrected
    assert all(
        article.text == task["data"]["text"] for task in tasks for article in [back[task["data"]["id"]]]
    )
    assert back["web/tin.md"].published == "2031-02-03"


@with_bundle
def test_doccano_loop(texts: Path, tmp_path: Path) -> None:
    done = kyket_data("preannotate", BUNDLE, texts, tmp_path / "p.jsonl", "--to", "doccano")
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()]
    assert [row["certainty"] for row in rows] == sorted(row["certainty"] for row in rows)
    exported = [{"id": i, **row, "label": row["label"][1:], "Comments": []} for i, row in enumerate(rows, 40)]
    (tmp_path / "export.jsonl").write_text("".join(json.dumps(row) + "\n" for row in exported), "utf-8")
    back = read_data(str(tmp_path / "export.jsonl"), "doccano", Ledger())
    assert [article.id for article in back] == [row["article_id"] for row in rows]
    tagger = kyket.load(BUNDLE).tagger
    for article in back:
        assert article.spans == [GoldSpan(s.start, s.end, s.label) for s in tagger(article.text)][1:]


@with_bundle
def test_texts_that_cannot_be_read_are_named_and_the_others_done(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "b.txt").write_text("Hội Nuôi ong", "utf-8")
    done = kyket_data("preannotate", BUNDLE, tmp_path, tmp_path / "out" / "p.json", "--to", "label-studio")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{tmp_path / 'a.txt'}: unreadable: ")
    assert "read 1 articles, " in done.stderr
    assert done.stderr.endswith("left out nothing; could not be read: 1 files\n")
    assert len(json.loads((tmp_path / "out" / "p.json").read_bytes())) == 1
    (tmp_path / "b.txt").unlink()
    out = tmp_path / "none.json"
    done = kyket_data("preannotate", BUNDLE, tmp_path, out, "--to", "label-studio")
    assert isinstance(done.exception, KyketError) and "no text there that could be read" in str(
        done.exception
    )
    assert not out.exists()


@with_bundle
def test_texts_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Hội Nuôi ong".encode("utf-16"))
    out = tmp_path / "p.json"
    options = ("--to", "label-studio", "--encoding", "utf-16")
    done = kyket_data("preannotate", BUNDLE, tmp_path, out, *options)
    assert done.exit_code == 0, done.output
    (task,) = json.loads(out.read_bytes())
    assert task["data"]["text"] == "Hội Nuôi ong"
    again = kyket_data("preannotate", BUNDLE, tmp_path, out, *options)
    assert isinstance(again.exception, FormatError) and "is there already" in str(again.exception)


@with_bundle
def test_the_device_is_the_one_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(bundle: Path, device: str) -> None:
        raise DeviceError(f"{device}: not here")

    monkeypatch.setattr(kyket, "load", refuse)
    (tmp_path / "a.txt").write_text("Hội Nuôi ong", "utf-8")
    out = tmp_path / "p.json"
    for options, device in (((), "cpu"), (("--device", "cuda"), "cuda")):
        done = kyket_data("preannotate", BUNDLE, tmp_path, out, "--to", "doccano", *options)
        assert isinstance(done.exception, DeviceError) and str(done.exception) == f"{device}: not here"
    assert not out.exists()


@pytest.mark.parametrize(
    ("out", "format", "said"),
    [
        ("b", "brat", "brat holds no project to correct"),
        (".", "doccano", "is a folder; name the file"),
        (".", "label-studio", "is a folder; name the file"),
        ("p.xml", "label-studio", "call the tasks p.json"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, out: str, format: str, said: str
) -> None:
    done = kyket_data("preannotate", "no-bundle", "no-texts", tmp_path / out, "--to", format)
    assert isinstance(done.exception, FormatError) and said in str(done.exception)


def test_wrong_calls(tmp_path: Path) -> None:
    done = kyket_data("preannotate", tmp_path, tmp_path, tmp_path / "p.json", "--to", "label-studi")
    assert isinstance(done.exception, FormatError)
    done = kyket_data("preannotate", tmp_path, tmp_path, tmp_path / "p.json", "--to", "doccano")
    assert isinstance(done.exception, KyketError) and "no files there that end in" in str(done.exception)
    (tmp_path / "a.txt").write_text("a")
    done = kyket_data("preannotate", tmp_path, tmp_path, tmp_path / "p.json", "--to", "doccano")
    assert isinstance(done.exception, BundleError)
