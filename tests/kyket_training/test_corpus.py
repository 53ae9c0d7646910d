from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket_training.corpus import (
    CorpusError,
    GoldSpan,
    parse_marks,
    read_articles,
    read_inline,
    read_standoff,
    write_marks,
)

PLAIN = st.text(st.characters(exclude_characters="[]", codec="utf-8"), max_size=12)


@given(st.lists(st.tuples(PLAIN, st.sampled_from(["ORG", "PER", "SIGNING"]), PLAIN), max_size=6), PLAIN)
def test_marks_come_back_at_their_offsets(parts: list[tuple[str, str, str]], rest: str) -> None:
    marked = "".join(f"{before}[[{label}:{mention}]]" for before, label, mention in parts) + rest
    text, spans = parse_marks(marked)
    assert text == "".join(before + mention for before, _, mention in parts) + rest
    assert [(text[s.start : s.end], s.label) for s in spans] == [(m, label) for _, label, m in parts]
    assert write_marks(text, spans) == marked


@pytest.mark.parametrize("marked", ["[[PER:An", "An]] đi", "[[ORG:Sở [[LOC:Huế]]]]", "[[PER An]]"])
def test_malformed_marks_are_refused(marked: str) -> None:
    with pytest.raises(CorpusError, match="malformed mark near"):
        parse_marks(marked)


def test_offsets_count_code_points_of_the_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("---\r\nid: a\r\n---\r\n😀\r\nTie\u0302\u0301n [[PER:Hà\u0000]]\r\n".encode())
    article = read_inline(path)
    assert article.text == "😀\r\nTie\u0302\u0301n Hà\u0000\r\n"
    assert article.spans == [GoldSpan(10, 13, "PER")]


def test_front_matter_is_read_as_the_contract_has_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "---\npublished: 2019-06-14\ntopic: t\nagreements:\n"
        '  - {instrument: treaty, parties: ["A"], period: 2019/2020, status: signed, signed_on: 2019-06-13}\n'
        'people:\n  - {name: "Lý A", role: "", org: ""}\nblock: x\n---\n[[PER:Lý A]]',
        encoding="utf-8",
    )
    article = read_inline(tmp_path / "a.txt")
    assert (article.id, article.published, article.topic, article.meta) == (
        "a",
        "2019-06-14",
        "t",
        {"block": "x"},
    )
    assert article.agreements is not None and article.agreements[0]["signed_on"] == "2019-06-13"
    assert article.people == [{"name": "Lý A", "role": None, "org": None}]
    assert article.dates is None


def test_dates_of_front_matter_get_their_offsets(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "---\ndates:\n  - {text: Ngày 9/9, type: DATE, value: 2022-09-09}\n"
        "  - {text: '2023', type: DATE, value: 2023}\n  - {text: rằm, type: DATE, value: null}\n---\n"
        "Ngày 9/9 ở [[LOC:Huế]], Tết 2023, rằm",
        encoding="utf-8",
    )
    article = read_inline(tmp_path / "a.txt")
    assert article.dates == [
        {"text": "Ngày 9/9", "type": "DATE", "value": "2022-09-09", "start": 0, "end": 8},
        {"text": "2023", "type": "DATE", "value": "2023", "start": 20, "end": 24},
        {"text": "rằm", "type": "DATE", "value": None, "start": 26, "end": 29},
    ]


def test_standoff_articles_lie_beside_inline_ones(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Bà Na đến.", encoding="utf-8")
    spans = [{"start": 6, "end": 9, "label": "VISIT"}, {"start": 3, "end": 5, "label": "PER"}]
    (tmp_path / "b.json").write_text(json.dumps({"spans": spans}))
    (tmp_path / "b.doc.json").write_text(json.dumps({"published": "2020-01-02", "people": []}))
    (tmp_path / "a.txt").write_text("---\nid: x\n---\n[[PER:Na]]", encoding="utf-8")
    inline, standoff = read_articles(tmp_path)
    assert (inline.id, standoff.id) == ("x", "b")
    assert standoff.spans == [GoldSpan(3, 5, "PER"), GoldSpan(6, 9, "VISIT")]
    assert (standoff.published, standoff.people, standoff.agreements) == ("2020-01-02", [], None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[[PER:Na]]", "no front matter"),
        (b"---\nid: [\n---\nA", "not YAML"),
        (b"---\nagreements: x\n---\nA", "`agreements` is not a list of mappings"),
        (b"---\npeople: [x]\n---\nA", "`people` is not a list of mappings"),
        (b"---\n- id: a\n---\nA", "front matter is not a mapping"),
        (b"---\npublished: 2020-02-30\n---\nA", "impossible date"),
        (b"---\nid: a\n---\n[[PER:Na", "malformed mark"),
        (
            b"---\ndates: [{text: 9/9}]\n---\n19/9",
            r"dates not in the text after the date before: 1 \(“9/9”\)",
        ),
        (b"---\nid: a\n---\n\xff", "not UTF-8 at byte 14"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(CorpusError, match=message) as caught:
        list(read_articles(tmp_path))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    for folder, fault in (
        (tmp_path, "no annotated articles"),
        (tmp_path / "missing", "there is no such folder"),
    ):
        with pytest.raises(CorpusError, match=fault) as caught:
            list(read_articles(folder))
        assert ("no such folder" in str(caught.value)) is not folder.exists()


def test_a_standoff_file_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("A")
    (tmp_path / "b.json").write_text('{"spans": [{"start": 0}]}')
    with pytest.raises(CorpusError, match=r"b\.json: not of the form .*missing required field `end`"):
        read_standoff(tmp_path / "b.txt")
    for spans in ("[]", '{"spans": 3}', "{", '{"span": []}'):
        (tmp_path / "b.json").write_text(spans)
        with pytest.raises(CorpusError, match=r'b\.json: not of the form {"spans": \[{"start": 0'):
            read_standoff(tmp_path / "b.txt")
    (tmp_path / "b.json").write_text(
        '{"spans": [{"start": 0, "end": 1, "label": "A", "by": "me"}], "note": 1}'
    )
    for records, message in (
        ("[]", "not a JSON object"),
        ('{"people": [1]}', "`people` is not a list of obj"),
    ):
        (tmp_path / "b.doc.json").write_text(records)
        with pytest.raises(CorpusError, match=rf"b\.doc\.json: {message}"):
            read_standoff(tmp_path / "b.txt")
