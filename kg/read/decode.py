"""Bytes to text: UTF-8, UTF-16, GB18030, Big5, by mark, by declaration, or by how the result reads."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError
from kg.read.charmodel import common_characters

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE
)
#: Pages that declare a national standard mostly use its superset.
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
}
_CANDIDATES = ("gb18030", "big5hkscs")
#: Up to this share of undecodable bytes is damage in a text; above it the guess is wrong.
MAX_BAD = 0.02
#: Least share of common characters among the Chinese ones in a text decoded by guess.
MIN_COMMON = 0.7
#: Text has hardly any control characters.
MAX_CONTROL = 0.01
_PUNCTUATION = "，。、；：？！“”‘’（）《》【】—…·\u3000"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: Surrogates, private use, replacement characters and what no script holds.
_NO_CHARACTER = re.compile(r"[\ud800-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000e1000-\U0010ffff]")
_WIDE = re.compile(r"[^\x00-\x7f]")


def decode(raw: bytes) -> tuple[str, str]:
    """Text and the name of its encoding; raises ReadError for empty, binary and undecodable data."""
    text, encoding = _decode(raw) if raw.strip() else ("", "")
    if not text.strip():
        raise ReadError("an empty file")
    if len(_CONTROL.findall(text)) > MAX_CONTROL * len(text):
        raise ReadError("a binary file, not a text")
    if len(_NO_CHARACTER.findall(text)) > MAX_BAD * len(text):
        raise ReadError(f"undecodable bytes: as {encoding} they make characters that do not exist")
    return text, encoding


def _decode(raw: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "replace")
            chinese = encoding == "utf-8-sig" or _common_share(text) >= MIN_COMMON  # two bytes make anything
            if _bad_share(text) > MAX_BAD or not chinese:
                raise ReadError(f"undecodable bytes: not {encoding[:6].upper()}, though its mark says so")
            return text, encoding
    if b"\x00" in raw:
        raise ReadError("a binary file, not a text")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        declared = _declared(raw)
        if declared:
            text = raw.decode(declared, "replace")
            if _bad_share(text) <= MAX_BAD:
                return text, declared
        return _best_guess(raw)


def _declared(raw: bytes) -> str | None:
    """The encoding that an HTML page declares, by Python's name; None without one that Python knows."""
    match = _DECLARED.search(raw[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    try:
        return codecs.lookup(_SUPERSETS.get(name, name)).name
    except LookupError:
        return None


def _bad_share(text: str) -> float:
    return text.count("\ufffd") / max(1, len(text))


def _common_share(text: str) -> float:
    wide = _WIDE.findall(text)
    common = common_characters().union(_PUNCTUATION)
    return sum(char in common for char in wide) / len(wide) if wide else 1.0


def _best_guess(raw: bytes) -> tuple[str, str]:
    """The candidate with hardly an error whose characters are the most common ones."""
    best = (0.0, "", "")
    for encoding in ("utf-8", *_CANDIDATES):
        text = raw.decode(encoding, "replace")
        if _bad_share(text) <= MAX_BAD:
            best = max(best, (_common_share(text), text, encoding))
    share, text, encoding = best
    if share < MIN_COMMON:
        raise ReadError("undecodable bytes: not UTF-8, UTF-16, GB18030 or Big5")
    return text, encoding
