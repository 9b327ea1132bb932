"""Word lists as regular expressions."""

import re
from collections.abc import Iterable


def either(words: Iterable[str]) -> str:
    """Pattern that matches one of the words, the longest that fits; in an order that does not hang on theirs."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
