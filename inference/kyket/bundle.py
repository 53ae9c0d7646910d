"""A model bundle: the files of a trained model, in one folder."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kyket.errors import BundleError

FORMAT = 1
"""Raised when a bundle of an older kyket can no longer be read by a newer one, or the reverse."""


class Layout:
    """The names of the files in a bundle; inference needs the first three; CUDA needs `FLOATS`."""

    NETWORK = "model.onnx"
    TOKENIZER = "tokenizer.json"
    MANIFEST = "bundle.json"
    FLOATS = "model-fp32.onnx"
    CARD = "README.md"
    METRICS = "metrics.json"
    RECIPE = "config.yaml"
    CURVE = "curve.png"
    RELIABILITY = "reliability.png"


class Manifest(msgspec.Struct, kw_only=True, frozen=True):
    """What inference has to know of a model.

    Attributes:
        name: Of the model.
        version: Of the distribution that made it.
        tags: What the network's outputs stand for, in order; the first is `O`.
        window: Most tokens that go through the network at once, special tokens included.
        overlap: Least tokens that the windows of a sentence longer than one share, about.
        temperature: Divides the logits before they become scores.
        threshold: Least score of a span that is kept.
    """

    format: int
    name: str
    version: str
    tags: tuple[str, ...]
    window: int
    overlap: int
    temperature: float = 1.0
    threshold: float = 0.0


def read_manifest(folder: Path) -> Manifest:
    """Reads and checks a bundle's manifest, and that the files inference needs are there.

    Raises:
        BundleError: a file is missing or damaged, or of a format this kyket does not know.
    """
    for name in (Layout.MANIFEST, Layout.NETWORK, Layout.TOKENIZER):
        if not (folder / name).is_file():
            raise BundleError("{folder}: not a model bundle: {name} is missing", folder=folder, name=name)
    try:
        manifest = msgspec.json.decode((folder / Layout.MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BundleError.of_damage(folder, Layout.MANIFEST, error) from None
    if manifest.format != FORMAT:
        raise BundleError(
            "{folder}: a bundle of format {format}; this kyket reads {own}, "
            "so install the kyket that made it or export it anew",
            folder=folder,
            format=manifest.format,
            own=FORMAT,
        )
    if manifest.window < 8 or not 0 <= manifest.overlap < manifest.window / 2:
        raise BundleError.of_damage(folder, Layout.MANIFEST, "windows that cannot be")
    if manifest.temperature <= 0 or not 0 <= manifest.threshold <= 1:
        raise BundleError.of_damage(folder, Layout.MANIFEST, "a temperature or threshold that cannot be")
    if not _are_bio(manifest.tags):
        raise BundleError.of_damage(folder, Layout.MANIFEST, "its tags are not O, then B-X and I-X")
    return manifest


def network_file(folder: Path, device: str = "cpu") -> Path:
    """The network for a device: int8 for the CPU, floats for others, which the wheel leaves out.

    Raises:
        BundleError: the bundle has none.
    """
    file = folder / (Layout.NETWORK if device == "cpu" else Layout.FLOATS)
    if not file.is_file():
        raise BundleError(
            "{folder}: {name} is missing, which {device} needs; in a clone, "
            "python -m kyket_training.floats {folder} writes it",
            folder=folder,
            name=file.name,
            device=device,
        )
    return file


def _are_bio(tags: tuple[str, ...]) -> bool:
    begun = {tag[2:] for tag in tags if tag.startswith("B-")}
    return tags[:1] == ("O",) and all(
        tag.startswith("B-") or (tag.startswith("I-") and tag[2:] in begun) for tag in tags[1:]
    )


def default_bundle() -> Path:
    """The folder of the model that ships: in the installed package, or in the checkout it runs from.

    Raises:
        BundleError: neither has it.
    """
    package = Path(__file__).parent
    for folder in (package / "models" / "kyket-small", package.parents[1] / "models" / "kyket-small"):
        if (folder / Layout.MANIFEST).is_file():
            return folder
    raise BundleError("kyket was installed without its model; name a bundle, or install kyket again")
