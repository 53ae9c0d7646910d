"""What rules add to the model's spans and mend of them, where they are certain."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

import regex
from msgspec.structs import replace

from kyket.document import Date, Span
from kyket.names import is_agency, people, places, tables, titles
from kyket.names.organizations import in_syllables
from kyket.orthography import canonical
from kyket.timevalues import Interval

_LONGEST_STATE = 3  # words
_LONGEST_TITLE = 60  # characters
_SHORTEST_NAME = 3  # characters
# A name behind a word in small letters, as far as it goes.
_NAMED = regex.compile(r"(?<=\p{Ll} )\p{Lu}[\p{L}\p{M}’'-]*+(?: \p{Lu}[\p{L}\p{M}’'-]*+)*+(?!\p{N})")
_SYLLABLES = regex.compile(r"[ -]")
_NAMESAKES = ("Hồ Chí Minh",)  # of a place, who is visited himself
_VISITS = regex.compile(r"(?:lăng )?viếng ", regex.IGNORECASE)
# Behind the state that a body is of: what an instrument is about. `Ủy ban Lào về hợp tác …` may be a name,
# and so may `Cơ quan Lào về …`; a government, a ministry or an agency of a field has said what it is for.
_TOPIC = regex.compile(
    r"(?:Bộ|Chính phủ|Công ty|Đại học|Học viện|Ngân hàng|Tập đoàn|Tổng cục|Tổng công ty|Trường|Viện)\s[^,]*?"
    r"(?<!\s)(?P<topic>\s++về\s+(?:việc|hợp\s+tác|tăng\s+cường|thúc\s+đẩy)(?!\p{L}).*)"
    r"|(?:Bộ|Chính phủ|Cơ quan)\s[^,]*?(?<!\s)(?P<topic>\s++về\s.*)",
    regex.IGNORECASE | regex.DOTALL,
)
_AGENCY = "cơ quan "
# Behind a union of states, which has that in no name of its own: `Công ước của [LHQ về Luật Mẫu]`.
_OF_UNION = regex.compile(
    r"(?:Liên h(?:ợp|iệp) quốc|Liên minh châu Âu|LHQ|EU|ASEAN|APEC)(?:\s\(\p{Lu}+\))?"
    r"(?P<topic>\s+(?:về\s.*|tại\s+(?P<at>.*)))",
    regex.IGNORECASE | regex.DOTALL,
)
_UNION_OF_STATES = regex.compile(
    r"liên h(?:ợp|iệp) quốc|liên minh châu âu|LHQ|EU|ASEAN|APEC", regex.IGNORECASE
)
# What a place or a body is, right before its name: `thành phố Kestrel`, `công ty Muster`.
_KINDS = {
    "LOC": regex.compile(
        r"(?<!\p{L})(?:thành phố|thị trấn|thị xã|tỉnh|bang|vùng|quận|huyện|phường|xã|làng|đảo|đường) $",
        regex.IGNORECASE,
    ),
    "ORG": regex.compile(
        r"(?<!\p{L})(?:công ty|hãng|tập đoàn|ngân hàng|quỹ|báo|tờ|trường|đại học|viện|câu lạc bộ) $",
        regex.IGNORECASE,
    ),
}
_LONGEST_KIND = 16  # characters
_LONGEST_GAP = 25  # characters: ` dân chủ nhân dân `
_FORMAL = regex.compile(r"(?:nước )?(?:cộng h(?:òa|oà)|vương quốc)(?!\p{L})", regex.IGNORECASE)
_OF_PARTY = ("đảng ", "phe ", "phái ", "nghị sĩ ", "ứng viên ")
_LONGEST_END = 11  # characters: ` trực thuộc`
_OPEN_END = regex.compile(
    r"(?<=\S)\s+(?:(?P<of>của|tại)|và|về(?: việc)?|(?:(?<![Tt]hường )trực )?thuộc|cho|ở|trong|(?:đối )?với)$"
)
_UNDER = regex.compile(r"(?<![Tt]hường) trực$")  # of ` trực thuộc`, but not of `Ban Thường trực`
# The year behind an instrument: `Công ước Mẫu năm 1990`. `Tầm nhìn Mẫu 2040` is its name, and what ends in
# more than a year (`đến năm 2040`, `2031 - 2040`) is left as it is.
_YEAR = regex.compile(
    r"(?<!\s)(?=\s)(?<!chiến lược|(?:nghị sự|tầm nhìn)(?!\p{L}).{0,40})"
    r"(?<!(?<!\p{L})(?:đến|từ|trước|sau|đầu|cuối|giữa|trong|vào|ký|và|năm)|[-–,/\d])"
    r"(?:\s+năm)?\s+(?:19|20)\d\d$",
    regex.IGNORECASE,
)
# Bodies of which each state has one, right before its name; `Chính quyền Mẫu` may be the state that acts,
# and `Thư viện Quốc hội Mẫu` is another body.
_OF_STATE = regex.compile(
    r"(?<!\p{L})(?<!(?:Văn phòng|Thanh tra|Hội đồng|Thư viện|Truyền hình|Báo) )"
    r"(?:Chính phủ|Quốc hội|Thượng viện|Hạ viện|Nghị viện) $"
)
_LONGEST_OF_STATE = 12  # characters
_SHARED = regex.compile(r"\s*(?:[–\-&/,]|và|cùng)\s*")


def name_agencies(spans: list[Span]) -> list[Span]:
    """The spans, with agencies that were taken for photographers (`Ảnh: Reuters`) as organisations."""
    return [
        replace(span, label="ORG") if span.label == "PER" and is_agency(span.text) else span for span in spans
    ]


@tables.remembered(1)
def _states() -> frozenset[str]:
    """Names of states in syllables of Vietnamese (`Pháp`, `Hàn Quốc`), which no foreign name begins with."""
    names = (
        name for row in tables.rows("countries") for name in (row["name"], *tables.variants(row["variants"]))
    )
    return frozenset(name for name in names if name.istitle() and in_syllables(name))


def part_states(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with a state that was taken for the first part of a name apart: `Thủ tướng [Pháp Muster]`.

    Only behind an office and before a name that is not of Vietnam is it certain: `bà Mỹ Hạnh`, `ông Đức`.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    result: list[Span] = []
    for span in spans:
        if width := _state(text, span):
            middle, start = span.start + width, span.start + width + 1
            result.append(replace(span, end=middle, text=text[span.start : middle], label="LOC"))
            span = replace(span, start=start, text=text[start : span.end])
        result.append(span)
    return result


def relabel(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with states taken for bodies or people, and people who are visited for places, put right.

    `Tổng Thư ký [Liên hợp quốc]`: a union of states is no place.
    `Chính phủ nước [Cộng hòa Mẫu]`: no body has the name of a state, but in one word it may be a brand.
    `Tổng thống [Bờ Biển Ngà]`: of three syllables it is certain, but bà Hà Lan and ông Việt are people.
    `vào [Lăng viếng Chủ tịch Trần Mẫu]`: no place begins with an office; but `Bí thư [Hà Nội]` is of one.
    `cuộc gặp [Muster] - [Probe]`: no places, where the article names them as people as often.
    `hãng [Kestrel]`, `tham gia [QPTM]`: what it has for a body or an instrument far more often is none else.
    `thành phố [Kestrel]`, `công ty [Muster]`: but there the word before it tells what it is.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    otherwise = _named_otherwise(spans)
    return [
        replace(span, label=label)
        if (label := otherwise.get((span.text, span.label))) and not _is_told(text, span)
        else _relabelled(span)
        for span in spans
    ]


def _is_told(text: str, span: Span) -> bool:
    """Whether the word before a mark tells that its label is right."""
    kind = _KINDS[span.label]
    return kind.search(text, max(0, span.start - _LONGEST_KIND), span.start) is not None


def _named_otherwise(spans: list[Span]) -> dict[tuple[str, str], str]:
    """For words with a label, the other one that the article has for them more often.

    A person is named in full somewhere, and a firm (`Tập đoàn Muster`) that is named after one is none;
    listed places and words of Vietnamese may be places and bodies.
    """
    people: Counter[str] = Counter()
    full: set[str] = set()
    for span in spans:
        if span.label == "PER" and (words := span.text.split()):  # a mark may be all of control characters
            names = {words[0], words[-1], span.text}
            people.update(names)
            full.update(names if len(words) > 1 else ())
    marks = Counter((span.text, span.label) for span in spans)
    called = {name for name in full if (name, "PER") in marks}
    firms = {word for name, label in marks if label == "ORG" and " " in name for word in name.split()}
    found: dict[tuple[str, str], str] = {}
    for (name, label), times in marks.items():
        if label not in ("LOC", "ORG"):
            continue
        is_firm = label == "ORG" and name in firms
        if name in called and not is_firm and people[name] >= (times if label == "LOC" else 2 * times):
            better = "PER"
        elif label == "ORG" and name.isupper() and marks[name, "AGREEMENT"] >= 3 * times:
            better = "AGREEMENT"
        elif label == "LOC" and marks[name, "ORG"] >= 2 * times and not in_syllables(name):
            better = "ORG"
        else:
            continue
        if places.listed(name) is None:
            found[name, label] = better
    return found


def cut_topics(spans: list[Span]) -> list[Span]:
    """The spans, without what an instrument is about behind a body: `[Bộ Gỗ Lào] về hợp tác trồng rừng`.

    Only behind the state that ends the name, and behind a union of states, is it certain.
    """
    return [part for span in spans for part in _without_topic(span)]


def end_names(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with names whole whose mark ends or begins within them: `[Quỹ Mẫu của] [Hội Mẫu]`.

    What is marked behind `của` or `tại` is the rest of a body's name; else such a word is no part of it, nor
    of an instrument, whose year is not either. `Quốc hội [Lào]` is a body, but not `Quốc hội [Lào] và Cuba`.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    result: list[Span] = []
    for span, after in zip(spans, [*spans[1:], None], strict=False):
        before = result[-1] if result else None
        if before and (_is_formal(text, before, span) or _goes_on(text, before, span)):
            span = replace(before, end=span.end, text=text[before.start : span.end])
            result.pop()
            before = result[-1] if result else None
        head = _of_state(text, span, after)
        if head is not None and (before is None or before.start == head or before.end <= head):
            if before and before.start == head:
                result.pop()
            span = replace(span, start=head, text=text[head : span.end], label="ORG")
        result.append(span)
    return [_ended(text, span) for span in result]


def _goes_on(text: str, one: Span, other: Span) -> bool:
    """Whether a body's name ends in `của` or `tại` and its rest is marked behind."""
    open_end = _open_end(one) if one.label == "ORG" and other.label in ("ORG", "LOC") else None
    return open_end is not None and bool(open_end["of"]) and text[one.end : other.start] == " "


def _of_state(text: str, span: Span, after: Span | None) -> int | None:
    """Where the name of a body begins that ends with the state that is marked, or None."""
    head = None
    if span.label == "LOC":
        head = _OF_STATE.search(text, max(0, span.start - _LONGEST_OF_STATE), span.start)
    if head is None:
        return None
    if after and after.label == "LOC" and _SHARED.fullmatch(text, span.end, after.start):
        return None
    return head.start() if places.listed_state(span.text) else None


def _ended(text: str, span: Span) -> Span:
    """A body or an instrument without what does not end a name."""
    if span.label not in ("ORG", "AGREEMENT"):
        return span
    under = _UNDER.search(span.text) if text.startswith(" thuộc", span.end) else None
    if under:
        return _cut_at(span, under.start())
    end = (span.label == "AGREEMENT" and _YEAR.search(span.text)) or _open_end(span)
    return _cut_at(span, end.start()) if end else span


def _is_formal(text: str, one: Span, other: Span) -> bool:
    """Whether a mark makes the name of the state behind it formal; `đảng [Cộng hòa] [Mỹ]` is a party."""
    gap = text[one.end : other.start]
    if not one.label == other.label == "LOC" or len(gap) > _LONGEST_GAP or "," in gap:
        return False
    if not _FORMAL.match(one.text):
        return False
    of_party = text[max(0, one.start - 10) : one.start].lower().endswith(_OF_PARTY)
    return not of_party and places.listed_state(text[one.start : other.end]) is not None


def _open_end(span: Span) -> regex.Match[str] | None:
    return _OPEN_END.search(span.text, max(0, len(span.text) - _LONGEST_END))


def _cut_at(span: Span, width: int) -> Span:
    return replace(span, end=span.start + width, text=span.text[:width])


def _without_topic(span: Span) -> list[Span]:
    if span.label != "ORG":
        return [span]
    if union := _OF_UNION.fullmatch(span.text):
        parts = [_cut_at(span, union.start("topic"))]
        if union["at"] and places.listed_state(union["at"]):  # `Đặc phái viên [LHQ] tại [Lào]`
            start = span.start + union.start("at")
            parts.append(replace(span, start=start, text=union["at"], label="LOC"))
        return parts
    about = _TOPIC.fullmatch(span.text)
    if about is None:
        return [span]
    name = span.text[: about.start("topic")]
    words = name.split()
    tails = (" ".join(words[-n:]) for n in range(1, min(_LONGEST_STATE, len(words) - 1) + 1))
    if not any(map(places.listed_state, tails)):
        return [span]
    if name.lower().startswith(_AGENCY) and places.listed_state(name[len(_AGENCY) :]):
        return [span]
    return [replace(span, end=span.start + len(name), text=name)]


def _relabelled(span: Span) -> Span:
    if span.label == "LOC" and _UNION_OF_STATES.fullmatch(span.text):
        return replace(span, label="ORG")
    may_be_state = (span.label == "ORG" and " " in span.text) or (
        span.label == "PER" and len(_SYLLABLES.split(span.text)) >= _LONGEST_STATE
    )
    if may_be_state:
        return replace(span, label="LOC") if places.listed_state(span.text) else span
    if span.label == "LOC":
        begin = visits.end() if (visits := _VISITS.match(span.text)) else 0
        title = titles.at_start(span.text[begin:])
        start = begin + title.end + 1 if title and title.kind == "post" else 0
        name = span.text[start:]
        if start and people.is_vietnamese(name) and (name in _NAMESAKES or places.listed(name) is None):
            return replace(span, start=span.start + start, text=name, label="PER")
    return span


def _state(text: str, span: Span) -> int:
    """How many characters of a person's name are the state whose office the person holds."""
    words = span.text.split(" ") if span.label == "PER" else []
    for n in range(min(_LONGEST_STATE, len(words) - 1), 0, -1):
        state = " ".join(words[:n])
        if canonical(state).text in _states() and not in_syllables(" ".join(words[n:])):
            title = titles.at_end(text[max(0, span.start - _LONGEST_TITLE) : span.start])
            return len(state) if title and title.kind in ("post", "past") else 0
    return 0


def mark_periods(spans: list[Span], dates: list[Date]) -> list[Span]:
    """Adds the stretches of time that the model missed.

    Only one with both ends in figures (`giai đoạn 2018-2023`, `từ ngày 4/6 - 8/6`) is certain; whether a
    bare length or an open end is meant as a period, the model knows better.

    Args:
        spans: Sorted by start, not overlapping.
        dates: What `kyket.dates.find` gives for the same text.

    Returns:
        All spans, sorted, still not overlapping.
    """
    taken = [(span.start, span.end) for span in spans]
    missed = [
        Span(start=date.start, end=date.end, text=date.text, label="PERIOD", by="rule")
        for date in dates
        if date.type == "PERIOD"
        and isinstance(date.value, Interval)
        and sum(
            not before.isdigit() and here.isdigit()
            for before, here in zip(" " + date.text, date.text, strict=False)
        )
        >= 2
        and all(date.end <= start or end <= date.start for start, end in taken)
    ]
    return sorted([*spans, *missed], key=lambda span: span.start)


def name_again(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with people named behind an office (`Tổng thống [Muster]`) whom the model saw elsewhere.

    A name that the article has for a person is one behind the word of an office too, unless it goes on.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    people = {span.text for span in spans if span.label == "PER" and len(span.text) >= _SHORTEST_NAME}
    seen = Counter(span.text for span in spans)
    again = (name for name in people if text.count(name) > seen[name])
    names = {name for name in again if places.listed(name) is None}  # bà Nga, and `Tổng thống Nga`
    if not names:
        return spans
    ends = [span.end for span in spans]
    found: list[Span] = []
    for match in _NAMED.finditer(text):
        if match.group() not in names:
            continue
        start, end = match.span()
        at = bisect_right(ends, start)
        if at < len(spans) and spans[at].start < end:
            continue
        left = max(start - _LONGEST_TITLE, ends[at - 1] if at else 0)
        title = titles.at_end(text[left:start])
        if title and title.kind in ("post", "past"):
            found.append(Span(start=start, end=end, text=match.group(), label="PER", by="rule"))
    return sorted([*spans, *found], key=lambda span: span.start) if found else spans
