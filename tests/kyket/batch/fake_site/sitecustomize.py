"""Installs fake_kyket in each process that multiprocessing spawns with this folder in its path."""

import importlib.util
import sys
from pathlib import Path

if any("spawn_main" in argument for argument in sys.orig_argv):
    spec = importlib.util.spec_from_file_location("fake_kyket", Path(__file__).parents[1] / "fake_kyket.py")
    fake_kyket = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fake_kyket)
    fake_kyket.install()
