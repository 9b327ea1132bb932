"""Features that tell whether two surface forms of one document name the same thing.

Candidates are pairs of which the shorter could be a short form of the longer; the features go into a logistic
regression (kg.extract.coreference) whose weights stand in data/models/coreference.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from kg.extract.name_parts import (
    is_legal_form,
    only_parts,
    provinces_of,
    region_names,
    split_name,
    split_region,
    strip_division_suffix,
)
from kg.extract.phrases import phrase
from kg.model import FIRM_TYPES

#: A surface form and its entity type.
Surface = tuple[str, str]

_PARENTHESIS = re.compile(r"[（(]([^（()）]{1,60})[)）]")
_BEFORE = 60  # characters before a parenthesis that may hold the name it shortens
_SLACK = 4


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in order."""
    rest = iter(long)
    return all(char in rest for char in short)


@lru_cache(maxsize=8)
def _parentheses(text: str) -> tuple[tuple[str, str], ...]:
    """(text before, text inside) of each parenthesis; memoised, since every pair of a document asks for it."""
    return tuple((text[max(0, m.start() - _BEFORE) : m.start()], m[1]) for m in _PARENTHESIS.finditer(text))


def defines(text: str, long: str, short: str) -> bool:
    """Whether the text says ``long（以下简称“short”）`` or the like, with at most three characters between."""
    return any(
        short in inside and long in before[-len(long) - _SLACK :] for before, inside in _parentheses(text)
    )


_SUBSIDIARY_REACH = 10


def is_subsidiary_of(text: str, long: str, short: str) -> bool:
    """Whether a company is first named as a subsidiary, behind a form that would else be short for it.

    In 甲生物宣布…旗下的甲生物医药（上海）有限公司 the two are parent and subsidiary: of 73 such pairs of the annotated
    pages 71 are. Where the text defines the short form itself, that counts.
    """
    if not long.endswith("公司") or short.endswith("公司"):
        return False
    first, at = text.find(short), text.find(long)
    introduced = phrase("introduces_subsidiary").search(text, max(0, at - _SUBSIDIARY_REACH), at) is not None
    return 0 <= first < at and introduced and not defines(text, long, short)


def is_in_group(long: str, short: str) -> bool:
    """Whether a name goes on behind the group's with more than a legal form: 甲集团 and 甲集团新城医疗公司 are two.

    So are all six such pairs of the annotated pages.
    """
    rest = long.removeprefix(short)
    return short.endswith("集团") and rest != long and not is_legal_form(rest)


#: Ends of bodies' names, short and in full.
_SPELLED_OUT = (("委", "委员会"), ("管委会", "管理委员会"), ("政府", "人民政府"))


def is_spelled_out(long: str, short: str) -> bool:
    """Whether one name is the other with its last word in full, as 甲省卫生健康委员会 is of 甲省卫生健康委.

    All 11 such pairs of the annotated pages are one body.
    """
    return any(short.endswith(a) and long == short.removesuffix(a) + b for a, b in _SPELLED_OUT)


def is_shortened(long: Surface, short: Surface) -> bool:
    """Whether one name is the other without region and words of trade: 安徽华元医药集团 and 华元集团 are one.

    So are 152 of 154 such pairs of the annotated pages.
    """
    brief, full = split_name(short[0]), split_name(long[0])
    bare = bool(brief.legal) and not brief.region and not brief.industry and brief != full
    same = len(brief.core) > 1 and (brief.core, brief.legal) == (full.core, full.legal)
    return bare and same and {long[1], short[1]} <= FIRM_TYPES


_PROJECT = "项目"
_BUILT = frozenset({"Park", "Project"})


def is_its_project(long: Surface, short: Surface) -> bool:
    """Whether one name is the other with 项目 behind it: 青禾药谷 and 青禾药谷项目 are one thing that is built.

    Of 15 such pairs of the annotated pages 13 are; an institute and its project are two.
    """
    return long[0] == short[0] + _PROJECT and {long[1], short[1]} <= _BUILT


def is_part_of_it(long: Surface, short: Surface) -> bool:
    """Whether one name is a park's with a phase or a quarter behind it: 青禾药谷 and 青禾药谷二期 are two parks."""
    rest = long[0].removeprefix(short[0])
    return long[1] == short[1] == "Park" and rest != long[0] and bool(phrase("phase").fullmatch(rest))


_UNIVERSITY, _UNIVERSITY_SHORT = "大学", "大"


def is_university(long: str, short: str) -> bool:
    """Whether 港科大 may stand for 香港科技大学: characters of a university's name, 大 for 大学.

    All 17 such pairs of the annotated pages are one university, but for 澳大 beside 澳门大学 and 澳门科技大学: of
    several the shortest is meant.
    """
    full = long.endswith(_UNIVERSITY) and short.endswith(_UNIVERSITY_SHORT) and len(short) > 1
    return full and is_subsequence(short, long)


#: 来自上海的巨翊: what may stand before a name and tell where it is from.
_FROM_REACH = 16


def is_from_elsewhere(text: str, long: str, short: str) -> bool:
    """Whether the short form is said to be from another province than the one that opens the long form.

    来自上海的巨翊科技 is no 长沙巨翊医疗科技有限公司, be the brand the same.
    """
    home = provinces_of(split_name(long).region)
    at = text.find(short) if home else -1
    while at >= 0:
        told = phrase("home_region").search(text, max(0, at - _FROM_REACH), at)
        origin = provinces_of(told["region"]) if told else frozenset()
        if origin and not origin & home:
            return True
        at = text.find(short, at + 1)
    return False


class _Form:
    """A surface form with what every comparison asks of it, worked out once."""

    def __init__(self, surface: Surface, text: str) -> None:
        name = surface[0]
        self.surface, self.name, self.type = surface, name, surface[1]
        self.characters, self.bigrams = frozenset(name), frozenset(pairwise(name))
        self.core = split_name(name).core
        self.opens = tuple(mark for mark in (f"{name}（", f"{name}(") if mark in text)
        self.defined_behind = tuple(before for before, inside in _parentheses(text) if name in inside)


def _is_candidate(short: _Form, long: _Form, text: str) -> bool:
    a, b = short.name, long.name
    if short.characters <= long.characters and is_subsequence(a, b):
        return True
    if (
        short.type != "Place"
        and len(short.core) > 1
        and (short.core == long.core or short.core in b or long.core in a)
    ):
        return True
    alike = short.type == long.type and short.type not in ("Person", "Place")
    if alike and len(short.bigrams & long.bigrams) > 1:
        return True
    if any(b in before[-len(b) - _SLACK :] for before in short.defined_behind):
        return True
    return any(mark + b in text for mark in short.opens)


def candidates(text: str, surfaces: Iterable[Surface]) -> Iterator[tuple[Surface, Surface]]:
    """Pairs (shorter, longer) worth scoring, in a fixed order."""
    ordered = [_Form(surface, text) for surface in sorted(set(surfaces), key=lambda s: (len(s[0]), s))]
    for index, short in enumerate(ordered):
        for long in ordered[index + 1 :]:
            if short.name != long.name and _is_candidate(short, long, text):
                yield short.surface, long.surface


def _containment(short: str, long: str) -> Iterator[str]:
    at = long.index(short)
    before, after = long[:at], long[at + len(short) :]
    yield (
        "at="
        + ("start" if not before else "")
        + ("end" if not after else "")
        + ("mid" if before and after else "")
    )
    if before:
        yield "before=" + (
            "region" if before in region_names() or split_region(before + "××")[1] == "××" else "other"
        )
    if after:
        yield "after=" + ("legal" if is_legal_form(after) else "parts" if only_parts(after) else "other")
        yield "after1=" + after[-1]
        yield "after2=" + after[-2:]
        yield f"afterlen={min(len(after), 6)}"


def _base_features(short: Surface, long: Surface, text: str, *, rivals: int) -> Iterator[str]:
    a, b = short[0], long[0]
    pa, pb = split_name(a), split_name(b)
    yield "kind=" + ("in" if a in b else "sub" if is_subsequence(a, b) else "no")
    yield "types=" + ("same" if short[1] == long[1] else f"{short[1]}/{long[1]}")
    yield "core=" + (
        "eq"
        if pa.core == pb.core
        else "start"
        if pb.core.startswith(pa.core)
        else "in"
        if pa.core in pb.core
        else "sub"
        if is_subsequence(pa.core, pb.core)
        else "no"
    )
    yield "industry=" + (
        "eq"
        if pa.industry == pb.industry
        else "start"
        if pb.industry.startswith(pa.industry)
        else "in"
        if pa.industry in pb.industry
        else "no"
    )
    if a in b:
        yield from _containment(a, b)
    yield f"first={a[0] == b[0]}"
    yield f"corefirst={pa.core[:1] == pb.core[:1]}"
    yield f"last={a[-1] == b[-1]}"
    yield f"last2={a[-2:] == b[-2:]}"
    short_region, long_region = strip_division_suffix(pa.region), strip_division_suffix(pb.region)
    clash = short_region and long_region and short_region not in pb.region and long_region not in pa.region
    yield f"regionclash={bool(clash)}"
    yield f"bothlegal={pa.legal.endswith('公司') and pb.legal.endswith('公司')}"
    yield f"len={min(len(a), 6)}"
    yield f"ratio={int(4 * len(a) / len(b))}"
    common = next(
        (i for i, (x, y) in enumerate(zip(pa.core, pb.core, strict=False)) if x != y),
        min(len(pa.core), len(pb.core)),
    )
    yield f"corestart={min(common, 4)}"
    if defines(text, b, a):
        yield "defined"
    if f"{a}（{b}" in text or f"{a}({b}" in text:
        yield "defines"
    yield f"rivals={min(rivals, 2)}"


def features(short: Surface, long: Surface, text: str, *, rivals: int) -> list[str]:
    """Feature names of a candidate pair; ``rivals`` counts other long forms that the short one could stand for."""
    kind = short[1] if short[1] == long[1] else "mixed"
    base = list(_base_features(short, long, text, rivals=rivals))
    return base + [f"{feature}|{kind}" for feature in base]
