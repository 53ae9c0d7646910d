import io
import json

from kyket import writing
from kyket.document import Document


def test_each_line_is_written_when_its_document_is_read(document):
    out = io.BytesIO()
    written = []

    def documents():
        for _ in range(3):
            written.append(out.getvalue().count(b"\n"))
            yield document

    writing.json_lines(documents(), out)
    assert written == [0, 1, 2]
    lines = out.getvalue().decode("utf-8").splitlines()
    assert [Document.from_dict(json.loads(line)) for line in lines] == [document] * 3
    assert json.loads(lines[0])["dates"][0]["value"] == "2022/2025"
