"""Reporters before the name of their newspaper: `trao đổi với [PV báo Tin Mẫu]`."""

from __future__ import annotations

import regex
from msgspec.structs import replace

from kyket.document import Span
from kyket.names.organizations import VIETNAMESE, in_syllables

_REPORTERS = regex.compile(
    r"(?:nhóm )?(?:PV|(?i:phóng viên))\s+(?=(?P<press>(?i:báo|tạp chí|đài|tờ) )?\p{Lu})"
    r"(?!Không [Bb]iên [Gg]iới)"
)


def without_reporters(spans: list[Span]) -> list[Span]:
    """The spans, with newspapers for which someone reports without that word.

    Before a brand (`PV Kestrel`) it may be a part of the name.

    Args:
        spans: Sorted by start, not overlapping.
    """
    return [_without(span) for span in spans]


def _without(span: Span) -> Span:
    found = _REPORTERS.match(span.text) if span.label == "ORG" else None
    if found is None:
        return span
    name = span.text[found.end() :]
    if not (found["press"] or (" " in name and in_syllables(name) and VIETNAMESE.search(name))):
        return span
    return replace(span, start=span.end - len(name), text=name)
