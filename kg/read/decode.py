"""Bytes to text: UTF-8, UTF-16, GB18030, Big5, by mark, by declaration, or by how the result reads."""

from __future__ import annotations

import codecs
import re
from functools import cache

import opencc

from kg.errors import ReadError
from kg.resources import data, read_tsv

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb-2312": "gb18030", "gb_2312-80": "gb18030",
            "x-gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_CANDIDATES = ("gb18030", "big5hkscs")
#: Up to this share of undecodable bytes is damage in a text; above it the guess is wrong.
MAX_BAD = 0.02
#: Least share of common characters among the Chinese ones in a text decoded by guess.
MIN_COMMON = 0.7
MAX_CONTROL = 0.02
COMMON_CHARACTERS = 4000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WIDE = re.compile(r"[^\x00-\x7f]")


@cache
def common_characters() -> frozenset[str]:
    """The most frequent characters, simplified and traditional, and Chinese punctuation."""
    rows = read_tsv(data("repair", "characters.tsv"))
    simplified = "".join(row["character"] for row, _ in zip(rows, range(COMMON_CHARACTERS), strict=False))
    return frozenset(simplified + opencc.OpenCC("s2t").convert(simplified) + "，。、；：！？“”‘’（）《》【】—…·\u3000")


def _common_share(text: str) -> float:
    wide = _WIDE.findall(text)
    if not wide:
        return 1.0
    common = common_characters()
    return sum(char in common for char in wide) / len(wide)


def decode(raw: bytes) -> tuple[str, str]:
    """Text and the name of its encoding; raises ReadError for empty, binary and undecodable data."""
    if not raw.strip():
        raise ReadError("empty file")
    text, encoding = _decode(raw)
    if not text.strip():
        raise ReadError("empty file")
    if len(_CONTROL.findall(text)) > MAX_CONTROL * len(text):
        raise ReadError("binary file, not text")
    return text, encoding


def _decode(raw: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _tolerant(raw, encoding), encoding
    if b"\x00" in raw[:4096]:
        raise ReadError("binary file, not text")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(raw[:4096])
    if declared:
        encoding = _codec(declared[1].decode("ascii").lower())
        text = raw.decode(encoding, "replace") if encoding else ""
        if encoding and _bad_share(text) <= MAX_BAD:
            return text, encoding
    return _best_guess(raw)


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(_ALIASES.get(name, name)).name
    except LookupError:
        return None


def _tolerant(raw: bytes, encoding: str) -> str:
    text = raw.decode(encoding, "replace")
    if _bad_share(text) > MAX_BAD:
        raise ReadError(f"bytes that are not {encoding.removesuffix('-sig')}, though the byte order mark says so")
    return text


def _bad_share(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _best_guess(raw: bytes) -> tuple[str, str]:
    """The candidate with the fewest errors and the most common characters."""
    scored = []
    for encoding in ("utf-8", *_CANDIDATES):
        text = raw.decode(encoding, "replace")
        if _bad_share(text) <= MAX_BAD:
            scored.append((_common_share(text) - 5 * _bad_share(text), encoding, text))
    if scored:
        score, encoding, text = max(scored)
        if score >= MIN_COMMON:
            return text, encoding
    raise ReadError("undecodable bytes: not UTF-8, UTF-16, GB18030 or Big5")
