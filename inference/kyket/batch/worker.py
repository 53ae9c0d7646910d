"""A worker process: items in, results out, one by one as they are done.

It knows nothing of the output, so that it may die at any moment.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import TextIO

import msgspec

import kyket
from kyket import reading
from kyket.batch.errors import BatchError
from kyket.batch.items import Item, Result
from kyket.batch.records import content
from kyket.batch.rows import article_of_row
from kyket.batch.settings import Resources, Settings
from kyket.document import Article, Document
from kyket.errors import KyketError, ReadingError

READY = b"ready"
REFUSED = -1
_GRACE = 30.0  # seconds after the time limit, in which the parent would have ended this process

_decode = msgspec.msgpack.Decoder(list[Item]).decode
_encode = msgspec.msgpack.encode


def work(connection: Connection, settings: Settings, resources: Resources, threads: int) -> None:
    """Load the model, say `READY`, and read what comes until nobody is there to send it.

    A model that cannot be loaded is said instead of `READY`; what ends the run, such as an address that
    does not answer, as a result of number `REFUSED`.

    Args:
        connection: Where the items come from and the results go.
        settings: Of the run.
        resources: What to load.
        threads: For the model.
    """
    longest = (settings.time_limit + _GRACE) * (threads + 1)  # of which each may work all the time
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the parent takes care
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        extractor = kyket.load(resources.model, threads, resources.tables, settings.device)
        reader = Reader(extractor, settings)
        connection.send_bytes(READY)
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            while True:
                items = _decode(connection.recv_bytes())
                # Even where a library never gives the interpreter back, an orphan does not stay for ever.
                _end_after(longest, nowhere)
                for index, result in reader.results(items):
                    connection.send_bytes(_encode((index, result)))
                    _end_after(longest, nowhere)
                _end_after(0, nowhere)
    except BatchError as error:
        connection.send_bytes(_encode((REFUSED, Result(reason=str(error)))))
    except KyketError as error:
        connection.send_bytes(str(error).encode())
    except (EOFError, OSError):  # the parent has gone
        pass


def _end_after(seconds: float, nowhere: TextIO) -> None:
    """End this process after so much work; 0 for never. Where there is a Ctrl-Z, its time does not count."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)  # nobody handles its signal, so it ends the process
    elif seconds:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
    else:
        faulthandler.cancel_dump_traceback_later()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Reader:
    """Reads items: the reading room first, then the extractor, whatever either does with one of them."""

    def __init__(self, extractor: kyket.Extractor, settings: Settings) -> None:
        self._extractor = extractor
        self._settings = settings
        self._sign = _signer() if settings.dedup else None

    def results(self, items: list[Item]) -> Iterator[tuple[int, Result]]:
        """The index and the result of each item, once each, in no particular order."""
        articles: deque[tuple[int, Article]] = deque()
        for index, item in enumerate(items):
            try:
                articles.append((index, self._article(item)))
            except BatchError:  # says nothing of the article
                raise
            except Exception as error:
                yield index, Result(reason=_reason(error, item.source))
        try:
            # A copy: whatever the extractor takes in advance, those without a document are known.
            for document in self._extractor.pipe([article for _, article in articles]):
                result = self._result(document)  # its article is done only when this is
                yield articles.popleft()[0], result
        except Exception:  # one of those left is to blame; alone, each shows whether it is
            for index, article in articles:
                yield index, self._alone(article)

    def _alone(self, article: Article) -> Result:
        try:
            return self._result(next(iter(self._extractor.pipe([article]))))
        except Exception as error:
            return Result(reason=_reason(error, article.source or ""))

    def _result(self, document: Document) -> Result:
        return Result(document=document.to_json(), signature=self._sign(document.text) if self._sign else b"")

    def _article(self, item: Item) -> Article:
        if item.fault:
            raise ReadingError(item.fault)
        if item.kind == "row":
            return article_of_row(item, self._settings)
        data = content(item, self._settings.max_bytes) if item.data is None else item.data
        source = None if item.source == "-" else item.source
        article = reading.read_bytes(data, source=source, kind=item.kind, encoding=item.encoding)
        return msgspec.structs.replace(article, id=article.id or item.id)


def _signer() -> Callable[[str], bytes]:
    from kyket.batch.signatures import signature

    return signature


def _reason(error: Exception, source: str) -> str:
    """Why there is no document, on one line, in English: errors.jsonl is data."""
    if isinstance(error, KyketError):
        return " ".join(str(error).removeprefix(f"{source}: ").split())
    return f"this is a fault of kyket, please report it: {' '.join(repr(error).split())[:300]}"
