"""Names of one's own are read by workers too, and a folder that was started with others is refused."""

import pytest

from kyket.batch.settings import tables_fingerprint
from kyket.bundle import default_bundle
from kyket.errors import BundleError, TablesError

from .outputs import documents, write_rows

TABLE = "short\tfull\tscope\nHNO\tHội Nuôi ong\twhole\n"


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "abbreviations.tsv").write_text(TABLE, "utf-8")
    return folder


def test_the_fingerprint_is_of_names_and_contents(tables):
    before = tables_fingerprint(tables)
    assert tables_fingerprint(tables) == before
    (tables / "abbreviations.tsv").write_text(TABLE.replace("ong", "dê"), "utf-8")
    assert tables_fingerprint(tables) != before
    (tables / "other.tsv").write_text("a\n", "utf-8")
    with pytest.raises(TablesError, match="other"):
        tables_fingerprint(tables)


def test_workers_read_them(tables, again, tmp_path):
    try:
        default_bundle()
    except BundleError:
        pytest.skip("the model is not there")
    write_rows(tmp_path / "a.jsonl", ["Ngày 18/7, HNO và Hội Làm vườn ký bản ghi nhớ."])
    assert again("a.jsonl", "out", "--tables", "tables", "--workers", "1")[0] == 0
    [document] = documents(tmp_path / "out")
    assert "Hội Nuôi ong" in [entity["name"] for entity in document["entities"]]
    status, [line] = again("a.jsonl", "out")
    assert status == 2 and "--tables" in line
