"""Tagging: a text in, labelled spans out."""

from kyket.tagging.tagger import Tagger

__all__ = ["Tagger"]
