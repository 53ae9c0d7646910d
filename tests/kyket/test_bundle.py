from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

import kyket
from kyket.bundle import FORMAT, Layout, Manifest, default_bundle, read_manifest
from kyket.errors import BundleError, DeviceError, KyketError
from kyket.tagging.decoding import bio_tags
from kyket.tagging.tokens import prepare

onnx = pytest.importorskip("onnx")

TAGS = bio_tags(["ORG", "PER"])
MANIFEST: dict[str, Any] = {
    "format": FORMAT,
    "name": "tiny",
    "version": "0",
    "tags": TAGS,
    "window": 32,
    "overlap": 8,
}


def write_network(path: Path, rows: int, tags: int, input_name: str = "input_ids") -> None:
    """A network that looks each id up in a table."""
    table = np.random.default_rng(3).normal(scale=3, size=(rows, tags)).astype(np.float32)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", ["table", input_name], ["logits"])],
        "tiny",
        [onnx.helper.make_tensor_value_info(input_name, onnx.TensorProto.INT64, ["texts", "tokens"])],
        [onnx.helper.make_tensor_value_info("logits", onnx.TensorProto.FLOAT, ["texts", "tokens", tags])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    model = onnx.helper.make_model(
        graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8, producer_name="kyket tests"
    )
    onnx.save(model, path)


@pytest.fixture
def bundle(tmp_path: Path, tokenizer_json: str) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    tokenizer = prepare(Tokenizer.from_str(tokenizer_json))
    tokenizer.save(str(folder / Layout.TOKENIZER))
    write_network(folder / Layout.NETWORK, tokenizer.get_vocab_size(), len(TAGS))
    (folder / Layout.MANIFEST).write_text(json.dumps(MANIFEST))
    return folder


def refused(folder: Path) -> str:
    """The one-line message with which a folder is refused."""
    with pytest.raises(BundleError) as caught:
        kyket.load(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert str(folder) in message
    return message


def test_a_whole_bundle_is_read(bundle: Path) -> None:
    assert read_manifest(bundle) == Manifest(
        format=FORMAT, name="tiny", version="0", tags=tuple(TAGS), window=32, overlap=8, temperature=1.0
    )
    text = "Hội Làm vườn tiếp ông Trịnh Văn Bến. " * 20
    doc = kyket.load(str(bundle))(text)
    assert doc.spans
    assert all(text[span.start : span.end] == span.text for span in doc.spans)


def test_a_manifest_may_hold_more(bundle: Path) -> None:
    (bundle / Layout.MANIFEST).write_text(json.dumps({**MANIFEST, "added": 1}))
    assert read_manifest(bundle).name == "tiny"


@pytest.mark.parametrize("name", [Layout.NETWORK, Layout.TOKENIZER, Layout.MANIFEST])
def test_a_missing_file_is_named(bundle: Path, name: str) -> None:
    (bundle / name).unlink()
    assert f"{name} is missing" in refused(bundle)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "missing" in refused(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "missing" in refused(tmp_path / "file")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', json.dumps({**MANIFEST, "window": "long"}).encode()],
)
def test_a_damaged_manifest(bundle: Path, content: bytes) -> None:
    (bundle / Layout.MANIFEST).write_bytes(content)
    assert f"{Layout.MANIFEST} is damaged" in refused(bundle)


@pytest.mark.parametrize(
    "change",
    [
        {"window": 4},
        {"overlap": 16},
        {"overlap": -1},
        {"tags": []},
        {"tags": ["B-ORG", "O"]},
        {"tags": ["O", "ORG"]},
        {"tags": ["O", "I-ORG"]},
        {"temperature": 0},
        {"threshold": 1.5},
    ],
)
def test_a_manifest_that_cannot_be(bundle: Path, change: dict[str, Any]) -> None:
    (bundle / Layout.MANIFEST).write_text(json.dumps({**MANIFEST, **change}))
    assert f"{Layout.MANIFEST} is damaged" in refused(bundle)


def test_another_format(bundle: Path) -> None:
    (bundle / Layout.MANIFEST).write_text(json.dumps({**MANIFEST, "format": FORMAT + 1}))
    message = refused(bundle)
    assert f"format {FORMAT + 1}" in message
    assert "install" in message


@pytest.mark.parametrize("content", [b"", b"not a network", b"\x08\x08" * 500])
def test_a_damaged_network(bundle: Path, content: bytes) -> None:
    (bundle / Layout.NETWORK).write_bytes(content)
    assert f"{Layout.NETWORK} is damaged" in refused(bundle)


def test_a_truncated_network(bundle: Path) -> None:
    whole = (bundle / Layout.NETWORK).read_bytes()
    (bundle / Layout.NETWORK).write_bytes(whole[: len(whole) // 2])
    assert Layout.NETWORK in refused(bundle)


@pytest.mark.parametrize(("tags", "input_name"), [(len(TAGS) + 1, "input_ids"), (len(TAGS), "pixels")])
def test_a_network_of_something_else(bundle: Path, tags: int, input_name: str) -> None:
    write_network(bundle / Layout.NETWORK, 400, tags, input_name)
    assert "is not the network that the manifest describes" in refused(bundle)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"version": "1.0"'])
def test_a_damaged_tokenizer(bundle: Path, content: bytes) -> None:
    (bundle / Layout.TOKENIZER).write_bytes(content)
    assert f"{Layout.TOKENIZER} is damaged" in refused(bundle)


def test_the_default_bundle_is_whole_or_its_absence_is_said() -> None:
    try:
        folder = default_bundle()
    except BundleError as error:
        assert "without its model" in str(error)
        pytest.skip("the model is not there")
    manifest = read_manifest(folder)
    assert manifest.name == "kyket-small"
    assert 0.25 <= manifest.temperature <= 4


def device_refused(bundle: Path, device: Any = "cuda") -> str:
    with pytest.raises(KyketError) as caught:
        kyket.load(bundle, device=device)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_device_that_the_runtime_does_not_have(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert "pip install onnxruntime-gpu" in device_refused(bundle)
    assert device_refused(bundle, "tpu") == "tpu: no such device; there are cpu, cuda"


@pytest.mark.skipif(
    "CUDAExecutionProvider" in onnxruntime.get_available_providers(), reason="CUDA may well be there"
)
@pytest.mark.filterwarnings("ignore:Specified provider")
def test_a_device_that_does_not_start_is_not_replaced(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both = ["CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: both)
    message = device_refused(bundle)
    assert Layout.FLOATS in message
    assert f"python -m kyket_training.floats {bundle}" in message
    shutil.copyfile(bundle / Layout.NETWORK, bundle / Layout.FLOATS)
    assert "does not start here" in device_refused(bundle)


@pytest.mark.skipif(
    "CUDAExecutionProvider" not in onnxruntime.get_available_providers(), reason="needs onnxruntime-gpu"
)
def test_cuda_gives_what_the_cpu_gives(bundle: Path) -> None:
    shutil.copyfile(bundle / Layout.NETWORK, bundle / Layout.FLOATS)
    try:
        extractor = kyket.load(bundle, device="cuda")
    except DeviceError as error:
        assert "does not start here" in str(error)
        pytest.skip("no GPU")
    text = "Hội Nông dân tỉnh Nghệ An ký thỏa thuận với Hội Nông dân tỉnh Xiêng Khoảng.\n" * 40
    assert extractor(text).to_dict() == kyket.load(bundle)(text).to_dict()
