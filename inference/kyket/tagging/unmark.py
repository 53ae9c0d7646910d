"""Marks that the guidelines never make: vague stretches of time, no names, mere co-operation, trade."""

from __future__ import annotations

import regex

from kyket.document import Span

# `những năm qua`; but `những năm 1964 - 1973`, `các năm 2014, 2015`, `những năm 2015 đến nay` have both ends,
# and so have `các quý II và III/2024`.
_VAGUE = regex.compile(
    r"(?:những|nhiều|các|vài|mấy)(?!\p{L})(?!\s+quý\s+[iv])(?!.*\d(?:\D+\d|\s+đến\s+nay))",
    regex.IGNORECASE | regex.DOTALL,
)
# Of which every state or union has one: `Chính phủ Lào` is a name. The network may cut such a word.
_NO_NAME = regex.compile(
    r"chính(?: phủ)?|quốc(?: hội)?|đảng|nhà nước|trung ương|công đoàn|đoàn|ban tổ chức", regex.IGNORECASE
)
# In small letters, with words that the network cuts: `[tập] đoàn Mẫu`, `[viện nghiên cứu]`.
_COMMON = regex.compile(
    r"tập(?: đoàn)?|công(?: ty)?|tổng công ty|tổng cục|hãng(?: hàng)?|đài|bộ|sở|cục|viện(?: nghiên cứu)?"
    r"|ngân hàng|trường(?: đại học)?|nhà máy|nhóm|phe|hải(?: quân)?|đại sứ quán|tờ|báo"
)
# A government that others sign with is told of as a party: `giữa Chính phủ và Tổng Liên đoàn`.
_JOINED_BEFORE = regex.compile(r"(?:giữa|và|với|cùng)\s$", regex.IGNORECASE)
_JOINED_BEHIND = regex.compile(r"\s(?:và|với|cùng)\s\p{Lu}")
_LONGEST_LEAD = 6  # characters
# `Quốc hội và Chính phủ` are mostly no parties, but between them a paper may be.
_BETWEEN = regex.compile(r"(?<!\p{L})giữa\s(?:[^.,;\n]{0,40}\s(?:và|với)\s)?$", regex.IGNORECASE)
_LONGEST_BETWEEN = 50  # characters
# What is agreed upon: an instrument has a word of its own.
_ONLY_IDEA = regex.compile(r"hợp tác(?!\p{L})", regex.IGNORECASE)
# Goods are supplied for money, unless the sentence says for what else.
_GIVEN = regex.compile(
    r"(?:[^.\n]|\.(?=\d)){0,120}?(?<!\p{L})"
    r"(?:miễn phí|học bổng|viện trợ|không hoàn lại|cứu trợ|từ thiện|tài trợ|hỗ trợ|ODA|quà"
    r"|nạn nhân|nghèo|nhân đạo)(?!\p{L})",
    regex.IGNORECASE,
)
# What is exchanged that is no delegation and no experience; but `trao đổi thông tin, kinh nghiệm` is.
_TRADED = regex.compile(
    r"\s(?:thương mại|hàng h|kim ngạch|thông tin|ý kiến|quan điểm|công hàm|văn kiện)"
    r"(?![^.;:\n]{0,40}?(?:,|(?<!\p{L})và) (?:kinh nghiệm|đoàn|cán bộ|chuyên gia)(?!\p{L}))"
)


def unmark(text: str, spans: list[Span]) -> list[Span]:
    """The spans without marks that the guidelines never make.

    `[những năm qua]` is no bounded stretch of time, bare `[Chính phủ]` and `[tập đoàn]` are no names, and
    `ký [hợp tác chiến lược]` names no instrument. What is sold is no support, and trade no exchange.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    return [
        span
        for span, after in zip(spans, [*spans[1:], None], strict=False)
        if not _is_never_marked(text, span, after)
    ]


def _is_never_marked(text: str, span: Span, after: Span | None) -> bool:
    if span.label == "PERIOD":
        return bool(_VAGUE.match(span.text))
    if span.label == "ORG":
        if _is_party(text, span):
            return False
        # the room of names reads `[tập đoàn] [Mẫu]` and `[Đảng] [Cộng sản Mẫu]` as one
        behind = after.label if after and after.start <= span.end + 1 else ""
        if _NO_NAME.fullmatch(span.text):
            return behind != "ORG"
        return behind not in ("ORG", "LOC", "PER") and _COMMON.fullmatch(span.text) is not None
    word = span.text.lower()
    if word == "cung cấp":
        return span.label == "SUPPORT" and not _GIVEN.match(text, span.end)
    if word == "trao đổi":
        return span.label == "EXCHANGE" and bool(_TRADED.match(text, span.end))
    return span.label == "AGREEMENT" and bool(_ONLY_IDEA.match(span.text))


def _is_party(text: str, span: Span) -> bool:
    if span.text == "Quốc hội":
        return _BETWEEN.search(text, max(0, span.start - _LONGEST_BETWEEN), span.start) is not None
    return span.text == "Chính phủ" and bool(
        _JOINED_BEFORE.search(text[max(0, span.start - _LONGEST_LEAD) : span.start])
        or _JOINED_BEHIND.match(text, span.end)
    )
