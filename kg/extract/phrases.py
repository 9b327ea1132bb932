"""Phrases that rules look for, by what the rules call them (data/lexicon/phrases.tsv).

A pattern may hold others: ``{institutions}`` stands for the pattern of that name, which no rule need ask for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg import resources

_HELD = re.compile(r"\{([a-z_]+)\}")


@cache
def _phrases() -> Mapping[str, re.Pattern[str]]:
    rows = list(resources.read_tsv(resources.data("lexicon", "phrases.tsv")))
    patterns = {row["name"]: row["pattern"] for row in rows}

    def whole(held: re.Match[str]) -> str:
        return f"(?:{patterns[held[1]]})"

    return {name: re.compile(_HELD.sub(whole, pattern)) for name, pattern in patterns.items()}


def phrase(name: str) -> re.Pattern[str]:
    """The compiled pattern of a phrase; raises KeyError for a name that data/lexicon/phrases.tsv does not have."""
    return _phrases()[name]
