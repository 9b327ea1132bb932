"""How much speaks for two names being one thing: a sum of weights, turned into a score of 0 to 1.

A log-linear score in the manner of Fellegi and Sunter (1969): the prior odds and the weight of every piece of
evidence are added (data/match_weights.tsv), and the logistic function makes odds a score. What cannot be one thing
(``conflict``) is never scored.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg import resources
from kg.errors import KgError
from kg.model import FIRM_TYPES
from kg.resolve.divisions import Divisions
from kg.resolve.parts import NameParts, is_short_for
from kg.resolve.seeds import SeedNode

_RARE = 6  # seeds that a tie may have to count in full
_DOUBTED = -0.1  # the most that is left of the odds of an ambiguous match
_MOST_FROM_TIES = 2.0


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of data/match_weights.tsv."""

    value: float
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Match:
    """What speaks for two seeds being one. declared: whether a document says so."""

    odds: float
    reasons: tuple[str, ...]
    declared: bool = False

    @property
    def score(self) -> float:
        """0 to 1; 0.5 at even odds."""
        return 1 / (1 + math.exp(-self.odds))

    def doubted(self) -> Match:
        """The same where another name fits as well: never enough to join."""
        odds = min(self.odds + weights()["ambiguous"].value, _DOUBTED)
        return Match(odds, (*self.reasons, "ambiguous"), self.declared)


@cache
def weights() -> Mapping[str, Weight]:
    """Weights by feature; raises KgError where the table holds no number."""
    found = {}
    for row in resources.read_tsv(resources.data("match_weights.tsv")):
        try:
            found[row["feature"]] = Weight(float(row["weight"]), row["zh"], row["en"])
        except ValueError as err:
            raise KgError(
                f"data/match_weights.tsv: {row['feature']}: {row['weight']!r} is no number"
            ) from err
    return found


def match(one: SeedNode, other: SeedNode, table: Divisions, ties: Mapping[str, int]) -> Match | None:
    """The evidence for two seeds of one family; None where their names do not even resemble each other.

    ``ties``: how many seeds each tie (a name in SeedNode.ties) belongs to.
    """
    reasons = ["prior", *_names(one, other, table)]
    if len(reasons) == 1:
        return None
    declared = reasons[1].startswith("declared")
    if one.type != other.type:
        reasons.append("types")
    reasons += _places(one, other, table)
    odds = sum(weights()[reason].value for reason in reasons)
    if shared := one.ties & other.ties:
        share = sum(1.0 if ties[tie] <= _RARE else 0.3 for tie in shared)
        odds += min(_MOST_FROM_TIES, share * weights()["tie"].value)
        reasons.append("tie")
    return Match(odds, tuple(reasons), declared)


def _names(one: SeedNode, other: SeedNode, table: Divisions) -> list[str]:
    """The strongest resemblance of two names, and what qualifies it."""
    if one.codes & other.codes:
        return ["credit_code"]
    called = _called(one) & other.aliases or _called(other) & one.aliases
    if called:
        return ["declared_short" if max(map(_length, called)) < 3 else "declared"]
    if (one.name == other.name and not one.generic) or (
        one.canonical
        and one.canonical == other.canonical
        and one.parts.industry == other.parts.industry
        and _one_region(one, other)
    ):
        if one.parts.group != other.parts.group:
            return ["group"]
        if one.implied != other.implied and not (one.regions and other.regions):
            return ["canonical_implied"]
        return ["canonical"]
    found = _resemblance(one, other, table)
    if shared := one.aliases & other.aliases:
        sharing = "shared_alias_short" if max(map(_length, shared)) < 3 else "shared_alias"
        found = [*found, sharing]
    return found


def _one_region(one: SeedNode, other: SeedNode) -> bool:
    """Whether stated and implied regions agree: 长沙政府 may be of the city, or of 长沙县."""
    here, there = one.regions | one.implied, other.regions | other.implied
    return not here or not there or not here.isdisjoint(there)


def _called(node: SeedNode) -> set[str]:
    """The name as another's alias would have it; a generic one bound to its region."""
    found = {f"{node.name}@{region}" for region in node.implied}
    if not node.generic:
        found |= {node.name} if node.type in FIRM_TYPES else {node.name, node.canonical}
    return found


def _length(form: str) -> int:
    return len(form.partition("@")[0])


def _resemblance(one: SeedNode, other: SeedNode, table: Divisions) -> list[str]:
    a, b = one.parts, other.parts
    if not (a.distinctive and b.distinctive) or one.generic or other.generic:
        return []
    regions = (a.region, b.region)
    one_sided = None in regions and regions != (None, None)
    if one.type not in FIRM_TYPES and other.type not in FIRM_TYPES:
        nested = (
            a.region and b.region and (table.within(a.region, b.region) or table.within(b.region, a.region))
        )
        return ["without_region"] if a.stem == b.stem and (one_sided or nested) else []
    if not one_sided and a.region != b.region:
        return []
    if a.stem == b.stem:
        found = ["without_region"] if one_sided else []
        if a.group != b.group:
            found.append("group") if not found else None
    elif a.brand == b.brand:
        short, long = sorted((a, b), key=lambda parts: len(parts.stem))
        if short.legal or short.industry == long.industry or not is_short_for(short.industry, long.industry):
            return []
        if len(a.brand) > 2:
            found = ["short_form_long"]
        else:
            found = ["short_form" if short.industry or short.region else "short_form_bare"]
    else:
        return []
    return found + _form(a, b) if found or _form(a, b) else ["canonical"]


def _form(a: NameParts, b: NameParts) -> list[str]:
    """What group, legal form and region of the longer name say of the shorter one without."""
    if bool(a.legal) == bool(b.legal) and (a.legal or a.group == b.group):
        return []
    short, long = sorted((a, b), key=lambda parts: (bool(parts.legal), parts.group))
    found = []
    if long.bracketed and short.region is None and long.legal != "stock":
        found.append("branch")
    elif long.group and len(long.brand) > 2 and not short.industry:
        found.append("short_for_group")
    if short.region is not None and long.region is None:
        found.append("branch")
    elif long.legal == "stock":
        found.append("listed")
    elif long.legal == "limited" and long.region is not None and short.region is None:
        found.append("local_company")
    return found


def _places(one: SeedNode, other: SeedNode, table: Divisions) -> list[str]:
    """Whether the documents of a name without a region speak of the region of the other."""
    if one.regions and other.regions:
        return []
    here, there = one.near | one.regions, other.near | other.regions
    if not here or not there:
        return []
    cities = {table.at_level(c, "city") or c for c in here}, {table.at_level(c, "city") or c for c in there}
    if cities[0] & cities[1]:
        return ["same_city"]
    provinces = {table.chain(c)[-1] for c in here}, {table.chain(c)[-1] for c in there}
    return ["same_province"] if provinces[0] & provinces[1] else ["elsewhere"]
