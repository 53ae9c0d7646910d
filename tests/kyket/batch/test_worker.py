"""Every item has a result, whatever becomes of its document, and an orphan ends."""

import signal
import subprocess
import sys

import pytest

import kyket
from kyket.batch.items import Item
from kyket.batch.settings import Resources, Settings
from kyket.batch.worker import READY, Reader, work
from kyket.document import Document


class Titled:
    """An extractor that gives one article a title that JSON cannot write."""

    def pipe(self, articles):
        for article in articles:
            title = "\ud800" if article.text == "b" else None
            yield Document(id="1", source=article.source, title=title, text=article.text)


def test_an_article_whose_document_cannot_be_written_gets_a_reason():
    items = [Item(f"{text}.txt", data=text.encode(), id=text) for text in "abc"]
    found = list(Reader(Titled(), Settings()).results(items))
    assert sorted(index for index, _ in found) == [0, 1, 2]
    reasons = {index: result.reason for index, result in found}
    assert reasons[0] == reasons[2] == "" and "surrogates" in reasons[1]


def test_half_characters_in_front_matter_are_refused():
    page = b'---\ntitle: "\\ud800"\n---\nHai b\xc3\xaan k\xc3\xbd.\n'
    [(_, result)] = Reader(Titled(), Settings()).results([Item("a.md", "md", data=page)])
    assert result.reason.startswith("front matter: title holds half characters; ")


def test_the_model_is_loaded_for_the_device_of_the_settings(monkeypatch):
    class Gone:
        """A connection whose other end has nothing to read."""

        sent = ()

        def send_bytes(self, data):
            self.sent += (data,)

        def recv_bytes(self):
            raise EOFError

    loaded = []
    monkeypatch.setattr(kyket, "load", lambda *args: loaded.append(args) or Titled())
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    connection = Gone()
    work(connection, Settings(device="cuda"), Resources("model", "tables"), 2)
    assert loaded == [("model", 2, "tables", "cuda")] and connection.sent == (READY,)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="has no timer of work")
def test_a_worker_ends_after_so_much_work_and_not_after_a_pause():
    code = """
import os, time
from kyket.batch.worker import _end_after
with open(os.devnull, "w") as nowhere:
    _end_after(0.5, nowhere)
    time.sleep(1)  # as long as a Ctrl-Z
    print("still here", flush=True)
    while True:
        pass
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=300, check=False)
    assert done.stdout == b"still here\n" and done.returncode == -signal.SIGPROF
