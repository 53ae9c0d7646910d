"""Papers that no two bodies agree on: acts of an authority, minutes, letters, contracts of employment.

Everything here matches text in canonical spelling (`kyket.orthography`).
"""

from __future__ import annotations

import regex

from kyket.agreements.denials import not_signed, ruled_out
from kyket.agreements.enterprises import any_school_signs, between_enterprises
from kyket.agreements.headwords import kind_of
from kyket.agreements.memos import orders
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.statements import BY_THEM, of_both, only_said
from kyket.agreements.topics import is_topic
from kyket.agreements.vocabulary import ANY_INSTRUMENT, MULTILATERAL, PLURAL

# Contracts of persons, of which the bare word speaks behind it too: `hợp đồng lao động`, and what a school
# promises its pupils (`hợp đồng cam kết bảo đảm việc làm`).
EMPLOYMENT = regex.compile(
    r"(?<!\p{L})(?:hợp\s+đồng\s+(?:lao\s+động|làm\s+việc|việc\s+làm|(?:không\s+)?xác\s+định\s+thời\s+hạn)"
    r"|hợp\s+đồng\s+(?:cam\s+kết\s+)?(?:đảm\s+bảo|bảo\s+đảm)\s+việc\s+làm)(?!\p{L})",
    regex.IGNORECASE,
)
BARE_CONTRACT = regex.compile(r"(?:phụ\s+lục\s+)?hợp\s+đồng(?:\s+(?:mới|cam\s+kết))?", regex.IGNORECASE)
# Kinds that never are a record: those contracts, acts of the state, minutes before an officer.
NO_RECORD = regex.compile(
    rf"{EMPLOYMENT.pattern}"
    r"|(?<!\p{L})(?:đạo\s+luật|bộ\s+luật|dự\s+luật|sắc\s+lệnh|lệnh\s+trừng\s+phạt"
    r"|biên\s+bản\s+(?:xử\s+phạt|vi\s+phạm|(?:lấy|ghi)\s+lời\s+khai|hiện\s+trường|khám\s+nghiệm|kiểm\s+tra"
    r"|tạm\s+giữ|thu\s+giữ)|văn\s+bản\s+(?:báo\s+cáo|chấp|cho\s+phép|đồng\s+ý|phê\s+duyệt))(?!\p{L})",
    regex.IGNORECASE,
)
# What is signed by one alone: the acts of an authority (`ký ban hành`), minutes (`ký vào biên bản`); not the
# papers of two (`ký ban hành quy chế phối hợp`, `ký vào biên bản kết nghĩa`).
_ACTS = (
    r"(?:quyết\s+định|nghị\s+quyết|nghị\s+định(?!\s+thư)|thông\s+tư|chỉ\s+thị|công\s+điện|công\s+văn|sắc\s+lệnh)"
    r"(?!\s+(?:liên|phối\s+hợp|hợp\s+tác)(?!\p{L}))"
)
# What inspectors find, and only that: `theo kết luận, A đã ký với B` tells of a paper of A and B.
_FINDINGS = r"kết\s+luận(?!\s+(?:chung|hội|cuộc|phiên|đàm|phối\s+hợp|hợp\s+tác)(?!\p{L}))"
DECREED = regex.compile(
    r"\s*(?:(?:và\s+)?ban\s+hành(?!\s+(?:\p{L}+\s+){1,3}(?:phối\s+hợp|hợp\s+tác|liên\s+(?:tịch|ngành))(?!\p{L}))"
    rf"|(?:các\s+|một\s+|bản\s+|văn\s+bản\s+|thông\s+báo\s+)?(?:{_ACTS}|{_FINDINGS}|luật|đạo\s+luật|lệnh)"
    r"|vào\s+(?:các\s+|một\s+)?(?:tờ\s+)?biên\s+bản(?!\s+(?:ghi|hợp|thỏa|kết|phối|liên|hội|đàm)(?!\p{L})))(?!\p{L})",
    regex.IGNORECASE,
)
# The same before its signing: `quyết định mà Thủ tướng đã ký`.
DECREE = regex.compile(
    rf"(?<!\p{{L}}){_ACTS}(?!\p{{L}})[^,;:]*\s(?:đã|được|vừa|mà|do)\s[^,;:]*$", regex.IGNORECASE
)
# What a `văn bản` is that one sends to another: a letter.
LETTER = regex.compile(
    r"\s*(?:gửi|số\s+\p{N}|trả\s+lời|chỉ\s+đạo|chấp\s+thuận|cho\s+phép|đồng\s+ý|phê\s+duyệt|kiến\s+nghị|đề\s+nghị|yêu\s+cầu|báo\s+cáo)(?!\p{L})",
    regex.IGNORECASE,
)
# With a crowd of persons: `hợp đồng bán hàng với các cá nhân`, `hợp đồng với 200 hộ dân`; not with one
# that is named (`với khách hàng là Cảng B`, `với nông dân và Hợp tác xã B`), nor what two agree on for the
# crowd (`thỏa thuận cho vay với hộ nghèo`).
_CROWD = (
    r"(?:(?:hơn|gần|khoảng|trên)\s+)?(?:(?:các|những|nhiều|từng|mỗi|\p{N}[\p{N}.]*|hàng\s+(?:chục|trăm|nghìn|ngàn|vạn))\s+)?"
    r"(?:cá\s+nhân|khách\s+hàng|người\s+(?:dân|bán|mua|nuôi|trồng|tiêu\s+dùng|tham\s+gia|lao\s+động)"
    r"|hộ(?!\s+(?:chiếu|khẩu|tịch)(?!\p{L}))(?:\s+dân|\s+nông\s+dân|\s+gia\s+đình)?"
    r"|nông\s+dân|bà\s+con|bệnh\s+nhân|công\s+nhân|(?:học|sinh|ứng|giáo|nhân)\s+viên|viên\s+chức|(?-i:lao\s+động)|học\s+sinh|phụ\s+huynh|cư\s+dân|cầu\s+thủ|(?-i:(?:HS)?SV))(?!\p{L})"
    r"(?!(?:,|\s+(?:và|là|cùng))*\s+(?-i:\p{Lu}))"
)
WITH_PERSONS = regex.compile(rf"(?:\s+ký(?:\s+kết)?)?\s+với\s+{_CROWD}", regex.IGNORECASE)
_CONTRACT_WITH_PERSONS = regex.compile(
    rf"(?:\s+(?!đối(?!\p{{L}}))\p{{L}}+){{0,6}}?\s+với\s+{_CROWD}", regex.IGNORECASE
)
# A crowd that signs: `hơn 900 nhân viên đã ký vào …`, `các hộ dân ký cam kết`; not who signs for them,
# nor a body that has them: `Trường X với 1.200 sinh viên vừa ký`.
_CROWD_SIGNS = regex.compile(
    r"(?<!(?:đại\s+diện|gồm|với|của|cùng)\s+(?:(?:hơn|gần|khoảng|trên|tới|cả)\s+)?)(?<![\p{L}\p{N}.])(?:các|những|nhiều|toàn\s+bộ|hàng\s+(?:chục|trăm|nghìn|ngàn|vạn)|\p{N}[\p{N}./]+%?)\s+"
    r"(?:nhân\s+viên|người|khách\s+hàng|hộ(?:\s+(?:dân|kinh\s+doanh|gia\s+đình))?|công\s+nhân|nông\s+dân|học\s+sinh|sinh\s+viên|giáo\s+viên"
    r"|tiểu\s+thương|lái\s+xe|cử\s+tri|hội\s+viên|đoàn\s+viên|cán\s+bộ)(?!\p{L})"
    r"(?:\s+(?!(?:với|và|giữa|cùng(?=\s\s)|để|khi|do|mà|theo|vì|nhờ|nên|biết|rằng)(?!\p{L}))\p{L}+|\s+\([^()]*\)"
    r"|(?<=đồng\s+ý)\s+và(?!\s\s)){0,6}\s+$",
    regex.IGNORECASE,
)
# Single persons who do: `Người được tuyển dụng và ký`, `…, nhà trường và sinh viên sẽ cùng ký`; not those
# behind something else: `tuyển 50 thí sinh trúng tuyển và ký`, `cùng nhà trường và sinh viên ký`.
_PERSON_SIGNS = regex.compile(
    r"(?:^|[,;:.…!?\n]|(?<!\p{L})(?:khi|nếu|sau\s+đó|thì))\s*(?:(?:các|những|mỗi|từng)\s+)?"
    r"(?:(?:người|ứng\s+viên|thí\s+sinh)\s+(?:đã\s+)?(?:trúng\s+tuyển|được\s+tuyển\s+(?:chọn|dụng))"
    r"|(?:nhà\s+)?trường\s+(?:và|với|cùng)\s+(?:sinh\s+viên|học\s+sinh|phụ\s+huynh))"
    r"(?:\s+(?:đã|được|và|sẽ|thì|phải|cùng|tiến\s+hành))*\s+$"
    # `buộc người lao động phải ký`; not who signs for them: `thay mặt người lao động ký`
    r"|(?:^|[,;:.…!?\n]|(?<!\p{L})(?:buộc|bắt|ép|gọi|mời|khiến|để|rằng|là|về|nếu|khi|mà|các|những|nhiều|mỗi))"
    r"\s*(?:người\s+lao\s+động|nhân\s+viên|viên\s+chức|giáo\s+viên)"
    r"(?:\s+(?:đã|được|sẽ|phải|không|buộc|chịu|dù|mới))*\s+$",
    regex.IGNORECASE,
)
# Bodies in a number that nobody counts: `160 doanh nghiệp ký hợp tác với nhà trường`, `18 biên bản ghi nhớ
# giữa các trường đại học A và các đối tác B`; not `các đơn vị ký`, who are those just named, nor who are
# named behind (`11 ngân hàng ký: A, B, C`), and no day or year (`12/5/2020 trường ký`).
_BODIES = (
    r"(?:doanh\s+nghiệp|công\s+ty|đại\s+lý|hợp\s+tác\s+xã|trường|nhà\s+(?:đầu\s+tư|thầu|trường|cung\s+cấp)|đối\s+tác|đơn\s+vị|hãng"
    r"|ngân\s+hàng|cơ\s+sở)(?!\p{L})"
)
_MANY_SIDES = (
    r"(?:(?:hơn|gần|khoảng|trên)\s+)?"
    r"(?:nhiều|một\s+số|hàng\s+(?:chục|trăm|loạt)|(?!(?:19|20)\p{N}{2}\s)\p{N}{2}[\p{N}.]*)"
)
_BODIES_SIGN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}./-])(?<!(?:và|cùng|với|của|gồm|cho)\s+){_MANY_SIDES}\s+{_BODIES}(?:\s+(?!(?:với|và|giữa|của|hai|cho)(?!\p{{L}}))\p{{L}}+){{0,4}}\s+$",
    regex.IGNORECASE,
)
_BETWEEN_BODIES = regex.compile(
    rf"\s+giữa\s+(?:các|những|{_MANY_SIDES})\s+{_BODIES}[^,;:.]{{0,60}}?\s(?:và|với)\s+(?:các|những|phía|{_MANY_SIDES})\s",
    regex.IGNORECASE,
)
# Those of two countries, by whatever number: `các doanh nghiệp hai nước ký 36 thỏa thuận`; names are blanks.
# Not `các cơ quan và doanh nghiệp hai nước ký`, who sign for the states, nor `diễn đàn doanh nghiệp`.
_BUSINESSES_SIGN = regex.compile(
    r"(?:^|(?<!\p{L})(?:các|những|nhiều|cộng\s+đồng)\s+)doanh\s+nghiệp\s+(?:(?:của|từ)\s+)?(?:hai\s+(?:nước|bên|quốc\s+gia)|\s+(?:và|-|–)\s+)"
    r"(?:\s+(?!(?:với|và|giữa|để)(?!\p{L}))\p{L}+){0,4}\s+$",
    regex.IGNORECASE,
)
_WITH_BODIES = regex.compile(
    rf"(?:\s+\p{{L}}+){{0,8}}?\s+với\s+(?:các|những|{_MANY_SIDES})\s+{_BODIES}", regex.IGNORECASE
)
# Of both sides only the kind: `các trường của tỉnh A ký 25 thỏa thuận với các trường của B`.
_SUCH_BODIES_SIGN = regex.compile(
    rf"(?<!(?:và|cùng|với|gồm|của)\s+)(?<!\p{{L}})(?:các|những)\s+{_BODIES}(?:\s+(?!(?:và|với|giữa|hai)(?!\p{{L}}))\p{{L}}+){{1,9}}\s+ký"
    r"(?:\s+kết)?(?:\s+(?:khoảng|hơn|gần|trên|nhiều|các|\p{N}+))*\s+$",
    regex.IGNORECASE,
)
NAMED_BEHIND = regex.compile(r":|(?<!\p{L})(?:gồm|trong\s+đó\s+có|như)\s+(?-i:\p{Lu})", regex.IGNORECASE)
# Many papers, each with another: `đã ký hơn 60 hiệp định bảo hộ với các nước`; not if these are named behind.
_WITH_MANY = regex.compile(
    rf"(?:\s+\p{{L}}+|,){{0,8}}?\s+với\s+(?:các|những|{_MANY_SIDES})\s+(?:nước|quốc\s+gia)(?!\p{{L}})",
    regex.IGNORECASE,
)
# One with so many: `thỏa thuận mua bán với 23 nước khác`, `với hơn 50 trường`; not if these are named.
_WITH_SO_MANY = regex.compile(
    r"(?:\s+\p{L}+){0,8}?\s+với\s+(?:(?:hơn|gần|khoảng|trên)\s+)?(?!(?:19|20)\p{N}{2}\s)(?:[2-9]\p{N}|\p{N}{3,})[\p{N}.]*\s+"
    r"(?:nước|quốc\s+gia|tỉnh|địa\s+phương|trường|đơn\s+vị|đại\s+lý)(?!\p{L})",
    regex.IGNORECASE,
)
# Some of them, or whose they are: `trong đó có A`, `với 28 nước Liên minh châu Âu`, `với 25 đại lý của A`.
_AMONG_THEM = regex.compile(
    r":|(?<!\p{L})(?:gồm|trong\s+đó|như|là\s+(?-i:\p{Lu}))|^(?:\s+\p{Ll}+){0,4}?\s+(?-i:\p{Lu})",
    regex.IGNORECASE,
)
_NAMED_NEXT = regex.compile(
    r"(?:\s+\p{L}+){0,2}?(?:\s+(?-i:\p{Lu})|\s*[:(]|,?\s+(?:gồm|trong\s+đó|như|là)(?!\p{L}))",
    regex.IGNORECASE,
)
# Before the verb, which is no paper: `các nội dung đã được thỏa thuận`; but `đạt được thỏa thuận`.
AGREED = regex.compile(
    r"(?<!\p{L})(?:đã|sẽ|như|từng|vốn|cần|phải)\s+được\s+(?:\p{L}+\s+bên\s+)?$", regex.IGNORECASE
)
# What leaders have agreed on by word of mouth: `thỏa thuận của lãnh đạo cấp cao hai nước`.
_OF_LEADERS = regex.compile(
    r"\s+(?:(?:và|,)\s+(?:các\s+)?nhận\s+thức\s+chung|(?:cấp\s+cao\s+)?(?:của|giữa)\s+(?:các\s+)?(?:(?:nhà\s+)?lãnh\s+đạo|hai\s+Tổng\s+Bí\s+thư))(?!\p{L})",
    regex.IGNORECASE,
)
_WITHIN = regex.compile(r"\s+trong\s+", regex.IGNORECASE)  # `thỏa thuận trong EVFTA`: what that says
BARE_AGREEMENT = regex.compile(r"thỏa\s+thuận", regex.IGNORECASE)
_PLAN_OF_ONE = regex.compile(r"(?:chương\s+trình|kế\s+hoạch)(?!.*(?:hợp\s+tác|phối\s+hợp))", regex.IGNORECASE)
# Plans and acts of one authority, unless two sign them.
_OF_AUTHORITY = regex.compile(
    r"(?:sáng\s+kiến|quy\s+chế\s+làm\s+việc)(?!\p{L})"
    r"|(?:quy\s+hoạch|nghị\s+quyết|đề\s+án)(?!\p{L})(?!.*(?:liên\s+tịch|hợp\s+tác|phối\s+hợp))",
    regex.IGNORECASE,
)
# The rules that one makes for others: `quy chế tuyển sinh`, `quy chế kinh tế thị trường`.
_RULES = regex.compile(
    r"quy\s+chế\s+(?!(?:số|mới|cũ|này|chung)(?!\p{L}))(?![^,.;:]*(?:hợp|liên|quan\s+hệ|kết|trao|giữa)(?!\p{L}))(?!.*\schung$)\p{L}",
    regex.IGNORECASE,
)
_MARKET_STATUS = regex.compile(r"quy\s+chế\s+(?:kinh\s+tế\s+)?thị\s+trường(?!\p{L})", regex.IGNORECASE)
# What a paper of no other kind is called; `khung đào tạo`, `THAAD` are none, unless signed.
_PAPER = regex.compile(
    r"(?<!\p{L})(?:(?:biên|văn)\s+bản|văn\s+kiện|(?<!đầu\s+)thư(?!\s+(?:viện|ký)(?!\p{L}))|cam\s+kết"
    r"|(?:giao|quy|công|khế)\s+ước|quy\s+(?:chế|định|tắc|trình)|tuyên\s+(?:bố|ngôn)|thông\s+(?:cáo|tư|báo)|nghị\s+(?:quyết|định)"
    r"|phụ\s+lục|lộ\s+trình|hiến\s+chương|tầm\s+nhìn|công\s+hàm|bản\s+ghi|liên\s+tịch|phối\s+hợp|kết\s+nghĩa|đề\s+án)(?!\p{L})",
    regex.IGNORECASE,
)
# What a programme is for, which no two need to have agreed on: `chương trình nghị sự`, `kế hoạch đầu tư`.
_OF_SOMETHING = regex.compile(
    r"(?:chương\s+trình|kế\s+hoạch)\s+(?!(?:ký|số|năm|giai|này|đã)(?!\p{L}))"
    r"(?!(?:.*\s)?(?:hành\s+động|chung|giao\s+lưu|trao\s+đổi|kết\s+nghĩa|công\s+tác|liên\s+\p{L}+)(?!\p{L}))\p{L}",
    regex.IGNORECASE,
)
_BETWEEN_TWO = regex.compile(r"[^,;:.]{0,40}?\sgiữa\s+(?:hai(?!\p{L})|(?-i:\p{Lu}))", regex.IGNORECASE)
_SIGNS_ONE = regex.compile(r"(?:\s|(?:với|một|thêm|\p{N}+)\s)+", regex.IGNORECASE)
_NO_PAPER = regex.compile(r"(?:cơ\s+chế|dự\s+án|gói|chiến\s+lược)(?!\p{L})", regex.IGNORECASE)
_OF_BUSINESS = regex.compile(r"kế\s+hoạch\s+(?:sản\s+xuất|kinh\s+doanh)(?!\p{L})", regex.IGNORECASE)
# Behind a plan: whose it is, who agreed on it with nobody: `kế hoạch 2016-2020 do Cục đề ra`.
PLANNED = regex.compile(
    r"[^,;.:()]{0,40}?\sdo\s[^,;.:()]{2,60}?\s(?:đề\s+ra|đặt\s+ra|ban\s+hành|phát\s+động|khởi\s+xướng"
    r"|(?:phối\s+hợp\s+)?(?:thực\s+hiện|tổ\s+chức|triển\s+khai)|tài\s+trợ)(?!\p{L})"
)
# How pupils come abroad: `du học diện hiệp định`.
_WAY_IN = regex.compile(r"(?<!\p{L})(?<!(?:đại|đối|toàn|phương|rộng|hẹp)\s+)diện\s+$", regex.IGNORECASE)
_CONTRACT = regex.compile(r"hợp\s+đồng", regex.IGNORECASE)
_BOTH = regex.compile(
    r"(?<!\p{L})(?:hai|ba|các)\s+(?:bên|phía|đơn\s+vị|cơ\s+quan|ngành)(?!\p{L})", regex.IGNORECASE
)

_AT, _NEAR, _VERB, _REACH, _OF_DECREE, _LISTED, _EMPLOYED = 6, 20, 40, 60, 80, 400, 1500


def of_nobody(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """Whether it is a letter, a statement, a plan of one, of a crowd, or a contract of employment."""
    contract = _CONTRACT.search(scene.text, piece.start, piece.end)
    if (_CONTRACT_WITH_PERSONS if contract else WITH_PERSONS).match(scene.text, piece.end, sentence.end):
        return True
    if any(
        p.label == "SIGNING" and 0 <= piece.start - p.end <= _AT and _crowd_signs(scene, sentence, p)
        for p in sentence.pieces
    ):
        return True
    if _between_crowds(scene, sentence, piece) or _WAY_IN.search(
        scene.text, max(sentence.start, piece.start - _NEAR), piece.start
    ):
        return True
    if only_said(scene, sentence, piece):
        return True
    if ruled_out(scene, sentence, piece):
        return True
    if orders(scene, sentence, piece):
        return not of_both(scene, sentence, piece)
    if ANY_INSTRUMENT.fullmatch(scene.text, piece.start, piece.end):
        return LETTER.match(scene.text, piece.end, sentence.end) is not None
    if BARE_AGREEMENT.fullmatch(scene.text, piece.start, piece.end):
        if _OF_LEADERS.match(scene.text, piece.end, sentence.end):
            return not any(p.label == "SIGNING" and 0 <= piece.start - p.end <= _AT for p in sentence.pieces)
        if any(
            p.label == "AGREEMENT" and _WITHIN.fullmatch(scene.text, piece.end, p.start)
            for p in sentence.pieces
            if p.start > piece.end
        ):
            return True
        return AGREED.search(scene.text, max(sentence.start, piece.start - _VERB), piece.start) is not None
    if _OF_AUTHORITY.match(scene.text, piece.start, piece.end) and not _two_sign(scene, sentence, piece):
        return True
    if _MARKET_STATUS.match(scene.text, piece.start, sentence.end) or (
        not any(p.label in ("SIGNING", "REVIEW") for p in sentence.pieces)
        and _RULES.match(scene.text, piece.start, piece.end)
        and not _BETWEEN_TWO.match(scene.text, piece.end, sentence.end)
    ):
        return True
    if _PLAN_OF_ONE.match(scene.text, piece.start, piece.end):
        if is_topic(scene, sentence, piece):
            return True
        if any(p.label == "SIGNING" and _signs(p, piece) for p in sentence.pieces):
            return False
        of_business = _OF_BUSINESS.match(scene.text, piece.start, piece.end)
        if of_business is not None or PLANNED.match(scene.text, piece.end, sentence.end) is not None:
            return True
        if any(p.label in ("SIGNING", "REVIEW") for p in sentence.pieces):
            return False
        between = _BETWEEN_TWO.match(scene.text, piece.end, sentence.end)
        return between is None and _OF_SOMETHING.match(scene.text, piece.start, piece.end) is not None
    bare = BARE_CONTRACT.fullmatch(scene.text, piece.start, piece.end)
    return bare is not None and _of_employment(scene, sentence, piece)


def no_paper(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """Whether neither its name says that it is a paper, whatever kind of one, nor that it is signed."""
    name = scene.text[piece.start : piece.end]
    if not _NO_PAPER.match(name) and (
        _PAPER.search(name) or MULTILATERAL.match(name) or kind_of(name) != "other"
    ):
        return False
    return not _signed(scene, sentence, piece) and not any(
        p.label == "SIGNING"
        and 0 <= piece.start - p.end <= _REACH
        and _SIGNS_ONE.fullmatch(scene.without_names(sentence, p.end, piece.start))
        for p in sentence.pieces
    )


def _between_crowds(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """Whether no side of an instrument is told by its name: `giữa các trường A và các đối tác B`."""
    if _BOTH.search(scene.text, max(sentence.start, piece.start - _REACH), piece.start):
        return False  # `hai bên ký thỏa thuận hợp tác với các trường`
    if _BETWEEN_BODIES.match(scene.text, piece.end, sentence.end):
        named = any(p.label == "ORG" and p.start >= piece.end for p in sentence.pieces)
        return not named and not _two_sign(scene, sentence, piece)
    if between_enterprises(scene, sentence, piece.end):
        return True
    crowd = _WITH_BODIES.match(scene.text, piece.end, sentence.end)
    tellers = {p.entity for p in sentence.pieces if p.label in ("ORG", "LOC") and p.end <= piece.start}
    many = _WITH_SO_MANY.match(scene.text, piece.end, sentence.end)
    if (
        many
        and len(tellers) == 1
        and not _AMONG_THEM.search(scene.text[many.end() : min(sentence.end, many.end() + _LISTED)])
    ):
        return True
    if PLURAL.match(scene.text[max(sentence.start, piece.start - 16) : piece.start]):
        crowd = _WITH_MANY.match(scene.text, piece.end, sentence.end) or crowd
        if crowd and len(tellers) < 2 and not _NAMED_NEXT.match(scene.text, crowd.end(), sentence.end):
            return True
    if crowd is None:
        return False
    told = scene.text[max(sentence.start, piece.start - _OF_DECREE) : piece.start]
    if _SUCH_BODIES_SIGN.search(told) and not _NAMED_NEXT.match(scene.text, crowd.end(), sentence.end):
        return True
    return not any(p.label in ("ORG", "PER", "LOC") and p.end <= crowd.end() for p in sentence.pieces)


def _of_employment(scene: Scene, sentence: Sentence, contract: Piece) -> bool:
    """Whether the bare word for a contract goes back to one of employment, and to none of two bodies."""
    if EMPLOYMENT.match(scene.text, contract.start, contract.end + _VERB) or _told_alone(
        scene, sentence, contract
    ):
        return True
    if _of_two_bodies(sentence):
        return False
    start = max(0, contract.start - _EMPLOYED)
    for number in range(sentence.number - 1, -1, -1):
        before = scene.sentences[number]
        if before.end <= start:
            break
        if _of_two_bodies(before) and any(
            BARE_CONTRACT.match(scene.text, other.start, other.end)
            for other in before.pieces
            if other.label == "AGREEMENT"
        ):
            start = before.end
            break
    return EMPLOYMENT.search(scene.text, start, contract.start) is not None


def _told_alone(scene: Scene, sentence: Sentence, contract: Piece) -> bool:
    """`thợ có hợp đồng lao động được ký phụ lục hợp đồng`: nobody is named behind that of employment."""
    start = max(sentence.start, contract.start - _EMPLOYED)
    told = EMPLOYMENT.search(scene.text, start, contract.start)
    return (
        told is not None
        and not any(p.label in ("ORG", "LOC") and p.start >= told.end() for p in sentence.pieces)
        and not _BOTH.search(scene.text, told.end(), sentence.end)
    )


def _two_sign(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """`A và B ký đề án`, `hai bên ký đề án`, `đề án được ký giữa A và B`: what two sign, whatever it is."""
    if not _signed(scene, sentence, piece):
        return False
    two = len({p.entity for p in sentence.pieces if p.label in ("ORG", "LOC")}) > 1
    return two or _BOTH.search(scene.text, sentence.start, sentence.end) is not None


def _signed(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    return any(
        p.label == "SIGNING"
        and (_signs(p, piece) or BY_THEM.fullmatch(scene.text, piece.end, p.start) is not None)
        for p in sentence.pieces
    )


def _signs(signing: Piece, agreement: Piece) -> bool:
    return 0 <= agreement.start - signing.end <= 1


def _of_two_bodies(sentence: Sentence) -> bool:
    return len({piece.entity for piece in sentence.pieces if piece.label == "ORG"}) > 1


def _crowd_signs(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    start = max(sentence.start, signing.start - _OF_DECREE)
    for piece in sentence.pieces:
        if piece.label == "AGREEMENT" and piece.end <= signing.start:
            start = max(start, piece.end)  # `học sinh học theo thỏa thuận ký …`
    before = scene.without_names(sentence, start, signing.start)
    if _CROWD_SIGNS.search(before) or _PERSON_SIGNS.search(before):
        return True
    if _BODIES_SIGN.search(before):
        return not NAMED_BEHIND.search(scene.text, signing.end, sentence.end)
    businesses = _BUSINESSES_SIGN.search(before)
    return businesses is not None and all(
        piece.label == "LOC"  # `doanh nghiệp Nga và Hà Lan`, not `doanh nghiệp A và B`
        for piece in sentence.pieces
        if start + businesses.start() <= piece.start < signing.start
    )


def of_one(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """Whether what is signed is the paper of one alone: `ký quyết định`, `ký vào biên bản`."""
    if DECREED.match(scene.text, signing.end, sentence.end) or _crowd_signs(scene, sentence, signing):
        return True
    if between_enterprises(scene, sentence, signing.end) or any_school_signs(scene, sentence, signing):
        return True
    if not_signed(scene, sentence, signing):
        return True
    if any(piece.label == "AGREEMENT" and _signs(signing, piece) for piece in sentence.pieces):
        return False  # `theo nghị quyết đã thông qua A ký thỏa thuận`
    start = max(sentence.start, signing.start - _OF_DECREE)
    if DECREE.search(scene.text[start : signing.start]) is None:
        return False
    return DECREE.search(scene.without_names(sentence, start, signing.start)) is not None
