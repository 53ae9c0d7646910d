"""The body that was named last: whom `Bệnh viện này`, `ký với tổ chức này` stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import regex

from kyket.agreements.kinds import FIRMS
from kyket.agreements.scene import Scene, Sentence

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast

_THIS = regex.compile(
    r"(?<!\p{L})(?P<noun>nhà\s+trường|trường|học\s+viện|bệnh\s+viện|viện|công\s+ty|doanh\s+nghiệp|tập\s+đoàn|hãng"
    r"|ngân\s+hàng|hội|hiệp\s+hội|liên\s+đoàn|tổ\s+chức|đơn\s+vị|cơ\s+quan|quỹ|hợp\s+tác\s+xã|trung\s+tâm)"
    r"\s+(?:này|ấy|nói\s+trên|kể\s+trên)(?!\p{L})",
    regex.IGNORECASE,
)
# Where it acts, or is acted with; behind `của`, `tại` or another noun it does not.
_ACTS = regex.compile(
    r"(?:^|[.,;:\n”\"]|(?<!\p{L})(?P<with>với|giữa|và|cùng)|(?<!\p{L})(?:mà|do|phía|được|khi|rằng|nay|bởi))\s*",
    regex.IGNORECASE | regex.REVERSE,  # `match` begins at the end of the text
)
_SURE_WORDS = ("này", "ấy", " trên")  # one of which each such noun has, and few sentences
_WORD, _BACK = 8, 4


def these(scene: Scene, sentence: Sentence, cast: Cast) -> Iterator[tuple[int, int, str]]:
    """Where a noun with `này` acts in a sentence, and the entity that it stands for."""
    if all(scene.text.find(word, sentence.start, sentence.end) < 0 for word in _SURE_WORDS):
        return
    names = [(p.start, p.end) for p in sentence.pieces if p.label in ("ORG", "LOC", "PER", "AGREEMENT")]
    for noun in _THIS.finditer(scene.text, sentence.start, sentence.end):
        before = _ACTS.match(scene.text[max(sentence.start, noun.start() - _WORD) : noun.start()])
        if before is None or any(start < noun.end() and noun.start() < end for start, end in names):
            continue
        # `A ký với tổ chức này`: none of those in the sentence
        at = sentence.start if before["with"] else noun.start()
        if meant := named_last(cast, sentence, at, _fitting(cast, noun["noun"])):
            yield noun.start(), noun.end(), meant


def named_last(cast: Cast, sentence: Sentence, offset: int, fits: Callable[[str], bool]) -> str | None:
    """The body named last before `offset` that fits, in the sentence or in the few before it."""
    for piece in reversed(sentence.pieces):
        if piece.label == "ORG" and piece.end <= offset and piece.entity in cast.scene.entities:
            assert piece.entity is not None
            if fits(body := cast.whole(piece.entity)):
                return body
    for number in range(sentence.number - 1, sentence.number - _BACK - 1, -1):
        for group in reversed(cast.groups.get(number, [])):
            for id in reversed(group.every):
                if cast.is_org(id) and fits(id):
                    return id
    return None


def _fitting(cast: Cast, noun: str) -> Callable[[str], bool]:
    noun = " ".join(noun.lower().split())

    def fits(id: str) -> bool:
        if noun in FIRMS:  # or a brand alone
            low = cast.low(id)
            return low.startswith(FIRMS) or not cast.alike(low, low)
        return cast.fits(id, noun)

    return fits
