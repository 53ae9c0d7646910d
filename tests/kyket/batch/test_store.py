"""A commit that ends at any of its steps leaves either what was before or what comes after."""

import pytest

from kyket.batch import files, store
from kyket.batch.folder import Folder
from kyket.batch.items import Item, Position, Result
from kyket.batch.settings import Settings
from kyket.batch.store import Store
from kyket.document import Document

from .outputs import outcome

SETTINGS = Settings(shard_size=3, dedup=True)
WORDS = [" ".join(f"từ{n}" for n in range(start, start + 40)) for start in (0, 0, 90, 200, 200, 300, 90)]


class Killed(BaseException):
    pass


def results():
    from kyket.batch.signatures import signature

    for number, text in enumerate(WORDS):
        document = Document(id=f"a-{number}", text=text).to_json()
        yield Result(document=document, signature=signature(text))
        yield Result(reason=f"reason {number}")


def write(folder):
    """Do all that is not done in `folder`, as a run does."""
    one = Store(Folder(folder), SETTINGS)
    try:
        done = one.progress.articles
        for number, result in list(enumerate(results(), 1))[done:]:
            one.add(Item(f"source {number}"), result)
            if number % SETTINGS.shard_size == 0:
                one.commit(Position(0, number))
        if one.articles > one.progress.articles:
            one.commit(Position(0, number))
        one.finish()
    finally:
        one.close()


class Limit:
    """Ends the process, in a manner of speaking, at the step of this number; before or after the step."""

    def __init__(self, monkeypatch, step, after):
        self.left, self.after = step, after
        for module, names in ((files, ("publish", "sync")),):
            for name in names:
                monkeypatch.setattr(module, name, self.counted(getattr(module, name)))
        monkeypatch.setattr(store.Duplicates, "commit", self.counted(store.Duplicates.commit))
        from kyket.batch import shards

        monkeypatch.setattr(shards, "sync", self.counted(shards.sync))

    def counted(self, step):
        def counted_step(*args):
            self.left -= 1
            if self.left == 0 and not self.after:
                raise Killed
            done = step(*args)
            if self.left == 0:
                raise Killed
            return done

        return counted_step


@pytest.mark.parametrize("after", [False, True])
def test_ended_at_any_step_it_goes_on_to_the_same_end(unsynced, tmp_path, after):
    (tmp_path / "whole").mkdir()
    write(tmp_path / "whole")
    whole = outcome(tmp_path / "whole")
    assert sum(map(len, whole.values())) > 1000 and whole["duplicates.jsonl"].count(b"\n") == 3
    step = 0
    while True:
        step += 1
        folder = tmp_path / f"{step}"
        folder.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            Limit(patch, step, after)
            try:
                write(folder)
            except Killed:
                pass
            else:
                break  # it has fewer steps
        write(folder)
        assert outcome(folder) == whole, step
    assert step > 30


def test_a_log_that_is_cut_short_is_refused(tmp_path):
    write(tmp_path)
    (tmp_path / "errors.jsonl").write_bytes(b"")
    with pytest.raises(store.BatchError, match=r"errors\.jsonl"):
        Store(Folder(tmp_path), SETTINGS)
