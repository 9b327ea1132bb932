"""What the pair scorer can say of two mentions, and between which types it may say it."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from kg.model import ENTITY_TYPES, PARTY_TYPES, QUANTITY_PROPERTIES, RELATION_SIGNATURES, RELATION_TYPES

#: Mentions that are no entities: figures and dates.
VALUE_TYPES: tuple[str, ...] = ("money", "area", "count", "percent", "date")
MENTION_TYPES: tuple[str, ...] = (*ENTITY_TYPES, *VALUE_TYPES)
TYPE_INDEX: dict[str, int] = {name: index for index, name in enumerate(MENTION_TYPES)}

#: pair: the two sign an agreement; date and amount: of an agreement that the entity is a party of.
LABELS: tuple[str, ...] = (*RELATION_TYPES, "pair", *QUANTITY_PROPERTIES, "date", "amount")
LABEL_INDEX: dict[str, int] = {name: index for index, name in enumerate(LABELS)}

_KIND_OF_PROPERTY = {
    "landArea": "area",
    "floorArea": "area",
    "enterpriseCount": "count",
    "projectCount": "count",
    "employeeCount": "count",
    "attendeeCount": "count",
    "growthRate": "percent",
}


def kind_of_property(name: str) -> str:
    """Kind of figure that states a quantity: money where nothing else is said."""
    return _KIND_OF_PROPERTY.get(name, "money")


@cache
def allowed() -> npt.NDArray[np.bool_]:
    """Array [subject type, object type, label]: whether annotation.md lets the label stand between the types."""
    table = np.zeros((len(MENTION_TYPES), len(MENTION_TYPES), len(LABELS)), dtype=bool)
    for relation, (subjects, objects) in RELATION_SIGNATURES.items():
        for subject in subjects:
            for target in objects:
                table[TYPE_INDEX[subject], TYPE_INDEX[target], LABEL_INDEX[relation]] = True
    for party in PARTY_TYPES:
        for other in PARTY_TYPES:
            table[TYPE_INDEX[party], TYPE_INDEX[other], LABEL_INDEX["pair"]] = True
        table[TYPE_INDEX[party], TYPE_INDEX["date"], LABEL_INDEX["date"]] = True
        table[TYPE_INDEX[party], TYPE_INDEX["money"], LABEL_INDEX["amount"]] = True
    for entity in ENTITY_TYPES:
        for name in QUANTITY_PROPERTIES:
            table[TYPE_INDEX[entity], TYPE_INDEX[kind_of_property(name)], LABEL_INDEX[name]] = True
    return table
