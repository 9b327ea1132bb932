"""Keeps what resolution makes of each document by itself, which is most of its work, from build to build."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kg import resources
from kg.graph.fingerprint import hash_of_files
from kg.model import Annotation
from kg.resolve.divisions import divisions
from kg.resolve.parts import NameParts
from kg.resolve.profile import Profile, profiles

_PACKAGE = Path(__file__).resolve().parent

#: A document's profiles as kept: (hash of what they were made from, JSON).
Kept = tuple[str, bytes]


class ProfileCache:
    """The profiles of documents: kept ones where nothing that they were made from has changed, else made anew.

    kept: by document key. ``made`` holds those that had to be made, in the form to keep.
    """

    def __init__(self, kept: Mapping[str, Kept]) -> None:
        self._kept = kept
        self.made: dict[str, Kept] = {}

    def profiles(self, key: str, annotation: Annotation, *, digests: Mapping[str, str]) -> list[Profile]:
        """Profiles of a document's entities, as kg.resolve.profile.profiles gives them.

        digests: by document key, of what they say (kg.graph.fingerprint.digest_of).
        """
        made_from = f"{_code()} {digests[key]}"
        if (kept := self.made.get(key) or self._kept.get(key)) is not None and kept[0] == made_from:
            return _read(kept[1])
        found = profiles(key, annotation, divisions())
        self.made[key] = made_from, _written(found)
        return found


def _written(found: Iterable[Profile]) -> bytes:
    """Rows of fields: names of fields would double the size, and the code that reads them is part of the hash."""
    rows = [
        [sorted(field) if isinstance(field, frozenset) else field for field in profile] for profile in found
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _read(content: bytes) -> list[Profile]:
    made = []
    for row in json.loads(content):
        forms, seed, parts = row[3:6]
        row[3:6] = tuple(forms), tuple(seed), NameParts._make(parts)
        row[-4:] = map(frozenset, row[-4:])
        made.append(Profile._make(row))
    return made


@cache
def _code() -> str:
    """Hash of the code and the tables that profiles follow from."""
    return hash_of_files(
        [
            Path(__file__),
            *sorted((_PACKAGE / "resolve").glob("*.py")),
            *sorted(resources.data().rglob("*.tsv")),
        ]
    )
