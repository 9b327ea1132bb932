"""Where words begin and end, by jieba's dictionary: what the tagger is told of each character beside itself.

看中|光谷 shows that 中光谷 is no name; a run of single characters shows a brand that no dictionary has.
"""

from __future__ import annotations

from functools import cache

import rjieba

#: Kinds of words told apart, by the first letters of jieba's parts of speech; 0 is padding.
_KINDS = ("ns", "nr", "nt", "nz", "n", "v", "m", "x")
_PLACES = 4  # begin, inside, end, single
WORD_TAGS = 1 + _PLACES * (len(_KINDS) + 1)


@cache
def _kind(pos: str) -> int:
    return next((k for k, start in enumerate(_KINDS) if pos.startswith(start)), len(_KINDS))


def word_tags(text: str) -> list[int]:
    """A number for each character, from 1 to WORD_TAGS - 1: its place in its word and the kind of that word."""
    tags: list[int] = []
    # a lone surrogate (from undecodable bytes) becomes one question mark: rjieba takes none
    for word, pos in rjieba.tag(text.encode("utf-8", "replace").decode(), False):
        first = 1 + _PLACES * _kind(pos)
        if len(word) == 1:
            tags.append(first + 3)
        else:
            tags += [first, *[first + 1] * (len(word) - 2), first + 2]
    return tags
