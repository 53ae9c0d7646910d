"""Signings that leave unsaid what is signed: whether it is plain who signs."""

from __future__ import annotations

import regex

from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import QUALIFIER

_SIGNED_WITH = regex.compile(r"\s+(?:(?P<both>giữa)|với|cùng(?:\s+với)?)(?!\p{L})", regex.IGNORECASE)
_AND = regex.compile(r"\s+(?:và|cùng|với)\s+(?P<rest>.*)", regex.IGNORECASE)
_THE_SIGNING = regex.compile(r"(?<!\p{L})(?:lễ|buổi|sự|việc)\s*$", regex.IGNORECASE)
_MANY_SIGN = regex.compile(
    r"(?<!\p{L})(?:các|những|nhiều|mọi|mỗi|hàng|người|khách|\p{N}+)\s", regex.IGNORECASE
)
_LEAD = 60  # letters between the signing and who signs


def two_sign(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """Whether two bodies or places that a conjunction joins stand before the signing."""
    named = [p for p in sentence.pieces if p.label in ("ORG", "LOC") and p.end <= signing.start][-2:]
    if len(named) < 2 or signing.start - named[-1].end > _LEAD:
        return False
    joined = _AND.fullmatch(scene.text, named[0].end, named[1].start)
    return joined is not None and QUALIFIER.match(joined["rest"].strip()) is not None


def with_a_body(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """`lễ ký kết giữa A và B`, `A đã ký kết với B`: what is signed is left unsaid.

    What a crowd has signed with a body is no record: `các hộ dân ký kết với B`.
    """
    body = next((p for p in sentence.pieces if p.label == "ORG" and p.start >= signing.end), None)
    if body is None:
        return False
    gap = _SIGNED_WITH.match(scene.text, signing.end, body.start)
    if gap is None or body.start - gap.end() > _LEAD:
        return False
    if not QUALIFIER.fullmatch(scene.text[gap.end() : body.start].strip()):
        return False
    if gap["both"] or _THE_SIGNING.search(scene.text, sentence.start, signing.start):
        return True
    named = [p for p in sentence.pieces if p.label in ("ORG", "PER", "LOC") and p.end <= signing.start]
    if not named or _MANY_SIGN.search(scene.text, named[-1].end, signing.start):
        return False
    signer = scene.entities.get(named[-1].entity or "") if named[-1].label == "PER" else None
    return signer is None or signer.organization is not None  # not `Cầu thủ A ký với CLB B`
