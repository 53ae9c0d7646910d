from __future__ import annotations

from pathlib import Path

import pytest

from kyket_training.corpus import AnnotatedArticle, CorpusError, GoldSpan
from kyket_training.formats import FormatError, Ledger, read_data, write_data


def read(tmp_path: Path, content: str, options: str = "") -> tuple[list[AnnotatedArticle], Ledger]:
    path = tmp_path / "f.txt"
    path.write_bytes(content.encode())
    ledger = Ledger()
    return read_data(str(path), f"conll:{options}", ledger), ledger


def marked(article: AnnotatedArticle) -> list[tuple[str, str]]:
    return [(article.text[span.start : span.end], span.label) for span in article.spans]


def test_four_columns_with_documents_and_iob1(tmp_path: Path) -> None:
    content = (
        "-DOCSTART- -X- O O\n\nBà N I-NP O\nLò N I-NP I-PER\nNa N I-NP B-PER\nVân N I-NP I-PER\n. . O O\n\n"
        "Ở E O O\nLào N I-NP I-LOC\n\n-DOCSTART- -X- O O\r\n\r\nHuế N I-NP I-LOC\r\n"
    )
    (one, two), ledger = read(tmp_path, content, "scheme=IOB1")
    assert one.text == "Bà Lò Na Vân .\nỞ Lào"
    assert marked(one) == [("Lò", "PER"), ("Na Vân", "PER"), ("Lào", "LOC")]
    assert (two.id, two.text, two.spans) == ("f-2", "Huế", [GoldSpan(0, 3, "LOC")])
    assert not ledger.changed
    (one, _), ledger = read(tmp_path, content)  # in the wrong scheme the spans are the same, and it is told
    assert len(one.spans) == 3
    assert ledger.details(1)[0].endswith("f.txt:4: tag out of sequence: I-PER after O")


def test_words_of_several_syllables_and_another_tag_column(tmp_path: Path) -> None:
    content = (
        "Bà\tN\tO\tO\nLò_Thị_Na\tNp\tB-PER\tO\nthăm\tV\tO\tO\nSở_Y_tế\tN\tB-ORG\tO\nHuế\tNp\tI-ORG\tB-LOC\n"
    )
    ((article,), ledger) = read(tmp_path, content, "level=word,tag=3")
    assert article.text == "Bà Lò Thị Na thăm Sở Y tế Huế"
    assert marked(article) == [("Lò Thị Na", "PER"), ("Sở Y tế Huế", "ORG")]
    assert article.tokens is not None and article.tokens[1] == (3, 12)
    ((nested,), _) = read(tmp_path, content, "level=word,tag=4")
    assert marked(nested) == [("Huế", "LOC")]
    out = tmp_path / "out.conll"
    write_data([article], out, "conll:level=word,plain,tag=3,scheme=BIOES", ledger)
    assert out.read_text("utf-8") == (
        "-DOCSTART-\t_\tO\n\nBà\t_\tO\nLò_Thị_Na\t_\tS-PER\nthăm\t_\tO\nSở_Y_tế\t_\tB-ORG\nHuế\t_\tE-ORG\n\n"
    )
    write_data([article], out, "conll:plain", ledger)
    assert "Lò\tB-PER\nThị\tI-PER\nNa\tI-PER\n" in out.read_text("utf-8")


def test_text_comments_give_the_spacing(tmp_path: Path) -> None:
    content = (
        "# newdoc id = d7\n# sent_id = 1\n# text = Hà Nội, 18/7.\n1\tHà\tB-LOC\n2\tNội\tI-LOC\n3\t,\tO\n"
        "4\t18\tO\n5\t/\tO\n6\t7\tO\n7\t.\tO\n\n# newpar\n#  text = (Huế)\n1\t(\tO\n2\tHuế\tB-LOC\n3\t)\tO\n"
    )
    ((article,), ledger) = read(tmp_path, content, "token=2")
    assert (article.id, article.text) == ("d7", "Hà Nội, 18/7.\n(Huế)")
    assert article.spans == [GoldSpan(0, 6, "LOC"), GoldSpan(15, 18, "LOC")]
    assert ledger.ignored == {"comments": 2}


def test_a_file_that_marks_no_documents_has_an_article_a_sentence(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, "Lò B-PER\n\n\nNa B-PER\n")
    assert [(a.id, a.text) for a in articles] == [("f-1", "Lò"), ("f-2", "Na")]


def test_sentences_of_documents_can_be_articles(tmp_path: Path) -> None:
    given = AnnotatedArticle(
        "d", "Ông Lò:\n«Na»\n", [GoldSpan(4, 6, "PER"), GoldSpan(9, 11, "PER")], published="2031-01-02"
    )
    write_data([given], tmp_path / "f.conll", "conll", Ledger())
    ledger = Ledger()
    one, two = read_data(str(tmp_path / "f.conll"), "conll:article=sentence", ledger)
    assert (one.id, one.text, one.spans) == ("d-1", "Ông Lò:", [GoldSpan(4, 6, "PER")])
    assert (two.id, two.text, two.spans) == ("d-2", "«Na»", [GoldSpan(1, 3, "PER")])
    assert ledger.ignored == {"“published” of articles": 1}
    articles, _ = read(tmp_path, "-DOCSTART- O\n\nLò B-PER\n\nNa O\n", "article=sentence")
    assert [(a.id, a.text) for a in articles] == [("f-1", "Lò"), ("f-2", "Na")]


def test_hashes_are_tokens_where_they_have_a_tag(tmp_path: Path) -> None:
    ((article,), ledger) = read(tmp_path, "# this is a comment\n# B-X\n#metoo I-X\n# = O\n#note\n")
    assert article.text == "# #metoo #"
    assert ledger.ignored == {"comments": 2}
    ((article,), _) = read(tmp_path, "#\tO\n# a = b\tc\n#newdoc\tO\n")
    assert article.text == "# #newdoc"


def test_a_span_over_a_line_break_holds_its_lines_together(tmp_path: Path) -> None:
    given = AnnotatedArticle("a", "Họp ở Sở\nY tế\nHuế", [GoldSpan(6, 13, "ORG")])
    write_data([given], tmp_path / "f.conll", "conll:plain", Ledger())
    (back,) = read_data(str(tmp_path / "f.conll"), None, Ledger())
    assert back.text == "Họp ở Sở Y tế\nHuế"
    assert marked(back) == [("Sở Y tế", "ORG")]


def test_an_article_without_a_word_is_left_out_of_plain_columns_alone(tmp_path: Path) -> None:
    empty = AnnotatedArticle("a", " \n ", [])
    ledger = Ledger()
    write_data([empty], tmp_path / "f.conll", "conll:plain", ledger)
    assert ledger.articles_left_out == {"no token": 1} and not ledger.articles_written
    write_data([empty], tmp_path / "f.conll", "conll", ledger)
    assert [a.text for a in read_data(str(tmp_path / "f.conll"), None, Ledger())] == [" \n "]


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("Lò B-PER\nNa PER\n", "", ":2: “PER” is no tag of IOB2"),
        ("Lò S-PER\n", "", ":1: “S-PER” is no tag of IOB2 (such as O or B-PER); name another column"),
        ("Lò O\nNa\n", "", ":2: no token in column 1 and tag in the last column"),
        ("Lò N O\n", "tag=4", ":1: no token in column 1 and tag in column 4"),
        ("Lò O\n", "token=2", ":1: no token in column 2 and tag in the last column"),
        ("Hà Nội\tO\n", "separator=space", ":1: “Nội\tO” is no tag"),
        ("\tO\n", "", ":1: no token in column 1"),
        (
            "# text = Lò Na\nLò O\nNam O\n",
            "",
            ":3: the token “Nam” does not stand in the text at character 3",
        ),
        ("# text = Lò Na\nLò O\n", "", ":2: the text goes on after the last token"),
        ("# kyket = {}\nLò O\n", "", ":1: the comment `# kyket` is no JSON object with a text"),
        ("Lò O\n\udcff O\n", "", ":2: not UTF-8; save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(
    tmp_path: Path, content: str, options: str, message: str
) -> None:
    path = tmp_path / "f.txt"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CorpusError) as caught:
        read_data(str(path), f"conll:{options}", Ledger())
    assert str(caught.value).startswith(f"{path}{message}")
    assert "\n" not in str(caught.value)


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.conll").write_text("Lò B-PER\n")
    (tmp_path / "a.tsv").write_text("Na B-PER\n")
    (tmp_path / "b" / "a.conll").write_text("An B-PER\n")
    (tmp_path / "b" / "a.TXT").write_text("Ân B-PER\n")
    (tmp_path / "README.md").write_text("no columns")
    assert [a.id for a in read_data(str(tmp_path), "conll", Ledger())] == [
        "a-1",
        "b/a.TXT-1",
        "b/a.conll-1",
        "b/z-1",
    ]
    with pytest.raises(CorpusError, match="no files there that end in"):
        read_data(str(tmp_path / "b"), "doccano", Ledger())
    with pytest.raises(CorpusError, match="no such file or folder"):
        read_data(str(tmp_path / "c"), "conll", Ledger())


def test_a_label_with_white_space_is_refused_by_columns_apart_by_spaces(tmp_path: Path) -> None:
    article = AnnotatedArticle("a", "Lò", [GoldSpan(0, 2, "Tên người")])
    write_data([article], tmp_path / "f.conll", "conll", Ledger())
    assert read_data(str(tmp_path / "f.conll"), None, Ledger())[0].spans == article.spans
    with pytest.raises(FormatError, match=r"a: the label “Tên người” has white space.*\(--rename"):
        write_data([article], tmp_path / "f.conll", "conll:separator=space", Ledger())


def test_blanks_behind_a_tag_are_no_part_of_its_label(tmp_path: Path) -> None:
    ((article,), ledger) = read(tmp_path, "Bà\tO \nLò\tB-PER\nNa\tI-PER \nỞ\t O\nHuế\tB-LOC\u00a0\n")
    assert marked(article) == [("Lò Na", "PER"), ("Huế", "LOC")] and not ledger.changed


def test_the_data_of_vlsp_2016_is_read(tmp_path: Path) -> None:
    content = (
        "<s>\nBà\tN\tB-NP\tO\tO\nLò_Thị_Na\tNp\tB-NP\tB-PER\tO\n</s>\n\n"
        "<s>\nSở_Y_tế\tN\tB-NP\tB-ORG\tO\nHuế\tNp\tB-NP\tI-ORG\tB-LOC\nhọp\tV\tB-VP\tO\tO\n</s>\n"
    )
    (one, two), ledger = read(tmp_path, content, "tag=4,level=word")
    assert (marked(one), marked(two)) == ([("Lò Thị Na", "PER")], [("Sở Y tế Huế", "ORG")])
    assert ledger.ignored == {"marks of sentences": 4} and not ledger.notes


def test_words_that_are_read_as_syllables_are_hinted_at(tmp_path: Path) -> None:
    content = "".join(f"{token}\tO\n" for token in ("Sở_Y_tế", "họp", "ở", "Thừa_Thiên", "hôm_qua", "."))
    _, ledger = read(tmp_path, content)
    (line,) = ledger.details()
    assert "f.txt: hint: 3 of 6 tokens are joined by _ (“Sở_Y_tế”)" in line and line.endswith(
        "add level=word"
    )
    for other, options in ((content, "level=word"), ("a_b\tO\n" + "họp\tO\n" * 9, ""), ("_\tO\n" * 9, "")):
        assert not read(tmp_path, other, options)[1].notes
