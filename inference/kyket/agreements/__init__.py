"""From spans, dates and entities to events and agreement records: who agreed what with whom, how long."""

from __future__ import annotations

from typing import NamedTuple

from kyket.agreements.events import events
from kyket.agreements.explaining import Reasons
from kyket.agreements.parties import Cast
from kyket.agreements.records import records
from kyket.agreements.scene import lay_out
from kyket.document import Agreement, Date, Entity, Event, Span
from kyket.reading.complete import published_day

__all__ = ["Findings", "Reasons", "read"]


class Findings(NamedTuple):
    """What `read` finds.

    Attributes:
        implied: Entities that the text implies but never spells out (`Bộ Quốc phòng hai nước`); they
            continue the numbering of the others and have no mentions.
        reasons: Where each value of the records comes from.
    """

    events: list[Event]
    agreements: list[Agreement]
    implied: list[Entity]
    reasons: Reasons


def read(
    text: str, spans: list[Span], dates: list[Date], entities: list[Entity], published: str | None = None
) -> Findings:
    """Events and agreement records of an article.

    Args:
        text: The article as it was given.
        spans: Sorted by `start`, not overlapping, labels of `kyket.labels.LABELS`.
        dates: With their values, as `kyket.dates.find` gives them.
        entities: As `kyket.names.link` gives them; their `mentions` index `spans`.
        published: Day of publication as `YYYY-MM-DD`.

    Raises:
        ValueError: `published` is no day.

    Example:
        >>> from kyket.document import Entity, Span
        >>> text = "Báo A và Báo B ký biên bản ghi nhớ."
        >>> places = [(0, 5, "ORG"), (9, 14, "ORG"), (15, 17, "SIGNING"), (18, 34, "AGREEMENT")]
        >>> spans = [Span(start=a, end=b, text=text[a:b], label=label) for a, b, label in places]
        >>> entities = [
        ...     Entity(id="org-1", type="ORG", name="Báo A", mentions=[0]),
        ...     Entity(id="org-2", type="ORG", name="Báo B", mentions=[1]),
        ... ]
        >>> found = read(text, spans, [], entities)
        >>> found.agreements[0].instrument, found.agreements[0].parties
        ('memorandum', ['org-1', 'org-2'])
    """
    scene = lay_out(text, spans, dates, entities, published_day(published))
    cast = Cast(scene)
    proofs = records(scene, spans, cast)
    agreements = [proof.agreement() for proof in proofs]
    happened = events(scene, cast, agreements)
    used = {id for event in happened for id in event.participants}
    used.update(id for agreement in agreements for id in agreement.parties)
    implied = [entity for entity in cast.implied if entity.id in used]
    names = {entity.id: entity.name for entity in (*entities, *implied)}
    return Findings(happened, agreements, implied, Reasons(text, scene, proofs, names))
