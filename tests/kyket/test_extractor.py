"""The extractor with a made-up tagger on any text, and with the model that ships where it is there."""

from __future__ import annotations

import datetime
import unicodedata
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

import kyket
from kyket import schema
from kyket.bundle import Layout, default_bundle, read_manifest
from kyket.document import Article, Document, Span
from kyket.errors import BundleError
from kyket.extractor import Extractor
from kyket.labels import LABELS
from kyket.orthography import canonical
from kyket.tagging.tokens import without_capital_lines

VALIDATOR = jsonschema.Draft202012Validator(schema.load())
ARTICLES = Path(__file__).parents[2] / "data" / "articles" / "test"
PHRASES = [
    "Hội Làm vườn tỉnh Đồng Mây",
    "Liên đoàn Lao động huyện Yên Giang (LĐLĐ)",
    "LĐLĐ",
    "ông Trịnh Văn Bến, Chủ tịch Hội Làm vườn",
    "bà Lò Thị Sương",
    "ký",
    "Bản ghi nhớ hợp tác giai đoạn 2031-2035",
    "thỏa thuận hợp tác",
    "thăm và làm việc",
    "ngày 12/3/2031",
    "hôm qua",
    "31/2",
    "Mai Hạ",
    "với",
    "và",
    ".",
    ",",
    "\n",
    "\r\n",
    "\x00",
    "\ufeff",
    "😀",
]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.tuples(
        st.lists(st.one_of(st.sampled_from(PHRASES), st.text(max_size=4)), max_size=25),
        st.sampled_from(["NFC", "NFD"]),
    ).map(lambda pair: unicodedata.normalize(pair[1], " ".join(pair[0]))),
)


def made_up(text: str) -> list[Span]:
    """Labels some runs of one to four words, which ones depending on the words alone."""
    spans = []
    for match in regex.finditer(r"\S+(?: \S+){0,3}", text):
        dice = zlib.crc32(match.group().encode("utf-8", "surrogatepass"))
        if dice % 3:
            label = LABELS[dice // 3 % len(LABELS)]
            spans.append(
                Span(start=match.start(), end=match.end(), text=match.group(), label=label, score=0.5)
            )
    return spans


def check(doc: Document, text: str) -> None:
    """Every promise of the contract that holds for any text and any spans."""
    assert doc.text == text
    data = doc.to_dict()
    VALIDATOR.validate(data)
    assert Document.from_dict(data) == doc
    position = 0
    for span in doc.spans:
        assert position <= span.start < span.end
        assert text[span.start : span.end] == span.text
        assert 0 <= span.score <= 1
        position = span.end
    for date in doc.dates:
        assert text[date.start : date.end] == date.text
        assert (date.value is None) <= (date.note is not None or date.lunar)
    for warning in doc.warnings:
        assert 0 <= warning.start < warning.end <= len(text)
    ids = [entity.id for entity in doc.entities]
    assert len(ids) == len(set(ids))
    for entity in doc.entities:
        assert entity.mentions == sorted(set(entity.mentions))
        assert all(doc.spans[mention].entity == entity.id for mention in entity.mentions)
        assert entity.organization in {None, *ids}
    for span in doc.spans:
        assert (span.entity in ids) == (span.label in {"ORG", "PER", "LOC"})
    for event in doc.events:
        assert doc.spans[event.trigger].label == event.type
        assert set(event.participants) <= set(ids)
    records = [agreement.id for agreement in doc.agreements]
    assert len(records) == len(set(records))
    for agreement in doc.agreements:
        assert set(agreement.parties) <= set(ids)
        assert agreement.renews in {None, *records} - {agreement.id}
        assert agreement.evidence == sorted(set(agreement.evidence))
        assert all(0 <= index < len(doc.spans) for index in agreement.evidence)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([None, "2031-03-14", datetime.date(2031, 3, 14)]))
def test_any_text_gives_a_document_of_the_contract(text: str, published: str | datetime.date | None) -> None:
    doc = Extractor(made_up)(text, published=published)
    check(doc, text)
    if published:
        assert doc.published == "2031-03-14"


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_a_pipe_keeps_order_and_gives_what_single_calls_give(texts: list[str]) -> None:
    extractor = Extractor(made_up)
    alone = [extractor(text) for text in texts]
    assert list(extractor.pipe(texts)) == alone
    assert list(extractor.pipe(iter([Article(text=text) for text in texts]))) == alone
    assert [extractor.read(Article(text=text)) for text in reversed(texts)] == alone[::-1]


def test_a_pipe_holds_one_article_at_a_time() -> None:
    taken = []

    def articles():
        for text in ("một", "hai", "ba"):
            taken.append(text)
            yield text

    documents = Extractor(made_up).pipe(articles())
    assert taken == []
    next(documents)
    assert taken == ["một"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeffHội Làm vườn\r\n\r\nký ngày 12/3/2031.\r\n",
        "a\x00b\x00",
        unicodedata.normalize("NFD", "Hội Làm vườn tỉnh Đồng Mây hoà giải ngày 12/3/2031"),
        "một\u2028hai\u0085ba\x0bbốn",
        "  \n ",
    ],
)
def test_the_text_stays_as_it_was_given(text: str) -> None:
    check(Extractor(made_up)(text), text)


def test_what_is_known_of_an_article_is_in_its_document() -> None:
    article = Article(text="Hội họp.", id="a-1", source="x/b.txt", title="Tin", published="2031-03-14")
    doc = Extractor(made_up).read(article)
    assert (doc.id, doc.source, doc.title, doc.published) == ("a-1", "x/b.txt", "Tin", "2031-03-14")
    assert Extractor(made_up).read(Article(text="Hội họp.", source="x/b.txt")).id == "b"


@pytest.mark.parametrize("published", ["14/3/2031", "2031-02-30", "", "2031"])
def test_a_day_that_is_none_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match="published"):
        Extractor(made_up)("Hội họp.", published=published)


def test_relative_dates_count_from_the_day_of_publication() -> None:
    doc = Extractor(lambda text: [])("Hôm qua, hai hội gặp nhau.", published="2031-03-14")
    assert [str(date.value) for date in doc.dates] == ["2031-03-13"]


def test_a_date_that_cannot_be_is_warned_of() -> None:
    doc = Extractor(lambda text: [])("Lễ ký ngày 31/2/2031.")
    assert doc.warnings
    assert all(warning.message for warning in doc.warnings)


def test_an_article_leaves_nothing_behind() -> None:
    extractor = Extractor(made_up)
    text = " ".join(PHRASES)
    first = extractor(text)
    extractor("Hội Nuôi ong vùng Xuân Lam ký thỏa thuận.")
    assert extractor(text) == first


def test_threads_may_share_an_extractor() -> None:
    extractor = Extractor(made_up)
    texts = [" ".join(PHRASES[i:] + PHRASES[:i]) for i in range(len(PHRASES))]
    alone = [extractor(text) for text in texts]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(extractor, texts)) == alone


REPOSITORY_BUNDLE = Path(__file__).parents[2] / "models" / "kyket-small"


@pytest.fixture(scope="module")
def bundle() -> Path:
    try:
        return default_bundle()
    except BundleError:
        pytest.skip("the model is not there")


@pytest.fixture(scope="module")
def extractor(bundle: Path) -> Extractor:
    return kyket.load(bundle)


@pytest.fixture(scope="module")
def real_texts() -> list[str]:
    texts = [
        regex.sub(r"\[\[[^\s:\[\]]*:(.*?)\]\]", r"\1", path.read_text("utf-8").split("\n---\n", 1)[1])
        for path in sorted(ARTICLES.glob("*.txt"))
    ]
    assert texts
    return texts


def test_the_model_reads_an_article_alone_as_among_others(
    extractor: Extractor, real_texts: list[str]
) -> None:
    texts = [*real_texts[:4], "\n".join(real_texts[:3])]
    alone = [extractor(text) for text in texts]
    assert list(extractor.pipe(texts[::-1])) == alone[::-1]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(extractor, texts)) == alone
    for doc, text in zip(alone, texts, strict=True):
        check(doc, text)
        assert doc.organizations


@settings(max_examples=25, deadline=None)
@given(text=TEXTS)
def test_the_model_keeps_the_contract_on_any_text(extractor: Extractor, text: str) -> None:
    check(extractor(text), text)


def test_the_model_reads_decomposed_text_alike(extractor: Extractor, real_texts: list[str]) -> None:
    composed, decomposed = (
        [(unicodedata.normalize("NFC", span.text), span.label) for span in extractor(form).spans]
        for form in (unicodedata.normalize(kind, real_texts[0]) for kind in ("NFC", "NFD"))
    )
    assert composed == decomposed


def test_the_network_says_what_the_checkpoint_says(extractor: Extractor, real_texts: list[str]) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    bundle = REPOSITORY_BUNDLE  # the wheel leaves the checkpoint out
    if not (bundle / "model.safetensors").exists():
        pytest.skip("the checkpoint is not there")
    plain = transformers.AutoTokenizer.from_pretrained(bundle)
    checkpoint = transformers.AutoModelForTokenClassification.from_pretrained(
        bundle, dtype=torch.float32
    ).eval()
    tags = read_manifest(bundle).tags
    assert tuple(checkpoint.config.id2label[i] for i in range(len(tags))) == tags
    tagger = extractor.tagger
    same = total = 0
    for text in real_texts[::12]:
        tokens = tagger.tokenizer(text)
        # Of one window, so that plain transformers users see the same; the tone style is ours alone.
        ids = np.concatenate([tagger.tokenizer.prefix, tokens.ids[:500], tagger.tokenizer.suffix])
        with torch.inference_mode():
            theirs = checkpoint(torch.from_numpy(ids)[None]).logits[0].argmax(-1).numpy()
        ours = tagger._network(ids).argmax(-1)
        firsts = tokens.firsts[tokens.firsts < 500] + len(tagger.tokenizer.prefix)
        same += int((theirs[firsts] == ours[firsts]).sum())
        total += len(firsts)

        read = without_capital_lines(canonical(text).text)
        assert plain(read, add_special_tokens=False)["input_ids"] == tokens.ids.tolist()
    assert total > 1000
    assert same >= 0.99 * total, f"{same} of {total}"


def test_the_bundle_names_its_files(bundle: Path) -> None:
    assert (bundle / Layout.CARD).is_file()
    assert (REPOSITORY_BUNDLE / Layout.METRICS).is_file()
    assert (bundle / Layout.NETWORK).read_bytes() == (REPOSITORY_BUNDLE / Layout.NETWORK).read_bytes()


def test_rules_add_no_label_that_the_model_does_not_look_for() -> None:
    text = "Hai bên sơ kết giai đoạn 2018-2023."
    assert [span.label for span in Extractor(lambda _: [])(text).spans] == ["PERIOD"]
    doc = Extractor(lambda _: [], labels=["ORG", "DATE"])(text)
    assert doc.spans == []
    assert [date.type for date in doc.dates] == ["PERIOD"]


TOLD = "Hội Làm vườn ký Bản ghi nhớ hợp tác hôm qua."


@pytest.mark.parametrize("given", [TOLD, Article(text=TOLD), Article(text=TOLD, published="2031-03-12")])
def test_a_text_and_an_article_are_taken_alike(given):
    extractor = Extractor(made_up)
    expected = extractor.read(Article(text=TOLD, published="2031-03-12"))
    assert extractor(given, published="2031-03-12") == expected
    assert extractor(given, published=datetime.date(2031, 3, 12)) == expected
    assert extractor.explain(given, published="2031-03-12").published == "2031-03-12"
    known = given if isinstance(given, Article) else Article(text=given)
    assert extractor(given) == extractor.read(given) == next(extractor.pipe([given])) == extractor.read(known)
    assert extractor.explain(given).published == known.published


@pytest.mark.parametrize("given", [None, b"abc", 7, ["a"], Article(text=None)])
def test_what_is_neither_is_one_clear_error(given):
    extractor = Extractor(made_up)
    for call in (extractor, extractor.read, extractor.explain):
        with pytest.raises(TypeError, match=r"^text is to be a str or a kyket\.Article"):
            call(given)
    documents = extractor.pipe(["a", given])
    with pytest.raises(TypeError, match=r"^article 1 is to be a str or a kyket\.Article"):
        list(documents)


def test_a_text_in_the_wrong_encoding_is_warned_of():
    [warning] = Extractor(made_up)("Hai bªn ®· ký tháa thuËn. " * 20).warnings
    assert warning.message.startswith("hardly any Vietnamese")
