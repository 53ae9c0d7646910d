"""PhoBERT's tokenizer as a fast one, which says where in a text each piece stands."""

from __future__ import annotations

from typing import cast

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PhobertTokenizer, PreTrainedTokenizerFast

from kyket.orthography import NEW_STYLE

_WORD_END = "</w>"
_GOES_ON = "@@"


def fast_phobert(slow: PhobertTokenizer) -> PreTrainedTokenizerFast:
    """The same pieces with the same indices, from a tokenizer that inference can read.

    PhoBERT's vocabulary leaves out pieces that its merges make but that its text never ended up with; the
    slow tokenizer calls them `<unk>`. Here they follow behind the vocabulary, since merges must be able to
    pass through them: an encoder needs a row for each, which `fit_encoder` copies from that of `<unk>`.

    Tone marks are turned to the newer style (`hoà`) first, as the word segmenter did in all text that PhoBERT
    learned from.

    Args:
        slow: As `AutoTokenizer` gives it, with its `vocab.txt` and `bpe.codes` read.

    Returns:
        A tokenizer that `kyket.tagging.tokens.prepare` has not seen: words are what white space parts.
    """
    special = set(slow.all_special_tokens)
    # transformers leaves both untyped.
    vocabulary: dict[str, int] = slow.get_vocab()  # type: ignore[no-untyped-call]
    ranks = cast(dict[tuple[str, str], int], slow.bpe_ranks)
    index = {piece if piece in special else _symbol(piece): number for piece, number in vocabulary.items()}
    merges = sorted((pair for pair in ranks if len(pair) == 2), key=ranks.__getitem__)
    for first, second in merges:
        for symbol in (first, second, first + second):
            index.setdefault(symbol, len(index))
    tokenizer = Tokenizer(
        models.BPE(vocab=index, merges=merges, unk_token=slow.unk_token, end_of_word_suffix=_WORD_END)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace(Regex(rf"{old}(?!\p{{L}})"), new) for new, old in NEW_STYLE.items()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.decoder = decoders.BPEDecoder(suffix=_WORD_END)
    begin, end = slow.cls_token, slow.sep_token
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, slow.cls_token_id), (end, slow.sep_token_id)],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=slow.model_max_length, **slow.special_tokens_map
    )


def _symbol(piece: str) -> str:
    """A piece as merges write it, where the end of a word is marked: `ng</w>` for `ng`, `n` for `n@@`."""
    if piece.endswith(_GOES_ON) and piece != _GOES_ON:
        return piece.removesuffix(_GOES_ON)
    return piece + _WORD_END
