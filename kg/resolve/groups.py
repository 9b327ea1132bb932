"""Firms of one brand that are not one firm: they may belong to one group.

长沙巨翊医疗科技有限公司 and 上海巨翊科技 are two legal persons, but hardly strangers. Each firm of a brand is linked
with the brand's head (the one that calls itself 集团, else the one without a region, else the most often named), not
every one with every other, so that a chain of two hundred clinics makes two hundred links.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import FIRM_TYPES
from kg.resolve.cluster import Clusters
from kg.resolve.parts import is_short_for, is_telling
from kg.resolve.profile import Seed
from kg.resolve.seeds import SeedNode
from kg.resolve.types import GroupLink

#: Brands with more firms than this are words that many choose (华美, 康源) unless the firms share an industry.
_MOST = 12
_SHORT_BRAND, _LONG_BRAND = 0.45, 0.7
_SAME_INDUSTRY, _TIED = 0.15, 0.1


def group_links(
    clusters: Clusters, seeds: Mapping[Seed, SeedNode], iri_of: Mapping[Seed, str]
) -> tuple[GroupLink, ...]:
    """Links between firms that bear one brand, sorted. iri_of: the entity of each seed."""
    brands: dict[str, dict[Seed, list[SeedNode]]] = {}
    for cluster in clusters:
        for seed in sorted(cluster.seeds):
            node = seeds[seed]
            parts = node.parts
            if node.type in FIRM_TYPES and parts.distinctive and is_telling(parts.brand):
                brands.setdefault(parts.brand, {}).setdefault(clusters.root(seed), []).append(node)
    links = []
    for brand, firms in sorted(brands.items()):
        if len(firms) < 2:
            continue
        head = max(firms, key=lambda root: (_headship(firms[root]), root))
        for root in sorted(firms):
            if root == head:
                continue
            confidence = _confidence(brand, firms[head], firms[root], len(firms))
            if confidence is not None:
                one, other = sorted((iri_of[head], iri_of[root]))
                links.append(GroupLink(one, other, brand, confidence))
    return tuple(sorted(links, key=lambda link: (link.one, link.other)))


def _headship(nodes: list[SeedNode]) -> tuple[bool, bool, int]:
    group = any(node.parts.group for node in nodes)
    return group, all(node.parts.region is None for node in nodes), sum(len(node.members) for node in nodes)


def _confidence(brand: str, head: list[SeedNode], firm: list[SeedNode], firms: int) -> float | None:
    industries = [(a.parts.industry, b.parts.industry) for a in head for b in firm]
    alike = any(is_short_for(a, b) or is_short_for(b, a) for a, b in industries)
    if firms > _MOST and not alike:
        return None
    confidence = _LONG_BRAND if len(brand) > 2 else _SHORT_BRAND
    if alike:
        confidence += _SAME_INDUSTRY
    if any(a.ties & b.ties for a in head for b in firm):
        confidence += _TIED
    return round(confidence, 2)
