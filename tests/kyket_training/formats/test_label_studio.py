from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats import FormatError, Ledger, read_data, write_data

TEXT = "😀 Bà Lò Thị Na\nthăm Sở\nY tế Huế"


def region(start: int, end: int, *labels: str, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": list(labels), **more}
    return {"id": "x", "from_name": "ner", "to_name": "text", "type": "labels", "value": value}


def task(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": 7, "data": {"text": TEXT}, "annotations": [{"id": 1, "result": list(results)}], **more}


def read(tmp_path: Path, tasks: Any, options: str = "") -> tuple[list[AnnotatedArticle], Ledger]:
    (tmp_path / "e.json").write_text(json.dumps(tasks), "utf-8")
    ledger = Ledger()
    return read_data(str(tmp_path / "e.json"), f"label-studio:{options}", ledger), ledger


def test_an_export(tmp_path: Path) -> None:
    choice = {"type": "choices", "value": {"choices": ["news"]}, "from_name": "c", "to_name": "text"}
    relation = {"type": "relation", "from_id": "x", "to_id": "y", "direction": "right"}
    results = [
        region(20, 27, "ORG", text="Sở\\nY tế"),  # as Label Studio writes a line break
        region(5, 14, "PER", text="Lò Thị Na"),
        region(20, 31, "ORG", "LOC"),
        choice,
        relation,
        region(0, 1),
    ]
    ((article,), ledger) = read(tmp_path, [task(*results)])
    assert (article.id, article.text) == ("7", TEXT)
    assert article.spans == [GoldSpan(5, 14, "PER"), GoldSpan(20, 31, "ORG")]
    assert ledger.spans_left_out == {"overlapping": 2}
    assert ledger.ignored == {
        "results of type choices": 1,
        "results of type relation": 1,
        "regions without a label": 1,
    }


def test_offsets_of_old_versions_are_mended_by_the_words(tmp_path: Path) -> None:
    ((article,), _) = read(tmp_path, [task(region(6, 15, "PER", text="Lò Thị Na"))])
    assert article.spans == [GoldSpan(5, 14, "PER")]


def test_the_annotation_that_counts(tmp_path: Path) -> None:
    def by(number: int, label: str, **more: Any) -> dict[str, Any]:
        return {"id": number, "result": [region(5, 7, label)], **more}

    tasks = [
        task(annotations=[by(1, "A"), by(2, "B"), by(3, "C", was_cancelled=True)]),
        task(annotations=[by(1, "A", ground_truth=True), by(2, "B")]),
        task(annotations=[by(1, "A", was_cancelled=True)]),
        task(annotations=[], predictions=[by(9, "P")]),
    ]
    articles, ledger = read(tmp_path, tasks)
    assert [[s.label for s in a.spans] for a in articles] == [["B"], ["A"]]
    assert ledger.articles_read == 4
    assert ledger.articles_left_out == {"skipped by the annotator": 1, "no annotations": 1}
    assert ledger.changed == {"one of several annotations taken": 2}
    (suggested,), ledger = read(tmp_path, tasks, "use=predictions")
    assert [s.label for s in suggested.spans] == ["P"]
    assert ledger.articles_left_out == {"no predictions": 3}


def test_other_data_of_a_task_is_kept(tmp_path: Path) -> None:
    data = {"id": 12, "content": "Huế", "published": "2031-01-02", "people": "many", "url": {"a": [1]}}
    ((article,), _) = read(tmp_path, [task(region(0, 3, "LOC"), data=data)], "text=content")
    assert (article.id, article.text, article.published, article.people) == ("12", "Huế", "2031-01-02", None)
    assert article.meta == {"people": "many", "url": {"a": [1]}}


def test_tasks_and_labelling_interface_fit_each_other(tmp_path: Path) -> None:
    article = AnnotatedArticle("a", TEXT, [GoldSpan(20, 27, 'Sở "&" <ban>')], meta={"content": 1})
    ledger = Ledger(labels=("PER",))
    options = "text=content,from_name=ner,to_name=bài"
    write_data([article], tmp_path / "p.json", f"label-studio:{options}", ledger)
    assert ledger.ignored == {"“content” of articles": 1}
    (written,) = json.loads((tmp_path / "p.json").read_bytes())
    assert written["data"] == {"id": "a", "content": TEXT}
    (result,) = written["annotations"][0]["result"]
    interface = ElementTree.fromstring((tmp_path / "p.xml").read_text("utf-8"))
    labels, text = interface.find("Labels"), interface.find("Text")
    assert labels is not None and text is not None
    assert (labels.get("name"), labels.get("toName")) == (result["from_name"], result["to_name"])
    assert (text.get("name"), text.get("value")) == (result["to_name"], "$content")
    assert [label.get("value") for label in labels] == ["PER", 'Sở "&" <ban>']
    assert result["value"]["text"] == TEXT[result["value"]["start"] : result["value"]["end"]]


@pytest.mark.parametrize("name", ["p.xml", "p.XML"])
def test_tasks_are_not_called_as_the_interface(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match=r"call the tasks p\.json"):
        write_data([AnnotatedArticle("a", TEXT, [])], tmp_path / name, "label-studio", Ledger())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ({"text": "a"}, "e.json: not a list of tasks"),
        ([{"text": "a", "label": []}], "e.json, task 1: no `data`; export as JSON (not JSON-MIN)"),
        (
            [{"id": 5, "data": {"body": "a"}}],
            "e.json, task 5: no text under `text` in its data, which has body",
        ),
        (
            [{"id": 5, "data": {"text": None}}],
            "task 5: `text` in its data is null, not a text; mend the task",
        ),
        ([task(region(5, 12, "PER", text="Na"))], "e.json, task 7: “Na” does not stand at 5–12 of its text"),
        ([task(region(5, 99, "PER"))], "e.json, task 7: the span 5–99 lies outside"),
        ([task({"type": "labels", "value": {"labels": ["A"]}})], "e.json, task 7: a region without start"),
        ([task(annotations=[{"id": 1}])], "e.json, task 7: its annotations have no list `result`"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_task(tmp_path: Path, tasks: Any, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(tmp_path, tasks)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text('[\n{"id": 1,}\n]')
    with pytest.raises(CorpusError, match=r"e\.json:2: not JSON"):
        read_data(str(tmp_path / "e.json"), "label-studio", Ledger())
