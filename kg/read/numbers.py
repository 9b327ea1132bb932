"""Chinese and Arabic numerals with their scales, read as floats."""

from __future__ import annotations

import re

_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {"〇": 0, "两": 2}
)
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SCALES = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 1e4, "亿": 1e8}

#: Longer runs are no numerals; the bound keeps the search linear in hostile text.
_WORD = f"[{''.join(_DIGITS)}{''.join(_SMALL)}]{{1,16}}"
#: An Arabic number (1,300, 1.5, 1亿5000) or a run of Chinese numerals (一万六千).
NUMBER = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?[万亿]\d+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|{_WORD}(?:[万亿]{_WORD}){{0,3}})"
)
#: Scale words that may follow a number, longest first.
SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)"
_HEDGE = r"(?:余|多|几|来)"
#: What makes a bare scale word a figure: 上千家, 近亿元.
_ABOUT = r"(?:上|近|超过|超|逾|过|破|达|约)"
#: Number, scale and the hedges between them: 130余, 1.5万多, 上千. 数百 and 几十 are no figures.
SCALED = (
    rf"(?!(?<=[数几])[十百千万亿])(?:(?P<number>{NUMBER})|{_ABOUT}(?=[百千万亿]))"
    rf"\s*{_HEDGE}?\s*(?P<scale>{SCALE})?\s*{_HEDGE}?"
)
_INNER = re.compile(r"(?P<high>.*)(?P<unit>[万亿])(?P<low>[^万亿]+)")


def parse_integer(text: str) -> float:
    """Value of a Chinese numeral such as 三千二百 or 二〇二四; raises ValueError for anything else."""
    if text and all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    if not text:
        raise ValueError("an empty text is not a Chinese numeral")
    total = section = digit = last = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        elif char in _LARGE:
            unit = _LARGE[char]
            # 三亿两千万 adds the ten thousands to the 亿; 一万亿 multiplies
            part = section + digit
            total = total + part * unit if unit < last else (total + part) * unit
            section, digit, last = 0, 0, unit
        else:
            raise ValueError(f"{text!r} is not a Chinese numeral")
    return float(total + section + digit)


def parse_whole(text: str) -> int:
    """Value of a whole number in Arabic or Chinese numerals, 二○二四 with a circle too; raises ValueError."""
    return int(text) if text.isdecimal() else int(parse_integer(text.replace("○", "〇")))


def parse_number(text: str) -> float:
    """Value of an Arabic or Chinese number without a scale word; raises ValueError."""
    plain = re.sub(r"[,，\s]", "", text)
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return float(plain)
    whole, point, decimals = plain.partition("点")
    if point and decimals and all(c in _DIGITS for c in decimals):
        digits = "".join(str(_DIGITS[c]) for c in decimals)
        return parse_integer(whole) + float(f"0.{digits}")
    return parse_integer(plain)


def scale_of(text: str | None) -> float:
    """Factor of a scale word: 亿 is 1e8, 千万 is 1e7, nothing is 1."""
    factor = 1.0
    for char in text or "":
        factor *= _SCALES[char]
    return factor


def scaled(number: str | None, scale: str | None) -> float:
    """Value of a number and its scale word; no number (上千) counts as one: one thousand.

    A scale smaller than one inside the number belongs to the last part alone: 1亿5000 万 is 150 million.
    """
    factor = scale_of(scale)
    if not number:
        return factor
    inner = _INNER.fullmatch(number)
    if inner and (_LARGE[inner["unit"]] > factor > 1 or number[0].isdecimal()):
        high = scaled(inner["high"], inner["unit"])
        return round(high + scaled(inner["low"], scale), 6)
    return round(parse_number(number) * factor, 6)
