"""Tagging: a text in, labelled spans out."""

from kyket.tagging.network import OnnxNetwork
from kyket.tagging.tagger import Tagger
from kyket.tagging.tokens import TextTokenizer

__all__ = ["OnnxNetwork", "Tagger", "TextTokenizer"]
