"""Where a document's agreement records come from: for each value the words, their sentence and the rule.

All offsets are half-open and count code points of the text as it was given.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kyket.document import Document, Warning

SCHEMA = "kyket-explanation/1"


class Passage(msgspec.Struct, kw_only=True, frozen=True):
    """A stretch of the text."""

    start: int
    end: int
    text: str


class Ground(msgspec.Struct, kw_only=True, frozen=True):
    """One step towards a value.

    Attributes:
        rule: Its name, which stays.
        meaning: What the rule says, in a sentence.
        words: What it read; None where it read no words of its own, as a length that counts from the signing.
        sentence: In which they stand.
    """

    rule: str
    meaning: str
    words: Passage | None = None
    sentence: Passage | None = None


class Reason(msgspec.Struct, kw_only=True, frozen=True):
    """A value of a record as the document has it, and the steps that led to it, the first one first.

    Attributes:
        name: Of the entity, where the value is the id of one.
    """

    value: str
    name: str | None = None
    grounds: list[Ground]


class ExplainedAgreement(msgspec.Struct, kw_only=True, frozen=True):
    """The reasons for one record of `Document.agreements`; None where it has no such value.

    Attributes:
        id: Of the record.
        mentions: The places in the text that were read as speaking of it.
    """

    id: str
    title: str | None
    mentions: list[Ground]
    instrument: Reason
    parties: list[Reason]
    period: Reason | None
    status: Reason
    signed_on: Reason | None
    renews: Reason | None


class Explanation(msgspec.Struct, kw_only=True, frozen=True):
    """The reasons for the agreement records of a document, in their order, and what the document warns of."""

    schema: str = SCHEMA
    id: str
    source: str | None
    title: str | None
    published: str | None
    agreements: list[ExplainedAgreement]
    warnings: list[Warning] = msgspec.field(default_factory=list)

    @classmethod
    def of(cls, document: Document, agreements: list[ExplainedAgreement]) -> Explanation:
        """The explanation of a document, given that of its records."""
        return cls(
            id=document.id,
            source=document.source,
            title=document.title,
            published=document.published,
            agreements=agreements,
            warnings=document.warnings,
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for any JSON writer."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data

    def to_json(self) -> bytes:
        """The same as one line of UTF-8 JSON."""
        return msgspec.json.encode(self)
