"""Keeps what resolution makes of each document by itself, which is most of its work, from build to build."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from kg import resources
from kg.model import Annotation
from kg.resolve.divisions import divisions
from kg.resolve.profile import Profile, profiles

_PACKAGE = Path(__file__).resolve().parent
_FORM = TypeAdapter(list[Profile])

#: A document's profiles as kept: (hash of what they were made from, JSON).
Kept = tuple[str, bytes]


class ProfileCache:
    """The profiles of documents: kept ones where nothing that they were made from has changed, else made anew.

    kept: by document key. ``made`` holds those that had to be made, in the form to keep.
    """

    def __init__(self, kept: Mapping[str, Kept]) -> None:
        self._kept = kept
        self.made: dict[str, Kept] = {}

    def __call__(self, key: str, annotation: Annotation) -> list[Profile]:
        """Profiles of a document's entities, as kg.resolve.profile.profiles gives them."""
        made_from = _made_from(annotation)
        if (kept := self.made.get(key) or self._kept.get(key)) is not None and kept[0] == made_from:
            return _FORM.validate_json(kept[1])
        found = profiles(key, annotation, divisions())
        self.made[key] = made_from, _FORM.dump_json(found)
        return found


def _made_from(annotation: Annotation) -> str:
    return hashlib.sha256(f"{_code()} {annotation.model_dump_json()}".encode()).hexdigest()


@cache
def _code() -> str:
    """Hash of the code and the tables that profiles follow from."""
    told = hashlib.sha256()
    for path in sorted((*(_PACKAGE / "resolve").glob("*.py"), *resources.data().rglob("*.tsv"))):
        told.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()
