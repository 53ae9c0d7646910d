"""Many articles: files of any number in, shards of documents out, bounded in memory and resumable.

A run is planned, worked and written in three places that know little of each other:

- `plan` lists the input files with their fingerprints; `chunks` turns them into numbered chunks of work;
- an engine has workers read the chunks (`worker`), whatever becomes of one: `pool` in processes of this
  machine, `cluster` in actors of Ray;
- `store` commits shard after shard, in the order of the input, so that a run can be killed at any moment.

Needs the extra `batch`.

Example:
    >>> from pathlib import Path
    >>> from kyket import batch
    >>> job = batch.Job(("news/",), Path("out"), batch.Settings())
    >>> batch.run(job).errors  # doctest: +SKIP
    0
"""

from importlib.util import find_spec

from kyket.errors import MissingExtraError

if None in map(find_spec, ("datasketch", "filelock", "fsspec", "pyarrow", "warcio", "zstandard")):
    raise MissingExtraError("batch")

from kyket.batch.errors import BatchError, OutputError
from kyket.batch.run import Job, run
from kyket.batch.settings import KINDS, Columns, Settings
from kyket.batch.store import Progress

__all__ = [
    "KINDS",
    "BatchError",
    "Columns",
    "Job",
    "OutputError",
    "Progress",
    "Settings",
    "run",
]
