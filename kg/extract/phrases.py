"""Phrases that rules look for, by what the rules call them (data/lexicon/phrases.tsv)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg import resources


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    rows = resources.read_tsv(resources.data("lexicon", "phrases.tsv"))
    return {row["name"]: re.compile(row["pattern"]) for row in rows}


def phrase(name: str) -> re.Pattern[str]:
    """The compiled pattern of a phrase; raises KeyError for a name that data/lexicon/phrases.tsv does not have."""
    return _phrases()[name]
