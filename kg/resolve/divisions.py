"""Administrative divisions: names and short forms looked up, in the light of what else a document names.

The table is data/regions.tsv. 长沙 and 长沙市 are one division; 朝阳 is a city and two districts, and only
the other places of a document say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from kg import resources

Level = Literal["country", "province", "city", "county"]
_RANK: Mapping[str, int] = {"country": 0, "province": 0, "city": 1, "county": 2}
_BRACKETS = re.compile(r"[（(]([^（()）]{2,12})[)）]")
_LONGEST = 15
_REMEMBERED = 1 << 17


@dataclass(frozen=True, slots=True)
class Division:
    """One row of data/regions.tsv; ``parent`` is a code, or empty at the top."""

    code: str
    level: Level
    name: str
    short: str
    parent: str
    former: tuple[str, ...] = ()


class Divisions:
    """Looks names of divisions up; everything it gives is a code of the table."""

    def __init__(self, rows: Iterable[Division], *, not_regions: Iterable[str] = ()) -> None:
        self.by_code: dict[str, Division] = {row.code: row for row in rows}
        self._not_regions = re.compile("|".join(not_regions) or r"(?!)")
        self._with_cities = {row.parent for row in self.by_code.values() if row.level == "city"}
        self._full: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        for row in self.by_code.values():
            for name in (row.name, *row.former):
                self._full.setdefault(name, []).append(row.code)
            for suffix in ("州", "县", "旗"):  # 恩施土家族苗族自治州 is 恩施州
                if row.name.endswith("自治" + suffix):
                    self._full.setdefault(row.short + suffix, []).append(row.code)
            if row.short != row.name:
                self._short.setdefault(row.short, []).append(row.code)

        self._contextual = frozenset(
            name
            for names in (self._full, self._short)
            for name, codes in names.items()
            if len(codes) > 1 or (names is self._short and self.by_code[codes[0]].level == "county")
        )
        self._alone = lru_cache(maxsize=_REMEMBERED)(self.leading)

    def leading_alone(self, name: str) -> str | None:
        """``leading`` without context, remembered."""
        return self._alone(name)

    def needs_context(self, name: str) -> bool:
        """Whether what a name begins with, or carries in brackets, may mean one division or another."""
        if _BRACKETS.search(name) is not None:
            return True
        return any(name[:length] in self._contextual for length in range(2, min(_LONGEST, len(name)) + 1))

    def chain(self, code: str) -> tuple[str, ...]:
        """The division's code and its parents', the smallest first."""
        found = [code]
        while parent := self.by_code[found[-1]].parent:
            found.append(parent)
        return tuple(found)

    def within(self, code: str, other: str) -> bool:
        """Whether the division is the other one or lies inside it."""
        return other in self.chain(code)

    def at_level(self, code: str, level: Level) -> str | None:
        """The division itself or the parent at a level.

        A municipality stands for its city, and so does a county that hangs directly below a province
        (仙桃市).
        """
        chain = self.chain(code)
        for found in chain:
            if self.by_code[found].level == level:
                return found
        if level != "city":
            return None
        top = chain[-1]
        if top not in self._with_cities:  # a municipality, a special region, a country
            return top
        return code if self.by_code[code].level == "county" else None

    def lookup(self, name: str, *, context: Iterable[str] = ()) -> str | None:
        """Code of the division of that name, full or short; None where it is no division or stays ambiguous.

        Juxtaposed names count (厦门市海沧区). ``context`` are codes that the document names; a candidate
        inside or above one of them wins. Without context the higher level wins (长沙 is the city, not the
        county), and two candidates of one level stay undecided.
        """
        near = frozenset(context)
        whole = self._choose(self._full.get(name, []), near) or self._choose(self._short.get(name, []), near)
        if whole or len(name) < 4:
            return whole
        head = self._longest(name, near, minimum=2, rest=True)
        if head is None:
            return None
        code, length = head
        tail = self.lookup(name[length:], context=(code,))
        return tail if tail is not None and self.within(tail, code) else None

    def is_ambiguous(self, name: str) -> bool:
        """Whether several divisions bear the name and nothing but context tells which is meant."""
        return (name in self._full or name in self._short) and self.lookup(name) is None

    def leading(self, name: str, *, context: Iterable[str] = ()) -> str | None:
        """Code of the division that a name begins with or carries in brackets (上海巨翊科技,
        基石药业（苏州）).

        A county counts by its full name (雨花区政府), or by its short form where the context fixes it
        (雨花经开区 beside 长沙). data/region_exceptions.tsv lists names that only look as if (中山大学).
        """
        if self._not_regions.match(name):
            return None
        for inside in _BRACKETS.findall(name):
            if (code := self.lookup(inside, context=context)) is not None:
                return code
        found = self.head(name, context=context)
        return found[0] if found else None

    def head(self, name: str, *, context: Iterable[str] = ()) -> tuple[str, int] | None:
        """The division that a name begins with and the number of characters that name it (湖南长沙… is 430100,
        4); None where it begins with none. The conditions are those of ``leading``.
        """
        if self._not_regions.match(name):
            return None
        near = frozenset(context)
        found = self._longest(name, near, minimum=2, rest=False)
        while found is not None:
            code, length = found
            deeper = self._longest(name[length:], frozenset((code,)), minimum=2, rest=False)
            if deeper is None or deeper[0] == code or not self.within(deeper[0], code):
                break
            found = deeper[0], length + deeper[1]
        return found

    def _longest(
        self, name: str, near: frozenset[str], *, minimum: int, rest: bool
    ) -> tuple[str, int] | None:
        """The longest division name that begins ``name``: (code, length); ``rest``: something must follow it."""
        for length in range(min(_LONGEST, len(name) - rest), minimum - 1, -1):
            head = name[:length]
            code = self._choose(self._full.get(head, []), near)
            if code is None and head in self._full:
                return None  # 朝阳区 of one of two cities is not 朝阳市 with something after it
            if code is None and head in self._short:
                code = self._choose(self._short[head], near)
                if (
                    code is not None
                    and self.by_code[code].level == "county"
                    and not self._touches(code, near)
                ):
                    code = None
            if code is not None:
                return code, length
        return None

    def _touches(self, code: str, near: frozenset[str]) -> bool:
        chain = self.chain(code)
        return any(c in near for c in chain) or any(code in self.chain(other) for other in near)

    def _choose(self, codes: list[str], near: frozenset[str]) -> str | None:
        if len(codes) < 2:
            return codes[0] if codes else None
        close = [c for c in codes if self._touches(c, near)]
        pool = close or codes
        top = min(_RANK[self.by_code[c].level] for c in pool)
        best = [c for c in pool if _RANK[self.by_code[c].level] == top]
        return best[0] if len(best) == 1 else None


@cache
def divisions() -> Divisions:
    """The table of data/regions.tsv, read once."""
    rows = []
    for row in resources.read_tsv(resources.data("regions.tsv")):
        level = row["level"]
        if level not in ("country", "province", "city", "county"):
            raise ValueError(f"data/regions.tsv: {row['code']}: unknown level {level!r}")
        former = tuple(name for name in row["former"].split("|") if name)
        rows.append(
            Division(row["code"], cast(Level, level), row["name"], row["short"], row["parent"], former)
        )
    exceptions = [row["pattern"] for row in resources.read_tsv(resources.data("region_exceptions.tsv"))]
    return Divisions(rows, not_regions=exceptions)
