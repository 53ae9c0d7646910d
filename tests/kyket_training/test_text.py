"""Plain text as documents, and the windows of it with hidden words."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from kyket.errors import KyketError
from kyket.tagging.tokens import TextTokenizer
from kyket_training.text import MaskedWindows, TokenStream, nearest_first, read_documents

DOCUMENTS = [
    f"Bài số {n}: hội làm vườn huyện Yên Giang họp bàn chuyện trồng chè, nuôi ong." for n in range(40)
]


@pytest.fixture(scope="module")
def tokenizer(tokenizer_json: str) -> TextTokenizer:
    return TextTokenizer(Tokenizer.from_str(tokenizer_json))


@pytest.fixture(scope="module")
def stream(tokenizer: TextTokenizer) -> TokenStream:
    return TokenStream.of(DOCUMENTS, tokenizer, most=10_000)


def windows(stream: TokenStream, tokenizer: TextTokenizer, **changed: float) -> MaskedWindows:
    options = {"window": 20, "count": 500, "share": 0.2, "seed": 3} | changed
    return MaskedWindows(stream, tokenizer, **options)  # type: ignore[arg-type]


def test_a_blank_line_ends_a_document_and_packed_files_are_read(tmp_path: Path) -> None:
    text = "Một\nhai\n\n\n  \nBa\n\n".encode()
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(text))
    (tmp_path / "c.txt.xz").write_bytes(lzma.compress(text))
    assert list(read_documents([tmp_path])) == ["Một\nhai", "Ba"] * 3
    assert list(read_documents([tmp_path / "c.txt.xz"])) == ["Một\nhai", "Ba"]


def test_annotated_articles_are_read_without_their_marks(articles: Path) -> None:
    documents = list(read_documents([articles]))
    assert len(documents) == 5
    assert any(
        d.startswith("Trịnh Văn Bến thăm Xuân Lam\n\nÔng Trịnh Văn Bến, Chủ tịch Hội") for d in documents
    )
    assert not any("[[" in d or "---" in d for d in documents)


def test_marks_of_all_labels_go(tmp_path: Path) -> None:
    text = "\ufeff---\nid: x\n---\n[[Người_2:Lò Thị Na]] ở [[LOC:Huế [cũ]]].\n\nHết.\n"
    (tmp_path / "x.txt").write_text(text, "utf-8")
    assert list(read_documents([tmp_path])) == ["Lò Thị Na ở Huế [cũ].\n\nHết."]
    (tmp_path / "x.txt").write_text("---\nid: x\n---\n[[PER:Lò Thị Na ở Huế.\n", "utf-8")
    with pytest.raises(KyketError, match=r"x\.txt: malformed mark near"):
        list(read_documents([tmp_path]))


@pytest.mark.parametrize("between", ["Bà Na ở Huế.\n\nHết.", "Giá: [rẻ", "2031-02-30", ""])
def test_a_rule_in_a_plain_text_takes_nothing_with_it(tmp_path: Path, between: str) -> None:
    lines = ["---", *between.split("\n"), "---", "Một", "", "Hai"]
    (tmp_path / "x.txt").write_text("\n".join(lines), "utf-8")
    (tmp_path / "y.txt").write_text("\n".join(lines[:2]), "utf-8")
    (tmp_path / "z.txt").write_text("Một\n", "utf-8-sig")
    words = " ".join(list(read_documents([tmp_path]))).split()
    assert words == " ".join([*lines, *lines[:2], "Một"]).split()


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe", "not UTF-8"), (None, "cannot be read"), ("folder", "no .txt file")]
)
def test_what_cannot_be_read_is_named(tmp_path: Path, content: bytes | str | None, said: str) -> None:
    path = tmp_path / "x.txt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "folder":
        path.mkdir()
    with pytest.raises(KyketError, match=f"x.txt: {said}"):
        list(read_documents([path]))


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.txt.xz"
    path.write_bytes(lzma.compress(b"abc " * 1000)[:-20])
    with pytest.raises(KyketError, match="cannot be read"):
        list(read_documents([path]))


def test_documents_of_the_field_come_first_and_none_is_lost() -> None:
    documents = ["giá vàng", "hai bên ký kết", "bóng đá", "hợp tác xã"]
    assert list(nearest_first(documents, ["ký kết", "hợp tác"])) == [
        "hai bên ký kết",
        "hợp tác xã",
        "giá vàng",
        "bóng đá",
    ]
    assert list(nearest_first(documents, [])) == documents


def test_whole_units_are_hidden(stream: TokenStream, tokenizer: TextTokenizer) -> None:
    made = windows(stream, tokenizer)
    unit_of = {}  # by the tokens of a window, which a short text repeats
    for item in range(200):
        labels = made[item]["labels"][1:-1]
        start = int(made._starts_of[1][item % made._a_pass])
        units = np.cumsum(stream.firsts[start : start + len(labels)])
        for unit in np.unique(units):
            hidden = labels[units == unit] != MaskedWindows.IGNORED
            unit_of[item, int(unit)] = hidden
    assert all(hidden.all() or not hidden.any() for hidden in unit_of.values())
    assert any(hidden.all() for hidden in unit_of.values())


def test_the_share_of_hidden_tokens_is_about_what_is_asked_for(
    stream: TokenStream, tokenizer: TextTokenizer
) -> None:
    labels = np.concatenate([windows(stream, tokenizer)[i]["labels"][1:-1] for i in range(400)])
    assert (labels != MaskedWindows.IGNORED).mean() == pytest.approx(0.2, abs=0.03)


def test_hidden_tokens_are_labelled_with_what_stood_there(
    stream: TokenStream, tokenizer: TextTokenizer
) -> None:
    made = windows(stream, tokenizer)
    for item in range(50):
        start = int(made._starts_of[1][item])
        original = stream.ids[start : start + 18]
        ids, labels = made[item]["input_ids"][1:-1], made[item]["labels"][1:-1]
        hidden = labels != MaskedWindows.IGNORED
        assert (labels[hidden] == original[hidden]).all()
        assert (ids[~hidden] == original[~hidden]).all()


def test_no_special_token_takes_the_place_of_a_hidden_one(
    stream: TokenStream, tokenizer: TextTokenizer
) -> None:
    made = windows(stream, tokenizer, share=0.9)
    vocabulary = tokenizer.vocabulary
    others: set[int] = set()
    for item in range(300):
        ids, labels = made[item]["input_ids"], made[item]["labels"]
        changed = (labels != MaskedWindows.IGNORED) & (ids != labels) & (ids != vocabulary["<mask>"])
        others.update(ids[changed].tolist())
    assert len(others) > 100
    assert others.isdisjoint(vocabulary[name] for name in ("<s>", "</s>", "<pad>", "<unk>"))


def test_a_window_depends_on_seed_and_number_alone(stream: TokenStream, tokenizer: TextTokenizer) -> None:
    one, other = windows(stream, tokenizer), windows(stream, tokenizer)
    backwards = [other[i]["input_ids"].tolist() for i in reversed(range(300))]
    assert [one[i]["input_ids"].tolist() for i in range(300)] == backwards[::-1]
    assert one[7]["input_ids"].tolist() != windows(stream, tokenizer, seed=4)[7]["input_ids"].tolist()


def test_a_text_shorter_than_a_window_is_refused(tokenizer: TextTokenizer) -> None:
    short = TokenStream.of(["Ngắn."], tokenizer, most=100)
    with pytest.raises(KyketError, match="tokens only"):
        windows(short, tokenizer)
    with pytest.raises(KyketError, match="the text has 0 tokens only"):
        windows(TokenStream.of([], tokenizer, most=100), tokenizer)
