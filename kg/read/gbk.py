"""GBK byte pairs: which characters they make, and which pairs mean nothing."""

from __future__ import annotations

from functools import cache

from kg.read.charmodel import is_known

ASCII_END = 0x7F
LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
#: Leads of GBK's user-defined zones, where pairs without a meaning are common.
_UNDEFINED_LEADS = frozenset((*range(0xA1, 0xA8), *range(0xAA, 0xB0), *range(0xF8, 0xFF)))

Choices = tuple[tuple[int, str], ...]


@cache
def character(lead: int, trail: int) -> str | None:
    """The character of a pair, None where the pair means nothing."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None


def bytes_of(char: str) -> tuple[int, int] | None:
    """The two bytes of a character, None for ASCII and what GBK lacks."""
    try:
        raw = char.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (raw[0], raw[1]) if len(raw) == 2 else None


@cache
def trails(lead: int) -> Choices:
    """All trail bytes that make a character with ``lead``, and the characters."""
    pairs = ((trail, character(lead, trail)) for trail in TRAILS)
    return tuple((trail, char) for trail, char in pairs if char is not None)


@cache
def undefined_trails(lead: int) -> Choices:
    """Those of ``trails`` that, taken as a lead, begin pairs without a meaning."""
    return tuple((trail, char) for trail, char in trails(lead) if trail in _UNDEFINED_LEADS)


@cache
def leads(trail: int) -> Choices:
    """All lead bytes that make a character with ``trail``, and the characters."""
    pairs = ((lead, character(lead, trail)) for lead in LEADS)
    return tuple((lead, char) for lead, char in pairs if char is not None)


@cache
def common_leads(trail: int) -> Choices:
    """Those of ``leads`` that make a character which the word list knows."""
    return tuple((lead, char) for lead, char in leads(trail) if is_known(char))
