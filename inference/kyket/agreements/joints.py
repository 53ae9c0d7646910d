"""Papers that share the parties named behind them: `X và Y giữa A và B`, `X về đàm phán Y giữa A và B`."""

from __future__ import annotations

from itertools import pairwise

import regex

from kyket.agreements.grounds import Rule, told
from kyket.agreements.mention import Mention
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.vocabulary import MULTILATERAL

_AND = ("và", ", và", "cùng", "cũng như")
# Between a paper and another that it is to bring about: `ý định thư về đàm phán và ký kết hiệp định X`; not
# what somebody says of that: `bản ghi nhớ, báo đưa tin về lễ ký hiệp định X`.
_TALKS = r"(?:đàm\s+phán|thương\s+lượng|tiến\s+tới|xúc\s+tiến|ký(?:\s+kết)?)"
_TO_BRING_ABOUT = regex.compile(
    rf"\s+về(?:\s+việc)?(?:\s+(?!(?:{_TALKS}|đã|vừa|và|được|mà|do|lễ|buổi|sau|khi)(?!\p{{L}}))\p{{Ll}}+){{0,5}}"
    rf"\s+(?P<aim>{_TALKS})(?:\s+(?:và\s+)?{_TALKS})*(?:\s+(?:một|bản))*\s*$",
    regex.IGNORECASE,
)


def join(scene: Scene, sentence: Sentence, found: list[Mention]) -> None:
    """Tie `X và Y`, `X, Y và Z`, `ký X, Y`; not `Khi trao X, Y được ký`, nor what many more have signed."""
    for mention, following in reversed(list(pairwise(found))):
        gap = scene.gap(mention.end, following.start, sentence).strip().lower()
        one_signing = mention.trigger is not None and mention.trigger is following.trigger
        aim = _TO_BRING_ABOUT.search(scene.text, mention.start, following.start)
        if aim and aim.start() <= mention.end:
            mention.beside = following
            following.aim = told("proposed", Rule.PLANNED, *aim.span("aim"))
            continue
        if gap not in _AND and not (gap == "," and (following.beside or one_signing)):
            continue
        if not MULTILATERAL.match(scene.text[mention.start : mention.end]):
            mention.beside, following.behind = following, mention
