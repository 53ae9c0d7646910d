from pathlib import Path

from kyket.agreements.grouping import groups
from kyket.agreements.parties import Cast
from kyket.agreements.salience import Salience
from kyket.agreements.scene import lay_out
from kyket.agreements.signs import points

from .agreement_cases import unmark

TABLE = Path(__file__).parents[3] / "inference" / "kyket" / "agreements" / "salience.tsv"


def ask(marked: str) -> tuple[Salience, Cast, dict[str, str]]:
    text, spans, dates, entities = unmark(marked)
    scene = lay_out(text, spans, dates, entities, None)
    cast = Cast(scene)
    sentences = [(sentence, groups(scene, sentence, cast)) for sentence in scene.sentences]
    return Salience(scene, cast, sentences), cast, {entity.id: entity.name for entity in entities}


def test_the_table_names_its_source_and_each_sign_once() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("# Source:") for line in lines)
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len({name for name, _ in rows}) == len(rows) == len(points())
    assert all(float(value) for _, value in rows)


def test_every_sign_of_the_table_is_one_that_the_code_gives() -> None:
    modules = ("salience.py", "kinship.py")
    source = "".join(TABLE.with_name(module).read_text(encoding="utf-8") for module in modules)
    for name in points():
        words = name.replace(" lately", "").split(" sentences before")[0]
        stem = words.removeprefix("named ").removeprefix("without the named ")
        assert stem in source or stem.isdigit(), name


def test_the_known_party_is_among_the_likeliest() -> None:
    salience, _, names = ask(
        "[[ORG:Hội Ong]] gặp [[ORG:Hội Kiến]] và [[ORG:Hội Mối]]. [[ORG:Hội Ong]] cảm ơn [[ORG:Hội Mối]]."
    )
    (mites,) = [id for id, name in names.items() if name == "Hội Mối"]
    assert mites in salience.likeliest(1, 60, known=(mites,))


def test_only_what_fits_is_chosen() -> None:
    salience, _, names = ask("[[ORG:Trường Bưởi]], [[ORG:Công ty Cam]] và [[ORG:Trường Chanh]] gặp nhau.")
    chosen = salience.likeliest(1, 90, fits=lambda id: names[id].startswith("Trường"))
    assert sorted(names[id] for id in chosen) == ["Trường Bưởi", "Trường Chanh"]


def test_no_choice_no_parties() -> None:
    salience, _, _ = ask("[[ORG:Hội Ong]] họp.")
    assert salience.likeliest(0, 20) == ()
