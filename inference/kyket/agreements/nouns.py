"""A common noun that signs for a body named elsewhere: `nhà trường đã ký`, `thỏa thuận mà huyện ông ký`."""

from __future__ import annotations

import regex

from kyket.agreements.scene import Sentence
from kyket.agreements.vocabulary import BEFORE_COMMON_NOUN, COMMON_NOUN

_LOOK, _WORD = 40, 8
_TO_VERB = regex.compile(
    r"(?:\s+(?:này|ấy|đó|ông|bà|anh|chị|em|mình|tôi|chúng\s+tôi|chúng\s+ta|ta))?"
    r"(?:\s+(?:đã|vừa|sẽ|đang|cũng|từng|mới|tự|sắp|chính\s+thức|dự\s+kiến|còn|tiếp\s+tục|được|muốn|sớm))*\s+"
)
_NO_SUBJECT = regex.compile(r"(?<!\p{L})(?:của|với|giữa|và|cùng|cho)\s*$")


def signing_noun(text: str, sentence: Sentence, verb: int) -> regex.Match[str] | None:
    """The noun in small letters that is the subject of the verb at `verb`."""
    timed = {time.end for time in sentence.times}
    for noun in COMMON_NOUN.finditer(text, max(sentence.start, verb - _LOOK), verb + 1):
        before = text[max(sentence.start, noun.start() - _WORD) : noun.start()]
        opens = BEFORE_COMMON_NOUN.search(before) and not _NO_SUBJECT.search(before)
        if not (opens or noun.start() - 1 in timed) or not noun["noun"][0].islower():
            continue
        if _TO_VERB.fullmatch(text, noun.end(), verb):
            return noun
    return None
