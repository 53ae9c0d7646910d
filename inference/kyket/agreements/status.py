"""Whether an instrument was signed, or is only asked for, planned or about to be."""

from __future__ import annotations

import regex

from kyket.agreements.instruments import Mention
from kyket.agreements.scene import Scene
from kyket.agreements.signing import signing_date
from kyket.agreements.vocabulary import ASK, DONE, DRAFT, IN_FORCE, PLAN, SOFT_PLAN, UNSIGNED

_NOMINAL = regex.compile(r"(?<!\p{L})việc\s*$", regex.IGNORECASE)
_NAMES = frozenset(("ORG", "PER", "LOC", "AGREEMENT"))
_BEFORE, _AFTER, _SHORT = 60, 90, 25


def status_of(scene: Scene, mention: Mention) -> str | None:
    """`signed`, `proposed`, or None where this mention does not tell."""
    text = scene.text
    if (trigger := mention.trigger) is not None:
        start = max(mention.sentence.start, trigger.start - _BEFORE)
        if mention.end <= trigger.start:
            start = max(start, mention.end)
        before = _without_names(scene, mention, start, trigger.start)
        cut = max(before.rfind(";"), before.rfind(":")) + 1
        if cut and len(before) - cut < _SHORT and ASK.search(text, mention.sentence.start, trigger.start):
            return "proposed"
        before = before[cut:]
        if _NOMINAL.search(before) and not DONE.search(before) and not _past(scene, mention):
            return "proposed" if PLAN.search(before) else None
        plan = _last(PLAN, before)
        done = _last(DONE, before)
        if (
            plan >= 0
            and plan >= done - 12
            and not (_last(SOFT_PLAN, before) == plan and _past(scene, mention))
        ):
            return "proposed"
        if mention.end <= trigger.start and _proposed_object(scene, mention, trigger.start):
            return "proposed"
        return "signed"
    if _proposed_object(scene, mention, mention.right):
        return "proposed"
    around = text[max(mention.left, mention.start - _BEFORE) : min(mention.right, mention.end + _AFTER)]
    if mention.review or IN_FORCE.search(around):
        return "signed"
    return None


def _without_names(scene: Scene, mention: Mention, start: int, end: int) -> str:
    """The words of a stretch, names blanked: a `Không` in a name denies nothing."""
    text = scene.text[start:end]
    for piece in mention.sentence.pieces:
        if piece.label in _NAMES and piece.start < end and start < piece.end:
            first, last = max(piece.start - start, 0), min(piece.end, end) - start
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def _past(scene: Scene, mention: Mention) -> bool:
    """Whether the sentence dates the signing before publication."""
    day = signing_date(scene, mention)
    return (
        day is not None
        and scene.published is not None
        and str(day) < scene.published[: min(len(str(day)), 7)]
    )


def _proposed_object(scene: Scene, mention: Mention, stop: int) -> bool:
    """Whether the words about the instrument say that it is a draft, or not signed yet."""
    before = _without_names(scene, mention, max(mention.left, mention.start - 30), mention.start)
    if DRAFT.search(before):
        return True
    after = _without_names(scene, mention, mention.end, max(mention.end, min(stop, mention.end + _AFTER)))
    unsigned = UNSIGNED.search(after)
    if unsigned is None or mention.review:
        return False
    standing = IN_FORCE.search(after)
    return standing is None or standing.start() > unsigned.start()


def _last(pattern: regex.Pattern[str], text: str) -> int:
    at = -1
    for match in pattern.finditer(text):
        at = match.end()
    return at
