"""What figures count (`2/3 số hộ`, `2000 người`), and what stands behind years without being counted."""

from __future__ import annotations

import regex

_BEFORE, _AFTER = 12, 24

_MEASURED = (
    r"triệu|t[ỷỉ](?!\slệ)|nghìn|ngàn|trăm|đồng(?!\s(?:thời|chí))|đô|USD|EUR|euro|VNĐ|VND|won|yên|kíp|bảng|phần"
    r"|lần(?!\s(?:này|thứ|đầu|hai|lượt))|phiếu|điểm|bàn|sao|tấn|tạ|kg|ki|mét|km|ha|héc|mẫu|sào|lít|[cm]?m[²2]?|giờ|phút"
    r"|tiếng(?!\s(?:\p{Lu}|trống|súng|nói|còi))|giây|tuổi|bàn\sthắng|MW|GB|inch|tín\schỉ|chỉ\stiêu|thùng|gói|liều"
)
_TOLD_OF = (
    r"người|lượt|suất|(?:xã|huyện|tỉnh|quận|phường)(?!\s[\p{Lu}\d])|thành\sviên|đại\sbiểu|ủy\sviên|hộ|trường|em|học(?!\stập)"
    r"|sinh|cán\sbộ|công\s(?:nhân|ty|trình|đoàn)|đoàn\sviên|hội\sviên|doanh\snghiệp|dự\sán|đơn\svị|căn|nhà|xe|máy"
    r"|tàu|bản|bộ|chiếc|cái|con|cây|cuốn|quyển|trang|bài|năm(?!\s\d)|tháng(?!\s\d)|tuần|ngày(?!\s\d)|đội|trận|số"
    r"|diện\stích|dân|lao\sđộng|nước|quốc\sgia|hợp\sđồng|việc|nhân(?!\sdịp)|khách(?!\ssạn)|thí|giáo|giám|phòng|mã|cổ|chương"
    r"|điều|khoản|mục|tập|tầng|ghế|bao(?!\sgồm)|tổng|quà|học\sbổng|chuyên|kỹ|bác\ssĩ|chiến\ssĩ|thanh|phụ\snữ|trẻ|ca"
    r"|thiết"
)
_COUNT_AFTER = regex.compile(rf"[ \t\u00a0]{{0,2}}(?:[%‰°]|(?:{_MEASURED}|{_TOLD_OF}|trở\slên)(?!\p{{L}}))")
_MEASURE_AFTER = regex.compile(rf"[ \t\u00a0]{{0,2}}(?:[%‰°]|(?:{_MEASURED}|trở\slên)(?!\p{{L}}))")
# `Từ 2006-2010 đơn vị này` counts no units, `2/3 đơn vị này` does
_THAT_BODY_AFTER = regex.compile(
    r"\s?(?:đơn\svị|công\s(?:ty|trình)|doanh\snghiệp|dự\sán|trường|đội|xã|huyện|tỉnh|nước)\s(?:này|đó|ấy)(?!\p{L})"
)
_YEAR_OR_MONTH_BEFORE = regex.compile(r"(?:\d{4}|tháng\s\d{1,2})$", regex.IGNORECASE)
# There are not 2000 of these: `năm 2016 và 2017 tỉnh đã chi`, `Từ 2021 đến 2025 số hộ nghèo giảm`
_TOO_FEW_AFTER = regex.compile(
    r"\s(?:tỉnh|huyện|quận|nước|quốc\sgia|tổng|diện\stích|số(?!\s(?:báo|điện\sthoại|di\sđộng)(?!\p{L})))(?!\p{L})"
)
_YEAR_BEFORE = regex.compile(r"(?<!\d)(?:19|20)\d\d$")
# `dịp lễ 30/4 người dân …`: a part of a whole is smaller
_FRACTION_BEFORE = regex.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})$")
_LONGEST = 30  # years of a range that counts nobody


def count(text: str, end: int) -> bool:
    """True where the figures before `end` count what follows: `2/3 số hộ`, `2000 người`."""
    after, before = text[end : end + _AFTER], text[max(0, end - _BEFORE) : end]
    if _THAT_BODY_AFTER.match(after) and _YEAR_OR_MONTH_BEFORE.search(before):
        return False
    if _TOO_FEW_AFTER.match(after) and _YEAR_BEFORE.search(before):
        return False
    fraction = _FRACTION_BEFORE.search(before)
    if fraction and int(fraction[1]) > int(fraction[2]):
        return _MEASURE_AFTER.match(after) is not None
    return _COUNT_AFTER.match(after) is not None


def count_from_to(text: str, end: int, first: int, last: int) -> bool:
    """True where two figures that may be years count: `1900-2000 hộ`, not `2016-2019 học sinh được học`.

    Who counts from so many to so many gives round figures, unless they are prices or measures.
    """
    if not count(text, end):
        return False
    is_round = first % 10 == 0 and last % 10 == 0
    if is_round or first < 1945 or last - first > _LONGEST:
        return True
    return _MEASURE_AFTER.match(text, end, end + _AFTER) is not None
