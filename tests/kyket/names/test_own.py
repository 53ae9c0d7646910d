"""Tables of a user's own: what they change, for whom, and how their faults are told."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kyket.document import Article, Span
from kyket.errors import TablesError
from kyket.extractor import Extractor
from kyket.names import expand, find_place, link, read_tables, same_person, using

ABBREVIATIONS = "# mine\nshort\tfull\tscope\nVDMX\tVí Dụ Mẫu Xanh\tpart\nUBND\tỦy ban Ví dụ\tpart\n"
ALIASES = (
    "kind\tname\tvariants\n"
    "ORG\tTập đoàn Kalimba\tKLB Group|Bông Lau\n"
    "PER\tBounkham Vongsone\tBun Khăm Vông Xỏn|Thạo Khăm\n"
)
PLACES = "country\tkind\tname\tvariants\nLA\thuyện\tMường Mẫu\tMuang Mau\nTH\ttỉnh\tHà Nam\t\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "abbreviations.tsv").write_text(ABBREVIATIONS, encoding="utf-8")
    (tmp_path / "aliases.tsv").write_text(ALIASES.replace("\n", "\r\n"), encoding="utf-8-sig")
    (tmp_path / "exonyms.tsv").write_text(PLACES, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a table", encoding="utf-8")
    return tmp_path


def names_of(text: str, *marks: tuple[str, str]) -> list[tuple[str, list[str]]]:
    spans = [
        Span(start=text.index(form), end=text.index(form) + len(form), text=form, label=label)
        for label, form in marks
    ]
    return [(entity.name, entity.aliases) for entity in link(text, spans)]


def test_own_rows_count_inside_and_not_outside(folder: Path) -> None:
    text = "Tập đoàn Kalimba và Bông Lau mời Bounkham Vongsone; Thạo Khăm tới Muang Mau."
    marks = (
        ("ORG", "Tập đoàn Kalimba"), ("ORG", "Bông Lau"), ("PER", "Bounkham Vongsone"),
        ("PER", "Thạo Khăm"), ("LOC", "Muang Mau"),
    )  # fmt: skip
    before = names_of(text, *marks)
    assert len(before) == 5
    with using(read_tables(folder)):
        assert expand("Công ty VDMX") == "Công ty Ví Dụ Mẫu Xanh"
        assert expand("UBND tỉnh") == "Ủy ban Ví dụ tỉnh"  # before the row that ships
        assert expand("Bông Lau") == "Tập đoàn Kalimba"
        assert same_person("Thạo Khăm", "Bun Khăm Vông Xỏn")
        place = find_place("Muang Mau")
        assert place is not None and (place.name, place.country) == ("Mường Mẫu", "LA")
        home = find_place("Hà Nam")
        assert home is not None and home.country == "TH"
        assert [name for name, _ in names_of(text, *marks)] == [
            "Tập đoàn Kalimba", "Bounkham Vongsone", "Muang Mau",
        ]  # fmt: skip
        with using(None):
            assert expand("UBND tỉnh") == "Ủy ban nhân dân tỉnh"
    assert names_of(text, *marks) == before
    assert expand("Công ty VDMX") == "Công ty VDMX"
    assert find_place("Muang Mau") is None


def test_extractors_side_by_side_keep_their_tables_apart(folder: Path) -> None:
    text = "Công ty VDMX họp."
    span = Span(start=0, end=12, text=text[:12], label="ORG")
    plain, mine = Extractor(lambda text: [span]), Extractor(lambda text: [span], tables=read_tables(folder))

    def name(extractor: Extractor) -> str:
        return extractor.read(Article(text=text)).organizations[0].name

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(name, [plain, mine] * 50))
    assert found == ["Công ty VDMX", "Công ty Ví Dụ Mẫu Xanh"] * 50


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("abbreviations", "short\tfull\tscope\nA\tB\n", "abbreviations.tsv, line 2: 2 cells instead of 3"),
        (
            "abbreviations",
            "# x\n\nshort\tfull\tscope\nA\tB\tsome\n",
            "line 4: scope is 'some' and must be like part|kept|whole",
        ),
        ("abbreviations", "short\tfull\tscope\n\tB\tpart\n", "line 2: short is empty"),
        ("abbreviations", "full\tshort\tscope\nA\tB\tpart\n", "the header must be short, full, scope"),
        ("abbreviations", "A\tB\tpart\n", "the header must be short, full, scope"),
        ("aliases", "kind\tname\tvariants\nLOC\tA\tB\n", "line 2: kind is 'LOC'"),
        ("exonyms", "country\tkind\tname\tvariants\nLào\ttỉnh\tA\tB\n", "line 2: country is 'Lào'"),
        ("abreviations", "short\tfull\tscope\n", "no table is called so; there are abbreviations.tsv"),
        ("aliases", "", "aliases.tsv: no header row"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, name: str, text: str, fault: str) -> None:
    (tmp_path / f"{name}.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(TablesError) as told:
        read_tables(tmp_path)
    message = str(told.value)
    assert fault in message
    assert message.startswith(str(tmp_path / f"{name}.tsv"))
    assert "\n" not in message


def test_what_is_no_text_or_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(TablesError, match="no table there"):
        read_tables(tmp_path)
    with pytest.raises(TablesError, match="no folder of tables there"):
        read_tables(tmp_path / "none")
    (tmp_path / "aliases.tsv").write_bytes("kind\tname\tvariants\nORG\tVí\t".encode() + b"\xff\n")
    with pytest.raises(TablesError, match=r"aliases\.tsv, line 2: not UTF-8"):
        read_tables(tmp_path)
