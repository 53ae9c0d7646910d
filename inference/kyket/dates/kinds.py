"""The kinds of atoms, each one letter, and the patterns of each: calendar words, figures, what joins them."""

from __future__ import annotations

from kyket.dates.numerals import ROMAN
from kyket.dates.pieces import (
    AGAIN,
    CAPITAL_MONTH,
    CENTURY,
    COUNTED,
    DASH,
    DAY,
    DAY_PART,
    DECADE_WORD,
    EARLY_YEAR,
    ENGLISH_MONTH,
    FIGURE_END,
    FIGURE_START,
    GAP,
    IN_A_ROW,
    IN_A_YEAR,
    KIND_OF_DAYS,
    LAST,
    LUNAR,
    MONTH,
    MONTH_NAME,
    MORE_MONTHS,
    NEXT,
    NO_DEAR,
    NO_DEAR_ONE,
    NUMBER,
    OF_CENTURY,
    ON_TO_ANOTHER,
    ORDINAL,
    PARTS_OF_DAY,
    PAST,
    QUARTER,
    QUARTER_EDGE,
    QUARTER_LEAD,
    QUARTER_WORD,
    RARE_MONTH,
    REAL_MONTH,
    SAME_YEAR,
    SPACE,
    START,
    THIN,
    TOWARD,
    UNIT,
    WORD_END,
    WORD_START,
    YEAR,
    YEAR_AFTER,
    YEAR_END,
    YEAR_FIGURE,
    YEAR_SHIFT,
)

_NOT_YEARLY = (
    r"(?<!(?:những|nhiều|các|mấy|vài|hằng|hàng|mỗi|từng|bao|lâu|thứ|nửa"
    r"|phần\stư|triệu|tỷ|tỉ|nghìn|ngàn|trăm|chục|mươi|những\snăm|các\snăm|\d[.,]\d{1,3}|\d\d00)\s)"
)
# What leads to the count of some year: `có năm 300, có năm 500`
_NOT_COUNTING = (
    r"(?<!(?<!\p{L})(?:trong|cả|có|riêng|sang|còn|chỉ|nhưng|và|hoặc|hay|là|cũng|nào|như|thì|rồi"
    r"|được|lên|xuống|đạt|hơn|gần|khoảng)\s)"
)
_DAY_TOWARD = rf"(?P<toward>{TOWARD}){WORD_END}"
_MONTH_SHIFT = (
    rf"tháng{SPACE}(?P<month_shift>này|trước|tới|sau|rồi|vừa{SPACE}(?:qua|rồi)){WORD_END}"
    rf"(?!{SPACE}(?:đó|ấy|khi){WORD_END})"
)
_SEPARATOR = rf"(?:[/.⁄∕]|{DASH})"
_DAY_LEAD = rf"(?P<named>(?:ngày|hôm){GAP})"
_TO = rf"(?:{THIN}{DASH}{THIN}|{SPACE}(?:đến|tới){SPACE})(?:(?:đầu|giữa|cuối){SPACE})?"
_CENTURIES = rf"(?:{_TO}|{SPACE}và{SPACE}(?=[IVX]|\d\d(?:[.,;:)]|\Z)))"
_BEFORE_OUR_ERA = rf"{SPACE}(?:trước{SPACE}Công{SPACE}nguyên|TCN){WORD_END}"
_OF_OUR_ERA = rf"(?!{_BEFORE_OUR_ERA})"
_EDGE_OF = r"(?:hồi|đầu|giữa|cuối)"
# `hồi tháng năm`, not `đầu tháng năm 2018` or `hồi tháng một người`.
_MAY_OR_JANUARY = rf"(?P<month_word>năm|một){WORD_END}(?!{SPACE}(?:\d|người|chiếc|số|vụ))"
# What follows `cuối tháng` where it has a month.
_MONTH_AFTER = (
    rf"{SPACE}(?:\d|{CAPITAL_MONTH}|{MONTH_NAME}|{_MAY_OR_JANUARY}"
    rf"|(?:này|nay|trước|sau|tới|qua|vừa|rồi|đó|ấy|giêng|chạp){WORD_END})"
)
# `đầu` of what has a beginning: a year, a month, a quarter, a decade, a term.
_EDGE = (
    rf"(?:(?:những{SPACE}(?:ngày|tháng){SPACE})?(?:đầu|giữa|cuối)|(?:thượng|trung|hạ){SPACE}tuần)(?={SPACE}(?:năm{SPACE}(?:\d|nay|này|ngoái|trước|sau|tới(?!{SPACE}nay)|học{SPACE}\d)|tháng{_MONTH_AFTER}|quý"
    rf"|ngày{SPACE}\d|(?:19|20)\d\d|\d{{1,2}}[-./](?:19|20)\d\d|những{SPACE}năm"
    rf"|thế{SPACE}(?:kỷ|kỉ){SPACE}[\dIVX]|thập{SPACE}(?:kỷ|kỉ|niên)"
    rf"|(?:nhiệm{SPACE}k[ỳì]|giai{SPACE}đoạn){SPACE}(?:19|20)\d\d))"
)

# `6 tháng năm nay`, `3 tháng một lần` have no May and no January.
_NO_RATE = rf"(?!{SPACE}(?:nay|này|ngoái|trước|sau|tới|qua|lần|lượt|chuyến|đợt|kỳ|buổi){WORD_END})"
# `từ 3-4 năm trước`, `trong 2-3 tuần tới` are lengths.
_NO_LENGTH = (
    rf"(?:(?<=(?:{PARTS_OF_DAY}){SPACE}\d{{1,2}}{DASH}\d{{1,2}})"
    rf"|(?!{SPACE}(?:(?:năm|tháng|tuần|ngày){SPACE}(?:trước|sau|tới|qua|vừa|gần|nữa|liền){WORD_END}|(?:tuần|ngày)\s*(?:[.,;)]|\Z))))"
)

# What makes `những năm 1990` years instead: những năm 1990, 1995; các năm 1990 và 2000
_NO_DECADE_AFTER = (
    rf"{GAP}(?:(?:,|và){GAP}(?:năm\s)?\d*[1-9](?!\d)|đến{GAP}(?:năm\s)?\d)"
    rf"|(?<=các{SPACE}năm{SPACE}\d+){GAP}(?:,|và){GAP}(?:năm\s)?\d"
)
_NO_YEAR_EDGE = (
    rf"{SPACE}(?:\d|nay|này|ngoái|trước|tới(?!{SPACE}nay)|sau|học|qua|vừa|châm|âm|dương|thứ|mới|đó|ấy)"
)

# What may stand without a year is marked by an empty group `alone`.
_IF_ALONE = r"(?(alone)|(?!))"

# One letter a kind, in the order in which they are tried at a place.
ATOMS: dict[str, tuple[str, ...]] = {
    "-": (
        rf"(?:{DASH}{{1,2}}>?|→)(?:{GAP}(?P<edge>{_EDGE}|hết(?={SPACE}(?:ngày|tháng|quý|năm{SPACE}\d|\d))))?",
        r"(?<=(?<!\d)(?:1[89]|20)\d\d)/(?=(?:(?:1[89]|20)\d\d|\d\d)(?![\d/]))",
    ),
    ",": (",",),
    "(": (r"\(",),
    ")": (r"\)",),
    # a day of the lunar calendar: rằm tháng Giêng, mùng 3 tháng Chạp, 10/3 âm lịch, mùng 2 Tết
    "U": (
        rf"{WORD_START}(?:ngày\s)?rằm{SPACE}tháng{SPACE}(?:{MONTH_NAME}|{RARE_MONTH}|{MONTH}){LUNAR}?",
        rf"{WORD_START}(?:ngày\s)?(?:mùng|mồng){SPACE}{NUMBER}{SPACE}(?:Tết|tháng{SPACE}(?:{MONTH_NAME}|{RARE_MONTH}))"
        rf"{WORD_END}{LUNAR}?",
        rf"(?:{WORD_START}ngày{SPACE}|{FIGURE_START})\d{{1,2}}{SPACE}tháng{SPACE}(?:giêng|chạp){WORD_END}{LUNAR}?",
        rf"(?:{WORD_START}(?:ngày{SPACE})?(?:ngày|mùng|mồng){SPACE}|{FIGURE_START})\d{{1,2}}"
        rf"(?:(?:/|-|{SPACE}tháng{SPACE})\d{{1,2}}|{SPACE}tháng{SPACE}(?:{MONTH_NAME}|{RARE_MONTH})){LUNAR}(?P<figures>)",
        rf"{WORD_START}tháng{SPACE}(?:(?:giêng|chạp){WORD_END}{LUNAR}?"
        rf"|(?:\d{{1,2}}(?:(?:{THIN}{DASH}{THIN}|,?{SPACE}(?:và|đến){SPACE})\d{{1,2}})?|{MONTH_NAME}|{RARE_MONTH}){LUNAR})",
        # not `đã 25 Tết xa nhà`
        rf"(?:{WORD_START}ngày{SPACE}|(?<=(?<!\p{{L}})(?:hôm|{PARTS_OF_DAY}|từ|đến|tới|vào){SPACE}))"
        rf"(?:2\d|30){SPACE}(?-i:Tết){WORD_END}(?!{SPACE}(?:dương|tây){WORD_END})",
    ),
    # a day of a month: 18/7/1977, ngày 18 tháng 7 năm 1977, 28-7, 12.8, 2021-12-07
    "D": (
        rf"(?:{WORD_START}{_DAY_LEAD}|{FIGURE_START}){DAY}{THIN}(?P<separator>{_SEPARATOR}){THIN}{MONTH}{THIN}"
        rf"(?P=separator){THIN}{YEAR}{FIGURE_END}",
        rf"(?:{WORD_START}{_DAY_LEAD}|{FIGURE_START}){DAY}(?P<separator>/){MONTH}/(?P<short_year>\d\d){FIGURE_END}",
        rf"{WORD_START}{_DAY_LEAD}{DAY}(?P<separator>[-.]){MONTH}(?P=separator)(?P<short_year>\d\d){FIGURE_END}",
        rf"(?:{WORD_START}{_DAY_LEAD}|{FIGURE_START}){DAY}/{MONTH}{THIN}{DASH}{THIN}{YEAR}{FIGURE_END}",
        rf"{FIGURE_START}{YEAR}(?P<iso>-)(?P<month>\d\d)-(?P<day>\d\d){FIGURE_END}",
        rf"(?:{WORD_START}(?P<named>(?:ngày|hôm|mùng|mồng){GAP})|{FIGURE_START}(?<!(?:thứ|lần|kỳ|kì|đợt){SPACE})){DAY}{GAP}tháng{GAP}"
        rf"(?:{MONTH}(?!\d)(?(named)|(?!(?:[.,]\d{{1,2}})?{THIN}%|{THIN}{DASH}{THIN}\d{{1,2}}/|{SPACE}và{SPACE}\d{{1,2}}(?!\d|[/.-]|{SPACE}tháng)))|{MONTH_NAME}|{RARE_MONTH}(?(named)|{_NO_RATE}))(?:{YEAR_AFTER}|{YEAR_FIGURE}|{SPACE}{YEAR}{FIGURE_END})?"
        rf"(?!{SPACE}ngày{WORD_END})(?P<worded>)",
        rf"(?:{WORD_START}(?P<named>(?:ngày|hôm|mùng|mồng){GAP})|{FIGURE_START}){DAY}"
        rf"(?:(?P<separator>/){THIN}{MONTH}|(?P<separator>\.){MONTH}|(?P<separator>{DASH}){MONTH}(?!{DASH}\d)"
        rf"(?!{THIN}[/.]{THIN}\d)(?!{GAP}tháng)(?(named)|{_NO_LENGTH}))(?:{YEAR_AFTER}|{FIGURE_END})",
        rf"(?:{WORD_START}(?<!các{SPACE}){_DAY_LEAD}|(?<=(?<!\p{{L}}){DAY_PART}{SPACE}))"
        rf"{DAY}[ ](?P<separator>{DASH})[ ]{REAL_MONTH}{FIGURE_END}(?=[,.;)])",
        rf"{WORD_START}{_DAY_LEAD}{DAY}(?:[ ](?P<separator>{DASH})|(?P<separator>{DASH})[ ])"
        rf"{REAL_MONTH}{FIGURE_END}(?!{GAP}(?:tháng|{DASH}))",
        # a day of the month of writing, of one beside it: ngày 5 vừa qua, mùng 5 tháng trước
        rf"{WORD_START}(?P<named>(?:(?:ngày|hôm){GAP})?(?:ngày|hôm|mùng|mồng){GAP}){DAY}{SPACE}(?:{_DAY_TOWARD}|{_MONTH_SHIFT})",
        rf"(?<=(?:ngày|hôm|mùng|mồng){GAP}(?:\d{{1,2}}{GAP}(?:đến|tới|và|,|{DASH}){GAP}){{1,6}}){DAY}{SPACE}(?:{_DAY_TOWARD}|{_MONTH_SHIFT})(?P<worded>)",
        # as mails and telephones write: 4 thg 7, 2024
        rf"(?:{WORD_START}{_DAY_LEAD}|{FIGURE_START}){DAY}{SPACE}th(?:g\.?{GAP}|\.?){MONTH}(?:(?:,{GAP}|{SPACE}){YEAR}{FIGURE_END}|(?<=thg\.?\s?\d+)(?!\d))(?P<worded>)",
        rf"(?:{WORD_START}{_DAY_LEAD}|{FIGURE_START}){DAY}[\s-]{ENGLISH_MONTH}(?:,?\s|-){YEAR}{FIGURE_END}(?P<worded>)",
    ),
    # a stretch that is one phrase: 6 tháng đầu năm 2025, nửa cuối tháng 7, những năm 1990, thế kỷ 20
    "H": (
        rf"{COUNTED}{START}(?:{NUMBER}{SPACE}(?P<part_unit>tháng|quý){SPACE}(?P<part>đầu|cuối)(?:{SPACE}(?:tiên|cùng))?{SPACE}"
        rf"(?:của{SPACE})?(?:(?:năm(?:{GAP}|/)|(?P<bare>)){YEAR}{FIGURE_END}|{YEAR_SHIFT}|(?P<bare_year>năm)(?!{SPACE}(?:học|tài)){WORD_END})"
        rf"|{IN_A_YEAR}{NUMBER}{SPACE}(?P<part_unit>tháng|quý)(?:(?:{SPACE}(?:của{SPACE})?(?:năm{GAP}|(?P<bare>))|/){YEAR}{FIGURE_END}"
        rf"|{SPACE}năm{SPACE}(?P<year_shift>nay|ngoái){WORD_END})"
        rf"|{IN_A_YEAR}{NUMBER}{SPACE}ngày{SPACE}(?P<half>đầu|cuối){SPACE}(?:của{SPACE})?tháng{GAP}{REAL_MONTH}"
        rf"(?:{YEAR_FIGURE}|{YEAR_AFTER})?(?!\d)(?!{LUNAR}))",
        rf"{WORD_START}(?:nửa(?:{SPACE}năm)?|6{SPACE}tháng|sáu{SPACE}tháng){SPACE}(?P<half>đầu|cuối|sau){SPACE}(?:của{SPACE})?"
        rf"(?:(?:năm(?:{GAP}|/))?{YEAR}{FIGURE_END}|{YEAR_SHIFT}|tháng{GAP}{REAL_MONTH}(?:{YEAR_FIGURE}|{YEAR_AFTER})?(?!\d)"
        rf"|(?P<bare_year>năm)(?!{SPACE}(?:học|tài)){WORD_END})",
        rf"{WORD_START}(?:nửa{SPACE}(?P<half>đầu|cuối|sau){SPACE})?(?:thế{SPACE}(?:kỷ|kỉ)|(?-i:TK)(?=\s[IVX]{{2}})){SPACE}"
        rf"(?:thứ{SPACE})?(?P<century>{CENTURY})(?:{_CENTURIES}(?P<last_century>{CENTURY}))?{_OF_OUR_ERA}"
        rf"(?!{_CENTURIES}(?:{CENTURY}){_BEFORE_OUR_ERA})",
        rf"{WORD_START}{_NOT_YEARLY}(?P<era>(?:thế|thập){SPACE}(?:kỷ|kỉ|niên)){SPACE}(?P<era_word>này|trước|tới|sau){WORD_END}"
        rf"(?!{SPACE}(?:khi|đó|ấy|công){WORD_END})",
        rf"{WORD_START}(?:nửa{SPACE}(?P<half>đầu|cuối|sau){SPACE})?(?:(?:những|các){SPACE}năm(?:{SPACE}(?:đầu|giữa|cuối))?|thập{SPACE}(?:kỷ|kỉ|niên))"
        rf"(?:{SPACE}năm)?{GAP}(?P<decade>(?:1[5-9]|20)?\d0)(?:s(?!\p{{L}}))?{FIGURE_END}"
        rf"(?:(?<=\s(?:\d0|(?:kỷ|kỉ|niên)\s\d{{4}})){_TO}(?P<last_decade>(?:1[5-9]|20)?\d0){FIGURE_END}|(?!{THIN}{DASH}))(?!{_NO_DECADE_AFTER}){OF_CENTURY}",
        rf"{WORD_START}(?:(?:những|các){SPACE}năm|thập{SPACE}(?:kỷ|kỉ|niên)){SPACE}{DECADE_WORD}{OF_CENTURY}",
        # the next one of a list: những năm 1970 và 1980
        rf"(?<=(?:những{SPACE}năm|thập{SPACE}(?:kỷ|kỉ|niên)){SPACE}(?:\d{{1,3}}0(?:,|{SPACE}và){SPACE}){{1,3}})"
        rf"(?P<decade>(?:1[5-9]|20)?\d0){FIGURE_END}{OF_CENTURY}",
    ),
    # a day or week by its distance: hôm nay, chiều qua, tuần trước, cùng ngày
    "h": (
        rf"{WORD_START}(?!(?<=(?-i:\p{{Ll}}){SPACE})(?-i:Ngày{SPACE}[Mm]ai))(?<!(?:mấy|những|vài|nhiều){SPACE}(?:ngày{SPACE})?)(?P<this_day>(?:(?:ngày{SPACE})?(?:hôm|bữa){SPACE}(?P<day_word>nay|qua|kia|mai|kìa)|ngày{SPACE}(?P<day_word>mai))|(?:{DAY_PART}){SPACE}"
        rf"(?P<day_word>(?:hôm{SPACE}|ngày{SPACE})?(?:nay|qua|mai))){WORD_END}",
        rf"{WORD_START}(?P<same_day>(?:cùng{SPACE}ngày)){WORD_END}",
        rf"{WORD_START}(?P<next_day>(?-i:Hôm|Ngày{SPACE}hôm|(?:Sáng|Trưa|Chiều|Tối){SPACE}hôm){SPACE}sau)(?=,)",
        rf"{WORD_START}{_NOT_YEARLY}(?P<shifted>tuần|tháng|{NO_DEAR}{NO_DEAR_ONE}quý){SPACE}(?P<shift_word>này|trước|tới|sau|rồi){WORD_END}"
        rf"(?!{SPACE}(?:khi|đó|ngày|nay){WORD_END}){ON_TO_ANOTHER}",
        rf"(?<=(?:hồi|từ){SPACE})(?P<shifted>tuần|tháng){SPACE}(?P<shift_word>trước){WORD_END}(?={SPACE}khi)",
        rf"(?<=(?:đầu|giữa|cuối){SPACE})(?P<shifted>tuần|tháng){SPACE}(?P<shift_word>(?:vừa{SPACE})?(?:qua|rồi)){WORD_END}",
    ),
    # a day of the week: thứ Hai tuần tới, sáng thứ ba, Chủ nhật
    "w": (
        rf"{WORD_START}(?P<weekday>chủ{SPACE}nhật|(?<=(?:{PARTS_OF_DAY}|hôm|vào)\s)thứ{SPACE}"
        rf"(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?-i:[Tt]hứ\s(?:Hai|Ba|Tư|Năm|Sáu|Bảy|Bẩy))"
        rf"|(?<!lần\s)thứ{SPACE}(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?=(?:{_TO}(?:hết{SPACE})?thứ{SPACE}[\p{{L}}\d]+)?{SPACE}tuần{SPACE}(?:này|trước|tới|sau|qua|rồi)|,?{SPACE}\(?(?:ngày{SPACE})?\d{{1,2}}[-/.]\d))"
        rf"{WORD_END}(?!{SPACE}nào{WORD_END})(?:{SPACE}(?:tuần{SPACE}(?P<week_word>này|trước|tới|sau|qua|rồi)"
        rf"|(?P<week_word>này|trước|sau)|(?P<toward>{TOWARD}|{PAST})){WORD_END})?",
    ),
    # a month: tháng 7/2015, tháng Bảy năm 2015, tháng 1 năm nay, 7/2015
    "M": (
        rf"{WORD_START}tháng{GAP}{REAL_MONTH}(?:{YEAR_FIGURE}|{YEAR_AFTER}|{SPACE}{YEAR}{FIGURE_END}|(?!\d)(?!{THIN}[/.]\d)"
        rf"(?!%)(?:{SPACE}(?P<toward>vừa{SPACE}qua|vừa{SPACE}rồi|tới\sđây|tới(?!{SPACE}(?:tháng|năm|ngày|nay|đầu|giữa|cuối|hết|\d|(?-i:\p{{Lu}})))"
        rf"|qua){WORD_END}|{SPACE}này(?={SPACE}(?:đến|tới){SPACE}))?)",
        rf"{WORD_START}tháng{SPACE}(?:{CAPITAL_MONTH}(?P<alone>)|{MONTH_NAME}|{RARE_MONTH})"
        rf"(?:{YEAR_FIGURE}|{YEAR_AFTER}|{_IF_ALONE})",
        rf"(?<={_EDGE_OF}{SPACE})tháng{SPACE}(?:{MONTH_NAME}|{_MAY_OR_JANUARY})",
        rf"(?<=(?:từ|đến|tới|vào|trong|sau|trước){SPACE})tháng{SPACE}(?:{MONTH_NAME}|{_MAY_OR_JANUARY}(?={_TO})"
        rf"|(?<=tháng{SPACE}\p{{L}}{{2,4}}{SPACE}(?:đến|tới){SPACE}tháng{SPACE}){_MAY_OR_JANUARY})"
        rf"(?=\Z|[.,;:!?)\n]|{_TO}|{SPACE}(?:tại|ở|và|khi|cho|sau|trước|do|với|trên|này|nay|vừa|qua|theo|sẽ|đã|đang|được|bị){WORD_END})",
        rf"{WORD_START}thg\.?{GAP}{REAL_MONTH}(?:,{GAP}|{SPACE}){YEAR}{FIGURE_END}",
        rf"{FIGURE_START}{REAL_MONTH}(?P<slash>/){THIN}{YEAR}{FIGURE_END}",
        rf"{FIGURE_START}{REAL_MONTH}(?P<slash>[-.]){YEAR}{FIGURE_END}",
    ),
    # a quarter: quý III/2024, quý 1 năm 2020
    "Q": (
        rf"{WORD_START}{QUARTER_LEAD}{SPACE}(?:{QUARTER}(?P<alone>)|{QUARTER_WORD})"
        rf"(?:{YEAR_FIGURE}|{YEAR_AFTER}|{SPACE}{YEAR}{FIGURE_END}|{SPACE}(?P<toward>vừa{SPACE}(?:qua(?!{SPACE}đời)|rồi)){WORD_END}|{_IF_ALONE})",
        rf"{WORD_START}(?<=(?:trong|vào|hết|đầu|giữa|cuối|từ|đến|sang)\s){QUARTER_LEAD}{SPACE}{QUARTER_WORD}",
        # quý một, quý hai năm 2017
        rf"{WORD_START}{QUARTER_LEAD}{SPACE}{QUARTER_WORD}(?=(?:,|{SPACE}(?:và|đến)){SPACE}{QUARTER_LEAD}{SPACE}(?:hai|ba|tư|bốn){WORD_END})",
        rf"{WORD_START}{NO_DEAR}(?:(?-i:q)|(?<=(?:\A|[.!?…\n(])\s?)q)u[ýí]{SPACE}{QUARTER_EDGE}{YEAR_AFTER}",
        rf"(?<!(?:ở|tại|viện|cư)\s){WORD_START}(?-i:Q\.?(?P<quarter>[1-4]|I{{1,3}}|IV))(?:{YEAR_FIGURE}|{YEAR_AFTER}|{SPACE}{YEAR}{FIGURE_END})",
        # Q2-Q3/2024, từ Q2 đến Q4/2024
        rf"{WORD_START}(?-i:Q\.?(?P<quarter>[1-4]))(?={GAP}(?:{DASH}|đến|tới){GAP}(?-i:Q\.?[1-4])(?:{YEAR_FIGURE}|{YEAR_AFTER}))",
        rf"(?<=qu[ýí]\s(?-i:(?:I{{1,3}}|IV)(?:,\s|\svà\s)){{1,3}})(?-i:(?P<quarter>I{{1,3}}|IV)){WORD_END}(?!{GAP}(?:[/.-]|năm))",
        # hai quý II và III/2020
        rf"(?<=(?<!\p{{L}})(?:hai|ba|[23])\squ[ýí]\s)(?-i:(?P<quarter>I{{1,3}}))(?=(?:,|\svà|{THIN}{DASH}){THIN}(?-i:I[IV]))",
        rf"(?:{FIGURE_START}|(?<=qu[ýí]\s(?-i:I{{1,3}}){GAP}{DASH}{GAP}))(?-i:(?P<quarter>I{{1,3}}|IV))(?:{YEAR_FIGURE}|{YEAR_AFTER})",
    ),
    # the edge of this year: đầu năm, cuối năm
    "e": (
        rf"{WORD_START}(?:đầu|giữa|cuối){SPACE}năm{WORD_END}"
        rf"(?!{_NO_YEAR_EDGE})",
        rf"(?<=(?:đến|tới){SPACE}hết{SPACE})năm{WORD_END}(?!{_NO_YEAR_EDGE})",
    ),
    # the edge of this month: cuối tháng
    "E": (
        rf"{WORD_START}(?:đầu|giữa|cuối){SPACE}tháng{WORD_END}(?!{_MONTH_AFTER})",
        rf"(?<=(?:đến|tới){SPACE}hết{SPACE})tháng{WORD_END}(?!{_MONTH_AFTER})",
        rf"(?<=từ{SPACE})đầu{SPACE}tuần(?={SPACE}(?:đến|tới){SPACE}nay{WORD_END})(?P<of_week>)",
    ),
    # so many units from the point before: Hai năm sau, …; Một tuần trước đó …
    "V": (rf"(?:(?<=[.!?…:\n]\s?(?:(?:Chỉ|Đúng)\s)?)|\A){NUMBER}{SPACE}{UNIT}"
        rf"{SPACE}(?:sau(?=,)|(?:sau|(?P<earlier>trước)){SPACE}đó{WORD_END})",
        rf"{WORD_START}{_NOT_YEARLY}(?P<unit>năm){SPACE}(?:sau|(?P<earlier>trước)){SPACE}đó{WORD_END}"),
    # a length: 5 năm, hai mươi tháng, ba năm rưỡi, 2,5 năm; not the number before a year (khóa 5 năm 2018)
    "l": (
        rf"{COUNTED}{START}(?<!tuần{SPACE}thứ{SPACE})(?!(?<=(?:những|các){SPACE})năm|(?<=(?:kỳ|kì|đợt|lần|thứ){SPACE})\d{{1,2}}{SPACE}tháng{SPACE}\d)(?!(?<=(?:tháng|quý){SPACE}\d{{1,2}}(?:,|{SPACE}(?:và|hoặc)){SPACE})\d{{1,2}}{SPACE}năm{SPACE}(?:nay|ngoái)){NUMBER}(?P<half_more>,5(?!\d))?{AGAIN}{SPACE}{UNIT}(?:{SPACE}(?P<half_more>rưỡi){WORD_END}|{MORE_MONTHS}|{KIND_OF_DAYS}|{IN_A_ROW})?"
        rf"(?!{GAP}(?:1[89]|20)\d\d(?!\d)(?!{THIN}(?:{DASH}|,){THIN}\d)(?!{SPACE}(?:và|&|đến|tới){SPACE}))(?!{SPACE}học{SPACE}\d{{4}})",
        rf"{WORD_START}(?P<half_unit>nửa){SPACE}(?P<unit>năm|tháng|thập{SPACE}(?:kỷ|kỉ|niên)|thế{SPACE}(?:kỷ|kỉ)){WORD_END}(?!{SPACE}(?:đầu|cuối|sau))",
    ),
    # a year with its word: năm 2022, năm nay, cùng năm
    "Y": (
        rf"{WORD_START}(?:năm){GAP}{YEAR}{YEAR_END}{_OF_OUR_ERA}",
        # 938, where it opens a sentence, is led to or ends a clause: `riêng năm 200`, `có năm 300` count
        rf"(?:(?<=(?:\A|[.!?…\n][\s”\"]{{0,2}}))(?-i:Năm)|(?<={WORD_START}(?:từ|đến|tới|vào){SPACE})năm)"
        rf"{SPACE}{EARLY_YEAR}{_OF_OUR_ERA}",
        rf"(?<=(?-i:\p{{Ll}}){SPACE}){_NOT_YEARLY}{_NOT_COUNTING}năm{SPACE}(?P<year>[1-9]\d\d)(?=\Z|[.,;:!?)\]”\"\n](?!\d)){_OF_OUR_ERA}",
        rf"{WORD_START}{_NOT_YEARLY}(?P<past_unit>năm|tháng|tuần|thập{SPACE}(?:kỷ|kỉ|niên)|thế{SPACE}(?:kỷ|kỉ)){SPACE}"
        rf"(?:vừa\squa|vừa\srồi|{PAST}){WORD_END}",
        # `trong quý vừa qua`, not `ông Quý vừa qua đời`
        rf"(?:(?<=(?<!\p{{L}})(?:trong|của|với|từ|ở|suốt|cả){SPACE})(?=(?-i:q))|(?<=(?:\A|[.!?…\n(])\s?))(?P<past_unit>quý){SPACE}"
        rf"(?:vừa\squa|vừa\srồi){WORD_END}(?!{SPACE}(?:đời|mặt))",
        rf"{WORD_START}(?:{_NOT_YEARLY}|(?<=\d{SPACE})(?=năm{SPACE}ngoái)){YEAR_SHIFT}",
        rf"{WORD_START}{SAME_YEAR}",
    ),
    "W": (
        rf"(?<=(?:năm|giai\sđoạn|thời\sk[ỳì]|thời\sgian)\s1\d\d\d(?:\s(?:đến|tới|và)\s|\s?{DASH}\s?))(?P<year>1\d\d\d){FIGURE_END}",
        rf"(?<=(?-i:\p{{Lu}})\p{{L}}{{1,15}}\s(?:(?-i:\p{{Ll}}){{2,6}}\s)?\()(?P<year>1[0-7]\d\d)(?=\s?{DASH}\s?(?:1\d|20)\d\d\))|(?<=năm\s\((?:từ\s)?)(?P<year>1[0-7]\d\d)(?={_TO}1\d\d\d\))|(?<=(?:giai\sđoạn|thời\sk[ỳì]|thời\sgian)\s)(?P<year>1[0-7]\d\d)(?=\s?{DASH}\s?1\d\d\d(?!\d))",
        rf"(?<=(?-i:\p{{Lu}})\p{{L}}{{1,15}}\s(?-i:\p{{Lu}})\p{{L}}{{1,15}}\s\()(?P<year>1[0-7]\d\d)(?=\s?{DASH}\s?1\d\d\d[,;])",
        rf"(?<=\((?:từ\s)?1[0-7]\d\d(?:\s?{DASH}\s?|\s(?:đến|tới)\s))(?P<year>1\d\d\d)(?=[),;])",
        # spaces that a scan put into the years of a range: giai đoạn 20 20 - 2025
        rf"(?<=(?:giai\sđoạn|nhiệm\sk[ỳì]|niên\skhóa|thời\sk[ỳì]|năm\shọc|năm|kế\shoạch|từ|\()\s?)(?P<year>20{SPACE}\d\d)"
        rf"(?={THIN}{DASH}{THIN}20{THIN}\d\d(?!\d))",
        rf"(?<=20{THIN}\d\d{THIN}{DASH}{THIN})(?P<year>20{SPACE}\d\d)(?!\d){FIGURE_END}",
        rf"{FIGURE_START}(?P<year>(?:1[89]|20)\d\d)(?=/(?:(?:1[89]|20)\d\d|\d\d)(?![\d/]))",
        rf"(?:{FIGURE_START}|(?<=(?<!\d)(?:1[89]|20)\d\d[/,]))(?P<year>(?:1[89]|20)\d\d){FIGURE_END}",
        rf"(?<=năm{SPACE}|(?<!\d)(?:19|20)\d\d(?:,[ ]?|{THIN}{DASH}{THIN}))(?P<year>(?:19|20)\d\d){YEAR_END}",
    ),
    # a clock time: 17h43, 17:43, 9 giờ 30
    "c": (
        rf"(?<![\p{{N}}\p{{L}}.,:/-])(?P<hour>[01]?\d|2[0-4])(?::|{THIN}(?:giờ|h(?!\p{{L}})){THIN})(?P<minute>[0-5]\d)?"
        rf"(?:{THIN}(?:phút|'|ph)|(?::\d\d))?(?![\p{{N}}%/])(?!(?<=[ ]\d\d)-\d{{1,2}}(?!\d|{THIN}[hg:]))"
        rf"(?:{GAP}(?:{PARTS_OF_DAY}){WORD_END}(?!{SPACE}(?:hôm{SPACE})?(?:nay|qua|mai){WORD_END}))?",
    ),
    # a day alone, to be completed by what follows: ngày 10, 10
    "N": (
        rf"{WORD_START}{_DAY_LEAD}(?P<number>\d{{1,2}}){FIGURE_END}",
        rf"{WORD_START}(?P<named>(?:mùng|mồng){GAP})(?P<number>\d{{1,2}}){FIGURE_END}",
        rf"(?<=(?<!\d)(?:1[89]|20)\d\d/)(?P<number>\d\d){FIGURE_END}",
        rf"(?<!(?-i:[\p{{N}}\p{{Lu}}%$#]))(?<!\p{{N}}[.,/:])(?P<number>\d{{1,2}}){FIGURE_END}",
    ),
    # what opens a period: giai đoạn, nhiệm kỳ XII, năm học
    "L": (
        rf"{WORD_START}(?:giai{SPACE}đoạn|nhiệm{SPACE}k[ỳì]|niên{SPACE}khóa|niên{SPACE}hạn|niên{SPACE}vụ|niên{SPACE}độ"
        rf"|thời{SPACE}k[ỳì]|năm{SPACE}học|mùa{SPACE}giải|chu{SPACE}k[ỳì]|tài{SPACE}khóa|khóa)"
        rf"(?:{GAP}(?:{ORDINAL})(?!{THIN}[-–/.]|{SPACE}\d\d{THIN}{DASH}))?"
        rf"(?:{SPACE}(?:tiếp\stheo|mới|tới|đầu|này))?{WORD_END}",
        rf"{WORD_START}(?:các|những){SPACE}năm(?={SPACE}(?:từ{SPACE}(?:năm{SPACE})?)?(?:1[89]|20)\d\d)",
        rf"{WORD_START}(?:nửa(?:{SPACE}(?:đầu|cuối|sau))?|các|hai|học{SPACE}k[ỳì]{SPACE}(?:{ROMAN}|\d|một|hai|ba))"
        rf"(?={SPACE}(?:nhiệm{SPACE}k[ỳì]|niên{SPACE}(?:vụ|khóa)|năm{SPACE}học|mùa{SPACE}giải|giai{SPACE}đoạn){SPACE}\d{{4}})",
    ),
    "f": (
        rf"{WORD_START}(?:tính{SPACE}từ|kể{SPACE}từ|bắt{SPACE}đầu{SPACE}từ|từ)"
        rf"(?:{SPACE}hồi(?={SPACE}(?:đầu|giữa|cuối|tháng|năm)))?(?:{SPACE}(?:{_EDGE}|(?:khoảng|sau)(?={SPACE}(?:đầu{SPACE}|giữa{SPACE}|cuối{SPACE})?(?:năm{SPACE})?(?:1\d|20)\d\d)|sau(?={SPACE}(?:ngày|tháng){SPACE}\d)))?{WORD_END}",
    ),
    "z": (
        rf"{WORD_START}(?:hiện{SPACE}(?:nay|tại)|bây{SPACE}giờ|nay|(?<=từ{SPACE})(?:giờ|đây)(?={SPACE}(?:cho{SPACE})?(?:đến|tới){WORD_END})){WORD_END}",
        rf"(?<=(?:đến|tới){SPACE})(?:thời{SPACE}điểm{SPACE}(?:này|hiện{SPACE}(?:nay|tại))|giờ(?=[.,;:)!?]|\Z|{SPACE}(?:vẫn|đã|chưa|mới|thì|cũng))){WORD_END}",
    ),
    "x": (rf"{WORD_START}(?:trở{SPACE}đi|(?:trở{SPACE})?về{SPACE}sau(?!{SPACE}khi)){WORD_END}",),
    "n": (rf"{WORD_START}(?:{NEXT}){WORD_END}",),
    "p": (rf"{WORD_START}(?:{LAST}){WORD_END}",),
    "a": (
        rf"{WORD_START}trước{SPACE}đây{WORD_END}",
        rf"{WORD_START}(?:(?:trở{SPACE})?về{SPACE})?trước{WORD_END}(?!{SPACE}(?:đó|đây|khi|lúc|ngày|năm|tháng|sự|cuộc|vụ|lễ|trận|kỳ|đại\shội|bầu\scử|chiến\stranh|Tết|hạn){WORD_END})",
    ),
    # đến, đến hết, sang; `tới` is also the tail of `5 năm tới`
    "o": (
        rf"{WORD_START}tới{WORD_END}"
        rf"(?!{SPACE}(?:hết|cuối|giữa|đầu){SPACE}(?:năm|tháng|ngày|quý|những|thập|thế|\d))",
    ),
    "t": (
        rf"(?:(?<=\d{SPACE})(?:và{SPACE})?kéo{SPACE}dài{SPACE}|{WORD_START})(?:cho{SPACE})?(?:đến|tới|sang)(?:{SPACE}tận)?(?:{SPACE}(?:(?P<edge>hết|{_EDGE})|trước(?={SPACE}(?:(?:ngày|tháng|năm){SPACE})?\d)))?",
    ),
    "&": (rf"{WORD_START}(?:và|hoặc|hay){WORD_END}", "&"),
    "g": (rf"{WORD_START}(?:{DAY_PART}|rạng(?={SPACE}ngày)|(?:vào{SPACE})?lúc){WORD_END}",),
}  # fmt: skip

# How figures go on where an atom of a kind may begin with them: few do so, as a look shows. For `re`.
_COUNTING = r"\d+(?:,5)?\s{1,3}(?:năm|ngày|niên|th[áậế]|tuần|quý|\()"
_ENGLISH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
FIGURES = {
    "U": r"\d{1,2}(?:[/-]|\s{1,3}t)",
    "D": rf"\d{{1,2}}\s{{0,3}}(?:{_SEPARATOR}\s{{0,2}}(?:\d{{1,2}}(?!\d)|{_ENGLISH})|th|tới|vừa|{_ENGLISH})"
    r"|\d{4}-",
    "H": rf"{_COUNTING}|(?:(?<=[,à]\s)|(?<=\s\s))\d{{0,3}}0(?!\d)",
    "M": r"\d{1,2}[-./]",
    "V": _COUNTING,
    "l": _COUNTING,
    "W": r"\d{4}(?!\d)|20\s",
    "c": r"\d{1,2}(?::|\s{0,2}(?:giờ|h))",
    "N": r"\d{1,2}(?!\d)",
}
