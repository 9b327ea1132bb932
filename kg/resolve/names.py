"""Names made comparable, and names too generic to tell one thing from another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from kg import resources

_IGNORED = re.compile(r"[\s\"'“”‘’《》〈〉「」『』()\[\]【】·・.,，。、:：;；\-—_]+")
_REGISTERED = re.compile(r"(有限公司|有限责任公司|股份公司|有限合伙|普通合伙|集团公司|总公司)$")


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


def is_generic(kind: str, name: str) -> bool:
    """Whether a normalised name holds inside one document only (园区, 市政府, 该公司);
    data/generic_names.tsv.
    """
    patterns = _generic()
    return any(kind in patterns and patterns[kind].fullmatch(name) is not None for kind in ("*", kind))


def is_registered(name: str) -> bool:
    """Whether a normalised name ends in a legal form: two such names that differ are two legal persons."""
    return _REGISTERED.search(name) is not None
