"""Names taken apart: region · brand · industry · legal form of an organisation, region · function of a government
body, region · name · kind of a park.

长沙 · 巨翊 · 医疗科技 · 有限公司; 昌平区 · 政府; 湖南雨花 · 经开区. Standing long and short words are made one
(data/name_rewriting.tsv: 卫生健康委员会 and 卫健委), so that two spellings of one name give one canonical form. Brands
and industries are told apart by data/lexicon/name_parts.tsv, regions by data/regions.tsv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from kg import resources
from kg.model import FIRM_TYPES, EntityType
from kg.resolve.divisions import Divisions, divisions
from kg.resolve.names import normalise

Legal = Literal["", "limited", "stock", "partnership"]
_LEGAL_FORMS: tuple[tuple[re.Pattern[str], Legal, bool], ...] = (
    (re.compile(r"集团(?:股份有限公司|股份公司)$"), "stock", True),
    (re.compile(r"(?:股份有限公司|股份公司)$"), "stock", False),
    (re.compile(r"集团(?:有限责任公司|有限公司|总公司|公司)$"), "limited", True),
    (re.compile(r"(?:有限责任公司|有限公司|总公司)$"), "limited", False),
    (re.compile(r"(?:合伙企业)?\((?:有限|普通)合伙\)$"), "partnership", False),
    (re.compile(r"(?<!分)(?<!子)公司$"), "", False),
    (re.compile(r"集团$"), "", True),
)
_BRACKETS = re.compile(r"\(([^()]{1,12})\)")
_BLANKS = re.compile(r"[\s\"'“”‘’《》〈〉「」『』·・]+")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_PARTY = re.compile(r"^(?:中国共产党|中共)(?=.)")
_CHINA = "CN"
_NO_BRAND = frozenset({"中国", "中华", "国家", "全国"})


class NameParts(NamedTuple):
    """A name taken apart.

    region: code of the division named, or None; bracketed: whether it stands in brackets ((苏州)), which a branch of
    a firm has. stem: what is left without region and legal form, rewritten; brand and industry are its two ends
    (industry is empty for bodies and parks). group: whether it calls itself 集团; legal: class of the legal form.
    canonical: region's short name and stem; equal for spellings of one name.
    distinctive: whether the stem alone tells one thing from another (医药 and 产业园 do not).
    """

    region: str | None
    bracketed: bool
    stem: str
    brand: str
    industry: str
    group: bool
    legal: Legal
    canonical: str
    distinctive: bool


def take_apart(kind: EntityType, name: str, table: Divisions, *, context: Collection[str] = ()) -> NameParts:
    """Parts of a name. ``context``: codes of divisions that decide what an ambiguous region means.

    Names whose region no context can change are remembered, since news is mostly about names already met.
    """
    if table is divisions() and not table.needs_context(unicodedata.normalize("NFKC", name)):
        return _remembered(kind, name)
    return _take_apart(kind, name, table, context)


@lru_cache(maxsize=1 << 17)
def _remembered(kind: EntityType, name: str) -> NameParts:
    return _take_apart(kind, name, divisions(), ())


def _take_apart(kind: EntityType, name: str, table: Divisions, context: Collection[str]) -> NameParts:
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", name).casefold())
    if kind == "GovernmentBody":
        text = _PARTY.sub("", text)
    region, bracketed, text, group = _brackets(text, table, context)
    legal: Legal = ""
    if kind in FIRM_TYPES or re.search(r"公司$|合伙\)$", text):
        text, legal, called = _without_legal_form(text)
        group = group or called
    head = table.head(text, context=context)
    rest = text
    if head is not None and head[0] != _CHINA and head[1] < len(text):
        region = region or head[0]
        rest = text[head[1] :]
    stem = normalise(_rewritten(kind, rest))
    short = table.by_code[region].short if region is not None else ""
    if kind in FIRM_TYPES:
        brand, industry = _brand(stem)
        distinctive = bool(brand) and not _is_kind(brand)
        if not distinctive:
            brand = stem = canonical = normalise(short + stem)
            industry = ""
        else:
            canonical = short + stem
    else:
        brand, industry, distinctive = stem, "", not _is_kind(stem)
        canonical = short + stem
    return NameParts(region, bracketed, stem, brand, industry, group, legal, canonical, distinctive)


def plain(name: str) -> NameParts:
    """Parts of a name that is not of an organisation, a park or a place: it is all stem."""
    stem = normalise(name)
    return NameParts(None, False, stem, stem, "", False, "", stem, True)


def is_short_for(one: str, other: str) -> bool:
    """Whether the characters of ``one`` stand in ``other`` in their order (科技 for 医疗科技, 生科 for 生物科技)."""
    rest = iter(other)
    return all(char in rest for char in one)


def is_telling(brand: str) -> bool:
    """Whether a brand is more than a character, and not the country's name with an industry (中国医药)."""
    return len(brand) > 1 and not any(brand.startswith(word) for word in _NO_BRAND)


def is_credit_code(text: str) -> bool:
    """Whether a text is a unified social credit code (GB 32100) with its check character."""
    if len(text) < 18:
        return False
    text = text.strip().upper()
    if _CREDIT_CODE.fullmatch(text) is None:
        return False
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(char) * pow(3, place, 31) for place, char in enumerate(text[:17]))
    return alphabet.index(text[17]) == (31 - total % 31) % 31


def _brackets(text: str, table: Divisions, context: Collection[str]) -> tuple[str | None, bool, str, bool]:
    """(region in brackets, whether there is one, the name without such brackets, whether 集团 stands in one)."""
    region: str | None = None
    group = False

    def drop(match: re.Match[str]) -> str:
        nonlocal region, group
        inner = match[1]
        if inner in ("有限合伙", "普通合伙"):
            return match[0]
        if inner == "集团":
            group = True
            return ""
        if inner in ("筹", "中国"):
            return ""
        if (code := table.lookup(inner, context=context)) is not None:
            region = region or code
            return ""
        return inner

    text = _BRACKETS.sub(drop, text)
    return region, region is not None, text, group


def _without_legal_form(text: str) -> tuple[str, Legal, bool]:
    for pattern, legal, group in _LEGAL_FORMS:
        if (found := pattern.search(text)) and found.start() > 1:
            rest = text[: found.start()]
            called = rest.endswith("集团") and len(rest) > 3
            return rest[:-2] if called else rest, legal, group or called
    return text, "", False


@cache
def _rewriting() -> tuple[tuple[frozenset[str], re.Pattern[str], str], ...]:
    rows = resources.read_tsv(resources.data("name_rewriting.tsv"))
    return tuple(
        (frozenset(row["scope"].split("|")), re.compile(row["pattern"]), row["replacement"]) for row in rows
    )


def _rewritten(kind: EntityType, text: str) -> str:
    for scope, pattern, replacement in _rewriting():
        if kind in scope or "*" in scope:
            text = pattern.sub(replacement, text)
    return text


@cache
def _industries() -> re.Pattern[str]:
    rows = resources.read_tsv(resources.data("lexicon", "name_parts.tsv"))
    words = sorted((row["word"] for row in rows if row["part"] == "industry"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")$")


def _brand(stem: str) -> tuple[str, str]:
    """Brand and industry; the brand is empty where all is industry, and has two characters or more.

    中国 and the like are no brand by themselves, but with the word that follows (中国医药).
    """
    words: list[str] = []
    brand = stem
    while (found := _industries().search(brand)) and found.start() != 1:
        brand = brand[: found.start()]
        words.insert(0, found[0])
    if brand in _NO_BRAND and words:
        brand += words.pop(0)
    return brand, "".join(words)


@cache
def _kinds() -> re.Pattern[str]:
    words = [row["word"] for row in resources.read_tsv(resources.data("name_kinds.tsv"))]
    return re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")*")


def _is_kind(stem: str) -> bool:
    """Whether a stem is made of words that any region could have one of (data/name_kinds.tsv)."""
    return _kinds().fullmatch(stem) is not None
