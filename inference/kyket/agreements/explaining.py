"""Proofs in the offsets and words of the text as it was given, for people and programs to read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kyket.agreements.grounds import Ground, Told
from kyket.agreements.proofs import Proof
from kyket.agreements.scene import Scene
from kyket.explanation import ExplainedAgreement, Passage, Reason
from kyket.explanation import Ground as PublicGround


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is known of the records of an article; `explain` puts it in words when it is asked for."""

    text: str
    scene: Scene
    proofs: Sequence[Proof]
    names: Mapping[str, str]

    def explain(self) -> list[ExplainedAgreement]:
        """The reasons for each record, in their order."""
        return [
            ExplainedAgreement(
                id=proof.id,
                title=proof.title,
                mentions=[self._ground(ground) for ground in proof.mentions],
                instrument=self._reason(proof.instrument),
                parties=[self._reason(party, self.names.get(party.value)) for party in proof.parties],
                period=self._perhaps(proof.period),
                status=self._reason(proof.status),
                signed_on=self._perhaps(proof.signed_on),
                renews=self._perhaps(proof.renews),
            )
            for proof in self.proofs
        ]

    def _perhaps(self, told: Told[Any] | None) -> Reason | None:
        return None if told is None else self._reason(told)

    def _reason(self, told: Told[Any], name: str | None = None) -> Reason:
        return Reason(value=str(told.value), name=name, grounds=[self._ground(g) for g in told.grounds])

    def _ground(self, ground: Ground) -> PublicGround:
        rule = ground.rule
        if ground.at is None:
            return PublicGround(rule=rule.title, meaning=rule.meaning)
        at = bisect_right(self.scene.sentences, ground.at[0], key=lambda sentence: sentence.start)
        sentence = self.scene.sentences[at - 1]
        return PublicGround(
            rule=rule.title,
            meaning=rule.meaning,
            words=self._passage(*ground.at),
            sentence=self._passage(sentence.start, sentence.end),
        )

    def _passage(self, start: int, end: int) -> Passage:
        """The stretch without white space at its edges."""
        view = self.scene.view
        first, last = view.origin(start), view.origin(end)
        words = self.text[first:last]
        first += len(words) - len(words.lstrip())
        words = words.strip()
        return Passage(start=first, end=first + len(words), text=words)
