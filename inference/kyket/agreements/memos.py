"""Memoranda of one: what an office writes for itself or orders, in articles that tell of none of two.

Everything here matches text in canonical spelling (`kyket.orthography`).
"""

from __future__ import annotations

import regex

from kyket.agreements.headwords import kind_of
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.statements import of_both
from kyket.agreements.vocabulary import ANY_INSTRUMENT
from kyket.names import titles

# For nobody else to see: `bản ghi nhớ mật`.
_SECRET = regex.compile(r"\s*(?:tuyệt\s+|bí\s+)?(?:mật|nội\s+bộ)(?!\p{L})", regex.IGNORECASE)
_NOUN = regex.compile(r"(?:(?:biên\s+|văn\s+)?bản\s+)?ghi\s+nhớ(?!\p{L})", regex.IGNORECASE)
# Before its one author: `bản ghi nhớ tai tiếng của cựu giám đốc X`; not `của hai bên`, nor
# `của Trường A`, whose other side is told elsewhere.
_OF = regex.compile(
    r"(?:\s+(?!với(?!\p{L}))[\p{L}'\"]+){0,3}?\s+của\s+(?:(?!(?:hai|ba|các|những)(?!\p{L}))\p{Ll}+\s+){0,3}$",
    regex.IGNORECASE,
)
_ORDERS = regex.compile(
    r"(?:,?\s+trong\s+đó)?(?:\s+(?:dự\s+kiến|sẽ|về\s+việc|nhằm))?\s+(?:áp\s+(?:thuế|đặt|lệnh)|ra\s+lệnh|chỉ\s+thị|yêu\s+cầu|cấm"
    r"|trừng\s+phạt|tăng\s+thuế)(?!\p{L})",
    regex.IGNORECASE,
)
_OF_TWO = regex.compile(
    r"(?:(?:\s+(?!(?:đối|áp|cấm|trừng)(?!\p{L}))\p{L}+){0,4}?|\s+(?:về|nhằm|trong|tại|hợp\s+tác)\s[^,.;:]{0,80}?)\s(?:giữa|với|cùng)\s",
    regex.IGNORECASE,
)
_BOTH = regex.compile(
    r"(?<!\p{L})(?:(?:hai|ba)\s+\p{L}|các\s+(?:bên|phía|nước|bộ|đơn\s+vị|cơ\s+quan|nhà\s+lãnh\s+đạo)(?!\p{L}))",
    regex.IGNORECASE,
)
_JOINED = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|và|với|cùng|-|–)\s", regex.IGNORECASE)
_NEAR, _BEHIND, _NAME = 12, 80, 60


def orders(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """Whether a memorandum orders something: `bản ghi nhớ áp thuế`."""
    noun = _NOUN.match(scene.text, piece.start, piece.end)
    return noun is not None and _ORDERS.match(scene.text, noun.end(), sentence.end) is not None


def memos_of_one(scene: Scene) -> bool:
    """Whether an article tells of a memorandum of one, and of none of two."""
    found = False
    for sentence in scene.sentences:
        for piece in sentence.pieces:
            if piece.label != "AGREEMENT" or not _is_memo(scene, piece):
                continue
            if _two_sided(scene, sentence, piece):
                return False
            found = found or _by_one(scene, sentence, piece)
    return found


def is_memo(scene: Scene, piece: Piece) -> bool:
    """Whether a name is that of a memorandum, or of any paper."""
    text = scene.text[piece.start : piece.end]
    return _is_memo(scene, piece) or ANY_INSTRUMENT.fullmatch(text) is not None


def _is_memo(scene: Scene, piece: Piece) -> bool:
    return kind_of(scene.text[piece.start : piece.end]) == "memorandum"


def _two_sided(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """`bản ghi nhớ giữa A và B`, `ghi nhớ với A`, `A và B ký bản ghi nhớ`."""
    noun = _NOUN.match(scene.text, piece.start, piece.end)
    named = noun.end() if noun and orders(scene, sentence, piece) else piece.end  # `ghi nhớ áp thuế với muối`
    if _OF_TWO.match(scene.text, named, sentence.end):
        return True
    if of_both(scene, sentence, piece):
        return True
    signings = [
        p for p in sentence.pieces if p.label == "SIGNING" and -_BEHIND <= piece.start - p.end <= _NEAR
    ]
    if not signings:
        return False
    told = max(piece.start, signings[-1].start)  # `bản ghi nhớ được A và B ký`
    if _BOTH.search(scene.text, sentence.start, told):
        return True
    sides = {p.entity for p in sentence.pieces if p.label in ("ORG", "LOC") and p.end <= told}
    return len(sides) > 1


def _by_one(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """`bản ghi nhớ mật`, `bản ghi nhớ cấm …`, `bản ghi nhớ của X`."""
    noun = _NOUN.match(scene.text, piece.start, piece.end)
    if noun is None:
        return False
    if _SECRET.match(scene.text, noun.end(), sentence.end) or orders(scene, sentence, piece):
        return True
    if any(p.label == "SIGNING" for p in sentence.pieces):
        return False
    author = next(
        (p for p in sentence.pieces if p.label in ("ORG", "LOC", "PER") and p.start >= piece.end), None
    )
    if author is None or author.start - noun.end() > _NAME:
        return False
    if _OF.fullmatch(scene.text, noun.end(), author.start) is None:
        return False
    if author.label != "PER" and titles.at_end(scene.text[noun.end() : author.start]) is None:
        return False
    return _JOINED.match(scene.text, author.end, sentence.end) is None
