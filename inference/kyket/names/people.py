"""People: which mentions are one person, and never two people as one.

- The same full name, whatever the case and tone style, is one person.
- A Vietnamese name (it begins with a family name of the table) is told apart by its tone marks: `Hùng` is not
  `Hưng`; only a spelling without any marks at all is matched without them.
- Any other name is matched by its transliteration key, at most one edit apart, or by its words in another
  order.
- A part of a name (`ông Khang`, `Boviengkham`) goes to the nearest person before it whose name ends or begins
  with it (or has it as a word, outside Vietnam), of no other gender; bylines and photo credits never do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

import regex

from kyket.alternatives import any_of
from kyket.names import tables
from kyket.names.abbreviations import other_names
from kyket.names.mentions import Mention
from kyket.names.transliteration import close, neighbours, person_key
from kyket.orthography import canonical, fold

_WORD = regex.compile(r"[\p{L}\p{N}.'’]+")
# REVERSE: read backwards, so that `match` begins at the end of the text.
_CREDIT = regex.compile(
    r"(?:ảnh|bài|tin|video|clip|đồ họa|thực hiện|biên dịch|tác giả|nguồn|theo|pv|phóng viên"
    r"|ctv|cộng tác viên|nội dung)"
    r"[^\n.;]{0,24}:\s*\W{0,4}$|(?:bài và ảnh|tin và ảnh|ảnh)\s*[:\-–]\s*$|\(\s*ảnh\s+$",
    regex.IGNORECASE | regex.REVERSE,
)
# Of Koreans, who share family names with Vietnam: `Kim Jong-un`, `Lim Min - koo`.
_KOREAN = regex.compile(r"[FJWZfjwz]|-\s?\p{Ll}")
# How names of the Central Highlands and of the Khmer in Vietnam begin.
_HIGHLAND = regex.compile(
    r"(?:Y|A|Rơ|Rah|Nay|Kpă|Thị|Néang|Chau|H['’]\S+|K['’]\S+|A ?[Ll]ăng|Zơrâm|Brôl|Bling|Bríu|Coor|Pơloong"
    r"|Kpuih|Rmah|Ayun|Rcom|Rơchâm|Alê) \p{Lu}"
)
_SPACE_OR_POINT = regex.compile(r"[\s.,]")
_LOOK = 60
_INITIAL = regex.compile(r"(?:\p{Lu}\. ?)+(?=\p{Lu}\p{Ll})")
_LONGEST_PART = 16  # words of a part that stands for a full name; a bound keeps the whole linear
_LINE_START = regex.compile(r"(?:^|\n)[\s*_>#(\-–—|]*$", regex.REVERSE)
_LINE_END = regex.compile(
    r"^[\s*_)]*(?:$|\n|[-–—/(|,]\s*(?:ảnh|theo|tổng hợp|tin|bài|ttxvn|báo|vov|\(|(?:đã )?ký))",
    regex.IGNORECASE,
)


@tables.remembered(8)
def _surnames() -> frozenset[str]:
    return frozenset(row["surname"].lower() for row in tables.rows("surnames"))


@tables.remembered(8)
def honorifics() -> dict[str, str]:
    """Honorifics, lower case, with the gender they tell: `m`, `f` or `-`."""
    return {row["word"].lower(): row["gender"] for row in reversed(tables.rows("honorifics"))}


@tables.remembered(8)
def _honorific_before() -> regex.Pattern[str]:
    longest_first = "|".join(map(regex.escape, sorted(honorifics(), key=len, reverse=True)))
    return regex.compile(rf"(?<!\p{{L}})({longest_first})[\s:]*", regex.IGNORECASE | regex.REVERSE)


@tables.remembered(8)
def _titles_and_honorifics() -> list[str]:
    return [*(row["title"].lower() for row in tables.rows("titles")), *honorifics()]


@tables.remembered(8)
def _title_openings() -> frozenset[str]:
    return frozenset(_opening(form) for form in _titles_and_honorifics())


def _opening(name: str) -> str:
    """The first word, or the letters before its point: `gs` of `GS.TS`."""
    return _SPACE_OR_POINT.split(name, maxsplit=1)[0].lower()


@tables.remembered(8)
def _titled() -> regex.Pattern[str]:
    body = any_of(_titles_and_honorifics())
    return regex.compile(rf"^(?:{body}[\s.,]+)+(?=\p{{Lu}})", regex.IGNORECASE)


@tables.remembered(8192)
def name_of(text: str) -> str:
    """A person's name as it is written alone: titles and honorifics off, capitals undone.

    Example:
        >>> name_of("ông NGUYỄN VĂN AN")
        'Nguyễn Văn An'
    """
    name = " ".join(canonical(text).text.split()).strip(" ,;:-–—\"'“”*_()")
    # Most names begin like no title, and to compile the pattern for those that do takes a tenth of a second.
    match = _titled().match(name) if _opening(name) in _title_openings() else None
    # `Ông Ích Hiếu` has the family name Ông, `Anh Ngọc` is a whole name: in capitals they are honorifics
    # only before another family name.
    if match and (
        name[0].islower()
        or match.group().split()[0] not in ("Ông", "Anh")
        or name[match.end() :].split()[0].lower() in _surnames()
    ):
        name = name[match.end() :]
    letters = [c for c in name if c.isalpha()]
    if len(letters) > 3 and all(c.isupper() for c in letters) and "." not in name:
        name = " ".join(word.capitalize() for word in name.split())
    return other_names("PER").get(name, name)


def is_vietnamese(name: str) -> bool:
    """Whether a name begins with a family name of Vietnam and has two to six words."""
    words = name.lower().split()
    return 2 <= len(words) <= 6 and words[0] in _surnames()


def is_of_vietnam(name: str) -> bool:
    """Whether somebody is of Vietnam, as far as the name tells: also of the peoples without family names."""
    return (is_vietnamese(name) and not _KOREAN.search(name)) or _HIGHLAND.match(name) is not None


def begins_with_initial(name: str) -> bool:
    """Whether the given names are only initials: `V. Ivanov`, `J.K. Rowling`."""
    return bool(_INITIAL.match(name))


def same_person(a: str, b: str) -> bool:
    """Whether two full names may be one person's in one article.

    Example:
        >>> same_person("Aly Vong Nor Bun Tham", "Aly Vông Nor Bun Tham")
        True
        >>> same_person("Nguyễn Văn Hùng", "Nguyễn Văn Hưng")
        False
    """
    if not a.strip() or not b.strip():
        return False
    a, b = name_of(a), name_of(b)
    if a.casefold() == b.casefold():
        return True
    if is_vietnamese(a) or is_vietnamese(b):
        return fold(a) == fold(b) and (_unmarked(a) or _unmarked(b))
    return _in_order(a) == _in_order(b) or close(person_key(a), person_key(b))


def _in_order(name: str) -> list[str]:
    """The folded words of a name, whichever stands first: `Emi Sato` is `Sato Emi`."""
    return sorted(fold(name).split())


def _unmarked(name: str) -> bool:
    return name.isascii()


def is_credit(m: Mention) -> bool:
    """Whether a mention is a byline or a photo credit."""
    if _CREDIT.match(m.before):
        return True
    alone = _LINE_START.match(m.before) and ("\n" in m.before or m.at == 0)
    return bool(alone and _LINE_END.match(m.after))


def gender(m: Mention) -> str:
    """`m` or `f` where the honorific or a middle name `Thị` tells, else `-`."""
    if match := _honorific_before().match(m.before):
        told = honorifics()[" ".join(match.group(1).lower().split())]
        if told != "-":
            return told
    return "f" if " thị " in f" {m.name.lower()} " else "-"


def is_other_name(m: Mention, following: Mention) -> bool:
    """Whether `following` gives the name of `m` again in another spelling: `Vi Chí Cường (Wei Zhiqiang)`."""
    return (
        m.label == following.label == "PER"
        and m.last
        and m.after.strip() == "("
        and following.after.startswith(")")
        and min(len(m.name.split()), len(following.name.split())) > 1
        and (_unmarked(following.name) is not _unmarked(m.name) or fold(following.name) == fold(m.name))
    )


def groups(mentions: list[Mention]) -> list[list[int]]:
    """The PER mentions, as lists of mention numbers: one list a person, each and all in order."""
    people = [m for m in mentions if m.label == "PER"]
    names = {m.at: name_of(m.name) for m in people}
    credits = {m.at for m in people if is_credit(m)}
    told = {m.at: gender(m) for m in people}
    leaders = _full_names(people, names)
    by_part: dict[tuple[str, ...], list[int]] = {}
    genders: dict[int, str] = {}
    for m in people:
        top = leaders[m.at]
        if told[m.at] != "-":
            genders.setdefault(top, told[m.at])
        if m.at in credits and top == m.at:
            continue
        words = tuple(names[m.at].casefold().split())
        lengths = range(1, min(len(words), _LONGEST_PART + 1))
        parts = {words[-n:] for n in lengths} | {words[:n] for n in lengths}
        if not is_vietnamese(names[m.at]):
            parts |= {(word,) for word in words}
        for part in parts:
            by_part.setdefault(part, []).append(m.at)
    written_out = {
        leaders[m.at]: whole
        for m in people
        if begins_with_initial(names[m.at])
        and m.at not in credits
        and (whole := _of_initial(names[m.at], names, by_part, leaders)) is not None
    }
    leaders = {at: written_out.get(top, top) for at, top in leaders.items()}
    found: dict[int, list[int]] = {}
    # Longer names first: `Anh` goes to `Trung Anh`, and with it to whom that stands for.
    for m in sorted(people, key=lambda m: -len(names[m.at].split())):
        top = leaders[m.at]
        if m.at not in credits:
            whole = _whole(m, names, by_part, told[m.at], genders, leaders)
            top = leaders[m.at] = top if whole is None else whole
        if m.at and is_other_name(before := mentions[m.at - 1], m):
            top = leaders[m.at] = leaders[before.at]
        found.setdefault(top, []).append(m.at)
    return _merged(found, leaders)


def _full_names(people: list[Mention], names: dict[int, str]) -> dict[int, int]:
    """For each mention, the first mention of the same full name."""
    exact: dict[str, int] = {}
    loose: dict[str, list[int]] = {}
    leaders: dict[int, int] = {}
    for m in people:
        name = names[m.at]
        key = name.casefold()
        if key not in exact:
            hashes = (
                {fold(name)} if is_vietnamese(name) or len(name.split()) < 2 else neighbours(person_key(name))
            )
            hashes |= {fold(name), " ".join(_in_order(name))}
            twin = next(
                (at for h in sorted(hashes) for at in loose.get(h, ())[:8] if _twins(name, names[at])), m.at
            )
            exact[key] = twin
            for h in hashes:
                loose.setdefault(h, []).append(twin)
        leaders[m.at] = exact[key]
    return leaders


def _twins(a: str, b: str) -> bool:
    if min(len(a.split()), len(b.split())) < 2:
        return a.casefold() == b.casefold()
    return same_person(a, b)


def _whole(
    m: Mention,
    names: dict[int, str],
    by_part: dict[tuple[str, ...], list[int]],
    told: str,
    genders: dict[int, str],
    leaders: dict[int, int],
) -> int | None:
    """The person whose fuller name has the name of `m` as a part: nearest before, else the only one after."""
    words = tuple(names[m.at].casefold().split())
    known = by_part.get(words, []) if words else []
    middle = bisect_left(known, m.at)
    around = known[max(0, middle - _LOOK) : middle + _LOOK]  # a bounded look keeps the whole linear
    hosts = [at for at in around if len(names[at].split()) > len(words)]
    fits = [at for at in hosts if "-" in (told, other := genders.get(leaders[at], "-")) or other == told]
    if len(words) > 1 and is_vietnamese(names[m.at]) and not _part_of_vietnamese(words, fits, names):
        return None
    before = fits[: bisect_left(fits, m.at)]
    if before:
        return leaders[_best(words, before, names)]
    later = Counter(leaders[at] for at in fits)
    if len(later) < 2:
        return next(iter(later), None)
    (first, most), (_, fewer) = later.most_common(2)
    # `ông Trump` before Donald Trump and Melania Trump; for a woman, the one told of most is a guess
    is_told_of = most > fewer and not (told == "f" and genders.get(first, "-") == "-")
    return None if not is_told_of or any(is_vietnamese(names[at]) for at in fits) else first


def _of_initial(
    name: str, names: dict[int, str], by_part: dict[tuple[str, ...], list[int]], leaders: dict[int, int]
) -> int | None:
    """The one person from abroad whose given name has this initial: `V. Mẫunov` is `Vladimir Mẫunov`."""
    initial, rest = name[0].casefold(), _INITIAL.sub("", name).casefold().split()
    hosts = [at for at in by_part.get(tuple(rest), [])[:_LOOK] if not is_vietnamese(names[at])]
    fits = {
        leaders[at]
        for at in hosts
        if (full := names[at].casefold().split())[0][0] == initial
        and full[-len(rest) :] == rest
        and not begins_with_initial(names[at])
    }
    return fits.pop() if len(fits) == 1 else None


def _part_of_vietnamese(words: tuple[str, ...], hosts: list[int], names: dict[int, str]) -> bool:
    return any(tuple(names[at].casefold().split())[-len(words) :] == words for at in hosts)


def _best(words: tuple[str, ...], hosts: list[int], names: dict[int, str]) -> int:
    """Nearest first, but a given name (last word) goes before a family name (first word)."""
    for at in reversed(hosts):
        if tuple(names[at].casefold().split())[-len(words) :] == words:
            return at
    return hosts[-1]


def _merged(found: dict[int, list[int]], leaders: dict[int, int]) -> list[list[int]]:
    merged: dict[int, list[int]] = {}
    for top, members in found.items():
        merged.setdefault(leaders[top], []).extend(members)
    return sorted(sorted(members) for members in merged.values())
