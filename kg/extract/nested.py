"""Places inside names: 重庆市铜梁区 is 铜梁区 in 重庆市; 盐田区大百汇园 beside 大百汇园 says where the park lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from kg.extract.name_parts import region_names
from kg.extract.phrases import phrase
from kg.extract.spans import touches
from kg.extract.tagger import TaggedSpan

_LONGEST = 12
_DIVISIONS = "市区县镇乡州旗"
_NOT_BELOW = ("自治区", "新区")
_OPTIONAL = ("市", "省")
_PREFECTURE = "州"
_QUARTERS = frozenset({"东区", "西区", "南区", "北区"})


def split_places(form: str) -> list[str]:
    """Division names that a form is made of, or nothing if it is not made of two or more.

    Behind a division that is named in full (孝昌县, not 孝昌) or has the shape of one, a town or village of any name is
    a part as well: of 987 such forms of the annotated pages 910 have the last part as a name.
    """
    return [] if form in region_names() else _divided(form, "", set())


def _divided(rest: str, before: str, dead: set[tuple[str, str]]) -> list[str]:
    """A form taken apart into divisions behind another, the likeliest way; nothing if it cannot be.

    dead: what could not be taken apart so far, so that no hostile form takes long.
    """
    if (rest, before) in dead:
        return []
    for part in (*_known_divisions(rest), *_divisions_by_shape(rest, before)):
        left = rest[len(part) :]
        # 攀枝花市东区 is a district, 某某市东区 what else lies there
        if part in _QUARTERS and before not in region_names():
            continue
        if not left and before:
            return [part]
        if left and (parts := _divided(left, part, dead)):
            return [part, *parts]
    dead.add((rest, before))
    return []


def _known_divisions(form: str) -> Iterator[str]:
    """Names of divisions that open a form, the longest first; what is left is empty or may be another."""
    for length in range(min(_LONGEST, len(form)), 1, -1):
        if form[:length] in region_names():
            left = len(form) - length
            # 中国 before a place is no juxtaposition, and the last part must be a division in full or short form
            if left != 1:
                yield form[:length]
            if left > 2 and form[length] == _PREFECTURE:  # 玉树州 for 玉树藏族自治州
                yield form[: length + 1]


def _divisions_by_shape(form: str, before: str) -> Iterator[str]:
    """What looks like a division at the head of a form, where nothing stands before or a division named in full."""
    if before and before[-1] not in _DIVISIONS:
        return
    shape = phrase("division_below") if before else phrase("division_above")
    match = shape.match(form)
    if match:
        yield match[0]


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
