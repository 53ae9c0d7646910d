"""What every row reads, as a file that any Python can take: a row may run in another environment."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """An article: its text and its day of publication."""

    text: str
    published: str | None = None


@dataclass(frozen=True)
class Workload:
    """The work of one row.

    Attributes:
        articles: All of them are read, for the rate.
        one: The text that is read alone, for the latency.
        model: Folder of the bundle and of its checkpoint.
        calls: How often `one` is read in a process.
        is_tiny: Stands in for the large network with a tiny one, to try the command out.
    """

    articles: tuple[Text, ...]
    one: str
    model: str
    calls: int = 5
    is_tiny: bool = False

    @property
    def syllables(self) -> int:
        """What white space separates, in all articles."""
        return sum(len(article.text.split()) for article in self.articles)

    def every(self, part: int) -> Workload:
        """Every so manyth article, and as much fewer calls, for a row that takes long."""
        return replace(self, articles=self.articles[::part], calls=-(-self.calls // part))

    def write(self, path: Path) -> None:
        """As JSON, for `read_workload`."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")


def read_workload(path: Path) -> Workload:
    """What `Workload.write` wrote."""
    known = json.loads(path.read_text(encoding="utf-8"))
    return Workload(**{**known, "articles": tuple(Text(**article) for article in known["articles"])})
