"""Who is named in a sentence without acting in it: those who look on, ask, allow, or hold the occasion."""

from __future__ import annotations

from bisect import bisect_left

import regex

from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import ANOTHER_ONLOOKER, ONLOOKERS

# Who holds an occasion or reports to it: `hội nghị do A phối hợp với B tổ chức`.
_HOSTED_BY = regex.compile(r"(?<!\p{L})do\s", regex.IGNORECASE)
_HOLDS = regex.compile(r"(?<!\p{L})(?:tổ\s+chức|đăng\s+cai|chủ\s+trì|(?P<reports>trình\s+bày))(?!\p{L})")
_HOLDING_TOGETHER = regex.compile(
    r"[\s,]*+(?:\([^()]*\)[\s,]*+)?(?:(?:đã|đang|sẽ|vừa|đồng|cùng|phối\s+hợp|đứng\s+ra|chủ\s+trì)\s+)*"
)


def onlookers(scene: Scene, sentence: Sentence, last: Piece) -> list[tuple[int, int]]:
    """Where those are named who only look on: `Với sự chứng kiến của …,`, up to the last that is named."""
    found = []
    for match in ONLOOKERS.finditer(scene.text, sentence.start, last.start + 1):
        start = match.end()
        signing = next((p.start for p in sentence.pieces if p.label == "SIGNING" and p.start > start), None)
        comma = scene.text.find(",", start, signing or sentence.end)
        if signing is None:  # behind the signing
            found.append((start, comma if comma >= 0 else sentence.end))
        elif comma < 0:
            names = (p for p in sentence.pieces if p.label in ("ORG", "PER", "LOC"))
            found.append((start, next((p.end for p in names if p.start >= start), start)))
        else:
            found.append((start, _past_others(scene.text, comma, signing)))
    return found


def _past_others(text: str, comma: int, end: int) -> int:
    """The comma behind the last of the onlookers, of whom one ends at `comma`; none is behind `end`."""
    while ANOTHER_ONLOOKER.match(text, comma) and (following := text.find(",", comma + 1, end)) >= 0:
        comma = following
    return comma


def hosts(scene: Scene, sentence: Sentence) -> list[tuple[int, int]]:
    """Where those are named who only hold an occasion: `Tại diễn đàn do A và B tổ chức, C và D ký …`.

    Where nobody else is named, they may be those who sign there, but not who reports.
    """
    found = []
    told = [piece.start for piece in sentence.pieces if piece.label in ("AGREEMENT", "SIGNING", "REVIEW")]
    names = [piece for piece in sentence.pieces if piece.label in ("ORG", "PER")]
    if not names:
        return []
    starts = [piece.start for piece in names]
    first = told[0] if told else sentence.end
    verb = None
    for by in _HOSTED_BY.finditer(scene.text, sentence.start, first):
        if verb is None or verb.start() < by.end():
            verb = _HOLDS.search(scene.text, by.end(), first)
        if verb is None:
            break
        last = bisect_left(starts, verb.start()) - 1
        if last < 0 or starts[last] < by.end() or not (verb["reports"] or starts[-1] > verb.start()):
            continue
        if _HOLDING_TOGETHER.fullmatch(scene.text, names[last].end, verb.start()):
            found.append((by.end(), verb.start()))
    return found
