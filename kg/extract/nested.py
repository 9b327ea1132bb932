"""Places inside names: 重庆市铜梁区 is 铜梁区 in 重庆市; 盐田区大百汇园 beside 大百汇园 says where the park lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.extract.name_parts import region_names
from kg.extract.tagger import TaggedSpan

_LONGEST = 12


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
    text: str, mentions: Sequence[tuple[int, int, int]]
) -> dict[tuple[int, int], tuple[int, int]]:
    """{(inner, outer) entities of places that stand side by side: their span}.

    mentions: (start, end, entity) of places.
    """
    ordered = sorted(mentions)
    return {
        (inner[2], outer[2]): (outer[0], inner[1])
        for outer, inner in pairwise(ordered)
        if outer[1] == inner[0] and outer[2] != inner[2] and "\n" not in text[outer[0] : inner[1]]
    }
