"""The body that a title leaves open: `Hiệu trưởng A` heads the nearest school, a governor has a province."""

from __future__ import annotations

import regex

from kyket.names import organizations, places
from kyket.names.abbreviations import is_abbreviation
from kyket.names.mentions import Mention
from kyket.names.people import is_vietnamese, name_of
from kyket.orthography import fold

# Titles, and how the folded name begins of a body that they go with.
_HEADS = (
    (r"hiệu trưởng|hiệu phó", r"truong|dai hoc|hoc vien|cao dang"),
    (r"bộ trưởng|thứ trưởng", r"bo "),
    (r"viện trưởng|viện phó", r"vien"),
    (r"tổng cục trưởng", r"tong cuc"),
    (r"chi cục trưởng", r"chi cuc"),
    (r"cục trưởng", r"cuc|tong cuc"),
    (r"vụ trưởng|vụ phó", r"vu "),
    (r"chánh án", r"toa an"),
    (r"đồn trưởng|chính trị viên", r"don"),
    (r"kiểm toán", r"(?:co quan )?kiem toan"),
    (r"kiểm sát viên", r"vien kiem sat"),
    (r"thẩm phán|chủ tọa", r"toa an"),
    (r"hội trưởng", r"hoi|hiep hoi|chi hoi"),
    (r"tổng biên tập", r"bao (?!hiem|tang)|tap chi|dai (?!hoc|su)|thoi bao"),
    (r"trưởng khoa", r"khoa|truong|dai hoc|hoc vien|benh vien"),
    (r"trụ trì", r"chua|thien vien|tu vien"),
    (r"đại sứ|tham tán|đại biện|tùy viên", r"dai su quan"),
    (r"tổng lãnh sự|lãnh sự", r"tong lanh su"),
    (
        r"giám đốc",
        r"(?!uy ban|lien doan|cong doan|tong cong doan|doan |quoc hoi|hoi |bo |ban |chinh phu"
        r"|tinh uy|thanh uy|vu |cuc |bao |truong |dang )",
    ),
    (
        r"chủ tịch",
        r"(?!so |truong |cuc |vu |bao |benh vien|phong (?!thuong)|trung tam|vien |tinh uy|thanh uy|bo )",
    ),
    (r"bí thư", r"(?:thanh|tinh|huyen|quan|dang|thi) (?:uy|doan)|doan|dang"),
)
_COMMANDED = regex.compile(r"(?:phó )?(\p{L}+ (?:đoàn|đội|khu)) (?:trưởng|phó)$")  # Trung đoàn trưởng
_DELEGATION = regex.compile(
    r"(?<!\p{L})đoàn(?: (?:công tác|đại biểu|cán bộ|cấp cao|của))*\s*$", regex.IGNORECASE
)
_MINISTRY = regex.compile(r"bo |tong cuc|uy ban (?!nhan dan)|ngan hang nha nuoc")
_OF_STATE = regex.compile(r"(?:tỉnh|thị|đô|huyện|quận|châu) trưởng|thống đốc|trưởng (?:bản|thôn)|già làng")
_KIND_BEFORE = regex.compile(
    r"(?<!\p{L})(?:tỉnh|thành phố|thủ đô|huyện|quận|châu|bản|làng|thôn|cửa khẩu|vườn quốc gia)\s*$",
    regex.IGNORECASE,
)
_GOVERNS = (
    ("tỉnh trưởng", ("tỉnh",)),
    ("thống đốc", ("tỉnh", "tiểu bang")),
    ("đô trưởng", ("thủ đô",)),
    ("thị trưởng", ("thành phố", "thủ đô")),
    ("huyện trưởng", ("huyện",)),
    ("quận trưởng", ("quận", "huyện")),
    ("châu trưởng", ("châu",)),
    ("bản", ("bản",)),
    ("già làng", ("làng", "buôn")),
)
# One syllable of Vietnamese without its marks; `yamato` and `foods` are none.
_SYLLABLE = regex.compile(
    r"(?:ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?|\d+"
)
_LOOK_BACK, _LOOK_AHEAD = 14, 2


def nearest(mentions: list[Mention], m: Mention, role: str, noun: str | None) -> int | None:
    """The nearest body before a name, else just after it, that its title goes with.

    A body of the person's own country goes first, as far as names tell: a Vietnamese name is not likely to
    head a body abroad.

    Args:
        mentions: All mentions of the article.
        m: The person's first mention.
        role: The title.
        noun: The folded common noun that stands for the body in the text, or None.

    Returns:
        The number of the ORG or LOC mention, or None.
    """
    title = role.lower()
    label = "LOC" if _OF_STATE.search(title) else "ORG"
    head = next((heads for forms, heads in _HEADS if regex.search(forms, title)), None)
    if unit := _COMMANDED.fullmatch(title):
        head = fold(unit.group(1))
    wanted = regex.compile(noun or head or "")
    around = [
        *reversed(mentions[max(0, m.at - _LOOK_BACK) : m.at]),
        *mentions[m.at + 1 : m.at + 1 + _LOOK_AHEAD],
    ]
    fits = [
        other
        for other in around
        if other.label == label
        and (label == "ORG" or _governed(title, other))
        and wanted.match(fold(organizations.parse(other.name).full) + " ")
    ]
    if not fits and noun:
        return nearest(mentions, m, role, None)
    if not fits and regex.search(r"(?:vụ|cục) (?:trưởng|phó)", title):  # its ministry, where it is not named
        fits = [other for other in around if _MINISTRY.match(fold(organizations.parse(other.name).full))]
    if label == "ORG" and (home := _at_home(name_of(m.name))) is not None:
        own = [other for other in fits if _belongs(mentions, other) in (None, home)]
        fits = own or fits
    if "trưởng đoàn" in title:
        fits = [other for other in fits if _DELEGATION.search(other.before)] or fits
    return fits[0].at if fits else None


def _at_home(person: str) -> bool | None:
    """Whether a person is of Vietnam, as far as the name tells."""
    if is_vietnamese(person):
        return True
    return None if organizations.MARKED.search(person) else False


def _belongs(mentions: list[Mention], org: Mention) -> bool | None:
    """Whether a body is of Vietnam, as far as its country and the language of its name tell."""
    country = _country(mentions, org)
    name = organizations.parse(org.name)
    own = organizations.brand(name.core)
    foreign = sum(not _SYLLABLE.fullmatch(word) for word in own) * 2 > len(own)
    if country:
        return None if foreign and country == "VN" else country == "VN"
    return False if foreign and not is_abbreviation(org.name) else None


def _country(mentions: list[Mention], m: Mention) -> str | None:
    """The country that a body's name tells, or the place in brackets after it."""
    name = m.name
    if m.label == "ORG":
        if country := organizations.parse(name).country:
            return country
        if not m.last or mentions[m.at + 1].label != "LOC" or m.after.strip() != "(":
            return None
        name = mentions[m.at + 1].name
    place = places.find(name)
    return place.country if place else None


def _governed(title: str, place: Mention) -> bool:
    """Whether a governor or mayor may have this place: of the kind that the title names, where known."""
    known = places.find(place.name)
    kind = known.kind if known else None
    if known is None:
        match = _KIND_BEFORE.search(place.before)
        kind = match.group().strip().lower() if match else None
    wanted = next((kinds for form, kinds in _GOVERNS if form in title), None)
    return kind is None or wanted is None or kind in wanted
