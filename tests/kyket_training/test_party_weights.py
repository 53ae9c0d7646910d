from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import typer

from kyket.agreements.signs import parse_points, points
from kyket_training.corpus import read_articles
from kyket_training.party_weights import (
    Example,
    cross_validated_hits,
    examples,
    fit,
    hits,
    loss,
    main,
    signs_of,
    to_place,
)

DEV = Path(__file__).parents[2] / "data" / "articles" / "dev"


@pytest.fixture(scope="module")
def found() -> list[Example]:
    return list(islice(examples(read_articles(DEV)), 8))


def test_gold_is_on_offer_in_every_example(found: list[Example]) -> None:
    assert len(found) == 8
    assert all(example.right and max(example.right) < len(example.choices) for example in found)


def test_the_fit_makes_the_gold_parties_likelier(found: list[Example]) -> None:
    signs = signs_of(found)
    places = [to_place(example, signs) for example in found]
    nothing, worths = np.zeros(len(signs)), fit(places)
    assert loss(worths, places, ridge=0)[0] < 0.8 * loss(nothing, places, ridge=0)[0]
    assert loss(worths, places)[0] < loss(nothing, places)[0]
    assert hits(worths, places) > hits(nothing, places)


def test_the_gradient_is_that_of_the_loss(found: list[Example]) -> None:
    signs = signs_of(found)
    places = [to_place(example, signs) for example in found]
    at, step = np.linspace(-1, 1, len(signs)), 1e-5
    _, gradient = loss(at, places)
    for column, unit in enumerate(np.eye(len(signs)) * step):
        slope = (loss(at + unit, places)[0] - loss(at - unit, places)[0]) / (2 * step)
        assert gradient[column] == pytest.approx(slope, abs=1e-4)


def test_a_held_out_article_is_judged_by_the_others() -> None:
    choices = [{"joined": 1.0}, {"near": 1.0}]
    as_others, odd = Example("", choices, [0]), Example("", choices, [1])
    places = [to_place(example, ["joined", "near"]) for example in [as_others] * 4 + [odd] * 3]
    assert cross_validated_hits(["a", "b", "c", "d", "e", "e", "e"], places) == 4


def test_the_room_reads_the_table_that_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles = tmp_path / "few"
    articles.mkdir()
    for path in sorted({a.path for a in read_articles(DEV) if a.path and list(examples([a]))})[:4]:
        (articles / path.name).write_bytes(path.read_bytes())
    out = tmp_path / "salience.tsv"
    main(articles, out)
    table = out.read_text(encoding="utf-8")
    read = parse_points(table)
    assert read and all(read.values())
    assert list(read.values()) == sorted(read.values(), reverse=True)
    assert table.count("\n") == len(read) + 2 and "\n# Source:" in table
    assert len(read.keys() & points().keys()) > 10
    told = capsys.readouterr().out
    assert "choices" in told and "in sample" in told and "cross-validation" in told


def test_a_folder_without_choices_is_one_line_and_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("---\nid: a\n---\n[[ORG:Hội Ong]] họp.\n", encoding="utf-8")
    with pytest.raises(typer.Exit) as ended:
        main(tmp_path, tmp_path / "out.tsv")
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out.tsv").exists()
