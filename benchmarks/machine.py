"""The machine that was measured on, in words."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FLAGS = (
    *("avx2", "avx_vnni", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16"),
    *("amx_int8", "amx_bf16", "asimddp", "i8mm"),
)
"""Instructions that make products of 8-bit integers or halves faster, of x86 and ARM."""

PACKAGES = ("onnxruntime", "torch", "transformers", "tokenizers")


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def machine() -> dict[str, object]:
    """Processor, cores, instructions, memory, system and versions, and how busy it was."""
    told = _cpuinfo()
    flags = (told.get("flags") or told.get("Features") or "").split()
    return {
        "processor": told.get("model name") or platform.processor() or platform.machine(),
        "family": " ".join(f"{name} {told[name]}" for name in ("cpu family", "model") if name in told),
        "cores": cores(),
        "flags": [flag for flag in FLAGS if flag in flags],
        "memory_gb": _memory(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "load": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else [],
    }


def in_words(known: dict[str, object]) -> str:
    """What `machine` gave, on two lines."""
    packages = known["packages"]
    assert isinstance(packages, dict)
    flags = known["flags"]
    assert isinstance(flags, list)
    return (
        f"{known['processor']} ({known['family']}), {known['cores']} cores, {known['memory_gb']} GB; "
        f"{' '.join(flags)}\n"
        f"{known['system']}, Python {known['python']}, "
        + ", ".join(f"{name} {number}" for name, number in packages.items())
        + f"; load before {known['load']}"
    )


def _cpuinfo() -> dict[str, str]:
    """The first processor as Linux tells it; empty elsewhere."""
    path = Path("/proc/cpuinfo")
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n\n")[0].splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def _memory() -> int | None:
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names:
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
