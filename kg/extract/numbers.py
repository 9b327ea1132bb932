"""Chinese and Arabic numerals with their scales, read as floats."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

#: An Arabic number (with thousands separators and decimals) or a run of Chinese numerals.
NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
#: Scale words that may follow a number, longest first.
SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)"
_HEDGE = r"(?:余|多|几|来)"
#: Number, scale and the hedges between them: 130余, 1.5万多, 上千.
SCALED = rf"(?P<number>{NUMBER}|[上近]?(?=[千百万]))\s*{_HEDGE}?\s*(?P<scale>{SCALE})?\s*{_HEDGE}?"

_NUMBER = re.compile(NUMBER)


def parse_integer(text: str) -> float:
    """Value of a Chinese numeral such as 三千二百 or 二〇二四; raises ValueError for anything else."""
    if text and all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            total = (total + section + digit) * _LARGE[char]
            section = digit = 0
        else:
            raise ValueError(f"{text!r} is not a Chinese numeral")
    return float(total + section + digit)


def parse_number(text: str) -> float:
    """Value of an Arabic or Chinese number without a scale word; raises ValueError."""
    plain = re.sub(r"[,，\s]", "", text)
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return float(plain)
    return parse_integer(plain)


def scale_of(text: str | None) -> float:
    """Factor of a scale word: 亿 is 1e8, 千万 is 1e7, nothing is 1."""
    factor = 1.0
    for char in text or "":
        factor *= {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 1e4, "亿": 1e8}[char]
    return factor


def scaled(number: str, scale: str | None) -> float:
    """Value of a number and its scale word; 上千 (no number) counts as one thousand."""
    base = parse_number(number) if _NUMBER.fullmatch(number) else 1.0
    return round(base * scale_of(scale), 6)
