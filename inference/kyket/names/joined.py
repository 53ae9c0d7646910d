"""Two names side by side, the one short for the other by its words alone: two bodies all the same.

`Học viện Mẫu và Học viện Mẫu Lào ký`: whoever joins the two tells them apart for the whole article.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import regex

from kyket.names.mentions import Mention
from kyket.names.organizations import OrgName

_BRACKET = regex.compile(r"\([^()]*\)?|\)")
_JOINED = regex.compile(
    r"[\s,]*(?:và|cùng(?: với)?|với|phối hợp (?:cùng |với |cùng với ))\s*(?:(?:đại diện|lãnh đạo|phía) )*",
    regex.IGNORECASE,
)
_AND = regex.compile(r"(?<!\p{L})(?:và|với|cùng)(?!\p{L})", regex.IGNORECASE)
_STOP = regex.compile(r"[;!?\n]|\.(?=\s)(?<!\b(?:TS|GS|BS|KS|LS|CN)\.)")
OF_LAOS = ("lien", "hiep", "cong", "doan")  # what its unions are called, and those of Vietnam are not
_OF_VIETNAM = ("viet", "nam")  # `Tập đoàn Mẫu và Tập đoàn Mẫu Việt Nam` are one all the same
_LEAST = 3  # words of a name that may be the whole name of a body
_LONGEST, _BACK = 400, 4


def apart(
    mentions: Sequence[Mention], parsed: Mapping[int, OrgName], aliases: Mapping[int, int]
) -> frozenset[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Cores of a short name and a fuller one that the article tells apart.

    Those that a conjunction joins, and a short name in one sentence with a body abroad
    (`Giám đốc Viện Mẫu, và ông X, Giám đốc Viện Mẫu Lào, ký`).
    """
    cores = {parsed[m.at].core for m in mentions if m.label == "ORG"}
    sizes = {len(core) for core in cores if len(core) >= _LEAST}
    if cores.isdisjoint(core[:size] for core in cores for size in sizes if size < len(core)):
        return frozenset()  # as in most articles
    found = set()
    named: deque[tuple[Mention, str, bool]] = deque(maxlen=_BACK)  # each with what stands behind it
    for m in mentions:
        if m.label == "ORG" and m.at not in aliases:
            full = parsed[m.at]
            for before, gap, beside in named:
                short = parsed[before.at]
                if _begins(full, short) and _are_two(_BRACKET.sub("", gap), beside, short, full):
                    found.add((short.core, full.core))
        if not m.last:
            named.clear()
            continue
        beside_still = m.at in aliases
        behind = [(before, gap + m.after, beside and beside_still) for before, gap, beside in named]
        named.clear()
        named.extend(one for one in behind if len(one[1]) < _LONGEST)
        if m.label == "ORG" and not beside_still:
            named.append((m, m.after, True))
    return frozenset(found)


def _begins(full: OrgName, short: OrgName) -> bool:
    size = len(short.core)
    begins = _LEAST <= size < len(full.core) and full.core[:size] == short.core
    return begins and full.core[size:] != _OF_VIETNAM


def _are_two(gap: str, beside: bool, short: OrgName, full: OrgName) -> bool:
    if beside and _JOINED.fullmatch(gap):
        return True
    abroad = full.country not in (None, "VN") and short.country is None
    if not abroad or short.core[:4] == OF_LAOS:
        return False
    return _AND.search(gap) is not None and _STOP.search(gap) is None
