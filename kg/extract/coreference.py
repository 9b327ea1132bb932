"""Within-document coreference of names: which surface forms are one entity.

Pairs of forms are scored by a logistic regression over kg.extract.alias_features (trained by
kg.training.coreference); forms are joined greedily, best pair first, unless that would join two registered
names or two forms that the model keeps clearly apart.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg import resources
from kg.extract.alias_features import (
    Surface,
    candidates,
    features,
    is_from_elsewhere,
    is_in_group,
    is_its_project,
    is_part_of_it,
    is_shortened,
    is_spelled_out,
    is_subsidiary_of,
    is_university,
)
from kg.extract.name_parts import split_name

_JOIN = 0.5
_KEEP_APART = 0.08
_SHORTEST_REGISTERED = 6


@cache
def _weights() -> Mapping[str, float]:
    rows = resources.read_tsv(resources.data("models", "coreference.tsv"))
    return {row["feature"]: float(row["weight"]) for row in rows}


def same_entity_probability(short: Surface, long: Surface, text: str, *, rivals: int = 0) -> float:
    """Probability that two surface forms of one document name one entity."""
    weights = _weights()
    score = weights["(bias)"] + sum(weights.get(f, 0.0) for f in features(short, long, text, rivals=rivals))
    return 1 / (1 + math.exp(-score))


def score_pairs(text: str, surfaces: Iterable[Surface]) -> dict[tuple[Surface, Surface], float]:
    """Probability for each candidate pair (shorter, longer) of the document.

    Pairs of two registered names are left out: they are never joined, and a member list has a great many.
    """
    pairs = list(candidates(text, surfaces))
    rivals = Counter(short for short, long in pairs if short[1] == long[1])
    universities: dict[str, set[str]] = defaultdict(set)
    for (short, _), (long, _) in pairs:
        if is_university(long, short):
            universities[short].add(long)
    closest = {short: _shortest(longs) for short, longs in universities.items()}
    return {
        (short, long): _score(
            short, long, text, rivals=max(0, rivals[short] - 1), university=closest.get(short[0])
        )
        for short, long in pairs
        if not (_is_registered(short[0]) and _is_registered(long[0]))
    }


def _shortest(names: Iterable[str]) -> str | None:
    """The shortest name, if there is one that is shorter than all others."""
    first, *others = sorted(names, key=len)
    return None if others and len(others[0]) == len(first) else first


def _score(short: Surface, long: Surface, text: str, *, rivals: int, university: str | None) -> float:
    """The probability, or what the names themselves settle.

    university: the one that the short form stands for, if it stands for one.
    """
    names = long[0], short[0]
    if university and is_university(*names):
        return float(long[0] == university)
    if is_subsidiary_of(text, *names) or is_from_elsewhere(text, *names) or is_in_group(*names):
        return 0.0
    if is_part_of_it(long, short):
        return 0.0
    if is_spelled_out(*names) or is_its_project(long, short) or (not rivals and is_shortened(long, short)):
        return 1.0
    return same_entity_probability(short, long, text, rivals=rivals)


def cluster(text: str, surfaces: Sequence[Surface]) -> list[list[Surface]]:
    """Partition the surface forms of one document into entities, in order of first appearance."""
    forms = list(dict.fromkeys(surfaces))
    scores = score_pairs(text, forms)
    group = {form: index for index, form in enumerate(forms)}
    members: dict[int, list[Surface]] = {index: [form] for index, form in enumerate(forms)}
    for (short, long), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score < _JOIN:
            break
        left, right = group[short], group[long]
        if left == right or _conflict(members[left], members[right], scores):
            continue
        keep, gone = min(left, right), max(left, right)
        members[keep] += members.pop(gone)
        for form in members[keep]:
            group[form] = keep
    return [members[index] for index in sorted(members)]


def _conflict(
    left: list[Surface], right: list[Surface], scores: Mapping[tuple[Surface, Surface], float]
) -> bool:
    if len(_registered(left) | _registered(right)) > 1:
        return True
    for a in left:
        for b in right:
            pair = (a, b) if (len(a[0]), a[0]) < (len(b[0]), b[0]) else (b, a)
            if scores.get(pair, 1.0) < _KEEP_APART:
                return True
    return False


def _registered(forms: list[Surface]) -> set[str]:
    """Registered company names: two different ones are two legal persons."""
    return {name for name, _ in forms if _is_registered(name)}


def _is_registered(name: str) -> bool:
    return len(name) > _SHORTEST_REGISTERED and split_name(name).legal.endswith("公司")


def entity_type(forms: list[Surface], counts: Mapping[Surface, int]) -> str:
    """Type of a joined entity: the one that most mentions have, longer names first where that ties."""
    votes: dict[str, float] = defaultdict(float)
    for form in forms:
        votes[form[1]] += counts.get(form, 1) * (1 + 0.2 * len(form[0]))
    return max(sorted(votes), key=lambda kind: votes[kind])
