"""Bodies of a body that is named by its kind alone: `Công đoàn Công ty` is that of the company nearest by."""

from __future__ import annotations

import regex

from kyket.names.mentions import Mention
from kyket.names.organizations import OrgName

_BARE_END = regex.compile(
    r"(?:(?:Công đoàn|CĐCS|Công đoàn cơ sở|Đảng ủy|Đảng bộ|Hội đồng quản trị|Hội đồng thành viên|Ban Giám đốc"
    r"|Ban Giám hiệu|Đoàn Thanh niên|Trạm Y tế|Phòng .+|Khoa .+)) "
    r"(Tổng [Cc]ông ty|[Cc]ông ty|Tập đoàn|Ngân hàng|[Tt]rường|Học viện|Bệnh viện|Nhà máy)"
)
_LOOK = 12


def written_out(name: OrgName, at: int, mentions: list[Mention], parsed: dict[int, OrgName]) -> str | None:
    """The full name of a body that ends with a bare kind of body, with the nearest one of that kind; or None.

    Args:
        name: The body's name.
        at: The number of its first mention.
        mentions: All mentions of the article.
        parsed: Their names taken apart, by number.
    """
    match = _BARE_END.fullmatch(name.full)
    if not match:
        return None
    head = match.group(1).lower() + " "
    around = [*reversed(mentions[max(0, at - _LOOK) : at]), *mentions[at + 1 : at + 1 + _LOOK]]
    for other in around:
        if other.label == "ORG" and parsed[other.at].full.lower().startswith(head):
            return name.full[: match.start(1)] + parsed[other.at].full
    return None
