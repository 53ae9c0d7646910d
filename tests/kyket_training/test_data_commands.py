from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kyket.errors import KyketError
from kyket_training.commands import data
from kyket_training.corpus import read_articles
from kyket_training.formats import FORMATS


def kyket_data(*args: str | Path) -> Result:
    return CliRunner().invoke(data, [str(arg) for arg in args])


def test_a_chain_of_formats_ends_where_it_began(articles: Path, tmp_path: Path) -> None:
    steps = [
        (articles, "inline"),
        (tmp_path / "a.conll", None),
        (tmp_path / "b.json", "label-studio"),
        (tmp_path / "c.jsonl", "doccano:key=entities"),
        (tmp_path / "d", "brat"),
        (tmp_path / "e", "inline"),
    ]
    for (source, from_format), (out, to_format) in pairwise(steps):
        named = ["--from", from_format.partition(":")[0]] if from_format else []
        done = kyket_data("convert", source, out, *named, *(["--to", to_format] if to_format else []))
        assert done.exit_code == 0, done.output
        assert done.stdout == ""
        assert done.stderr.startswith(
            "read 5 articles, 27 spans; wrote 5 articles, 27 spans; left out nothing"
        )
        assert len(done.stderr.splitlines()) == 1
    given, back = list(read_articles(articles)), list(read_articles(tmp_path / "e"))
    assert [(a.id, a.text, a.spans) for a in back] == [(a.id, a.text, a.spans) for a in given]


def test_what_is_left_out_is_told_line_by_line_and_summed_up(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bà Lò Thị Na", "utf-8")
    lines = ["T1\tPER 3 12\tLò Thị Na", "T2\tPER 3 5;10 12\tLò Na", "T3\tX 6 12\tThị Na", "A1\tOld T1"]
    (tmp_path / "a.ann").write_text("\n".join(lines), "utf-8")
    out = tmp_path / "out.conll"
    done = kyket_data("convert", tmp_path, out, "--from", "brat", "--to", "conll:plain")
    assert done.exit_code == 0
    assert [line.removeprefix(f"{tmp_path}/") for line in done.stderr.splitlines()] == [
        "a.ann:2: discontinuous span left out: PER “Lò … Na”",
        "a.ann:3: overlapping span left out: X “Thị Na” overlaps PER “Lò Thị Na”, which stays",
        "read 1 articles, 3 spans; wrote 1 articles, 1 spans; "
        "left out 2 spans (discontinuous 1, overlapping 1); not taken along: attributes 1",
    ]
    assert out.read_text("utf-8") == "-DOCSTART-\tO\n\nBà\tO\nLò\tB-PER\nThị\tI-PER\nNa\tI-PER\n\n"
    done = kyket_data("convert", tmp_path, tmp_path / "b.conll", "--from", "brat", "--most", "0")
    assert "a.ann:2" not in done.stderr and "… and 1 more" in done.stderr


def test_labels_are_renamed(articles: Path, tmp_path: Path) -> None:
    def convert(name: str, *renamed: str) -> Result:
        options = [part for one in renamed for part in ("--rename", one)]
        return kyket_data("convert", articles, tmp_path / name, "--from", "inline", "--to", "brat", *options)

    assert convert("a", "PER=Người", "LOC=Nơi").exit_code == 0
    labels = (tmp_path / "a" / "annotation.conf").read_text("utf-8").split("\n")
    assert "Người" in labels and "Nơi" in labels and "PER" not in labels
    unknown = convert("b", "PER=A", "PERSON=B")
    assert isinstance(unknown.exception, KyketError)
    assert str(unknown.exception) == "no span has the label PERSON, so it cannot be renamed"
    assert convert("c", "PER").exit_code == 2


def test_wrong_calls_end_before_anything_is_written(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for args, named in (
        ((articles, out, "--to", "brat"), "name one of inline, conll, brat"),
        ((articles, out, "--from", "inline"), "name one of inline, conll, brat"),
        ((articles, articles, "--from", "inline", "--to", "inline"), "this file is also to be read"),
    ):
        done = kyket_data("convert", *args)
        assert done.exit_code == 2
        assert named in " ".join(done.stderr.split())
    for args, named in (
        ((articles, out, "--from", "inlin", "--to", "brat"), "unknown format “inlin”"),
        ((articles, out, "--from", "inline", "--to", "brat:x"), "the options of writing are: none"),
        ((tmp_path / "none", out, "--from", "inline", "--to", "brat"), "there is no such folder"),
    ):
        done = kyket_data("convert", *args)
        assert isinstance(done.exception, KyketError) and named in str(done.exception)
    assert not out.exists()


def test_nothing_that_is_there_is_replaced(articles: Path, tmp_path: Path) -> None:
    for name, format, there in (
        ("a.conll", "conll", "a.conll"),
        ("a.json", "label-studio", "a.xml"),
        ("a.jsonl", "doccano", "a.labels.json"),
        ("b", "brat", "b/own.txt"),
        ("c", "datasets", "c/own.txt"),
    ):
        own = tmp_path / there
        own.parent.mkdir(exist_ok=True)
        own.write_text("mine")
        done = kyket_data("convert", articles, tmp_path / name, "--from", "inline", "--to", format)
        assert isinstance(done.exception, KyketError) and "remove it" in str(done.exception)
        assert own.read_text() == "mine"
        own.unlink()


def test_a_folder_that_cannot_be_finished_is_not_left_half_done(articles: Path, tmp_path: Path) -> None:
    long = tmp_path / "in"
    long.mkdir()
    for id in ("a", "z" * 300):
        (long / f"{id[0]}.txt").write_text(f"---\nid: {id}\n---\n[[PER:Na]]\n", "utf-8")
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        for format in ("brat", "inline"):
            done = kyket_data("convert", long, tmp_path / name, "--from", "inline", "--to", format)
            assert isinstance(done.exception, KyketError) and "cannot be written" in str(done.exception)
    assert not (tmp_path / "new").exists() and list((tmp_path / "empty").iterdir()) == []


def test_data_without_an_annotated_article_is_an_error_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text(json.dumps([{"id": 4, "data": {"text": "Huế"}, "annotations": []}]))
    done = kyket_data(
        "convert", tmp_path / "e.json", tmp_path / "out", "--from", "label-studio", "--to", "brat"
    )
    assert isinstance(done.exception, KyketError)
    assert "task 4: article left out, no annotations" in done.stderr
    assert not (tmp_path / "out").exists()


def test_all_formats_are_listed_with_their_options() -> None:
    done = kyket_data("formats")
    assert done.exit_code == 0
    for format in FORMATS.values():
        assert f"{format.name}: {format.what}" in done.stdout
        for options in (format.read_options, format.write_options):
            assert all(f" {name}=" in done.stdout for name in options.__struct_fields__)
    assert (
        "scheme=IOB2: how tags mark the edges of a span (IOB1 | IOB2 | BIOES | IOBES | BILOU)" in done.stdout
    )


@pytest.mark.parametrize("command", ["convert", "formats", "preannotate"])
def test_help_names_the_formats_command(command: str) -> None:
    done = kyket_data(command, "--help")
    assert done.exit_code == 0
    if command != "formats":
        assert "kyket data formats" in " ".join(done.stdout.split())
