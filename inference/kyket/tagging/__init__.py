"""Tagging: a text in, labelled spans out."""

from kyket.tagging.network import Device, OnnxNetwork, provider_of
from kyket.tagging.tagger import Tagger
from kyket.tagging.tokens import TextTokenizer

__all__ = ["Device", "OnnxNetwork", "Tagger", "TextTokenizer", "provider_of"]
