"""Places inside names: 重庆市铜梁区 is 铜梁区 in 重庆市; 盐田区大百汇园 beside 大百汇园 says where the park lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from kg.extract.name_parts import region_names
from kg.extract.spans import touches
from kg.extract.tagger import TaggedSpan

_LONGEST = 12
_DIVISIONS = "市区县镇乡州旗"
_NOT_BELOW = ("自治区", "新区")
_OPTIONAL = ("市", "省")


def split_places(form: str) -> list[str]:
    """Division names that a form is made of, or nothing if it is not made of two or more."""
    parts: list[str] = []
    rest = form
    while rest:
        for length in range(min(_LONGEST, len(rest)), 1, -1):
            # 中国 before a place is no juxtaposition, and the last part must be a division in full or short form
            if rest[:length] in region_names() and (length == len(rest) or len(rest) - length > 1):
                parts.append(rest[:length])
                rest = rest[length:]
                break
        else:
            return []
    return parts if len(parts) > 1 else []


def with_nested_places(text: str, spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    """Composite places as their parts, one span each."""
    result: list[TaggedSpan] = []
    for span in spans:
        parts = split_places(text[span.start : span.end]) if span.type == "Place" else []
        at = span.start
        for part in parts:
            result.append(TaggedSpan(at, at + len(part), "Place", span.score))
            at += len(part)
        if not parts:
            result.append(span)
    return result


def juxtaposed_places(
    text: str, places: Mapping[int, Sequence[str]], *, blocked: Sequence[tuple[int, int]] = ()
) -> dict[tuple[int, int], tuple[int, int]]:
    """{(inner, outer) places that stand side by side, by themselves or in a longer name: where they first do}.

    places: entity → its names. The inner one must show that it is a division (武侯区) below a province.
    """
    inner: dict[str, list[int]] = {}
    for entity, forms in places.items():
        for name in forms:
            if len(name) > 1 and name[-1] in _DIVISIONS and not name.endswith(_NOT_BELOW):
                inner.setdefault(name, []).append(entity)
    lengths = sorted({len(name) for name in inner})
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for outer, name in (
        (entity, name) for entity, forms in places.items() for name in forms if len(name) > 1
    ):
        for match in re.finditer(f"(?={re.escape(name)})", text):
            end = match.start() + len(name)
            # 成都 is 成都市 before 武侯区
            begins = (end, end + 1) if text[end : end + 1] in _OPTIONAL else (end,)
            for begin, length in product(begins, lengths):
                span = match.start(), begin + length
                for entity in inner.get(text[begin : begin + length], ()):
                    if entity != outer and not touches(*span, blocked):
                        found[entity, outer] = min(span, found.get((entity, outer), span))
    return found
