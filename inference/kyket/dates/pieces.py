"""The pieces from which the atomic patterns are put together; all match canonical text, any case.

Gaps are short and bounded, so that no pattern can run over the text more than once.
"""

from __future__ import annotations

from kyket.dates.numerals import NUMBER_START, NUMBER_WORD, ROMAN

GAP = r"[\s\u00a0]{0,3}"  # also lost: `ngày7/12`
SPACE = r"[\s\u00a0]{1,3}"
THIN = r"[ \t\u00a0\u2009\u202f]{0,2}"  # a space gained inside figures: `18/ 7/ 2022`
DASH = r"[-–—−‐‑‒―~]"

WORD_START = r"(?<![\p{L}\p{M}])"
WORD_END = r"(?![\p{L}\p{M}])"
# A figure may follow a word whose space was lost (`đến2023`), not a letter that makes it a code (`A10`),
# nor another figure of which it would be a part (`1.200`, `0912-345`).
FIGURE_START = (
    r"(?<!(?-i:[\p{N}\p{Lu}\p{M}_@#$€+]))(?<!(?<!\p{L})\p{L})(?<!\p{N}[.,/:])(?<!(?-i:\p{Lu})[-–/.])"
)
START = rf"(?>{WORD_START}|{FIGURE_START})"  # atomic: what follows is not tried once more
# A word may be glued to its end (`2023của`), not a unit (`2000m`) or a document's letters (`/NĐ-CP`).
MEASURE = r"(?:[kcm]?m[23²³]?|km|kg|ha|[kmg]w|[kmgt]b|gb|cc|px|[hsgx])"
FIGURE_END = (
    rf"(?![\p{{N}}%‰°_@])(?!{THIN}[%‰°])(?![.,:/]\p{{N}})(?!{THIN}/{THIN}\p{{L}})(?!{DASH}(?-i:\p{{Lu}}))"
    rf"(?!{MEASURE}{WORD_END})(?!\p{{L}}(?!\p{{L}}))(?!(?-i:\p{{Lu}}))"
)

DAY = r"(?P<day>\d{1,2})"
MONTH = r"(?P<month>\d{1,2})"
REAL_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
YEAR = r"(?P<year>(?:1\d|20)\d\d)(?!\d)"
# `năm 2014,2015 và 2016`: a comma that lost its space
YEAR_END = rf"(?:{FIGURE_END}|(?=,(?:19|20)\d\d(?![\d%])))"
MONTH_NAME = (
    r"(?:(?P<lunar_month>giêng|chạp)|(?P<month_word>mười\smột|mười\shai|mười|hai|ba|tư|sáu|bảy|bẩy|tám|chín))"
    + WORD_END
)
# `tháng năm` and `tháng một` are May and January only beside a day or a year, or in capitals.
RARE_MONTH = rf"(?P<month_word>năm|một){WORD_END}(?!{SPACE}\d)"
CAPITAL_MONTH = (
    r"(?-i:(?P<lunar_month>Giêng|Chạp)|(?P<month_word>Mười\s(?:Một|Hai|một|hai)|Một|Hai|Ba|Tư|Năm|Sáu|Bảy|Bẩy"
    rf"|Tám|Chín|Mười)){WORD_END}"
)

# `năm này sang năm khác`, `tuần này qua tuần khác` name none.
ON_TO_ANOTHER = rf"(?!{SPACE}(?:sang|qua|đến|tới){SPACE}(?:ngày|tuần|tháng|năm){SPACE}khác{WORD_END})"
# What names a year by its distance: (pattern, distance).
YEAR_SHIFTS = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "rồi": -1, "kia": -2, "tới": 1, "sau": 1}
YEAR_SHIFT = (
    rf"(?:năm{SPACE}(?:(?P<year_shift>{'|'.join(YEAR_SHIFTS)}){WORD_END}{ON_TO_ANOTHER}(?<!(?:trước|sau)(?={SPACE}(?:đó|ấy|khi){WORD_END}))(?<!tới(?={SPACE}(?:nay|năm|tháng|ngày){WORD_END}))|(?P<that_year>đó|ấy){WORD_END})"
    # next year, but not `sang năm 2023`, `bước sang năm thứ hai`, `sang năm mới`
    rf"|(?<!bước\s)(?P<next_year>sang{SPACE}năm){WORD_END}(?!{SPACE}(?:\d|khác|học|thứ|mới|đầu|cuối"
    rf"|{'|'.join(YEAR_SHIFTS)}|qua|đó|ấy|{NUMBER_START}){WORD_END}))"
)
SAME_YEAR = rf"(?P<same_year>(?<!cuối{SPACE})cùng{SPACE}năm){WORD_END}"
# A year of three figures, such as 938, only before what cannot be counted: `năm 300 sinh viên` is none.
EARLY_YEAR = (
    r"(?P<year>[1-9]\d\d)(?=\Z|[.,;:!?)\]”\"\n](?!\d)"
    rf"|{SPACE}(?:đã|là|tại|ở|của|do|trên|khi|đến|tới|thì|với|cho|và|sau|ngay|nổ|diễn){WORD_END}"
    rf"|{SPACE}(?-i:\p{{Lu}}\p{{Ll}}+\s\p{{Lu}}\p{{Ll}}))"
)
YEAR_AFTER = (
    rf"(?:,?{GAP}(?:của{SPACE})?năm{GAP}{YEAR}{FIGURE_END}|{SPACE}năm{SPACE}{EARLY_YEAR}"
    rf"|,?{SPACE}(?:của{SPACE})?{YEAR_SHIFT}|,?{SPACE}{SAME_YEAR})"
)
YEAR_FIGURE = rf"(?:{THIN}(?:[/.,]|{DASH}){THIN}{YEAR}{FIGURE_END})"

# The year of the lunar calendar by its stem and branch: `năm Giáp Thìn`.
STEM_YEAR = (
    rf"năm{SPACE}(?:Giáp|Ất|Bính|Đinh|Mậu|K[ỷỉ]|Canh|Tân|Nhâm|Quý){SPACE}"
    rf"(?:T[ýíỵị]|Sửu|Dần|Mão|Mẹo|Thìn|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi){WORD_END}"
)
LUNAR = (
    rf"(?:{SPACE}(?:\((?:âm{SPACE}lịch|âl)\)|(?:âm{SPACE}lịch|âl){WORD_END})(?:,?{SPACE}{STEM_YEAR})?"
    rf"|,?{SPACE}{STEM_YEAR})"
)
# In what is quoted from English: `15 June 2024`, `15-Jun-2024`.
ENGLISH_MONTH = (
    r"(?P<english>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

# `ngày 5 vừa qua`, `thứ Hai tới`: the last, the next. `tới` is also a verb (`ngày 5 tới thăm Lào`) and "to"
# (`từ ngày 10 tới khi xong`), so what follows must show that it is "next"; after `từ`, that the clause ends.
TOWARD = (
    rf"vừa{SPACE}(?:qua|rồi)|tới(?:{SPACE}đây|(?={GAP}(?:[,.;:!?)]|\Z|\n))"
    rf"|(?<!{WORD_START}từ{SPACE}(?:\p{{L}}+{SPACE}){{1,2}}[\p{{L}}\d]+{SPACE}tới)(?={SPACE}(?:tại|ở|sẽ|này){WORD_END}))"
)

NEXT = r"tới\sđây|sắp\stới|tiếp\stheo|kế\stiếp|nữa"
PAST = (
    r"qua(?!\s(?:đường|cửa\skhẩu|biên\sgiới|mạng|kênh|hệ\sthống|cầu|màn\shình|điện\sthoại|bưu|trung\sgian|hình\sthức"
    r"|internet)(?!\p{L}))"
)
# `25 năm qua đường dây`, `17 năm rồi mới về` do not count back from today.
LAST = (
    r"vừa\squa|vừa\srồi|mới\sđây|trở\slại\sđây|lại\sđây|gần\sđây|gần\snhất"
    rf"|{PAST}|rồi(?!\s(?:mới|lại|sau|thì|cũng){WORD_END})"
)

# Not the end of a greater one: `12.500 năm`, `một trăm hai mươi năm`; `2014,5 năm` lost a space.
NUMBER = (
    r"(?P<number>(?=\d)(?<!(?<!\d)\d{1,3}[.,])\d{1,3}"
    rf"|(?!\d)(?<!(?:trăm|nghìn|ngàn|vạn){SPACE}){NUMBER_WORD})"
)
# The same number again: `05 (năm) năm`, `ba (03) năm`.
AGAIN = rf"(?:{SPACE}\((?:\d{{1,3}}|{NUMBER_WORD})\))?"
# A number that counts units of time, as few numbers do: asked of before all that takes longer.
COUNTED = rf"(?=(?:\d++(?:,5)?|(?!\d){NUMBER_WORD}){AGAIN}{SPACE}(?:năm|tháng|tuần|ngày|quý|th[ậế]|niên))"
# So many months of a year, days of a month; not `lớp 9 tháng 2023`, `36 tháng 2023`.
IN_A_YEAR = rf"(?<!(?:lớp|khối|phần)\s)(?!(?:0?1|một|[3-9]\d|\d{{3}}){SPACE}|(?:1[3-9]|2\d){SPACE}tháng)"
UNIT = (
    rf"(?P<unit>năm|tháng|tuần|ngày|quý|thập{SPACE}(?:kỷ|kỉ|niên)|thế{SPACE}(?:kỷ|kỉ)"
    rf"|niên{SPACE}khóa(?!{SPACE}\d)){WORD_END}"
)
UNITS = {"năm": "year", "tháng": "month", "tuần": "week", "ngày": "day", "quý": "quarter", "niên": "year"}
# 4 năm 10 tháng; not `trong 5 năm 6 tháng đầu năm 2024`, `hai năm 5 tháng 6`
MORE_MONTHS = (
    rf"(?<=năm){SPACE}(?:và{SPACE})?(?P<months_more>\d{{1,2}}){SPACE}tháng{WORD_END}"
    rf"(?!{SPACE}(?:\d|đầu|cuối|năm|một|này|nay))"
)
# hai ngày làm việc 9 và 10/5, ba ngày hội 20, 21 và 22-5
KIND_OF_DAYS = (
    rf"(?<=ngày)(?:{SPACE}(?!(?:từ|đến|tới|qua|và|của|kể|vào|ở|tại|trước|sau|là){WORD_END})(?-i:\p{{Ll}}{{2,6}})){{1,2}}"
    rf"(?={SPACE}(?:\d{{1,2}}(?:,|{SPACE}và){SPACE}){{0,5}}"
    rf"\d{{1,2}}(?:,|{SPACE}và|{THIN}{DASH}|/\d{{1,2}}{SPACE}và){THIN}\d{{1,2}}[/-]\d)"
)
# ba năm liên tiếp 2016, 2017 và 2018
IN_A_ROW = rf"{SPACE}(?:liên{SPACE}tiếp|liền)(?={SPACE}\(?(?:1[89]|20)\d\d)"
QUARTER_LEAD = r"qu[ýí]"
QUARTER = rf"(?P<quarter>(?-i:I{{1,3}}|IV){WORD_END}|[1-4](?!\p{{N}}))"
# In words only beside a year or after a word of time: `bài học quý nhất`, `mỗi quý hai bên`.
QUARTER_WORD = rf"(?P<quarter>nhất|một|hai|ba|tư|bốn){WORD_END}"
# but not `khách quý đầu năm 2024`, `dược liệu quý này`
NO_DEAR = (
    r"(?<!(?:khách|quà|vật|thuốc|sâm|gỗ|đá|ngọc|hiếm|(?<!tăng\s)cao|kim\sloại|(?:dược|tư|tài|sử)\sliệu|di\ssản"
    r"|sưu\stập|loài)\s)"
)
# What is dear where it is said of this one, and else has quarters: `tổng tài sản quý trước`
NO_DEAR_ONE = r"(?<!(?:(?<!tổng\s)tài\ssản|giống|cây|thú|cổ)\s(?=quý\snày))"
QUARTER_EDGE = rf"(?P<quarter>đầu|cuối)(?:{SPACE}(?:tiên|cùng))?(?:{SPACE}của)?"  # of a stated year
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
QUARTERS |= {"đầu": 1, "cuối": 4}

PARTS_OF_DAY = "sáng|trưa|chiều|tối|đêm"
DAY_PART = rf"(?:rạng\ssáng|sáng\ssớm|{PARTS_OF_DAY}|khuya)"
# `những năm tám mươi của thế kỷ trước`, `thập niên 80 của thế kỷ 19`
DECADE_WORD = (
    rf"(?P<decade_word>(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)\smươi){WORD_END}"
    rf"(?!{SPACE}(?:tuổi|mấy|{NUMBER_WORD}){WORD_END})"
)
CENTURY = rf"[IVX]{{1,5}}{WORD_END}|\d{{1,2}}(?![\p{{N}}.,]\p{{N}}|\p{{N}})"
OF_CENTURY = rf"(?:{SPACE}(?:của{SPACE})?thế{SPACE}(?:kỷ|kỉ){SPACE}(?:trước|(?P<decade_century>{CENTURY})))?"
ORDINAL = (
    rf"(?:{ROMAN}|\d{{1,2}}(?!\p{{N}})(?!{GAP}(?:năm|tháng)(?!{GAP}\d))"
    rf"|(?:thứ|lần\sthứ){SPACE}(?:{ROMAN}|\d{{1,2}}|{NUMBER_WORD}|nhất|nhì))"
)
