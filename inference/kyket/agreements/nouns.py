"""A common noun that signs for a body named elsewhere: `nhà trường đã ký`, `thỏa thuận mà huyện ông ký`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from kyket.agreements.scene import Sentence
from kyket.agreements.vocabulary import BEFORE_COMMON_NOUN, COMMON_NOUN

_LOOK, _WORD = 40, 8
_TO_VERB = regex.compile(
    r"(?:\s+(?:này|ấy|đó|ông|bà|anh|chị|em|mình|tôi|chúng\s+tôi|chúng\s+ta|ta))?"
    r"(?:\s+(?:đã|vừa|sẽ|đang|cũng|từng|mới|tự|sắp|chính\s+thức|dự\s+kiến|còn|tiếp\s+tục|được|muốn|sớm))*\s+"
)
_LEAD = regex.compile(r"\s*(?:(?:phía|bên|đại\s+diện|lãnh\s+đạo)\s+)?")
_AND = regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:và|với|cùng(?:\s+với)?)\s+")
_AND_BODY = regex.compile(rf"{_AND.pattern}(?:(?:phía|bên|đại\s+diện|lãnh\s+đạo|với|đối\s+tác)\s+)*")
_BEHIND_PARTNER = regex.compile(
    r"\s*(?:[.,;:)]|$)|\s+(?:này|ấy|đó|ta|mình|hồi|hôm|ngày|tháng|năm|từ|trong|vào|về|để|việc|một|bản|hợp\s+đồng"
    r"|thỏa\s+thuận|và|theo|cho|đã|vừa|sẽ|được|giai\s+đoạn|đến|tới|tại)(?!\p{L})"
)
_NO_SUBJECT = regex.compile(r"(?<!\p{L})(?:của|với|giữa|và|cùng|cho)\s*$")


def _opening(text: str, start: int, end: int) -> regex.Match[str] | None:
    """The noun in small letters that opens a stretch, perhaps behind `phía`."""
    lead = _LEAD.match(text, start, end)
    noun = COMMON_NOUN.match(text, lead.end() if lead else start, end)
    return noun if noun and noun["noun"][0].islower() else None


def partner_noun(text: str, start: int, end: int) -> regex.Match[str] | None:
    """The noun in small letters that follows `với` at `start`: `ký với nhà trường`."""
    noun = _opening(text, start, end)
    if noun and _BEHIND_PARTNER.match(text, noun.end(), end):
        return noun
    return None


def joined_noun(text: str, start: int, name: int, end: int, stop: int) -> regex.Match[str] | None:
    """The noun in small letters that is joined to the name from `name` to `end`, before it or behind it."""
    noun = _opening(text, start, name)
    if noun and _AND_BODY.fullmatch(text, noun.end(), name):
        return noun
    if (joined := _AND.match(text, end, stop)) and _LEAD.fullmatch(text, start, name):
        return partner_noun(text, joined.end(), stop)
    return None


def noun_before(text: str, sentence: Sentence, name: int) -> regex.Match[str] | None:
    """The noun in small letters that acts with the name at `name`: `hội và A đã ký`, `công ty cùng A`."""
    acting = _acting(text, sentence, name - _LOOK, name)
    return next((noun for noun in acting if _AND_BODY.fullmatch(text, noun.end(), name)), None)


def signing_noun(text: str, sentence: Sentence, verb: int, mention: int) -> regex.Match[str] | None:
    """The noun in small letters that is the subject of the verb at `verb`, perhaps right behind `mention`."""
    acting = _acting(text, sentence, verb - _LOOK, verb + 1, mention)
    return next((noun for noun in acting if _TO_VERB.fullmatch(text, noun.end(), verb)), None)


def acting_nouns(text: str, sentence: Sentence) -> Iterator[str]:
    """The nouns of a sentence that act without a name: `nhà trường sẽ ký`, `ký với tòa soạn`."""
    names = [(p.start, p.end) for p in sentence.pieces if p.label in ("ORG", "LOC", "PER")]
    starts = {start for start, _ in names}
    for noun in COMMON_NOUN.finditer(text, sentence.start, sentence.end):
        at = bisect_right(names, (noun.start(), len(text))) - 1
        named = noun.end() + 1 in starts or (at >= 0 and noun.start() < names[at][1])
        before = text[max(sentence.start, noun.start() - _WORD) : noun.start()]
        if not named and BEFORE_COMMON_NOUN.match(before):
            yield noun["noun"].lower()


def _acting(
    text: str, sentence: Sentence, start: int, stop: int, mention: int | None = None
) -> Iterator[regex.Match[str]]:
    """Nouns in small letters that open a clause, or stand behind a date or the mention that ends there."""
    ends = {mention, *(time.end for time in sentence.times)}
    for noun in COMMON_NOUN.finditer(text, max(sentence.start, start), stop):
        before = text[max(sentence.start, noun.start() - _WORD) : noun.start()]
        opens = BEFORE_COMMON_NOUN.match(before) and not _NO_SUBJECT.search(before)
        if noun["noun"][0].islower() and (opens or noun.start() - 1 in ends):
            yield noun
