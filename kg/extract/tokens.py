"""Tokens of the pipeline: one character each, so that token indices are character offsets.

Chinese words are the tagger's business; a word segmenter before it would put boundaries inside names.
"""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab


class CharacterTokenizer:
    """spaCy tokenizer that makes every character a token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))

    # spaCy asks a tokenizer for these when a pipeline is saved and loaded; there is nothing to keep.
    def to_bytes(self, *, exclude: tuple[str, ...] = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> CharacterTokenizer:
        return self

    def to_disk(self, path: object, *, exclude: tuple[str, ...] = ()) -> None:
        return None

    def from_disk(self, path: object, *, exclude: tuple[str, ...] = ()) -> CharacterTokenizer:
        return self
