"""One event for each trigger: when, and who took part."""

from __future__ import annotations

from kyket.agreements.parties import Cast, Group, groups
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.document import Event
from kyket.labels import EVENT_LABELS
from kyket.timevalues import PartialDate


def events(scene: Scene, cast: Cast) -> list[Event]:
    """The events of the article in order of their triggers."""
    found: list[Event] = []
    for sentence in scene.sentences:
        triggers = [piece for piece in sentence.pieces if piece.label in EVENT_LABELS]
        if not triggers:
            continue
        joined = groups(scene, sentence, cast)
        cast.at = (sentence.number, triggers[0].start)
        for trigger in triggers:
            found.append(
                Event(
                    id=f"event-{len(found) + 1}",
                    type=trigger.label,
                    trigger=trigger.index,
                    date=_date(sentence, trigger),
                    participants=_participants(joined, trigger, cast),
                )
            )
    return found


def _date(sentence: Sentence, trigger: Piece) -> str | None:
    points = [t for t in sentence.times if isinstance(t.date.value, PartialDate)]
    nearest = min(points, key=lambda t: max(t.start - trigger.end, trigger.start - t.end), default=None)
    return str(nearest.date.value) if nearest else None


def _participants(joined: list[Group], trigger: Piece, cast: Cast) -> list[str]:
    """The nearest group before the trigger and the nearest after it."""
    before = next((g for g in reversed(joined) if g.end <= trigger.start and not g.venue), None)
    after = next((g for g in joined if g.start >= trigger.end), None)
    ids: dict[str, None] = {}
    for group in (before, after):
        if group is not None:
            members = group.ids or (cast.resolve(group.noun, group.count, group.head) if group.noun else ())
            ids.update(dict.fromkeys(members))
    return list(ids)
