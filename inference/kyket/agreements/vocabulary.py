"""The words by which instruments, groups of parties, plans and related-news lists are known in a sentence.

Everything here matches text in canonical spelling (`kyket.orthography`).
"""

from __future__ import annotations

import re

import regex


def _any(phrases: str) -> str:
    """The alternatives of a list whose phrases are separated by commas, longest first."""
    alternatives = sorted(
        (r"\s+".join(phrase.split()) for phrase in phrases.split(",")), key=len, reverse=True
    )
    return "(?:" + "|".join(alternatives) + ")"


def _words(phrases: str) -> regex.Pattern[str]:
    """Any of the phrases as whole words, in any case."""
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_any(phrases)}(?![\p{{L}}\p{{N}}])", regex.IGNORECASE)


def _before(phrases: str, then: str = "") -> regex.Pattern[str]:
    """Any of the phrases where the text ends with it, perhaps followed by some of `then`.

    It is read backwards, so that `match` begins at the end of the text, and looks nowhere else.
    """
    tail = rf"(?:\s+{_any(then)})*" if then else ""
    return regex.compile(rf"(?<!\p{{L}}){_any(phrases)}{tail}\s*", regex.IGNORECASE | regex.REVERSE)


def _after(phrases: str) -> regex.Pattern[str]:
    """Any of the phrases where the text begins with it."""
    return regex.compile(rf"^\s*{_any(phrases)}(?!\p{{L}})", regex.IGNORECASE)


_ON_TRADE = "(?:[A-Z][A-Z]?[A-Z]?)?FTA, EVIPA, VJEPA, RCEP, (?:CP)?TPP"
# Kinds of instrument, by the first of these that the mention holds.
INSTRUMENTS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("contract", _words("hợp đồng, PPA")),
    ("other", _words("thư ngỏ, cam kết, quy ước, giao ước, công hàm, lộ trình, bày tỏ ý định")),
    ("memorandum", _words("ghi nhớ, MoU, memorandum")),
    ("agreement", _words("thỏa ước, TƯLĐTT, TƯ LĐTT, thư thỏa thuận")),
    ("other", _words("ý định thư, tuyên bố, quy chế")),
    (
        "treaty",
        _words(f"hiệp ước, hiệp định, nghị định thư, công ước, {_ON_TRADE}"),
    ),
    (
        "other",
        _words("biên bản thảo luận, biên bản bàn giao, biên bản phiên họp, biên bản cuộc họp"),
    ),
    ("agreement", _words(r"thỏa thuận(?!\s+ghi\s+nhớ), thảo thuận, biên bản hợp tác, hợp tác")),
    ("programme", _words("chương trình, kế hoạch, đề án")),
)
# Treaties whose abbreviation, the last word of their name, tells their parties.
BY_NAME = {
    "EVFTA": ("Việt Nam", "Liên minh châu Âu"),
    "EVIPA": ("Việt Nam", "Liên minh châu Âu"),
    "UKVFTA": ("Việt Nam", "Anh"),
    "VKFTA": ("Việt Nam", "Hàn Quốc"),
    "VJEPA": ("Việt Nam", "Nhật Bản"),
}
# The same of codes that bind others too, where the sentence names all of them.
BY_ALL = dict.fromkeys(("DOC", "COC"), ("Hiệp hội các quốc gia Đông Nam Á", "Trung Quốc"))
AGREEMENT_NOUN = _words(r"thỏa thuận(?!\s+ghi\s+nhớ), biên bản hợp tác, biên bản kết nghĩa")
PROGRAMME_NOUN = _words("chương trình, kế hoạch")
OF_STATES = _words(rf"hiệp định(?!\s+thư(?!\p{{L}})), hiệp ước, {_ON_TRADE}")
BETWEEN_GOVERNMENTS = _words("liên chính phủ, cấp chính phủ")
# Words that stand for any instrument named before.
ANY_INSTRUMENT = regex.compile(
    r"(?:tờ |các )?(?:văn bản|văn kiện|biên bản|bản|giấy tờ)(?:\s+(?:hợp tác|chung|này|mới))?",
    regex.IGNORECASE,
)
PAPER = regex.compile(r"\s*(?:bản |các )?(?:văn bản|văn kiện)", regex.IGNORECASE)
# Of many states, which an article has no need to name: their parties are told or unknown.
MULTILATERAL = regex.compile(
    r"(?i:công\s+ước|tuyên\s+bố\s+(?:về\s+)?(?:cách\s+)?ứng\s+xử|bộ\s+quy\s+tắc\s+ứng\s+xử"
    r"|hiệp\s+(?:định|ước)\s+đối\s+tác\s+(?:toàn\s+diện\s+và\s+tiến\s+bộ|(?:\p{Ll}+\s+){0,6}xuyên\s+Thái\s+Bình\s+Dương"
    r"|kinh\s+tế\s+toàn\s+diện\s+khu\s+vực)"
    r"|(?:thỏa\s+thuận|hiệp\s+định)\s+(?:Paris|(?:CP)?TPP|(?:(?:về|chống|biến\s+đổi)\s+){0,3}khí\s+hậu)"
    r"|hiệp\s+ước\s+(?:không|cấm)\s+(?:phổ\s+biến|thử)|hiến\s+chương\s+(?:Liên\s+(?:hợp|hiệp)\s+quốc|LHQ))(?!\p{L})"
    r"|(?:UNCLOS|DOC|COC|TPP|CPTPP|TPP-11|RCEP|JCPOA)$"
)
# Records only where the union of one enterprise or field is named beside them.
COLLECTIVE = _words("thỏa ước lao động tập thể, TƯLĐTT, TƯ LĐTT")
COLLECTIVE_NOUN = _words("thỏa ước, TƯLĐTT, TƯ LĐTT")
UNION = _after("công đoàn, CĐCS, nghiệp đoàn")
_MANY = "các, những, nhiều, mọi, mỗi, từng, bất cứ, hàng chục, hàng trăm"
UNCOUNTED_PAPERS = _before(_MANY, "bản, cái")
PLURAL = _before(
    _MANY
    + r", một số, hàng loạt, loạt, vài, mấy, \d+, hai, ba, bốn, (?<!\p{N}\s)năm, sáu, bảy, tám, chín, mười",
    "bản, cái",
)
# New and old of two instruments of one kind.
NEW = _after("mới, kế tiếp, tiếp theo, thứ hai, thứ ba, tương tự, khác")
OTHER = _after("khác, tương tự")
FIRST = _after(r"đầu tiên, đầu(?!\s+tư), thứ nhất")
OLD = _after(
    r"""
    cũ, trước đó, trước đây, trước, đầu tiên(?!\s+(?:của|tại|trên|ở)(?!\p{L})),
    đầu(?!\s+(?:tư|tiên)(?!\p{L})), thứ nhất,
    sắp hết, vừa hết, đã hết, nay đã hết, hết hạn,
    hết hiệu lực, vốn hết, đã ký
    """
)
_INSTEAD = "thay cho, thay thế, nối tiếp, kế tục"
REPLACED = _before(f"{_INSTEAD}, thay thế cho")
_THIS = "này, ấy, đó, nói trên, trên, kể trên"
ANAPHOR = _after(rf"(?:(?:đã|vừa|được)\s+)*(?:ký(?:\s+kết)?\s+)?{_any(_THIS)}, vừa ký, hôm nay")
_RENEW = "gia hạn, tái ký, tái ký kết"
RENEWED = _words(_RENEW)
RENEWAL = _words(f"{_RENEW}, ký lại, ký tiếp, {_INSTEAD}")

# To say, of a person; and of whoever gives news.
SAY = r"cho\s+biết|cho\s+hay|khẳng\s+định|nhấn\s+mạnh|chia\s+sẻ"
TELL = rf"{SAY}|đưa\s+tin|(?<!(?:tiếng|giọng)\s)nói(?!\s+(?:trên|chung|riêng|lời))|tiết\s+lộ|xác\s+nhận"
TELL += r"|thông\s+báo|nhận\s+định"
# To discuss: not `trên bàn`, `địa bàn`, `bàn giao`.
DISCUSS = r"(?<!(?:trên|lên|vào|địa)\s)bàn(?!\s+giao)"
# Not yet: words before the signing, words before the instrument, and words after either.
PLAN = _words(
    rf"""
    (?<!theo\s)(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị), gợi ý, mong, mong muốn, muốn, dự kiến, dự định, dự tính,
    tiến tới, hướng tới, chuẩn bị, chờ, đợi, sắp, sắp tới, sẽ, có thể, chưa(?!\s+đầy(?!\p{{L}})), chưa thể,
    hẹn, chủ trương(?=\s+(?:(?:về việc|việc|sẽ)\s+)?$), (?:cân nhắc|xem xét)(?!\s+lại(?!\p{{L}})),
    nghiên cứu(?!\s+(?:khả\s+thi|khoa\s+học)), nếu, để, {DISCUSS},
    lùi, hoãn(?!(?<=sau\s+\w+\s+lần\s+(?:trì\s+)?hoãn)\x2C), tạm gác, gác, xin, nguyện vọng,
    thống nhất,
    tin tưởng, kỳ vọng, kì vọng, hy vọng, hi vọng, đang, sớm, thống nhất sẽ, đồng ý sẽ, tới đây, khả năng,
    xúc tiến,
    đàm phán, thương thảo, ý tưởng, đặt vấn đề, cam kết sẽ, đừng,
    (?<!(?:hàng|phòng|trên)\s)không(?!\s+(?:chỉ|những|ngần\s+ngại|do\s+dự|lâu|phải|dừng|quân|gian|phận)(?!\p{{L}})),
    ngỏ ý, tính chuyện, vận động, (?:chốt|ấn\s+định)\s+(?:ngày|giờ|lịch|thời\s+(?:điểm|gian))(?!\s+và\s),
    lên\s+lịch,
    thúc đẩy(?=\s+(?:(?:việc|tiến\s+trình|quá\s+trình)\s+)?(?:sớm\s+)?(?:$|đàm\s+phán(?!\p{{L}})))
    """
)
# Of these, those that a past date of signing overrules.
SOFT_PLAN = _words(
    "để, muốn, bàn, nếu, có thể, đang, sớm, mong, nghiên cứu, chuẩn bị, chờ, không, thống nhất"
)
DRAFT = _words(
    rf"""
    soạn, soạn thảo, đang soạn, dự thảo, bản thảo, thống nhất nội dung, thống nhất khung,
    xây dựng, hoàn thiện,
    thương thảo, đàm phán(?!\s+lại), chuẩn bị, đề xuất, đề nghị, tính đến, tính chuyện, xúc tiến, thảo luận,
    sớm có, {DISCUSS},
    mong muốn có, mong có, muốn có, muốn lập, vận động một, hướng tới, tiến tới,
    mong muốn một, mong một, muốn một,
    (?<!(?:phòng|nhà|mong|chờ|danh\s+sách)\s)(?:chờ|đợi)(?!\s+đợi)(?!.*\p{{Po}}),
    tới đây sẽ là, làm một, (?:theo\s+đuổi|tìm\s+kiếm)(?=\s+(?:một\s*)?$),
    (?:sẽ|sớm|có\s+thể|khả\s+năng|h[yi]\s+vọng|muốn|mong|chưa|để|nếu)
    đạt(?:\s+(?:được|tới))?(?=\s+(?:(?:một|các|bản)\s+)*$),
    sớm (?:hoàn\s+thành|đi\s+đến|kết\s+thúc\s+đàm\s+phán)
    """
)
_UNSIGNED = _words(
    r"""
    đang (?:được )?(?:soạn|đàm phán|hoàn thiện), soạn (?:thảo|xong), (?<!cũng\s+)dự kiến, chờ, đợi, dự thảo,
    sẽ ký, vướng, cũng dự kiến(?: sẽ)? được, đang lấy ý kiến, lùi (?:sang|lại), hoãn lại, bị hoãn
    """
)
# What `sẽ được thực hiện` or `chưa hiệu quả` is signed, what `sẽ được … ký` or `chưa xong` is not.
UNSIGNED = regex.compile(
    rf"{_UNSIGNED.pattern}|(?<!\p{{L}})chưa(?=(?:\s+(?!tái\s)\p{{L}}+){{0,2}}\s+(?:ký|xong|hoàn\s+tất|hoàn\s+thiện|chốt|thông\s+qua|ngã\s+ngũ)"
    rf"(?!\p{{L}})|\s*(?:[,.;)]|$))|(?<!\p{{L}})(?:sẽ\s+được(?=(?:\s+\p{{L}}+){{0,7}}\s+(?:ký|thông\s+qua|hoàn\s+thiện|hoàn\s+tất|soạn\s+thảo)"
    rf"(?!\p{{L}})|\s+(?:trình|đàm\s+phán)(?!\p{{L}}))|có\s+thể(?=(?:\s+\p{{L}}+){{0,7}}\s+ký(?!\p{{L}})))",
    regex.IGNORECASE,
)
# What an instrument says is no word of its own fate.
CONTENT = _words("nêu, nêu rõ, ghi rõ, theo đó")
# Asking somebody else to sign: who asks is a party too.
ASK = _words("đề nghị, đề xuất, kiến nghị, mời, mong, mong muốn, muốn, gợi ý, vận động, thuyết phục")
# Before B in `A bàn với B về một thỏa thuận` and in `A đón đoàn B sang tổng kết thỏa thuận`.
TALKING = _before("với, cùng, cùng với", "lãnh đạo, đại diện, phía")
RECEIVING = _before(
    "đón, tiếp, gặp, mời, đón tiếp, tiếp đón",
    "và làm việc với, đoàn, đại biểu, công tác, cán bộ, lãnh đạo, đại diện, của",
)
# What stands behind B there, up to the instrument.
ABOUT = regex.compile(
    r"(?:[\s,]++|"
    + _any(
        """
        sang, đến, tới, về, để, bàn, soạn, chuẩn bị, xây dựng, làm, lập, thảo luận, nội dung, một, bản,
        dự thảo, khả năng, việc, ký, cho, trong, tiếp tục, xúc tiến, thống nhất, và, hướng tới, năm,
        tổng kết, sơ kết, đánh giá, kiểm điểm, rà soát, kết quả, thực hiện, triển khai, hai, ba, bốn, \\d+
        """
    )
    + r"(?!\p{L}))*+",
    regex.IGNORECASE,
)
# Between the parties and an instrument of theirs that no signing names: `A và B có thỏa thuận`.
HOLDING = _words(
    r"""
    có, soạn, dự thảo, thảo luận, bàn(?!\s+giao), xúc tiến, chuẩn bị, triển khai, thực hiện, ra, công bố,
    duy trì, áp dụng, xây dựng, thông qua, trao, thống nhất, nhất trí, hoàn thiện, đàm phán, đề nghị, đề xuất,
    gợi ý, vận động, muốn, mong, đạt, đạt được, hướng tới, tiến tới, chờ, chốt, thương thảo, soạn thảo, lập,
    nộp
    """
)
DONE = _words(r"đã, vừa, từng, mới, chính thức, (?<!đạt\s)được, lễ, sau khi, sau lễ, tại lễ, theo, hôm qua")
WITNESSED = _words(r"chứng kiến, tham dự, (?<!không\s)dự(?!\s+(?:kiến|định|tính|án|thảo|báo))")
IN_FORCE = _words(
    "có giá trị, thực hiện, triển khai, theo, trong khuôn khổ, hết hạn, hiệu lực, hết hiệu lực, cụ thể hóa"
)

# Length, validity and deadline of an instrument: what says it of nothing but a paper, and all words.
_TERM = "thời hạn, hiệu lực, giá trị, kéo dài, kỳ hạn"
TERM = _words(_TERM)
VALIDITY = _words(
    f"""
    {_TERM}, hạn, áp dụng, cho, trong, thời gian, thực hiện, triển khai, giai đoạn, chu kỳ, thêm, đúng,
    nữa, trọn
    """
)
UNTIL = _before("đến, tới", "hết, cuối, giữa, đầu, tận, ngày, tháng, năm")

# Two or more parties named by their kind. The noun decides which entities fit.
_NOUNS = r"""
    bên, phía, tổ chức, đơn vị, cơ quan, nước, quốc gia, chính phủ, nhà nước,
    tỉnh(?!\s+ủy)(?:\s+thành(?:\s+phố)?)?, thành phố, thủ đô, địa phương, huyện(?!\s+ủy), quận, xã,
    trường, nhà trường, viện, học viện, hội, hiệp hội, liên đoàn, công đoàn, bộ, ngành, ban, đảng, sở,
    công ty, doanh nghiệp, hãng,
    tập đoàn, ngân hàng, bệnh viện, tòa soạn, báo, đài, đoàn, quân đội, thư viện, bảo tàng, cảng, đồn,
    lực lượng, mặt trận, cục, tổng cục, ủy ban, quỹ, hợp tác xã, trung tâm, nhà hát, văn phòng, tòa án,
    bộ trưởng, thứ trưởng, chủ tịch, phó chủ tịch, giám đốc, tổng giám đốc, hiệu trưởng, viện trưởng,
    chánh án, bí thư, nhà lãnh đạo, đồng chí, vị, tổng thư ký, cục trưởng, tổng cục trưởng, đại diện,
    chỉ huy trưởng, trưởng đoàn, tỉnh ủy, thành ủy, huyện ủy, quốc hội
"""
_FIELDS = _any("quốc phòng, ngoại giao, công an, y tế, giáo dục, tư pháp, tài chính, nông nghiệp, văn hóa")
# Not what is numbered (`tháng 5`, `Điều 5`), nor a year (`cuối năm`, `sau 10 năm`).
_NUMBERED = _any(r"thứ, tháng, ngày, mùng, quý, (?-i:Điều), khoản, (?<!(?:trong|tổng)\s)số, khóa, lớp")
_BEFORE_YEAR = """
    đầu, cuối, giữa, trong, mỗi, hằng, hàng, nhiều, sang, qua, hết, một, hai, ba, bốn, sáu, bảy, tám, chín,
    mười
"""
_YEAR_OF = rf"(?:\p{{N}}|{_any(_BEFORE_YEAR)})"
_TENS = _any("mười, mươi, linh, lẻ, trăm")  # before the ones of a larger number
_COUNT = (
    rf"(?<!{_NUMBERED}\s)(?:(?<!\p{{N}}[/.,:-])(?:0?[2-9]|[1-9]\p{{N}})|(?<!{_YEAR_OF}\s)(?<!{_TENS}\s)năm"
    rf"|(?<!{_TENS}\s)(?:sáu|bảy|tám|chín)|mười(?:\s+(?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?)"
    rf"|(?<!{_TENS}\s)(?:hai|ba|bốn)|các|cả\s+hai|đôi"
)
# How a count begins: hardly any word does, and `re` passes the others in half the time of `regex`.
NUMBER = re.compile(
    r"(?<![^\W_])(?:các|cả|đôi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|[0-9]\w?)\s", re.IGNORECASE
)
GROUP = regex.compile(  # where there is a NUMBER
    rf"(?<![\p{{L}}\p{{N}}])(?P<count>{_COUNT})\s+(?P<noun>{_any(_NOUNS)})"
    rf"(?:(?<=bộ|bộ\s+trưởng)\s+(?P<field>{_FIELDS}))?(?![\p{{L}}\p{{N}}])",
    regex.IGNORECASE,
)
ANYONE = {
    *("bên", "phía", "tổ chức", "đơn vị", "cơ quan", "ngành", "đoàn", "lực lượng", "doanh nghiệp"),
    *("chủ tịch", "phó chủ tịch", "giám đốc", "tổng giám đốc", "nhà lãnh đạo", "đồng chí", "vị", "đại diện"),
    *("bí thư", "tổng thư ký", "trưởng đoàn"),
}
# Before the name of a body that another belongs to: `đơn vị thành viên của Đại học Huế`.
BELONGING = _before(
    "thành viên của, thuộc, trực thuộc, liên doanh của, công ty con của, đơn vị của, chi nhánh của,"
    "công ty mẹ của, cơ quan của, cơ quan ngôn luận của, tiếng nói của"
)
# Before a body that somebody is told to be a member of: no party.
MEMBER = _before("ủy viên, nguyên ủy viên, thành viên, phó trưởng đoàn, đại biểu")
# Rounds of one instrument, told by their years: `chặng hai, 2020-2022`, `ba bản trước …: 2010-2015, …`.
ROUND = regex.compile(
    r"(?<!\p{L})(?:(?:chặng|vòng(?<!trong\s+vòng(?=\s+\p{N}))|chu\s+kỳ|kỳ)(?:\s+(?:một|hai|ba|bốn|năm|đầu|thứ\s+\p{L}+|[IVX]+|\p{N}+))?|bản\s+(?:trước|đầu|cũ))"
    r"(?:\s*[,:(]\s*|\s+[^.;\p{N}]{0,34}:\s*|\s+)(?:giai\s+đoạn\s+)?(?=[\p{N}*])",
    regex.IGNORECASE,
)
# A head that is written once for the bodies of a group: `Bộ Quốc phòng hai nước`.
SHARED_HEAD = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<head>Bộ\s+\p{Lu}\p{L}*(?:(?:\s*[,-]\s*|\s+)\p{L}+){0,6}?"
    rf"|bộ\s+{_FIELDS}"
    r"|[Cc]hính\s+phủ|[Cc]hính\s+quyền|[Cc]ông\s+đoàn(?:\s+Giáo\s+dục|\s+Viên\s+chức)?|LĐLĐ|Tỉnh\s+đoàn"
    r"|Sở\s+\p{Lu}\p{L}*(?:(?:\s*[,-]\s*|\s+)\p{L}+){0,8}?|[Qq]uốc\s+hội|[Ll]iên\s+đoàn\s+[Ll]ao\s+động"
    r"|(?<!(?:[Xx]ã|[Đđ]ại|[Qq]uốc|[Cc]ơ|[Ll]ễ)\s)[Hh]ội\s+(?!(?:của|đàm|thảo|nghị|kiến|họp|đồng)\s)\p{L}+(?:\s+\p{L}+)?|[Tt]òa\s+án|[Vv]iện\s+[Kk]iểm\s+sát|Đảng)\s+(?:của\s+)?$"
)

SHARING = ("nước", "quốc gia", "chính phủ", "nhà nước")  # what the bodies of such a head belong to
# Before a place that is where something happens, not who does it.
PLACE_BEFORE = _before(
    r"""
    tại, ở, từ, đến, tới, vào, sang, về, thăm, qua, rời, trên, quê, người, tiếng, gốc, huyện, xã, phường,
    thị xã, thị trấn, khách sạn, trụ sở, thuộc, nằm, trong, quanh, bản, thôn, quận, cửa khẩu, sân bay,
    biển, sông, hướng, ngoài, dọc, đường, (?<!thành\s)phố, đất, miền, vùng, hàng, doanh nghiệp,
    sinh viên, khách, cán bộ, lao động, của, cho, dân, đối tác, nhà đầu tư, nhà thầu, tổng thầu
    """,
    r"tỉnh, thành phố, TP\.?, thủ đô, bang, nước, nước bạn, thị trường, phía, đất",
)
# Before a place that acts itself; behind any other small word it only tells whose something is:
# `học sinh Lào`.
PLACE_ACTS = _before(
    r"""
    phía, bên, nước, nước bạn, tỉnh, các tỉnh, tỉnh bạn, thành phố, TP\.?, thủ đô, bang, vùng, huyện, xã,
    quận, thị xã, thị trấn, bản, buôn, thôn, châu, khu, nhà nước, chính quyền, chính phủ, cộng hòa,
    vương quốc, liên bang, đảng, bạn, đại diện, lãnh đạo, tỉnh trưởng, thị trưởng, đô trưởng, huyện trưởng,
    thống đốc, thủ tướng, tổng thống, quốc vương, và, với, cùng, giữa, do, bởi, được, mà, khi, nếu, để, rằng,
    thì, là, nay, đã, sẽ, vẫn, cả, riêng, như, theo, nên, cho biết, khẳng định, đề nghị, gợi ý, nhưng, song,
    gồm, bao gồm,
    còn, cũng, hay, vì, đoàn, coi, ngày, mới, lại, ký, hai, ba, bốn, đó, này, ấy, kia, qua, trước, rồi, chỉ,
    đều, vừa, đang, từng, luôn, chưa, không, có, nói, bảo, nêu, hiện, lâu nay, mời, cảm ơn, thay mặt, từ lâu
    """
)
# Before a capital that is spoken of as a city.
CITY_BEFORE = _before("thành phố, TP\\.?, thủ đô, chính quyền, thị trưởng, đô trưởng, tòa thị chính")
# Before a place that is named by its level.
LEVEL_BEFORE = _before(
    "tỉnh, thành phố, TP\\.?, thủ đô, huyện, quận, thị xã, bang, xã, phường, thị trấn, ấp, thôn, bản, phum"
)
# Before a place for which its head signs.
MAYOR = _before(
    "tỉnh trưởng, thị trưởng, đô trưởng, huyện trưởng, quận trưởng, xã trưởng, thống đốc",
    "tỉnh, thành phố, thủ đô, huyện, quận, xã, bang",
)
# What opens or closes a sentence with those who only look on, ask or allow.
ONLOOKERS = regex.compile(
    r"(?<!\p{L})(?i:(?:với|dưới|trước|được|có)\s+sự\s+(?:có\s+mặt|tham\s+dự|chứng\s+kiến|chủ\s+trì|chỉ\s+đạo|đồng\s+ý"
    r"|cho\s+phép|giới\s+thiệu|bảo\s+trợ|ủng\s+hộ|hỗ\s+trợ|quan\s+tâm|thống\s+nhất|ủy\s+quyền)"
    r"|(?:theo|nhận|trên\s+cơ\s+sở)\s+(?:lời\s+)?(?:mời|đề\s+nghị|đề\s+xuất|yêu\s+cầu|chỉ\s+đạo|giới\s+thiệu|báo\s+cáo|thống\s+kê|số\s+liệu|(?:đơn\s+)?đặt\s+hàng)"
    r"|nhân\s+(?:dịp\s+)?(?:chuyến\s+)?(?:thăm|công\s+tác))"
    r"(?:\s+\p{L}+){0,6}?\s+(?:của|từ)(?!\p{L})"
)
VENUE_BEFORE = _before(
    """
    tại, ở, trên, trụ sở, hội trường, khuôn viên, sân khấu, sảnh, phòng khánh tiết, phòng họp, giảng đường,
    thăm, thuộc, trực thuộc, đến, tới, vào, theo học, của sinh viên, dưới sự chủ trì của, báo cáo với
    """
)
JOIN = regex.compile(
    r"^(?!\s*(?:[,;]\s*)?(?:và\s+)?giữa\s)\s*(?P<join>,\s*(?:và|cùng|với)(?:\s+với)?|,|;|và|với|cùng(?:\s+với)?"
    r"|phối\s+hợp(?:\s+cùng)?\s+với|phối\s+hợp\s+cùng|[-–—/&+·↔])\s*(?P<rest>.*)$",
    regex.IGNORECASE | regex.DOTALL,
)
# What may stand between a conjunction and the name it joins.
_KINDS = r"""
    đại diện, lãnh đạo, phía, các, tỉnh, thành phố, TP\.?, thủ đô, nước, ông, bà, anh, chị, đồng chí,
    đối tác, nhà thầu, quỹ, hãng, nhóm, tập đoàn, ngân hàng, hai, ba, bốn, giữa, quận, huyện, xã, châu, bang,
    ấp, thôn, bản, phum, sóc, cụm bản, thị xã, phường, thị trấn,
    đoàn, đoàn đại biểu, trường, bạn, chính quyền, nhà đầu tư, bên, chi nhánh, tổ chức, với, và,
    đại tướng, thượng tướng, trung tướng, thiếu tướng, đại tá, thượng tá, trung tá, thiếu tá
"""
_DEGREES = r"(?:PGS|GS|TSKH|TS|ThS|BS|KS|LS)(?:\.(?:PGS|TSKH|TS|ThS|BS))*\.?"  # PGS.TS, GS.TSKH.
_TITLES = """
    chủ tịch, giám đốc, bí thư, hiệu trưởng, viện trưởng, trưởng, cục trưởng, vụ trưởng, bộ trưởng,
    thứ trưởng, tỉnh trưởng, thị trưởng, thư ký
"""
# Small words that open what a noun does or where it is, and no part of what it is called.
NO_NOUN = r"(?:đã|vừa|sẽ|đang|cũng|còn|với|của|là|tại|ở|thuộc|trong|do|để)(?!\p{L})"
QUALIFIER = regex.compile(
    rf"^(?:(?:{_any(_KINDS)}|{_DEGREES}|công\s+ty(?:\s+\p{{Ll}}+){{0,4}}"
    rf"|(?:hãng|tập\s+đoàn|nhà|đơn\s+vị|doanh\s+nghiệp|tổ\s+chức)(?:\s+(?!ký(?!\p{{L}})|{NO_NOUN})\p{{Ll}}+){{1,4}}"
    rf"|(?:phó\s+|quyền\s+)?(?:tổng\s+)?{_any(_TITLES)}(?:\s+thường\s+trực)?)(?:\s+|$))*$",
    regex.IGNORECASE,
)
# Behind a comma: one more of them.
ANOTHER_ONLOOKER = regex.compile(
    rf",\s*(?:và\s+)?(?:lãnh\s+đạo|đại\s+diện|ông|bà|đồng\s+chí|(?:phó\s+|nguyên\s+)?(?:tổng\s+)?{_any(_TITLES)})(?!\p{{L}})",
    regex.IGNORECASE,
)
TOGETHER = _words("giữa")
WITH = _words(r"(?<!như\s)với, cùng")

# A common noun in small letters that stands for one body named elsewhere, where it acts: behind a mark or
# one of these words, and before no name.
COMMON_NOUN = regex.compile(
    r"(?<!\p{L})(?P<noun>(?i:nhà\s+trường|trường(?!\s+hợp)|học\s+viện|bệnh\s+viện|viện(?!\s+trợ)|công\s+ty|doanh\s+nghiệp|tập\s+đoàn"
    r"|hãng|ngân\s+hàng|đồn(?=\s+(?:và|cùng|với|đã|sẽ)(?!\p{L}))|tỉnh|thành\s+phố|huyện|xã(?!\s+hội)|hội(?!\s+(?:nghị|thảo|đàm|viên|chợ))|hiệp\s+hội|liên\s+đoàn"
    r"|công\s+đoàn|tòa\s+soạn|báo(?!\s+cáo)|đài(?!\s+thọ)|hợp\s+tác\s+xã|quỹ|sở(?!\s+hữu)|cục(?!\s+diện)"
    r"|bộ(?!\s+(?:đội|phận|máy|mặt))|ban(?!\s+(?:hành|đầu))|bảo\s+tàng|thư\s+viện|tòa(?!\s+nhà)|cảng))(?=\s+\p{Ll}|\s*[,.;)]|$)"
)
BEFORE_COMMON_NOUN = regex.compile(
    r"(?:^|[.,;:\n]|(?<!\p{L})(?:với|giữa|và|cùng|mà|do|để|cho|phía|được|khi|rằng|biết|nói|của|nay))\s*",
    regex.REVERSE | regex.IGNORECASE,  # `match` begins at the end of the text
)

# Behind a count of partners: and then they are named (`3 trường gồm A, B và C`).
NAMELY = regex.compile(
    r"(?:(?:\s+\p{L}+){0,4},?\s*:|(?:\s+\p{L}+){0,10},?\s+(?:gồm|bao\s+gồm|là|trong\s+đó(?:\s+có)?|như(?!\s+(?:đã|sau|vậy|trên|thế|trước)(?!\p{L})))(?!\p{L}))\s*",
    regex.IGNORECASE,
)

# Lines that open a list of other articles.
_NEWS = "liên quan, cùng chuyên mục, khác, mới nhất, đọc nhiều, cùng loại, nổi bật, nên đọc"
_HEADINGS = r"""
    tin cùng mục, cùng chuyên mục, xem thêm, đọc thêm, đọc tiếp, đọc nhiều, đọc nhiều nhất,
    có thể bạn quan tâm, mời bạn đọc, đừng bỏ lỡ, liên quan(?=\s*[:|]|\s+[–-]\s|\W*$), tin nổi bật,
    bài đọc nhiều, related, related news, related articles, read more
"""
RELATED = regex.compile(
    rf"^\W*(?:(?:các\s+)?(?:tin|bài)(?:\s+(?:tức|bài|viết))?\s+{_any(_NEWS)}|{_any(_HEADINGS)})(?!\p{{L}})",
    regex.IGNORECASE,
)
