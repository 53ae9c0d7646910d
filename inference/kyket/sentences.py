"""Where the sentences of an article end, for what reads them and for what quotes them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import regex

from kyket.document import Span
from kyket.orthography import Canonical, canonical

_BREAK = regex.compile(
    r"[\r\n]+|[.!?…]+[\"”’»)\]*]*[ \t\u00a0]+(?=[\p{Lu}\p{N}\"“‘«(\[*•-])"
    # pages lose the space between two sentences: `… tháng 1.Về các kênh khác`
    r"|(?<=\p{Ll}\p{Ll}|\p{N}|[”»)])\.(?=\p{Lu}\p{Ll})"
)
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(.,])(?:TP|Tp|ThS|Ths|TS|PGS|GS|BS|KS|Mr|Mrs|Ms|Dr|St|Th|T|Q|P|\p{Lu})\.\s*$"
)
_SPACE = regex.compile(r"\s")
_LONGEST = 2000


def ends_as_given(text: str, spans: Iterable[Span]) -> list[int]:
    """The offsets behind the sentences of a text as it was given.

    Args:
        text: Any text.
        spans: The spans of its document; no sentence ends within one.
    """
    view = canonical(text)
    placed = sorted((place(view, span.start), place(view, span.end)) for span in spans)
    return [view.origin(end) for end in sentence_ends(view.text, placed)]


def sentence_ends(text: str, spans: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Offsets at which the sentences of a canonical text end, the last at its own end.

    Args:
        text: Canonical.
        spans: Start and end of what lies in no two sentences, ascending.
    """
    starts = [start for start, _ in spans]
    ends: list[int] = []

    def close(end: int) -> None:
        """End a sentence, in several parts where it is longer than any sentence is."""
        start = ends[-1] if ends else 0
        while end - start > _LONGEST:
            space = _SPACE.search(text, start + _LONGEST, end)
            if space is None:
                break
            start = space.end()
            at = bisect_left(starts, start) - 1
            if at < 0 or spans[at][1] <= start:
                ends.append(start)
        ends.append(end)

    for match in _BREAK.finditer(text):
        end = match.end()
        at = bisect_left(starts, end) - 1
        if at >= 0 and spans[at][1] > match.start() + (match.group()[0] in "\r\n"):
            continue
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(0, match.start() - 6), end):
            continue
        close(end)
    if not ends or ends[-1] < len(text):
        close(len(text))
    return ends


def place(view: Canonical, offset: int) -> int:
    """The offset in the canonical text of an offset in the original."""
    if not view.moved:
        return offset
    at = bisect_right(view.moved, offset, key=lambda pair: pair[1]) - 1
    here, there = view.moved[max(at, 0)]
    limit = view.moved[at + 1][0] if at + 1 < len(view.moved) else len(view.text)
    return min(here + max(offset - there, 0), limit)
