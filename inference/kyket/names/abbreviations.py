"""Abbreviations: the general table, and the definitions that an article makes itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import regex

from kyket.alternatives import any_of
from kyket.names import tables
from kyket.orthography import canonical, fold

# `re` looks through a name in half the time of `regex`; its `[^\W_]` is `[\p{L}\p{N}]`.
_BLANK = r"[\s\u200b*_#|]"
_SPACE = re.compile(rf"{_BLANK}(?:(?<! )|{_BLANK}){_BLANK}*")  # but for single spaces, which stay
_BRACKETED = regex.compile(r"[(\[]\s*(\p{Lu}[\p{Lu}\p{N}&.\-]{1,14}(?: \p{Lu}{2,8})?)\s*[)\]]")
# A short name in brackets inside a name; clean() may have taken the closing one.
_SHORT_INSIDE = regex.compile(
    r"\s*[(\[]\s*(?:\p{Lu}[\p{Lu}\p{N}&.\-]{1,14}(?:\s?[&–-]\s?\p{Lu}{2,6}){0,3}|[A-Z][A-Za-z0-9&.\-]{3,14})\s*(?:[)\]]|$)"
)
# What else a body is called, inside its name: `Viện Đại biểu (Hạ viện) Mẫu`; a place has only capitals,
# and one of several bodies tells which (`(Cơ sở hai)`).
_GLOSS_INSIDE = regex.compile(
    r" \((?!(?:Chi|Cơ|Phân|Khu|Miền|Phía|Cụm|Tỉnh) )\p{Lu}\p{Ll}+(?: \p{Ll}+){1,3}\)(?= \p{Lu})"
)
_APART = regex.compile(r"(?<=(?<!\p{L})\p{Lu}{2,8}) & (?=\p{Lu}{2,8}(?!\p{L}))")  # LĐTB & XH
_TWICE = regex.compile(r"\b(\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?) \1\b")
# A syllable in capitals, and no `Trung ương`: `BỘ TƯ PHÁP`, `CÔNG TY ĐẦU TƯ`
_SYLLABLE = regex.compile(r"(?<=ĐẦU )TƯ\b|\bTƯ(?= (?:PHÁP|LỆNH|VẤN|NHÂN|THỤC|LIỆU|TƯỞNG)\b)")
# No state: the end of a website, and what a brand begins with: `VDM.VN`, `Công ty VN Kalimba`.
_NO_STATE = regex.compile(r"(?<=\.)VN\b|(?<=^(?:(?i:công ty|tập đoàn) )?)VN(?= \p{Lu})")
_CAPITALS = regex.compile(r"(?=(?:\P{Lu}*\p{Lu}){2})\p{Lu}[\p{L}\p{N}&.\-]{1,14}")
# A word that stuck to an abbreviation: `BIDVvà`.
_STUCK = regex.compile(r"(?<=\p{Lu}{3})(?:và|với|cùng|của|tại|cho|sẽ|đã|ký)(?!\p{L})")
_BEFORE_MARK = re.compile(r" (?=[,.;)]|/\S)")
_AFTER_HYPHEN = re.compile(r"(?<= [-–&])(?=[^\W_])")  # KCN-KCX, of which the first is written out
# `Liên danh Công ty A và Công ty B`: the head of several firms, of which the first is named.
_CONSORTIUM = regex.compile(
    r"^[Ll]iên danh (?:các )?(?:nhà thầu )?(?=(?i:(?:tổng )?công ty|tập đoàn)(?!.*(?:,| và | [–-] )))"
)
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_STOP = regex.compile(r"[.,;:()\n\"“”]")
_SMALL_WORDS = frozenset({"và", "của", "về", "tại", "the", "of", "and", "for"})
# States that the press calls by one syllable, where they end the name of a body: `Bộ Ngoại giao Nhật`.
_SHORT_STATES = {"Nhật": "Nhật Bản", "Hàn": "Hàn Quốc", "Thái": "Thái Lan", "Ấn": "Ấn Độ"}
_OF_STATE = "bộ|chính phủ|quốc hội|thượng viện|hạ viện|đại sứ quán|tổng lãnh sự quán|cảnh sát|quân đội"
_WITHIN = r"(?:(?: [\p{L},&]+)* \p{Ll}+)?"
# `Quỹ bảo tồn văn hóa Thái` is of the Thái, who live in Vietnam too: only bodies of state are of the state.
_SHORT_STATE = regex.compile(
    rf"(?i:{_OF_STATE}){_WITHIN} (?P<state>{any_of(_SHORT_STATES)})"
    rf"|(?i:quỹ|liên đoàn|hiệp hội|cơ quan|cục){_WITHIN} (?P<state>{any_of(_SHORT_STATES.keys() - {'Thái'})})"
)
# A common noun before a brand: `Hội đồng quản trị công ty Kalimba`, but `… công ty TNHH Mẫu`.
_BOARD_OF_FIRM = regex.compile(
    r"^(Hội đồng (?:quản trị|thành viên) )(?:công ty|tập đoàn|hãng) "
    r"(?=\p{Lu})(?!(?:TNHH|CP|Cổ|MTV)(?!\p{L}))"
)
_FIRM = re.compile(
    r"(?:tổng )?công ty|tập đoàn|ngân hàng(?! (?:nhà nước|trung ương|chính sách|thế giới))|hãng",
    re.IGNORECASE,
)
_BRANCH = regex.compile(r" (?:- )?(?:chi nhánh|tỉnh|thành phố|huyện|quận|thị xã|khu vực|\p{Lu}(?!iệt Nam$))")
_ABOVE_FIRMS = ("Hội đồng ", "Liên danh ", "liên danh ")
_CITY_LEAD = regex.compile(r"\b(?:thành phố|tp\.?) Thành phố\b", regex.IGNORECASE)


@lru_cache(maxsize=8192)  # of one mention it is asked again and again
def clean(name: str) -> str:
    """`name` in canonical spelling, on one line, without the markup and marks around it."""
    return _STUCK.sub("", _SPACE.sub(" ", canonical(name).text).strip(" ,;:.–—-\"'“”‘’()[]"))


def is_abbreviation(name: str) -> bool:
    """Whether `name` is one word of capitals such as `VDM`, `LĐLĐVN` or `EVNPECC3`."""
    return bool(_CAPITALS.fullmatch(name)) and sum(c.isupper() for c in name) * 2 > len(name)


def initials(name: str) -> str:
    """The first letters of the words of `name`, in capitals, small words such as `và` left out.

    Example:
        >>> initials("Liên đoàn Luật sư Việt Nam")
        'LĐLSVN'
    """
    return "".join(w[0].upper() for w in _WORD.findall(name) if w.lower() not in _SMALL_WORDS)


def definitions(text: str) -> dict[str, str]:
    """The abbreviations that `text` defines in brackets after the words they stand for.

    Example:
        >>> definitions("Quỹ Ví Dụ Chung (VDC) và Liên đoàn Lao động (LĐLĐ) tỉnh")
        {'VDC': 'Ví Dụ Chung', 'LĐLĐ': 'Liên đoàn Lao động'}
    """
    found: dict[str, str] = {}
    for match in _BRACKETED.finditer(text):
        short = match.group(1).strip(".")
        wanted = "".join(c for c in short if c.isalpha())
        before = text[max(0, match.start() - 160) : match.start()]
        before = _STOP.split(before)[-1]
        words = list(_WORD.finditer(before))
        # Take words from the right until their initials spell the abbreviation.
        spelled = ""
        for word in reversed(words[-14:]):
            if word.group().lower() in _SMALL_WORDS:
                continue
            spelled = word.group()[0].upper() + spelled
            if spelled == wanted and len(wanted) > 1:
                full = " ".join(before[word.start() :].split())
                found.setdefault(short, full)
                words_of, (first, _, last) = full.split(), short.partition(" ")
                if last and len(words_of) == len(wanted):  # (ĐTMN VN) says what ĐTMN is too
                    found.setdefault(first, " ".join(words_of[: len(first)]))
                    found.setdefault(last, " ".join(words_of[len(first) :]))
                break
            if not wanted.endswith(spelled):
                break
    return found


@tables.remembered(8)
def _general() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    part, whole = (
        {row["short"]: row["full"] for row in reversed(tables.rows("abbreviations")) if row["scope"] == scope}
        for scope in ("part", "whole")
    )
    whole = {**other_names("ORG"), **whole}
    return _alternatives(part), part, whole


@tables.remembered(8)
def other_names(kind: str) -> dict[str, str]:
    """Other names of organisations (`ORG`) or people (`PER`), each with the name to report."""
    return {
        form: row["name"]
        for row in reversed(tables.rows("aliases"))  # the first row of a form counts
        if row["kind"] == kind
        for form in tables.variants(row["variants"])
    }


@tables.remembered(8)
def kept() -> dict[str, str]:
    """Abbreviations that stay in a full name (`Công ty TNHH`) and are written out only to compare."""
    return {
        row["short"]: row["full"] for row in reversed(tables.rows("abbreviations")) if row["scope"] == "kept"
    }


@tables.remembered(8)
def brands() -> dict[str, str]:
    """Brands, folded, each with the full name that may stand for it in an article: `vietcombank`."""
    return {
        fold(row["short"]): row["full"]
        for row in reversed(tables.rows("abbreviations"))
        if row["scope"] == "same"
    }


def _alternatives(forms: Iterable[str]) -> re.Pattern[str]:
    # A full stop that belongs to the abbreviation may be glued to what follows: TP.Hà Nội.
    return re.compile(rf"(?<![^\W_]){any_of(forms)}(?:(?<=\.)|(?![^\W_]))")


@lru_cache(maxsize=256)
def _defined(forms: tuple[str, ...]) -> re.Pattern[str]:
    return _alternatives(forms)


def expand(name: str, definitions: Mapping[str, str] | None = None) -> str:
    """The full form of a name: abbreviations written out, bracketed ones left out, one spelling.

    Args:
        name: The name of an organisation or place as a text has it.
        definitions: Abbreviations that the article defines; they go before the general table.

    Example:
        >>> expand("LĐLĐ TP Hà Nội")
        'Liên đoàn Lao động thành phố Hà Nội'
        >>> expand("Công ty VDM", {"VDM": "Ví Dụ Mẫu"})
        'Công ty Ví Dụ Mẫu'
    """
    return _expanded(name, tuple(definitions.items()) if definitions else ())


@tables.remembered(8192)
def _expanded(name: str, defined: tuple[tuple[str, str], ...]) -> str:
    pattern, part, whole = _general()
    definitions = dict(defined)
    if "(" in name or "[" in name:
        name = _GLOSS_INSIDE.sub("", _SHORT_INSIDE.sub("", _SPACE.sub(" ", canonical(name).text)))
    name = given = clean(name)
    if " & " in name:
        name = _APART.sub("&", name)
    if name in definitions:
        name = definitions[name]
    elif name in whole:
        return whole[name]
    elif (at := name.find(" tại ")) > 0 and name[:at] in whole:  # UNICEF tại Việt Nam
        name = whole[name[:at]] + name[at:]
    elif (at := name.rfind(" Việt Nam")) > 0 and name[:at] in whole and "Việt Nam" not in whole[name[:at]]:
        name = whole[name[:at]] + " tại" + name[at:]
    if inside := tuple(short for short in definitions if short in name):

        def written_out(short: re.Match[str]) -> str:
            full = definitions[short.group()]
            return short.group() if _of_branch(short, full) else full + " "

        name = _defined(inside).sub(written_out, name)
    name = pattern.sub(lambda m: m.group() if _stays(m) else part[m.group()] + " ", name)
    name = _AFTER_HYPHEN.sub(" ", " ".join(name.split()))
    name = _BEFORE_MARK.sub("", name)
    if name.startswith(_ABOVE_FIRMS):
        name = _CONSORTIUM.sub("", _BOARD_OF_FIRM.sub(r"\1", name))
    if name != given and not _TWICE.search(given):  # Tổng TLĐ is written out with one Tổng
        name = _TWICE.sub(lambda m: m.group(1), name)
    name = _CITY_LEAD.sub("Thành phố", name)
    if name.endswith(tuple(_SHORT_STATES)) and (match := _SHORT_STATE.fullmatch(name)):
        name = name[: match.start("state")] + _SHORT_STATES[match["state"]]
    name = str(whole.get(name, name))
    return name[:1].upper() + name[1:]


def _of_branch(short: re.Match[str], full: str) -> bool:
    """Whether a firm's brand stands in the name of another firm: `VDM Hậu Giang`, `Công ty VDM Kalimba`.

    A brand is no abbreviation of the firm's Vietnamese words, as `NHCSXH` is of a bank's.
    """
    at = short.string, short.end()
    if not (_BRANCH.match(*at) and _FIRM.match(full)) or full.endswith(short.string[short.end() :]):
        return False  # `VDM Hà Nội` is the firm itself where `Công ty Cảng Hà Nội` is the full name
    return not initials(full).startswith(short.group()[:2])


def _stays(short: re.Match[str]) -> bool:
    """Whether what looks like a general abbreviation is none where it stands."""
    at = short.string, short.start()
    return bool(_SYLLABLE.match(*at) or _NO_STATE.match(*at))
