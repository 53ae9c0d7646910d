"""Whom `hai bên` takes up: the two who have just met, or who sign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kyket.agreements.vocabulary import WITNESSED

if TYPE_CHECKING:
    from kyket.agreements.grouping import Group
    from kyket.agreements.parties import Cast
    from kyket.agreements.scene import Scene, Sentence

_BACK, _REACH = 2, 60


class Antecedents:
    """Who meets whom in each sentence, to be asked for those that a phrase takes up."""

    def __init__(self, cast: Cast, sentences: Iterable[tuple[Sentence, list[Group]]]) -> None:
        self._cast = cast
        self._said = {sentence.number: (sentence, groups) for sentence, groups in sentences}

    def of(self, number: int, offset: int, count: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
        """A and B of `A làm việc với B. Hai bên …`, met before `offset` or in the sentence before; or nobody.

        Args:
            number: The sentence of the phrase.
            offset: Where in the text the phrase counts as standing.
            count: How many it stands for.
            fits: Whether an entity can be one of them.
        """
        for earlier in range(number, number - _BACK - 1, -1):
            if earlier not in self._said:
                continue
            sentence, groups = self._said[earlier]
            acting = [g for g in groups if g.ids and not g.aside and (earlier < number or g.end <= offset)]
            for trigger in reversed(sentence.pieces):
                if trigger.label != "MEETING":
                    continue
                at = bisect_right(acting, trigger.start, key=lambda group: group.start)
                if any(group.joined and len(group.ids) > 1 for group in acting[max(0, at - 1) : at + 1]):
                    continue  # `A và B làm việc với C`: three have met
                if 0 < at < len(acting) and acting[at].start - trigger.end <= _REACH:
                    ids = tuple(dict.fromkeys((acting[at - 1].ids[0], acting[at].ids[0])))
                    if len(ids) == count and all(self._cast.is_org(id) and fits(id) for id in ids):
                        return ids
            if acting and earlier < number:
                break
        return ()


def joined_before(scene: Scene, phrase: Group, usable: list[Group], cast: Cast) -> Group | None:
    """A and B of `A và B ký bản ghi nhớ giữa hai bên`: those joined before the phrase, where it fits them."""
    if not phrase.noun or phrase.ids or phrase.roll or phrase.head or phrase.count < 2:
        return None
    before = next((g for g in reversed(usable) if g.end <= phrase.start), None)
    if before is None or not before.joined or before.people or len(before.ids) != phrase.count:
        return None
    if WITNESSED.search(scene.text, before.end, phrase.start):
        return None
    return before if all(cast.fits(id, phrase.noun) for id in before.ids) else None
