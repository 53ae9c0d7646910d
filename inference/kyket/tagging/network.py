"""The network of a bundle, run by ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import onnxruntime

from kyket.errors import BundleError, DeviceError
from kyket.tagging.windows import Scores

Device = Literal["cpu", "cuda"]

_CPU = "CPUExecutionProvider"
_OPTIONS: dict[str, dict[str, str]] = {"CUDAExecutionProvider": {"use_tf32": "0"}}
"""TF32 rounds the factors of products to ten bits, so that a tag differs now and then."""

_PROVIDERS = {"cpu": _CPU, "cuda": "CUDAExecutionProvider"}


def provider_of(device: Device) -> str:
    """What ONNX Runtime calls a device.

    Raises:
        DeviceError: there is no such device, or the package that is installed cannot use it.
    """
    if device not in _PROVIDERS:
        raise DeviceError(
            "{device}: no such device; there are {known}", device=device, known=", ".join(_PROVIDERS)
        )
    if _PROVIDERS[device] not in onnxruntime.get_available_providers():
        raise DeviceError(
            "{device}: the ONNX Runtime that is installed cannot use it: "
            "pip uninstall onnxruntime, then pip install onnxruntime-gpu",
            device=device,
        )
    return _PROVIDERS[device]


class OnnxNetwork:
    """Token ids to logits.

    A call holds no state, so threads may share one network; each call computes in the thread that makes it.
    Two windows side by side on two cores are faster than both cores on one window, which wait for each other
    at every operator.

    Args:
        path: The ONNX file, from `input_ids` (texts, tokens) to `logits` (texts, tokens, tags).
        tags: How many tags it has to give.
        provider: What of ONNX Runtime computes it, as `provider_of` gives it.

    Raises:
        BundleError: the file is no such network.
        DeviceError: the provider does not start, or ONNX Runtime has turned to the CPU instead.
    """

    def __init__(self, path: Path, tags: int, provider: str = _CPU) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(path),
                options,
                providers=[(provider, _OPTIONS.get(provider, {}))],
                enable_fallback=0,  # which prints several lines, then computes on the CPU
                # This fusion takes several times as long on a CPU as the two operators that it replaces.
                disabled_optimizers=["SkipLayerNormFusion"],
            )
        except Exception as error:  # ONNX Runtime raises its own kinds, which share no base but this
            reason = " ".join(str(error).split())[:160]
            if provider != _CPU:
                raise DeviceError(
                    "{provider} does not start here with {path}: driver, libraries or file: {reason}",
                    provider=provider,
                    path=path,
                    reason=reason,
                ) from None
            raise BundleError.of_damage(path.parent, path.name, reason) from None
        if provider not in self._session.get_providers():
            raise DeviceError(
                "{provider} does not start here: the driver or the libraries are missing", provider=provider
            )
        inputs = [node.name for node in self._session.get_inputs()]
        outputs = self._session.get_outputs()
        if inputs != ["input_ids"] or len(outputs) != 1 or outputs[0].shape[-1] != tags:
            raise BundleError(
                "{folder}: {name} is not the network that the manifest describes",
                folder=path.parent,
                name=path.name,
            )

    def __call__(self, ids: npt.NDArray[np.int64]) -> Scores:
        """Logits of one window. *Shape:* (tokens,) to (tokens, tags)."""
        logits: Scores = self._session.run(None, {"input_ids": ids[None]})[0][0]
        return logits
