"""What one document says of each of its entities that can tell them from, or join them with, those of others.

A profile follows from one annotation alone, so it can be made in any process and kept. It holds the entity's seed:
the name under which it enters resolution, together with whatever is needed to tell it from its namesakes (the
division for 市政府 and 中心医院, the document for persons).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.model import ORGANISATION_TYPES, Annotation, Entity, EntityType
from kg.resolve.divisions import Divisions
from kg.resolve.names import is_generic, normalise
from kg.resolve.parts import NameParts, is_credit_code, plain, take_apart
from kg.resolve.regions import context_of, division_of

#: (type, normalised name, what tells it from its namesakes …).
Seed = tuple[str, ...]
#: Types whose namesakes are different things unless something else ties them together.
LOCAL_TYPES: frozenset[EntityType] = frozenset({"Person", "Event", "Project"})
_SITED = ORGANISATION_TYPES | {"Park"}
#: Whose names say where a document is at home.
_TELLING_HOME = _SITED | {"Place", "Event", "Policy", "Project"}
_PLACING = frozenset({"locatedIn", "partOf", "settledIn"})
_TYING = frozenset({"Person", "Product", "Project", "Park", "Investor", "Firm"})
_LEVEL_WORDS = ("自治区", "自治州", "省", "市", "州", "盟", "区", "县", "旗")
#: An event of a series, told by its number or year: 第七届中国国际进口博览会.
_NUMBERED = re.compile(r"^(?=.{8}).*(第[一二三四五六七八九十百\d]+[届次]|20\d\d)")
_HOME_SHARE = 0.6  # of what a document names lies in its home city
_HOME_VOTES = 2


class Profile(NamedTuple):
    """An entity as one document knows it.

    forms: its names as written. division: code of the division that a Place is. parts: of its name. region: code of
    the division that its name or the document's home gives it; implied: whether only the home does. generic: whether
    the name needs that region to be one thing. canonical: of the name, with that region. aliases: comparable forms
    other than the name, a generic one with the region that it is bound to. near: cities (or provinces) that the
    document ties it to. ties: names of persons, products, projects and hosts that relations and agreements tie it to.
    codes: unified social credit codes.
    """

    id: str
    type: EntityType
    name: str
    forms: tuple[str, ...]
    seed: Seed
    parts: NameParts
    division: str | None = None
    region: str | None = None
    implied: bool = False
    generic: bool = False
    canonical: str = ""
    aliases: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


def profiles(key: str, annotation: Annotation, table: Divisions) -> list[Profile]:
    """Profiles of a document's entities, in their order. ``key``: the document's."""
    return _Reader(key, annotation, table).profiles()


@dataclass(slots=True)
class _Reader:
    key: str
    annotation: Annotation
    table: Divisions
    context: frozenset[str] = frozenset()
    home: str | None = None

    def profiles(self) -> list[Profile]:
        self.context = context_of(self.annotation, self.table)
        entities = {entity.id: entity for entity in self.annotation.entities}
        divisions = {id_: division_of(entity, self.table, self.context) for id_, entity in entities.items()}
        parts = {
            id_: take_apart(entity.type, entity.name, self.table, context=self.context)
            if entity.type in _TELLING_HOME
            else plain(entity.name)
            for id_, entity in entities.items()
        }
        places = self._places(divisions)
        self.home = self._home(divisions, parts)
        ties = self._ties(entities)
        taken: set[Seed] = set()
        made = []
        for id_, entity in entities.items():
            profile = self._profile(
                entity, parts[id_], divisions[id_], places.get(id_, set()), ties.get(id_, set())
            )
            if profile.seed in taken and profile.division is None:
                profile = _told_apart(profile, self.key)
            taken.add(profile.seed)
            made.append(profile)
        return made

    def _profile(
        self, entity: Entity, parts: NameParts, division: str | None, placed: set[str], ties: set[str]
    ) -> Profile:
        name = normalise(entity.name)
        region, implied = parts.region, False
        if region is None and entity.type in _SITED:
            region = self._implied(entity.type, name, parts, placed)
            implied = region is not None
        generic = (
            is_generic(entity.type, name)
            or (entity.type in _SITED and not _tells(parts))
            or (entity.type == "Place" and division is None and self.table.is_ambiguous(name))
        )
        codes = frozenset(n.strip().upper() for n in entity.names if is_credit_code(n))
        cities = {self._city(code) for code in (*placed, *((region,) if region else ()))}
        near = cities | ({self._city(self.home)} if self.home and not cities else set())
        whereabouts = next(iter(near)) if len(near) == 1 else None
        aliases = set()
        for alias in entity.aliases:
            aliases |= self._alias(entity, alias, region or whereabouts)
        return Profile(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            forms=entity.names,
            seed=self._seed(entity, parts, division=division, region=region, generic=generic, codes=codes),
            parts=parts,
            division=division,
            region=region,
            implied=implied,
            generic=generic,
            canonical=self._canonical(parts, region) if implied or generic else parts.canonical,
            aliases=frozenset(aliases - {name}),
            near=frozenset(near),
            ties=frozenset(ties),
            codes=codes,
        )

    def _seed(
        self,
        entity: Entity,
        parts: NameParts,
        *,
        division: str | None,
        region: str | None,
        generic: bool,
        codes: frozenset[str],
    ) -> Seed:
        name = normalise(entity.name)
        if division is not None:
            return ("Place", "", division)
        if codes:  # the one thing that tells two firms of one name apart
            return (entity.type, name, *sorted(codes))
        if entity.type in LOCAL_TYPES and not (entity.type == "Event" and _NUMBERED.search(name)):
            return (entity.type, name, self.key)
        if generic:
            return (entity.type, name, region or self.key)
        if (
            entity.type != "Place"
            and parts.region is not None
            and self._depends_on_context(entity.name, parts.region)
        ):
            return (entity.type, name, parts.region)
        return (entity.type, name)

    def _depends_on_context(self, name: str, region: str) -> bool:
        """Whether the same name means another division elsewhere (鼓楼区政府)."""
        alone = self.table.leading_alone(name)
        if alone is not None:
            return alone != region
        return any(self.table.is_ambiguous(name[:length]) for length in range(2, min(8, len(name))))

    def _alias(self, entity: Entity, alias: str, region: str | None) -> set[str]:
        """Comparable forms of an alias; a generic one only bound to the entity's region (健康基地@442000)."""
        if is_credit_code(alias):
            return set()
        form = normalise(alias)
        if entity.type not in _SITED:
            return set() if is_generic(entity.type, form) else {form}
        parts = take_apart(entity.type, alias, self.table, context=self.context)
        if not is_generic(entity.type, form) and _tells(parts):
            return {form, parts.canonical}
        return {f"{form}@{region}"} if region is not None else set()

    def _implied(self, kind: EntityType, name: str, parts: NameParts, placed: set[str]) -> str | None:
        """The division that a name without a region means in this document: 市政府 in a page on 长沙."""
        if parts.distinctive and not is_generic(kind, name):
            return None
        home = next(iter(placed)) if len(placed) == 1 else self.home
        if home is None:
            return None
        if kind != "GovernmentBody":
            return self._city(home)
        for word in _LEVEL_WORDS:
            if parts.stem.startswith(word):
                fitting = [c for c in self.table.chain(home) if self.table.by_code[c].name.endswith(word)]
                return fitting[0] if len(fitting) == 1 else None  # 市 in 太仓市 of 苏州市 may be either
        return self._city(home)

    def _canonical(self, parts: NameParts, region: str | None) -> str:
        """The canonical form with the region that the document implies: 市药监局 is 长沙药监局 in Changsha."""
        stem = parts.stem
        for word in _LEVEL_WORDS:
            if stem.startswith(word):
                stem = stem[len(word) :]
                break
        return self.table.by_code[region].short + stem if region else ""

    def _city(self, code: str) -> str:
        return self.table.at_level(code, "city") or code

    def _places(self, divisions: Mapping[str, str | None]) -> dict[str, set[str]]:
        """Divisions that each entity lies in by this document's relations, directly or through what it lies in."""
        inside: dict[str, set[str]] = {}
        for relation in self.annotation.relations:
            if relation.type in _PLACING:
                inside.setdefault(relation.subject, set()).add(relation.object)
        found: dict[str, set[str]] = {}
        for id_ in inside:
            seen: set[str] = set()
            waiting = [id_]
            while waiting:
                for host in inside.get(waiting.pop(), ()):
                    if host not in seen:
                        seen.add(host)
                        waiting.append(host)
            codes = {code for host in seen if (code := divisions.get(host)) is not None}
            found[id_] = {c for c in codes if not any(c != d and self.table.within(d, c) for d in codes)}
        return found

    def _home(self, divisions: Mapping[str, str | None], parts: Mapping[str, NameParts]) -> str | None:
        """The division that most of the document is about: the deepest that holds what lies in the leading city."""
        votes: Counter[str] = Counter()
        exact: Counter[str] = Counter()
        for id_, code in divisions.items():
            region = code or parts[id_].region
            if region is not None and self.table.at_level(region, "city") is not None:
                votes[self._city(region)] += 2 if code else 1
                exact[region] += 1
        if not votes:
            return None
        city, number = min(votes.items(), key=lambda item: (-item[1], item[0]))
        if number < _HOME_VOTES or number < _HOME_SHARE * sum(votes.values()):
            return None
        counties = {code for code in exact if code != city and self.table.within(code, city)}
        return counties.pop() if len(counties) == 1 else city

    def _ties(self, entities: Mapping[str, Entity]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for relation in self.annotation.relations:
            for one, other in ((relation.subject, relation.object), (relation.object, relation.subject)):
                if one in entities and (entity := entities.get(other)) and entity.type in _TYING:
                    found.setdefault(one, set()).add(normalise(entity.name))
        for agreement in self.annotation.agreements:
            for one in agreement.parties:
                for other in agreement.parties:
                    if one != other and (entity := entities.get(other)) and entity.type in _TYING:
                        found.setdefault(one, set()).add(normalise(entity.name))
        return found


def _tells(parts: NameParts) -> bool:
    """Whether a name tells one thing from another by itself: a distinctive stem, or a kind with its region."""
    return parts.distinctive or parts.region is not None


def _told_apart(profile: Profile, key: str) -> Profile:
    """A second entity of the same document with the same seed gets one of its own."""
    return profile._replace(seed=(*profile.seed, key, profile.id))
