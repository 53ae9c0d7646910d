"""The model that ships gives in a batch what it gives alone."""

import json

import pytest

import kyket
from kyket import batch
from kyket.bundle import default_bundle
from kyket.document import Document
from kyket.errors import BundleError

from .outputs import documents

TEXTS = [
    "Ngày 18/7, Hội Làm vườn tỉnh Đồng Mây và Hội Nuôi ong vùng Xuân Lam ký bản ghi nhớ giai đoạn 2022-2025.",
    "Ông Trịnh Văn Bến, Chủ tịch Hội Làm vườn, tiếp đoàn của bà Lò Thị Sương tại thị xã Mai Hạ.",
    "",
] * 3


def test_a_batch_reads_as_one_article_at_a_time(tmp_path):
    try:
        default_bundle()
    except BundleError:
        pytest.skip("the model is not there")
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text, "published": "2022-07-19"}) + "\n" for text in TEXTS))
    job = batch.Job((str(path),), tmp_path / "out", batch.Settings(shard_size=4), workers=1)
    assert batch.run(job).documents == len(TEXTS)
    extractor = kyket.load(threads=1)
    alone = [extractor(text, published="2022-07-19") for text in TEXTS]
    for found, expected in zip(documents(tmp_path / "out"), alone, strict=True):
        together = Document.from_dict(found)
        for one, other in zip(together.spans, expected.spans, strict=True):
            assert one.score == pytest.approx(other.score, abs=0.001)
            one.score = other.score
        expected.id, expected.source = together.id, together.source
        assert together == expected
