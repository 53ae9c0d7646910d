"""An article laid out for reading: spans, dates and sentences in one spelling and one set of offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import regex
from msgspec import Struct
from msgspec.structs import replace

from kyket.agreements.grounds import Told
from kyket.agreements.known_years import with_known_years
from kyket.agreements.news import news_day
from kyket.agreements.vocabulary import RELATED
from kyket.dates import parse
from kyket.document import Date, Entity, Span
from kyket.orthography import Canonical, canonical
from kyket.sentences import place, sentence_ends
from kyket.timevalues import Interval, PartialDate, TimeValue

_BRACKETS = regex.compile(r"[()\[\]]")
_NEWLINE = regex.compile(r"[\r\n]")
_YEAR = regex.compile(r"(?<!\p{N})(?:1[89]|20)\d\d(?!\p{N})")
_PROSE = 220
_NAMES = frozenset(("ORG", "PER", "LOC", "AGREEMENT"))


class Piece(Struct, frozen=True):
    """A span in canonical offsets; `index` points into the spans of the document."""

    index: int
    start: int
    end: int
    label: str
    entity: str | None


class Time(Struct, frozen=True):
    """A date expression in canonical offsets."""

    start: int
    end: int
    date: Date


class Sentence(Struct, frozen=True):
    """A sentence with what lies in it; `proper` is False in lists of other articles."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    times: tuple[Time, ...]
    brackets: tuple[tuple[int, int], ...]
    proper: bool

    def bracket(self, offset: int) -> tuple[int, int] | None:
        """The pair of brackets around `offset`, if any."""
        if not self.brackets:
            return None
        at = bisect_right(self.brackets, (offset, 1 << 62)) - 1
        if at >= 0 and self.brackets[at][0] < offset < self.brackets[at][1]:
            return self.brackets[at]
        return None


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole article. `text` is that of `view`, canonical; `news` the day that it tells of."""

    view: Canonical
    text: str
    sentences: tuple[Sentence, ...]
    entities: dict[str, Entity]
    published: str | None
    news: Told[PartialDate] | None = None

    def gap(self, start: int, end: int, sentence: Sentence) -> str:
        """The text between two offsets without what stands in brackets."""
        parts, at = [], start
        first = bisect_left(sentence.brackets, (start, 0))
        for opening, closing in sentence.brackets[first:]:
            if opening >= end:
                break
            parts.append(self.text[at:opening])
            at = max(at, min(closing, end))
        parts.append(self.text[at:end])
        return " ".join(parts) if len(parts) > 1 else parts[0]

    def without_names(self, sentence: Sentence, start: int, end: int) -> str:
        """The words of a stretch of a sentence, names blanked: a `Không` in a name denies nothing."""
        text = self.text[start:end]
        for piece in sentence.pieces:
            if piece.label in _NAMES and piece.start < end and start < piece.end:
                first, last = max(piece.start - start, 0), min(piece.end, end) - start
                text = text[:first] + " " * (last - first) + text[last:]
        return text


def lay_out(
    text: str, spans: list[Span], dates: list[Date], entities: list[Entity], published: str | None
) -> Scene:
    """Cut the article into sentences and hang spans and dates on them."""
    view = canonical(text)
    owner = {index: entity.id for entity in entities for index in entity.mentions}
    pieces = [
        Piece(i, place(view, s.start), place(view, s.end), s.label, owner.get(i, s.entity))
        for i, s in enumerate(spans)
    ]
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    dates = [*dates, *_lengths(spans, dates)]
    if published is None:
        dates = with_known_years(text, dates)
    times = sorted((Time(place(view, d.start), place(view, d.end), d) for d in dates), key=lambda t: t.start)
    ends = sentence_ends(view.text, [(piece.start, piece.end) for piece in pieces])
    proper = _proper(view.text, ends)
    sentences = []
    start = piece_at = time_at = 0
    for number, end in enumerate(ends):
        first_piece, first_time = piece_at, time_at
        while piece_at < len(pieces) and pieces[piece_at].start < end:
            piece_at += 1
        while time_at < len(times) and times[time_at].start < end:
            time_at += 1
        sentences.append(
            Sentence(
                number,
                start,
                end,
                tuple(pieces[first_piece:piece_at]),
                tuple(times[first_time:time_at]),
                _brackets(view.text, start, end),
                proper[number],
            )
        )
        start = end
    news = news_day(view.text, sentences, published)
    return Scene(
        view, view.text, tuple(sentences), {entity.id: entity for entity in entities}, published, news
    )


def _lengths(spans: list[Span], dates: list[Date]) -> list[Date]:
    """What PERIOD spans mean that only their label shows: lengths, and years with words between them."""
    taken = sorted((date.start, date.end) for date in dates)
    read = {date.end: date.value for date in dates if date.type == "PERIOD"}
    found = []
    for span in spans:
        if span.label != "PERIOD":
            continue
        at = bisect_left(taken, (span.end, 0)) - 1
        free = at < 0 or taken[at][1] <= span.start
        date = parse(span.text) if free else None
        if date is not None:
            found.append(replace(date, start=span.start, end=span.end))
        elif (years := _years(span.text)) is not None and (free or _begins(years, read.get(taken[at][1]))):
            found.append(Date(start=span.start, end=span.end, text=span.text, type="PERIOD", value=years))
    return found


def _begins(years: Interval, last: TimeValue | None) -> bool:
    """Whether years begin before what their last words mean alone: `ba vụ, từ vụ 2021 đến vụ 2023-2024`.

    Example:
        >>> last = Interval(PartialDate(2023), PartialDate(2024))
        >>> _begins(Interval(PartialDate(2021), PartialDate(2024)), last)
        True
    """
    if last is None:
        return True
    start = last.start if isinstance(last, Interval) else None
    first = years.start.year if years.start else None
    return bool(start and start.year and first and first < start.year)


def _years(text: str) -> Interval | None:
    """`từ mùa khô 2013 cho tới mùa khô 2015`: from the first year to the last.

    Example:
        >>> str(_years("từ mùa khô 2013 cho tới mùa khô 2015"))
        '2013/2015'
    """
    years = [int(year) for year in _YEAR.findall(text)]
    if len(years) < 2 or years[0] >= years[-1]:
        return None
    return Interval(PartialDate(years[0]), PartialDate(years[-1]))


def _proper(text: str, ends: list[int]) -> list[bool]:
    """Which sentences belong to the article, not to a list of others that a heading opens."""
    proper, outside, start = [], False, 0
    line_start = 0
    for end in ends:
        if start == line_start:
            newline = _NEWLINE.search(text, start)
            line = text[start : newline.start() if newline else len(text)]
            if RELATED.match(line) and len(line) < _PROSE:
                outside = True
            elif len(line) >= _PROSE:
                outside = False
        proper.append(not outside)
        start = end
        if text[end - 1 : end] in ("\n", "\r"):
            line_start = end
    return proper


def _brackets(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Outermost pairs of round or square brackets."""
    if text.find("(", start, end) < 0 and text.find("[", start, end) < 0:
        return ()
    found, depth, opened = [], 0, start
    for match in _BRACKETS.finditer(text, start, end):
        if match.group() in "([":
            if depth == 0:
                opened = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((opened, match.end()))
    return tuple(found)
