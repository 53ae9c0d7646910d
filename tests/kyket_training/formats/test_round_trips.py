"""What a format was given it gives back: any text, any spans, and what it cannot hold is counted."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyket_training.corpus import AnnotatedArticle, GoldSpan, read_articles
from kyket_training.formats import Ledger, read_data, write_data
from kyket_training.formats.tokens import join

DATA = Path(__file__).parents[3] / "data" / "articles" / "dev"

CHUNKS = [
    "Hội", "Làm vườn", "Đồng Mây", "hoà", "Tie\u0302\u0301n", "a", "18/7", "2031-2035", "e\u0301", "\u0301",
    " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\u200b", "\u2028", "\x00", "\x1c", "\x85",
    "\ufeff",
    "😀", "👨‍👩‍👧", "𝒜", "_", "__", "#", "# text = a", "#b", "-DOCSTART-", "[[", "]]", "[", "]", "---\n", ".",
    "“", "\"", "\\", "\\n", "<br/>", "&amp;", "T1\tPER 0 1\tx", "{", ";",
]  # fmt: skip
LABELS = ["PER", "ORG", "B-PART", "Tên"]

KEEPS_ALL = [
    "inline",
    "conll",
    "conll:scheme=IOB1",
    "conll:scheme=BIOES,separator=space",
    "conll:scheme=BILOU,token=2,tag=4",
    "label-studio",
    "label-studio:text=content",
    "doccano",
    "doccano:offsets=codepoint",
    "doccano:key=entities",
    "doccano:key=labels",
]
KEEPS_SPANS = ["brat", "datasets", "datasets:scheme=BIOES,tokens=words,tags=labels"]
SUFFIX = {"inline": "", "brat": "", "datasets": ".jsonl", "conll": ".conll", "label-studio": ".json"}

METADATA = st.fixed_dictionaries(
    {},
    optional={
        "published": st.just("2031-03-12"),
        "topic": st.text("aô", min_size=1),
        "people": st.just([{"name": "Lò Na", "role": None, "org": None}]),
        "dates": st.just([]),
        "meta": st.dictionaries(st.sampled_from(["url", "nguồn"]), st.one_of(st.integers(), st.text("a\n'"))),
    },
)


@st.composite
def articles(draw: st.DrawFn, id: str = "a-1") -> AnnotatedArticle:
    text = "".join(draw(st.lists(st.sampled_from(CHUNKS), max_size=14)))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        marked = text[start:end]
        if marked.strip():
            start, end = end - len(marked.lstrip()), start + len(marked.rstrip())
            spans.append(GoldSpan(start, end, draw(st.sampled_from(LABELS))))
    return AnnotatedArticle(id=id, text=text, spans=spans, **draw(METADATA))


@st.composite
def corpora(draw: st.DrawFn) -> list[AnnotatedArticle]:
    ids = draw(st.lists(st.sampled_from(["a", "b-1", "tỉnh/c d", "E", "Ủy"]), max_size=3, unique=True))
    return [draw(articles(id)) for id in ids]


def there_and_back(
    given: list[AnnotatedArticle], write: str, read: str | None = None
) -> tuple[list[AnnotatedArticle], Ledger]:
    name = write.partition(":")[0]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"data{SUFFIX.get(name, '.jsonl')}"
        ledger = Ledger()
        write_data(given, out, write, ledger)
        if not given and name in ("inline", "brat"):
            return [], ledger
        back = read_data(str(out), read or _reading(write), ledger)
    assert ledger.articles_written == ledger.articles_read == len(given)
    assert ledger.spans_written == ledger.spans_read == sum(len(article.spans) for article in given)
    assert not ledger.spans_left_out and not ledger.articles_left_out
    return sorted(back, key=lambda article: article.id), ledger


def _reading(write: str) -> str:
    """The options with which the same data is read: those of writing, without what only writing has."""
    name, _, options = write.partition(":")
    kept = [option for option in options.split(",") if not option.startswith("key=")]
    return f"{name}:{','.join(kept)}"


def known(article: AnnotatedArticle) -> tuple[object, ...]:
    return (
        article.id, article.text, article.spans, article.published, article.topic, article.dates,
        article.agreements, article.people, article.meta,
    )  # fmt: skip


@pytest.mark.parametrize("format", KEEPS_ALL)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_articles=corpora())
def test_everything_comes_back(format: str, given_articles: list[AnnotatedArticle]) -> None:
    back, ledger = there_and_back(given_articles, format)
    if "text with [[ or ]] written with its spans beside it" in ledger.changed:
        given_articles = [a for a in given_articles if "[[" not in a.text and "]" not in a.text]
        ids = {article.id for article in given_articles}
        back = [article for article in back if article.id in ids]
    else:
        assert not ledger.ignored
    given_articles.sort(key=lambda article: article.id)
    assert [known(article) for article in back] == [known(article) for article in given_articles]


@pytest.mark.parametrize("format", KEEPS_SPANS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_articles=corpora())
def test_text_and_spans_come_back_and_the_rest_is_counted(
    format: str, given_articles: list[AnnotatedArticle]
) -> None:
    back, ledger = there_and_back(given_articles, format)
    given_articles.sort(key=lambda article: article.id)
    assert [(a.id, a.text, a.spans) for a in back] == [(a.id, a.text, a.spans) for a in given_articles]
    lost = [
        name for a in given_articles for name in ("topic", "people", "dates") if getattr(a, name) is not None
    ]
    lost += [name for a in given_articles for name in a.meta]
    if format == "brat":
        lost += ["published" for a in given_articles if a.published]
    else:
        assert [a.published for a in back] == [a.published for a in given_articles]
    assert ledger.ignored == {f"“{name}” of articles": lost.count(name) for name in set(lost)}


@pytest.mark.parametrize("out", ["data.parquet", "data"])
def test_columns_with_declared_tags(out: str, tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    given = list(read_articles(DATA))[:9]
    ledger = Ledger()
    ledger.labels = ("ZEBRA", "ORG")
    write_data(given, tmp_path / out, "datasets:scheme=BILOU", ledger)
    books = Ledger()
    back = read_data(str(tmp_path / out), "datasets:scheme=BILOU", books)
    assert [(a.id, a.text, a.spans, a.published) for a in back] == [
        (a.id, a.text, a.spans, a.published) for a in given
    ]
    assert books.labels is not None and books.labels[:2] == ("ZEBRA", "ORG")
    assert set(books.labels) == {"ZEBRA"} | {span.label for a in given for span in a.spans}


@pytest.mark.parametrize("format", [*KEEPS_ALL, *KEEPS_SPANS])
def test_our_own_articles_come_back(format: str) -> None:
    given = list(read_articles(DATA))[:15]
    back, ledger = there_and_back(given, format)
    assert not ledger.changed
    if format in KEEPS_ALL:
        assert [known(article) for article in back] == [known(article) for article in given]
    else:
        assert [(a.id, a.text, a.spans) for a in back] == [(a.id, a.text, a.spans) for a in given]


SYLLABLES = st.lists(st.sampled_from(["Hà", "Nội", "Tie\u0302\u0301n", "a", "."]), min_size=1, max_size=3)


@pytest.mark.parametrize("format", ["conll:level=word", "conll:level=word,plain", "datasets:level=word"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(SYLLABLES, min_size=1, max_size=8), cut=st.integers(0, 7), size=st.integers(1, 3))
def test_words_come_back_as_words(format: str, words: list[list[str]], cut: int, size: int) -> None:
    text, bounds = join(["_".join(word) for word in words], "word")
    named = bounds[cut : cut + size]
    spans = [GoldSpan(named[0][0], named[-1][1], "PER")] if named else []
    given = [AnnotatedArticle("data-1", text, spans, tokens=bounds, words=True)]
    (back,), _ = there_and_back(given, format, format.removesuffix(",plain"))
    assert (back.id, back.text, back.spans) == ("data-1", text, spans)
    assert (back.tokens, back.words) == (bounds, True)


def test_plain_columns_keep_tokens_and_labels_and_count_what_they_lose(tmp_path: Path) -> None:
    given = list(read_articles(DATA))[:15]
    ledger = Ledger()
    write_data(given, tmp_path / "a.conll", "conll:plain", ledger)
    assert ledger.ignored["spacing of articles"] == len(given)
    assert ledger.ignored["“agreements” of articles"] == sum(a.agreements is not None for a in given)
    back = read_data(str(tmp_path / "a.conll"), None, Ledger())
    for one, other in zip(given, back, strict=True):
        assert "".join(one.text.split()) == "".join(other.text.split())
        assert [(s.label, "".join(one.text[s.start : s.end].split())) for s in one.spans] == [
            (s.label, "".join(other.text[s.start : s.end].split())) for s in other.spans
        ]
