from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kyket.dates import find
from kyket.document import Agreement, Date, Document, Entity, Span
from kyket.timevalues import parse_value
from kyket_training.corpus import AnnotatedArticle, read_articles
from kyket_training.evaluate import evaluate
from kyket_training.records import same_name, tally_records
from kyket_training.scoring import Tally

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("LĐLĐ TP Hà Nội", "Liên đoàn Lao động thành phố Hà Nội", True),
        ("UBND tỉnh Lào Cai", "Ủy ban Nhân dân Lào Cai", True),
        ("Liên hiệp Công đoàn Vientiane", "LHCĐ Thủ đô Viêng Chăn", True),
        ("Uỷ ban Hoà bình", "Ủy ban Hòa bình", True),
        ("Công đoàn Lào", "Công đoàn Việt Nam", False),
        ("Công đoàn", "", False),
        ("", "", False),
    ],
)
def test_names_of_one_body(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is same


def article(**gold: object) -> AnnotatedArticle:
    return AnnotatedArticle(id="a", text="hôm nay (7/12) gặp", spans=[], **gold)  # type: ignore[arg-type]


def document(**found: object) -> Document:
    return Document(id="a", text="hôm nay (7/12) gặp", **found)  # type: ignore[arg-type]


def test_a_date_needs_to_overlap_and_to_mean_the_same() -> None:
    gold = [{"start": 0, "end": 14, "type": "DATE", "value": "2021-12-07"}]

    def hits(start: int, end: int, value: str) -> int:
        date = Date(start=start, end=end, text="", type="DATE", value=parse_value(value))
        return tally_records(article(dates=gold), document(dates=[date]))["dates"].hits

    assert hits(9, 13, "2021-12-07") == 1
    assert hits(9, 13, "XXXX-12-07") == 0
    assert hits(14, 18, "2021-12-07") == 0


def test_dates_of_front_matter_are_scored_as_those_beside_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "---\npublished: 2021-12-08\ndates:\n  - {text: hôm qua (7/12), type: DATE, value: 2021-12-07}\n"
        "  - {text: 5 năm tới, type: PERIOD, value: 2021/2026}\n"
        "  - {text: năm ngoái, type: DATE, value: 2019}\n"
        "---\nHọp hôm qua (7/12), bàn việc 5 năm tới, không nhắc năm ngoái và quý I/2020.",
        encoding="utf-8",
    )
    (gold,) = read_articles(tmp_path)
    found = document(dates=find(gold.text, gold.published))
    assert tally_records(gold, found)["dates"] == Tally(2, 3, 4)


GOLD = {
    "instrument": "agreement",
    "parties": ["LĐLĐ tỉnh Đồng Lam", "Công đoàn tỉnh Xê Bang"],
    "period": "2021/2025",
    "status": "signed",
    "signed_on": "2021-05",
}
PARTIES = [
    Entity(id="org-1", type="ORG", name="Liên đoàn Lao động tỉnh Đồng Lam"),
    Entity(id="org-2", type="ORG", name="Công đoàn tỉnh Xê Bang"),
    Entity(id="org-3", type="ORG", name="Sở Y tế"),
]


@pytest.mark.parametrize(
    ("change", "loose", "strict"),
    [
        ({}, 1, 1),
        ({"signed_on": None}, 1, 0),
        ({"instrument": "memorandum"}, 1, 0),
        ({"period": None}, 0, 0),
        ({"status": "proposed"}, 0, 0),
        ({"parties": ["org-1", "org-2", "org-3"]}, 1, 1),
        ({"parties": ["org-1"]}, 0, 0),
        ({"parties": []}, 0, 0),
    ],
)
def test_an_agreement_needs_period_status_and_parties(
    change: dict[str, object], loose: int, strict: int
) -> None:
    fields: dict[str, object] = {
        "id": "agreement-1",
        "instrument": "agreement",
        "parties": ["org-1", "org-2"],
        "period": "2021/2025",
        "status": "signed",
        "signed_on": "2021-05",
    }
    record = Agreement(**(fields | change))  # type: ignore[arg-type]
    tallies = tally_records(article(agreements=[GOLD]), document(entities=PARTIES, agreements=[record]))
    assert tallies["agreements"] == Tally(loose, 1, 1)
    assert tallies["agreements_strict"] == Tally(strict, 1, 1)


def test_a_day_of_signing_that_gold_lacks_does_not_count() -> None:
    record = Agreement(
        id="agreement-1",
        instrument="agreement",
        parties=["org-1", "org-2"],
        period="2021/2025",
        signed_on="2021",
    )
    found = document(entities=PARTIES, agreements=[record])
    assert (
        tally_records(article(agreements=[GOLD | {"signed_on": None}]), found)["agreements_strict"].hits == 1
    )


def test_roles_count_where_gold_has_one_and_need_the_organisation_it_names() -> None:
    gold = [
        {"name": "Lý A Sáng", "role": "Chủ tịch", "org": "LĐLĐ tỉnh Đồng Lam"},
        {"name": "Khăm Ly Na", "role": "nông dân", "org": None},
        {"name": "Bảo Vi", "role": None, "org": None},
    ]
    people = [
        Entity(id="per-1", type="PER", name="LÝ A SÁNG", role="chủ tịch", organization="org-1"),
        Entity(id="per-2", type="PER", name="Khăm Ly Na", role="nông dân", organization="org-3"),
        Entity(id="per-3", type="PER", name="Bảo Vi", role="phóng viên"),
    ]
    tallies = tally_records(article(people=gold), document(entities=[*PARTIES, *people]))
    assert tallies["people"] == Tally(3, 3, 3)
    assert tallies["roles"] == Tally(2, 2, 3)
    people[0].organization = None
    tallies = tally_records(article(people=gold), document(entities=[*PARTIES, *people]))
    assert tallies["roles"].hits == 1


def test_what_nobody_annotated_is_not_scored() -> None:
    date = Date(start=0, end=7, text="hôm nay", type="DATE", value=None)
    assert tally_records(article(agreements=[]), document(dates=[date])) == {
        "agreements": Tally(),
        "agreements_strict": Tally(),
    }


def garbled(gold: AnnotatedArticle, rng: random.Random) -> Document:
    """The gold as a document, with a part of it left out and a part of it changed."""
    entities: list[Entity] = []
    agreements: list[Agreement] = []

    def entity(name: str, kind: str = "ORG") -> Entity:
        entities.append(Entity(id=f"{kind.lower()}-{len(entities)}", type=kind, name=name))
        return entities[-1]

    for person in gold.people or ():
        if rng.random() < 0.9:
            made = entity(person["name"].upper() if rng.random() < 0.9 else "Na", "PER")
            made.role = person["role"] if rng.random() < 0.8 else None
            if person["org"] and rng.random() < 0.8:
                made.organization = entity(person["org"]).id
    for i, record in enumerate(gold.agreements or ()):
        parties = [entity(party.replace("tỉnh ", "")).id for party in record["parties"] if rng.random() < 0.9]
        agreements.append(
            Agreement(
                id=f"agreement-{i}",
                instrument=record["instrument"] if rng.random() < 0.8 else "other",
                parties=parties,
                period=record["period"] if rng.random() < 0.9 else None,
                status=record["status"] if rng.random() < 0.9 else "proposed",
                signed_on=record["signed_on"] if rng.random() < 0.8 else None,
            )
        )
    dates = [
        Date(
            start=d["start"] + rng.randint(0, 1),
            end=d["end"],
            text=gold.text[d["start"] : d["end"]],
            type=d["type"],
            value=parse_value(d["value"]) if d["value"] and rng.random() < 0.8 else None,
        )
        for d in gold.dates or ()
        if rng.random() < 0.9
    ]
    for date in dates:
        date.text = gold.text[date.start : date.end]
    spans = [
        Span(
            start=s.start,
            end=s.end,
            text=gold.text[s.start : s.end],
            label=s.label if rng.random() < 0.9 else "ORG",
        )
        for s in gold.spans
        if rng.random() < 0.9
    ]
    return Document(
        id=gold.id, text=gold.text, spans=spans, dates=dates, entities=entities, agreements=agreements
    )


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="needs ../shared")
def test_figures_are_those_of_the_release_script(tmp_path: Path) -> None:
    rng = random.Random(5)
    articles = list(read_articles(SHARED / "articles" / "dev"))
    documents = {gold.id: garbled(gold, rng) for gold in articles}
    lines = [d.to_dict() | {"source": f"{d.id}.txt"} for d in documents.values()]
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        SHARED / "tools" / "score.py",
        SHARED / "articles" / "dev",
        predictions,
        "--json",
    ]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    evaluation = evaluate(lambda gold: documents[gold.id], articles, draws=10)
    assert evaluation.offsets_broken == theirs.pop("offsets_broken") == 0
    assert theirs.pop("articles_missing") == 0
    theirs["all"] = theirs.pop("spans")
    for name, figure in evaluation.figures.items():
        ours = [round(number, 4) for number in (figure.precision, figure.recall, figure.f1)]
        assert [*ours, figure.gold, figure.predicted] == list(theirs.pop(name).values()), name
    assert all(row["gold"] == row["pred"] == 0 for row in theirs.values())
    assert 0 < evaluation.figures["agreements_strict"].f1 < evaluation.figures["agreements"].f1 < 1


@pytest.mark.skipif(not (SHARED / "tools" / "score.py").exists(), reason="needs ../shared")
def test_names_are_compared_as_the_release_script_does() -> None:
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    names = sorted(
        {
            name
            for gold in read_articles(SHARED / "articles" / "dev")
            for record in gold.agreements or ()
            for name in record["parties"]
        }
        | {
            gold.text[s.start : s.end]
            for gold in read_articles(SHARED / "articles" / "dev")
            for s in gold.spans[:9]
        }
    )
    assert len(names) > 50
    for one in names:
        for other in names:
            assert same_name(one, other) == script.same(one, other), (one, other)
