"""The field of an office, which belongs to the role: `Giám đốc` + ` dự án quốc tế` + ` của ` + [X]."""

from __future__ import annotations

import regex

from kyket.names import tables, titles
from kyket.names.titles import Title

NOUNS = (
    "hợp tác xã", "công ty", "tổng công ty", "tập đoàn", "ngân hàng", "nhà trường", "trường", "học viện",
    "viện", "bệnh viện", "trung tâm", "hiệp hội", "hội", "liên đoàn", "sở", "chi cục", "cục", "đồn", "quỹ",
    "tổ chức", "báo", "nhà hát", "xã", "phường", "huyện", "tỉnh", "thành phố", "đơn vị", "nhà máy", "dự án",
    "khách sạn", "làng", "nghiệp đoàn", "doanh nghiệp", "công đoàn", "chùa", "căn cứ",
)  # fmt: skip
NOUN_TAIL = regex.compile(
    rf"\s*({'|'.join(sorted(NOUNS, key=len, reverse=True))})(?: này| bạn| nhà)?\s*", regex.IGNORECASE
)
# Heads of bodies: what begins with one names or stands for a body, and is no field.
_BODY = regex.compile(
    r"(?:bộ|vụ|phòng|khoa|ban|ủy ban|mặt trận|đảng|đoàn|đội|nhà|bên|phía|hãng|câu lạc bộ|clb|htx|cơ quan|"
    r"chuỗi|thôn|bản|xóm|ấp|khu phố|tổ dân phố|nước|bảo tàng|văn phòng|đại học|chùa|chi nhánh|cđcs|công đoàn"
    r"(?! cơ sở))(?!\p{L})",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"\s*([\p{L}][\p{L}'’-]*)")
_NO_FIELD = regex.compile(
    r"(?:sinh viên|học sinh|học viên|nghiên cứu sinh|chủ tịch nước|quốc vương)", regex.IGNORECASE
)
_LONGEST_FIELD = 7  # words
_SECOND = regex.compile(r" (?:và|&)(?= \p{L})(?! (?:trưởng|phó|chánh)(?!\p{L}))", regex.IGNORECASE)
_ENDS = regex.compile(r"\s*(?:$|[,.;:()–-]|(?:của|tại|thuộc|ở)(?!\p{L}))")
# Heads of units that are no bodies: tổ trưởng tổ xe, tổ trưởng chuyền 8.
_OF_UNIT = regex.compile(r"(?:tổ|đội|nhóm|ca|kíp|chỉ huy) (?:trưởng|phó)|trưởng nhóm", regex.IGNORECASE)
_NUMBER = regex.compile(r"\s*(?:số )?[\p{Lu}\d]*\d+")


def fields(title: Title, tail: str, *, apart: bool) -> int:
    """As `field`, with a second one behind `và`: `Giám đốc` + ` Đối ngoại và Truyền thông` + [X].

    The second is written as the first is, and is no title: `giám đốc kinh doanh và kế toán trưởng [X]`.
    """
    width = field(title, tail, apart=apart)
    joint = _SECOND.match(tail, width) if width else None
    if joint is None:
        return width
    second = tail[joint.end() :]
    alike = second[1].isupper() is tail.lstrip()[0].isupper()
    more = field(title, second, apart=False) if alike and titles.at_start(second[1:]) is None else 0
    return joint.end() + more if more and _ENDS.match(second, more) else width


def field(title: Title, tail: str, *, apart: bool) -> int:
    """How many characters of `tail` are the field of a title: `Trưởng phòng` + ` hợp tác quốc tế`.

    Args:
        title: The title.
        tail: What follows it.
        apart: Whether a comma, a bracket or `của` ends the role; else only a field that the table knows,
            or that is written like a name, is taken.
    """
    if title.kind not in ("post", "past", "delegation", "occupation") or _NO_FIELD.match(title.role):
        return 0
    of_unit = bool(_OF_UNIT.fullmatch(title.role))
    if NOUN_TAIL.match(tail) or (
        _BODY.match(tail.lstrip()) and not (of_unit and tail[:5] in (" đội ", " tổ dâ"))
    ):
        return 0
    end = words = 0
    before = ""
    while words < _LONGEST_FIELD and (match := _WORD.match(tail, end)):
        word = match.group(1)
        following = _WORD.match(tail, match.end())
        pair = f"{word} {following.group(1)}" if following else ""
        pairs = {pair.lower(), f"{before} {word}".lower()}
        if {word, pair} & tables.fields("stop") and not pairs & tables.fields("pair"):
            break
        if (
            not words
            and not apart
            and not of_unit
            and word.lower() not in tables.fields("begin")
            and not word[0].isupper()
        ):
            return 0
        end, before = match.end(), word
        words += 1
    if of_unit and words and (number := _NUMBER.match(tail, end)):
        end = number.end()
    rest = tail[end:].lstrip()
    if words == _LONGEST_FIELD and _WORD.match(rest):
        return 0
    return 0 if rest[:1].isdigit() else end
