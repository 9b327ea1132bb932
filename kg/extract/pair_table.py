"""The pairs of a document as a table: which pairs share an argument, an enumeration, a place in the text.

A pair is seldom judged alone: members of one enumeration share their relation, a figure has one subject, an event
has many participants. Each view groups the mention pairs; the scorer takes the largest value of each group back to
its members.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kg.extract.candidates import Candidates

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

TABLE_VIEWS = 8


def table_views(candidates: Candidates) -> list[Ints]:
    """For each view, the group number (from 0, dense) of each mention pair.

    Views: subject's enumeration with the object mention; subject mention with the object's enumeration; subject
    mention; object mention; entity pair; subject entity; object entity; the whole document.
    """
    structure = candidates.structure
    subject, target = candidates.mention_pairs.T
    groups = np.array(structure.groups, dtype=np.int64)
    entity = np.array([m.entity for m in structure.mentions], dtype=np.int64)
    count = len(groups)
    views = [
        groups[subject] * count + target,
        subject * count + groups[target],
        subject,
        target,
        candidates.owner,
        entity[subject],
        entity[target],
        np.zeros(len(subject), dtype=np.int64),
    ]
    return [np.unique(view, return_inverse=True)[1].astype(np.int64).reshape(-1) for view in views]


def largest(values: Floats, groups: Ints) -> Floats:
    """[pairs, width]: for each pair, the largest values within its group."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    most: Floats = np.maximum.reduceat(values[order], starts, axis=0)
    return most[groups]
