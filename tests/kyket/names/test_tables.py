"""The tables are whole: a named source, a header, no doubles, no loose ends."""

from collections import Counter
from importlib import resources

import pytest

from kyket.errors import TablesError
from kyket.names import find_place, tables
from kyket.orthography import canonical, fold


@pytest.mark.parametrize("table", tables.TABLES)
def test_every_table_names_its_source_and_is_canonical(table: str) -> None:
    text = resources.files(tables).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert any("Source:" in line for line in comments)
    assert canonical(text).text == text or table == "titles"
    rows = tables.rows(table)
    assert rows
    first = next(iter(rows[0]))
    keys = [tuple(row.values()) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(row[first] for row in rows)


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(TablesError, match=r"mine\.tsv, line 2: 3 cells instead of 2"):
        tables.parse("a\tb\n1\t2\t3\n", "mine.tsv")
    with pytest.raises(TablesError, match="no header"):
        tables.parse("# only a comment\n", "mine.tsv")


def test_63_provinces_became_34() -> None:
    rows = tables.rows("provinces")
    assert len(rows) == len({row["name"] for row in rows}) == 63
    assert len({row["today"] for row in rows}) == 34
    assert sum(row["kind"] == "thành phố" for row in rows) == 5
    assert {row["today"] for row in rows if row["today_kind"] == "thành phố"} == {
        "Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ",
    }  # fmt: skip


def test_todays_provinces_are_those_of_vietnam_provinces() -> None:
    from vietnam_provinces import Province

    theirs = {fold(p.name).removeprefix("tinh ").removeprefix("thanh pho ") for p in Province.iter_all()}
    assert {fold(row["today"]) for row in tables.rows("provinces")} == theirs


def test_country_codes_are_two_letters_and_single() -> None:
    codes = [row["code"] for row in tables.rows("countries")]
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)
    assert len(set(codes)) == len(codes)
    assert {row["country"] for row in tables.rows("exonyms")} <= set(codes)


def test_a_country_has_one_capital() -> None:
    capitals = [row["country"] for row in tables.rows("exonyms") if row["kind"] == "thủ đô"]
    assert len(set(capitals)) == len(capitals)


def test_no_spelling_names_two_places() -> None:
    owners: dict[str, str] = {}
    for table in ("countries", "exonyms", "provinces"):
        for row in tables.rows(table):
            for form in {fold(f) for f in (row["name"], *tables.variants(row["variants"]))}:
                assert owners.setdefault(form, row["name"]) == row["name"], form


def test_kinds_and_scopes_are_known() -> None:
    assert {row["scope"] for row in tables.rows("abbreviations")} == {"part", "kept", "whole", "same"}
    assert {row["gender"] for row in tables.rows("honorifics")} == {"m", "f", "-"}
    kinds = {"post", "delegation", "membership", "rank", "degree", "occupation"}
    assert {row["kind"] for row in tables.rows("titles")} == kinds


def test_abbreviations_say_one_thing_in_each_scope() -> None:
    pairs = [(row["short"], row["scope"]) for row in tables.rows("abbreviations")]
    assert len(set(pairs)) == len(pairs)


def test_705_districts_lie_in_the_63_provinces() -> None:
    rows = tables.rows("districts")
    assert len(rows) == len({tuple(row.values()) for row in rows}) == 705
    assert {row["province"] for row in rows} == {row["name"] for row in tables.rows("provinces")}
    assert Counter(row["kind"] for row in rows) == {"huyện": 524, "quận": 46, "thị xã": 52, "thành phố": 83}


def test_a_district_leads_to_one_province_or_to_none() -> None:
    provinces: dict[str, set[str]] = {}
    for row in tables.rows("districts"):
        provinces.setdefault(row["name"], set()).add(row["province"])
    for name, of in provinces.items():
        place = find_place(name)
        assert place is not None
        if place.kind in ("quận", "huyện", "thị xã"):
            assert (place.country, place.before) == ("VN", next(iter(of)) if len(of) == 1 else None), name
