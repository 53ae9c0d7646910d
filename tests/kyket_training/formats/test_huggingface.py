from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats import FormatError, Ledger, read_data, write_data

datasets = pytest.importorskip("datasets")

NAMES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
ROWS = {
    "tokens": [["Bà", "Lò", "Na"], ["Ở", "Huế", "."]],
    "ner_tags": [[0, 1, 2], [0, 3, 0]],
    "pos_tags": [[1, 2, 2], [1, 2, 3]],
}


def rows(names: list[str] | None = NAMES, **more: Any) -> Any:
    tag = datasets.ClassLabel(names=names) if names else datasets.Value("int64")
    table = datasets.Dataset.from_dict({**ROWS, **more})
    return table.cast_column("ner_tags", datasets.Sequence(tag))


def test_a_saved_folder_with_declared_tags(tmp_path: Path) -> None:
    rows().save_to_disk(str(tmp_path / "d"))
    ledger = Ledger()
    one, two = read_data(str(tmp_path / "d"), "datasets", ledger)
    assert (one.id, one.text, one.spans) == ("d-0", "Bà Lò Na", [GoldSpan(3, 8, "PER")])
    assert (two.id, two.text, two.spans) == ("d-1", "Ở Huế .", [GoldSpan(2, 5, "LOC")])
    assert ledger.labels == ("PER", "LOC", "ORG")  # ORG is declared and does not occur
    assert ledger.ignored == {"column “pos_tags”": 1}


def test_splits_are_named(tmp_path: Path) -> None:
    both = datasets.DatasetDict({"train": rows(), "validation": rows().select([1])})
    both.save_to_disk(str(tmp_path / "d"))
    (only,) = read_data(f"{tmp_path / 'd'}#validation", "datasets", Ledger())
    assert (only.id, only.text) == ("validation-0", "Ở Huế .")
    with pytest.raises(CorpusError, match=r"name one of its splits behind it: #train, #validation"):
        read_data(str(tmp_path / "d"), "datasets", Ledger())
    with pytest.raises(CorpusError, match=r"name one of its splits"):
        read_data(f"{tmp_path / 'd'}#test", "datasets", Ledger())
    rows().save_to_disk(str(tmp_path / "one"))
    with pytest.raises(CorpusError, match="it has no splits, so not #train"):
        read_data(f"{tmp_path / 'one'}#train", "datasets", Ledger())


def test_a_parquet_file_goes_by_its_suffix(tmp_path: Path) -> None:
    rows(text=["Bà Lò  Na", "Ở Huế."], id=[7, 8]).to_parquet(str(tmp_path / "d.parquet"))
    one, two = read_data(str(tmp_path / "d.parquet"), None, Ledger())
    assert (one.id, one.text, one.spans) == ("7", "Bà Lò  Na", [GoldSpan(3, 9, "PER")])
    assert (two.text, two.tokens) == ("Ở Huế.", [(0, 1), (2, 5), (5, 6)])


def test_a_dataset_of_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def load(name: str, config: str | None) -> Any:
        asked.append((name, config))
        return datasets.DatasetDict({"train": rows()})

    monkeypatch.setattr(datasets, "load_dataset", load)
    assert len(read_data("someone/news:vi#train", "datasets", Ledger())) == 2
    assert len(read_data("news", "datasets", Ledger())) == 2
    assert asked == [("someone/news", "vi"), ("news", None)]

    def fail(name: str, config: str | None) -> Any:
        raise ConnectionError("no\nnetwork")

    monkeypatch.setattr(datasets, "load_dataset", fail)
    with pytest.raises(
        CorpusError, match="news: neither here nor on the Hub a dataset to be read: no network"
    ):
        read_data("news", "datasets", Ledger())
    for path in ("a/b/c", "./a", "my.parquet", "/a"):  # a path that is wrong is not asked for on the Hub
        with pytest.raises(CorpusError, match="no such file or folder"):
            read_data(path, "datasets", Ledger())


def test_numbers_have_names_in_a_file(tmp_path: Path) -> None:
    lines = [{"tokens": t, "ner_tags": n} for t, n in zip(ROWS["tokens"], ROWS["ner_tags"], strict=True)]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (tmp_path / "d.json").write_text(json.dumps(lines), "utf-8")
    (tmp_path / "tags.txt").write_text("\n".join(NAMES), "utf-8")
    for name in ("d.jsonl", "d.json"):
        ledger = Ledger()
        articles = read_data(str(tmp_path / name), f"datasets:names={tmp_path / 'tags.txt'}", ledger)
        assert [a.spans for a in articles] == [[GoldSpan(3, 8, "PER")], [GoldSpan(2, 5, "LOC")]]
        assert ledger.labels == ("PER", "LOC", "ORG")
    with pytest.raises(CorpusError, match=r"d\.jsonl:1: tags are numbers without names; set names=FILE"):
        read_data(str(tmp_path / "d.jsonl"), "datasets", Ledger())


def test_words_and_other_columns(tmp_path: Path) -> None:
    row = {"words": ["Bà", "Lò_Thị_Na"], "tags": ["O", "S-PER"], "text": 3}
    (tmp_path / "d.jsonl").write_text(json.dumps(row), "utf-8")
    options = "tokens=words,tags=tags,scheme=BIOES,level=word"
    (article,) = read_data(str(tmp_path / "d.jsonl"), f"datasets:{options}", Ledger())
    assert (article.text, article.spans) == ("Bà Lò Thị Na", [GoldSpan(3, 12, "PER")])
    write_data([article], tmp_path / "out.jsonl", f"datasets:{options}", Ledger())
    back = json.loads((tmp_path / "out.jsonl").read_bytes())
    assert (back["words"], back["tags"]) == (row["words"], row["tags"])


@pytest.mark.parametrize(
    ("row", "options", "message"),
    [
        (
            {"words": ["a"]},
            "",
            "no list of texts in `tokens` with a list of tags in `ner_tags`; it has words",
        ),
        ({"tokens": "a", "ner_tags": ["O"]}, "", "no list of texts in `tokens`"),
        ({"tokens": ["a"], "ner_tags": []}, "", "1 tokens, but 0 tags"),
        ({"tokens": ["a"], "ner_tags": ["S-A"]}, "", "“S-A” is no tag of IOB2; set scheme=NAME"),
        ({"tokens": ["a"], "ner_tags": ["O"], "text": "b"}, "", "leave the column `text` aside by text="),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, row: dict[str, Any], options: str, message: str
) -> None:
    (tmp_path / "d.jsonl").write_text(json.dumps(row), "utf-8")
    with pytest.raises(CorpusError) as caught:
        read_data(str(tmp_path / "d.jsonl"), f"datasets:{options}", Ledger())
    assert "d.jsonl:1: " in str(caught.value) and message in str(caught.value)


def test_a_column_of_another_text_is_left_aside(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"tokens": ["a"], "ner_tags": ["O"], "text": "b"}')
    assert read_data(str(tmp_path / "d.jsonl"), "datasets:text=", Ledger())[0].text == "a"


def test_declared_tags_of_another_scheme(tmp_path: Path) -> None:
    rows(["O", "B-PER", "I-PER", "E-PER"]).save_to_disk(str(tmp_path / "d"))
    with pytest.raises(CorpusError, match="its tag “E-PER” is none of IOB2; set scheme=NAME"):
        read_data(str(tmp_path / "d"), "datasets", Ledger())


def test_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no dataset that save_to_disk wrote") as caught:
        read_data(str(tmp_path), "datasets", Ledger())
    assert "\n" not in str(caught.value)
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(CorpusError, match="not a folder that save_to_disk wrote, nor a file that ends in"):
        read_data(str(tmp_path / "a.csv"), "datasets", Ledger())


def test_where_it_can_be_written(tmp_path: Path) -> None:
    article = AnnotatedArticle("a", "Na", [GoldSpan(0, 2, "PER")])
    with pytest.raises(FormatError, match=r"name a folder, or a file that ends in \.parquet or \.jsonl"):
        write_data([article], tmp_path / "a.csv", "datasets", Ledger())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    with pytest.raises(FormatError, match="not an empty folder"):
        write_data([article], tmp_path / "full", "datasets", Ledger())
