from __future__ import annotations

from pathlib import Path

import pytest

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats import FormatError, Ledger, read_data, write_data

TEXT = "Bà Lò Thị Na và ông Vân\r\nthăm Sở\nY tế 😀 Huế.\n"


def project(tmp_path: Path, annotations: str) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.ann").write_bytes(annotations.encode())
    return tmp_path


def test_text_bound_annotations_and_nothing_else(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        "T1\tPER 3 12\tLò Thị Na\n"
        "T2\tPER 20 23\tVân\r\n"
        "T3\tVISIT 25 29\tthăm\n"
        "T4\tORG 30 32;33 37\tSở Y tế\n"
        "T5\tLOC 40 43\tHuế\n"
        "T6\tPER 3 5;20 23\tLò Vân\n"
        "T7\tORG 30 32;33 37;40 43\tSở Y tế Huế\n"
        "T8\tPER 6 12\tThị Na\n"
        "E1\tVISIT:T3 Who:T1\nR1\tknows Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\nA1\tNegated E1\n"
        "N1\tReference T5 Wiki:1\tHuế\n#1\tAnnotatorNotes T1\tsure?\n\n",
    )
    ledger = Ledger()
    (article,) = read_data(str(folder), "brat", ledger)
    assert (article.id, article.text) == ("a", TEXT)
    assert [(TEXT[s.start : s.end], s.label) for s in article.spans] == [
        ("Lò Thị Na", "PER"),
        ("Vân", "PER"),
        ("thăm", "VISIT"),
        ("Sở\nY tế", "ORG"),
        ("Huế", "LOC"),
    ]
    assert ledger.spans_left_out == {"discontinuous": 2, "overlapping": 1}
    assert ledger.spans_read == 8
    assert ledger.ignored == {
        "relations": 2,
        "events' arguments": 1,
        "attributes": 1,
        "normalisations": 1,
        "notes": 1,
    }
    path = folder / "a.ann"
    assert ledger.details() == [
        f"{path}:6: discontinuous span left out: PER “Lò … Vân”",
        f"{path}:7: discontinuous span left out: ORG “Sở … Y tế … Huế”",
        f"{path}:8: overlapping span left out: PER “Thị Na” overlaps PER “Lò Thị Na”, which stays",
    ]


def test_it_is_written_as_brat_writes_it(tmp_path: Path) -> None:
    article = AnnotatedArticle("sub/a", TEXT, [GoldSpan(3, 12, "PER"), GoldSpan(30, 37, "ORG")])
    write_data([article], tmp_path / "out", "brat", Ledger())
    assert (tmp_path / "out" / "sub" / "a.txt").read_bytes() == TEXT.encode()
    written = (tmp_path / "out" / "sub" / "a.ann").read_text("utf-8")
    assert written == "T1\tPER 3 12\tLò Thị Na\nT2\tORG 30 32;33 37\tSở Y tế\n"
    conf = (tmp_path / "out" / "annotation.conf").read_text("utf-8").split("\n")
    assert conf[:5] == ["[entities]", "ORG", "PER", "[relations]", "[events]"]


def test_one_file_can_be_named(tmp_path: Path) -> None:
    project(tmp_path, "T1\tPER 3 12\tLò Thị Na\n")
    for name, format in (("a.txt", "brat"), ("a.ann", None)):
        assert len(read_data(str(tmp_path / name), format, Ledger())[0].spans) == 1


def test_a_text_without_annotations_is_left_out(tmp_path: Path) -> None:
    project(tmp_path, "")
    (tmp_path / "b.txt").write_text("Huế")
    ledger = Ledger()
    assert [a.id for a in read_data(str(tmp_path), "brat", ledger)] == ["a"]
    assert (ledger.articles_read, ledger.articles_left_out) == (2, {"not annotated": 1})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tPER 3 11\tLò Thị Na", "“Lò Thị Na” does not stand at these offsets, but “Lò Thị N”"),
        ("T1\tPER 0 99\tLò", "“Lò” does not stand"),
        ("T1 PER 3 12 Lò", "no annotation of brat"),
        ("T1\tPER 3\tLò", "no annotation of brat"),
        ("T1\tTên người 3 5\tLò", "no annotation of brat"),
        ("Lò", "no annotation of brat"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    folder = project(tmp_path, f"T9\tPER 20 23\tVân\n{line}\n")
    with pytest.raises(CorpusError) as caught:
        read_data(str(folder), "brat", Ledger())
    assert str(caught.value).startswith(f"{folder / 'a.ann'}:2: {message}")


def test_annotations_without_their_text(tmp_path: Path) -> None:
    project(tmp_path, "")
    (tmp_path / "b.ann").write_text("")
    with pytest.raises(CorpusError, match=r"b\.ann: the text it belongs to, b\.txt, is missing"):
        read_data(str(tmp_path), "brat", Ledger())


def test_what_brat_cannot_hold(tmp_path: Path) -> None:
    spaced = AnnotatedArticle("a", "Lò", [GoldSpan(0, 2, "Tên người")])
    with pytest.raises(FormatError, match="“Tên người” has white space in it, which brat cannot hold"):
        write_data([spaced], tmp_path / "out", "brat", Ledger())
    assert not (tmp_path / "out").exists()
    twins = [AnnotatedArticle(id, "Lò", []) for id in ("a", "A")]
    with pytest.raises(FormatError, match="A: another article with the id a has the same file name"):
        write_data(twins, tmp_path / "out", "brat", Ledger())
    (tmp_path / "old.txt").write_text("")
    with pytest.raises(FormatError, match="is there and not an empty folder"):
        write_data([], tmp_path, "brat", Ledger())


@pytest.mark.parametrize("id", ["../../etc/x", "/x", "a:b", "a//b", "..", "", "a\x00", "con?"])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, id: str) -> None:
    ledger = Ledger()
    out = tmp_path / "deep" / "out"
    write_data([AnnotatedArticle(id, "Lò", [])], out, "brat", ledger)
    (back,) = read_data(str(out), "brat", ledger)
    assert back.text == "Lò"
    assert ledger.changed == {"id that cannot name a file": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
