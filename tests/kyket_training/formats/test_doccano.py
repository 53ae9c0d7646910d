from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats import Ledger, read_data, write_data

SPANS = [GoldSpan(2, 5, "LOC"), GoldSpan(7, 9, "PER")]
TEXT = "😀 Huế: Na"


def read(tmp_path: Path, *lines: Any, options: str = "") -> tuple[list[AnnotatedArticle], Ledger]:
    (tmp_path / "e.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    ledger = Ledger()
    return read_data(str(tmp_path / "e.jsonl"), f"doccano:{options}", ledger), ledger


@pytest.mark.parametrize(
    "row",
    [
        {"id": 3, "text": TEXT, "label": [[3, 6, "LOC"], [8, 10, "PER"]]},
        {"id": 3, "data": TEXT, "labels": [[8, 10, "PER"], [3, 6, "LOC"]]},
        {
            "id": 3,
            "text": TEXT,
            "entities": [
                {"id": 8, "label": "PER", "start_offset": 8, "end_offset": 10},
                {"id": 9, "label": "LOC", "start_offset": 3, "end_offset": 6},
            ],
            "relations": [{"id": 0, "from_id": 8, "to_id": 9, "type": "in"}],
            "Comments": ["?"],
        },
    ],
)
def test_the_three_forms_count_as_doccano_does(tmp_path: Path, row: dict[str, Any]) -> None:
    ((article,), ledger) = read(tmp_path, {**row, "nguồn": "tin"})
    assert (article.id, article.text, article.spans) == ("3", TEXT, SPANS)
    assert article.meta == {"nguồn": "tin"}
    assert ledger.ignored == ({"relations": 1, "comments": 1} if "entities" in row else {})


def test_offsets_that_count_code_points(tmp_path: Path) -> None:
    row = {"text": TEXT, "label": [[2, 5, "LOC"], [7, 9, "PER"]]}
    ((article,), _) = read(tmp_path, row, options="offsets=codepoint")
    assert (article.id, article.spans) == ("e-1", SPANS)


def test_what_is_written_is_what_doccano_imports(tmp_path: Path) -> None:
    article = AnnotatedArticle("a", TEXT, SPANS, published="2031-01-02", meta={"id": 4, "labels": 5})
    ledger = Ledger(labels=("ORG", "PER"))
    write_data([article], tmp_path / "p.jsonl", "doccano", ledger)
    assert json.loads((tmp_path / "p.jsonl").read_bytes()) == {
        "text": TEXT,
        "label": [[3, 6, "LOC"], [8, 10, "PER"]],
        "article_id": "a",
        "published": "2031-01-02",
    }
    assert ledger.ignored == {"“id” of articles": 1, "“labels” of articles": 1}
    types = json.loads((tmp_path / "p.labels.json").read_bytes())
    assert [one["text"] for one in types] == ["ORG", "PER", "LOC"]
    assert len({one["background_color"] for one in types}) == 3


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "not a JSON object"),
        ({"label": []}, "no text under `text` or `data`"),
        ({"text": "a"}, "spans stand under label, labels or entities; here is none of them"),
        (
            {"text": "a", "label": [], "labels": []},
            "spans stand under label, labels or entities; here is both label and labels",
        ),
        ({"text": "a", "label": "news"}, "`label` is not a list of spans"),
        ({"text": "a", "label": ["news"]}, "a span is [start, end, label]"),
        ({"text": "a", "label": [[0, 1.5, "A"]]}, "a span is [start, end, label]"),
        ({"text": "a", "entities": [{"label": "A"}]}, "a span is [start, end, label]"),
        ({"text": "😀", "label": [[0, 1, "A"]]}, "an edge of A 0–1 is not between two characters"),
        ({"text": "😀", "label": [[0, 3, "A"]]}, "an edge of A 0–3 is not between two characters"),
        ({"text": "a", "label": [[0, 3, "A"]]}, "the span 0–3 lies outside"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, row: Any, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read(tmp_path, {"text": "", "label": []}, row)
    assert f"e.jsonl:2: {message}" in str(caught.value)


def test_what_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").write_text('\ufeff{"text": "", "label": []}\n\n[\n')
    with pytest.raises(CorpusError, match=r"e\.jsonl:3: not JSON: .*is it one object a line\?"):
        read_data(str(tmp_path / "e.jsonl"), "doccano", Ledger())
