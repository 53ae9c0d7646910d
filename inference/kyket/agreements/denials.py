"""Papers that there are not, and signings ruled out: `không đạt được thỏa thuận`, `quyết định không ký`.

Everything here matches text in canonical spelling (`kyket.orthography`).
"""

from __future__ import annotations

import regex

from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import RENEWED

# Before a signing that is ruled out: `quyết định không ký`; and the same before what is not signed.
_NOT = r"(?<!\p{L})(?:không(?:\s+(?:hề|bao\s+giờ))?|chưa\s+(?:hề|từng|bao\s+giờ))\s+(?P<on>tiếp\s+tục\s+)?"
_NOT_SIGNED = regex.compile(rf"{_NOT}$", regex.IGNORECASE)
NOT_YET = regex.compile(rf"(?:{_NOT}|(?<!\p{{L}})chưa\s+)$", regex.IGNORECASE)
_RULED_OUT = regex.compile(
    rf"{_NOT}ký(?:\s+kết)?(?:\s+(?:với\s[^,;:]{{1,40}}|một|các|những|bản|thêm|bất\s+(?:kỳ|cứ)))?\s+$",
    regex.IGNORECASE,
)
# Before a paper that there is not: `không phải hiệp ước`, `không đạt được …`, `không có kế hoạch ký …`.
_THERE_IS_NOT = regex.compile(
    r"(?<!\p{L})(?:không\s+phải(?:\s+là)?|(?:không|chẳng)\s+(?:thể\s+)?(?:có(?:\s+(?:kế\s+hoạch|ý\s+định)\s+ký(?:\s+kết)?(?:\s+thêm)?)?|đạt(?:\s+được)?|đi\s+đến))\s+"
    r"(?:(?:một|bản|bất\s+(?:kỳ|cứ))\s+)*$",
    regex.IGNORECASE,
)
# The same of a paper with `nào` behind it: `chưa có bản ghi nhớ nào`, `không có hợp đồng hay thỏa thuận nào`.
_THERE_IS_NONE = regex.compile(
    r"(?<!\p{L})(?:không|chưa|chẳng)\s+(?:hề\s+)?(?:có|đạt(?:\s+được)?)\s+"
    r"(?:(?:\p{L}+,?\s+){1,5}(?:hay|hoặc)\s+)?$",
    regex.IGNORECASE,
)
_ANY = regex.compile(r"\s+nào(?!\p{L})", regex.IGNORECASE)
# Before the signing that nobody does: `chưa có đơn vị nào ký`; not `không biết khi nào ký`.
_NOBODY = (
    r"(?<!\p{L})(?:không|chưa|chẳng)\s+(?:hề\s+)?(?:có\s+)?(?!(?:biết|rõ|nhớ|nói|tiết|công\s+bố|cho|xác)\s)"
    r"(?:(?!(?:khi|lúc|ngày|tháng|năm|thời)\s)\p{L}+\s+){1,3}nào\s+"
    r"(?:(?:đã|chính\s+thức|từng|đồng\s+ý)\s+)*"
)
# `không phải bản ghi nhớ đầu tiên mà A và B ký`: there are more.
_OF_MORE = regex.compile(
    r"\s+(?:\p{L}+\s+){0,4}?(?:đầu\s+tiên|duy\s+nhất|cuối\s+cùng)(?!\p{L})", regex.IGNORECASE
)
# What leaves it open, before and behind: `nếu không ký …`, `không ký … trừ khi …`; what was planned and came
# to nothing is told of as a plan: `không ký được …`, `đã không ký … như kế hoạch`.
_LEFT_OPEN = regex.compile(r"(?<!\p{L})(?:nếu|hay|dọa|(?:có|không)\s+thể)(?!\p{L})[^,;:]*$", regex.IGNORECASE)
_LEAVES_OPEN = regex.compile(
    r"\s(?:nếu|trừ\s+(?:khi|phi)|chừng\s+nào|cho\s+(?:đến|tới)\s+khi|như\s+(?:kế\s+hoạch|dự\s+(?:kiến|định)))(?!\p{L})",
    regex.IGNORECASE,
)
_NOBODY_SIGNS = regex.compile(rf"{_NOBODY}$", regex.IGNORECASE)
_SIGNED_BY_NOBODY = regex.compile(
    rf"{_NOBODY}ký(?:\s+kết)?(?:\s+(?:một|các|những|bản|thêm))?\s+$", regex.IGNORECASE
)

_NEAR, _VERB, _REACH = 40, 40, 60


def ruled_out(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """Whether a paper is not signed, or there is none: `không ký hợp đồng`, `chưa có hợp đồng nào`."""
    text, start = scene.text, max(sentence.start, piece.start - _REACH)
    denied = _RULED_OUT.search(text, start, piece.start)
    if denied and not denied["on"] and not _left_open(scene, sentence, denied.start(), piece.end):
        return True
    if _ANY.match(text, piece.end, sentence.end) and _THERE_IS_NONE.search(text, start, piece.start):
        return True
    if _SIGNED_BY_NOBODY.search(text, start, piece.start):
        return True
    missing = _THERE_IS_NOT.search(text, max(sentence.start, piece.start - _VERB), piece.start)
    open_yet = missing and _left_open(scene, sentence, missing.start(), piece.end)
    return bool(missing) and not open_yet and not _OF_MORE.match(text, piece.end, sentence.end)


def not_signed(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """Whether a signing is ruled out: `quyết định không ký`, `chưa có đơn vị nào ký`."""
    start = max(sentence.start, signing.start - _NEAR)
    if _NOBODY_SIGNS.search(scene.text, start, signing.start):
        return True
    denied = _NOT_SIGNED.search(scene.text, start, signing.start)
    return denied is not None and (
        denied["on"] is not None  # what is not renewed is there
        or RENEWED.match(scene.text, signing.start, signing.end) is not None
        or not _left_open(scene, sentence, denied.start(), signing.end)
    )


def _left_open(scene: Scene, sentence: Sentence, start: int, end: int) -> bool:
    """Whether what is not signed may yet be, or was to be: `nếu không ký …`, `không ký … như kế hoạch`."""
    return (
        scene.text.startswith(" được", end)
        or _LEFT_OPEN.search(scene.text, max(sentence.start, start - _REACH), start) is not None
        or _LEAVES_OPEN.search(scene.text, end, sentence.end) is not None
    )
