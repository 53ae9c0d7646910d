"""What stands between a title and its body or its holder, and what it makes of the role.

`Chủ tịch` + ` tỉnh ` + [X]: a level, nothing to keep. `Bộ trưởng` + ` Ngoại giao`: the body itself.
`Giám đốc` + ` hợp tác xã này`: a common noun that stands for the body. `Giám đốc` + ` dự án quốc tế` +
` của ` + [X]: a field, which belongs to the role.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kyket.alternatives import any_of
from kyket.document import Entity
from kyket.names import organizations, places, tables, titles
from kyket.names.fields import NOUN_TAIL, NOUNS, field, fields
from kyket.names.mentions import Mention
from kyket.names.people import honorifics
from kyket.names.titles import WHEN, Title
from kyket.orthography import fold

_LEVELS = (
    r"(?:tỉnh|thành phố|TP\.?|thủ đô|nước|huyện|quận|thị xã|phường|xã|bang|khu tự trị|của|tại|thuộc"
    rf"|{WHEN}|(?:mới|đầu tiên)(?= của))"
)
_LEVEL_FIRST = regex.compile(r"(?i:tỉnh|thành phố|TP\.?|huyện) (?=\p{Lu})(?!Đoàn|Ủy)")
LEVEL_TAIL = regex.compile(rf"\s*(?:{_LEVELS}\s*)*", regex.IGNORECASE)
_SECTOR = regex.compile(r"\s*(\p{Lu}[\p{L}, -]{2,70}?)\s*(?:nước)?\s*")
_WHEN_END = regex.compile(rf"(?<=\p{{L}}) {WHEN}\s*$")
_OF = regex.compile(r"\s(?:của|thuộc)\s*$")
_AND = regex.compile(r"\s*,\s*(?:và\s+)?|\s+(?:và|&|-)\s+")
_VERB = regex.compile(
    r"(?<![Vv]iệc) (?:chủ trì|thăm|gặp|tiếp|đón|hội đàm|sang|đến|tới|dự|ký|mời|cảm ơn|đề nghị|nhấn mạnh"
    r"|dẫn đầu|làm|đang)(?!\p{L})"
)
_MINISTER = regex.compile(
    r"(?:.* kiêm )?(?:(?:nguyên|cựu|quyền) )?(?:bộ trưởng|thứ trưởng(?: thường trực| thứ nhất)?|phó bộ trưởng"
    r"|trợ lý bộ trưởng)",
    regex.IGNORECASE,
)
# Of who is called by his department alone: `Cục trưởng Hàng không [A]`.
_DEPARTMENT = regex.compile(r"(?:phó )?((?:tổng )?cục|vụ) (?:trưởng|phó)", regex.IGNORECASE)
# Behind such an office: what tells which of several he is, or the body above.
_NO_DEPARTMENT = regex.compile(
    r"(?:thường trực|thứ nhất|phụ trách|bộ|ban|ủy ban|viện)(?!\p{L})", regex.IGNORECASE
)
_FORCES = r"quân đội|(?:hải|lục|không) quân|lực lượng (?:vũ trang|phòng (?:không|vệ)|đặc nhiệm)"
# Offices that name their body, with what of them is the role: Chủ tịch Hạ viện [Pháp], Ngoại trưởng [Pháp].
_NAMES_ITS_BODY = tuple(
    (regex.compile(form, regex.IGNORECASE), body)
    for form, body in (
        (r"(.*(?:chủ tịch|tổng thư ký)) (quốc hội|thượng viện|hạ viện|nghị viện)", None),
        (rf"(.*(?:tư lệnh|tham mưu trưởng|chỉ huy trưởng)|đại diện(?= cho))(?: cho)? ({_FORCES})", None),
        (r"(.*ngoại trưởng)", "Bộ Ngoại giao"),
        (r"((?:phó )?bí thư(?: thường trực)?) tỉnh", "Tỉnh ủy"),
        (r"((?:phó )?bí thư(?: thường trực)?) (?:thành phố|TP\.?)", "Thành ủy"),
        (r"((?:phó )?bí thư(?: thường trực)?) huyện", "Huyện ủy"),
    )
)
# The body of the guests or the hosts abroad: Hiệu trưởng trường bạn, Thứ trưởng phía bạn.
_OF_FRIENDS = regex.compile(
    rf"\s*(?:của )?(?:phía|bên|nước|{'|'.join(NOUNS)}|bảo tàng|đại học)(?: \p{{Ll}}+)? bạn(?!\p{{L}})",
    regex.IGNORECASE,
)
_OF_SIDE = regex.compile(r"\s*(?:của )?(?:phía|bên)\s*", regex.IGNORECASE)  # Giám đốc phía [Trung Quốc]
_REST_OF_NAME = regex.compile(r"\s*(\p{Lu}\p{L}*(?: \p{L}+){0,12}? \p{Lu}\p{L}*)\s*")
_OF_PEOPLE = regex.compile(r"\s*người(?: dân tộc| gốc)?(?: \p{Lu}[\p{L}'’-]*){1,3}(?=\s)")
_OF_A_BODY = regex.compile(r"\s*(?:của|tại|thuộc|ở)?\s*$", regex.IGNORECASE)
_EXPERT_OF = regex.compile(
    r"\s*(?:(?:(?:cao cấp|hàng đầu|kỳ cựu)\s+)?về [^,.;:()]{1,60}\s)?(?:tại|thuộc|của|ở|từ|đến từ)\s*",
    regex.IGNORECASE,
)
# Before a name, behind what somebody is: `kiến trúc sư hàng đầu thế giới`.
_PRAISE = regex.compile(
    r"(?:\s+(?:nổi tiếng|nổi danh|hàng đầu|số một|kỳ cựu|gạo cội|lừng danh|huyền thoại|lão thành|trẻ|tài năng"
    r"|mới|trong nước|thế giới|quốc tế|Việt Nam|Việt|châu Á))+\s*",
    regex.IGNORECASE,
)
_ABOUT = regex.compile(r"\s*(?:(?:cao cấp|hàng đầu|kỳ cựu)\s*)?(?:chuyên )?về\s*", regex.IGNORECASE)
_AT_BODY = regex.compile(r"[\s,]*(?:tại|thuộc|của|ở|từ|đến từ)\s*", regex.IGNORECASE)
# No topic is `về phía`, `về nước`, `về thăm`, where `về` is the verb or leads to a side.
_RETURNS = r"(?!(?:phía|nước|quê|thăm|dự|làm)(?!\p{L}))"
_IN_CHARGE = regex.compile(rf"(?:(?:đặc )?phụ trách |về {_RETURNS})(?:(?:các|những) )?")
# Offices that say what they are about: `Cao ủy về thương mại của [X]`, `Đặc phái viên [X] về khí hậu`.
_ABOUT_IT = regex.compile(
    r"(?:.* )?(?:cao ủy|đặc phái viên|đặc sứ|đại diện(?: cấp cao| đặc biệt)?|cố vấn(?: cấp cao)?"
    r"|điều phối viên)",
    regex.IGNORECASE,
)
_ITS_TOPIC = regex.compile(rf"\s*(về {_RETURNS}[^,.;:()]{{1,60}}?)(?:\s+(?:của|thuộc|cho))?\s*")
_CHARGE = regex.compile(r" (?:đặc )?phụ trách .+$")
_OWN_UNION = regex.compile(r"\s*(?:công đoàn cơ sở|cđcs)(?!\p{L})\s*", regex.IGNORECASE)
OWN_UNION = "cong doan co so"
"""`Role.noun` of who heads the union of a workplace."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role as one place in the text gives it.

    Attributes:
        role: Such as `Phó Chủ tịch`.
        kind: The kind of title.
        organization: Number of the ORG or LOC mention that names the body, or None.
        body: The body's name where the title itself tells it (`Bộ trưởng Ngoại giao`), or None.
        noun: A common noun that stands for the body (`Giám đốc hợp tác xã`), folded, or None.
        new: Whether the text tells that the person has been given it.
        elsewhere: Whether the body is another than those nearby.
        side: `abroad` or `home` where the text says whose body it is: `Hiệu trưởng trường bạn`.
    """

    role: str
    kind: str
    organization: int | None = None
    body: str | None = None
    noun: str | None = None
    new: bool = False
    elsewhere: bool = False
    side: str | None = None


def rest_of_name(body: str, text: str) -> str | None:
    """`text` between a body and a person, where it goes on with the body's name; else None.

    Args:
        body: What is marked of the name. One that ends with a place is whole.
        text: What stands behind it.

    Example:
        >>> rest_of_name("Ủy ban", " Hội nghị Hiệp thương Ví Dụ "), rest_of_name("Ủy ban", " Nhân dịp này ")
        ('Hội nghị Hiệp thương Ví Dụ', None)
    """
    match = _REST_OF_NAME.fullmatch(text)
    if match is None or _ends_with_place(body):
        return None
    rest = match.group(1)
    title = titles.at_start(rest)  # `[Hội Mẫu] Thạc sĩ Luật [A]`, but [Hội] Sinh viên Ví Dụ
    of_person = (title and title.kind != "occupation") or _honorific().match(rest)
    return None if of_person or set(rest.split()) & tables.fields("stop") else rest


@tables.remembered(8)
def _honorific() -> regex.Pattern[str]:
    return regex.compile(rf"{any_of(honorifics())}(?!\p{{L}})", regex.IGNORECASE)


def _ends_with_place(body: str) -> bool:
    name = organizations.parse(body)
    words = (name.place or "").split()
    return bool(words) and organizations.WORD.findall(name.full)[-len(words) :] == words


def is_bare(name: str) -> bool:
    """Whether a name is a common noun for a body, such as `Hội` or `Bệnh viện`."""
    return name.lower() in NOUNS


def told(title: Title, tail: str) -> Role | None:
    """The role of a title before a name or place, unless what stands between is no part of it."""
    if not tail.strip():
        return Role(title.role, title.kind)
    charge = _CHARGE.search(tail)
    if (
        charge
        and in_charge(charge.group().strip())
        and (ministry := _ministry(title, tail[: charge.start()]))
    ):
        return Role(_wider(title, charge.group()), title.kind, body=ministry)
    if ministry := _ministry(title, tail):
        return Role(title.role, title.kind, body=ministry)
    if _OWN_UNION.fullmatch(tail):
        return Role(title.role, title.kind, noun=OWN_UNION)
    if noun := NOUN_TAIL.fullmatch(tail):
        side = "abroad" if _OF_FRIENDS.match(tail) else None
        return Role(title.role, title.kind, noun=_noun(noun.group(1)), side=side)
    if (title.kind == "occupation" or tail.strip() in ("hàng đầu", "mới")) and _PRAISE.fullmatch(tail):
        return Role(title.role, title.kind)
    if title.kind == "occupation" and tail.strip() in tables.fields("people"):
        return Role(title.role, title.kind)
    width = fields(title, tail, apart=False)
    if width and not tail[width:].strip():
        return Role(_wider(title, tail[:width]), title.kind)
    return None


def of_state(title: Title, tail: str, place: Mention) -> Role | None:
    """The role of a title before a state or a province, where it names the body it is held in; else None.

    Chủ tịch Hạ viện [Pháp] is Chủ tịch of Hạ viện Pháp, Bí thư tỉnh [Hà Nam] is Bí thư of Tỉnh ủy Hà Nam.
    """
    name = place.name
    if place.label == "ORG" and (level := _LEVEL_FIRST.match(name)):  # Bí thư [tỉnh Hà Nam]
        tail, name = tail + level.group(), name[level.end() :]
    elif place.label != "LOC":
        return None
    if ministry := _ministry(title, tail):
        return Role(title.role, title.kind, place.at, f"{ministry} {name}")
    words = _wider(title, tail.removesuffix("nước ").strip(" ,"))
    for form, body in _NAMES_ITS_BODY:
        if match := form.fullmatch(words):
            return Role(match.group(1), title.kind, place.at, f"{body or match.group(2)} {name}")
    return None


def _ministry(title: Title, tail: str) -> str | None:
    """The ministry of a minister's field, or the `Cục`; in small letters only if the table has the field."""
    unit = _DEPARTMENT.fullmatch(title.role)
    if not unit and not _MINISTER.fullmatch(title.role):
        return None
    head = unit[1].capitalize() if unit else "Bộ"
    tail = _WHEN_END.sub("", tail)
    if sector := _SECTOR.fullmatch(tail):
        name = sector.group(1)
        more = _VERB.search(name) or any(found.kind == "post" for found in titles.find(name))
        if unit and (_NO_DEPARTMENT.match(name) or places.find(name)):
            return None
        # Bộ trưởng Quốc phòng đón [Lào] is not of `Quốc phòng đón`
        return None if more else f"{head} {name.removeprefix(f'{head} ')}"
    words = tail.strip().removesuffix(" nước")
    if not unit and words == words.lower() and is_ministry_field(words):
        return f"Bộ {words[0].upper()}{words[1:]}"
    return None


def is_ministry_field(words: str) -> bool:
    """Whether all of `words` are what ministries are known to be for: `Giao thông vận tải`."""
    return set(_AND.split(words.strip().lower())) <= tables.fields("ministry")


def expert(title: Title, tail: str, topic: Mention, body: Mention | None) -> Role | None:
    """`chuyên gia về [Lào] tại [Viện X]`: the place is what somebody is an expert on."""
    about = title.kind == "occupation" and topic.label == "LOC" and _ABOUT.fullmatch(tail)
    if not about or body is None or body.label != "ORG" or not _AT_BODY.fullmatch(topic.after):
        return None
    return Role(title.role, title.kind, body.at)


def before_body(title: Title, tail: str, body: Mention | None = None) -> Title | None:
    """The title with its field, where `tail` is all that stands between it and a body; else None.

    What an expert is one of is no part of the role: `chuyên gia về an ninh mạng tại [X]`. A place is where
    somebody lives: `thương binh ở [Mẫu Sơn]`.

    Example:
        >>> before_body(Title("Giám đốc", "post", 0, 8), " kinh doanh của ").role
        'Giám đốc kinh doanh'
    """
    is_place = body is not None and body.label == "LOC"
    if title.kind == "occupation" and (people := _OF_PEOPLE.match(tail)):
        tail = tail[people.end() :]  # công nhân người Khmer của [X]
    if LEVEL_TAIL.fullmatch(tail) or (
        title.kind == "occupation" and not is_place and _EXPERT_OF.fullmatch(tail)
    ):
        return title
    if _ABOUT_IT.fullmatch(title.role) and (topic := _ITS_TOPIC.fullmatch(tail)):
        return Title(_wider(title, topic[1]), title.kind, title.start, title.end + topic.end(1))
    width = fields(title, tail, apart=bool(_OF.search(tail)))
    if width and _OF_A_BODY.fullmatch(tail, width):
        return Title(_wider(title, tail[:width]), title.kind, title.start, title.end + width)
    return None


def loose(title: Title, tail: str, *, apart: bool = True) -> tuple[Role, int]:
    """The role of a title after its holder with no body behind it, and how much of `tail` it takes.

    Args:
        title: The title.
        tail: What follows it.
        apart: As of `field`.
    """
    until = tail.split(",")[0]
    if verb := _VERB.search(until):
        until = until[: verb.start()]
    if ministry := _ministry(title, until):
        return Role(title.role, title.kind, body=ministry), len(until)
    side = "abroad" if _OF_FRIENDS.match(tail) else None
    if union := _OWN_UNION.match(tail):
        return Role(title.role, title.kind, noun=OWN_UNION), union.end()
    speaks_for = title.kind == "delegation" and tail.startswith(" cho ")
    whom = tail.removeprefix(" cho") if speaks_for else tail
    noun = NOUN_TAIL.match(whom)
    if noun and not (speaks_for and noun.end() == len(whom)):  # not `đại diện cho tỉnh [X]`
        return Role(title.role, title.kind, noun=_noun(noun.group(1)), side=side), 0
    width = fields(title, tail, apart=apart)
    elsewhere = speaks_for and whom.strip() != ""  # `đại diện cho nông dân`, unlike `đại diện cho [X]`
    return Role(_wider(title, tail[:width]), title.kind, elsewhere=elsewhere, side=side), width


def in_charge(text: str, role: str = "") -> bool:
    """Whether `text` between a body and who holds an office there goes on with the office.

    Args:
        text: Such as `phụ trách thương mại`.
        role: The office; only of some does `về thương mại` tell what it is about.

    Example:
        >>> in_charge("phụ trách thương mại và dịch vụ"), in_charge("phụ trách dự án cùng")
        (True, False)
        >>> in_charge("về thương mại", "Cao ủy"), in_charge("về thương mại", "Giám đốc")
        (True, False)
    """
    if text.startswith("về ") and not _ABOUT_IT.fullmatch(role):
        return False
    title, lead = Title("", "post", 0, 0), _IN_CHARGE.match(text)
    fields = [f" phụ trách {part}" for part in _AND.split(text[lead.end() :])] if lead else []
    return bool(fields) and all(field(title, each, apart=True) == len(each) for each in fields)


def side_of(tail: str, place: Mention, owner: Entity) -> str | None:
    """Whose body a title before a state is of, as of `Role.side`: `Giám đốc phía [Trung Quốc]`."""
    if place.label != "LOC" or not owner.country or not _OF_SIDE.fullmatch(tail):
        return None
    return "home" if owner.country == "VN" else "abroad"


def _wider(title: Title, words: str) -> str:
    return f"{title.role} {' '.join(words.split())}".strip()


def _noun(word: str) -> str | None:
    folded = fold(word)
    if folded in ("don vi", "du an", "lang"):
        return None
    return "truong" if folded == "nha truong" else folded
