"""Changes to a training article that keep its annotation true: other names, spellings, page habits.

All of them work on an article taken apart into segments of (text, label or None) and put together again,
so offsets never need mending. Every choice comes from the `random.Random` that is passed in.
"""

from __future__ import annotations

import dataclasses
import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence

import regex

from kyket_training.config import Augment
from kyket_training.corpus import AnnotatedArticle, GoldSpan

Segment = tuple[str, str | None]

# Long form and abbreviations as the press writes them. Those of people and groups name no organisation:
# the model has to learn that capitals alone do not make a name.
_ABBREVIATIONS = (
    ("Tổng Liên đoàn Lao động", ("Tổng LĐLĐ", "TLĐLĐ")),
    ("Liên đoàn Lao động", ("LĐLĐ",)),
    ("Ủy ban nhân dân", ("UBND",)),
    ("Hội đồng nhân dân", ("HĐND",)),
    ("Ban Chấp hành", ("BCH",)),
    ("Ban Thường vụ", ("BTV",)),
    ("Mặt trận Tổ quốc", ("MTTQ",)),
    ("Liên hiệp Phụ nữ", ("LHPN",)),
    ("Hội Nông dân", ("HND",)),
    ("Đoàn Thanh niên", ("Đoàn TN",)),
    ("Trung ương", ("TƯ", "TW", "T.Ư")),
    ("thành phố", ("TP", "TP.", "Thành phố")),
    ("Trách nhiệm hữu hạn", ("TNHH",)),
    ("Cổ phần", ("CP",)),
    ("Công ty", ("Cty",)),
    ("Trường Đại học", ("Trường ĐH", "ĐH", "Đại học")),
    ("Giáo dục và Đào tạo", ("GD&ĐT", "GD-ĐT", "Giáo dục - Đào tạo")),
    ("Lao động - Thương binh và Xã hội", ("LĐ-TB&XH", "LĐTB&XH")),
    ("Nông nghiệp và Phát triển nông thôn", ("NN&PTNT",)),
    ("Khoa học và Công nghệ", ("KH&CN", "KHCN")),
    ("Văn hóa, Thể thao và Du lịch", ("VH,TT&DL", "VHTT&DL")),
    ("Kế hoạch và Đầu tư", ("KH&ĐT",)),
    ("Tài nguyên và Môi trường", ("TN&MT",)),
    ("Việt Nam", ("VN",)),
    ("Trung Quốc", ("TQ",)),
    ("công đoàn cơ sở", ("CĐCS",)),
    ("người lao động", ("NLĐ",)),
    ("công nhân lao động", ("CNLĐ",)),
    ("công nhân, viên chức, lao động", ("CNVCLĐ",)),
    ("doanh nghiệp", ("DN",)),
    ("khu công nghiệp", ("KCN",)),
    ("bảo hiểm xã hội", ("BHXH",)),
    ("bảo hiểm y tế", ("BHYT",)),
    ("thỏa ước lao động tập thể", ("TƯLĐTT",)),
    ("an toàn, vệ sinh lao động", ("ATVSLĐ",)),
    ("học sinh, sinh viên", ("HSSV",)),
    ("cán bộ, công nhân viên", ("CBCNV",)),
    ("khoa học kỹ thuật", ("KHKT",)),
)  # fmt: skip
_SHORT = {long.casefold(): short for long, short in _ABBREVIATIONS}
_LONG = {
    short: long for long, shorts in _ABBREVIATIONS for short in shorts if short.isupper() and len(short) > 2
}
_LONG_FORM = regex.compile(
    r"(?<!\p{L})(?:" + "|".join(map(regex.escape, sorted(_SHORT, key=len, reverse=True))) + r")(?!\p{L})",
    regex.IGNORECASE,
)
_SHORT_FORM = regex.compile(
    r"(?<![\p{L}.&-])(?:"
    + "|".join(map(regex.escape, sorted(_LONG, key=len, reverse=True)))
    + r")(?![\p{L}.&-])"
)
_DASH = regex.compile(r"(?<=[\p{L}\p{N}])( ?[-–] ?)(?=[\p{L}\p{N}])")
_BARE_DASH = regex.compile(r" ?[-–] ?")
"""All that stands between two marked names: `Việt Nam - Lào`."""
_LETTERS = regex.compile(r"\p{L}\p{L}")
_TYPOS_A_PAIR = 0.04
_DASHES = ("-", " - ", "–", " – ", "- ")


class Augmenter:
    """Makes variants of training articles.

    Args:
        chances: How often each change is made.
        articles: The training articles; names are exchanged among them, so none comes from elsewhere.
    """

    def __init__(self, chances: Augment, articles: Iterable[AnnotatedArticle]) -> None:
        self._chances = chances
        people: set[str] = set()
        places: set[str] = set()
        for article in articles:
            for span in article.spans:
                name = article.text[span.start : span.end]
                if span.label == "PER":
                    people.add(name)
                elif span.label == "LOC" and name.istitle() and 1 <= name.count(" ") <= 2:
                    places.add(name)
        self._people = _by_length(people)
        self._places = _by_length(places)

    def __call__(self, article: AnnotatedArticle, rng: random.Random) -> AnnotatedArticle:
        """A variant of `article`; the same `rng` state gives the same variant."""
        chance = self._chances
        segments = _take_apart(article)
        if rng.random() < chance.people:
            segments = _rename(segments, "PER", self._people, rng)
        if rng.random() < chance.places:
            segments = _move(segments, self._places, rng)
        if chance.abbreviations:
            segments = [
                # `thành phố Hồ Chí Minh` is a LOC without its first words, `TP Hồ Chí Minh` one with them.
                (text if "Hồ Chí Minh" in following else _respell(text, chance.abbreviations, rng), label)
                for (text, label), (following, _) in zip(segments, [*segments[1:], ("", None)], strict=True)
            ]
        if rng.random() < chance.dashes:
            dash = rng.choice(_DASHES)
            segments = [
                (dash if label is None and _BARE_DASH.fullmatch(text) else _DASH.sub(dash, text), label)
                for text, label in segments
            ]
        if rng.random() < chance.upper_title:
            segments = _upper_first_line(segments)
        if rng.random() < chance.join_lines:
            segments = [(regex.sub(r"\s*\n\s*", " ", text), label) for text, label in segments]
        if (dice := rng.random()) < chance.case:
            change = str.upper if dice < chance.case / 2 else str.lower
            segments = [(change(text), label) for text, label in segments]
        if rng.random() < chance.typos:
            segments = [(mistype(text, rng), label) for text, label in segments]
        return _put_together(article, segments)


def _by_length(names: Iterable[str]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(name.count(" "), []).append(name)
    return groups


def _take_apart(article: AnnotatedArticle) -> list[Segment]:
    segments: list[Segment] = []
    position = 0
    for span in article.spans:
        segments += [
            (article.text[position : span.start], None),
            (article.text[span.start : span.end], span.label),
        ]
        position = span.end
    return [*segments, (article.text[position:], None)]


def _put_together(article: AnnotatedArticle, segments: Sequence[Segment]) -> AnnotatedArticle:
    spans: list[GoldSpan] = []
    length = 0
    for text, label in segments:
        if label is not None:
            spans.append(GoldSpan(length, length + len(text), label))
        length += len(text)
    return dataclasses.replace(article, text="".join(text for text, _ in segments), spans=spans)


def _rename(
    segments: Sequence[Segment], label: str, pool: dict[int, list[str]], rng: random.Random
) -> list[Segment]:
    renamed: dict[str, str] = {}
    result: list[Segment] = []
    for text, kind in segments:
        if kind == label:
            if text not in renamed:
                renamed[text] = rng.choice(pool.get(text.count(" "), [text]))
            text = renamed[text]
        result.append((text, kind))
    return result


def _move(segments: Sequence[Segment], pool: dict[int, list[str]], rng: random.Random) -> list[Segment]:
    names = sorted(
        {text for text, kind in segments if kind == "LOC" and text in pool.get(text.count(" "), ())}
    )
    moved = {name: rng.choice(pool[name.count(" ")]) for name in names}
    if not moved:
        return list(segments)
    place = regex.compile(
        r"(?<!\p{L})(?:" + "|".join(map(regex.escape, sorted(moved, key=len, reverse=True))) + r")(?!\p{L})"
    )
    return [
        (place.sub(lambda match: moved[match.group()], text) if kind in {"LOC", "ORG"} else text, kind)
        for text, kind in segments
    ]


def _respell(text: str, chance: float, rng: random.Random) -> str:
    def shorten(match: regex.Match[str]) -> str:
        return rng.choice(_SHORT[match.group().casefold()]) if rng.random() < chance else match.group()

    def lengthen(match: regex.Match[str]) -> str:
        return _LONG[match.group()] if rng.random() < chance else match.group()

    return _LONG_FORM.sub(shorten, _SHORT_FORM.sub(lengthen, text))


def change_text(
    article: AnnotatedArticle, change: Callable[[str, random.Random], str], rng: random.Random
) -> AnnotatedArticle:
    """An article with `change` made to each span and to each stretch between spans; the marks move along."""
    return _put_together(article, [(change(text, rng), label) for text, label in _take_apart(article)])


def mistype(text: str, rng: random.Random) -> str:
    """`text` with one letter in fifty lost, doubled, swapped with the next, or without its diacritics."""

    def slip(match: regex.Match[str]) -> str:
        pair: str = match.group()
        if rng.random() >= _TYPOS_A_PAIR:
            return pair
        first, second = pair[0], pair[1]
        return rng.choice((second, first * 2 + second, second + first, _plain(pair)))

    return _LETTERS.sub(slip, text)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")


def _upper_first_line(segments: Sequence[Segment]) -> list[Segment]:
    result: list[Segment] = []
    for i, (text, label) in enumerate(segments):
        if "\n" in text.strip() or (text.endswith("\n") and text.strip()) or ("\n" in text and i > 0):
            head, line_break, tail = text.partition("\n")
            return [*result, (head.upper() + line_break + tail, label), *segments[i + 1 :]]
        result.append((text.upper(), label))
    return result
