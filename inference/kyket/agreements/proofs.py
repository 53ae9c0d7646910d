"""An agreement record with the grounds of each of its values."""

from __future__ import annotations

from dataclasses import dataclass

from kyket.agreements.grounds import Ground, Told
from kyket.document import Agreement
from kyket.timevalues import PartialDate, TimeValue


@dataclass(slots=True, kw_only=True)
class Proof:
    """What `kyket.document.Agreement` says, and why; `mentions` are the places that speak of it."""

    id: str
    instrument: Told[str]
    title: str | None
    parties: tuple[Told[str], ...]
    period: Told[TimeValue] | None
    status: Told[str]
    signed_on: Told[PartialDate] | None
    evidence: list[int]
    mentions: list[Ground]
    renews: Told[str] | None = None

    def agreement(self) -> Agreement:
        """The record alone."""
        return Agreement(
            id=self.id,
            instrument=self.instrument.value,
            title=self.title,
            parties=[party.value for party in self.parties],
            period=None if self.period is None else str(self.period.value),
            status=self.status.value,
            signed_on=None if self.signed_on is None else str(self.signed_on.value),
            renews=None if self.renews is None else self.renews.value,
            evidence=self.evidence,
        )
