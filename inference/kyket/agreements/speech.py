"""Who only speaks of an instrument: `Hội A khẳng định, hợp đồng với B …`, `Ông X, giám đốc A: “Việc ký …`."""

from __future__ import annotations

import regex

from kyket.agreements.grouping import Group
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import SAY

_QUOTE = regex.compile(r":\s*[\"“«]")
_SAYS = regex.compile(rf"(?<!\p{{L}})(?:{SAY}|nói|cho)(?:\s*[,:]|\s+rằng)(?!\p{{L}})", regex.IGNORECASE)


def only_says(scene: Scene, mention: Mention, subject: Group) -> bool:
    """Whether who is named before a contract speaks of it: `Hội A khẳng định, hợp đồng với B …`."""
    said = _SAYS.search(scene.text, subject.end, mention.start) if mention.trigger is None else None
    return said is not None


def quotes(scene: Scene, mention: Mention, subject: Group) -> bool:
    """Whether what is told of the signing is what the subject says: `Ông X, giám đốc A: “Việc ký với B …`."""
    start = min(mention.start, mention.trigger.start) if mention.trigger else mention.start
    return _QUOTE.search(scene.text, subject.end, start) is not None
