"""The words by which instruments, groups of parties, plans and related-news lists are known.

Everything here matches text in canonical spelling (`kyket.orthography`); lists are read as alternatives,
longest first where one begins another.
"""

from __future__ import annotations

import regex


def _words(*phrases: str) -> regex.Pattern[str]:
    """Whole words, any case."""
    body = "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{body})(?![\p{{L}}\p{{N}}])", regex.IGNORECASE)


# Kinds of instrument, by the first of these that the mention holds.
INSTRUMENTS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("contract", _words("hợp đồng", "PPA")),
    ("other", _words("thư thỏa thuận", "thư ngỏ", "cam kết", "quy ước", "công hàm")),
    ("memorandum", _words("ghi nhớ", "MoU", "memorandum")),
    ("other", _words("thỏa ước", "TƯLĐTT", "nghị định thư", "ý định thư", "tuyên bố", "quy chế")),
    ("treaty", _words("hiệp ước", "hiệp định", "công ước", r"[A-Z]{0,3}FTA", "RCEP", "CPTPP", "hiệp định thư")),
    ("other", _words("biên bản thảo luận", "biên bản bàn giao", "biên bản phiên họp", "biên bản cuộc họp")),
    ("agreement", _words("thỏa thuận", "thảo thuận", "biên bản hợp tác", "hợp tác")),
    ("programme", _words("chương trình", "kế hoạch", "lộ trình", "đề án")),
)
AGREEMENT_NOUN = _words("thỏa thuận", "biên bản hợp tác", "văn bản hợp tác", "biên bản kết nghĩa")
PROGRAMME_NOUN = _words("chương trình", "kế hoạch", "lộ trình")
PROTOCOL = _words("nghị định thư")
# Words that stand for any instrument named before.
ANY_INSTRUMENT = regex.compile(
    r"(?:tờ |các )?(?:văn bản|văn kiện|biên bản|bản|giấy tờ|phụ lục)(?:\s+(?:hợp tác|chung|này|mới))?", regex.IGNORECASE
)
# Kinds that never are one record of an article on co-operation.
NO_RECORD = _words("hợp đồng lao động", "hợp đồng làm việc", "thỏa ước lao động tập thể", "TƯLĐTT", "TƯ LĐTT")
PLURAL = regex.compile(
    r"(?:(?<![\p{L}\p{N}])(?:các|những|nhiều|mọi|một số|hàng loạt|loạt|hàng chục|hàng trăm|hơn|vài|mấy|từng|mỗi|bất cứ)"
    r"|\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:bản\s+|cái\s+)?$",
    regex.IGNORECASE,
)
UNCOUNTED = regex.compile(r"(?:các|những|nhiều|mọi|mỗi|từng|bất cứ|hàng chục|hàng trăm)\s+(?:bản\s+)?$", regex.IGNORECASE)

# New and old of two instruments of one kind.
NEW = regex.compile(r"^\s*(?:mới|kế tiếp|tiếp theo|thứ hai|thứ ba|tương tự|khác)(?!\p{L})", regex.IGNORECASE)
OLD = regex.compile(
    r"^\s*(?:cũ|trước đó|trước đây|trước|đầu tiên|thứ nhất|sắp hết|vừa hết|đã hết|hết hạn|hết hiệu lực|vốn hết|nay đã hết|đã ký)"
    r"(?!\p{L})",
    regex.IGNORECASE,
)
ANAPHOR = regex.compile(r"^\s*(?:này|ấy|đó|nói trên|trên|vừa ký|hôm nay|kể trên)(?!\p{L})", regex.IGNORECASE)
RENEWAL = _words("gia hạn", "tái ký", "tái ký kết", "ký lại", "ký tiếp", "thay cho", "thay thế", "nối tiếp", "kế tục")

# Not yet: words before the signing, words before the instrument, and words after either.
PLAN = _words(
    "đề nghị", "đề xuất", "kiến nghị", "gợi ý", "mong", "mong muốn", "muốn", "dự kiến", "dự định", "dự tính",
    "tiến tới", "hướng tới", "chuẩn bị", "chờ", "đợi", "sắp", "sắp tới", "sẽ", "có thể", "chưa", "chưa thể", "hẹn",
    "cân nhắc", "xem xét", "nghiên cứu", "nếu", "để", r"bàn(?!\s+giao)", "lùi", "hoãn", "tạm gác", "gác",
    "xin", "nguyện vọng", "tin tưởng", "kỳ vọng", "hy vọng", "đang", "sớm", "thống nhất sẽ", "đồng ý sẽ", "tới đây", "khả năng",
    "xúc tiến", "đàm phán", "thương thảo", "ý tưởng", "đặt vấn đề", "cam kết sẽ", "không", "đừng",
)  # fmt: skip
# Of these, those that a past date of signing overrules.
SOFT_PLAN = _words("để", "muốn", "bàn", "nếu", "có thể", "đang", "sớm", "mong", "nghiên cứu", "chuẩn bị", "chờ", "không")
DRAFT = _words(
    "soạn", "soạn thảo", "đang soạn", "dự thảo", "bản thảo", "thống nhất nội dung", "xây dựng", "hoàn thiện", "thương thảo", "đàm phán", "chuẩn bị",
    "đề xuất", "đề nghị", "tính đến", "tính chuyện", "xúc tiến", "thảo luận", "sớm có", r"bàn(?!\s+giao)", "mong muốn có", "hướng tới", "tiến tới", "tới đây sẽ là", "làm một",
)  # fmt: skip
UNSIGNED = _words(
    "đang được soạn", "đang soạn", "soạn thảo", "soạn xong", "chờ", "chưa", "dự kiến", "sẽ được", "đang chờ", "vướng",
    "dự thảo", "đang đàm phán", "đang được đàm phán", "đang hoàn thiện", "đợi", "đang lấy ý kiến", "đang được hoàn thiện", "chưa xong", "sẽ ký", "có thể",
)  # fmt: skip
# Asking somebody else to sign: who asks is a party too.
ASK = _words("đề nghị", "đề xuất", "kiến nghị", "mời", "mong", "mong muốn", "muốn", "gợi ý", "vận động", "thuyết phục")
DONE = _words("đã", "vừa", "từng", "mới", "chính thức", "được", "lễ", "sau khi", "sau lễ", "tại lễ", "theo", "hôm qua")
WITNESSED = _words("chứng kiến", "tham dự", r"dự(?!\s+(?:kiến|định|tính|án|thảo|báo))")
PRESS = ("báo", "tạp chí", "đài", "thông tấn xã", "ttxvn", "cổng thông tin", "trang tin", "tuần báo", "nhật báo", "vtv", "vov", "vietnam+")
IN_FORCE = _words("thực hiện", "triển khai", "theo", "trong khuôn khổ", "hết hạn", "hiệu lực", "hết hiệu lực", "cụ thể hóa")

# Length, validity and deadline of an instrument.
VALIDITY = _words(
    "thời hạn", "hiệu lực", "có hiệu lực", "giá trị", "có giá trị", "kéo dài", "kỳ hạn", "hạn", "áp dụng", "cho", "trong", "trong vòng",
    "thời gian", "khung thời gian", "thực hiện", "triển khai", "giai đoạn", "chu kỳ", "gia hạn", "thêm", "đúng", "nữa", "trọn",
)  # fmt: skip
UNTIL = regex.compile(r"(?:đến|tới)(?:\s+(?:hết|cuối|giữa|đầu|tận|ngày|tháng|năm))*\s*$", regex.IGNORECASE)

# Two or more parties named by their kind. The noun decides which entities fit.
GROUP = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<count>hai|2|ba|3|bốn|4|các|cả\s+hai|02|03|đôi)\s+"
    r"(?P<noun>bên|phía|tổ\s+chức|đơn\s+vị|cơ\s+quan|nước|quốc\s+gia|Chính\s+phủ|Nhà\s+nước|tỉnh(?:,?\s+thành(?:\s+phố)?)?|"
    r"thành\s+phố|thủ\s+đô|địa\s+phương|huyện|xã|trường|nhà\s+trường|viện|học\s+viện|hội|hiệp\s+hội|liên\s+đoàn|công\s+đoàn|Công\s+đoàn|"
    r"bộ|ngành|ban|đảng|Đảng|sở|công\s+ty|doanh\s+nghiệp|hãng|tập\s+đoàn|ngân\s+hàng|bệnh\s+viện|tòa\s+soạn|báo|đài|đoàn|"
    r"quân\s+đội|thư\s+viện|bảo\s+tàng|cảng|đồn|lực\s+lượng|mặt\s+trận)(?![\p{L}\p{N}])",
    regex.IGNORECASE,
)
ANYONE = {"bên", "phía", "tổ chức", "đơn vị", "cơ quan", "ngành", "đoàn", "lực lượng"}
# First words of the names that a group noun may stand for.
FITTING: dict[str, tuple[str, ...]] = {
    "tỉnh": ("ủy ban nhân dân", "chính quyền", "hội đồng nhân dân", "chính phủ nhân dân", "tỉnh"),
    "thành phố": ("ủy ban nhân dân", "chính quyền", "chính phủ nhân dân", "thành phố"),
    "thủ đô": ("ủy ban nhân dân", "chính quyền", "thủ đô"),
    "địa phương": ("ủy ban nhân dân", "chính quyền", "chính phủ nhân dân"),
    "huyện": ("ủy ban nhân dân", "chính quyền"),
    "xã": ("ủy ban nhân dân", "chính quyền"),
    "trường": ("trường", "đại học", "học viện", "cao đẳng", "viện", "nhạc viện", "university"),
    "nhà trường": ("trường", "đại học", "học viện", "cao đẳng", "viện"),
    "học viện": ("học viện", "trường", "đại học"),
    "viện": ("viện", "học viện", "bệnh viện", "trung tâm"),
    "hội": ("hội", "hiệp hội", "liên hiệp", "liên minh"),
    "hiệp hội": ("hiệp hội", "hội", "liên hiệp"),
    "liên đoàn": ("liên đoàn", "tổng liên đoàn", "liên hiệp"),
    "công đoàn": ("công đoàn", "liên đoàn lao động", "tổng liên đoàn", "liên hiệp công đoàn", "trung ương liên hiệp"),
    "bộ": ("bộ",),
    "ban": ("ban",),
    "đảng": ("đảng",),
    "sở": ("sở",),
    "công ty": ("công ty", "tổng công ty", "tập đoàn", "liên danh"),
    "tập đoàn": ("tập đoàn", "tổng công ty", "công ty"),
    "hãng": ("hãng",),
    "ngân hàng": ("ngân hàng",),
    "bệnh viện": ("bệnh viện",),
    "báo": ("báo", "nhật báo", "tạp chí", "đài", "thông tấn xã"),
    "tòa soạn": ("báo", "nhật báo", "tạp chí"),
    "đài": ("đài",),
    "thư viện": ("thư viện",),
    "bảo tàng": ("bảo tàng",),
    "cảng": ("cảng", "công ty"),
    "mặt trận": ("ủy ban mặt trận", "mặt trận"),
    "chính phủ": ("chính phủ",),
}  # fmt: skip
COUNTS = {"hai": 2, "2": 2, "02": 2, "cả hai": 2, "đôi": 2, "ba": 3, "3": 3, "03": 3, "bốn": 4, "4": 4}
# A head that is written once for the bodies of a group: `Bộ Quốc phòng hai nước`.
SHARED_HEAD = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<head>Bộ\s+(?:\p{Lu}\p{L}*)(?:(?:\s*[,-]\s*|\s+)\p{L}+){0,6}?|[Cc]hính\s+phủ|[Cc]hính\s+quyền|[Cc]ông\s+đoàn|"
    r"[Qq]uốc\s+hội|[Ll]iên\s+đoàn\s+[Ll]ao\s+động|[Hh]ội\s+\p{L}+(?:\s+\p{L}+)?|[Tt]òa\s+án|[Vv]iện\s+[Kk]iểm\s+sát|Đảng)"
    r"\s+(?:của\s+)?(?:$|(?=(?:hai|2|ba|3)\s))"
)

# Before a place that is where something happens, not who does it.
PLACE_BEFORE = regex.compile(
    r"(?:tại|ở|từ|đến|tới|vào|sang|về|thăm|qua|rời|trên|quê|người|tiếng|gốc|huyện|xã|phường|thị xã|thị trấn|khách sạn|trụ sở|thuộc|nằm|trong|quanh|"
    r"bản|thôn|quận|cửa khẩu|sân bay|biển|sông|hướng|ngoài|dọc|bang|đất|miền|vùng|hàng|doanh nghiệp|sinh viên|khách|"
    r"cán bộ|lao động|của|cho|dân)(?:\s+(?:tỉnh|thành phố|TP\.?|thủ đô|nước|nước bạn|thị trường|phía|đất))*\s*$",
    regex.IGNORECASE,
)
VENUE_BEFORE = regex.compile(
    r"(?:tại|ở|trụ sở|hội trường|khuôn viên|thăm|thuộc|trực thuộc|đến|tới|vào|theo học|của sinh viên|dưới sự chủ trì của|báo cáo với)\s*$",
    regex.IGNORECASE,
)
JOIN = regex.compile(
    r"^\s*(?P<join>,\s*(?:và|cùng|với)(?:\s+với)?|,|;|và|với|cùng(?:\s+với)?|phối\s+hợp(?:\s+cùng)?\s+với|phối\s+hợp\s+cùng|-|–|—|/|&|\+|·|↔)\s*(?P<rest>.*)$",
    regex.IGNORECASE | regex.DOTALL,
)
# What may stand between a conjunction and the name it joins.
QUALIFIER = regex.compile(
    r"^(?:(?:đại\s+diện|lãnh\s+đạo|phía|các|tỉnh|thành\s+phố|TP\.?|thủ\s+đô|nước|ông|bà|anh|chị|đồng\s+chí|đối\s+tác|nhà\s+thầu|quỹ|hãng|tập\s+đoàn|"
    r"công\s+ty(?:\s+\p{Ll}+){0,4}|ngân\s+hàng|hai|ba|bốn|giữa|quận|huyện|xã|châu|bang|đoàn(?:\s+đại\s+biểu)?|trường|bạn|chính\s+quyền|nhà\s+đầu\s+tư|bên|"
    r"(?:Phó\s+|Quyền\s+)?(?:Tổng\s+)?(?:Chủ\s+tịch|Giám\s+đốc|Bí\s+thư|Hiệu\s+trưởng|Viện\s+trưởng|Trưởng|Cục\s+trưởng|Vụ\s+trưởng|Bộ\s+trưởng|Thứ\s+trưởng|Tỉnh\s+trưởng|Thị\s+trưởng|Thư\s+ký)"
    r"(?:\s+thường\s+trực)?|chi\s+nhánh|tổ\s+chức|với|và)\s*)*$",
    regex.IGNORECASE,
)
TOGETHER = _words("giữa")
WITH = regex.compile(r"(?<![\p{L}\p{N}])(?:với|cùng)(?![\p{L}\p{N}])", regex.IGNORECASE)

# One party, named by its side or kind.
OUR_SIDE = _words("nhà trường", "trường", "tỉnh", "thành phố", "công ty", "tập đoàn", "hội", "đơn vị", "hãng", "bệnh viện", "chúng tôi", "ngành")

STATES = {
    "việt": "Việt Nam", "việt nam": "Việt Nam", "vn": "Việt Nam", "lào": "Lào", "trung": "Trung Quốc",
    "trung quốc": "Trung Quốc", "tq": "Trung Quốc", "hàn": "Hàn Quốc", "hàn quốc": "Hàn Quốc", "nhật": "Nhật Bản",
    "nhật bản": "Nhật Bản", "campuchia": "Campuchia", "nga": "Nga", "liên bang nga": "Nga", "mỹ": "Hoa Kỳ",
    "hoa kỳ": "Hoa Kỳ", "pháp": "Pháp", "đức": "Đức", "anh": "Anh", "ấn độ": "Ấn Độ", "úc": "Úc", "australia": "Úc",
    "thái lan": "Thái Lan", "cuba": "Cuba", "singapore": "Singapore", "malaysia": "Malaysia", "indonesia": "Indonesia",
    "philippines": "Philippines", "myanmar": "Myanmar", "mông cổ": "Mông Cổ", "séc": "Séc", "czech": "Séc", "ba lan": "Ba Lan",
    "hungary": "Hungary", "bulgaria": "Bulgaria", "slovakia": "Slovakia", "romania": "Romania", "ukraine": "Ukraine",
    "belarus": "Belarus", "kazakhstan": "Kazakhstan", "hà lan": "Hà Lan", "bỉ": "Bỉ", "ý": "Italia", "italia": "Italia",
    "tây ban nha": "Tây Ban Nha", "thụy sĩ": "Thụy Sĩ", "thụy điển": "Thụy Điển", "na uy": "Na Uy", "phần lan": "Phần Lan",
    "đan mạch": "Đan Mạch", "áo": "Áo", "canada": "Canada", "brazil": "Brazil", "argentina": "Argentina", "new zealand": "New Zealand",
    "israel": "Israel", "iran": "Iran", "mozambique": "Mozambique", "angola": "Angola", "nam phi": "Nam Phi", "ai cập": "Ai Cập",
    "chdcnd lào": "Lào", "chxhcn việt nam": "Việt Nam", "triều tiên": "Triều Tiên", "đông timor": "Đông Timor", "brunei": "Brunei",
    "algeria": "Algeria", "venezuela": "Venezuela", "thổ nhĩ kỳ": "Thổ Nhĩ Kỳ", "uzbekistan": "Uzbekistan", "vương quốc campuchia": "Campuchia",
    "cộng hòa séc": "Séc", "cộng hòa czech": "Séc", "liên minh châu âu": "Liên minh châu Âu", "eu": "Liên minh châu Âu", "chile": "Chile",
}  # fmt: skip

# Lines that open a list of other articles.
RELATED = regex.compile(
    r"^\W*(?:(?:các\s+)?(?:tin|bài)(?:\s+(?:tức|bài|viết))?\s+(?:liên\s+quan|cùng\s+chuyên\s+mục|khác|mới\s+nhất|đọc\s+nhiều|cùng\s+loại|nổi\s+bật|nên\s+đọc)|"
    r"tin\s+cùng\s+mục|cùng\s+chuyên\s+mục|xem\s+thêm|đọc\s+thêm|đọc\s+tiếp|đọc\s+nhiều(?:\s+nhất)?|có\s+thể\s+bạn\s+quan\s+tâm|mời\s+bạn\s+đọc|"
    r"đừng\s+bỏ\s+lỡ|liên\s+quan|tin\s+nổi\s+bật|bài\s+đọc\s+nhiều|related(?:\s+(?:news|articles|posts))?|read\s+more)(?!\p{L})",
    regex.IGNORECASE,
)
