"""Names taken apart: region, core (brand), industry words, legal form.

长沙 · 巨翊 · 医疗科技 · 有限公司. The words stand in data/lexicon/name_parts.tsv, the regions in data/regions.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import resources

_BRACKETS = re.compile(r"[（(](.{1,8})[)）]")
_LONGEST_REGION = 8
_DIVISION_SUFFIXES = "市省区县镇乡州盟旗"


@dataclass(frozen=True, slots=True)
class NameParts:
    """The four parts of an organisation's name; a part that is not there is empty."""

    region: str
    core: str
    industry: str
    legal: str


@cache
def _words(part: str) -> tuple[str, ...]:
    rows = resources.read_tsv(resources.data("lexicon", "name_parts.tsv"))
    return tuple(sorted((row["word"] for row in rows if row["part"] == part), key=len, reverse=True))


@cache
def _provinces() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in resources.read_tsv(resources.data("regions.tsv")):
        for name in (row["name"], row["short"]):
            found.setdefault(name, set()).add(row["code"][:2])
    return {name: frozenset(codes) for name, codes in found.items() if len(name) > 1}


@cache
def region_names() -> frozenset[str]:
    """Names and short forms of administrative divisions and countries, of two characters or more."""
    return frozenset(_provinces())


def names_region(name: str) -> bool:
    """Whether the name of a division or country stands anywhere in a name."""
    lengths = range(2, _LONGEST_REGION + 1)
    return any(name[at : at + n] in region_names() for at in range(len(name)) for n in lengths)


def provinces_of(region: str) -> frozenset[str]:
    """Codes of the provinces (or countries) in which a division of this name lies; of 朝阳 two, of no region none."""
    return _provinces().get(region, frozenset())


def split_region(name: str) -> tuple[str, str]:
    """Leading division names (longest first, repeated) and what is left, of at least two characters."""
    at = 0
    while True:
        for length in range(min(_LONGEST_REGION, len(name) - at - 2), 1, -1):
            if name[at : at + length] in region_names():
                at += length
                break
        else:
            return name[:at], name[at:]


def strip_division_suffix(region: str) -> str:
    """长沙市 and 长沙 alike: the name without 市, 省, 区 …"""
    return region.rstrip(_DIVISION_SUFFIXES)


def is_legal_form(text: str) -> bool:
    """Whether a text is a legal form or a division suffix, so that dropping it gives a short form."""
    return text in _words("legal") or (len(text) == 1 and text in "市省区县")


def only_parts(text: str) -> bool:
    """Whether a text is made of industry words and legal forms alone."""
    words = (*_words("legal"), *_words("industry"))
    while text:
        for word in words:
            if text.startswith(word):
                text = text[len(word) :]
                break
        else:
            return False
    return True


@cache
def split_name(name: str) -> NameParts:
    """Parts of a name; the core keeps at least two characters."""

    def drop(match: re.Match[str]) -> str:
        inner = match[1]
        return "" if inner in region_names() or inner in ("中国", "有限合伙", "集团", "筹") else match[0]

    region, rest = split_region(_BRACKETS.sub(drop, name))
    rest, legal = _strip_tail(rest, _words("legal"))
    core, industry = _strip_tail(rest, _words("industry"))
    return NameParts(region, core, industry, legal)


def _strip_tail(text: str, words: tuple[str, ...]) -> tuple[str, str]:
    tail = ""
    found = True
    while found:
        found = False
        for word in words:
            if text.endswith(word) and len(text) > len(word) + 1:
                text, tail, found = text[: -len(word)], word + tail, True
                break
    return text, tail
