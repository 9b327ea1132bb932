"""Augmentation by swapping names: a page teaches the shape of its sentences, not the names that stand in it.

Persons take another person's name; organisations, parks and products keep their region, industry and legal form
and take another's brand; places take another place of the same level. (Dai and Adel, 2020, "mention replacement".)
Half of the persons and brands that come in are made of the beginning of one and the end of another, so that the pool
never runs out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.name_parts import split_name

_SWAP = 0.5  # chance that a mention takes another name, in a line that is swapped
_BLEND = 0.5  # chance that a new name is made of two
_LEVELS = "省市区县镇乡州旗盟街道"
_BRANDED = frozenset({"Firm", "Investor", "Park", "ResearchInstitution", "MedicalInstitution", "Product"})

#: (type, level) → names, or (type, "brand") → brands.
Pool = Mapping[tuple[str, str], Sequence[str]]


def name_pool(names: Iterable[tuple[str, str]]) -> Pool:
    """Names to swap in, from (form, type) of all training pages."""
    pool: dict[tuple[str, str], list[str]] = defaultdict(list)
    for form, kind in sorted(set(names)):
        if kind == "Person":
            pool[kind, ""].append(form)
        elif kind == "Place":
            pool[kind, _level(form)].append(form)
        elif kind in _BRANDED and len(split_name(form).core) > 1:
            pool[kind, "brand"].append(split_name(form).core)
    return pool


def _level(place: str) -> str:
    return place[-1] if place[-1] in _LEVELS else ""


def swapped(
    text: str, mentions: Sequence[tuple[int, int, str]], pool: Pool, rng: random.Random
) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with some names exchanged, and where the mentions (start, end, type; sorted) stand then.

    One form is exchanged for one and the same name wherever it stands.
    """
    chosen: dict[tuple[str, str], str] = {}
    pieces: list[str] = []
    moved: list[tuple[int, int, str]] = []
    at = length = 0
    for start, end, kind in mentions:
        form = text[start:end]
        if (form, kind) not in chosen:
            chosen[form, kind] = _other(form, kind, pool, rng) if rng.random() < _SWAP else form
        name = chosen[form, kind]
        pieces += [text[at:start], name]
        length += start - at
        moved.append((length, length + len(name), kind))
        length += len(name)
        at = end
    return "".join([*pieces, text[at:]]), moved


def _other(form: str, kind: str, pool: Pool, rng: random.Random) -> str:
    if kind == "Place":
        names = pool.get((kind, _level(form)), ())
        return rng.choice(names) if names else form
    if kind == "Person":
        return _blended(pool.get((kind, ""), (form,)), rng)
    brands = pool.get((kind, "brand"), ())
    core = split_name(form).core if kind in _BRANDED else ""
    if len(core) > 1 and brands:
        return form.replace(core, _blended(brands, rng), 1)
    return form


def _blended(names: Sequence[str], rng: random.Random) -> str:
    name = rng.choice(names)
    if rng.random() < _BLEND:
        other = rng.choice(names)
        name = name[: (len(name) + 1) // 2] + other[(len(other) + 1) // 2 :]
    return name
