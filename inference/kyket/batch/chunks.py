"""From the plan to numbered chunks of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kyket.batch import places, records
from kyket.batch.errors import BatchError
from kyket.batch.items import Chunk, Item, Position
from kyket.batch.plan import Planned
from kyket.batch.settings import Settings
from kyket.language import gettext as _

_MOST_ITEMS = 16
_MOST_BYTES = 1_000_000  # after which no further item is added


def chunks(
    plan: Iterable[Planned],
    settings: Settings,
    start: Position,
    first: int,
    located: Callable[[Planned], str],
) -> Iterator[Chunk]:
    """The articles of a plan in chunks that do not cross the border of a shard.

    How articles fall into chunks depends on nothing but the plan and the settings, wherever a run begins: it
    begins at the border of a shard.

    Args:
        plan: The files of the input.
        settings: Of the run.
        start: Where to begin; what lies before is not read again.
        first: Index of the article there.
        located: Where a file of the plan lies.

    Raises:
        BatchError: a file is no longer of the planned size.
    """
    number = size = 0
    waiting: list[Item] = []
    for item, weight, after, bytes_read in _items(plan, settings, start, located):
        waiting.append(item)
        size += weight
        at_border = (first + len(waiting)) % settings.shard_size == 0
        if at_border or len(waiting) == _MOST_ITEMS or size > _MOST_BYTES:
            yield Chunk(number, first, waiting, after, bytes_read)
            number, first = number + 1, first + len(waiting)
            waiting, size = [], 0
    if waiting:
        yield Chunk(number, first, waiting, after, bytes_read)


def _items(
    plan: Iterable[Planned], settings: Settings, start: Position, located: Callable[[Planned], str]
) -> Iterator[tuple[Item, int, Position, int]]:
    """Each item with its size, the place behind it, and how much of the input lies before that, in bytes."""
    before = 0  # bytes of the files before this one
    for index, file in enumerate(plan):
        if index >= start.file:
            place = located(file)
            if not file.fault and file.kind in ("jsonl", "parquet", "warc"):
                _check_size(file, place)
            skip = start.item if index == start.file else 0
            for count, (item, bytes_read) in enumerate(records.items(file, place, settings, skip), skip + 1):
                weight = file.size if item.path else len(item.data or b"")
                yield item, weight, Position(index, count), before + bytes_read
        before += file.size


def _check_size(file: Planned, place: str) -> None:
    try:
        unchanged = places.stat(place)[0] == file.size
    except OSError:
        unchanged = False
    if not unchanged:
        message = _("{name}: changed since this folder was started; name another OUTPUT")
        raise BatchError(message.format(name=file.source))
