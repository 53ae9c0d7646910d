"""Writes the network of a bundle in floats, for CUDA: `python -m kyket_training.floats BUNDLE`."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification

from kyket.bundle import Layout, read_manifest
from kyket_training.network import write_floats


def add_floats(bundle: Path) -> Path:
    """Adds the network in floats to a bundle that has its checkpoint.

    Returns:
        The file.

    Raises:
        BundleError: the folder is no bundle.
    """
    read_manifest(bundle)
    model = AutoModelForTokenClassification.from_pretrained(
        bundle, dtype=torch.float32, attn_implementation="eager"
    )
    write_floats(model, bundle / Layout.FLOATS)
    return bundle / Layout.FLOATS


if __name__ == "__main__":
    print(add_floats(Path(sys.argv[1])))
