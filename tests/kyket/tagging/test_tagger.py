from __future__ import annotations

import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kyket.tagging.decoding import bio_tags
from kyket.tagging.tagger import Tagger
from kyket.tagging.tokens import TextTokenizer, prepare

TAGS = bio_tags(["ORG", "PER", "LOC"])
TABLE = np.random.default_rng(7).normal(scale=3, size=(1000, len(TAGS))).astype(np.float32)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "Hội Làm vườn",
                "ông Trịnh Văn Bến",
                "2031",
                "hoà",
                "\r\n",
                " ",
                "\x00",
                "\ufeff",
                "😀",
                "(",
                ",",
            ]
        ),
        max_size=30,
    ).map(" ".join),
)


def network(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    return TABLE[ids]


def tagger(tokenizer: TextTokenizer, window: int, overlap: int) -> Tagger:
    return Tagger(tokenizer, network, TAGS, window=window, overlap=overlap)


@given(TEXTS)
def test_offsets_hold_in_any_text(tokenizer: TextTokenizer, text: str) -> None:
    position = 0
    for span in tagger(tokenizer, 16, 4)(text):
        assert position <= span.start < span.end <= len(text)
        assert span.text == text[span.start : span.end]
        assert any(map(str.isalnum, span.text))  # no dash is a name
        assert 0 <= span.score <= 1
        assert span.label in {"ORG", "PER", "LOC"}
        assert (span.by, span.entity) == ("model", None)
        position = span.end


@given(TEXTS, st.integers(8, 40), st.data())
def test_a_text_in_windows_gives_what_it_gives_whole(
    tokenizer: TextTokenizer, text: str, window: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, (window - 3) // 2))
    assert tagger(tokenizer, window, overlap)(text) == tagger(tokenizer, 100_000, 0)(text)


@given(TEXTS)
def test_decomposed_text_gives_the_same_spans(tokenizer: TextTokenizer, text: str) -> None:
    composed, decomposed = (
        [(unicodedata.normalize("NFC", s.text), s.label, s.score) for s in tagger(tokenizer, 24, 8)(form)]
        for form in (unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))
    )
    assert composed == decomposed


@pytest.mark.parametrize("text", ["", " ", " \t\u00a0"])
def test_a_text_of_nothing_has_no_spans(tokenizer: TextTokenizer, text: str) -> None:
    assert tagger(tokenizer, 16, 4)(text) == []


def test_a_special_piece_in_the_text_ends_nothing(tokenizer: TextTokenizer) -> None:
    text = "Hội Làm vườn </s> Trịnh Văn Bến"
    seen: list[int] = []

    def look(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        seen.extend(ids.tolist())
        return TABLE[ids]

    Tagger(tokenizer, look, TAGS, window=100, overlap=10)(text)
    assert seen.count(tokenizer.vocabulary["</s>"]) == 1
    assert seen[-1] == tokenizer.vocabulary["</s>"]


def test_a_line_break_at_an_edge_is_no_part_of_a_span(tokenizer_json: str) -> None:
    text = "Hội\n\nbên"
    tokenizer = TextTokenizer(prepare(Tokenizer.from_str(tokenizer_json)))
    tokens = tokenizer(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == ["Hội", "\n\n", "bên"]

    def network(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        logits = np.zeros((len(ids), 3), dtype=np.float32)
        logits[:, 0] = 9  # O, but for a span of the first two units
        logits[1 + tokens.firsts[0]] = (0, 9, 0)
        logits[1 + tokens.firsts[1]] = (0, 0, 9)
        return logits

    spans = Tagger(tokenizer, network, bio_tags(["ORG"]), window=64, overlap=16)(text)
    assert [(span.start, span.end, span.text) for span in spans] == [(0, 3, "Hội")]


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, max_size=12), st.integers(1, 3))
def test_a_pipe_gives_what_calls_give(tokenizer: TextTokenizer, texts: list[str], threads: int) -> None:
    alone = [tagger(tokenizer, 16, 4)(text) for text in texts]
    together = Tagger(tokenizer, network, TAGS, window=16, overlap=4, threads=threads)
    assert list(together.pipe(texts)) == alone
    assert [together(text) for text in texts] == alone


def test_the_longest_window_is_read_first(tokenizer: TextTokenizer) -> None:
    """With two threads, a long window that begins last keeps the other thread waiting."""
    text = "\n".join("Hội Làm vườn bên 2031 " * count for count in (1, 1, 1, 2))
    both = threading.Barrier(2)

    def lengths(threads: int) -> list[int]:
        read: list[int] = []

        def look(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
            read.append(len(ids))
            if threads == 2 and len(read) <= 2:  # neither thread runs ahead before the other has begun
                both.wait(300)
            return TABLE[ids]

        spans = Tagger(tokenizer, look, TAGS, window=24, overlap=4, threads=threads)(text)
        assert spans == tagger(tokenizer, 100_000, 0)(text)
        return read

    in_order = lengths(1)
    assert max(in_order) not in in_order[:2]
    assert max(in_order) in lengths(2)[:2]


def test_a_pipe_takes_a_few_texts_at_a_time(tokenizer: TextTokenizer) -> None:
    taken = []

    def texts() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield f"Hội Làm vườn {number}"

    spans = Tagger(tokenizer, network, TAGS, window=16, overlap=4, threads=2).pipe(texts())
    assert taken == []
    next(spans)
    assert 1 < len(taken) < 40


def test_a_pipe_passes_on_what_goes_wrong(tokenizer: TextTokenizer) -> None:
    def broken(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        raise MemoryError

    pipe = Tagger(tokenizer, broken, TAGS, window=16, overlap=4, threads=2).pipe(["Hội Làm vườn"] * 50)
    with pytest.raises(MemoryError):
        next(pipe)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_has_workers_of_its_own() -> None:
    child = """
import os, signal
from kyket import load
extractor = load(threads=2)
text = "Hội Làm vườn tỉnh Đồng Mây ký bản ghi nhớ hợp tác với Hội Nuôi ong. " * 40
before = extractor(text).spans
pid = os.fork()
if pid == 0:
    signal.alarm(200)
    os._exit(0 if extractor(text).spans == before else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", child], check=True, timeout=300)
