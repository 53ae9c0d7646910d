"""Signings that leave unsaid what is signed: whether it is plain who signs."""

from __future__ import annotations

import regex

from kyket.agreements.exclusions import no_paper
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import QUALIFIER, WITNESSED

# `A và B ký kết việc xử lý …`, `ký kết tài trợ …`: a deed that is signed without a paper being named; not
# what a signing is like or does: `ký kết thành công`, `việc ký kết đánh dấu quan hệ giữa A và B`.
_DEEDS = (
    r"(?:việc(?=\s+\p{Ll})|cùng\s+(?!các\s|những\s)\p{Ll}+|thành\s+lập|xử\s+lý|quản\s+lý|bảo\s+vệ|phối\s+hợp|liên\s+kết|liên\s+doanh"
    r"|tài\s+trợ|hỗ\s+trợ|đầu\s+tư|góp\s+vốn|cho\s+(?:vay|thuê)|vay|thuê|mua|bán|chuyển\s+(?:giao|nhượng)|bàn\s+giao|nhượng\s+quyền"
    r"|cung\s+(?:cấp|ứng)|phân\s+phối|tiêu\s+thụ|bao\s+tiêu|(?:xuất|nhập)\s+khẩu|sản\s+xuất|khai\s+thác|vận\s+(?:chuyển|hành)"
    r"|xây\s+dựng|phát\s+triển|triển\s+khai|thực\s+hiện|đào\s+tạo|tuyển\s+dụng|trao\s+đổi|chia\s+sẻ|bảo\s+(?:lãnh|hiểm|trợ))"
)
_DEED = rf"(?:\s+và\s+(?:công\s+bố|thống\s+nhất))?\s+{_DEEDS}(?!\p{{L}})"
_OF_COOPERATION = regex.compile(
    r"\s+(?:việc\s+)?(?:phối\s+hợp|hợp\s+tác|liên\s+kết)(?!\p{L})", regex.IGNORECASE
)
# `các hãng từ A và B ký kết …`, `hai hãng ở A và B ký kết …`
_FROM = regex.compile(r"(?<!\p{L})(?:từ\s+(?:[^,;.]{1,30},\s*){0,4}|(?:tại|ở)\s+)$", regex.IGNORECASE)
# `A và B đàm phán ký kết …`, `… của A và B được ký kết …`
_NOT_THEY = regex.compile(r"(?<!\p{L})(?:đàm\s+phán|được)\s*$", regex.IGNORECASE)
_A_DEED = regex.compile(rf"{_DEED}\s", regex.IGNORECASE)
_SIGNED_WITH = regex.compile(
    rf"(?:(?P<deed>{_DEED})(?:\s+[\p{{L}}\p{{N}}-]+){{0,12}}?)?\s+(?:(?P<both>giữa)|với|cùng(?:\s+với)?)(?!\p{{L}})",
    regex.IGNORECASE,
)
_AND = regex.compile(
    r"(?:\s*\([^()]*\))?\s+(?:(?:phối\s+hợp|bắt\s+tay)\s+)?(?:và|cùng(?:\s+với)?|với)\s+(?P<rest>.*)",
    regex.IGNORECASE,
)
# Who holds a fair signs nothing: `A phối hợp với B tổ chức hội nghị ký kết tiêu thụ chè`.
_FAIR = regex.compile(
    r"(?<!\p{L})(?:hội\s+(?:nghị|thảo|chợ)|diễn\s+đàn|ngày\s+hội)(?!\p{L})", regex.IGNORECASE
)
_THE_SIGNING = regex.compile(r"(?<!\p{L})(?:lễ|buổi|sự|việc)\s*$", regex.IGNORECASE)
_MANY_SIGN = regex.compile(
    r"(?<!\p{L})(?:các|những|nhiều|mọi|mỗi|hàng|người|nông\s+dân|bà\s+con|khách|\p{N}+)\s", regex.IGNORECASE
)
_LEAD = 60  # letters between the signing and who signs


def is_deed(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """Whether words straight behind a signing say what is done by it: `ký kết tài trợ …`."""
    return _A_DEED.match(scene.text, signing.end, sentence.end) is not None


def to_cooperate(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """Whether a deed is to work together: `ký kết phối hợp …`."""
    return _OF_COOPERATION.match(scene.text, signing.end, sentence.end) is not None


def they_sign(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """Whether two bodies or places that a conjunction joins stand before the signing and sign."""
    if _NOT_THEY.search(scene.text, max(sentence.start, signing.start - _LEAD), signing.start):
        return False
    named = [
        p
        for p in sentence.pieces
        if p.label in ("ORG", "LOC") and p.end <= signing.start and not sentence.bracket(p.start)
    ][-2:]
    if len(named) < 2 or signing.start - named[-1].end > _LEAD:
        return False
    between = scene.text[named[-1].end : signing.start]
    if any(form.search(between) for form in (WITNESSED, _MANY_SIGN, _FAIR)):
        return False
    if _FROM.search(scene.text, max(sentence.start, named[0].start - 2 * _LEAD), named[0].start):
        return False
    joined = _AND.fullmatch(scene.text, named[0].end, named[1].start)
    return joined is not None and QUALIFIER.match(joined["rest"].strip()) is not None


def with_a_body(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """`lễ ký kết giữa A và B`, `A đã ký kết với B`: what is signed is left unsaid, or a deed.

    What a crowd has signed with a body is no record: `các hộ dân ký kết với B`.
    """
    body = next((p for p in sentence.pieces if p.label == "ORG" and p.start >= signing.end), None)
    if body is None:
        return False
    gap = _SIGNED_WITH.match(scene.text, signing.end, body.start)
    if gap is None or body.start - gap.end() > _LEAD:
        return False
    if gap["deed"] and any(
        p.label == "AGREEMENT" and signing.end <= p.start < body.start and not no_paper(scene, sentence, p)
        for p in sentence.pieces
    ):
        return False  # a paper that makes no record
    if not QUALIFIER.fullmatch(scene.text[gap.end() : body.start].strip()):
        return False
    if gap["both"] or _THE_SIGNING.search(scene.text, sentence.start, signing.start):
        return True
    named = [p for p in sentence.pieces if p.label in ("ORG", "PER", "LOC") and p.end <= signing.start]
    if not named or _MANY_SIGN.search(scene.text, named[-1].end, signing.start):
        return False
    if gap["deed"] and named[-1].label == "LOC":
        return False  # `nông dân Huế ký kết tiêu thụ chè với B`
    signer = scene.entities.get(named[-1].entity or "") if named[-1].label == "PER" else None
    return signer is None or signer.organization is not None  # not `Cầu thủ A ký với CLB B`
