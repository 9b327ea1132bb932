"""Annotated pages as examples of the pair scorer: candidates with their gold labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.evaluation.align import align
from kg.evaluation.score import same_figure
from kg.extract.candidates import Candidates, find_candidates
from kg.extract.dates import DateMention
from kg.extract.entities import entity_mentions, group_mentions
from kg.extract.figure_cues import cue_before, cue_behind
from kg.extract.labels import LABEL_INDEX, LABELS, kind_of_property
from kg.extract.measures import Measure
from kg.extract.names import find_names
from kg.extract.nested_firms import nested_firms
from kg.extract.pair_scorer import mention_tags
from kg.extract.structure import Mention
from kg.extract.tagger import Tagger
from kg.model import AGREEMENT_STATUSES, AGREEMENT_TYPES, Annotation, Entity, Quantity
from kg.training.corpus import Example, gold_mentions


@dataclass(frozen=True, slots=True)
class PairExample:
    """One document: candidates, gold labels [entity pairs, labels], and (entity pair, type, status) of agreements.

    missing counts gold facts that no candidate stands for, by label.
    """

    name: str
    text: str
    tags: npt.NDArray[np.int64]
    candidates: Candidates
    gold: npt.NDArray[np.float32]
    agreements: tuple[tuple[int, int, int], ...]
    missing: dict[str, int]


def pair_example(
    example: Example,
    *,
    mentions: Sequence[Mention] | None = None,
    owner: dict[str, int] | None = None,
    types: Sequence[str] | None = None,
) -> PairExample:
    """Label the candidates of a page.

    With gold mentions by default; else with predicted ``mentions`` of entities of ``types``, where ``owner``
    maps gold entity ids to predicted entity indices.
    """
    text, gold = example.document.text, example.gold
    if mentions is None:
        found = gold_mentions(text, gold, blocked=example.document.blocked)
        owner = {entity: k for k, entity in enumerate(dict.fromkeys(m.entity for m in found))}
        kinds = {e.id: e.type for e in gold.entities}
        types = [kinds[entity] for entity in owner]
        mentions = [Mention(m.start, m.end, m.type, owner[m.entity]) for m in found]
        mentions += _inside_projects(text, gold, mentions, owner)
    candidates = find_candidates(
        text, mentions, entity_types=types or (), published=gold.published, blocked=example.document.blocked
    )
    labels = _Labels(candidates, owner or {})
    labels.read(gold)
    return PairExample(
        example.document.name,
        text,
        mention_tags(candidates, len(text)),
        candidates,
        labels.table,
        tuple(labels.agreements),
        labels.missing,
    )


def found_example(example: Example, tagger: Tagger) -> PairExample:
    """The same page as the extractor will see it: with names that a tagger found, right and wrong ones.

    The tagger must not have been trained on the page. Entities found are aligned with gold ones by name, as the
    scorer does; what matches none has no facts.
    """
    spans = find_names(example.document, tagger)
    entities = group_mentions(example.document.text, spans)
    published = [
        Entity(id=str(k), type=e.type, name=e.name, aliases=e.aliases)  # type: ignore[arg-type]
        for k, e in enumerate(entities)
    ]
    matched = align(example.gold.entities, published)
    return pair_example(
        example,
        mentions=entity_mentions(entities),
        owner={gold: int(found) for found, gold in matched.items()},
        types=[e.type for e in entities],
    )


def _inside_projects(
    text: str, gold: Annotation, mentions: Sequence[Mention], owner: dict[str, int]
) -> list[Mention]:
    """Firms at the head of project names, as the extractor will find them, where gold knows them."""
    firms = {n: (e.type, owner[e.id]) for e in gold.entities if e.id in owner for n in e.names}
    heads = nested_firms(text, [(m.start, m.end, m.type) for m in mentions])
    return [
        Mention(s.start, s.end, *firms[text[s.start : s.end]])
        for s in heads
        if firms.get(text[s.start : s.end], ("", 0))[0] == s.type
    ]


class _Labels:
    def __init__(self, candidates: Candidates, owner: dict[str, int]) -> None:
        self.candidates, self.owner = candidates, owner
        self.index = {pair: k for k, pair in enumerate(candidates.entity_pairs)}
        self.table = np.zeros((len(candidates.entity_pairs), len(LABELS)), dtype=np.float32)
        self.agreements: list[tuple[int, int, int]] = []
        self.missing: dict[str, int] = {}

    def _put(self, label: str, subject: str, target: int) -> int | None:
        k = self.index.get((self.owner.get(subject, -1), target))
        if k is None or not self.candidates.permitted[k, LABEL_INDEX[label]]:
            return None
        self.table[k, LABEL_INDEX[label]] = 1
        return k

    def read(self, gold: Annotation) -> None:
        for relation in gold.relations:
            if self._put(relation.type, relation.subject, self.owner.get(relation.object, -1)) is None:
                self.missing[relation.type] = self.missing.get(relation.type, 0) + 1
        for agreement in gold.agreements:
            kind = AGREEMENT_TYPES.index(agreement.type)
            status = AGREEMENT_STATUSES.index(agreement.status)
            for party in agreement.parties:
                for other in agreement.parties:
                    if party == other:
                        continue
                    k = self._put("pair", party, self.owner.get(other, -1))
                    if k is None:
                        self.missing["pair"] = self.missing.get("pair", 0) + 1
                    else:
                        self.agreements.append((k, kind, status))
                for value, found in self.candidates.values.items():
                    if isinstance(found, DateMention):
                        if found.value == agreement.date:
                            self._put("date", party, value)
                    elif (
                        agreement.amount
                        and found.kind == "money"
                        and same_figure(found.value, agreement.amount.value)
                    ):
                        self._put("amount", party, value)
        for quantity in gold.quantities:
            hits = [self._put(quantity.property, quantity.subject, v) for v in self._stating(quantity)]
            if all(hit is None for hit in hits):
                self.missing[quantity.property] = self.missing.get(quantity.property, 0) + 1

    def _stating(self, quantity: Quantity) -> list[int]:
        """The figures that may state a quantity; where the words beside some say its property, only those.

        两个项目 and 两家公司 are one figure, but only one of them counts projects.
        """
        alike = {
            value: found
            for value, found in self.candidates.values.items()
            if isinstance(found, Measure)
            and found.kind == kind_of_property(quantity.property)
            and same_figure(found.value, quantity.value)
        }
        text = self.candidates.structure.text
        said = {
            value: cue_before(text, m.start, m.kind) or cue_behind(text, m.end, m.kind)
            for value, m in alike.items()
        }
        stated = [value for value in alike if said[value] == quantity.property]
        return stated or [value for value in alike if said[value] is None] or list(alike)
