"""What goes to the workers and what comes back: messages without pickle."""

from __future__ import annotations

import msgspec


class Item(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """An article that has not been read yet.

    Attributes:
        source: What it is called in documents and errors.
        kind: A kind of the reading room, or `row`: `data` is a JSON object.
        path: Of a file that is one article, as bytes of the file system; None where `data` is at hand.
        packing: Of that file.
        sha256: Of that file's content when the run was planned.
        data: The content.
        id: Of the article, where it has none itself.
        encoding: Of the content.
        fault: Why it cannot be read, where that is known already.
    """

    source: str
    kind: str = "txt"
    path: bytes | None = None
    packing: str = ""
    sha256: str = ""
    data: bytes | None = None
    id: str | None = None
    encoding: str | None = None
    fault: str = ""


class Result(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What became of an item: a document, or a reason why there is none.

    Attributes:
        document: JSON of the contract.
        reason: One line; empty where there is a document.
        signature: For finding duplicates, where that is wanted; empty for a text without words.
    """

    document: bytes = b""
    reason: str = ""
    signature: bytes = b""


class Position(msgspec.Struct, frozen=True):
    """A place in the input.

    Attributes:
        file: Index of a file of the plan.
        item: How many of its items come before.
    """

    file: int = 0
    item: int = 0


class Chunk(msgspec.Struct, frozen=True):
    """Some items that a worker reads together.

    Attributes:
        number: Counts the chunks of this run from 0.
        first: Index of the first article among all articles of the input.
        after: The place in the input behind its last item.
        bytes_read: Of the input, up to there and about.
    """

    number: int
    first: int
    items: list[Item]
    after: Position
    bytes_read: int


class Head(msgspec.Struct, frozen=True):
    """What a line about a document repeats of it."""

    id: str
    source: str | None = None
    title: str | None = None
    published: str | None = None
