"""Titles: finding them in running text, and the form in which a role is reported."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kyket.alternatives import any_of
from kyket.names import tables
from kyket.names.people import honorifics

# Few, and each to be read in one way only: else words in a row (`là là là …`) take more than linear time.
_BEFORE_TITLE = (
    r"(?:(?P<past>nguyên|cựu|(?<!ủy |chính )quyền) |tân |vị |các |hai |ba |là |một |nữ |cố |chú |cô ){0,4}"
)
# `Trưởng` + an organisation that begins with `ban`: Trưởng [ban Dân vận Tỉnh ủy].
_SPLIT_HEADS = {
    "trưởng": "Trưởng",
    "phó trưởng": "Phó Trưởng",
    "phó": "Phó Trưởng",
    "chánh": "Chánh",
    "phó chánh": "Phó Chánh",
}
_SPLIT_UNIT = regex.compile(
    r"(ban|phòng|khoa|bộ môn|văn phòng|chi nhánh|đoàn|trạm|nhóm|bộ phận|ty|tổ|công an|phái đoàn)\b",
    regex.IGNORECASE,
)
# A year of study is no part of a role: sinh viên năm thứ ba, học sinh lớp 5, cựu học viên khóa 12.
_YEAR = (
    r"(?:(?<=sinh viên|học viên|học sinh|lưu học sinh|nghiên cứu sinh)"
    r" (?:năm (?:thứ )?(?:nhất|hai|ba|tư|bốn|năm|sáu|cuối|\d)|(?:lớp|khóa) \d{1,2}\p{L}?\d{0,2})"
    r"(?![\p{L}\p{N}]))?"
)
WHEN = (
    r"(?:(?:vào )?(?:khi|lúc|thời điểm) (?:đó|ấy)|(?:lúc )?bấy giờ|hiện (?:nay|tại)|đương (?:nhiệm|chức)"
    r"|sắp mãn nhiệm)"
)
"""When somebody holds the office that stands before: `Chủ tịch [X] khi đó là ông [A]`."""
_AIDE = regex.compile(
    r"(?:phó )?(?:trợ lý|thư ký|cố vấn(?: cấp cao)?|đặc phái viên|đặc sứ|người phát ngôn|phát ngôn viên)",
    regex.IGNORECASE,
)
_STUDENT = regex.compile(r"(?:lưu )?(?:sinh viên|học sinh|học viên)", regex.IGNORECASE)
_SPLIT_END = regex.compile(
    r"(?<!\p{L})(?:(?P<past>nguyên|cựu|(?<!ủy |chính )quyền) )?"
    r"(?P<head>phó trưởng|phó chánh|trưởng|phó|chánh) ?$",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title found in a text.

    Attributes:
        role: The form to report, such as `Phó Chủ tịch`.
        kind: `post`, `past` (a former one), `delegation`, `membership`, `rank`, `degree`, `occupation` or
            `former` (what somebody was and is no role, such as `cựu sinh viên`).
        start: Offset of the title in the text it was found in.
        end: Its end.
        aide: Whether it is that of who works for an officer: `Thư ký Tổng Bí thư`.
    """

    role: str
    kind: str
    start: int
    end: int
    aide: bool = False


@tables.remembered(8)
def _table() -> dict[str, tuple[str, str]]:
    return {row["title"].lower(): (row["kind"], row["report"]) for row in reversed(tables.rows("titles"))}


@tables.remembered(8)
def _pattern() -> regex.Pattern[str]:
    """A title with what leads to it, or the second one of `Bí thư kiêm Chủ tịch`.

    The table stands in it once: it is the longest of all, and to compile it takes a tenth of a second.
    """
    return regex.compile(
        r"(?<![\p{L}\p{N}])(?!(?<=(?:ủy|chính) )quyền )"  # `chính quyền Thủ tướng [A]`
        r"(?!(?<=sự )lãnh đạo)"
        r"(?!(?<=hội đồng )bộ trưởng)"  # a council of ministers is no minister
        r"(?!thương binh(?: và| &| -|,)? xã hội)"  # `Bộ trưởng Lao động Thương binh và Xã hội [A]`
        rf"(?:(?P<second>kiêm )|{_BEFORE_TITLE})(?P<title>{any_of(_table())}){_YEAR}"
        r"(?-i: \(\p{Lu}{2,6}\))?(?![\p{L}\p{N}])",  # Chủ tịch Hội đồng quản trị (HĐQT)
        regex.IGNORECASE,
    )


@tables.remembered(8)
def _lead() -> regex.Pattern[str]:
    weak = [form for form, (kind, _) in _table().items() if kind in ("rank", "degree")]
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}])(?:(?P<weak>{any_of(weak)})|{any_of(honorifics())}|là|tên|tên là|gồm|gồm có"
        rf"|bao gồm|{WHEN} là|(?<!, ){WHEN}"
        r"|\d{1,3} tuổi|người(?: dân tộc| gốc)?(?-i:(?: \p{Lu}[\p{L}’'-]*| -){1,4}))[\s,:–-]*$",
        regex.IGNORECASE,
    )


def find(text: str) -> list[Title]:
    """All titles in `text`, longest first where they overlap, in order."""
    found: list[Title] = []
    first = None  # the last match, where `kiêm` may add a second title to it
    for match in _pattern().finditer(text):
        if first and _is_second(first, match):
            found[-1] = _title(first, match)
            first = None
        else:
            found.append(_title(match))
            first = match
        if len(found) > 1 and (aide := _aide(text, found[-2], found[-1])):
            found[-2:] = [aide]
            first = None
    return found


def at_start(text: str) -> Title | None:
    """The title that `text` begins with, or None."""
    match = _pattern().match(text)
    if not match or match["second"]:
        return None
    second = _pattern().match(text, match.end() + 1)
    if second and not second["second"] and (aide := _aide(text, _title(match), _title(second))):
        return aide
    return _title(match, second if second and _is_second(match, second) else None)


def at_end(text: str) -> Title | None:
    """The title that `text` ends with, or None."""
    found = find(text)
    return found[-1] if found and not text[found[-1].end :].strip() else None


def _aide(text: str, first: Title, officer: Title) -> Title | None:
    """`Đặc phái viên Tổng thống [Mẫu] [A]`: who works for an officer does not hold his office."""
    if officer.kind != "post" or text[first.end : officer.start] != " " or not _AIDE.fullmatch(first.role):
        return None
    return Title(f"{first.role} {officer.role}", first.kind, first.start, officer.end, aide=True)


def _is_second(first: regex.Match[str], match: regex.Match[str]) -> bool:
    """Whether `kiêm` joins a title to the one before it."""
    return bool(match["second"]) and match.string[first.end() : match.start()] == " "


def _title(match: regex.Match[str], second: regex.Match[str] | None = None) -> Title:
    kind, role = _reported(match["title"])
    if second and (kind == "membership" or role == "Thành viên"):  # Ủy viên HĐQT kiêm Tổng Giám đốc
        kind, role = _reported(second["title"])
    elif second:
        role = f"{role} kiêm {_reported(second['title'])[1]}"
    past = (match["past"] or "").lower()
    if past in ("nguyên", "cựu"):
        kind = "former" if _STUDENT.match(role) else "past" if kind == "post" else kind
    start = match.start("title") if match["second"] else match.start()
    return Title(f"{past} {role}" if past else role, kind, start, (second or match).end())


def _reported(form: str) -> tuple[str, str]:
    """The kind of a form of the table, and how it is reported."""
    kind, report = _table()[form.lower()]
    role = report or (form[:1].upper() + form[1:] if kind != "occupation" else form)
    return kind, role.capitalize() if role.isupper() and len(role) > 4 else role


def strip_lead(text: str) -> tuple[str, str | None]:
    """`text` without the honorifics, ranks and degrees at its end, and the first of the latter.

    Example:
        >>> strip_lead("do Hiệu trưởng, GS.TS ")
        ('do Hiệu trưởng,', 'GS.TS')
    """
    weak = None
    text = text.rstrip()
    while match := _lead().search(text):
        weak = match.group("weak") or weak
        text = text[: match.start()].rstrip()
    return text, weak


def split_before(text: str, organization: str) -> Title | None:
    """The title that ends `text` and takes its noun from the organisation after it, or None.

    Example:
        >>> split_before("dự có Trưởng ", "ban Dân vận Tỉnh ủy").role
        'Trưởng ban'
    """
    match, unit = _SPLIT_END.search(text), _SPLIT_UNIT.match(organization)
    if not match or not unit:
        return None
    noun = unit.group(1)
    if text[: match.start()].lower().endswith(f"{noun.lower()} "):
        return None  # `Trạm trưởng` + [Trạm …] is a title by itself
    if (title := at_end(text)) and title.start < match.start() and title.role.endswith(" trưởng"):
        return None  # and so is `Bộ trưởng` + [Văn phòng …]
    noun = noun.capitalize() if noun.lower() in ("văn phòng", "công an", "phái đoàn") else noun.lower()
    role = f"{_SPLIT_HEADS[match.group('head').lower()]} {noun}"
    past = (match.group("past") or "").lower()
    kind = "past" if past in ("nguyên", "cựu") else "post"
    return Title(f"{past} {role}" if past else role, kind, match.start(), match.end())
