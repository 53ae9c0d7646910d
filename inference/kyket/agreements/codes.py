"""Codes that the article has for instruments, as `EVFTA`: their kinds, and those of one paper alone."""

from __future__ import annotations

from itertools import pairwise

import regex

from kyket.agreements.apposition import in_bracket
from kyket.agreements.headwords import kind_of
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import BY_NAME, MULTILATERAL

_CODE = regex.compile(r"(?=\p{Lu}+\p{Ll}*\p{Lu})[\p{L}\p{N}-]+")
_INSIDE = regex.compile(rf"\((?P<code>{_CODE.pattern})\)")  # `Thỏa thuận khung (TTK) về khí`
# Of a kind, so that they name no one paper.
_OF_A_KIND = frozenset(("MOU", "MOA", "FTA", "TƯLĐTT", "PPA", "LOI", "NDA", "HĐ", "BGN", "TTHT"))
# What codes end in, as two have one of each: `EVFTA` is the `hiệp định thương mại tự do` of its parties.
_TOPICS = {
    "FTA": frozenset(("thuong", "mai", "tu", "do")),
    "IPA": frozenset(("bao", "ho", "dau", "tu")),
    "EPA": frozenset(("doi", "tac", "kinh", "te")),
}


def kinds_by_code(scene: Scene) -> dict[str, str]:
    """Kinds by the codes that the article gives: `Hiệp định Vận tải (HVT)` makes `HVT` a treaty.

    A code that is signed by itself (`ký VJSPA`) is a paper of a kind that is not known.
    """
    found: dict[str, str] = {}
    signed: list[str] = []
    for sentence in scene.sentences:
        named = [piece for piece in sentence.pieces if piece.label == "AGREEMENT"]
        for piece in named:
            text = scene.text[piece.start : piece.end]
            if (inside := _INSIDE.search(text)) and (kind := kind_of(text)):
                found.setdefault(inside["code"], kind)
        for one, code in pairwise(named):
            name, kind = scene.text[code.start : code.end], kind_of(scene.text[one.start : one.end])
            if kind and in_bracket(scene, one.end, code.start) and _CODE.fullmatch(name):
                found.setdefault(name, kind)
        for one, code in pairwise(sentence.pieces):
            name = scene.text[code.start : code.end]
            if (one.label, code.label) == ("SIGNING", "AGREEMENT") and code.start - one.end <= 1:
                signed.extend([name] if _CODE.fullmatch(name) else [])
    return {**{name: kind_of(name) or "other" for name in signed}, **found}


def single_codes(scene: Scene) -> frozenset[str]:
    """The codes by which the article names single instruments: `EVFTA`, not `MoU`.

    Unless it is known, one that stands in brackets alone may be of a part of the name:
    `Hiệp định về vùng kinh tế (EEZ)`.
    """
    names = (
        name
        for sentence in scene.sentences
        for piece in sentence.pieces
        if piece.label == "AGREEMENT" and _CODE.fullmatch(name := scene.text[piece.start : piece.end])
        if name in BY_NAME or MULTILATERAL.fullmatch(name) or not sentence.bracket(piece.start)
    )
    return frozenset(name for name in names if name.upper() not in _OF_A_KIND)


def one_paper(code: str | None, words: set[str], other: str | None, other_words: set[str]) -> bool | None:
    """Whether two names are of one paper by their codes; None where these do not tell.

    Args:
        code: Of the one, where it has one that names a single paper.
        words: The words of that name, folded.
        other: The code of the other.
        other_words: Its words.
    """
    if code and other:
        ends = code[-3:] if code[-3:] == other[-3:] and code[-3:] in _TOPICS else None
        return code == other or ends in (code, other)
    topic, named = (code, other_words) if code else (other, words)
    if topic is None or topic[-3:] not in _TOPICS:
        return None
    return topic[-3:].lower() in named or _TOPICS[topic[-3:]] <= named or None
