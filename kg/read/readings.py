"""Injected readings: 報(bào), 報（bào）, 報(bao) lose the brackets; real brackets such as 公司(GE) stay."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.read.draft import Draft
from kg.resources import data, read_tsv

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_COMBINING = "\u0300-\u030c"
#: A reading with a tone mark, which no real bracketed letters carry: (bào)
INJECTED_READING = re.compile(rf"[(（]([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}})[)）]")
#: ?fù) : a lost byte took the opening bracket of a reading with it.
SWALLOWED_READING = re.compile(rf"[?\ufffd]([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}})\)")
#: Anything in brackets behind a Chinese character that may be a reading, tone mark or not.
READING = re.compile(
    r"(?<=([\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]))"
    rf"[(（]([a-zɡüê{TONED}{_COMBINING}]{{1,8}})[)）]"
)


@cache
def _characters_by_syllable() -> dict[str, frozenset[str]]:
    rows = read_tsv(data("repair", "readings.tsv"))
    return {row["syllable"]: frozenset(row["characters"]) for row in rows}


def syllable(reading: str) -> str:
    """A reading without its tone; ü becomes v: ``lǜ`` → ``lv``."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("ɡ", "g")
    return "".join(char for char in plain if not unicodedata.combining(char))


def has_tone(reading: str) -> bool:
    """Does the reading carry a tone mark (as no real bracketed letters do)?"""
    return any(mark in "\u0300\u0301\u0304\u030c" for mark in unicodedata.normalize("NFD", reading))


def is_reading_of(char: str, reading: str) -> bool:
    """Is ``reading`` (with or without tone) one of the character's readings?"""
    return char in _characters_by_syllable().get(syllable(reading), ())


def is_syllable(reading: str) -> bool:
    """Is ``reading`` a syllable of Mandarin at all?"""
    return syllable(reading) in _characters_by_syllable()


def _removal(match: re.Match[str]) -> str | None:
    if is_reading_of(match[1], match[2]) or (has_tone(match[2]) and is_syllable(match[2])):
        return ""
    return None


def remove_readings(draft: Draft) -> None:
    """Remove every injected reading."""
    if READING.search(draft.text):
        draft.substitute(READING, _removal)
