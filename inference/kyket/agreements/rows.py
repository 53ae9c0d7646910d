"""Rows of tables that list instruments: `2; Bản ghi nhớ; A; B (Lào); 02/8/2017; 5 năm; Hết hạn`.

A row is a line of cells. What its cells hold alone tells of its instrument: names the parties, a day the
signing, years or a length the validity, and what is noted beside them whether it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from kyket.agreements.grounds import Rule, Told, told
from kyket.agreements.joining import HEADLINES, Reading, apart
from kyket.agreements.lengths import better
from kyket.agreements.mention import Mention
from kyket.agreements.parties import Cast
from kyket.agreements.periods import lasting
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.signatories import Signatories
from kyket.agreements.vocabulary import DONE, DRAFT, IN_FORCE, QUALIFIER, RENEWED, TOGETHER, UNSIGNED
from kyket.timevalues import Interval, PartialDate, TimeValue

_MARKS, _SPACE = "|\t;", " \u00a0*_\"“'"
_FEWEST, _MOST = 4, 20  # cells of a row
_ROWS = 40  # how far above a row its headings are looked for
_RULER = regex.compile(r"[\s|:;+=-]*")
_YEAR = regex.compile(r"[\s*]*(?P<year>(?:19|20)[0-9]{2})[\s*]*")
_CONJUNCTION = regex.compile(r"(?<!\p{L})(?:và|với)(?!\p{L})|[,;&/–-]", regex.IGNORECASE)
# What columns are headed that hold places and bodies which sign nothing.
_ASIDE = regex.compile(
    r"\W*(?:nơi|địa\s+điểm|quốc\s+gia|nước|khu\s+vực|người|nội\s+dung|ghi\s+chú|tình\s+trạng|đầu\s+mối"
    r"|(?:đơn\s+vị|cơ\s+quan)\s+(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|theo\s+dõi|tham\s+mưu|quản\s+lý))(?!\p{L})",
    regex.IGNORECASE,
)
_END = regex.compile(r"(?<!\p{L})(?:hết|đáo\s+hạn|kết\s+thúc|đến)(?!\p{L})", regex.IGNORECASE)
# A cell that holds no more than this and a day: when it is to be signed.
_TO_COME = regex.compile(
    r"\W*(?:dự\s+kiến|dự\s+định|(?:sẽ|chờ|chưa|sắp)(?=\s+ký|\W*$))(?:\s+ký(?:\s+kết)?)?(?:\s+(?:vào|trong))?\W*",
    regex.IGNORECASE,
)
_LEAD = 12  # letters before what a cell is about: `ngày`, `dự kiến`, `giai đoạn`


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in canonical offsets, with what heads its column."""

    start: int
    end: int
    heading: str


def row_of(scene: Scene, mention: Mention, cast: Cast) -> Reading | None:
    """What a row tells of the instrument that one of its cells begins with; None outside tables."""
    sentence = mention.sentence
    before = scene.text[max(sentence.start, mention.start - _LEAD) : mention.start].rstrip(_SPACE)
    if mention.index is None or (before and before[-1] not in _MARKS):
        return None
    cells = _cells(scene, sentence)
    own = next((cell for cell in cells if cell.start <= mention.start < cell.end), None)
    if own is None or _tells_of(scene, own, mention):
        return None
    parties = _parties(scene, sentence, [cell for cell in cells if cell is not own], cast)
    if not parties:
        return None
    plan = _plan(scene, sentence, cells)
    day = _day(scene, sentence, cells) if plan is None else None
    validity = _validity(scene, sentence, cells, own)
    return Reading(
        mention=mention,
        by=Signatories(parties),
        validity=validity,
        standing=plan or _standing(scene, sentence, cells, own, day),
        signing=None if day and validity and apart(day.value, validity.value) else day,
        headline=sentence.number < HEADLINES,
        dated=day is not None,
        listed=True,
    )


def is_heading(scene: Scene, sentence: Sentence) -> bool:
    """Whether a line only heads the columns of a table below: `TT | Tên văn bản | Đối tác | Ngày ký`."""
    if sentence.times or any(piece.label in ("ORG", "LOC", "PER") for piece in sentence.pieces):
        return False
    cells = _cells(scene, sentence)
    return bool(cells) and not any(cell.heading for cell in cells)


def _tells_of(scene: Scene, cell: Cell, mention: Mention) -> bool:
    """Whether more than the name of an instrument stands in a cell: whose it is, or what it provides for."""
    bodies = (piece.start for piece in mention.sentence.pieces if piece.label == "ORG")
    return scene.text.find(":", mention.end, cell.end) >= 0 or any(
        mention.end <= start < cell.end for start in bodies
    )


def _cells(scene: Scene, sentence: Sentence) -> list[Cell]:
    """The cells of a line, none where it is no row."""
    text = scene.text
    if sentence.start and text[sentence.start - 1] not in "\r\n":
        return []
    mark = next(
        (mark for mark in _MARKS if text.count(mark, sentence.start, sentence.end) >= _FEWEST - 1), None
    )
    if mark is None:
        return []
    stretches = list(_stretches(text, sentence, mark))
    if len(stretches) > _MOST:
        return []
    headings = _headings(scene, sentence, mark)
    headings += [""] * (len(stretches) - len(headings))
    return [Cell(start, end, heading) for (start, end), heading in zip(stretches, headings, strict=False)]


def _stretches(text: str, line: Sentence, mark: str) -> Iterator[tuple[int, int]]:
    """The stretches between the marks of a line; a mark within brackets parts none."""
    start, at = line.start, text.find(mark, line.start, line.end)
    while at >= 0:
        if not line.bracket(at):
            yield start, at
            start = at + 1
        at = text.find(mark, at + 1, line.end)
    yield start, line.end


def _headings(scene: Scene, row: Sentence, mark: str) -> list[str]:
    """The cells of the first of the lines of cells above a row."""
    first: list[str] = []
    for line in reversed(scene.sentences[max(0, row.number - _ROWS) : row.number]):
        if _RULER.fullmatch(scene.text, line.start, line.end):
            continue
        if scene.text.count(mark, line.start, line.end) < _FEWEST - 1:
            break
        first = [scene.text[start:end] for start, end in _stretches(scene.text, line, mark)]
    return first


def _parties(scene: Scene, row: Sentence, cells: list[Cell], cast: Cast) -> tuple[Told[str], ...]:
    """Who is named in a cell with nothing else but where it is; places only beside no two bodies."""
    found: dict[str, Told[str]] = {}
    for cell in cells:
        if not _ASIDE.match(cell.heading):
            for id in _named(scene, row, cell, cast):
                found.setdefault(id, told(id, Rule.ROW, cell.start, cell.end))
    bodies = {id: party for id, party in found.items() if cast.is_org(id)}
    return tuple((bodies if len(bodies) > 1 else found).values())


def _named(scene: Scene, row: Sentence, cell: Cell, cast: Cast) -> list[str]:
    pieces = [
        piece
        for piece in row.pieces
        if cell.start <= piece.start < cell.end
        and piece.label in ("ORG", "LOC", "PER")
        and not row.bracket(piece.start)
    ]
    ids: list[str] = []
    at, rest = cell.start, ""
    for piece in pieces:
        rest += scene.gap(at, piece.start, row)
        at = piece.end
        if piece.label == "PER" or piece.entity not in scene.entities:
            return []
        if piece.label == "ORG" or not ids or not cast.is_org(ids[-1]):  # `Đại học Champasak, Lào`
            ids.append(cast.whole(piece.entity))
    rest += scene.gap(at, cell.end, row)
    rest = TOGETHER.sub(" ", _CONJUNCTION.sub(" ", rest)).strip(" \t\r\n*_.:")
    return [id for id in ids if cast.can_sign(id)] if QUALIFIER.match(rest) else []


def _validity(scene: Scene, row: Sentence, cells: list[Cell], own: Cell) -> Told[TimeValue] | None:
    """The years or the length that a cell is about, or the name of the instrument holds."""
    found: Told[TimeValue] | None = None
    for cell in cells:
        for time in row.times:
            at = time.start - cell.start
            if not 0 <= at < (_LEAD if cell is not own else cell.end - cell.start):
                continue
            value = lasting(scene, time)
            if value is None and isinstance(time.date.value, PartialDate) and _END.search(cell.heading):
                value = Interval(None, time.date.value)
            if value is not None:
                found = better(found, told(value, Rule.ROW, time.start, time.end))
    return found


def _day(scene: Scene, row: Sentence, cells: list[Cell]) -> Told[PartialDate] | None:
    """The day or year that a cell is about, but not one in which something ends."""
    for cell in cells:
        if _END.search(cell.heading):
            continue
        for time in row.times:
            value = time.date.value
            if (
                isinstance(value, PartialDate)
                and 0 <= time.start - cell.start <= _LEAD
                and time.end <= cell.end
                and not _END.search(scene.text, cell.start, time.start)
            ):
                return told(value, Rule.ROW, time.start, time.end)
        if year := _YEAR.fullmatch(scene.text, cell.start, cell.end):
            return told(PartialDate(int(year["year"])), Rule.ROW, *year.span("year"))
    return None


def _plan(scene: Scene, row: Sentence, cells: list[Cell]) -> Told[str] | None:
    """A cell that says when the instrument is to be signed (`dự kiến 2026`), or that it is (`dự kiến`)."""
    days = {time.start: time.end for time in row.times if isinstance(time.date.value, PartialDate)}
    for cell in cells:
        words = _TO_COME.match(scene.text, cell.start, cell.end)
        if words is None:
            continue
        end = days.get(words.end(), words.end())
        if _YEAR.fullmatch(scene.text, end, cell.end) or not scene.text[end : cell.end].strip(_SPACE + ")"):
            return told("proposed", Rule.ROW, cell.start, words.end())
    return None


def _standing(
    scene: Scene, row: Sentence, cells: list[Cell], own: Cell, day: Told[PartialDate] | None
) -> Told[str] | None:
    """What is noted of the instrument, where no day of signing is told."""
    if day is not None:
        return told("signed", Rule.ROW, *(day.grounds[0].at or (own.start, own.end)))
    for cell in cells:
        note = scene.without_names(row, cell.start, cell.end)
        unsigned = UNSIGNED.search(note) or DRAFT.search(note)
        if unsigned and not any(words.search(note) for words in (IN_FORCE, DONE, RENEWED)):
            return told("proposed", Rule.ROW, cell.start + unsigned.start(), cell.start + unsigned.end())
    return None
