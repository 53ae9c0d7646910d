"""Who only speaks of an instrument: `Hội A khẳng định, hợp đồng với B …`, `Ông X, giám đốc A: “Việc ký …`."""

from __future__ import annotations

import regex

from kyket.agreements.grouping import Group
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import SAY

_QUOTE = regex.compile(r":\s*[\"“«]")
_SAYS = regex.compile(rf"(?<!\p{{L}})(?:{SAY}|nói|cho)(?:\s*[,:]|\s+rằng)(?!\p{{L}})", regex.IGNORECASE)
_TELLS = regex.compile(
    rf"(?<!\p{{L}})(?:{SAY}|cho(?=\s+rằng)|(?P<finds>kết\s+luận|xác\s+định))(?:\s+(?:là|rằng))?"
    r"(?:\s+(?:việc|ông|bà|tỉnh|thành\s+phố|nước|phía))*\s+$",
    regex.IGNORECASE,
)
_IS = regex.compile(r"\s+là(?!\s+người)(?!\p{L})", regex.IGNORECASE)
_BACK = 60


def tells_of_another(scene: Scene, mention: Mention, subject: Group, stop: int) -> bool:
    """Whether who is named before a signing tells what another has done: `Viện A kết luận ông X đã ký`.

    Not what another is (`A xác định Lào là thị trường chính, đã ký`), nor what is but said of a person,
    who may be of that body (`A cho biết ông X đã ký`).
    """
    for piece in mention.sentence.pieces:
        if piece.label not in ("PER", "LOC", "ORG") or not subject.end <= piece.start < piece.end <= stop:
            continue
        told = _TELLS.search(scene.text, max(subject.end, piece.start - _BACK), piece.start)
        if told and (told["finds"] or piece.label != "PER") and not _IS.match(scene.text, piece.end):
            return True
    return False


def only_says(scene: Scene, mention: Mention, subject: Group) -> bool:
    """Whether who is named before a contract speaks of it: `Hội A khẳng định, hợp đồng với B …`."""
    said = _SAYS.search(scene.text, subject.end, mention.start) if mention.trigger is None else None
    return said is not None


def quotes(scene: Scene, mention: Mention, subject: Group) -> bool:
    """Whether what is told of the signing is what the subject says: `Ông X, giám đốc A: “Việc ký với B …`."""
    start = min(mention.start, mention.trigger.start) if mention.trigger else mention.start
    return _QUOTE.search(scene.text, subject.end, start) is not None
