"""Which pairs of seeds are worth comparing: those that share a block.

Blocks are names and declared aliases, canonical forms, stems and brands. Within a stem or brand only names of one
province, and names without a region, meet, and a block has a size beyond which it says nothing; so the number of
pairs grows with the number of names, not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

from kg.model import FIRM_TYPES
from kg.resolve.divisions import Divisions
from kg.resolve.profile import LOCAL_TYPES, Seed
from kg.resolve.seeds import SeedNode

#: Names that may share one form before the form is taken to say nothing.
_LARGEST = 60
Pair = tuple[Seed, Seed]


def pairs(seeds: Mapping[Seed, SeedNode], table: Divisions) -> Iterator[Pair]:
    """Pairs of seeds, each once, the lesser seed first; in an order that the seeds alone decide."""
    forms: dict[tuple[str, str, str], list[Seed]] = {}
    for seed, node in seeds.items():
        if node.type not in LOCAL_TYPES and node.division is None:
            for form in _forms(node):
                forms.setdefault(form, []).append(seed)
    found: set[Pair] = set()
    for (sort, _, _), block in forms.items():
        if len(block) < 2:
            continue
        if sort == "name":
            if len(block) <= _LARGEST:
                found.update(combinations(block, 2))
        else:
            found.update(_within(block, seeds, table))
    yield from sorted((min(pair), max(pair)) for pair in found)


def _forms(node: SeedNode) -> Iterator[tuple[str, str, str]]:
    family, parts = node.family, node.parts
    names = {*node.aliases, *node.codes}
    if not node.generic:
        names.add(node.name)
    if node.canonical:
        names.add(node.canonical)
    names.update(f"{node.name}@{region}" for region in node.implied)
    for name in names:
        yield "name", family, name
    if parts.distinctive and not node.generic:
        yield "stem", family, parts.stem
        if node.type in FIRM_TYPES and len(parts.brand) > 1:
            yield "brand", family, parts.brand


def _within(block: list[Seed], seeds: Mapping[Seed, SeedNode], table: Divisions) -> Iterator[Pair]:
    """Pairs of a stem or brand: names of one province with each other, and with those that name no region."""
    by_province: dict[str, list[Seed]] = {}
    for seed in block:
        region = seeds[seed].parts.region
        by_province.setdefault(table.chain(region)[-1] if region else "", []).append(seed)
    free = by_province.pop("", [])
    for group in (free, *by_province.values()):
        if len(group) <= _LARGEST:
            yield from combinations(group, 2)
    if len(free) <= _LARGEST:
        yield from _ordered(product(free, (seed for group in by_province.values() for seed in group)))


def _ordered(found: Iterable[Pair]) -> Iterator[Pair]:
    yield from ((min(pair), max(pair)) for pair in found)
