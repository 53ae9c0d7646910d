"""What the words of a renewal tell of the paper that is renewed: its next round, or a wish for more time."""

from __future__ import annotations

from kyket.agreements.mention import Mention
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import PLAN, RENEWED, UNTIL
from kyket.timevalues import Interval

_UNTIL = 12


def renewed(scene: Scene, mention: Mention) -> bool:
    """Told with its own years: `tái ký thỏa thuận cho 5 năm tới`, `thỏa thuận được gia hạn đến năm 2026`."""
    trigger = mention.trigger
    if trigger is None or not RENEWED.match(scene.text, trigger.start, trigger.end):
        return False
    start = max(mention.end, trigger.end)
    return any(
        t.date.type == "PERIOD" or UNTIL.match(scene.text, max(0, t.start - _UNTIL), t.start)
        for t in mention.sentence.times
        if start <= t.start < mention.right
    )


def may_be_renewed(scene: Scene, mention: Mention, signing: Piece) -> bool:
    """`Thỏa thuận …, sau đó có thể gia hạn`: what is planned is not its signing but its renewal."""
    again = RENEWED.match(scene.text, signing.start, signing.end)
    return again is not None and PLAN.search(scene.text, mention.end, signing.start) is not None


def longer(scene: Scene, sentence: Sentence, signing: Piece, limit: int) -> bool:
    """`đề nghị gia hạn thêm hai năm`: the paper that there is, wished to hold for longer, and no other."""
    if not PLAN.search(scene.text, sentence.start, signing.start):
        return False
    periods = (t for t in sentence.times if t.date.type == "PERIOD" and signing.end <= t.start < limit)
    return not any(isinstance(time.date.value, Interval) for time in periods)
