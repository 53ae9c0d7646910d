"""Whether an instrument was signed, or is only asked for, planned or about to be."""

from __future__ import annotations

from kyket.agreements.instruments import Mention
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import DONE, DRAFT, IN_FORCE, PLAN, UNSIGNED

_BEFORE, _AFTER = 60, 90


def status_of(scene: Scene, mention: Mention) -> str | None:
    """`signed`, `proposed`, or None where this mention does not tell."""
    text = scene.text
    if (trigger := mention.trigger) is not None:
        start = max(mention.sentence.start, trigger.start - _BEFORE)
        if mention.end <= trigger.start:
            start = max(start, mention.end)
        before = text[start : trigger.start]
        before = before[max(before.rfind(";"), before.rfind(":")) + 1 :]
        plan = _last(PLAN, before)
        done = _last(DONE, before)
        if plan >= 0 and plan >= done - 12:
            return "proposed"
        if mention.end <= trigger.start and _proposed_object(scene, mention):
            return "proposed"
        return "signed"
    if _proposed_object(scene, mention):
        return "proposed"
    around = text[max(mention.left, mention.start - _BEFORE) : min(mention.right, mention.end + _AFTER)]
    if IN_FORCE.search(around) or any(
        piece.label == "REVIEW" and mention.left <= piece.start < mention.right for piece in mention.sentence.pieces
    ):
        return "signed"
    return None


def _proposed_object(scene: Scene, mention: Mention) -> bool:
    before = scene.text[max(mention.left, mention.start - 30) : mention.start]
    after = scene.text[mention.end : min(mention.right, mention.end + _AFTER)]
    return bool(DRAFT.search(before) or UNSIGNED.search(after))


def _last(pattern: object, text: str) -> int:
    at = -1
    for match in pattern.finditer(text):  # type: ignore[attr-defined]
        at = match.end()
    return at
