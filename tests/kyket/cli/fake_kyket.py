"""The `kyket` command with an extractor that needs no model: `python fake_kyket.py extract …`.

It marks every `ký` as SIGNING. The bundle `broken` does not load; `BUG` in a text makes it fail, `WAIT` hang.
"""

import time
from pathlib import Path

import kyket
from kyket.document import Article, Document, Span
from kyket.errors import BundleError, DeviceError
from kyket.explanation import Explanation
from kyket.reading import doubts


class FakeExtractor:
    def read(self, article: Article) -> Document:
        text = article.text
        if "BUG" in text:
            raise RuntimeError("seen a bug")
        if "WAIT" in text:
            time.sleep(600)
        starts = [i for i in range(len(text)) if text.startswith("ký", i)]
        return Document(
            id=article.id or (Path(article.source).stem if article.source else "stdin"),
            source=article.source,
            title=article.title,
            published=article.published,
            text=text,
            spans=[Span(start=i, end=i + 2, text="ký", label="SIGNING") for i in starts],
            warnings=doubts(text),
        )

    def explain(self, article: Article) -> Explanation:
        return Explanation.of(self.read(article), [])


def load(path: Path | str | None = None, tables: Path | None = None, device: str = "cpu") -> FakeExtractor:
    if tables is not None:
        kyket.names.read_tables(tables)
    if path is not None and Path(path).name == "broken":
        raise BundleError(f"{path}: model.onnx is missing")
    if device != "cpu":
        raise DeviceError(f"{device}: the fake has none")
    return FakeExtractor()


if __name__ == "__main__":
    from kyket.cli import main

    kyket.load = load
    main()
