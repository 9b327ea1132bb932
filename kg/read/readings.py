"""Injected readings: 報(bào), 報（bào）, 報(bao) lose the brackets; real brackets such as 公司(GE) stay."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.read.draft import Draft
from kg.resources import data, read_tsv

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
READING = re.compile(rf"(?<=([\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]))[(（]([a-zɡüê{_TONES}\u0300-\u030c]{{1,8}})[)）]")


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


def remove_readings(draft: Draft) -> int:
    """Remove every injected reading; returns how many there were."""
    before = draft.text
    if not READING.search(before):
        return 0
    count = sum(_removal(match) is not None for match in READING.finditer(before))
    draft.substitute(READING, _removal)
    return count
