"""What goes in and what comes out: `Article` and `Document`, the contract of every kyket result.

The field names are the contract (docs/output.md): more may be added, none renamed. All offsets are
half-open and count Unicode code points of `Document.text`, which is the text exactly as it was given.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kyket.timevalues import TimeValue, parse_value

SCHEMA = "kyket/1"


class Article(msgspec.Struct, kw_only=True, frozen=True):
    """One text to read, with what is known about it beforehand.

    Attributes:
        text: The text; never changed by kyket.
        id: Any name; when None, the document gets the stem of `source`, else a hash of the text.
        source: Where it came from, such as a path.
        title: The headline, if known.
        published: Day of publication as `YYYY-MM-DD`; relative dates are counted from it.
    """

    text: str
    id: str | None = None
    source: str | None = None
    title: str | None = None
    published: str | None = None


class Span(msgspec.Struct, kw_only=True):
    """A stretch of text with a label.

    Attributes:
        score: Calibrated probability that exactly this span has this label, from 0 to 1.
        by: `model`, or `rule` where a rule was certain of what the model missed.
        entity: The `Entity.id` it mentions; None for events, periods and instruments.
    """

    start: int
    end: int
    text: str
    label: str
    score: float = 1.0
    by: str = "model"
    entity: str | None = None


class Date(msgspec.Struct, kw_only=True):
    """An expression that names a point or a stretch of time.

    Attributes:
        type: `DATE` or `PERIOD`.
        value: What it means; `str(value)` is ISO 8601. None where that cannot be known.
        time: Clock time as `HH:MM`, where the text gives one.
        lunar: True for days of the lunar calendar, which are not converted.
        note: Why `value` is None, for a person to read; None where nothing is wrong.
    """

    start: int
    end: int
    text: str
    type: str
    value: TimeValue | None
    by: str = "rule"
    time: str | None = None
    lunar: bool = False
    note: str | None = None


class Entity(msgspec.Struct, kw_only=True):
    """An organisation, a person or a place, with all its mentions.

    Attributes:
        id: `org-1`, `per-1`, `loc-1`, … counted by first mention.
        type: `ORG`, `PER` or `LOC`.
        name: The fullest form of the name, abbreviations expanded.
        aliases: Other forms in which the text gives it, each once, in order.
        mentions: Indices into `Document.spans`, ascending.
        place: Province, city or district that an organisation's name carries.
        country: ISO 3166-1 alpha-2 code.
        role: A person's first named role.
        organization: Id of the entity in which the person has that role.
    """

    id: str
    type: str
    name: str
    aliases: list[str] = msgspec.field(default_factory=list)
    mentions: list[int] = msgspec.field(default_factory=list)
    place: str | None = None
    country: str | None = None
    role: str | None = None
    organization: str | None = None


class Event(msgspec.Struct, kw_only=True):
    """Something that happened, is planned or is wished for.

    Attributes:
        type: One of `kyket.labels.EVENT_LABELS`.
        trigger: Index into `Document.spans` of the word that names it.
        date: ISO 8601, as fine as the text allows.
        participants: Entity ids.
    """

    id: str
    type: str
    trigger: int
    date: str | None = None
    participants: list[str] = msgspec.field(default_factory=list)


class Agreement(msgspec.Struct, kw_only=True):
    """One instrument that the article speaks of: who agreed what with whom, for which years.

    Attributes:
        instrument: `memorandum`, `agreement`, `programme`, `treaty`, `contract` or `other`.
        title: The fullest mention of it in the text.
        parties: Entity ids.
        period: ISO 8601 interval of its validity.
        status: `signed` or `proposed`.
        signed_on: ISO 8601 date of signing, as fine as the text allows.
        renews: Id of the record it follows.
        evidence: Indices into `Document.spans`, ascending.
    """

    id: str
    instrument: str
    title: str | None = None
    parties: list[str] = msgspec.field(default_factory=list)
    period: str | None = None
    status: str = "signed"
    signed_on: str | None = None
    renews: str | None = None
    evidence: list[int] = msgspec.field(default_factory=list)


class Warning(msgspec.Struct, kw_only=True):
    """Something that was read but could not be resolved."""

    start: int
    end: int
    message: str


class Document(msgspec.Struct, kw_only=True):
    """An article that has been read. `to_dict` gives the JSON of the contract."""

    schema: str = SCHEMA
    id: str
    source: str | None = None
    title: str | None = None
    published: str | None = None
    text: str
    spans: list[Span] = msgspec.field(default_factory=list)
    dates: list[Date] = msgspec.field(default_factory=list)
    entities: list[Entity] = msgspec.field(default_factory=list)
    events: list[Event] = msgspec.field(default_factory=list)
    agreements: list[Agreement] = msgspec.field(default_factory=list)
    warnings: list[Warning] = msgspec.field(default_factory=list)

    @property
    def organizations(self) -> list[Entity]:
        """The entities of type `ORG`."""
        return [e for e in self.entities if e.type == "ORG"]

    @property
    def people(self) -> list[Entity]:
        """The entities of type `PER`."""
        return [e for e in self.entities if e.type == "PER"]

    @property
    def places(self) -> list[Entity]:
        """The entities of type `LOC`."""
        return [e for e in self.entities if e.type == "LOC"]

    @property
    def periods(self) -> list[Date]:
        """The dates of type `PERIOD`."""
        return [d for d in self.dates if d.type == "PERIOD"]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for any JSON writer."""
        data: dict[str, Any] = msgspec.to_builtins(self, enc_hook=_encode)
        return data

    def to_json(self) -> bytes:
        """The same as one line of UTF-8 JSON."""
        return msgspec.json.encode(self, enc_hook=_encode)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Document:
        """The document that `to_dict` gave this dict for; unknown fields are left out.

        Raises:
            ValueError: `data` is not of the contract, or of another version; the message names the field.
        """
        if isinstance(data, dict) and data.get("schema", SCHEMA) != SCHEMA:
            raise ValueError(f"schema: {data['schema']!r} is not {SCHEMA}")
        return msgspec.convert(data, cls, dec_hook=_decode)


def _encode(value: Any) -> str:
    if isinstance(value, TimeValue):
        return str(value)
    raise NotImplementedError(type(value))


def _decode(kind: type, value: Any) -> Any:
    if issubclass(kind, TimeValue):
        return parse_value(value)
    raise NotImplementedError(kind)
