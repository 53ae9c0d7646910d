"""What the name of a body or a place tells: its sort, whom it acts for, whether it can sign.

Everything here matches names in canonical spelling (`kyket.orthography`); tuples and `TIERS`, `PRESS`,
`INQUIRER`, `NO_PARTY` and `HARDLY_PARTY` match them in small letters.
"""

from __future__ import annotations

import regex

ENTERPRISE = regex.compile(
    r"(?:Tổng\s+)?Công\s+ty|Tập\s+đoàn|Nhà\s+máy|Xí\s+nghiệp|Liên\s+doanh", regex.IGNORECASE
)
# The union of an enterprise; the name of the enterprise follows.
UNION_OF_COMPANY = regex.compile(
    rf"(?:Công\s+đoàn(?:\s+cơ\s+sở)?|CĐCS|Nghiệp\s+đoàn)\s+(?={ENTERPRISE.pattern}"
    r"|Ngân\s+hàng|Bệnh\s+viện|Trường|Đại\s+học)",
    regex.IGNORECASE,
)
# Bodies that report the news and rarely are a part of it, by their names in small letters.
PRESS = regex.compile(
    r"(?:báo|nhật báo|tuần báo|tạp chí|đài|hãng (?:tin|thông tấn)(?!\p{L})|thông tấn xã|ttxvn|cổng thông tin"
    r"|vtv|vov)|\S+\.(?:vn|com|net)$"
)
# Bodies that ask others about their contracts.
INQUIRER = regex.compile(
    rf"(?:{PRESS.pattern}"
    r"|thanh tra|kiểm toán|công an|cảnh sát|cơ quan điều tra|viện kiểm sát|cục thuế)(?!\p{L})"
)
# Bodies that the noun for them opens the names of.
_CALLED_SO = (
    *("bộ", "ban", "đảng", "sở", "hãng", "ngân hàng", "bệnh viện", "đài", "thư viện", "bảo tàng"),
    *("chính phủ", "hợp tác xã", "quỹ", "quốc hội"),
)
# First words of the names that a group noun may stand for.
FITTING: dict[str, tuple[str, ...]] = {
    **{noun: (noun,) for noun in _CALLED_SO},
    **dict.fromkeys(("huyện", "quận", "xã"), ("ủy ban nhân dân", "chính quyền")),
    "tỉnh": ("ủy ban nhân dân", "chính quyền", "hội đồng nhân dân", "chính phủ nhân dân", "tỉnh"),
    "thành phố": ("ủy ban nhân dân", "chính quyền", "chính phủ nhân dân", "thành phố"),
    "thủ đô": ("ủy ban nhân dân", "chính quyền", "thủ đô"),
    "địa phương": ("ủy ban nhân dân", "chính quyền", "chính phủ nhân dân"),
    "trường": ("trường", "đại học", "học viện", "cao đẳng", "viện", "nhạc viện", "university"),
    "nhà trường": ("trường", "đại học", "học viện", "cao đẳng", "viện"),
    "học viện": ("học viện", "trường", "đại học"),
    "viện": ("viện", "học viện", "bệnh viện", "trung tâm"),
    "hội": ("hội", "hiệp hội", "liên hiệp", "liên minh"),
    "hiệp hội": ("hiệp hội", "hội", "liên hiệp"),
    "liên đoàn": ("liên đoàn", "tổng liên đoàn", "liên hiệp"),
    "công đoàn": (
        "công đoàn",
        "liên đoàn lao động",
        "tổng liên đoàn",
        "liên hiệp công đoàn",
        "trung ương liên hiệp",
        "tổng công hội",
    ),
    "công ty": ("công ty", "tổng công ty", "tập đoàn", "liên danh"),
    "tập đoàn": ("tập đoàn", "tổng công ty", "công ty"),
    "báo": ("báo", "nhật báo", "tạp chí", "đài", "thông tấn xã"),
    "tòa soạn": ("báo", "nhật báo", "tạp chí"),
    "cảng": ("cảng", "công ty"),
    "đoàn thanh niên": (
        "tỉnh đoàn",
        "thành đoàn",
        "huyện đoàn",
        "đoàn thanh niên",
        "hội liên hiệp thanh niên",
    ),
    "mặt trận": ("ủy ban mặt trận", "mặt trận"),
    "cục": ("cục", "tổng cục"),
    "tổng cục": ("tổng cục",),
    "cục trưởng": ("cục",),
    "tổng cục trưởng": ("tổng cục", "cục"),
    "bộ trưởng": ("bộ",),
    "thứ trưởng": ("bộ",),
    "hiệu trưởng": ("trường", "đại học", "học viện", "cao đẳng", "nhạc viện"),
    "viện trưởng": ("viện",),
    "chánh án": ("tòa",),
    "tòa án": ("tòa",),
    "chỉ huy trưởng": ("bộ chỉ huy", "ban chỉ huy", "bộ tư lệnh"),
    "quân đội": ("quân đội", "quân khu", "bộ chỉ huy"),
    "tỉnh ủy": ("tỉnh ủy", "đảng bộ tỉnh"),
    "thành ủy": ("thành ủy", "đảng bộ thành phố"),
    "huyện ủy": ("huyện ủy", "đảng bộ huyện"),
}
# What kinds of place a noun may stand for.
_TOWNS, _DISTRICTS = ("thành phố", "thủ đô"), ("huyện", "quận", "thị xã")
PLACES_OF = {
    "tỉnh": ("tỉnh", *_TOWNS),
    "thành phố": (*_TOWNS, "tỉnh"),
    "thủ đô": _TOWNS,
    "địa phương": ("tỉnh", *_TOWNS, *_DISTRICTS),
    "huyện": _DISTRICTS,
    "quận": _DISTRICTS,
    "xã": ("xã", "phường", "thị trấn"),
}
# Bodies of which places have none but by the same name (`Điện lực A`, `Điện lực B`): `tỉnh A và Ngân hàng B`
# does not mean the branch of B there.
FIRMS = ("công ty", "tổng công ty", "tập đoàn", "ngân hàng", "hãng", "doanh nghiệp")
# Bodies that are at home where nothing tells their country.
AT_HOME = (
    *("bộ ", "sở ", "cục ", "báo ", "ủy ban nhân dân", "ủy ban mặt trận tổ quốc", "tỉnh ủy", "thành ủy"),
    *("huyện ủy", "tỉnh đoàn", "thành đoàn", "huyện đoàn", "công an", "bộ đội biên phòng", "đồn biên phòng"),
    *("liên đoàn lao động", "tổng liên đoàn", "công đoàn", "hội liên hiệp phụ nữ", "hội nông dân"),
    *("trường đại học", "trường cao đẳng", "bệnh viện đa khoa", "bảo hiểm xã hội"),
    *("công ty cổ phần", "công ty tnhh", "tổng công ty"),
)
FOREIGN_OFFICE = ("đại sứ quán", "tổng lãnh sự quán", "bộ ngoại giao", "sở ngoại vụ", "vụ hợp tác quốc tế")
# Bodies that stand for a state abroad; its name follows.
EMBASSIES = ("đại sứ quán", "tổng lãnh sự quán", "lãnh sự quán")
# Groups of states that are told of as who they are, and hardly ever sign.
CLUBS = ("g7", "g8", "g20")
# Those of which an agreement told of alone is one of their members.
LEAGUES = ("hiệp hội các quốc gia đông nam á", "asean", "các nước asean", "opec")
# Places that sign nothing, by their names in small letters: waters, heights, buildings, regions, continents.
NO_PARTY = regex.compile(
    r"biển |vịnh |eo biển |quần đảo |bán đảo |sân bay |cảng hàng không |cửa khẩu |quảng trường "
    r"|đại lễ đường |nhà quốc hội|nhà khách |phủ chủ tịch|khách sạn |hội trường |châu (?:á|âu|phi|mỹ)$"
    r"|đông nam á$|(?:miền|phương) (?:đông|tây|nam|bắc|trung)$|vùng vịnh$|trung đông$"
)
# The same where no province, district or commune is named so: `Hồ Nam`, `Cầu Giấy`, `Sông Mã` are.
HARDLY_PARTY = regex.compile(r"(?:sông|hồ|núi|đèo|cầu|đường|phố|chùa|đền|công viên|bảo tàng|cung) ")
# Bodies that act for the place that their name ends with, and levels that are one by themselves (`Tỉnh X`).
_LOCALLY_GOVERNING = (
    *("ủy ban nhân dân", "hội đồng nhân dân", "chính quyền", "tỉnh ủy", "thành ủy", "huyện ủy"),
)
GOVERNING = (*_LOCALLY_GOVERNING, "chính phủ", "nhà nước")
LOCAL_GOVERNMENT = regex.compile(rf"(?:{'|'.join(_LOCALLY_GOVERNING)})\s+", regex.IGNORECASE)
LEVELS = ("tỉnh", "thành phố", "huyện")
# By what words of its name, in small letters, a body is one of a state, a province, a district or a commune.
TIERS = tuple(
    regex.compile(rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})")
    for words in (
        "việt nam|trung ương",
        "tỉnh|tỉnh ủy|tỉnh đoàn|thủ đô|thành ủy",
        "huyện|huyện ủy|quận|thị xã",
        "(?<!(?:hợp tác|thông tấn) )xã(?! hội)|phường|thị trấn",
    )
)
# Bodies that are a part of the authorities of the place that their name ends with.
DEPARTMENTS = ("sở ", "phòng ", "ban quản lý ", "chi cục ", "cục ")
# Authorities whose name may be written once for two states: `Chính phủ Việt Nam và Hà Lan`.
AUTHORITY = regex.compile(r"(?:chính\s+phủ|quốc\s+hội)\s", regex.IGNORECASE)
# Authorities of which a state has one: their heads.
OF_STATE = regex.compile(r"(?:bộ|tòa\s+án|viện\s+kiểm\s+sát)(?!\p{L})", regex.IGNORECASE)
# Bodies that conclude treaties, besides states.
SOVEREIGN = (
    *("chính phủ", "liên minh châu", "liên minh hải quan", "liên minh kinh tế", "liên hợp quốc", "asean"),
    *("nato", "tổ chức hiệp ước"),
    *("hiệp hội các quốc gia", "hiệp hội quốc tế", "ngân hàng thế giới", "ngân hàng phát triển châu"),
    *("ngân hàng tái thiết",),
)
INNER_BODY = (
    "ban chấp hành",
    "ban thường vụ",
    "ban thường trực",
    "văn phòng",
    "phòng",
    "vụ",
    "ban tổ chức",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "hội đồng",
    "khoa",
)
MEMBERSHIP = ("bộ chính trị", "ban bí thư", "quân ủy", "trung ương đảng", "ban chấp hành trung ương đảng")
# Codes that are named as ministries are.
NO_BODY = ("bộ quy tắc", "bộ luật")
# Nouns for ministries, and those for their heads.
MINISTRIES = ("bộ", "bộ trưởng", "thứ trưởng")
# Names that begin as those of associations and of ministries do.
NO_ASSOCIATION = ("hội đồng",)
NO_MINISTRY = ("bộ chính trị", "bộ chỉ huy", "bộ tư lệnh", "bộ đội", "bộ môn", "bộ phận", "bộ tổng")
# Where the head of a state abroad sits, by which the press calls the state, as it does by its capital.
SEATS_OF_POWER = {"nhà trắng": "Mỹ", "điện kremlin": "Nga", "kremlin": "Nga"}
# Bodies that act for the whole: the name that follows is the party.
ACTING_FOR = regex.compile(
    r"(?:ban\s+(?:chấp\s+hành|thường\s+vụ|giám\s+đốc|giám\s+hiệu|lãnh\s+đạo|điều\s+hành|tổng\s+giám\s+đốc)"
    r"|hội\s+đồng\s+(?:quản\s+trị|thành\s+viên))\s+(?=\p{Lu})",
    regex.IGNORECASE,
)
# A unit of a larger body, told by its field of work: `Ban Hợp tác toàn cầu Đại học Juntendo`.
UNIT_OF = regex.compile(
    r"(?:[Bb]an|[Pp]hòng|[Kk]hối|[Kk]hoa|[Bb]ộ\s+phận)(?!\s+(?:[Qq]uản\s+lý|[Tt]hư\s+ký)\s)"
    r"(?:[\s,-]+\p{L}+){1,12}?\s+(?=(?:Đại\s+học|Trường|Học\s+viện|Ngân\s+hàng|Tổng\s+Liên\s+đoàn|Liên\s+đoàn"
    r"|Liên\s+hiệp\s+Công\s+đoàn|Công\s+ty|Tổng\s+công\s+ty|Tập\s+đoàn|Bệnh\s+viện)\s|\p{Lu}{3,}$)"
)
# A department named with the ministry that it acts for.
OF_MINISTRY = regex.compile(r"Vụ\s[^,]+,\s+(?=(?:Bộ|Ủy\s+ban|Tổng\s+cục)\s)")
# What `Công đoàn tỉnh X` is in full.
UNION_OF = regex.compile(
    r"Công\s+đoàn\s+(?:tỉnh\s+|thành\s+phố\s+|Thành\s+phố\s+|TP\.?\s+|Thủ\s+đô\s+)?(?=\p{Lu})"
)
UNIONS_OF_PLACES = ("liên đoàn lao động", "liên hiệp công đoàn", "tổng công hội")
# Where a name tells its place, and bodies that each place has (`LĐLĐ và BHXH tỉnh Tây Ninh`).
OF_PLACE = regex.compile(
    r"\s(?:tỉnh|thành\s+phố|Thành\s+phố|huyện|quận|thị\s+xã)\s+\p{Lu}\p{L}*(?:[\s-]+\p{Lu}\p{L}*){0,4}$"
)
LOCAL = regex.compile(
    r"(?:liên\s+đoàn\s+lao\s+động|bảo\s+hiểm\s+xã\s+hội|ủy\s+ban\s+nhân\s+dân|hội\s+nông\s+dân|công\s+an"
    r"|hội\s+liên\s+hiệp\s+phụ\s+nữ|hội\s+cựu\s+chiến\s+binh|sở\s+\p{L}+(?:[\s,-]+\p{L}+){0,6})",
    regex.IGNORECASE,
)
