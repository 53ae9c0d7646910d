from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

import kyket
from kyket.document import Agreement, Document, Entity, Span
from kyket.errors import KyketError
from kyket_training import commands
from kyket_training.corpus import AnnotatedArticle, GoldSpan, parse_marks
from kyket_training.display import show_evaluation
from kyket_training.evaluate import Evaluation, evaluate
from kyket_training.report import paragraphs, write_report


def article(id: str, marked: str, **gold: object) -> AnnotatedArticle:
    text, spans = parse_marks(marked)
    return AnnotatedArticle(id=id, text=text, spans=spans, **gold)  # type: ignore[arg-type]


def reading(marked: str, **found: object) -> Document:
    text, spans = parse_marks(marked)
    return Document(
        id="x",
        text=text,
        spans=[
            Span(start=s.start, end=s.end, text=text[s.start : s.end], label=s.label, score=0.9)
            for s in spans
        ],
        **found,  # type: ignore[arg-type]
    )


GOLD = [
    article("right", "[[PER:Lò Na]] [[VISIT:thăm]] [[LOC:Lào]]"),
    article(
        "wrong",
        "Ông [[PER:Lý <A>]] gặp\nbà [[PER:Khăm Ly]] ở [[ORG:Sở Y tế]]\n\nHết tin ở [[LOC:Lào]]",
        agreements=[
            {
                "instrument": "treaty",
                "parties": ["Lào"],
                "period": None,
                "status": "signed",
                "signed_on": None,
            }
        ],
        people=[{"name": "Khăm Ly", "role": "Giám đốc", "org": "Sở Y tế"}],
    ),
]
READ = {
    "right": reading("[[PER:Lò Na]] [[VISIT:thăm]] [[LOC:Lào]]"),
    "wrong": reading(
        "Ông [[LOC:Lý <A>]] [[MEETING:gặp]]\nbà Khăm Ly ở Sở [[ORG:Y tế]]\n\nHết tin ở [[LOC:Lào]]",
        entities=[Entity(id="loc-1", type="LOC", name="Lào"), Entity(id="per-1", type="PER", name="Khăm Ly")],
        agreements=[Agreement(id="agreement-1", instrument="treaty", parties=["loc-1"])],
    ),
}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(lambda gold: READ[gold.id], GOLD, draws=50)


def test_figures_come_in_the_order_of_the_guidelines(evaluation: Evaluation) -> None:
    names = ["ORG", "PER", "LOC", "MEETING", "VISIT", "entities", "events", "all"]
    assert list(evaluation.figures) == [*names, "agreements", "agreements_strict", "people", "roles"]
    total = evaluation.figures["all"]
    assert (total.gold, total.predicted) == (7, 7)
    assert total.f1 == total.precision == total.recall == 4 / 7
    assert total.low <= total.f1 <= total.high
    assert evaluation.figures["people"].f1 == evaluation.figures["agreements_strict"].f1 == 1
    assert evaluation.figures["roles"].f1 == 0


def test_records_can_be_left_out() -> None:
    spans_only = evaluate(lambda gold: READ[gold.id], GOLD, records=False, draws=50)
    assert list(spans_only.figures)[-1] == "all"


def test_confusions_and_calibration(evaluation: Evaluation) -> None:
    wrong = {key: n for key, n in evaluation.confusion.items() if key[0] != key[1]}
    assert wrong == {("PER", "LOC"): 1, ("PER", "missed"): 1, ("ORG", "edges"): 1, ("spurious", "MEETING"): 1}
    assert evaluation.calibration.error == pytest.approx(0.9 - 4 / 7, abs=0.4)
    assert sum(part.count for part in evaluation.calibration.bins) == 7


def test_worst_articles_come_first_and_right_ones_never(evaluation: Evaluation) -> None:
    assert [reading.article.id for reading in evaluation.worst(5)] == ["wrong"]
    assert evaluation.worst(5)[0].errors == 4


def test_broken_offsets_are_counted() -> None:
    document = reading("[[PER:Lò Na]]")
    document.spans[0].text = "Lò"
    assert evaluate(lambda _: document, [article("a", "[[PER:Lò Na]]")], draws=5).offsets_broken == 1
    assert evaluate(lambda _: document, [article("a", "Khác")], draws=5).offsets_broken == 2


def test_it_can_be_written_as_json(evaluation: Evaluation) -> None:
    data = json.loads(json.dumps(evaluation.to_json()))
    assert data["articles"] == 2
    assert data["figures"]["all"]["f1"] == 0.5714
    assert data["confusion"]["ORG"] == {"edges": 1}


def test_the_two_sides_of_a_paragraph_show_what_was_made_of_each_span(evaluation: Evaluation) -> None:
    first, second, third = paragraphs(evaluation.worst(1)[0])
    assert [(p.text, p.outcome) for p in first.gold] == [("Ông ", ""), ("Lý <A>", "label"), (" gặp", "")]
    assert [(p.text, p.label, p.outcome) for p in first.predicted] == [
        ("Ông ", "", ""),
        ("Lý <A>", "LOC", "label"),
        (" ", "", ""),
        ("gặp", "MEETING", "spurious"),
    ]
    assert [p.outcome for p in second.gold if p.outcome] == ["missed", "edges"]
    assert third.right and not first.right
    for paragraph in (first, second, third):
        sides = ["".join(piece.text for piece in side) for side in (paragraph.gold, paragraph.predicted)]
        assert sides[0] == sides[1]


def test_a_span_over_a_line_break_is_shown_on_both_lines() -> None:
    gold = AnnotatedArticle(id="a", text="Sở\nY tế", spans=[GoldSpan(0, 7, "ORG")])
    document = Document(id="a", text=gold.text)
    (only,) = evaluate(lambda _: document, [gold], draws=5).readings
    assert [[piece.text for piece in p.gold] for p in paragraphs(only)] == [["Sở"], ["Y tế"]]


def test_the_report_is_one_escaped_page_without_scripts_or_links(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    write_report(evaluation, path, title="<model>")
    page = path.read_text(encoding="utf-8")
    assert "<h1>&lt;model&gt;</h1>" in page
    assert "Lý &lt;A&gt;" in page and "<A>" not in page
    assert "gold: PER “Lý &lt;A&gt;” · read: LOC" in page
    assert "Khăm Ly, Giám đốc, Sở Y tế" in page and "treaty · Lào · no period · signed" in page
    assert not any(word in page for word in ("<script", "href=", "src=", "url(", "@import"))


def test_a_report_of_nothing_wrong_has_no_worst_articles(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(evaluate(lambda gold: READ[gold.id], GOLD[:1], draws=5), path)
    assert "most wrong spans" not in path.read_text(encoding="utf-8")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """`kyket evaluate` with a model that misses every person, on one article."""

    def tagger(text: str) -> list[Span]:
        return [Span(start=6, end=10, text=text[6:10], label="VISIT", score=0.9)]

    def whole(text: str, published: str | None = None) -> Document:
        assert published == "2020-02-03"
        return Document(id="a", text=text, spans=tagger(text))

    class Extractor:
        __call__ = staticmethod(whole)
        link = staticmethod(lambda article, spans: Document(id=article.id, text=article.text, spans=spans))

    Extractor.tagger = staticmethod(tagger)  # type: ignore[attr-defined]
    monkeypatch.setattr(kyket, "load", lambda path, device: Extractor(), raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text(
        "---\nid: a\npublished: 2020-02-03\npeople: []\n---\n[[PER:Lò Na]] [[VISIT:thăm]]", encoding="utf-8"
    )
    app = typer.Typer(rich_markup_mode=None)
    app.command()(commands.evaluate)
    return lambda *options: CliRunner().invoke(app, ["model", str(tmp_path / "data"), *map(str, options)])


def test_the_command_writes_what_it_is_asked_for(command: Callable[..., Result], tmp_path: Path) -> None:
    result = command("--json", tmp_path / "a.json", "--report", tmp_path / "a.html")
    assert result.exit_code == 0, result.output
    figures = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["figures"]
    assert (figures["all"]["recall"], figures["all"]["precision"]) == (0.5, 1.0)
    assert "<h1>model · " in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert max(map(len, result.output.splitlines())) <= 100


def test_model_and_rules_can_be_scored_apart(command: Callable[..., Result], tmp_path: Path) -> None:
    figures = {}
    for option in ("--gold-spans", "--tagger-only"):
        assert command(option, "--json", tmp_path / "a.json").exit_code == 0
        figures[option] = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["figures"]
    assert figures["--tagger-only"]["all"]["recall"] == 0.5
    assert "all" not in figures["--gold-spans"]  # gold spans against themselves
    article = tmp_path / "data" / "a.txt"
    article.write_text(article.read_text("utf-8").replace("people: []\n", ""), "utf-8")
    nothing = command("--gold-spans")
    assert isinstance(nothing.exception, KyketError)
    assert "no article there has gold dates, agreements or people" in str(nothing.exception)
    assert command("--gold-spans", "--tagger-only").exit_code == 2


def test_gold_that_is_not_as_it_should_be_is_told(command: Callable[..., Result], tmp_path: Path) -> None:
    article = tmp_path / "data" / "a.txt"
    record = "{instrument: thỏa thuận, parties: [Lò Na], period: null, status: signed}"
    told = f"agreements: [{record}]\npeople: [{{name: Lò Na}}]\n"
    article.write_text(article.read_text("utf-8").replace("people: []\n", told), "utf-8")
    result = command("--report", tmp_path / "a.html")
    assert result.exit_code == 0, result.output
    assert "kyket: a: agreement 1: Invalid enum value 'thỏa thuận'" in result.stderr
    assert "and 1 more; `kyket data check` tells all" in result.stderr


def test_a_file_that_cannot_be_written_ends_it_before_the_work(
    command: Callable[..., Result], tmp_path: Path
) -> None:
    for path in (tmp_path, tmp_path / "missing" / "a.html"):
        result = command("--report", path)
        assert result.exit_code == 2
        assert "cannot be written" in " ".join(result.output.split())


def test_figures_on_a_terminal(evaluation: Evaluation) -> None:
    out = Console(width=100, record=True)
    show_evaluation(evaluation, out)
    text = out.export_text()
    assert "57.1" in text and "agreements strict" in text
