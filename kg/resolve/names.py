"""Names made comparable, and names too generic to tell one thing from another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from kg import resources

_IGNORED = re.compile(r"[\s\"'“”‘’《》〈〉「」『』()\[\]【】·・.,，。、:：;；\-—_]+")
#: News is mostly about names already met.
_REMEMBERED = 1 << 17


@lru_cache(maxsize=_REMEMBERED)
def normalise(name: str) -> str:
    """Comparable form: compatibility characters folded, lower case, without blanks and punctuation.

    A name of nothing but punctuation stays as it is (folded), so that it never equals the empty name.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _IGNORED.sub("", folded) or folded.strip()


@cache
def _generic() -> Mapping[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {}
    for row in resources.read_tsv(resources.data("generic_names.tsv")):
        patterns.setdefault(row["type"], []).append(row["pattern"])
    return {kind: re.compile("|".join(f"(?:{p})" for p in found)) for kind, found in patterns.items()}


@lru_cache(maxsize=_REMEMBERED)
def is_generic(kind: str, name: str) -> bool:
    """Whether a normalised name holds inside one document only (园区, 市政府, 该公司);
    data/generic_names.tsv.
    """
    patterns = _generic()
    return any(kind in patterns and patterns[kind].fullmatch(name) is not None for kind in ("*", kind))
