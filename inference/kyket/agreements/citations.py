"""Days and years of something that a sentence cites beside a signing: a law, a plan, an anniversary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from kyket.agreements.mention import Mention
    from kyket.agreements.scene import Sentence, Time

# `Quyết định số 45/2016/QĐ-UB, ngày 19/10/2016`; at the end.
_NUMBERED = regex.compile(
    r"(?<!\p{L})số\s+(?=\S*\p{Lu}{2})(?=\S*/)\S*\p{N}\S*(?:\s*-\s*\p{Lu}+)*,?\s+(?:ngày\s+)?$"
)
# `Công ước Luật Biển năm 1982`, `UNCLOS 1982`, but not `Công ước … ký năm 1982`.
_CONVENTION = regex.compile(
    r"(?<!\p{L})(?:công\s+ước|UNCLOS|hiến\s+chương)(?:(?!\s(?:ký|từ|vào|hồi|trong)(?!\p{L}))[^.,;:]){0,60}$",
    regex.IGNORECASE,
)
# The year that is planned for: `kế hoạch hợp tác giữa A và B năm 2017`, `năm tài khóa 2016`, `tầm nhìn 2035`.
_PLANNED = regex.compile(
    r"(?<!\p{L})(?:kế\s+hoạch\s+(?:hợp\s+tác|phối\s+hợp)(?:(?!\s(?:ký|từ|vào|hồi|trong)(?!\p{L}))[^.,;:]){0,120}|(?:tài\s+khóa|tầm\s+nhìn)\s+)$",
    regex.IGNORECASE,
)
# `22 năm bình thường hóa quan hệ (11/7/1995 - 11/7/2017)`; at the end.
_RELATIONS = regex.compile(r"(?<!\p{L})(?:lập|hóa)\s+(?:mối\s+)?quan\s+hệ[^().;]{0,60}\($", regex.IGNORECASE)
# `Chiến tranh Triều Tiên 1950-1953`, but not `khắc phục hậu quả chiến tranh 2016-2020`; at the end.
_OF_A_WAR = regex.compile(
    r"(?<!\p{L})(?<!(?:hậu\s+quả|sau)\s+)(?:chiến\s+tranh|cuộc\s+chiến)"
    r"(?:\s+(?!(?:trong|giai|các|từ)(?!\p{L}))\p{L}+){0,5}\s+$",
    regex.IGNORECASE,
)
_CODE, _NAME = 40, 160


def of_a_law(text: str, time: Time, mention: Mention | None = None) -> bool:
    """Whether a day is that of a decree or a letter with its number, but not `hợp đồng số 7/HĐ` itself."""
    found = _NUMBERED.search(text, max(0, time.start - _CODE), time.start)
    if found is None:
        return False
    return mention is None or found.start() < mention.end or text[mention.end : found.start()].strip() != ""


def of_a_convention(text: str, mention: Mention, time: Time) -> bool:
    """Whether a year is part of how a convention of the whole world is called, beside the paper mentioned."""
    found = _CONVENTION.search(text, max(mention.sentence.start, time.start - _NAME), time.start)
    return found is not None and not mention.start <= found.start() < mention.end


def of_a_plan(text: str, sentence: Sentence, time: Time) -> bool:
    """Whether a year is the one that something is planned for."""
    return _PLANNED.search(text, max(sentence.start, time.start - _NAME), time.start) is not None


def of_relations(text: str, mention: Mention, time: Time) -> bool:
    """Whether the days in brackets are those of two countries that have known each other so long."""
    found = _RELATIONS.search(text, max(0, time.start - _NAME), time.start)
    return found is not None and not mention.start <= found.start() < mention.end


def of_a_war(text: str, time: Time) -> bool:
    """Whether years are those of a war, whatever paper ended it."""
    if not text[time.start].isdigit():
        return False  # `thỏa thuận không gây chiến tranh giai đoạn 2016-2019`
    return _OF_A_WAR.search(text, max(0, time.start - _CODE), time.start) is not None
