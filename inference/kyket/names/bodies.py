"""The body that a title leaves open: `Hiệu trưởng A` heads the nearest school, a governor has a province."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from kyket.document import Entity
from kyket.names import organizations, places
from kyket.names.abbreviations import is_abbreviation
from kyket.names.agencies import is_agency
from kyket.names.mentions import Mention
from kyket.names.people import is_of_vietnam, name_of
from kyket.orthography import fold

_SCHOOL = r"truong|dai hoc|hoc vien|cao dang|nhac vien"


def _by_title(*rows: tuple[str, str]) -> tuple[tuple[regex.Pattern[str], regex.Pattern[str]], ...]:
    return tuple((regex.compile(forms), regex.compile(heads)) for forms, heads in rows)


# Titles, and how the folded name begins of a body that they go with. The first that a title holds counts.
_HEADS = _by_title(
    (r"hiệu trưởng|hiệu phó|hội đồng trường", _SCHOOL),
    (r"bộ trưởng|thứ trưởng", r"bo (?!tu lenh|chi huy|chinh tri|tham muu|doi)"),
    (r"viện trưởng|viện phó", r"vien|hoc vien|phan vien"),
    (r"tổng cục trưởng", r"tong cuc"),
    (r"chi cục trưởng", r"chi cuc"),
    (r"cục trưởng", r"cuc|tong cuc"),
    (r"vụ trưởng|vụ phó", r"vu "),
    (r"chánh án", r"toa an"),
    (r"đồn trưởng|chính trị viên", r"don"),
    (
        r"tư lệnh|chính ủy|chỉ huy trưởng(?! (?:công t|thi công|dự án))|tham mưu trưởng",
        r"(?!uy ban|mat tran|(?:hiep )?hoi |(?:tong )?(?:lien|cong) doan|so |truong (?!si quan|quan)|dai hoc"
        r"|doan chu tich|ban (?!chi huy)"
        r"|cao dang|(?:tong )?cong ty|tap doan|ngan hang|(?:tinh|thanh|huyen|quan|thi) (?:uy|doan)|bao (?!ve)"
        r"|dai |chinh phu|quoc hoi|lien hop|doan thanh|vien |benh vien (?!quan))",
    ),
    (
        r"công đoàn cơ sở",
        r"(?!cong doan|(?:tong )?lien doan|bao (?!hiem|tang|ve)|tap chi|dai |uy ban|hoi "
        r"|hiep hoi|bo |ban |chinh phu|quoc hoi|trung uong|dang "
        r"|(?:tinh|thanh|huyen|quan) )",
    ),
    (r"kiểm toán", r"(?:co quan )?kiem toan"),
    (r"kiểm sát viên", r"vien kiem sat"),
    (r"công tố viên", r"vien (?:kiem sat|cong to)|van phong cong to|bo tu phap"),
    (r"thẩm phán|chủ tọa", r"toa an"),
    (r"hội trưởng", r"hoi|hiep hoi|chi hoi"),
    (r"tổng biên tập", r"bao (?!hiem|tang)|tap chi|dai (?!hoc|su)|thoi bao"),
    (r"trưởng phòng", r"phong (?!thuong)"),
    (r"trưởng ban(?! liên lạc| giám khảo)", r"ban |uy ban"),
    (r"trưởng khoa", r"khoa|truong|dai hoc|hoc vien|benh vien"),
    (r"trụ trì", r"chua|thien vien|tu vien"),
    (r"bí thư thứ (?:hai|ba|tư|i{2,3}|[234])", r"dai su quan"),
    (r"bí thư thứ (?:nhất|i|1)", r"dai su quan|doan|dang|trung uong"),
    (r"đại sứ|tham tán|đại biện|tùy viên", r"dai su quan"),
    (r"tổng lãnh sự|lãnh sự", r"tong lanh su"),
    (r"chánh văn phòng", r"van phong|(?:thanh|tinh|huyen|quan) uy|lien doan|uy ban|bo "),
    (r"tổng thư ký", r"(?:tong )?(?:hoi|lien|hiep hoi|uy ban|phong thuong|cong doan|quoc hoi)|to chuc|vien"),
    (r"nghị sĩ|dân biểu", r"(?:nhom )?nghi (?:si|vien)|quoc hoi|thuong vien|ha vien"),
    (r"thanh tra", r"(?:co quan |tong cuc )?thanh tra"),
    (
        r"hđqt|hội đồng (?:quản trị|thành viên)|ceo|điều hành",
        r"(?:tong )?cong ty|tap doan|ngan hang (?!nha nuoc)|hang |quy ",
    ),
    (
        r"tổng giám đốc",
        r"(?!uy ban|(?:tong )?lien doan|cong doan|quoc hoi|hoi |hiep hoi|bo |ban |chinh phu|trung uong|vu "
        r"|cuc |(?:tinh|thanh|huyen|quan) (?:uy|doan)|so |phong |bao (?!hiem)|tap chi|truong |dang |dai hoc"
        r"|benh vien|ngan hang nha nuoc|ngan hang the gioi)",
    ),
    (
        r"giám đốc",
        r"(?!uy ban|(?:tong )?lien doan|(?:tong )?cong doan|doan |quoc hoi|hoi |hiep hoi|bo |ban (?!quan ly)"
        r"|chinh phu|trung uong|vu |cuc |(?:tinh|thanh|huyen|quan) (?:uy|doan)|bao (?!hiem|tang)|tap chi"
        r"|truong |dang |phong |khoa |tong cuc|ngan hang nha nuoc|ngan hang the gioi)",
    ),
    (
        r"chủ tịch",
        r"(?!so |truong |cuc |vu |bao |buu dien|van phong|kiem toan|benh vien|phong (?!thuong)|trung tam"
        r"|vien |bo |ban |dai hoc|hoc vien|(?:tinh|thanh|huyen|quan|thi) (?:uy|doan)|tram |khoa "
        r"|cong an|dai su quan|don )",
    ),
    (r"bí thư", r"(?:thanh|tinh|huyen|quan|dang|thi) (?:uy|doan)|doan|dang"),
)
# Occupations that go with one kind of body, which the article need not name again.
_WORKPLACES = _by_title(
    (
        r"bác s[ĩỹ]|điều dưỡng|hộ lý|y s[ĩỹ]|dược s[ĩỹ]|y tá|hộ sinh",
        r"(?:phan )?benh vien|tram y te|trung tam y|phong kham",
    ),
    (r"giảng viên|(?:giáo|sinh) viên|(?:cô|thầy) giáo", r"truong|dai hoc|hoc vien|cao dang|khoa |nhac vien"),
    (r"nghiên cứu viên|nhà nghiên cứu", r"vien|trung tam nghien cuu|dai hoc|truong dai hoc"),
    (r"hlv|huấn luyện viên|tiền đạo|tiền vệ|hậu vệ|trung vệ|thủ môn|cầu thủ", r"cau lac bo|doi bong"),
    (r"nhà văn|nhà thơ", r"hoi nha van"),
    (r"phóng viên|biên tập viên", r"bao (?!hiem|tang)|tap chi|dai (?:phat|truyen|tieng)|thong tan xa"),
)
_COMMANDED = regex.compile(  # Trung đoàn trưởng
    r"(?:phó )?((?:\p{L}+ )?(?:đoàn|đội|khu)|trạm|chi hội) (?:trưởng|phó)$"
)
_HEADED = regex.compile(r"(?:phó )?trưởng (khoa|phòng|trạm)$")  # a unit within a body: it, else the body
DELEGATION = regex.compile(
    r"(?<!\p{L})đoàn(?:,? (?:công tác|đại biểu|lãnh đạo|cán bộ|cấp cao|của|Đảng|chính quyền|\d+|thể thao))*"
    r"(?: (?:tỉnh|thành phố|thủ đô))?\s*$",
    regex.IGNORECASE,
)
"""Right before the body or place that a delegation is of."""
_OF_A_DEPARTMENT = regex.compile(r"(?:vụ|cục) (?:trưởng|phó)")
_ANY = regex.compile("")
_MINISTRY = regex.compile(r"bo |tong cuc|uy ban (?!nhan dan)|ngan hang nha nuoc")
_OF_STATE = regex.compile(r"(?:tỉnh|thị|đô|huyện|quận|châu) trưởng|thống đốc|trưởng (?:bản|thôn)|già làng")
_OF_VILLAGE = regex.compile(r"trưởng (?:bản|thôn)|già làng")
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
# Diplomats, and the mission they belong to: Đại sứ [Lào] tại [Việt Nam].
_ONCE = r"(?:(?:nguyên|cựu) )?"
_MISSIONS = (
    (regex.compile(rf"{_ONCE}(?:(?:phó )?tổng )?lãnh sự", regex.IGNORECASE), "Tổng Lãnh sự quán"),
    (
        regex.compile(rf"{_ONCE}(?:phó )?(?:đại sứ|đại biện|tham tán|công sứ|tùy viên)", regex.IGNORECASE),
        "Đại sứ quán",
    ),
)
# Bodies of a state that are those of Vietnam where no other is named.
_OWN_STATE = regex.compile(r"(?:bo|tong cuc|so|tinh uy|thanh uy|uy ban nhan dan|lien doan lao dong) ")
_SOURCE_BEFORE = regex.compile(
    r"(?<!\p{L})(?:hãng (?:tin|thông tấn)|tờ(?: báo)?|trang(?: tin| web)?|kênh(?: truyền hình)?)\s*$",
    regex.IGNORECASE | regex.REVERSE,  # `match` begins at the end of the text
)
_SPOKEN_TO = regex.compile(
    r"(?<!\p{L})(?:(?:nói|trao đổi|chia sẻ|tiết lộ) (?:với|cho)|(?:trả lời|phỏng vấn)(?: của| với)?)"
    r"(?: phóng viên| PV)?(?: báo| đài)?\s*$",
    regex.IGNORECASE | regex.REVERSE,
)
# How the folded names of bodies begin that are no medium: a delegation speaks to a hospital, too.
_NO_MEDIUM = regex.compile(
    r"(?:benh vien|truong|dai hoc|hoc vien|vien|(?:tong )?cong ty|tap doan|ngan hang|so|bo|ban|uy ban|hoi|quy"
    r"|hiep hoi|(?:tong )?cuc|vu|phong|khoa|trung tam(?! truyen)|(?:tong )?lien doan|cong (?:doan|an)|doan)\b"
)
_ACCORDING = regex.compile(r"(?<!\p{L})(?:theo|nguồn:?)\s*$", regex.IGNORECASE | regex.REVERSE)
# Only what nobody but a medium does: others too `trích quỹ`, `đăng ký`, `dẫn đầu`.
_SOURCE_BEHIND = regex.compile(
    r"\s*(?:(?:hôm nay|hôm qua|ngày [\d/-]+) )?"
    r"(?:đưa tin|loan tin|dẫn (?:lời|nguồn|tin)|đăng (?:tải|tin|bài))(?!\p{L})",
    regex.IGNORECASE,
)
_DATELINE, _DATELINE_END = 4, regex.compile(r"\s*\)?\s*[–—-]\s")
_LOOK_BACK, _LOOK_AHEAD = 25, 4
_ABROAD, _UNKNOWN, _HOME = -1, 0, 1
_STATED = {"home": _HOME, "abroad": _ABROAD}


class Bodies:
    """The bodies of an article, each mention with the entity it belongs to.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
    """

    def __init__(self, mentions: list[Mention], owner: Mapping[int, Entity]) -> None:
        self.mentions = mentions
        self.owner = owner
        self._by_name: dict[str, int] = {}
        for m in mentions:
            if m.label == "ORG":
                name = fold(owner[m.at].name)
                if "su quan " in name:  # Đại sứ quán Lào tại Việt Nam
                    name = name.partition(" tai ")[0]
                self._by_name.setdefault(name, m.at)

    def mission(self, head: str, state: Mention) -> int | None:
        """The mission of a state that the article names, such as `Đại sứ quán Lào`, or None."""
        return self._by_name.get(fold(f"{head} {self.owner[state.at].name}"))

    def nearest(self, m: Mention, role: str, noun: str | None, side: str | None = None) -> int | None:
        """The nearest body before a name, else just after it, that its title goes with.

        A body of the person's own country goes first, as far as names tell: a Vietnamese name is not likely
        to head a body abroad.

        Args:
            m: The person's first mention.
            role: The title.
            noun: The folded common noun that stands for the body in the text, or None.
            side: As of `Role`: what the text says of the body's country, which counts before the name.

        Returns:
            The number of the ORG or LOC mention, or None.
        """
        title = role.lower()
        home = _STATED[side] if side else _from_name(name_of(m.name))
        around = self._around(m)
        if _OF_STATE.search(title):
            fits = [other for other in around if other.label == "LOC"]
            if not _OF_VILLAGE.search(title):  # Vietnam has none
                fits = [o for o in fits if not ((place := places.find(o.name)) and place.country == "VN")]
            ranked = [(rank, other) for other in fits if (rank := _governed(title, other)) is not None]
            best = max((rank for rank, _ in ranked), default=0)
            return self._of_country(home, [other for rank, other in ranked if rank == best])
        head = _heads(title)
        if unit := _COMMANDED.fullmatch(title):
            head = regex.compile(fold(unit.group(1)))
        if side and noun == "truong":  # `trường bạn` may be called Đại học
            noun = _SCHOOL
        fits = self._called(around, regex.compile(noun)) if noun else []
        if not fits and (unit := _HEADED.fullmatch(title)):
            kind = fold(unit.group(1))
            named = rf"{kind} (?!thuong mai)" if kind == "phong" else f"{kind} "
            fits = self._called(around, regex.compile(named))
        fits = fits or self._called(around, head)
        if not fits and _OF_A_DEPARTMENT.search(title):  # its ministry, where it is not named
            fits = self._called(around, _MINISTRY)
        if "trưởng đoàn" in title:
            fits = [other for other in fits if DELEGATION.search(other.before)] or fits
        return self._of_country(home, fits)

    def of_own_country(self, m: Mention, role: str, noun: str, at: int) -> int:
        """The body of a person's own country that `noun` stands for, where mention `at` is of another."""
        home = _from_name(name_of(m.name))
        if home == _UNKNOWN or self._sides(home, self.mentions[at]) >= (0 if home == _HOME else 1):
            return at
        near = self.nearest(m, role, noun)
        return at if near is None or self._sides(home, self.mentions[near]) < 0 else near

    def goes_with(self, role: str, at: int) -> bool:
        """Whether the title `role` goes with the body of mention `at`."""
        return bool(self._called([self.mentions[at]], _heads(role.lower())))

    def workplace(self, m: Mention, role: str) -> int | None:
        """The nearest body that an occupation goes with: `bác sĩ` and the hospital; None for most."""
        heads = next((heads for forms, heads in _WORKPLACES if forms.search(role.lower())), None)
        if heads is None:
            return None
        return self._of_country(_from_name(name_of(m.name)), self._called(self._around(m), heads))

    def _around(self, m: Mention) -> list[Mention]:
        around = [
            *reversed(self.mentions[max(0, m.at - _LOOK_BACK) : m.at]),
            *self.mentions[m.at + 1 : m.at + 1 + _LOOK_AHEAD],
        ]
        return [
            other
            for other in around
            if not _in_dateline(other) and not _is_source(other) and not self._is_above(other)
        ]

    def _is_above(self, m: Mention) -> bool:
        """Whether a body in brackets is that which the one before it is of: `Trường X ([Đại học Y])`."""
        bracketed = m.label == "ORG" and m.before.strip() == "(" and m.after.lstrip().startswith(")")
        return bracketed and m.first and self.mentions[m.at - 1].label == "ORG"

    def _called(self, mentions: list[Mention], heads: regex.Pattern[str]) -> list[Mention]:
        return [m for m in mentions if m.label == "ORG" and heads.match(fold(self.owner[m.at].name) + " ")]

    def _of_country(self, home: int, fits: list[Mention]) -> int | None:
        if home != _UNKNOWN:
            # at home: no body abroad before one that may be of Vietnam; abroad: the surer the earlier
            most = _UNKNOWN if home == _HOME else _HOME
            fits = sorted(fits, key=lambda other: -min(most, self._sides(home, other)))
        return fits[0].at if fits else None

    def _sides(self, home: int, other: Mention) -> int:
        """1 for a body of the country that a person is of, -1 for one of another, 0 where nothing tells."""
        if states := organizations.two_states(self.owner[other.at].name):
            # `Trung tâm Nhiệt đới Việt - Nga` is of both, `Bệnh viện Lào - Mông Cổ` of neither
            return abs(home) if any(state.country == "VN" for state in states) else -home
        return home * self._belongs(other)

    def _belongs(self, other: Mention) -> int:
        """Whether a body is of Vietnam, as far as its country and the language of its name tell."""
        entity = self.owner[other.at]
        own = organizations.brand(organizations.parse(entity.name).core)
        foreign = sum(not organizations.SYLLABLE.fullmatch(word) for word in own)
        if entity.country:
            if entity.country == "VN":
                return _UNKNOWN if foreign * 2 > len(own) else _HOME
            return _ABROAD
        if not foreign and _OWN_STATE.match(fold(entity.name)):
            return _HOME
        return _ABROAD if foreign and not is_abbreviation(entity.name) else _UNKNOWN


def _heads(title: str) -> regex.Pattern[str]:
    """How the names begin of the bodies that a title in small letters goes with."""
    return next((heads for forms, heads in _HEADS if forms.search(title)), _ANY)


def _in_dateline(m: Mention) -> bool:
    """Whether a mention is the newspaper of a dateline: `Hà Nội (TTXVN) -`, `BTO -`."""
    return m.at < _DATELINE and is_abbreviation(m.name) and _DATELINE_END.match(m.after) is not None


def _is_source(m: Mention) -> bool:
    """Whether a body is the medium that a story is from, or whom somebody speaks to.

    `hãng tin [X]`, `[X] đưa tin`, `theo [Reuters]`, `nói với [X]`.
    """
    if _ACCORDING.match(m.before) and is_agency(m.name):
        return True
    if _SPOKEN_TO.match(m.before) and not _NO_MEDIUM.match(fold(m.name)):
        return True
    return bool(_SOURCE_BEFORE.match(m.before) or _SOURCE_BEHIND.match(m.after))


def mission_of(role: str) -> str | None:
    """The head of the mission that a diplomat belongs to, or None.

    Example:
        >>> mission_of("Tham tán Thương mại")
        'Đại sứ quán'
    """
    return next((mission for forms, mission in _MISSIONS if forms.match(role)), None)


def _from_name(person: str) -> int:
    """Whether a person is of Vietnam, as far as the name tells."""
    if is_of_vietnam(person):
        return _HOME
    return _UNKNOWN if organizations.MARKED.search(person) else _ABROAD


def _governed(title: str, place: Mention) -> int | None:
    """How well a governor or mayor goes with a place: by the kind that the title names; None: not at all."""
    known = places.find(place.name)
    match = _KIND_BEFORE.search(place.before)
    kind = match.group().strip().lower() if match else known.kind if known else None
    wanted = next((kinds for form, kinds in _GOVERNS if form in title), None)
    if kind is None or wanted is None:
        return 0
    return 1 if kind in wanted else None
