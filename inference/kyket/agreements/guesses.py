"""Records of which nothing but guesses say whom they bind."""

from __future__ import annotations

import regex

from kyket.agreements.exclusions import NAMED_BEHIND
from kyket.agreements.grounds import Rule, Told
from kyket.agreements.joining import KINDS, Record
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene

# `hợp đồng với nhà thầu`, `hợp đồng tín dụng đã ký kết với ngân hàng`, `giữa ngư dân và các cơ sở đóng tàu`;
# not with one that is named (`với ngân hàng Sao`), nor with one that was told of (`với nhà thầu này`).
_SOMEBODY = (
    r"(?:ngân\s+hàng|nhà\s+(?:thầu|đầu\s+tư|cung\s+cấp|mạng|máy)|chủ\s+(?:tàu|xe)|tổ\s+chức|cá\s+nhân|đơn\s+vị|cơ\s+sở"
    r"|doanh\s+nghiệp|công\s+ty|đối\s+tác|đại\s+lý|giáo\s+viên|ngư\s+dân)"
)
_WITH_SOMEBODY = regex.compile(
    r"(?:\s+\p{Ll}+){0,4}?\s+(?:với|giữa)\s+(?:(?:các|những|một(?:\s+số)?|nhiều|hơn|\p{N}+)\s+){0,3}"
    rf"(?P<noun>{_SOMEBODY})(?!\p{{L}})(?!(?:\s+\p{{Ll}}+){{0,5}}?\s+(?:này|trên|đó|nói|\p{{Lu}}))",
)
# What a programme of two is called; `kế hoạch hành động quốc gia`, `chương trình nước sạch` are of one.
_SHARED = regex.compile(
    r"(?<!\p{L})(?:hợp\s+tác|phối\s+hợp|kết\s+nghĩa|giao\s+lưu|trao\s+đổi|đối\s+tác|chung|liên)(?!\p{L})"
    r"|hành\s+động(?!\s+quốc\s+gia)",
    regex.IGNORECASE,
)
# Before papers that nobody counts: `chứng kiến lễ ký một số văn kiện`.
_SOME = regex.compile(
    r"(?<!\p{L})(?:một\s+số|vài|mấy|nhiều|các|những)\s+(?:bản\s+|cái\s+)?$", regex.IGNORECASE
)
# Before a signing: so many that nobody names them, `các hãng bay sẽ ký`, `15 nhà đầu tư … vừa ký`; not those
# that were named (`các công ty này ký`), nor who is behind another (`A cùng các ngân hàng ký`).
_FIRMS = r"(?:doanh\s+nghiệp|công\s+ty|hãng|ngân\s+hàng|đại\s+lý|nhà\s+(?:đầu\s+tư|thầu|cung\s+cấp))"
_MANY_SIGN = regex.compile(
    r"(?<!(?:với|cùng|của|giữa|và|cho|gồm|diện|đạo)\s)(?<![\p{L}\p{N}./-])"
    rf"(?:(?:các|những|nhiều|một\s+số|hàng\s+(?:chục|trăm|loạt))\s+{_FIRMS}"
    rf"|\p{{N}}{{2,4}}\s+(?:{_FIRMS}|nước|quốc\s+gia|tỉnh|địa\s+phương|đơn\s+vị|trường|trạm|dự\s+án))(?!\p{{L}})"
    r"(?![^,;:.]*\s(?:này|trên|đó|nói)\s)[^,;:.]{0,60}$",
    regex.IGNORECASE,
)
_BEFORE, _LEAD, _OBJECT = 16, 90, 25
_MANY = 10  # more than one article tells of two by two: `hai hợp đồng`, `ba hợp đồng`


def of_the_unknown(scene: Scene, record: Record, parties: tuple[Told[str], ...], cast: Cast) -> bool:
    """Whether the parties of a contract are but guesses, and it is one of many or with somebody unnamed.

    Or those of papers that nobody counts, or that many sign, or of a programme that is worked at, or that is
    carried out and called nothing that two share.
    """
    if _many_sign(scene, record, parties):
        return True
    if any(party.grounds[0].rule is not Rule.SALIENCE for party in parties):
        return False
    at = record.mentions[0].at
    if record.plural and at and _SOME.search(scene.text, max(0, at[0] - _BEFORE), at[0]):
        return True
    if record.kind == "programme":
        standing = record.standing.grounds[0].rule if record.standing else Rule.NO_SIGN
        signing = any(p.label == "SIGNING" for p in scene.sentences[record.at[0]].pieces)
        shared = signing or _SHARED.search(record.title or "") is not None
        shared |= record.validity is not None and record.words <= KINDS
        if standing is Rule.DRAFT and not signing and record.validity is None and not _written(scene, record):
            return True  # `hướng tới việc xây dựng một chương trình hợp tác dài hạn`, with whomever
        return standing in (Rule.IN_FORCE, Rule.NO_SIGN) and not shared
    if record.kind != "contract":
        return False
    found = (_WITH_SOMEBODY.match(scene.text, mention.at[1]) for mention in record.mentions if mention.at)
    return record.number >= _MANY or any(match and not _is_known(match, parties, cast) for match in found)


def _many_sign(scene: Scene, record: Record, parties: tuple[Told[str], ...]) -> bool:
    """Whether those who sign are many and unnamed: `Các hãng bay ký hợp đồng`, beside guesses who they are.

    At most the other side is named, behind the signing: `các doanh nghiệp sẽ ký hợp tác với A`.
    """
    at, sentence = record.mentions[0].at, scene.sentences[record.at[0]]
    if at is None or all(party.grounds[0].rule is not Rule.SALIENCE for party in parties):
        return False
    signing = next(
        (
            p
            for p in sentence.pieces
            if p.label == "SIGNING" and (p.start == at[0] or 0 <= at[0] - p.end <= _OBJECT)
        ),
        None,
    )
    if signing is None or NAMED_BEHIND.search(scene.text, signing.end, sentence.end):
        return False
    told = (party.grounds[0].at for party in parties if party.grounds[0].rule is not Rule.SALIENCE)
    if any(words is None or words[0] < signing.start for words in told):
        return False
    start = max(sentence.start, signing.start - _LEAD)
    return _MANY_SIGN.search(scene.text, start, signing.start) is not None


def _written(scene: Scene, record: Record) -> bool:
    """Whether what is worked at is there as a draft: `dự thảo chương trình phối hợp`."""
    at = record.standing.grounds[0].at if record.standing else None
    return at is not None and "dự thảo" in scene.text[slice(*at)].lower()


def _is_known(somebody: regex.Match[str], parties: tuple[Told[str], ...], cast: Cast) -> bool:
    """Whether the noun stands for one of the parties: `vay Ngân hàng A. Theo hợp đồng với ngân hàng`."""
    noun = somebody["noun"].replace("doanh nghiệp", "công ty")
    return any(cast.fits(party.value, noun) for party in parties)
