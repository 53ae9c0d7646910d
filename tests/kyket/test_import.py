"""What `import kyket` costs, and what inference never touches."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import regex

import kyket
from kyket.bundle import default_bundle
from kyket.errors import BundleError

PACKAGE = Path(kyket.__file__).parent
TRAINING_ONLY = {"torch", "transformers", "datasets", "accelerate", "pandas", "kyket_training"}
HEAVY = {
    *TRAINING_ONLY,
    "onnxruntime",
    "tokenizers",
    "numpy",
    "trafilatura",
    "rich",
    "jinja2",
    "typer",
    "rapidfuzz",
}


def in_fresh_python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(PACKAGE.parent)!r})\n{code}"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout


def test_importing_kyket_loads_nothing_heavy() -> None:
    loaded = json.loads(in_fresh_python("import json, kyket; print(json.dumps(sorted(sys.modules)))"))
    assert not HEAVY & {name.partition(".")[0] for name in loaded}


def test_a_batch_without_folding_needs_no_numpy_of_its_own() -> None:
    loaded = json.loads(in_fresh_python("import json, kyket.batch; print(json.dumps(sorted(sys.modules)))"))
    assert "numpy" not in loaded


def test_importing_kyket_is_quick() -> None:
    """By turns with the one library that it imports: what machine it is counts for both."""

    def seconds(name: str) -> float:  # of the processor
        code = f"import time; t = time.process_time(); import {name}; print(time.process_time() - t)"
        return float(in_fresh_python(code))

    ours, least = zip(*((seconds("kyket"), seconds("msgspec")) for _ in range(5)), strict=True)
    assert min(ours) < 4 * min(least)  # 1.3 measured; numpy alone adds 2


def test_using_every_room_loads_nothing_of_training() -> None:
    code = (
        "import json, kyket\n"
        "from kyket.document import Article\n"
        "rooms = [getattr(kyket, name) for name in kyket.__all__]\n"
        "extractor = kyket.Extractor(lambda text: [])\n"
        "extractor('Hai bên ký bản ghi nhớ ngày 12/3/2031.').to_json()\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    loaded = json.loads(in_fresh_python(code))
    assert not TRAINING_ONLY & {name.partition(".")[0] for name in loaded}


def test_reading_with_the_model_loads_nothing_of_training() -> None:
    try:
        default_bundle()
    except BundleError:
        pytest.skip("the model is not there")
    code = (
        "import json, kyket\n"
        "kyket.load()('Hội Làm vườn ký bản ghi nhớ ngày 12/3/2031.')\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    loaded = json.loads(in_fresh_python(code))
    assert not TRAINING_ONLY & {name.partition(".")[0] for name in loaded}


def test_no_source_of_inference_names_what_only_training_needs() -> None:
    pattern = regex.compile(
        rf"^\s*(?:import|from)\s+(?:{'|'.join(sorted(TRAINING_ONLY))})\b", regex.MULTILINE
    )
    sources = list(PACKAGE.rglob("*.py"))
    assert len(sources) > 20
    assert [path.name for path in sources if pattern.search(path.read_text("utf-8"))] == []


def test_all_that_is_promised_is_there() -> None:
    for name in kyket.__all__:
        assert getattr(kyket, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kyket.nothing  # noqa: B018


def test_rooms_are_there_when_they_are_asked_for() -> None:
    code = (
        "import kyket; print(kyket.schema.load()['$id'], kyket.batch.Job.__name__, 'batch' in kyket.__all__)"
    )
    assert in_fresh_python(code).strip() == "urn:kyket:schema:1 Job False"
