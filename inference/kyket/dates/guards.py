"""What stands around figures and tells a date from a count, a score, a price or a document's number."""

from __future__ import annotations

import regex

from kyket.dates.counts import count, count_from_to
from kyket.dates.pieces import PARTS_OF_DAY

_BEFORE, _AFTER, _CLAUSE = 40, 24, 120

_QUANTITY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:số|(?<!trong\s)khoảng|gần|hơn|trên|dưới|đạt|được|tặng|chiếm|thêm|lên|xuống|còn|giá|tổng|cả|(?<!(?:cho|dài|hạn|hướng|nhìn)\s)tới|những|các|(?<!ngân\s)hàng|từng"
    r"|mỗi|bằng|tỷ\slệ|tỉ\slệ|(?<!quốc\s)phòng|chuyến\sbay|tổng\sđài|tầng|trang|điều|khoản|mục|bảng|mã|model|điện\sthoại|đt|hotline|iso|tcvn)"
    r"[\s\u00a0.:]{0,2}$",
    regex.IGNORECASE,
)
_ABOUT_BEFORE = regex.compile(r"(?<!\p{L})khoảng\s$", regex.IGNORECASE)
_HELD_BEFORE = regex.compile(
    r"(?<!\p{L})(?:diễn\sra|tổ\schức|khai\smạc|mở\scửa|lễ\shội|hội\schợ|kỳ\snghỉ|\d[-–]\d{1,2}/\d{1,2}(?:,|\svà))\s$",
    regex.IGNORECASE,
)
_CONTINUED, _CONTINUES = regex.compile(r"[-–/.]\d"), regex.compile(r"\d[-–]$")
_PER_BEFORE = regex.compile(r"(?<!\p{L})(?:mỗi|hằng|hàng|từng|một|/)\s?$", regex.IGNORECASE)
_YEARLY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:mỗi|hằng|từng|/)\s?$", regex.IGNORECASE
)  # `khách hàng năm 2018`
_DOCUMENT_BEFORE = regex.compile(
    r"(?<!\p{L})(?:số|nghị\sđịnh|thông\stư|quyết\sđịnh|công\svăn|chỉ\sthị|tờ\strình|kế\shoạch\ssố|thông\sbáo|luật)"
    r"[\s\u00a0:]{0,2}$",
    regex.IGNORECASE,
)
# Not `yêu cầu 15/3`, `thành phố 7/2018`, `lên đường 30 tháng 4`
_PLACE = (
    r"(?<!(?:lên|xuống|ra)\s)đường|(?<!thành\s)phố|(?<!(?:yêu|toàn|nhu|cung)\s)cầu|quảng\strường|công\sviên"
    r"|thpt|thcs"
)
_NAMED_BEFORE = regex.compile(
    rf"(?<!\p{{L}})(?:{_PLACE}|công\sty|trường|xưởng|nhà\smáy|xuất\sbản|tỷ\ssố|tỉ\ssố"
    r"|tỷ\slệ|tỉ\slệ|thắng|thua|hòa|nghị\squyết|(?<!thời\s)điểm|bệnh\sviện|lớp|trình\sđộ|học\svấn|kcn|khu|ô|lô|ngõ|ngách|hẻm|kiệt|nhà|quốc\slộ|phòng)"
    r"[\s\u00a0]{0,2}$",
    regex.IGNORECASE,
)
# Công viên 30 tháng 4 và 23 tháng 9
_PLACE_BEFORE = regex.compile(
    rf"(?<!\p{{L}})(?:{_PLACE})\s(?:\d{{1,2}}\stháng\s\d{{1,2}}(?:,|\svà)\s)?$",
    regex.IGNORECASE,
)
_REVOLUTION_BEFORE = regex.compile(r"cách\smạng\s$", regex.IGNORECASE)
_DAY_BEFORE = regex.compile(
    rf"(?<!\p{{L}})(?:ngày|{PARTS_OF_DAY}|khuya|hôm|nay|mai|vào|nhật|thời\shạn|lễ|hạn|từ|đến|tới|trước|sau"
    r"|tức|sớm|bảy|giờ|thời\sđiểm|(?<!(?:mỗi|một|từng)\s)(?:phiên|(?:phiên|ngày)\s(?:giao\sdịch|làm\sviệc|họp|thi|hội))|dịp|mùng|mồng|tin\svắn|bản\stin|điểm\stin|tin\snhanh)[\s\u00a0]{0,2}[(,]?[\s\u00a0]?$",
    regex.IGNORECASE,
)
# After a part of the day nothing is counted: `tối 9/3 đồng đội`.
_DAY_PART_BEFORE = regex.compile(rf"(?<!\p{{L}})(?:{PARTS_OF_DAY}|khuya)[\s\u00a0]$", regex.IGNORECASE)
_DAYS_BEFORE_BRACKET = regex.compile(r"(?<!\p{L})ngày(?!\p{L})[^.;:()\n]*\($", regex.IGNORECASE)
# Hai set cuối (14 và 15-3), tỷ số (14 và 15-3); nobody scores in `Hiệp hội`, `địa điểm`.
_SCORES_BEFORE = regex.compile(
    r"(?<!\p{L})(?:set|ván|séc|t[ỷỉ]\ssố|hiệp\s(?:\d|đấu|đầu|cuối|phụ|chính))(?!\p{L})[^.;:()\n]*\($",
    regex.IGNORECASE,
)
_TWO_DAYS = regex.compile(r"(\d{1,2}) và (\d{1,2})[-/]\d{1,2}")
# Ngày Nhà giáo Việt Nam 20-11; 8h30, 17/6; khai mạc 12-6
_OCCASION_BEFORE = regex.compile(
    r"(?<!\p{L})(?:quốc\skhánh|lao\sđộng|phụ\snữ|hạn\schót|hạn\scuối(?:\slà)?|\d(?:(?:h|g|giờ|:)(?:\d\d)?,|h(?:\d\d)?)"
    r"|(?:khai|bế)\smạc|ngày\s(?:(?:nhà|thầy|báo|doanh|(?-i:\p{Lu})\p{L}*)(?:\s\p{L}+){1,5}|(?:gia\sđình|thương\sbinh|thành\slập"
    r"|truyền\sthống|pháp\sluật|quốc\stế|giải\sphóng|chiến\sthắng|sinh\sviên)(?:\s\p{L}+){0,5}))\s$",
    regex.IGNORECASE,
)
_MONTH_BEFORE = regex.compile(r"(?<!\p{L})(?:hồi|đầu|giữa|cuối|từ|vào|đến|tới|sang)\s$", regex.IGNORECASE)
_SLASHED_DAY_BEFORE = regex.compile(
    r"(?:^|[.!?…:;\n(]\s{0,2}|(?<!(?<![\d:hg])\d{1,2}\s{0,2})[–—-]\s{0,2}|(?<!\p{L})(?:qua|trong|kể|lúc|tế|nữ|nam|động|khánh|phiên|dịch|thắng\slợi|ngày\smới|thời\stiết|nghỉ|\p{Lu}\p{L}*)\s)$"
)
# `7-5 tại Huế, A và B ký …` opens an article; a score or a number opens no clause of where.
_LINE_BEFORE = regex.compile(r"(?:^|\n)[\s\u00a0]{0,2}$")
_WHERE_AFTER = regex.compile(
    r",?\s(?:tại\s(?:\p{Lu}|thành\sphố|tỉnh|thủ\sđô|trụ\ssở)|bên\slề\s|nhân\s(?:dịp|chuyến)\s|trong\skhuôn\skhổ\s)"
    r"(?:[^.;:!?\n]|\.(?=\S))*?,"
)
_SIGN_BEFORE = regex.compile(r"(?:^|\n)[^\p{L}\p{N}\n]{1,6}$")  # an emoji or a bullet opens the line
_SIGN_AFTER = regex.compile(r"\s?[–—:,]")
_SEASON_BEFORE = regex.compile(r"(?<!\p{L})(?:hè|xuân|thu|đông|Tết|khóa|vụ)\s$", regex.IGNORECASE)
# What is told apart by its year, whatever follows: `cuối 2016 mới xong`, `Tết dương lịch 2019 gặp mưa`
_YEARLY_EVENT_BEFORE = regex.compile(
    r"(?<!\p{L})(?:đầu|cuối|dương\slịch|nguyên\sđán|hè\sthu|đông\sxuân|mùa\s(?:mưa|khô|lũ|thi|giải|bóng|hè|đông|xuân|thu)|năm\smới|năm\stài\s(?:khóa|chính)|quốc\sgia)\s$",
    regex.IGNORECASE,
)
_TITLE_BEFORE = regex.compile(r"(?<!\p{L})\p{Lu}\p{L}*\s\p{Ll}+\s$")  # Hoa hậu Đại dương 2017 Lê Thị Sen
_TITLED_AFTER = regex.compile(r"\s\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}")
_DATELINE_BEFORE = regex.compile(r"(?:^|\n)[\s\u00a0]{0,2}\p{L}{1,8}[\s\u00a0]$")
_NAME_BEFORE = regex.compile(
    r"(?<!\d)(?:19|20)\d\d,[\s\u00a0]$|(?<!\p{L})\p{Lu}[\p{L}\p{N}]*[\s\u00a0]\(?$|[\p{L}”\"»]\)?[\s\u00a0]$"
)
_DAY_AS_NAME_BEFORE = regex.compile(
    rf"(?<!(?<!\p{{L}})(?:{PARTS_OF_DAY}|khuya|vào|từ|đến|tới|trước|sau|trong|là|và|hoặc|hay|qua|nay|mai|hồi|lúc"
    r"|hết|đúng|dịp|niệm|lễ|ra))(?<=\p{L})\s$",
    regex.IGNORECASE,
)
_SENTENCE_START = regex.compile(r"(?:^|[.!?…:\n–—(“\"]\s{0,2}|[-•*]\s|\*\*)$")
# `Năm 2014 tăng 3%, 2015 là 2,7%`, `Với bà, 2017 là năm …`
_LISTED_BEFORE = regex.compile(r"[\p{L}%\p{N}][,;][\s\u00a0]$")
_LISTED_AFTER = regex.compile(r"\s(?:(?:là|đạt|tăng|giảm|còn)\s\p{N}|là\snăm(?!\p{L}))")
_AIRCRAFT_BEFORE = regex.compile(
    r"(?:chiếc|tiêm\skích|máy\sbay|chiến\sđấu\scơ)\s\p{Lu}\p{L}*\s$"
)  # chiếc Mirage 2000
_YEAR_AFTER = regex.compile(
    r"\s{0,2}(?:$|[(.,;:!?…)\]”\"'»\n]|[/–—-](?!\s?\d)|(?:là|đã|sẽ|đang|được|tại|ở|của|do|và|với|diễn|dự\skiến|trong|theo|về|cho|để|có|như|nhằm|vừa"
    r"|nói|trôi|bắt|vẫn|cùng|đều|bị|đến|tới|từ|trên|khi|hoặc|hay|trở|tổ|đạt|vào|thì|mà|gồm|còn|phục|nằm|giữa|lần|hiệu|vì|bế|khai|kết|ghi|không)(?!\p{L}))"
)
# What is counted in thousands has a dot (`2.018 hộ`), but for round figures
_RECENT_BEFORE = regex.compile(
    r"(?:\p{Lu}[\p{L}\p{N}]*[\s\u00a0]\d{4}|\p{L}[\s\u00a0](?:19[5-9]\d|20(?:0[1-9]|[1-3]\d)))$"
)
_VALIDITY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:hiệu\slực|thời\shạn|giá\strị|kéo\sdài|gia\shạn|áp\sdụng|kỳ\shạn|còn\shạn)[^.,;!?\n]{0,25}$",
    regex.IGNORECASE,
)
_EDGE_BEFORE = regex.compile(r"(?<!\p{L})(?:từ|đến|hồi|vào|dịp|ngay|tới|sang)\s$", regex.IGNORECASE)
# `tháng 5 đến cuối tháng 10 hằng năm`
_DAY_OR_MONTH = r"(?:(?:ngày|tháng)\s){0,2}\d{1,2}(?:[/-]\d{1,2}|\stháng\s\d{1,2})?"
_TO = r"(?:\s?[-–]\s?|\s(?:và\skéo\sdài\s)?(?:đến|tới)\s)(?:(?:hết|đầu|giữa|cuối)\s)?"
_EVERY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:mỗi\s(?:dịp\s)?|(?:mỗi|hằng|hàng)\s(?:năm|tháng|tuần)[^.;!?\n]{0,60}\s(?:dịp|nhân|vào)\s(?:ngày\s)?"
    r"|(?:mỗi|hằng|hàng)\snăm,?\s(?:(?:cứ|thường|là|khoảng|đến|tới|từ|kéo\sdài|bắt\sđầu)\s){0,4}(?:(?:ngày|đầu|giữa|cuối)\s){0,2}"
    rf"(?:{_DAY_OR_MONTH}{_TO})?)$",
    regex.IGNORECASE,
)
_EVERY_AFTER = regex.compile(
    rf"(?:(?:{_TO}|,\s|\s(?:và|hoặc)\s){_DAY_OR_MONTH}){{0,5}},?\s(?:mỗi|hằng|hàng)\s(?:năm|tháng|tuần)(?!\p{{L}})",
    regex.IGNORECASE,
)
_JUST_PAST_AFTER = regex.compile(r"\s(?:vừa\squa|vừa\srồi)(?!\p{L})", regex.IGNORECASE)
_WEEKDAY = r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\snhật)(?!\p{L})"
_AND = r"(?:,\s|\s(?:và|hoặc|hay)\s(?:(?:sáng|chiều|tối)\s)?)"
_MORE_WEEKDAYS = regex.compile(rf"{_AND}{_WEEKDAY}", regex.IGNORECASE)
_WEEKDAYS_BEFORE = regex.compile(rf"{_WEEKDAY}(?:{_AND}|{_TO})$", regex.IGNORECASE)
_CLOSES = regex.compile(r"\s?(?:[,.;:!?)](?!\d)|\n|$)")
_JOURNEY_BEFORE = regex.compile(r"(?<!\p{L})chuyến\s[^.,;:!?\n]*$", regex.IGNORECASE)
_PLACE_AFTER = regex.compile(
    r"\s(?:thăm\s|các\s|một\s)?(?:\p{Lu}|châu|vùng|khu\svực|nước|bán\sđảo|đảo|tỉnh|thủ\sđô|quốc\sgia)"
)
_LABEL_BEFORE = regex.compile(
    r"(?<!\p{L})(?:lớp|khối|khóa|iphone|ios|android|windows|tháng|quý|thứ|hạng|số|đợt|lần|(?<!trong\s)vòng|kỳ|top|bảng|khu|tổ|đội)\s$"
    r"|(?<![\p{L}\p{N}])(?-i:\p{Lu})(?:\p{L}{0,5}|\s)-$",  # G-20, G -20, Covid-19; not `Lào -20 năm nay`
    regex.IGNORECASE,
)


class Surroundings:
    """The words around places of one canonical text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def before(self, start: int) -> str:
        """The words before a place, as far as they are looked at."""
        return self.text[max(0, start - _BEFORE) : start]

    def after(self, end: int) -> str:
        """The words from a place on, as far as they are looked at."""
        return self.text[end : end + _AFTER]

    def counts(self, end: int) -> bool:
        """True where the figures before `end` count what follows: `2/3 số hộ`, `2000 người`."""
        return count(self.text, end)

    def counts_from_to(self, end: int, first: int, last: int) -> bool:
        """True where two figures that may be years count what follows: `1900-2000 hộ`."""
        return count_from_to(self.text, end, first, last)

    def is_rate(self, start: int, *, stated: bool = False) -> bool:
        """True after `mỗi`, `một`, `/`: `mỗi tháng 2 lần`; not in `khách hàng năm 2018` (`stated`)."""
        before = _YEARLY_BEFORE if stated else _PER_BEFORE
        return before.search(self.before(start)) is not None

    def is_month_before(self, start: int) -> bool:
        """True after `hồi`, `giữa`, `đến`, where nothing is counted: `giữa tháng 6 điều tàu`."""
        return _MONTH_BEFORE.search(self.before(start)) is not None

    def are_days_in_brackets(self, start: int, end: int) -> bool:
        """True in `hai ngày hội nghị (6 và 7/6)`, `gặp ở Huế (27 và 28-2)`."""
        in_a_row = _TWO_DAYS.fullmatch(self.text, start, end)
        if in_a_row and self.is_bracketed(start, end) and 12 < int(in_a_row[2]) == int(in_a_row[1]) + 1:
            return _SCORES_BEFORE.search(self.before(start)) is None
        return _DAYS_BEFORE_BRACKET.search(self.before(start)) is not None

    def is_document_number(self, start: int) -> bool:
        """True after `số`, `Nghị định`."""
        return _DOCUMENT_BEFORE.search(self.before(start)) is not None

    def is_named(self, start: int) -> bool:
        """True after what has figures for its name or result: `đường`, `tỷ số`."""
        return _NAMED_BEFORE.search(self.before(start)) is not None

    def is_day(self, start: int, end: int, *, slashed: bool) -> bool:
        """True where figures such as `7/12` (`slashed`) or `7-12` are a day of a month."""
        before = self.before(start)
        if self.is_part_of_day(start):
            return True
        if self.counts(end) or self.is_named(start) or self.is_document_number(start):
            return False
        if (
            _DAY_BEFORE.search(before)
            or _OCCASION_BEFORE.search(before)
            or _JUST_PAST_AFTER.match(self.after(end))
        ):
            return True
        if _SIGN_BEFORE.search(before) and _SIGN_AFTER.match(self.after(end)):
            return True
        if _LINE_BEFORE.search(before) and _WHERE_AFTER.match(self.text, end, end + _CLAUSE):
            return True
        if _DATELINE_BEFORE.search(before) and self.after(end).startswith(","):
            return True
        always_open = self.text[start:end] == "24/7"
        return slashed and not always_open and _SLASHED_DAY_BEFORE.search(before) is not None

    def is_part_of_day(self, start: int) -> bool:
        """True after `sáng`, `tối`."""
        return _DAY_PART_BEFORE.search(self.before(start)) is not None

    def is_month(self, start: int, end: int, *, slashed: bool) -> bool:
        """True where figures such as `7/2018` (`slashed`) or `7-2018` are a month, not a scale."""
        if not slashed:
            return self.is_month_before(start)
        if self.text[start:end] == "1/2000":  # the scale of a map
            return self.is_month_before(start)
        known = self.is_document_number(start) or self.is_named(start) or self.is_label(start)
        return not (self.counts(end) or known)

    def is_day_range(self, start: int, end: int) -> bool:
        """True where `23-25/5`, whose last part is no fraction of something, are days: `khoảng 23-25/5`."""
        after = self.after(end)
        if self.counts(end) or self.is_named(start) or _CONTINUED.match(after) or _TITLED_AFTER.match(after):
            return False
        before = self.before(start)
        return _ABOUT_BEFORE.search(before) is not None or _QUANTITY_BEFORE.search(before) is None

    def is_held(self, start: int) -> bool:
        """True after what has its days: `tổ chức 3-5/5`."""
        return _HELD_BEFORE.search(self.before(start)) is not None

    def is_name_of_day(self, start: int, end: int) -> bool:
        """True in `Nhà Văn hóa 3 Tháng 2`, `đường 3 Tháng 2`, not in `sáng 3 Tháng 2`."""
        before = self.before(start)
        if _PLACE_BEFORE.search(before):
            return True
        return "Tháng" in self.text[start:end] and _DAY_AS_NAME_BEFORE.search(before) is not None

    def is_bare_range(self, start: int, end: int) -> bool:
        """True where `2018-2023` alone is a range of years: no quantity, no part of longer figures."""
        if _CONTINUES.search(self.before(start)) or _CONTINUED.match(self.after(end)):
            return False
        return _QUANTITY_BEFORE.search(self.before(start)) is None

    def is_year(self, start: int, end: int) -> bool:
        """True where four figures without `năm` are a year: `Tết 2017`, `2023 là năm cuối`."""
        before, after = self.before(start), self.after(end)
        if self.counts(end) or _QUANTITY_BEFORE.search(before) or _AIRCRAFT_BEFORE.search(before):
            return False
        if _YEARLY_EVENT_BEFORE.search(before):
            return True
        if _TITLE_BEFORE.search(before) and _TITLED_AFTER.match(after):
            return True
        if _LISTED_BEFORE.search(before) and _LISTED_AFTER.match(after):
            return True
        if after.startswith(" (") and _SEASON_BEFORE.search(before):
            return True
        if _YEAR_AFTER.match(after):
            return _NAME_BEFORE.search(before) is not None or _SENTENCE_START.search(before) is not None
        return (
            after[:1].isspace()
            and _RECENT_BEFORE.search(self.text[max(0, start - _BEFORE) : end]) is not None
        )

    def is_after_revolution(self, start: int) -> bool:
        """True in `Cách mạng tháng Tám`, which is a name."""
        return _REVOLUTION_BEFORE.search(self.before(start)) is not None

    def is_validity(self, start: int) -> bool:
        """True after words of validity: `có hiệu lực`, `thời hạn`."""
        return _VALIDITY_BEFORE.search(self.before(start)) is not None

    def is_bracketed(self, start: int, end: int) -> bool:
        """True where brackets hold only this: `(2015, 2016)`."""
        return self.text[start - 1 : start] == "(" and self.text[end : end + 1] == ")"

    def closes(self, end: int) -> bool:
        """True where a clause ends: `tháng 4 và 5, …`."""
        return _CLOSES.match(self.text, end) is not None

    def is_journey(self, start: int, end: int) -> bool:
        """True in `chuyến thăm 4 ngày tới Lào`, where `tới` is "to"."""
        return _JOURNEY_BEFORE.search(self.before(start)) is not None and bool(
            _PLACE_AFTER.match(self.text, end)
        )

    def is_label(self, start: int) -> bool:
        """True where a number is a name: `lớp 5 năm nay`."""
        return _LABEL_BEFORE.search(self.before(start)) is not None

    def recurs(self, start: int, end: int) -> bool:
        """True where a date comes again and again: `mỗi chủ nhật`, `mỗi năm một lần vào dịp 20/11`."""
        if _EVERY_AFTER.match(self.text[end : end + 2 * _AFTER]):
            return True
        return _EVERY_BEFORE.search(self.text[max(0, start - 2 * _BEFORE) : start]) is not None

    def lists_weekdays(self, start: int, end: int) -> bool:
        """True where another day of the week stands beside it: `tối thứ ba, thứ năm`, `thứ 7 và chủ nhật`."""
        if _WEEKDAYS_BEFORE.search(self.before(start)):
            return True
        return _MORE_WEEKDAYS.match(self.after(end)) is not None

    def is_edge(self, start: int, end: int) -> bool:
        """True where `đầu năm` is a point in this year: after `từ`, `hồi`, or as `Đầu năm, …`."""
        before = self.before(start)
        if _EDGE_BEFORE.search(before) is not None:
            return True
        return self.after(end).startswith(",") and _SENTENCE_START.search(before) is not None
