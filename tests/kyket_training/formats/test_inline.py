from __future__ import annotations

import json
from pathlib import Path

import pytest

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats import FormatError, Ledger, read_data, write_data


def test_text_that_could_be_taken_for_marks_has_its_spans_beside_it(tmp_path: Path) -> None:
    given = [
        AnnotatedArticle(
            "a",
            "[[x]] Na",
            [GoldSpan(6, 8, "PER")],
            published="2031-01-02",
            people=[],
            topic="t",
            meta={"u": 1},
        ),
        AnnotatedArticle("b", "Huế]", [GoldSpan(0, 4, "LOC")]),
    ]
    ledger = Ledger()
    write_data(given, tmp_path / "out", "inline", ledger)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a.doc.json", "a.json", "a.txt", "b.json", "b.txt",
    ]  # fmt: skip
    assert ledger.changed == {"text with [[ or ]] written with its spans beside it": 2}
    assert ledger.ignored == {"“topic” of articles": 1, "“u” of articles": 1}
    one, two = read_data(str(tmp_path / "out"), None, Ledger())
    assert (one.id, one.text, one.spans, one.published, one.people) == (
        "a", "[[x]] Na", given[0].spans, "2031-01-02", [],
    )  # fmt: skip
    assert (two.text, two.spans) == ("Huế]", given[1].spans)


def test_one_file_and_overlapping_spans_beside_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sở Y tế Huế ", "utf-8")
    spans = [{"start": 8, "end": 11, "label": "LOC"}, {"start": 0, "end": 12, "label": "ORG"}]
    (tmp_path / "a.json").write_text(json.dumps({"spans": spans}))
    ledger = Ledger()
    (article,) = read_data(str(tmp_path / "a.txt"), "inline", ledger)
    assert article.spans == [GoldSpan(0, 11, "ORG")]
    assert (ledger.spans_left_out, ledger.changed) == ({"overlapping": 1}, {"blank edge cut off": 1})
    (tmp_path / "a.txt").write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="not UTF-8 at byte 0"):
        read_data(str(tmp_path / "a.txt"), "inline", Ledger())


@pytest.mark.parametrize("label", ["Tên người", "A:B", "[A]"])
def test_a_label_that_no_mark_can_hold(tmp_path: Path, label: str) -> None:
    article = AnnotatedArticle("a", "Na", [GoldSpan(0, 2, label)])
    with pytest.raises(FormatError, match="cannot stand in a mark") as caught:
        write_data([article], tmp_path / "out", "inline", Ledger())
    assert f"--rename '{label}=NEW'" in str(caught.value)
    assert not (tmp_path / "out").exists()
