"""Enterprises in general, of two countries or beside any school: none of those that an article names.

Everything here matches text in canonical spelling (`kyket.orthography`).
"""

from __future__ import annotations

import regex

from kyket.agreements.scene import Piece, Scene, Sentence

# Around the signing of any school with any firms: `việc nhà trường ký kết hợp tác với doanh nghiệp là cần`.
_SCHOOL = regex.compile(r"(?<!\p{L})(?:các|việc)\s+(?:nhà\s+)?trường\s+$", regex.IGNORECASE)
_WITH_FIRMS = regex.compile(
    r"\s+(?:hợp\s+tác\s+)?với\s+(?:các\s+)?doanh\s+nghiệp(?!\p{L})(?!\s+(?:này|trên|lần\s+này|(?-i:\p{Lu})))",
    regex.IGNORECASE,
)
# Those of two countries: `thỏa thuận giữa doanh nghiệp hai nước`; names are blanks. Not what a paper is for
# (`thỏa thuận thúc đẩy giao thương giữa doanh nghiệp hai nước`).
_BETWEEN_BUSINESSES = regex.compile(
    r"\s+(?:(?:hợp\s+tác|kinh\s+tế|thương\s+mại|kinh\s+doanh|đầu\s+tư)\s+){0,2}giữa\s+(?:các\s+)?(?:cộng\s+đồng\s+)?doanh\s+nghiệp\s+(?:(?:của|từ)\s+)?"
    r"(?:(?:hai|2)\s+(?:nước|bên|quốc\s+gia)(?!\p{L})|(?P<and>và|với|-|–)\s)",
    regex.IGNORECASE,
)
_NEAR, _FAR = 24, 120


def between_enterprises(scene: Scene, sentence: Sentence, start: int) -> bool:
    """`thỏa thuận giữa doanh nghiệp hai nước`, `giữa doanh nghiệp Lào và Hà Lan`: enterprises unnamed.

    Not where two bodies are named: `A và B ký thỏa thuận hợp tác giữa doanh nghiệp hai nước`.
    """
    told = _BETWEEN_BUSINESSES.match(scene.without_names(sentence, start, min(sentence.end, start + _FAR)))
    if told is None or len({p.entity for p in sentence.pieces if p.label == "ORG"}) > 1:
        return False
    if not told["and"]:
        return True
    first = next((p for p in sentence.pieces if p.start >= start), None)
    second = next((p for p in sentence.pieces if p.start >= start + told.end("and")), None)
    return first is not None and second is not None and first.label == second.label == "LOC"


def any_school_signs(scene: Scene, sentence: Sentence, signing: Piece) -> bool:
    """`việc nhà trường ký kết hợp tác với doanh nghiệp`: what is said of schools and firms in general."""
    start = max(sentence.start, signing.start - _NEAR)
    firms = _WITH_FIRMS.match(scene.text, signing.end, sentence.end)
    return firms is not None and _SCHOOL.search(scene.text, start, signing.start) is not None
