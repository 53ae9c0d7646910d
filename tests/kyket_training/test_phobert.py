"""A tiny PhoBERT with a vocabulary of its own: the pieces of its slow tokenizer, and offsets besides."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("datasets")

import kyket  # noqa: E402
from kyket.errors import KyketError  # noqa: E402
from kyket.orthography import NEW_STYLE, canonical  # noqa: E402
from kyket.tagging.tokens import TextTokenizer, without_capital_lines  # noqa: E402
from kyket_training.base import fit_encoder, load_tokenizer, positions  # noqa: E402
from kyket_training.batches import Collator  # noqa: E402
from kyket_training.config import PretrainConfig, TrainConfig  # noqa: E402
from kyket_training.corpus import read_articles  # noqa: E402
from kyket_training.export import export  # noqa: E402
from kyket_training.phobert import fast_phobert  # noqa: E402
from kyket_training.pretrain import pretrain  # noqa: E402
from kyket_training.train import train  # noqa: E402

REAL = Path(__file__).parents[2] / "data" / "articles" / "dev"
WORDS = ["liên đoàn", "lao động", "hợp tác", "bản ghi nhớ", "công ty", "thành phố"]
SYLLABLE = st.tuples(
    st.sampled_from(["", "b", "Đ", "ng", "ngh", "Nguy", "th", "TR", "kh", "x", "q", "z"]),
    st.sampled_from(["a", "ễ", "oà", "òa", "uỷ", "ủy", "ươ", "ố", "ẵ", "iê", "ẦN"]),
    st.sampled_from(["", "n", "ng", "nh", "c", "ch", "p", "i", "NG"]),
).map("".join)


OLD_STYLE = {old: new for new, old in NEW_STYLE.items()}
OPEN = regex.compile(r"\L<old>(?!\p{L})", old=list(OLD_STYLE))


def new_style(text: str) -> str:
    return OPEN.sub(lambda match: OLD_STYLE[match.group()], text)


def segmented(text: str) -> str:
    """As PhoBERT's own text was: marks apart, syllables of a word joined."""
    text = regex.sub(r"(?<=\w)(?=[^\w\s])|(?<=[^\w\s])(?=\w)", " ", new_style(canonical(text).text))
    for word in WORDS:
        text = text.replace(word, word.replace(" ", "_"))
    return text


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The vocabulary comes from the first ten, so that the others have syllables it does not know."""
    return [article.text for article in list(read_articles(REAL))[:20]]


@pytest.fixture(scope="module")
def phobert(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> Path:
    """As on the Hub: a RoBERTa, `vocab.txt` of the pieces that its text ends up with, `bpe.codes`."""
    folder = tmp_path_factory.mktemp("phobert")
    learned = [segmented(text) for text in texts[:10]]
    bpe = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    bpe.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    bpe.train_from_iterator(
        learned, trainers.BpeTrainer(vocab_size=900, end_of_word_suffix="</w>", show_progress=False)
    )
    merges = json.loads(bpe.to_str())["model"]["merges"]
    pieces = sorted({piece for text in learned for piece in bpe.encode(text).tokens})
    names = [p.removesuffix("</w>") if p.endswith("</w>") else f"{p}@@" for p in pieces]
    (folder / "vocab.txt").write_text("".join(f"{name} 7\n" for name in names), "utf-8")
    (folder / "bpe.codes").write_text("".join(f"{one} {other} 7\n" for one, other in merges), "utf-8")
    torch.manual_seed(3)
    transformers.RobertaForMaskedLM(
        transformers.RobertaConfig(
            tokenizer_class="PhobertTokenizer",
            vocab_size=len(names) + 5,
            hidden_size=128,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=256,
            max_position_embeddings=66,
            type_vocab_size=1,
        )
    ).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def slow(phobert: Path) -> Any:
    return transformers.AutoTokenizer.from_pretrained(phobert)


@pytest.fixture(scope="module")
def fast(slow: Any) -> Any:
    return fast_phobert(slow)


def slow_ids(slow: Any, word: str) -> list[int]:
    ids: list[int] = slow.encode(new_style(word), add_special_tokens=False)
    return ids


def as_slow(slow: Any, ids: list[int]) -> list[int]:
    """Pieces that only merges know are `<unk>` to the slow tokenizer."""
    return [i if i < len(slow) else slow.unk_token_id for i in ids]


@settings(deadline=None)
@given(st.lists(SYLLABLE, min_size=1, max_size=4))
def test_syllables_and_joined_words_have_the_ids_of_the_slow_tokenizer(
    slow: Any, fast: Any, word: list[str]
) -> None:
    for form in ("_".join(word), word[0]):
        assert as_slow(slow, fast.encode(form, add_special_tokens=False)) == slow_ids(slow, form)


def test_a_pair_of_texts_has_the_special_tokens_of_the_slow_tokenizer(slow: Any, fast: Any) -> None:
    assert fast("Hội", "vườn <mask>")["input_ids"] == slow("Hội", "vườn <mask>")["input_ids"]


def test_units_of_real_text_have_the_ids_of_the_slow_tokenizer(
    slow: Any, phobert: Path, texts: list[str]
) -> None:
    tokenizer = TextTokenizer(load_tokenizer(str(phobert)).backend_tokenizer)
    extra = 0
    for article in texts:
        text = without_capital_lines(canonical(article).text)
        tokens = tokenizer(text)
        bounds = [*tokens.firsts.tolist(), len(tokens.ids)]
        units = zip(tokens.starts.tolist(), tokens.ends.tolist(), bounds, bounds[1:], strict=False)
        for start, end, first, last in units:
            ids = tokens.ids[first:last].tolist()
            extra += sum(i >= len(slow) for i in ids)
            unit = canonical(text[start:end]).text
            assert as_slow(slow, ids) == slow_ids(slow, unit if unit.strip() else "•")
    assert extra  # there is something that `as_slow` compares


def test_pieces_that_only_merges_know_begin_as_the_unknown_one(slow: Any, phobert: Path) -> None:
    tokenizer = load_tokenizer(str(phobert))
    model = transformers.AutoModel.from_pretrained(phobert)
    before = model.get_input_embeddings().weight.clone()
    fit_encoder(model, tokenizer, str(phobert), 64)
    after = model.get_input_embeddings().weight
    assert len(tokenizer) == len(after) > len(before) == len(slow)
    assert torch.equal(after[: len(before)], before)
    assert torch.equal(after[len(before) :], before[slow.unk_token_id].expand(len(after) - len(before), -1))


def test_other_slow_tokenizers_are_refused(phobert: Path, tmp_path: Path) -> None:
    for name in ("vocab.txt", "bpe.codes", "config.json"):
        shutil.copy(phobert / name, tmp_path / name)
    (tmp_path / "tokenizer_config.json").write_text('{"tokenizer_class": "BertweetTokenizer"}')
    with pytest.raises(KyketError, match="its tokenizer gives no offsets"):
        load_tokenizer(str(tmp_path))


@pytest.fixture(scope="module")
def recipe(phobert: Path, articles: Path, often: Callable[[int], Path]) -> TrainConfig:
    return TrainConfig(
        name="tiny",
        base=str(phobert),
        train=str(often(5)),
        dev=str(articles),
        window=64,
        overlap=16,
        epochs=4,
        batch_size=2,
        learning_rate=2e-3,
        dropout=0,
        shift_positions=0.5,
        precision="fp32",
    )


@pytest.fixture(scope="module")
def bundle(recipe: TrainConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("onnxscript")
    folder = tmp_path_factory.mktemp("run")
    train(recipe, folder / "run")
    return export(folder / "run", folder / "bundle")


def test_the_bundle_finds_spans_at_their_offsets(bundle: Path, articles: Path) -> None:
    extractor = kyket.load(bundle)
    found = 0
    for article in read_articles(articles):
        gold = {(s.start, s.end, s.label) for s in article.spans}
        found += len(gold & {(s.start, s.end, s.label) for s in extractor.tagger(article.text)})
        for text in (article.text * 3, unicodedata.normalize("NFD", article.text)):
            spans = extractor.tagger(text)
            assert spans
            assert all(text[s.start : s.end] == s.text == s.text.strip() for s in spans)
    assert found >= 10  # of 23, by heart


def test_plain_transformers_reads_the_bundle(bundle: Path, articles: Path) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(bundle)
    model = transformers.AutoModelForTokenClassification.from_pretrained(bundle, dtype=torch.float32).eval()
    tagger = kyket.load(bundle).tagger
    for article in read_articles(articles):
        ids = tokenizer(canonical(article.text).text, return_tensors="pt")["input_ids"]
        ours = tagger.tokenizer(article.text).ids
        assert ids[0].tolist() == [*tagger.tokenizer.prefix, *ours, *tagger.tokenizer.suffix]
        window = ids[:, :64]
        with torch.inference_mode():
            expected = model(window).logits[0]
        got = torch.from_numpy(tagger._network(window[0].numpy()))
        assert (got - expected).abs().mean() < 0.05 * expected.std()


def test_windows_keep_to_the_positions_that_there_are(
    recipe: TrainConfig, phobert: Path, tmp_path: Path
) -> None:
    """66 positions, of which RoBERTa leaves 0 and 1 unused."""
    model = transformers.AutoModel.from_pretrained(phobert)
    assert positions(model) == range(2, 66)
    collator = Collator(replace(recipe, shift_positions=1), 1, None, frozenset(), positions(model))
    taken = [collator([{"input_ids": [n] * 60, "labels": [0] * 60}])["position_ids"] for n in range(5, 55)]
    assert {int(row.min()) for row in taken} == {2, 3, 4, 5, 6}
    assert max(int(row.max()) for row in taken) == 65
    with pytest.raises(KyketError, match="it reads 64 tokens at once; `window` is 65: set 64 or less"):
        train(replace(recipe, window=65), tmp_path / "run")


def test_more_text_for_the_base(phobert: Path, slow: Any, tmp_path: Path) -> None:
    text = tmp_path / "news.txt"
    documents = (f"Hội làm vườn huyện số {n} ký bản ghi nhớ. " * 4 for n in range(120))
    text.write_text("\n\n".join(documents), "utf-8")
    config = PretrainConfig(
        name="tiny",
        base=str(phobert),
        text=(str(text),),
        tokens=4 * 4 * 24,
        window=24,
        batch_size=4,
        precision="fp32",
    )
    out = pretrain(config, tmp_path / "out")
    assert len(load_tokenizer(str(out))) > len(slow)
    assert transformers.AutoModel.from_pretrained(out).config.vocab_size == len(load_tokenizer(str(out)))
